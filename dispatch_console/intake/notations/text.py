"""Plain text: blanks, the wrappers spreadsheets put around it, and a form in which spellings compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dispatch_console.intake.table import Cell, text_of

#: Letters of one line that are read: no name, number or address has more, and patterns take their time with more.
LONGEST = 500

# Signs without a width, those that turn the line round, and those that no database and no page can hold.
_UNSEEN = re.compile(r"[\0-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_WRAPPERS = ("=", "'")
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)

# A leading apostrophe marks text in a spreadsheet; in Dutch it also begins a word ('s-Hertogenbosch, 't Hof).
_APOSTROPHE = re.compile(r"^'(?![snt][- ])")

_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("’‘´`ʼ", "'")
    | {"°": "o", "º": "o", "ª": "a", "№": "no", "²": "2", "³": "3"}
)


def clean(cell: Cell) -> str:
    """One line: blanks of all kinds become one space, ends are trimmed, spreadsheet wrappers fall away. What is
    longer than `LONGEST` is cut."""
    return _one_line(cell if isinstance(cell, str) else text_of(cell))[:LONGEST]


def clean_block(cell: Cell) -> str:
    """As `clean`, but line ends stay, as `\\n`: for notes."""
    text = cell if isinstance(cell, str) else text_of(cell)
    text = _LINE_END.sub("\n", text).strip()
    if "\n" not in text:
        return _one_line(text)
    return "\n".join(map(_one_line, _unwrapped(text).split("\n"))).strip()


def is_cut(cell: Cell) -> bool:
    """Whether `clean` leaves something out."""
    return isinstance(cell, str) and len(cell) > LONGEST and len(_one_line(cell)) > LONGEST


def _one_line(text: str) -> str:
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    text = " ".join(text.split())
    return _unwrapped(text) if text[:1] in _WRAPPERS else text


def _unwrapped(text: str) -> str:
    return _APOSTROPHE.sub("", _FORMULA.sub(r"\1", text)).strip()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents: `Straße` and `STRASSE`, `nº` and `no`, `–` and `-` become the same."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text, folded; digits are words of their own."""
    return re.findall(r"[^\W\d_]+|\d+", fold(text))
