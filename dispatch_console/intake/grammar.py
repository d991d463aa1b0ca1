"""Reads one column header: its words, what they are about, and which fields they could make."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.words import header_rules, units
from dispatch_console.intake.words.choices import LETTER_PAIRS
from dispatch_console.intake.words.countries import CURRENCY_SIGNS
from dispatch_console.intake.words.headers_fleet import FLEET
from dispatch_console.intake.words.headers_rules import RULES
from dispatch_console.intake.words.headers_what import WHAT
from dispatch_console.intake.words.headers_who import WHO
from dispatch_console.intake.words.headers_working import WORKING

_CAMEL = re.compile(r"(?<=[º°])(?=[^\W\d_])|(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Þ])")
_WORD = re.compile(r"m[23]\b|[^\W\d_]+|\d+|[€$£#]")
_NUMBER_SIGN = re.compile(r"\bn\s?[.o]\s?o?\b\.?|#")
_A_PIECE = re.compile(
    r"/\s*(stk|st|stuck|stck|pz|pc|pcs|piece|pieza|pezzo|collo|kolli|colli|colis|paket|kpl|unit)\b"
)
_PAIR_OF_LETTERS = re.compile(r"^([a-z])\s*/\s*([a-z])$")
_LINKS = ("", "s", "n", "en", "es", "e", "ns", "er")

#: Little words between others. As the only word, or the last, they may say "from" or "to".
_LITTLE = frozenset(
    """
    de du des da do das dos di del della dello delle degli dell d l la le les los las el il lo der die
    den dem van het the of a as al au aux an am im in na e y et und en and or o ou for zu zur zum per
    par für fur com con mit met avec kun opt optional required pflichtfeld obligatorio obligatoire yyyy
    mm dd tt jj jjjj aaaa hh
    """.split()
)
_IGNORED = frozenset({"STATUS", "PRICE", "GROUP", "CREATED", "FAX", "SIZE", "STATE", "PAYMENT"})
_COUNTED = frozenset({"PACK", "ITEM", "HOUR", "KM"})
_ROLES = frozenset({"SHIP", "BILL", "SENDER"})


class Word(NamedTuple):
    """What one word, or a fixed phrase, of a header may be about. `loss`: how unsure the reading of it is."""

    classes: frozenset[str]
    loss: int = 0


class HeaderReading(NamedTuple):
    """`fields`: field (or `?…`, or `-`) → score 0–100. `role`: "", "ship", "bill" or "sender"."""

    fields: dict[str, int]
    role: str = ""
    unit: str = ""
    currency: str = ""
    ordinal: int = 0
    classes: frozenset[str] = frozenset()

    @property
    def best(self) -> int:
        return max(self.fields.values(), default=0)


class _Rule(NamedTuple):
    field: str
    base: int
    need: tuple[str, ...]
    also: frozenset[str]


@lru_cache(maxsize=10_000)
def read(header: str, *, fleet: bool = False) -> HeaderReading:
    text = clean(header)
    found = _words_of(text)
    if not found:
        return HeaderReading({})
    words, index = found
    unit, currency = _units_of(text)
    if fleet and (meant := _working(tokens(text))):
        return HeaderReading({meant: 98}, "", unit, currency)
    fields: dict[str, int] = {}
    for rule in _rules(fleet):
        score = _score(rule, words)
        if score > fields.get(rule.field, 0):
            fields[rule.field] = score
    classes = [word.classes for word in words]
    role = next((name.lower() for name in ("BILL", "SENDER", "SHIP") if frozenset({name}) in classes), "")
    return HeaderReading(fields, role, unit, currency, index, frozenset().union(*classes))


def _working(parts: list[str]) -> str:
    """The field that the header is a whole phrase of, units at its end left out; "": of none."""
    while parts:
        if found := _phrases().get(" ".join(parts)):
            return found
        if parts[-1] not in units.SECONDS and parts[-1] not in CURRENCY_SIGNS and parts[-1] not in ("km", "in"):
            return ""
        parts = parts[:-1]
    return ""


@cache
def _phrases() -> dict[str, str]:
    """Whole headers of a working time → their field."""
    split = ((field, phrase) for field, text in WORKING.items() for phrase in text.split(";"))
    return {" ".join(tokens(phrase)): field for field, phrase in split}


def _score(rule: _Rule, words: tuple[Word, ...]) -> int:
    """The rule's base less what is unsure, not asked for, or unknown. 0 if a word it needs is missing."""
    left = _without(rule.need, words)
    if left is None:
        return 0
    score = rule.base - sum(word.loss for word in words)
    for word in left:
        if word.classes & _ROLES:
            score += 1 if "SHIP" in word.classes else 0
        elif not word.classes:
            score -= 12
        elif word.classes & rule.also or word.classes & set(rule.need):
            score -= 0
        else:
            score -= 45 if word.classes & _IGNORED else 16
    return max(0, min(score, 100))


def _without(need: tuple[str, ...], words: tuple[Word, ...]) -> list[Word] | None:
    """The words left over when every needed class has taken one; None if one finds none."""
    if not need:
        return list(words)
    for i, word in enumerate(words):
        if need[0] in word.classes:
            rest = _without(need[1:], words[:i] + words[i + 1 :])
            if rest is not None:
                return rest
    return None


@cache
def _rules(fleet: bool) -> tuple[_Rule, ...]:
    rules: list[_Rule] = []
    for line in (header_rules.FLEET if fleet else header_rules.ORDERS).strip().splitlines():
        head, _, tail = line.partition(":")
        field, base = head.split()
        need, _, also = tail.partition("|")
        rules.append(_Rule(field, int(base), tuple(need.split()), frozenset(also.split())))
    return tuple(rules)


def tokens(text: str) -> list[str]:
    """Words and figures of a header, folded: `Shipping Address1` → shipping, address, 1."""
    plain = _A_PIECE.sub(r" per \1", fold(_CAMEL.sub(" ", text)))
    return _WORD.findall(_NUMBER_SIGN.sub(" no ", plain.replace("_", " ")))


@lru_cache(maxsize=10_000)
def _words_of(text: str) -> tuple[tuple[Word, ...], int] | None:
    letters = _PAIR_OF_LETTERS.match(fold(text))
    if letters and (letters[1], letters[2]) in LETTER_PAIRS:
        return (Word(frozenset({"KIND"})),), 0
    parts = tokens(text)
    words: list[Word] = []
    index = at = 0
    while at < len(parts):
        length, meant = _phrase(parts, at)
        if parts[at].isdecimal() and not meant:
            index = int(parts[at]) if len(parts[at]) < 3 else index
        words += meant
        at += length
    return (tuple(words), index) if words else None


def _phrase(parts: list[str], at: int) -> tuple[int, tuple[Word, ...]]:
    """The longest known phrase that starts here: how many parts it takes, and what it is."""
    rest = " ".join(parts[at:])
    is_cut = at + 1 < len(parts) and parts[-1] not in _lexicon() and rest not in _lexicon()
    if is_cut and (classes := _cut_off(rest)):
        return len(parts) - at, (Word(classes, 14),)
    for length in range(min(5, len(parts) - at), 0, -1):
        phrase = " ".join(parts[at : at + length])
        if phrase in _LITTLE:
            return 1, _little(phrase, parts, at)
        if phrase in _lexicon():
            return length, (Word(_lexicon()[phrase]),)
    part = parts[at]
    return 1, () if part.isdecimal() or len(part) < 2 else _unknown(part)


@lru_cache(maxsize=10_000)
def _cut_off(rest: str) -> frozenset[str]:
    """What all phrases are about that begin like this: some programs cut headers after a few letters."""
    if len(rest) < 7:
        return frozenset()
    begun = [_lexicon()[phrase] for phrase in _beginning_with(rest)]
    return frozenset[str].intersection(*begun) if begun else frozenset()


def _little(word: str, parts: list[str], at: int) -> tuple[Word, ...]:
    """`von`, `a`, `de`: a start or an end where it stands alone, last, or before a word for time; else nothing."""
    classes = _lexicon().get(word, frozenset[str]())
    rest = parts[:at] + parts[at + 1 :]
    if "EACH" in classes and at + 1 < len(parts) and _lexicon().get(parts[at + 1], frozenset()) & _COUNTED:
        return (Word(frozenset({"EACH"})),)
    times = _classes("TIME")
    before_time = at == 0 and all(part in times or part in units.SECONDS for part in rest)
    meant = classes & {"START", "END", "NUM", "VEHICLE"}
    return (Word(meant),) if meant and (before_time or (at == len(parts) - 1 and rest)) else ()


@lru_cache(maxsize=10_000)
def _unknown(part: str) -> tuple[Word, ...]:
    """A compound of two known words, an abbreviation, or a misspelling; else a word that says nothing to us."""
    lexicon = _lexicon()
    for cut in range(3, len(part) - 1):
        head, tail = part[:cut], part[cut:]
        if tail not in lexicon or tail in _LITTLE or (len(tail) == 2 and "NUM" not in lexicon[tail]):
            continue
        for link in _LINKS:
            stem = head.removesuffix(link) if link else head
            if len(stem) > 2 and stem in lexicon and stem not in _LITTLE:
                return Word(lexicon[stem], 1), Word(lexicon[tail])
    if len(part) > 4:
        slips = 2 if len(part) > 10 else 1
        close = process.extract(part, _long_words(), scorer=OSA.distance, score_cutoff=slips, limit=6)
        if close:  # all that are equally near: the cells will tell
            nearest = min(found[1] for found in close)
            return (Word(frozenset().union(*(lexicon[found[0]] for found in close if found[1] == nearest)), 8),)
    if len(part) > 2:
        starts = [lexicon[word] for word in _beginning_with(part) if len(word) > 4 and " " not in word]
        common = frozenset.intersection(*starts) if starts else frozenset[str]()
        if common:
            return (Word(common, 14),)
    return (Word(frozenset()),)


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, text in (WHO | WHAT | FLEET | RULES).items():
        for line in text.splitlines():
            for phrase in line.split(";"):
                if key := " ".join(tokens(phrase.strip())):
                    found.setdefault(key, set()).add(name)
    for names, table in (("U_WEIGHT", units.GRAMS), ("U_VOLUME", units.LITRES), ("U_TIME", units.SECONDS)):
        for word in table:
            if word.isalnum() and (len(word) > 1 or word in "gts") and word != "to":
                found.setdefault(word, set()).add(names)
    for sign in CURRENCY_SIGNS:
        if sign.strip(".").isalnum() or sign in "€$£":
            found.setdefault(sign, set()).add("U_MONEY")
    return {key: frozenset(classes) for key, classes in found.items()}


def _beginning_with(start: str) -> list[str]:
    phrases = _sorted_phrases()
    at = bisect_left(phrases, start)
    return list(itertools.takewhile(lambda phrase: phrase.startswith(start), phrases[at : at + 200]))


@cache
def _sorted_phrases() -> list[str]:
    return sorted(_lexicon())


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(word for word in _lexicon() if len(word) > 4 and " " not in word)


@cache
def _classes(name: str) -> frozenset[str]:
    return frozenset(word for word, classes in _lexicon().items() if name in classes)


def _units_of(text: str) -> tuple[str, str]:
    """The unit and the currency a header names."""
    unit = currency = ""
    for part in tokens(text):
        if (
            (part in units.GRAMS and part != "to")
            or part in units.LITRES
            or (part in units.SECONDS and part not in ("t", "m"))
        ):
            unit = unit if unit and len(part) == 1 and f"({part}" not in fold(text) else part
        currency = currency or CURRENCY_SIGNS.get(part, "")
    return unit, currency
