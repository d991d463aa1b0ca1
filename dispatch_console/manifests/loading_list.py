"""The loading list: what goes into the van, tour by tour, the last stop of each first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import clock, trips
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Capacity, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.trips import Trip
from dispatch_console.manifests import codes, figures, lines
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.flags import Flag
from dispatch_console.manifests.lines import Head, Imprint, StopLine
from dispatch_console.manifests.shelves import shelves

#: Loading begins so long before the van leaves, in seconds.
LOADING_S = 45 * 60
#: More pieces than this get "__ of n" in place of a box each.
MOST_BOXES = 12
_GOODS = frozenset({"adr", "cold", "two", "heavy", "fragile", "other"})


class LoadLine(NamedTuple):
    """One stop to load. `running` is in the van once this line is loaded; `references` are its orders."""

    line: StopLine
    references: tuple[str, ...]
    shelf: str
    flags: tuple[Flag, ...]
    running: Load

    @property
    def boxes(self) -> int:
        """How many boxes to tick, one if no count is given; 0: too many, a count is written instead."""
        pieces = max(1, self.line.deliver.pieces)
        return pieces if pieces <= MOST_BOXES else 0


class Heaviest(NamedTuple):
    """The most weight on the way, and after which stop; empty: at the start."""

    kg10: int
    after: str


@dataclass(frozen=True, slots=True)
class TourLoading:
    """What one tour loads: `loads` in loading order; `collections` in driving order, never part of the sums.

    `number` from 1, `span` its stops. `doors_open`: when loading begins; of a later tour, when the van is back.
    """

    number: int
    span: str
    doors_open: str
    leave: str
    loads: tuple[LoadLine, ...]
    deliver: Load
    collections: tuple[LoadLine, ...]
    heaviest: Heaviest
    cold: tuple[str, ...]
    adr: tuple[str, ...]
    over_kg10: int


@dataclass(frozen=True, slots=True)
class LoadingList:
    """`sections`: the vehicle is large enough to have places for goods."""

    head: Head
    tours: tuple[TourLoading, ...]
    capacity: Capacity
    sections: bool


def loading_list(day: Day, route: ShiftId, imprint: Imprint) -> LoadingList:
    """The loading list of `route` as the plan stands. Raises KeyError for a route the day does not have."""
    shift = day.shifts[route]
    stops = lines.route_lines(day, route)
    tours = trips.of_route(day.schedules[route], day.basis)
    places = shelves(_kept(stops), shift.vehicle)
    return LoadingList(
        head=lines.head(day, route, stops, imprint, codes.loading(route, imprint.version or 0)),
        tours=tuple(_tour(day, route, trip, stops[trip.first : trip.end]) for trip in tours)
        or (_nothing(day, route),),
        capacity=shift.vehicle.capacity,
        sections=bool(places),
    )


def _tour(day: Day, route: ShiftId, trip: Trip, stops: Sequence[StopLine]) -> TourLoading:
    vehicle = day.shifts[route].vehicle
    to_load = [line for line in reversed(stops) if _is_loaded(line)]
    kept = _kept(stops)
    places = shelves(kept, vehicle)
    heaviest = heaviest_point(stops)
    limit = vehicle.capacity.grams
    doors_open = trip.leave - LOADING_S if trip.reload is None else trip.reload.arrive
    return TourLoading(
        number=trip.number,
        span=lines.span(stops),
        doors_open=clock.hhmm(doors_open, day.date, day.depot.timezone),
        leave=clock.hhmm(trip.leave, day.date, day.depot.timezone),
        loads=_running(day, to_load, places),
        deliver=figures.total(line.deliver for line in to_load),
        collections=_running(day, [line for line in stops if line.collect != Load()], places),
        heaviest=heaviest,
        cold=tuple(line.number for line in kept if line.has("cold")),
        adr=tuple(line.number for line in kept if line.has("adr")),
        over_kg10=max(0, heaviest.kg10 - limit // 100) if limit is not None else 0,
    )


def _nothing(day: Day, route: ShiftId) -> TourLoading:
    """Of a route that has lost all its stops."""
    start = day.schedules[route].start
    doors_open, leave = (clock.hhmm(at, day.date, day.depot.timezone) for at in (start - LOADING_S, start))
    return TourLoading(1, "no stops", doors_open, leave, (), Load(), (), Heaviest(0, ""), (), (), 0)


def _kept(stops: Sequence[StopLine]) -> list[StopLine]:
    return [line for line in stops if _is_loaded(line) or line.only_collects]


def _is_loaded(line: StopLine) -> bool:
    """Whether its goods are loaded in the depot: not where vans meet, nor what comes on board there."""
    return not (line.only_collects or line.meeting or line.on_the_road)


def heaviest_point(stops: Sequence[StopLine]) -> Heaviest:
    """Where the van weighs most, from the rounded lines."""
    weight = sum(line.at_start.kg10 for line in stops)
    worst = Heaviest(weight, "")
    for line in stops:
        # What the van comes back to the depot for stands on this list too, so it weighs from the start on.
        came = line.taken.kg10 if line.meeting == "take over" else 0
        weight += came + line.collect.kg10 - line.deliver.kg10
        if weight > worst.kg10:
            worst = Heaviest(weight, line.number)
    return worst


def _running(day: Day, stops: Sequence[StopLine], places: dict[StopId, str]) -> tuple[LoadLine, ...]:
    made: list[LoadLine] = []
    running = Load()
    for line in stops:
        running = running.plus(line.deliver)
        references = tuple(order.reference for order in day.stops[line.stop].orders)
        kept = tuple(flag for flag in line.flags if flag.kind in _GOODS)
        made.append(LoadLine(line, references, places.get(line.stop, ""), kept, running))
    return tuple(made)
