"""Days of the week: Mo-Fr · Mon, Wed, Fri · lun. à ven. · 1-5 · werktags."""

from __future__ import annotations

import re

from dispatch_console.intake.notations.text import fold
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.words.weekdays import EVERY_DAY, WEEKDAYS, WORKDAYS

_TOKEN = re.compile(r"[^\W\d_]+-feira|[^\W\d_]+|\d|-")
_TO = {"-", "bis", "to", "a", "au", "tot", "ate", "al", "through"}


def weekdays(text: str) -> frozenset[int] | Fault | None:
    """0 is Monday. A span may run over Sunday: Sat-Mon."""
    plain = fold(text)
    if not plain:
        return None
    tokens = _TOKEN.findall(plain)
    if WORKDAYS & set(tokens):
        return frozenset(range(5))
    if EVERY_DAY & set(tokens):
        return frozenset(range(7))
    found: set[int] = set()
    last: int | None = None
    spans = False
    for token in tokens:
        if token in WEEKDAYS:
            day = WEEKDAYS[token]
            if spans and last is not None:
                found |= {(last + step) % 7 for step in range((day - last) % 7 + 1)}
            found.add(day)
            last, spans = day, False
        elif token in _TO:
            spans = True
    return frozenset(found) if found else Fault(Problem.BAD_WINDOW, "names no day of the week")
