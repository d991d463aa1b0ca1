"""Phone numbers: E.164 wherever the country is known."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

_LOST = re.compile(r"^\s*(\d)(?:[.,](\d+))?e\+?(\d{1,2})\s*$", re.IGNORECASE)
_SECOND = re.compile(
    r"\s*(?:[;|,\n]|\s/\s|/(?=\s*(?:\+|00))|\b(?:oder|or|ou|of|o|e|tai|und|and|et)\b)\s*", re.IGNORECASE
)
_EXTENSION = re.compile(r"\s*(?:ext|extension|durchwahl|dw|poste|int|anexo|x)\.?\s*\d+$", re.IGNORECASE)


def lost_digits(text: str) -> bool:
    """True for 4.1791E+11: the sheet has thrown digits away, nobody can be called."""
    found = _LOST.match(text)
    return bool(found) and len(found[2] or "") < int(found[3])


@lru_cache(maxsize=50_000)
def phone(text: str, country: str) -> str:
    """`text` cleaned → E.164; as written where neither it nor the row names a country. "" for lost digits."""
    found = _LOST.match(text)
    if found:
        text = "" if lost_digits(text) else (found[1] + (found[2] or ""))[: int(found[3]) + 1]
    text = _EXTENSION.sub("", text.removesuffix(".0").strip().lstrip("'"))
    first = _SECOND.split(text)[0]
    if sum(c.isdecimal() for c in first) >= 6:
        text = first
    text = re.sub(r"^[^\d+(]+", "", text)  # "Tel.: "
    digits = re.sub(r"\D", "", text)
    if not digits:
        return ""
    international = "+" in text[:2] or digits.startswith("00")
    if international:
        return _international(digits.removeprefix("00") if "+" not in text[:2] else digits, text)
    return _national(text, digits, country)


def _international(digits: str, text: str) -> str:
    """Also `+49 (0)171 …`, whose zero is not dialled from abroad."""
    try:
        parsed = phonenumbers.parse(
            "+" + re.sub(r"\(0\)", "", text).lstrip("+0 ") if "(0)" in text else "+" + digits
        )
    except phonenumbers.NumberParseException:
        return "+" + digits
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _national(text: str, digits: str, country: str) -> str:
    if not country or len(digits) < 5:
        return text
    code = phonenumbers.country_code_for_region(country)
    if not code:
        return text
    with_code = _with_own_code(digits, str(code), country)
    if with_code:
        return with_code
    try:
        parsed = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _with_own_code(digits: str, code: str, country: str) -> str:
    """41791234567 of a Swiss row, if the whole is too long for a national number there."""
    if not digits.startswith(code) or len(digits) < 9:
        return ""
    national = phonenumbers.PhoneNumber(country_code=int(code), national_number=int(digits))
    if (
        country != "IT"
        and phonenumbers.is_possible_number(national)
        and not phonenumbers.is_possible_number(
            phonenumbers.PhoneNumber(country_code=int(code), national_number=int(digits[len(code) :] or 0))
        )
    ):
        return ""
    try:
        parsed = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return ""
    return "+" + digits if phonenumbers.is_possible_number(parsed) else ""
