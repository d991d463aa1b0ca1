"""One address, one key: however it was written this time, the address book finds the pin it got last time."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dispatch_console.domain.orders import Address

_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe"}
)

#: Words for kinds of streets as they are shortened on labels, each to the form it is kept in.
_WORDS = {
    "street": "st", "str": "st", "strasse": "st", "straat": "st",
    "road": "rd", "avenue": "av", "ave": "av", "avenida": "av", "boulevard": "bd", "blvd": "bd", "bld": "bd",
    "lane": "ln", "drive": "dr", "place": "pl", "platz": "pl", "plaza": "pl", "square": "sq",
    "rue": "r", "rua": "r", "calle": "c", "via": "v", "saint": "st", "sankt": "st",
}  # fmt: skip

#: The same as the end of a longer word: Lindenstrasse, Lindenstr.
_END = re.compile(r"(?<=\w)(?:strasse|straat|str)$")
_NUMBER_AND_LETTER = re.compile(r"(?<=\d)\s+(?=[a-z]\b)")


#: Letters of a key: an index of a database takes no longer ones.
_LONGEST = 500


@lru_cache(maxsize=50_000)  # one pin or import asks for every order of the day
def key(address: Address) -> str:
    """The address without accents, case, punctuation and ways to shorten; empty if there is nothing to find it by.

    `Müllerstr. 12 A, FL-9490 Vaduz` and `muellerstrasse 12a, 9490 VADUZ` have the same key. The country counts only
    where there is no postcode: one list says it, the next does not.
    """
    street = _street(f"{address.street} {address.house_number}")
    if not street:
        return ""
    postcode = re.sub(r"[^0-9a-z]", "", re.sub(r"^[a-z]{1,2}[-\s](?=\d)", "", _fold(address.postcode)))
    town = postcode or " ".join(part for part in (_plain(address.city), _plain(address.country)) if part)
    return f"{street}|{town}"[:_LONGEST]


def _street(text: str) -> str:
    words = [_WORDS.get(word, _END.sub("st", word)) for word in _plain(text).split()]
    return _NUMBER_AND_LETTER.sub("", " ".join(words))


def _plain(text: str) -> str:
    """Words and numbers with single blanks between; `12-14` stays one word, for it is one house."""
    folded = re.sub(r"(?<=\d)\s*[-–/]\s*(?=\d)", "-", _fold(text))
    return " ".join(re.sub(r"[^\w-]|(?<!\d)-|-(?!\d)", " ", folded.replace("'", "").replace("’", "")).split())


def _fold(text: str) -> str:
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED_OUT)
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c)).strip()
