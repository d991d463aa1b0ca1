"""What is told of a stop without a driver is true: the verdict, and the smallest change, with which it fits."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain import easing, levers
from dispatch_console.domain.day import Day
from dispatch_console.domain.fitting import Verdict, fitting
from dispatch_console.domain.fleet import Capacity, Vehicle, VehicleId
from dispatch_console.domain.insertion import newly_broken, reasons
from dispatch_console.domain.levers import PRICES, Change, Lever
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.schedule import Basis, schedule
from tests.property.rich import rich_days
from tests.property.strategies import days

SPARE = (Vehicle(VehicleId(9), "Spare", capacity=Capacity(120_000, 900, None), skills=frozenset({"cold"})),)


def _with(route: Route, stop: StopId, at: int) -> Route:
    return route.with_stops((*route.stops[:at], stop, *route.stops[at:]))


def _fits(change: Change, day: Day) -> bool:
    """With the change done, the stop stands in its gap and no rule is newly broken in the routes touched."""
    then = levers.after(change, day.basis)
    for id in {change.route, change.other or change.route}:
        route = day.plan.route(id)
        new = _with(route, change.stop, change.at) if id == change.route else route
        after = schedule(new, then.shifts[id], then)
        for shift, basis in ((day.shifts[id], day.basis), (then.shifts[id], then)):
            if newly_broken(schedule(route, shift, basis), after) and (id == change.route or basis is day.basis):
                return False
    return True


@given(st.one_of(days(), rich_days()), st.booleans(), st.data())
def test_the_change_makes_it_fit_and_less_of_it_would_not(day: Day, has_spare: bool, data: st.DataObject):
    spare = SPARE if has_spare else ()
    locked = data.draw(st.sets(st.sampled_from(sorted(day.shifts)), max_size=2))
    routes = {id: replace(route, locked=id in locked) for id, route in day.plan.routes.items()}
    day = replace(day, plan=Plan(routes))
    for stop in day.plan.pool.stops:
        found = fitting(stop, day.plan, day.basis, spare)
        change = found.change
        assert found.reasons == reasons(stop, day.plan, day.basis)
        fits = change is not None and change.lever is Lever.AS_IS
        assert fits == (found.verdict is Verdict.FITS)
        assert fits or len(found.reasons) == len(day.shifts)
        if change is None:
            continue
        assert day.plan.route(change.route).locked == (change.lever is Lever.UNLOCK)
        assert _fits(change, day)
        less = change.less()
        assert less is None or not _fits(less, day)
        assert change.price == PRICES[change.lever].of(change.by)
        if day.schedules[change.route].broken == ():
            then = levers.after(change, day.basis)
            unlocked = replace(day.plan.route(change.route), locked=False)
            plan = Plan({**day.plan.routes, change.route: unlocked})
            assert change.route not in {reason.route for reason in reasons(stop, plan, then)}


@settings(max_examples=60)
@given(st.one_of(days(max_stops=5, max_shifts=2), rich_days(max_stops=5, max_shifts=2, facts=False)))
def test_no_smaller_change_of_another_kind_is_missed(day: Day):
    """Against all that could be done in every gap, tried unit by unit."""
    for stop in day.plan.pool.stops:
        found = fitting(stop, day.plan, day.basis)
        best = found.change.price if found.change is not None else None
        for change in _all_changes(stop, day):
            if best is not None and change.price >= best:
                continue
            assert easing.holds(change, day.plan, day.basis) is None, (change, found)


def _all_changes(stop: StopId, day: Day) -> list[Change]:
    """One amount of each kind in each gap, among them what `schedule` says is over."""
    found: list[Change] = []
    if day.stops[stop].place is None:
        return found
    for id, shift in day.shifts.items():
        route = day.plan.route(id)
        for at in range(len(route.stops) + 1):
            place = Change(Lever.UNLOCK, stop, id, at)
            will = schedule(_with(route, stop, at), shift, day.basis)
            for broken in will.broken:
                for lever, unit in ((lever, PRICES[lever].unit) for lever in Lever):
                    amount = -(-broken.by // unit) * unit
                    found += _made(place, lever, amount, day.basis)
            for minutes in (1, 10, 60, 300):
                found += _made(place, Lever.EARLIER, 60 * minutes, day.basis)
                found += _made(place, Lever.LATER, 60 * minutes, day.basis)
    return found


def _made(place: Change, lever: Lever, by: int, basis: Basis) -> list[Change]:
    stop, shift = basis.stops[place.stop], basis.shifts[place.route]
    change = place._replace(lever=lever, by=by, price=PRICES[lever].of(by))
    if lever in (Lever.EARLIER, Lever.LATER):
        return [change._replace(window=k) for k in range(len(stop.windows))]
    if lever is Lever.SKILL:
        missing = sorted(stop.skills - shift.skills)
        return [change._replace(by=1, what=missing[0])] if missing else []
    if lever is Lever.SWAP:
        return [
            change._replace(by=1, vehicle=other.vehicle, other=id)
            for id, other in basis.shifts.items()
            if id != place.route
        ]
    return [change] if lever in levers.COUNTED else []
