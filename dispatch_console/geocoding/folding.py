"""Words, streets, numbers and postcodes in the form in which two ways of writing them are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from dispatch_console.geocoding.countries import ARTICLES, DOTTED_ENDS, ENDS, forms

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "’": "'", "`": "'", "´": "'", "º": "°", "ª": "°",
    }
)  # fmt: skip
#: ä, ae and a are one, and so on; a name that has an `ue` of its own (Neue) loses its e whoever writes it.
_UMLAUTS = re.compile(r"(?<=[aou])e+")
_PUNCTUATION = re.compile(r"[^\w]+|_")
_DOTTED_END = re.compile(r"(?<=[a-z]{4})(" + "|".join(DOTTED_ENDS) + r")\.(?=\s|,|$)")
_VAN_DER = re.compile(r"\bv\.?\s?d\.?(?=\s|[a-z]{4})|\bv/d\b")
_ELIDED = re.compile(r"\b(l|d|dell|nell|all|sull|dall)'(?=\w)")
#: Dots and slashes inside one shortened word: v.le, p.zza, c.so, c/.
_INSIDE = re.compile(r"\b(v\.le|v\.lo|p\.za|p\.zza|p\.tta|p\.le|c\.so|l\.go)\b")
#: Pº de Gracia, Cº Viejo.
_RAISED = {"p°": "paseo ", "c°": "camino "}


def fold(text: str) -> str:
    """Lower case without accents, umlauts as one letter; punctuation stays."""
    if not text.isascii():
        lower = unicodedata.normalize("NFC", text).translate(_LETTERS)
        lower = unicodedata.normalize("NFKD", lower).lower().translate(_LETTERS)
        text = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return _UMLAUTS.sub("", text.lower())


_FORMS = {fold(word): form for word, form in forms().items()}
#: What words for kinds of streets, sides and numbers become: in these two streets differ, not two ways of writing.
KINDS = frozenset(_FORMS.values())


class Name(NamedTuple):
    """A name of a street or town, three times without blanks: as written; with its kinds of streets in one form;
    and that without articles. `words`: of the second, apart.
    """

    raw: str
    short: str
    core: str
    words: tuple[str, ...]


@lru_cache(maxsize=20_000)
def name(text: str) -> Name:
    """The forms of a name in which it is compared. All empty if there is no letter or digit in it."""
    folded = fold(text)
    raw = "".join(_words(folded))
    if "." in folded or "/" in folded:
        folded = _INSIDE.sub(lambda found: found.group().replace(".", ""), folded)
        folded = _VAN_DER.sub("van de ", _DOTTED_END.sub(lambda found: DOTTED_ENDS[found[1]], folded))
    if "°" in folded:
        folded = re.sub(r"\b[pc]°", lambda found: _RAISED[found.group()], folded)
    words = tuple(_form(word) for word in _words(_ELIDED.sub(r"\1 ", folded)))
    short = "".join(words)
    return Name(raw, short, "".join(word for word in words if word not in ARTICLES) or short, words)


_BETWEEN_NAMES = re.compile(r"\s+[-–/|]\s+|\s*;\s*|(?<=[^\W\d_]{4})/(?=[^\W\d_]{4})")


def parts(text: str) -> tuple[str, ...]:
    """The names in a name of two languages: Rue Neuve - Nieuwstraat, Biel/Bienne. Empty if it is one."""
    found = tuple(part.strip() for part in _BETWEEN_NAMES.split(text))
    return found if len(found) > 1 and all(len(name(part).raw) >= 4 for part in found) else ()


def _words(folded: str) -> list[str]:
    return _PUNCTUATION.sub(" ", folded.replace("'", "")).split()


def _form(word: str) -> str:
    form = _FORMS.get(word)
    if form is not None:
        return form
    for end, short in ENDS:
        if word.endswith(end) and len(word) >= len(end) + 2:
            return word[: -len(end)] + short
    return word


class Number(NamedTuple):
    """A house number. `text`: its one form, `12a`, `12-14`, `12/3`, `12bis`; empty (and value 0) if there is none.

    `last`: the far end of a range of houses, else 0. `door`: what comes behind it is inside the house.
    """

    text: str = ""
    value: int = 0
    letter: str = ""
    last: int = 0
    door: bool = False


_DOOR = (
    r"bus|bte|boite|b(?=\d)|apt|app|appt|apartment|apartamento|flat|unit|suite|top|tur|stiege|stg|hs|og|eg|whg|wohnung|etage"
    r"|etg|stock|piso|interno|int|scala|room|rm|floor|fl|esc|escalera|pta|puerta|izq|dcha|dto|esq|bloque|andar|fracao"
)
#: A house number at the beginning of folded text.
NUMBER = re.compile(
    r"(?P<value>\d{1,5})(?:\s*(?P<letter>bis|ter|quater|[a-z])(?![a-z]))?"
    r"(?P<more>(?:(?:\s*[-/+]\s*|\s+(?=\d/\d))(?:\d{1,5}(?!\d|\s?\.?°)(?:/\d)?(?:\s?[a-z](?![a-z]))?|[a-z]\d{0,3})(?![a-z]))*)"
    rf"(?P<door>[\s,]*(?:#|(?:{_DOOR})\b).*|[\s,]*(?:-\s*)?\d{{1,2}}\s?\.?\s?°.*)?"
)
_DASHES = str.maketrans("–—‑−", "----")


@lru_cache(maxsize=20_000)
def number(text: str) -> Number:
    """The house number that `text` is or begins with (`No. 12 a`, `Nr 12-14`, `12 Top 3`), or an empty one."""
    plain = re.sub(
        r"^(?:n|no|nr|num|numero|nummer|hausnr|n[ºo°])[\s.:°º]*(?=\d)", "", fold(text.translate(_DASHES)).strip()
    )
    found = NUMBER.match(plain)
    return of_match(found) if found is not None else Number()


def of_match(found: re.Match[str]) -> Number:
    """The number that `NUMBER` found."""
    value, letter = int(found["value"]), found["letter"] or ""
    more = re.sub(r"\s+", "", re.sub(r"^\s+(?=\d/)", "-", found["more"] or ""))
    slashed = re.fullmatch(r"/([a-z])", more)
    if slashed and not letter:  # 12/a is 12a
        letter, more = slashed[1], ""
    to = re.fullmatch(r"[-/+](\d+)[a-z]?", more)
    last = int(to[1]) if to and value < int(to[1]) <= value + 40 else 0
    return Number(f"{value}{letter}{more}", value, letter, last, bool(found["door"]))


def numbers(text: str) -> list[Number]:
    """The numbers of one object of the map: `12;14` and `12,14a` are two houses, `12-14` is one."""
    found = (number(part) for part in re.split(r"[;,&]|\bund\b|\band\b", text))
    return list({one.text: one for one in found if one.text}.values())


def postcode(text: str) -> str:
    """Capitals and digits, a dash between digits kept, without the letters of a country before it (FL-9490). Seven
    digits are Portuguese: spreadsheets lose their dash."""
    upper = unicodedata.normalize("NFKD", text).upper().translate(_DASHES).strip()
    code = re.sub(r"[^A-Z\d-]|(?<!\d)-|-(?!\d)", "", re.sub(r"^[A-Z]{1,3}[-\s]+(?=\d)", "", upper))
    return f"{code[:4]}-{code[4:]}" if re.fullmatch(r"\d{7}", code) else code
