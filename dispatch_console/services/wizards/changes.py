"""From vans that have taken stops to one change of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dispatch_console.domain import nextsteps
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import NO_STOP
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import NextKind, NextStep, Order, StopId
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap, change_routes
from dispatch_console.services.wizards import draft, meeting
from dispatch_console.services.wizards.meeting import Meeting
from dispatch_console.services.wizards.vans import Van


def handed_over(
    day: Day,
    label: str,
    givers: Sequence[Route],
    vans: Iterable[Van],
    orders: Iterable[Swap[Order]] = (),
    shifts: Iterable[Swap[Shift]] = (),
) -> PlanChange:
    """`givers`: routes as they become; the vans' routes, their meetings and where goods come on board follow."""
    takers = [van for van in vans if van.taken]
    change = change_routes(day.plan, label, [*givers, *(van.route for van in takers)])
    swaps = {_id(swap): swap for swap in orders}
    for van in takers:
        for swap in _of(day, van):
            swaps[_id(swap)] = swap
    leaving = [Swap(day.shifts[van.id], van.shift) for van in takers if van.shift != day.leaving[van.id]]
    return replace(change, orders=tuple(swaps.values()), shifts=(*shifts, *leaving))


def without(day: Day, route: ShiftId, stops: Iterable[StopId]) -> Route:
    gone = set(stops)
    before = day.plan.route(route)
    return before.with_stops(tuple(stop for stop in before.stops if stop not in gone))


def to_pool(day: Day, stops: Sequence[StopId]) -> Route:
    return day.plan.route(POOL).with_stops((*day.plan.pool.stops, *stops))


def meeting_of(day: Day, giver: ShiftId, van: Van, giver_stop: StopId = NO_STOP) -> Meeting | None:
    """The meeting of a van that meets anybody."""
    if not van.meets or van.at is None:
        return None
    stop = van.stops[van.at.ids[1]]
    at = van.planned.visits[van.route.stops.index(stop.id)].begin
    goods = tuple(id for id in van.route.stops if van.stops[id].pickup == stop.id)
    return Meeting(giver, van.id, van.at.place, at, van.ready_s(), stop.id, giver_stop, goods, van.goods.pieces)


def at_one_time(day: Day, change: PlanChange, meets: Meeting) -> tuple[PlanChange, Meeting]:
    """The change with the meeting at the time at which both can begin: one of them may have his break first."""
    after = day.apply(change, draft.grown(day, change))
    both = (meets.stop, meets.giver_stop)
    begin = max(_begins(after, stop) for stop in both)
    if begin <= meets.at:
        return change, meets
    window = meeting.agreed(begin)
    orders = tuple(
        Swap(swap.before, meeting.moved(swap.after, window, day))
        if swap.after is not None and swap.after.stop in both
        else swap
        for swap in change.orders
    )
    return replace(change, orders=orders), meets._replace(at=window.start)


def _begins(day: Day, stop: StopId) -> int:
    route, at = day.position(stop)
    return day.schedules[route].visits[at].begin


def put_off(day: Day, stops: Iterable[StopId], note: str) -> list[Swap[Order]]:
    """Orders that are not done today: again on the next working day, within the windows that their customers asked
    for, unless something is decided already."""
    date = nextsteps.working_day(day.date, 1, Usuals().weekdays)
    every = (order for stop in stops for order in day.stops[stop].orders if order.next is None)
    return [Swap(one, replace(one, next=NextStep(NextKind.AGAIN, date, one.windows, note=note))) for one in every]


def _of(day: Day, van: Van) -> Iterable[Swap[Order]]:
    for stop in van.stops.values():
        for order in stop.orders:
            before = day.orders.get(order.id)
            if before != order:
                yield Swap(before, order)


def _id(swap: Swap[Order]) -> int:
    some = swap.after or swap.before
    assert some is not None, "a swap has at least one side"
    return some.id
