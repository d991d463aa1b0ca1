"""Stop numbers as everybody says them: on paper, on every screen, on the phone.

A route whose van is out with a printed sheet keeps the numbers of that sheet, which its parcels carry: a stop that
comes later gets the number before it plus a letter (9A). Reading order is driving order all the same. Before that,
and without a sheet, stops are counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from dispatch_console.domain import progress
from dispatch_console.domain.day import Day, Said
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL

#: Without what is misheard or misread (G, I, O, Q, S, Z) and without the letters that a status is typed with.
_LETTERS = "ABEHJKLMNRUVWXY"


def numbers(day: Day, route: ShiftId) -> Mapping[StopId, str]:
    """Stop → its number, for all stops of `route` in driving order. Remembered: cheap to ask for again."""
    return named(day, route, day.plan.route(route).stops)


def named(day: Day, route: ShiftId, stops: Sequence[StopId]) -> Mapping[StopId, str]:
    """The numbers of `route` if it were driven in the order of `stops`."""
    said = day.approval.said.get(route)
    out = said is not None and progress.is_out(day.plan.route(route), day.facts)
    return _named(tuple(stops), printed(said) if said is not None and out else ())


def printed(said: Said) -> tuple[tuple[StopId, str], ...]:
    """The numbers on a sheet; one of before they were kept counts its stops from 1."""
    return said.numbers or tuple((stop, str(n)) for n, (stop, _) in enumerate(said.etas, 1))


def of_stop(day: Day, stop: StopId) -> str:
    """The number of a stop in its route; empty for one that no driver has. KeyError: it is not in the day."""
    route = day.plan.where[stop]
    return "" if route == POOL else numbers(day, route)[stop]


def at(day: Day, route: ShiftId, index: int) -> str:
    """The number of the stop of `index` (from 0) in its route."""
    return numbers(day, route)[day.plan.route(route).stops[index]]


def kept(day: Day, route: ShiftId) -> tuple[tuple[StopId, str], ...]:
    """All numbers that the papers of a route have ever given: a stop that comes back gets its own again."""
    said = day.approval.said.get(route)
    here = numbers(day, route)
    out = progress.is_out(day.plan.route(route), day.facts)
    return tuple({**(dict(printed(said)) if said is not None and out else {}), **here}.items())


@lru_cache(512)  # more than all routes of two days: a route is gone through once for each of its changes
def _named(stops: tuple[StopId, ...], known: tuple[tuple[StopId, str], ...]) -> Mapping[StopId, str]:
    if not known:
        return MappingProxyType({stop: str(n) for n, stop in enumerate(stops, 1)})
    given = dict(known)
    taken = set(given.values())
    found: dict[StopId, str] = {}
    before = "0"
    for stop in stops:
        number = given.get(stop) or _next(before, taken)
        taken.add(number)
        found[stop] = number
        before = number
    return MappingProxyType(found)


def _next(before: str, taken: set[str]) -> str:
    digits = re.match(r"\d*", before)
    base = digits.group() if digits else ""
    return next(
        (name for letter in _LETTERS if (name := f"{base}{letter}") not in taken), f"{base}{len(taken) + 1}"
    )
