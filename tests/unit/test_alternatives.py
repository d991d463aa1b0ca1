"""“Why this driver?” on the small day, added up by hand. Places lie 600 s and 10 km apart; see `factories`."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from dispatch_console.domain import edits
from dispatch_console.domain.alternatives import why_there
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import Rule
from tests import factories
from tests.property.strategies import days

ADA, BEN = ShiftId(1), ShiftId(2)


def test_what_a_stop_takes_and_what_it_would_take_elsewhere():
    day = factories.small_day()
    # Ada drives 0-1-2-3-0; without stop 3 she turns round at 2: 2 legs less and 300 s of service.
    # Ben drives 0-4-5-0 and passes place 3 on the way: 300 s of service, no leg.
    found = why_there(StopId(3), day.plan, day.basis)
    assert found is not None
    assert (found.route, found.at, found.arrive) == (ADA, 2, 8 * 3600 + 3 * 600 + 2 * 300)
    assert (found.takes_s, found.takes_m) == (2 * 600 + 300, 20_000)
    assert found.takes_cost == 1500 * 30 // 36 + 20 * 50  # 30.00 an hour, 0.50 a km
    (ben,) = found.others
    assert (ben.route, ben.at, ben.broken) == (BEN, 0, ())
    assert (ben.added_s, ben.added_m) == (300 - 1500, -20_000)
    assert ben.added_cost == 250 - found.takes_cost
    assert not found.is_best


def test_the_best_driver_has_it():
    day = factories.small_day()
    found = why_there(StopId(1), day.plan, day.basis)
    assert found is not None
    assert found.others[0].added_s == 0  # both pass place 1 on their way
    assert found.is_best


def test_rules_that_break_elsewhere_are_told_and_come_last():
    day = factories.small_day()
    locked = edits.set_locked(day.plan, BEN, True, "")
    day = day.apply(locked)
    carla = factories.shift(3, "Carla Moss", max_stops=0)
    day = replace(day, shifts={**day.shifts, carla.id: carla}).rescheduled([carla.id])
    found = why_there(StopId(3), day.plan, day.basis)
    assert found is not None
    rules = {other.route: [broken.rule for broken in other.broken] for other in found.others}
    assert rules == {BEN: [Rule.LOCKED], carla.id: [Rule.MAX_STOPS]}
    assert found.is_best


def test_absent_drivers_the_pool_and_visited_stops_have_none():
    day = factories.small_day()
    assert why_there(StopId(6), day.plan, day.basis) is None
    gone = replace(day, shifts={**day.shifts, BEN: replace(day.shifts[BEN], absent=True)})
    found = why_there(StopId(3), gone.plan, gone.basis)
    assert found is not None
    assert found.others == ()
    out = day.record(
        [
            Fact(StopId(0), ADA, FactKind.OUT, 8 * 3600),
            Fact(StopId(1), ADA, FactKind.ARRIVED, 8 * 3600 + 600),
        ],
        8 * 3600 + 700,
    )
    assert why_there(StopId(1), out.plan, out.basis) is None
    left = why_there(StopId(3), out.plan, out.basis)
    assert left is not None
    assert left.on_board
    assert not found.on_board


@given(days())
def test_the_figures_are_those_of_the_day_after_the_move(day: Day):
    """Moved there, the day takes so much more, and breaks those rules."""
    for stop, home in day.plan.where.items():
        found = why_there(stop, day.plan, day.basis)
        assert (found is None) == (home == POOL or day.stops[stop].place is None)
        for other in found.others if found is not None else ():
            after = day.apply(edits.move(day.plan, [stop], other.route, other.at, ""))
            assert other.added_cost == _sum(after, "cost") - _sum(day, "cost")
            assert other.added_m == _sum(after, "drive_m") - _sum(day, "drive_m")
            assert other.added_s == _paid(after) - _paid(day)
            broken = newly_broken(day.schedules[other.route], after.schedules[other.route])
            assert other.broken == broken
            assert other.arrive == after.schedules[other.route].visits[other.at].arrive


def _sum(day: Day, what: str) -> int:
    return sum(getattr(timed, what) for timed in day.schedules.values())


def _paid(day: Day) -> int:
    return sum(timed.end - timed.start for timed in day.schedules.values() if timed.visits)
