"""Parcel labels, 100 × 150 mm, one for each piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Order, OrderKind, StopId
from dispatch_console.manifests import codes, figures, lines
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.flags import Flag
from dispatch_console.manifests.letters import letter
from dispatch_console.manifests.lines import StopLine
from dispatch_console.manifests.shelves import shelves

_GOODS = frozenset({"collect", "urgent", "adr", "cold", "age", "two", "heavy", "fragile", "other"})


@dataclass(frozen=True, slots=True)
class ParcelLabel:
    """`piece` of `of` pieces of one order. Holds no phone number, no note and no amount of money.

    `code` is Code 128 and QR alike. `flags` say `COLLECTED` on goods that come back to the depot.
    """

    letter: str
    stop: str
    piece: int
    of: int
    shelf: str
    area: str
    date: dt.date
    flags: tuple[Flag, ...]
    cod: bool
    collected: bool
    name: str
    street: str
    town: str
    depot: str
    reference: str
    load: Load
    code: str
    is_long: bool


def labels(day: Day, route: ShiftId) -> tuple[ParcelLabel, ...]:
    """All labels of a route in loading order, tour by tour, those for goods to collect last.

    An order without a count of pieces gets one label.
    """
    stops = lines.route_lines(day, route)
    tours = [[line for line in stops if line.tour == tour] for tour in sorted({line.tour for line in stops})]
    vehicle = day.shifts[route].vehicle
    places = {stop: shelf for tour in tours for stop, shelf in shelves(tour, vehicle).items()}
    town = lines.area(day, stops) or day.shifts[route].vehicle.name
    loading = [line for tour in tours for line in reversed(tour) if not line.only_collects]
    loading += [line for line in stops if line.only_collects]
    several = len(tours) > 1
    return tuple(label for line in loading for label in _of_stop(day, route, line, places, town, several))


def _of_stop(
    day: Day, route: ShiftId, line: StopLine, places: dict[StopId, str], town: str, several: bool
) -> Iterator[ParcelLabel]:
    for order in day.stops[line.stop].orders:
        if order.kind is OrderKind.HANDOVER:
            continue
        count = max(1, order.size.pieces)
        collected = order.kind is OrderKind.COLLECTION
        for piece in range(1, count + 1):
            yield ParcelLabel(
                letter=letter(day.shifts[route].slot),
                stop=line.number,
                piece=piece,
                of=count,
                shelf=places.get(line.stop, ""),
                area=town,
                date=day.date,
                flags=tuple(_flags(line, collected, several=several)),
                cod=order.cod is not None and order.cod.cents > 0,
                collected=collected,
                name=lines.name_of(order),
                street=lines.street_of(order),
                town=lines.town_of(order, day.depot),
                depot=day.depot.name,
                reference=order.reference,
                load=figures.rounded(order.size),
                code=codes.piece(order.identity, piece),
                is_long=_is_long(order),
            )


def _flags(line: StopLine, collected: bool, *, several: bool) -> Iterator[Flag]:
    """`several`: the route has more tours than one, and goods of the second must not go in first."""
    if several and not collected:
        yield Flag("other", f"TOUR {line.tour}", inverse=True)
    for flag in line.flags:
        if flag.kind == "collect":
            if collected:
                yield Flag("collect", "COLLECTED", inverse=True)
        elif flag.kind in _GOODS:
            yield flag


def _is_long(order: Order) -> bool:
    return len(lines.name_of(order)) > lines.LONG_NAME or len(lines.street_of(order)) > lines.LONG_STREET
