"""Cells that choose one of a few things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dispatch_console.domain.orders import OrderKind, Priority
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.table import Cell
from dispatch_console.intake.words import choices as say

_SPLIT = re.compile(r"[,;/+|\n•]")
_PRIORITIES = (
    (Priority.CRITICAL, say.CRITICAL),
    (Priority.HIGH, say.HIGH),
    (Priority.NORMAL, say.NORMAL),
    (Priority.LOW, say.LOW),
)
_SCALES = {  # by the highest figure in the column: 1 is the most urgent
    1: {0: Priority.NORMAL, 1: Priority.HIGH},
    2: {0: Priority.NORMAL, 1: Priority.HIGH, 2: Priority.NORMAL},
    3: {1: Priority.HIGH, 2: Priority.NORMAL, 3: Priority.LOW},
    4: {1: Priority.CRITICAL, 2: Priority.HIGH, 3: Priority.NORMAL, 4: Priority.LOW},
    5: {1: Priority.CRITICAL, 2: Priority.HIGH, 3: Priority.NORMAL, 4: Priority.LOW, 5: Priority.LOW},
}


def kind(cell: Cell, letters: tuple[str, str] = ("d", "p"), flag: str = "") -> OrderKind | Fault | None:
    """`letters` are what delivery and collection are called if the column uses one letter.

    `flag` says that the column is a yes-or-no column for "collection" or for "delivery".
    """
    text = fold(clean(cell)).strip(" .")
    if not text:
        return None
    if flag and text in say.YES:
        return OrderKind(flag)
    if flag and text in say.NO:
        return OrderKind.DELIVERY if flag == OrderKind.COLLECTION else OrderKind.COLLECTION
    if text in say.DELIVERY or text == letters[0]:
        return OrderKind.DELIVERY
    if text in say.COLLECTION or text == letters[1]:
        return OrderKind.COLLECTION
    return Fault(Problem.UNKNOWN_KIND, "is neither a delivery nor a collection", ("delivery", "collection"))


def kind_letters(texts: Iterable[str], header: str = "") -> tuple[str, str]:
    """Which single letters a column uses: the pair that covers most of its cells; a header `L/A` names its pair."""
    used = [fold(text).strip() for text in texts]
    named = re.findall(r"(?<![^\W_])[a-z](?![^\W_])", fold(header))
    if len(named) == 2 and tuple(named) in say.LETTER_PAIRS:
        return named[0], named[1]
    return max(say.LETTER_PAIRS, key=lambda pair: (sum(text in pair for text in used), pair[0] in used))


def is_kind_word(text: str) -> bool:
    plain = fold(text).strip(" .")
    return plain in say.DELIVERY or plain in say.COLLECTION


def is_flag(text: str) -> bool:
    return fold(text).strip() in say.YES or fold(text).strip() in say.NO


@lru_cache(maxsize=2_000)
def priority(text: str, highest: int = 0) -> Priority | None:
    """`highest` is the largest figure in the column, whose 1 is then the most urgent. None: not known."""
    plain = fold(text).strip(" .!")
    if plain.isdecimal():
        return _SCALES.get(highest, {}).get(int(plain))
    for level, names in _PRIORITIES:
        if plain in names:
            return level
    if plain in say.YES or plain in say.NO:
        return Priority.HIGH if plain in say.YES else Priority.NORMAL
    first = re.split(r"[\s(:-]+", plain)[0]
    return next((level for level, names in _PRIORITIES if len(first) > 2 and first in names), None)


@lru_cache(maxsize=2_000)
def is_cash_on_delivery(text: str) -> bool:
    """A cleaned payment method."""
    plain = f" {re.sub(r'[_()-]+', ' ', fold(text))} "
    return any(
        f" {word.replace('-', ' ')} " in plain or (len(word) > 6 and word in plain) for word in say.CASH_ON_DELIVERY
    )


def skills(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Words as written, without repeats."""
    found = [part.strip() for cell in cells for part in _SPLIT.split(clean(cell))]
    return tuple(dict.fromkeys(part for part in found if part and fold(part).strip(" .-") not in say.NOTHING))


def classes(cell: Cell, yes: str = "") -> frozenset[str]:
    """Classes of goods as written. `yes`: the class of all that a column says yes to."""
    plain = fold(clean(cell)).strip()
    if yes and plain in say.YES:
        return frozenset({yes})
    return frozenset() if yes and plain in say.NO else frozenset(skills([cell]))
