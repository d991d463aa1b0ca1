"""Who takes stops over gets them by the search, not only one after the other: one change, one undo step.

On the road stops are shared out first (see `vans`), so that it is clear whose goods come on board where; then the
search plans the routes of those who took something, as a re-optimising would, and both become one change. What
waits for a meeting stays behind it. Before the start there is nothing to meet for: the search shares out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, OrderKind, StopId
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.saying import listed
from dispatch_console.services import preview
from dispatch_console.services.planning import Changes, Options, Result, Scope
from dispatch_console.services.wizards import draft
from dispatch_console.services.wizards.draft import Draft, count, hhmm
from dispatch_console.services.wizards.meeting import Meeting

#: How long the search has: a dispatcher waits for it.
SECONDS = 3.0


def takers(day: Day, made: Draft) -> frozenset[ShiftId]:
    """The routes that a draft gives customers' stops to."""
    here = (m for m in made.moved if m.after is not None and m.after.number and m.stop in day.stops)
    return frozenset(m.after.route for m in here if m.after is not None)


def options(day: Day, made: Draft, now: int | None) -> Options:
    """On the road: the routes of those who take something are planned anew, what is on board stays on board."""
    from_now = preview.under_way(day, now)
    return Options(Scope.ROUTES, takers(day, made), seconds=SECONDS, from_now=from_now)


def morning(day: Day, route: ShiftId, others: Collection[ShiftId], now: int | None) -> Options:
    """Before the start: the stops of `route`, whose driver does not come, go to any of `others`. Once the plan is
    approved these keep their own stops: they may be loaded."""
    changes = Changes.FREE if day.approval.state is DayState.DRAFT else Changes.KEEP_DRIVERS
    from_now = preview.under_way(day, now)
    return Options(Scope.ROUTES, frozenset({route, *others}), changes, seconds=SECONDS, from_now=from_now)


def with_result(day: Day, made: Draft, result: Result) -> Draft:
    """`made` and what the search found on `made.after`, as one: the label stays, it is the same act."""
    if not result.change:
        return replace(made, sentences=(*made.sentences, "Re-planned: no better order was found."))
    after = result.after
    meetings = tuple(_timed(after, meets) for meets in made.meetings)
    rest = made.sentences[len(takers(day, made)) :]
    lines = [*_told(day, after, meetings), *_left(day, after), *rest, _gain(made.after, after)]
    found = draft.make(day, joined(made.change, result.change), lines, meetings, made.stands)
    return replace(found, travel=made.travel or found.travel)


def shared_by_search(day: Day, made: Draft, result: Result) -> Draft:
    """As `with_result`, where `made` only says that a driver does not come: named after who takes over."""
    if not result.change:
        raise UserError("Nobody can take his stops. Find somebody who drives instead, or give them out by hand.")
    after = result.after
    change = joined(made.change, result.change)
    found = draft.make(day, change, [*_told(day, after, ()), *_left(day, after)])
    names = [after.shifts[id].driver.name for id in after.shifts if id in takers(day, found)]
    label = f"{made.label}: to {listed(names, draft.NAMED)}" if names else made.label
    return replace(found, label=label, change=replace(change, label=label), travel=made.travel or found.travel)


def joined(first: PlanChange, second: PlanChange) -> PlanChange:
    """Both, one after the other, as one change with the label of the first."""
    return PlanChange(
        first.label,
        _both(first.routes, second.routes),
        _both(first.orders, second.orders),
        _both(first.shifts, second.shifts),
    )


def _both[T: (Route, Order, Shift)](first: Iterable[Swap[T]], second: Iterable[Swap[T]]) -> tuple[Swap[T], ...]:
    def of(swap: Swap[T]) -> int:
        some = swap.after if swap.after is not None else swap.before
        assert some is not None, "a swap has at least one side"
        return some.id

    found = {of(swap): swap for swap in first}
    for swap in second:
        id = of(swap)
        found[id] = Swap(found[id].before, swap.after) if id in found else swap
    return tuple(swap for swap in found.values() if swap.before != swap.after)


def _timed(after: Day, meets: Meeting) -> Meeting:
    route, at = after.position(meets.stop)
    visit = after.schedules[route].visits[at]
    return meets._replace(at=visit.begin, ready=visit.arrive)


def _told(day: Day, after: Day, meetings: Iterable[Meeting]) -> list[str]:
    """Who takes what, as it stands after the search; then whose stops only change their order."""
    meets = {meeting.taker: meeting for meeting in meetings}
    takes: list[str] = []
    others: list[str] = []
    for route in after.routes:
        here = day.plan.route(route.id).stops
        came = [s for s in route.stops if s not in set(here) and _customer(after, s)]
        who = after.shifts[route.id].driver.name
        back = f"back {hhmm(after, after.schedules[route.id].end)}"
        was = day.schedules.get(route.id)
        back += f" instead of {hhmm(day, was.end)}" if was is not None and was.visits else ""
        if came:
            at = meets.get(route.id)
            where = "" if at is None else f" Meets at {hhmm(after, at.at)}, {count(at.pieces, 'piece')}."
            takes.append(f"{who} takes {draft.named(after, came)}, {back}.{where}")
        elif route.stops != here and set(route.stops) == set(here):
            others.append(f"{who} drives the same stops in another order, {back}.")
    return [*takes, *others]


def _left(day: Day, after: Day) -> list[str]:
    """What had a driver and has none then."""
    left = [s for s in after.plan.pool.stops if day.plan.where.get(s, POOL) != POOL]
    names = draft.named(after, left)
    return [f"Fits nobody, has no driver then: {names}."] if left else []


def _customer(day: Day, stop: StopId) -> bool:
    return day.stops[stop].order.kind is not OrderKind.HANDOVER


def _gain(shared: Day, after: Day) -> str:
    """Against the same stops only shared out."""
    was, will = preview.totals(shared), preview.totals(after)
    saved, km = was.times.all_s - will.times.all_s, (was.drive_m - will.drive_m) / 1000
    late = was.late_stops - will.late_stops
    parts = [f"{-round(saved / 60):+d} min".replace("-", "−"), f"{-km:+.1f} km".replace("-", "−")]
    if late:
        parts.append(f"{count(abs(late), 'stop')} {'less' if late > 0 else 'more'} late")
    return f"Re-planned: {', '.join(parts)} against sharing out alone."
