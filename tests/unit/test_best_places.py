"""The best few places of the day for a stop: as a drop there tells, and none better is missed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain import edits, freeze
from dispatch_console.domain.best_places import best_places
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import Offer, trial_of
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.services import dispatch
from tests import factories
from tests.property.rich import rich_days
from tests.property.strategies import days

ADA, BEN = ShiftId(1), ShiftId(2)


def test_the_best_place_of_each_driver_best_first():
    day = factories.small_day()
    # Ben passes 6 between 4 and 5 or behind 5: 2 legs and the service. Ada goes there from 3: 6 legs more.
    ben, ada = dispatch.best_places(day, StopId(6))
    assert (ben.route, ben.at, ben.added_s, ben.broken) == (BEN, 1, 2 * 600 + 300, ())
    assert (ada.route, ada.added_s, ada.broken) == (ADA, 6 * 600 + 300, ())
    assert ben == dispatch.offer(day, [StopId(6)], BEN, 1)


def test_what_it_leaves_behind_counts_in_the_order():
    """3 costs Ben only its service, and spares Ada two legs; where it stands is no offer."""
    day = factories.small_day()
    ben, ada = dispatch.best_places(day, StopId(3))
    assert (ben.route, ben.at, ben.added_s) == (BEN, 0, 300)
    assert (ada.route, ada.added_s) == (ADA, 0)
    assert ada.at != day.plan.route(ADA).stops.index(StopId(3))


def test_who_cannot_have_it_is_left_out():
    day = factories.small_day()
    locked = day.apply(edits.set_locked(day.plan, BEN, True, ""))
    assert {offer.route for offer in dispatch.best_places(locked, StopId(6))} == {ADA}
    absent = day.apply(PlanChange("", shifts=(Swap(day.shifts[ADA], replace(day.shifts[ADA], absent=True)),)))
    assert {offer.route for offer in dispatch.best_places(absent, StopId(6))} == {BEN}
    was = day.orders[OrderId(6)]
    nowhere = day.apply(PlanChange("", orders=(Swap(was, replace(was, place=None)),)))
    assert dispatch.best_places(nowhere, StopId(6)) == ()
    out = day.record([Fact(StopId(1), ADA, FactKind.ARRIVED, 8 * 3600 + 600)], 8 * 3600 + 600)
    assert dispatch.best_places(out, StopId(1)) == ()
    assert all(offer.at >= 1 for offer in dispatch.best_places(out, StopId(6)) if offer.route == ADA)


def test_where_all_break_a_rule_the_least_bad_are_told():
    day = factories.small_day()
    was = day.orders[OrderId(6)]
    cold = day.apply(PlanChange("", orders=(Swap(was, replace(was, skills=("cold",))),)))
    assert [len(offer.broken) for offer in dispatch.best_places(cold, StopId(6))] == [1, 1]


@given(st.one_of(days(), rich_days()))
def test_each_is_what_a_drop_there_would_do(day: Day):
    for stop, home in day.plan.where.items():
        found = best_places(stop, day.plan, day.basis, day.schedules)
        assert len(found) == len({offer.route for offer in found}) <= 3
        assert _in_order(found)
        for offer in found:
            dropped = dispatch.offer(day, [stop], offer.route, offer.at)
            assert offer._replace(at=dropped.at) == dropped  # its own lane has one stop less then
            change = edits.move(day.plan, [stop], offer.route, offer.at, "")
            freeze.check(change, day.facts)
            assert change
        if home == POOL and day.stops[stop].place is not None:
            told = {offer.route for offer in found if not offer.broken}
            fitting = {offer.route for offer in _fitting(stop, day)}
            assert told <= fitting
            has_broken = any(timed.broken for timed in day.schedules.values())
            assert told == fitting or len(told) == 3 or has_broken


def _in_order(found: tuple[Offer, ...]) -> bool:
    """Those that break nothing come first."""
    return [bool(offer.broken) for offer in found] == sorted(bool(offer.broken) for offer in found)


def _fitting(stop: StopId, day: Day) -> list[Offer]:
    """All drops that break nothing, tried one by one."""
    found: list[Offer] = []
    for id, shift in day.shifts.items():
        route = day.plan.route(id)
        if shift.absent or route.locked or day.facts.stuck(id):
            continue
        for at in range(trial_of(route, day.basis).first, len(route.stops) + 1):
            offer = dispatch.offer(day, [stop], id, at)
            found += [offer] if not offer.broken else []
    return found
