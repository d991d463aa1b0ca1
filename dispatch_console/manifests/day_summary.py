"""The day summary: one line a route, what is not planned and why, the count of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Order, StopId
from dispatch_console.domain.sizes import Money, symbol
from dispatch_console.manifests import figures, lines, why
from dispatch_console.manifests.evening import Evening
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.letters import letter
from dispatch_console.manifests.lines import Imprint, StopLine


class RouteRow(NamedTuple):
    """One route. `load` is all goods handled, deliveries and collections; `risks`: stops late or nearly so.
    `tours`: how often it leaves the start place."""

    letter: str
    area: str
    driver: str
    vehicle: str
    plate: str
    start: str
    back: str
    stops: int
    orders: int
    load: Load
    km10: int
    cod: tuple[Money, ...]
    risks: tuple[str, ...]
    late: int
    tours: int = 1


class OpenOrder(NamedTuple):
    """An order that is not planned, with why and what to do next."""

    reference: str
    name: str
    town: str
    load: Load
    cod: tuple[Money, ...]
    why: str
    next: str


@dataclass(frozen=True, slots=True)
class DaySummary:
    """Sums are those of the rows. `version` is that of the plan; None: a draft. `evening`: planned against actual,
    in place of the rows; None: nothing has happened yet."""

    date: dt.date
    depot: str
    address: str
    phone: str
    imprint: Imprint
    printed: str
    routes: tuple[RouteRow, ...]
    open_orders: tuple[OpenOrder, ...]
    stops: int
    orders: int
    load: Load
    km10: int
    cod: tuple[Money, ...]
    open_load: Load
    open_cod: tuple[Money, ...]
    evening: Evening | None = None

    @property
    def tours(self) -> int:
        return sum(row.tours for row in self.routes)

    @property
    def risks(self) -> int:
        return sum(len(row.risks) for row in self.routes)

    @property
    def all_cod(self) -> tuple[Money, ...]:
        return figures.cash((*self.cod, *self.open_cod))

    @property
    def currency(self) -> str:
        """`£` for the heads of columns; empty if there is no cash, or several currencies."""
        counted = () if self.evening is None else (*self.evening.sums.due, *self.evening.sums.counted)
        known = {money.currency for money in (*self.all_cod, *counted)}
        return symbol(next(iter(known))) if len(known) == 1 else ""


def day_summary(day: Day, imprint: Imprint, reasons: why.Reasons, evening: Evening | None = None) -> DaySummary:
    """The whole day as the plan stands; routes without stops are left out. `evening`: what has become of it."""
    rows = tuple(_row(day, route.id) for route in day.routes if route.stops)
    rows = tuple(sorted(rows, key=lambda row: (len(row.letter), row.letter)))
    loose = tuple(_open(day, stop, reasons) for stop in day.plan.pool.stops)
    open_orders = tuple(entry for entries in loose for entry in entries)
    return DaySummary(
        date=day.date,
        depot=day.depot.name,
        address=day.depot.address,
        phone=lines.phone_text(day.depot.phone, day.depot.country),
        imprint=imprint,
        printed=lines.printed(imprint, day.depot),
        routes=rows,
        open_orders=open_orders,
        stops=sum(row.stops for row in rows),
        orders=sum(row.orders for row in rows),
        load=figures.total(row.load for row in rows),
        km10=sum(row.km10 for row in rows),
        cod=_cash(row.cod for row in rows),
        open_load=figures.total(entry.load for entry in open_orders),
        open_cod=_cash(entry.cod for entry in open_orders),
        evening=evening,
    )


def _row(day: Day, route: ShiftId) -> RouteRow:
    shift, planned = day.shifts[route], day.schedules[route]
    stops = lines.customers(lines.route_lines(day, route))
    return RouteRow(
        letter=letter(shift.slot),
        area=lines.area(day, stops),
        driver=shift.driver.name,
        vehicle=shift.vehicle.name,
        plate=shift.vehicle.plate,
        start=clock.hhmm(planned.start, day.date, day.depot.timezone),
        back=clock.hhmm(planned.end, day.date, day.depot.timezone),
        stops=len(stops),
        orders=sum(len(day.stops[line.stop].orders) for line in stops),
        load=figures.total(line.deliver.plus(line.collect) for line in stops),
        km10=figures.tenths_of_km(planned.drive_m),
        cod=_cash(line.cod for line in stops),
        risks=tuple(line.number for line in stops if _at_risk(line)),
        late=planned.late_stops,
        tours=1 + len(planned.reloads),
    )


def _open(day: Day, stop: StopId, reasons: why.Reasons) -> tuple[OpenOrder, ...]:
    answer = why.answer(day, stop, reasons)
    return tuple(_open_order(day, order, answer) for order in day.stops[stop].orders)


def _open_order(day: Day, order: Order, answer: why.Answer) -> OpenOrder:
    return OpenOrder(
        reference=order.reference,
        name=order.recipient,
        town="address not found" if order.place is None else lines.town_of(order, day.depot),
        load=figures.rounded(order.size),
        cod=figures.cash([order.cod] if order.cod is not None else []),
        why=answer.why,
        next=answer.next,
    )


def _at_risk(line: StopLine) -> bool:
    return line.has("late", "spare")


def _cash(entries: Iterable[tuple[Money, ...]]) -> tuple[Money, ...]:
    return figures.cash(money for entry in entries for money in entry)
