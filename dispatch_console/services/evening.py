"""The evening of the day summary: what the routes were to be, and what has become of them."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch_console.domain import clock, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind
from dispatch_console.domain.sizes import Money
from dispatch_console.manifests import figures
from dispatch_console.manifests.evening import Against, Evening, EveningSums, RouteEvening
from dispatch_console.manifests.letters import letter
from dispatch_console.services.actuals import RouteActuals, actuals
from dispatch_console.services.debrief import cash, goods, sheet

_STATES = {
    FactKind.IN_DEPOT: "in the depot",
    FactKind.OUT: "out",
    FactKind.BACK: "back",
    FactKind.DEBRIEFED: "debriefed",
    FactKind.CLOSED: "closed",
}


def of_day(day: Day) -> Evening | None:
    """Planned against actual, route by route in letter order; None before the first fact."""
    if day.baseline is None or not day.facts.entries:
        return None
    known = actuals(day)
    slots = sorted(known, key=lambda id: day.shifts[id].slot)
    rows = tuple(_row(day, known[id]) for id in slots)
    when = f"{saying.date(day.date)} {clock.hhmm(day.now, day.date, day.depot.timezone)}"
    return Evening(when, rows, _sums(day, rows, known.values()))


def _row(day: Day, now: RouteActuals) -> RouteEvening:
    id, planned = now.route, now.planned
    stops, shift = day.plan.route(id).stops, day.shifts[id]
    ended = [stop for stop in stops if stop in day.facts.ended]
    failed = sum(1 for stop in ended if stop in day.facts.failed)
    left = day.facts.state(id) is not FactKind.IN_DEPOT
    due, counted, short = _cash(day, id)
    return RouteEvening(
        letter=letter(shift.slot),
        driver=shift.driver.name,
        vehicle=shift.vehicle.name,
        state=_STATES[day.facts.state(id)],
        done=len(ended) - failed,
        failed=failed,
        open=len(stops) - len(ended),
        presumed=sum(1 for stop in stops[: now.progress.passed] if stop not in day.facts.arrived),
        start=_time(day, planned.start if planned is not None else None, now.start, sure=left),
        back=_time(day, planned.end if planned is not None else None, now.end, sure=now.back),
        km=_km(planned.drive_m if planned is not None else None, now.metres, sure=now.measured),
        due=due,
        counted=counted,
        short=short,
        tours=now.tours.all,
        tour=now.tours.now,
    )


def _time(day: Day, planned: int | None, actual: int, *, sure: bool) -> Against:
    def hhmm(seconds: int) -> str:
        return clock.hhmm(seconds, day.date, day.depot.timezone)

    if planned is None:
        return Against(actual=hhmm(actual), sure=sure)
    more = round((actual - planned) / 60)
    return Against(hhmm(planned), hhmm(actual), _signed(more, f"{abs(more)}"), sure)


def _km(planned: int | None, metres: int, *, sure: bool) -> Against:
    now = figures.tenths_of_km(metres)
    if planned is None:
        return Against(actual=figures.km(now), sure=sure)
    was = figures.tenths_of_km(planned)
    more = _signed(now - was, figures.km(abs(now - was))) if sure or now != was else ""
    return Against(figures.km(was), figures.km(now), more, sure)


def _signed(difference: int, size: str) -> str:
    return size if not difference else f"{'−' if difference < 0 else '+'}{size}"


def _cash(day: Day, route: ShiftId) -> tuple[tuple[Money, ...], tuple[Money, ...] | None, tuple[Money, ...]]:
    """(due, what is still to be collected included; counted, or None; counted less due of what was counted)."""
    rows = sheet.rows(day, route)
    still = (row.order.cod for row in rows if row.fact is None and not row.aboard)
    due = figures.cash(
        Money(money.cents, money.currency or day.depot.currency)
        for money in (*(row.due for row in rows), *still)
        if money is not None
    )
    known = [purse for purse in cash.purses(day, route) if purse.counted is not None]
    counted = figures.cash(Money(purse.counted or 0, purse.currency) for purse in known) if known else None
    return due, counted, figures.cash(Money(purse.difference, purse.currency) for purse in known)


def _sums(day: Day, rows: tuple[RouteEvening, ...], known: Iterable[RouteActuals]) -> EveningSums:
    routes = list(known)
    planned = sum(now.planned.drive_m for now in routes if now.planned is not None)
    km = _km(planned, sum(now.metres for now in routes), sure=all(now.measured for now in routes))
    steps = [order.next.kind for order in day.orders.values() if order.next is not None]
    back = [one for now in routes for one in goods.returns(day, now.route)]
    return EveningSums(
        done=sum(row.done for row in rows),
        failed=sum(row.failed for row in rows),
        open=sum(row.open for row in rows),
        km=km,
        due=figures.cash(money for row in rows for money in row.due),
        counted=figures.cash(money for row in rows for money in row.counted or ()),
        short=figures.cash(money for row in rows for money in row.short),
        again=steps.count(NextKind.AGAIN),
        returned=steps.count(NextKind.RETURN),
        pieces_back=sum(len(one.here) for one in back),
        pieces_due=sum(one.expected for one in back),
        tours=sum(row.tours for row in rows),
    )
