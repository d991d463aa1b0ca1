"""Where an order is now, in a sentence that can be said on the phone."""

from __future__ import annotations

from dispatch_console.domain import nextsteps, numbers, saying
from dispatch_console.domain.clock import hhmm
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, OrderKind
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.progress import progress
from dispatch_console.domain.reasons import WORDS
from dispatch_console.domain.rules import minutes
from dispatch_console.domain.schedule import Visit
from dispatch_console.services.order_history.values import Standing, Tone

_UNDONE = (FactKind.FAILED, FactKind.SKIPPED, FactKind.PARTIAL)


def standing(day: Day, order: Order) -> Standing:
    """Of an order of `day`, as it is at `day.now`."""
    route, at = day.position(order.stop)
    told = day.facts.outcome(order.stop, order.id)
    if route == POOL:
        return _loose(day, order, told)
    shift = day.shifts[route]
    if told is not None and told.kind is FactKind.DELIVERED:
        return _of(shift, f"{_done(order)} {_time(day, told.at)} by {shift.driver.name}", (), Tone.GOOD)
    if told is not None:
        return _of(shift, *_not_done(day, order, told))
    if order.next is not None:
        return _of(shift, nextsteps.short(order.next), (), Tone.PLAIN)
    return _of(shift, *_to_come(day, shift, route, at))


def ended(day: Day, order: Order) -> str:
    """How a day ended for an order, in a few words; empty: it has not."""
    told = day.facts.outcome(order.stop, order.id)
    if told is None:
        return nextsteps.short(order.next) if order.next is not None else ""
    if told.kind is FactKind.DELIVERED:
        return f"{_done(order)} {_time(day, told.at)}"
    return f"{_what(order, told)} {_time(day, told.at)}"


def _loose(day: Day, order: Order, told: Fact | None) -> Standing:
    if told is not None and told.kind is FactKind.DELIVERED:
        return Standing(f"{_done(order)} {_time(day, told.at)}", tone=Tone.GOOD)
    if order.next is not None:
        return Standing(nextsteps.short(order.next))
    if told is not None:
        headline, more, tone = _not_done(day, order, told)
        return Standing(headline, more, tone)
    why = "it has no place on the map yet" if order.place is None else "no driver has it"
    return Standing(f"Unassigned on {saying.date(day.date)}: {why}", (), Tone.RISK)


def _not_done(day: Day, order: Order, told: Fact) -> tuple[str, tuple[str, ...], Tone]:
    headline = f"{_what(order, told)}, {_time(day, told.at)}"
    if order.next is not None:
        return headline, (nextsteps.short(order.next),), Tone.PLAIN
    return headline, ("Nothing is decided yet",), Tone.BAD


def _to_come(day: Day, shift: Shift, route: ShiftId, at: int) -> tuple[str, tuple[str, ...], Tone]:
    name = shift.driver.name
    visits = day.schedules[route].visits
    visit, of = visits[at], f"stop {numbers.at(day, route, at)} of {len(visits)}"
    far = progress(day.plan.route(route), day.schedules[route], day.basis)
    if visit.stop == far.current:
        return f"{name} is at the door since {_time(day, visit.arrive)}", (of,), Tone.GOOD
    if at < far.passed:
        about = f"Presumed done about {_time(day, visit.depart)} by {name}"
        return about, (f"{of}: nobody phoned, but the driver has gone on",), Tone.PLAIN
    if route in day.facts.down or route in day.facts.sick:
        trouble = f"{shift.vehicle.name} has broken down" if route in day.facts.down else f"{name} is sick"
        return f"Waits with {name}: {trouble}", (of,), Tone.BAD
    on_road = day.facts.left_at(route) is not None or far.head > 0
    headline = f"{name} {'is there about' if on_road else 'will be there about'} {_time(day, visit.begin)}"
    if day.state is DayState.DRAFT:
        headline = f"Planned for {name}, about {_time(day, visit.begin)}"
    ahead = at - far.passed
    before = [of, saying.count(ahead, "stop") + " before it" if ahead else "it is the next one"]
    return headline, (", ".join(before), *_late(day, visit), *_planned(day, visit)), _tone(day, visit)


def _late(day: Day, visit: Visit) -> tuple[str, ...]:
    return (f"{minutes(visit.late_s)} min late",) if visit.late_s else ()


def _planned(day: Day, visit: Visit) -> tuple[str, ...]:
    """What was approved, once it differs by what a customer would notice."""
    then = day.baseline.stops.get(visit.stop) if day.baseline is not None else None
    if then is None or abs(then.begin - visit.begin) < 5 * 60:
        return ()
    return (f"planned {_time(day, then.begin)}",)


def _tone(day: Day, visit: Visit) -> Tone:
    return Tone.BAD if visit.late_s and not day.stops[visit.stop].late_per_min else Tone.PLAIN


def _what(order: Order, told: Fact) -> str:
    reason = f": {WORDS[told.reason]}" if told.reason is not None else ""
    match told.kind:
        case FactKind.PARTIAL:
            some = f", {told.value} of {order.size.pieces} pieces" if told.value else ""
            return f"{_done(order)} in part{some}{reason}"
        case FactKind.SKIPPED:
            return f"Passed by{reason}"
        case _:
            return f"Not {_done(order).lower()}{reason}"


def _done(order: Order) -> str:
    return "Collected" if order.kind is OrderKind.COLLECTION else "Delivered"


def _time(day: Day, seconds: int) -> str:
    return hhmm(seconds, day.date, day.depot.timezone)


def _of(shift: Shift, headline: str, more: tuple[str, ...], tone: Tone) -> Standing:
    driver = shift.driver
    return Standing(headline, more, tone, driver.name, driver.initials, driver.phone, shift.slot)
