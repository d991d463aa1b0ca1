"""Stop numbers as printed: once the van has left, a stop keeps the number that its parcels carry.

A stop that comes later gets the number before it plus a letter (9A). Reading order is driving order all the same.
"""

from __future__ import annotations

import re

from dispatch_console.domain import progress
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def numbers(day: Day, route: ShiftId) -> dict[StopId, str]:
    """Stop → its number on the papers of `route`, for all its stops in driving order."""
    stops = day.plan.route(route).stops
    said = day.approval.said.get(route)
    if said is None or not said.numbers or not progress.is_out(day.plan.route(route), day.facts):
        return {stop: str(n) for n, stop in enumerate(stops, 1)}
    known = dict(said.numbers)
    taken = set(known.values())
    found: dict[StopId, str] = {}
    before = "0"
    for stop in stops:
        number = known.get(stop) or _next(before, taken)
        taken.add(number)
        found[stop] = number
        before = number
    return found


def kept(day: Day, route: ShiftId) -> tuple[tuple[StopId, str], ...]:
    """All numbers that the papers of a route have ever given: a stop that comes back gets its own again."""
    said = day.approval.said.get(route)
    here = numbers(day, route)
    out = progress.is_out(day.plan.route(route), day.facts)
    return tuple({**(dict(said.numbers) if said is not None and out else {}), **here}.items())


def _next(before: str, taken: set[str]) -> str:
    digits = re.match(r"\d*", before)
    base = digits.group() if digits else ""
    return next(
        (name for letter in _LETTERS if (name := f"{base}{letter}") not in taken), f"{base}{len(taken) + 1}"
    )
