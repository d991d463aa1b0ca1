"""The driver sheet: all a driver needs from leaving the depot to handing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch_console.domain import clock, trips
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.schedule import Pause
from dispatch_console.domain.sizes import Money, symbol
from dispatch_console.manifests import codes, figures, lines
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.flags import Kind
from dispatch_console.manifests.lines import Head, Imprint, StopLine
from dispatch_console.manifests.sketch import Sketch, sketch
from dispatch_console.manifests.ways import STRAIGHT, Ways

_LOOK_OUT: tuple[tuple[Kind, str], ...] = (
    ("late", "late"),
    ("spare", "little time"),
    ("cold", "cold"),
    ("age", "ID check"),
    ("two", "two people"),
    ("adr", "ADR"),
)


@dataclass(frozen=True, slots=True)
class BreakLine:
    """A break, printed before the stop of index `before`; `at`: when it begins, in seconds of the plan day."""

    before: int
    minutes: int
    begin: str
    end: str
    at: int


@dataclass(frozen=True, slots=True)
class ReloadLine:
    """A reload, printed before the stop of index `before`: what comes off the van, and what tour `number` loads for
    which stops. `at`: when he is back, in seconds of the plan day."""

    before: int
    number: int
    begin: str
    end: str
    stops: str
    unload: Load
    deliver: Load
    at: int


@dataclass(frozen=True, slots=True)
class DriverSheet:
    """Sums are those of the rounded lines. `returns`: the route ends where `back` says, else at its last stop.

    `deliver` is what is loaded in the depot on all tours, `first` for the first, `taken` what is taken over on the
    road.
    """

    head: Head
    start: str
    back: str
    returns: bool
    km10: int
    lines: tuple[StopLine, ...]
    breaks: tuple[BreakLine, ...]
    reloads: tuple[ReloadLine, ...]
    deliver: Load
    first: Load
    taken: Load
    collect: Load
    cod: tuple[Money, ...]
    phone: str
    vehicle: str
    depot: str
    depot_phone: str
    emergency_phone: str
    second_man: tuple[str, ...]
    look_out: tuple[str, ...]
    map: Sketch | None
    map_credit: str = ""

    @property
    def collections(self) -> tuple[StopLine, ...]:
        return tuple(line for line in self.lines if line.collect != Load())

    @property
    def deliveries(self) -> int:
        return sum(1 for line in lines.customers(self.lines) if not line.only_collects)

    @property
    def stops(self) -> int:
        """Customers' stops: meetings of vans are none."""
        return len(lines.customers(self.lines))

    @property
    def cod_stops(self) -> int:
        return sum(1 for line in self.lines if line.cod)

    @property
    def currencies(self) -> str:
        """`£` for the heads of cash columns; empty if there is no cash, or several currencies."""
        return symbol(self.cod[0].currency) if len(self.cod) == 1 else ""

    @property
    def tours(self) -> int:
        return 1 + len(self.reloads)

    def between(self, index: int) -> tuple[BreakLine | ReloadLine, ...]:
        """What lies before the stop of `index`, in the order of the day."""
        return between(index, self.breaks, self.reloads)


def between(
    index: int, breaks: Sequence[BreakLine], reloads: Sequence[ReloadLine]
) -> tuple[BreakLine | ReloadLine, ...]:
    found = [line for line in (*breaks, *reloads) if line.before == index]
    return tuple(sorted(found, key=lambda line: line.at))


def driver_sheet(
    day: Day, route: ShiftId, imprint: Imprint, ways: Ways = STRAIGHT, *, with_map: bool = True
) -> DriverSheet:
    """The sheet of `route` as the plan stands. Raises KeyError for a route the day does not have."""
    shift, planned = day.shifts[route], day.schedules[route]
    stops = lines.route_lines(day, route)
    return DriverSheet(
        head=lines.head(day, route, stops, imprint, codes.sheet(route, imprint.version or 0)),
        start=_hhmm(day, planned.start),
        back=_hhmm(day, planned.end),
        returns=shift.end_place is not None,
        km10=figures.tenths_of_km(planned.drive_m),
        lines=stops,
        breaks=tuple(break_line(day, pause, pause.before) for pause in planned.pauses),
        reloads=reload_lines(day, route, stops),
        deliver=figures.total(line.at_start for line in stops),
        first=figures.total(line.at_start for line in stops if line.tour == 1),
        taken=figures.total(line.deliver for line in stops if line.on_the_road),
        collect=figures.total(line.collect for line in stops),
        cod=figures.cash(money for line in stops for money in line.cod),
        phone=lines.phone_text(shift.driver.phone, day.depot.country),
        vehicle=" · ".join((shift.vehicle.name, *sorted(shift.vehicle.skills))),
        depot=day.depot.address or day.depot.name,
        depot_phone=lines.phone_text(day.depot.phone, day.depot.country),
        emergency_phone=lines.phone_text(day.depot.emergency_phone, day.depot.country),
        second_man=tuple(line.number for line in stops if line.has("two")),
        look_out=_look_out(stops),
        map=sketch(day, route, stops, ways=ways) if with_map else None,
    )


def _look_out(stops: Sequence[StopLine]) -> tuple[str, ...]:
    """`4 cold`, `COD 2, 12`: what needs care, and where."""
    listed = [(word, [line.number for line in stops if line.has(kind)]) for kind, word in _LOOK_OUT]
    parts = [
        f"{found[0]} {word}" if len(found) == 1 else f"{word} {', '.join(found)}" for word, found in listed if found
    ]
    cash = [line.number for line in stops if line.cod]
    return (*parts, *([f"COD {', '.join(cash)}"] if cash else []))


def break_line(day: Day, pause: Pause, before: int) -> BreakLine:
    minutes = (pause.end - pause.begin) // 60
    return BreakLine(before, minutes, _hhmm(day, pause.begin), _hhmm(day, pause.end), pause.begin)


def reload_lines(day: Day, route: ShiftId, stops: Sequence[StopLine]) -> tuple[ReloadLine, ...]:
    """`stops`: all lines of the route."""
    planned = day.schedules[route]
    found: list[ReloadLine] = []
    for trip in trips.of_route(planned, day.basis) if planned.reloads else ():
        if trip.reload is None:
            continue
        tour = [line for line in stops if line.tour == trip.number]
        found.append(
            ReloadLine(
                trip.first,
                trip.number,
                _hhmm(day, trip.reload.arrive),
                _hhmm(day, trip.reload.depart),
                lines.span(tour),
                figures.total(line.collect for line in stops if line.tour == trip.number - 1),
                figures.total(line.at_start for line in tour),
                trip.reload.arrive,
            )
        )
    return tuple(found)


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)
