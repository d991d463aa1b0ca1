"""A returned sheet as rows: what was planned, what is told so far, and what the rest is presumed to have been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dispatch_console.domain import clock, numbers
from dispatch_console.domain.baseline import Baseline
from dispatch_console.domain.day import Day, DayState, Said
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextStep, Order, OrderId, OrderKind, StopId
from dispatch_console.domain.own_words import AS_FORECAST
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.schedule import RouteSchedule, schedule
from dispatch_console.domain.sizes import Money
from dispatch_console.domain.stops import Stop
from dispatch_console.services.wizards import goods

#: The outcomes after which something is left to decide.
EXCEPTIONS = frozenset({FactKind.PARTIAL, FactKind.FAILED, FactKind.SKIPPED})


@dataclass(frozen=True, slots=True)
class Row:
    """One order of a sheet. Times are elapsed seconds of the plan day, counts pieces.

    `number` is the stop's on the sheet (see `domain.numbers`); orders of one stop share it, and `lead` marks the
    first of them. `planned` None: it came after the plan was approved. `arrive` is what was told (`told`), else the
    forecast that follows from what was told of the others. `fact` None: nobody said how it ended. `due` is the cash
    that belongs into the bag after this outcome, `taken` what the driver says he was given, in cents. `aboard`:
    nobody went there, it was decided on the way that it is not done today, so the goods of a delivery come back.
    `guessed`: its time was taken over from the forecast, nobody wrote it down.
    """

    number: str
    lead: bool
    stop: StopId
    order: Order
    planned: int | None
    arrive: int
    depart: int
    told: bool
    fact: Fact | None
    done: int
    due: Money | None = None
    taken: int | None = None
    aboard: bool = False
    guessed: bool = False

    @property
    def pieces(self) -> int:
        return pieces_of(self.order)

    @property
    def collects(self) -> bool:
        return self.order.kind is OrderKind.COLLECTION

    @property
    def kind(self) -> FactKind | None:
        return self.fact.kind if self.fact is not None else None

    @property
    def reason(self) -> Reason | None:
        return self.fact.reason if self.fact is not None else None

    @property
    def is_exception(self) -> bool:
        return self.kind in EXCEPTIONS

    @property
    def next(self) -> NextStep | None:
        return self.order.next

    @property
    def undecided(self) -> bool:
        """Not done, and nobody has said what becomes of it."""
        return self.is_exception and self.order.next is None and self.order.kind is not OrderKind.HANDOVER


def rows(day: Day, route: ShiftId) -> tuple[Row, ...]:
    """All orders of a route in driving order, handed-over goods included."""
    planned = _planned(day, route)
    taken, guessed = _taken(day), _guessed(day)
    found: list[Row] = []
    named = numbers.numbers(day, route)
    for visit in forecast(day, route).visits:
        stop = day.stops[visit.stop]
        for index, order in enumerate(stop.orders):
            fact = day.facts.outcome(stop.id, order.id)
            told = stop.id in day.facts.arrived
            row = Row(
                named[visit.stop],
                index == 0,
                stop.id,
                order,
                planned.get(stop.id),
                visit.arrive,
                visit.depart,
                told,
                fact,
                done_pieces(stop, order, fact),
                aboard=fact is None and goods.left_aboard(day, order) == route,
                guessed=stop.id in guessed,
            )
            found.append(replace(row, due=_due(row), taken=taken.get(order.id)))
    return tuple(found)


def left_aboard(day: Day, route: ShiftId) -> tuple[Row, ...]:
    """Orders that left the route on the way without their goods: cancelled ones, those put off and moved since.

    They stand on no sheet any more; `number` is that of the papers, else of the approved plan, empty without both.
    """
    printed = dict(numbers.printed(day.approval.said.get(route, Said())))
    base = day.baseline.stops if day.baseline is not None else {}
    found: list[Row] = []
    for order in day.orders.values():
        if day.plan.where.get(order.stop) == route or goods.left_aboard(day, order) != route:
            continue
        if day.facts.outcome(order.stop, order.id) is not None:
            continue
        planned = base.get(order.stop)
        number, at = (str(planned.number), planned.arrive) if planned is not None else ("", 0)
        number = printed.get(order.stop, number)
        found.append(Row(number, True, order.stop, order, at or None, at, at, False, None, 0, aboard=True))
    return tuple(found)


def forecast(day: Day, route: ShiftId) -> RouteSchedule:
    """The route as what was told makes it, whatever the clock shows: sheets are read when the vans are back."""
    return schedule(day.plan.route(route), day.leaving[route], replace(day.basis, now=0))


def pieces_of(order: Order) -> int:
    """How many pieces an order has; one without a count has one label, so it counts as one."""
    return 0 if order.kind is OrderKind.HANDOVER else max(1, order.size.pieces)


def done_pieces(stop: Stop, order: Order, fact: Fact | None) -> int:
    """Pieces of an order that were delivered or collected after `fact`.

    What was said of the whole of a stop with several orders counts for them in their order.
    """
    if fact is None or fact.kind not in (FactKind.DELIVERED, FactKind.PARTIAL):
        return 0
    if fact.kind is FactKind.DELIVERED:
        return pieces_of(order)
    left = fact.value or sum(fact.items)
    if fact.order == order.id:
        return min(left, pieces_of(order))
    for other in stop.orders:
        if other.id == order.id:
            break
        left = max(0, left - pieces_of(other))
    return min(left, pieces_of(order))


def routes(day: Day) -> list[ShiftId]:
    """Those that have a sheet to come back, in lane order."""
    return [route.id for route in day.routes if route.stops]


def next_waiting(day: Day, after: ShiftId) -> ShiftId | None:
    """The next route in lane order, round the corner, whose van is back and whose sheet waits."""
    listed = routes(day)
    cut = listed.index(after) + 1 if after in listed else 0
    waiting = (FactKind.BACK, FactKind.DEBRIEFED)
    ahead = (id for id in (*listed[cut:], *listed[:cut]) if id != after)
    return next((id for id in ahead if day.facts.state(id) in waiting), None)


def is_home(day: Day, route: ShiftId) -> bool:
    """Whether the van is back, so that its sheet can be read."""
    return day.facts.state(route) in (FactKind.BACK, FactKind.DEBRIEFED, FactKind.CLOSED)


def is_closed(day: Day, route: ShiftId) -> bool:
    return day.facts.state(route) is FactKind.CLOSED


def check_open(day: Day, route: ShiftId) -> None:
    """Raises UserError if nothing can be told of this route now."""
    if route == POOL or route not in day.shifts:
        raise UserError("This route is not in the day any more. Scan another sheet.")
    if day.approval.state is DayState.DRAFT:
        raise UserError("This plan is a draft: no sheet can have come back. Approve it first.")
    if day.state is DayState.CLOSED:
        raise UserError("This day is closed. Open it again to correct something.")
    if is_closed(day, route):
        raise UserError(f"{day.shifts[route].driver.name}'s route is closed. Open it again to correct something.")


def row_of(day: Day, route: ShiftId, order: OrderId) -> Row:
    """The row of an order. Raises UserError if it is on another sheet."""
    for row in rows(day, route):
        if row.order.id == order:
            return row
    raise UserError("This order is not on this sheet any more. Look at the route again.")


def _planned(day: Day, route: ShiftId) -> Mapping[StopId, int]:
    """Stop → arrival as approved; a day without a baseline is measured against the paper."""
    base: Baseline | None = day.baseline
    if base is not None:
        return {stop: planned.arrive for stop, planned in base.stops.items()}
    said = day.approval.said.get(route, Said())
    return {stop: _seconds(day, eta) for stop, eta in said.etas}


def _seconds(day: Day, hhmm: str) -> int:
    hours, minutes = hhmm.split(":")
    return clock.wall_to_seconds(3600 * int(hours) + 60 * int(minutes), day.date, day.depot.timezone)


def _taken(day: Day) -> dict[OrderId, int]:
    """Order → cents that the driver took; the last word counts."""
    return {fact.order: fact.value for fact in day.facts.entries if fact.kind is FactKind.CASH_TAKEN}


def _guessed(day: Day) -> frozenset[StopId]:
    """Stops whose arrival nobody told: it was presumed when the sheet was read."""
    last = {fact.stop: fact.note for fact in day.facts.entries if fact.kind is FactKind.ARRIVED}
    return frozenset(stop for stop, note in last.items() if note == AS_FORECAST)


def _due(row: Row) -> Money | None:
    """Cash on delivery is due once anything was handed over."""
    cod = row.order.cod
    handed = row.kind in (FactKind.DELIVERED, FactKind.PARTIAL)
    return cod if cod is not None and cod.cents > 0 and handed else None
