"""The places that a route is driven through: what its line is drawn along, on the map and on paper."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.places import Place

#: From where to where.
Pair = tuple[Place, Place]


class Point(NamedTuple):
    """One place of a route. `at`: the index of its stop; None: the start, the end, or a reload."""

    place: Place
    at: int | None = None


def points(day: Day, route: ShiftId) -> list[Point]:
    """From the start over all stops that have a place, through the start again where a tour begins, to the end."""
    shift, timed = day.shifts[route], day.schedules.get(route)
    reloads = {reload.before for reload in timed.reloads} if timed is not None else set[int]()
    found = [Point(shift.start_place)]
    for at, stop in enumerate(day.plan.route(route).stops):
        if at in reloads:
            found.append(Point(shift.start_place))
        place = day.stops[stop].place
        if place is not None:
            found.append(Point(place, at))
    if len(found) > 1 and shift.end_place is not None:
        found.append(Point(shift.end_place))
    return found


def pairs(day: Day, route: ShiftId) -> list[Pair]:
    """The legs of a route; where nothing is driven, none."""
    return [(a.place, b.place) for a, b in pairwise(points(day, route)) if a.place != b.place]
