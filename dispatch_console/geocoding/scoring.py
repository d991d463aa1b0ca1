"""How well a street of the index fits an address, and what may be called certain: the only place with thresholds.

`tests/benchmarks/geocode.py` says what a change of them does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import HitQuality
from dispatch_console.geocoding.folding import KINDS, Name
from dispatch_console.geocoding.houses import metres

#: Shares of street, town and house in a score.
STREET, TOWN = 0.62, 0.30
HOUSE: dict[HitQuality, float] = {"house": 0.08, "near_house": 0.04}

#: Below this nothing was found.
LEAST = 0.55
#: The town where the address names neither city nor postcode.
NO_TOWN = 0.5
#: What a name counts that is not the town's own, but that of a place close by; one that is cut short; and a second
#: name of a street, of another language or time.
ALIAS, CUT, SECOND = 0.7, 0.9, 0.96

#: What certain asks for: at most one slip in the street or so much of it alike; of the town; before the next place.
SLIPS, STREET_ALIKE, TOWN_ALIKE, MARGIN = 1, 0.85, 0.75, 0.06
#: The most that two streets of one name are alike that differ in their kind: Oak Court, Oak Street.
OTHER = 0.8
#: Two hits this close in metres are one answer.
ONE_PLACE_M = 50.0


class Likeness(NamedTuple):
    """0 to 1, and the slips of the pen between the two."""

    share: float
    slips: int


def alike(asked: Name, known: Name) -> Likeness:
    """The likest of the forms in which two names are compared."""
    best = Likeness(0.0, 99)
    for a, b in zip(asked[:3], known[:3], strict=True):
        longest = max(len(a), len(b))
        if not longest:
            continue
        slips = OSA.distance(a, b)
        if slips == 0:
            return Likeness(1.0, 0)
        best = max(best, Likeness(1 - slips / longest, slips), key=lambda one: (one.share, -one.slips))
    if _is_other(asked.words, known.words):
        return Likeness(min(best.share, OTHER), max(best.slips, SLIPS + 1))
    if best.share < CUT and len(asked.words) == len(known.words) > 1 and is_cut(asked.words, known.words):
        return Likeness(CUT, 1)
    return best


def likest(asked: Name, known: Name, others: Sequence[Name]) -> Likeness:
    """By a street's name, or one of its others."""
    best = alike(asked, known)
    for other in others:
        like = alike(asked, other)
        best = max(best, like._replace(share=SECOND * like.share), key=lambda one: one.share)
    return best


def _is_other(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether only that differs by which streets are told apart: Oak Court and Oak Street, N and S Main Street, 5th
    and 6th Avenue, A and B Street. Shortened they are one letter away from each other."""
    differing = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) != len(b) or len(differing) != 1:
        return False
    pair = differing[0]
    return (
        all(word in KINDS for word in pair)
        or (all(any(c.isdigit() for c in word) for word in pair) and _digits(pair[0]) != _digits(pair[1]))
        or all(len(word) == 1 for word in pair)
    )


def _digits(word: str) -> str:
    """The number in a word: 11 of 11th, and of 11tj."""
    return "".join(c for c in word if c.isdigit())


def is_cut(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether words are the same but for some that are cut short: Frankfurt a. M., F.-J.-Strasse. Letters alone say
    too little: a word of four is in both."""
    pairs = list(zip(a, b, strict=False))
    return any(x == y and len(x) >= 4 for x, y in pairs) and all(
        x.startswith(y) or y.startswith(x) for x, y in pairs
    )


def town_share(city: float | None, postcode: float | None) -> float:
    """How well the town fits: `city` and `postcode` 0 to 1, None where the address does not name it."""
    if city is None:
        return NO_TOWN if postcode is None else postcode
    if postcode is None:
        return city
    return 0.6 * max(city, postcode) + 0.4 * min(city, postcode)


class Scored(NamedTuple):
    """A street of the index with the place found in it. `twice`: the number is in the street more than once."""

    score: float
    street: Likeness
    town: float
    quality: HitQuality
    place: Place
    twice: bool = False


def score(street: Likeness, town: float, quality: HitQuality) -> float:
    return STREET * street.share + TOWN * town + HOUSE.get(quality, 0.0)


def margin(best: Scored, others: Sequence[Scored]) -> float:
    """How far `best` is before the next place that is another one."""
    far = (one.score for one in others if metres(one.place, best.place) > ONE_PLACE_M)
    return best.score - max(far, default=0.0)


def certain(best: Scored, others: Sequence[Scored]) -> bool:
    """Whether a find may be used without asking."""
    return (
        best.quality == "house"
        and not best.twice
        and (best.street.slips <= SLIPS or best.street.share >= STREET_ALIKE)
        and best.street.share >= 0.6
        and best.town >= TOWN_ALIKE
        and margin(best, others) >= MARGIN
    )


def confidence(best: Scored, others: Sequence[Scored]) -> float:
    """0 to 1: of those called certain at least so many are right, as measured; below that it ranks, cautiously."""
    if certain(best, others):
        return 0.99
    ahead = margin(best, others)
    base = min(1.0, max(0.0, (best.score - LEAST) / (1 - LEAST)))
    return round(0.95 * base * (0.5 + 0.5 * min(1.0, max(ahead, 0.0) / MARGIN)), 3)
