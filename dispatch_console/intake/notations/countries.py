"""Countries by name, code or car code; and postcodes, which need to know them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from dispatch_console.intake.notations.text import fold
from dispatch_console.intake.words.countries import CAR_CODES, LANGUAGES, NAMES, POSTCODE_LENGTH

_PREFIX = re.compile(r"^[A-Za-z]{1,3}\s?-\s?(?=\d)")
_POSTCODE = (
    r"\d{4}\s?[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3}\s\d{2}|\d{5}-\d{4}|\d{3,6}"
    r"|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d"
)
_CODE_FIRST = re.compile(rf"^(?:[A-Za-z]{{1,3}}\s?-\s?)?({_POSTCODE})[\s,]+(\D.*)$")
_CODE_LAST = re.compile(rf"^(.*?[^\W\d_]{{2}}\D*?)[\s,(/]+({_POSTCODE})\)?$")
_STATE = re.compile(r",\s*[A-Z]{2}$")  # Springfield, IL
POSTCODE_ONLY = re.compile(rf"^(?:[A-Za-z]{{1,3}}\s?-\s?)?(?:{_POSTCODE})$", re.IGNORECASE)


@lru_cache(maxsize=5_000)
def country(text: str) -> str:
    """A cleaned text → ISO 3166-1 alpha-2, or "" if it is no country."""
    if not text:
        return ""
    code = text.upper().strip(" .-()")
    if len(code) == 2 and code in _codes():
        return code
    if code in CAR_CODES:
        return CAR_CODES[code]
    if len(code) == 3 and code.isalpha():
        three = get_global("territory_aliases").get(code)
        if three and len(three) == 1:
            return str(three[0])
    name = fold(text).strip(" .()")
    found = NAMES.get(name) or _names().get(name, "")
    parts = re.split(r"\s*[()/,]\s*|\s+-\s+", text)  # Schweiz (CH)
    return found or (next(filter(None, map(country, parts)), "") if len(parts) > 1 else "")


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())


@cache
def _names() -> dict[str, str]:
    return {
        fold(name): code
        for language in reversed(LANGUAGES)
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }


@lru_cache(maxsize=20_000)
def postcode(text: str, country_code: str) -> str:
    """A prefix as in D-80331 falls away, and a zero that a spreadsheet ate comes back."""
    text = _PREFIX.sub("", text.removesuffix(".0"))
    length = POSTCODE_LENGTH.get(country_code, 0)
    return text.zfill(length) if text.isdecimal() and len(text) < length else text


@lru_cache(maxsize=20_000)
def split_town(text: str) -> tuple[str, str]:
    """`D-80331 München` and `Braga, 4700-034` → postcode and town; what is not there is ""."""
    found = _CODE_FIRST.match(text)
    if found:
        return found[1], found[2].strip(" ,-")
    found = _CODE_LAST.match(text)
    if found:
        return found[2], _STATE.sub("", found[1].strip(" ,-("))
    return (_PREFIX.sub("", text), "") if POSTCODE_ONLY.match(text) else ("", text)


@lru_cache(maxsize=20_000)
def country_in_address(address: str) -> str:
    """The country a whole address ends with, or "". Short codes count only behind a comma, so that flats do not."""
    _, comma, tail = address.rpartition(",")
    tail = tail.strip()
    if not comma or any(c.isdecimal() for c in tail):
        return ""
    return country(tail) if len(tail) > 1 else ""
