"""The question put to a search when the vans are out: what stays, and whose goods are where. See `factories`."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from dispatch_console.services import statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
H, M = 3600, 60
NOW = Options(from_now=True)


def out(day: Day | None = None, *, kind: FactKind = FactKind.OUT) -> DaySession:
    session = DaySession(replace(day or factories.small_day(), approval=Approval(DayState.APPROVED, "Kim")))
    for route in (ADA, BEN):
        statuses.on_route(session, route, kind, Said("Kim", 8 * H))
    return session


def heads(day: Day, now: int, options: Options) -> dict[ShiftId, int]:
    return {vehicle.shift: len(vehicle.head) for vehicle in problem.build(day, now, options).vehicles}


def test_what_is_over_by_the_clock_and_the_next_stops_stay():
    day = out().day
    # Ada leaves 1, 2, 3 at 08:15, 08:30, 08:45; Ben reaches 4 at 08:40 and leaves it at 08:45.
    assert heads(day, 8 * H + 32 * M, NOW) == {ADA: 2, BEN: 0}
    assert heads(day, 8 * H + 32 * M, replace(NOW, freeze_next=2)) == {ADA: 3, BEN: 2}
    assert heads(day, 8 * H + 32 * M, Options()) == {ADA: 0, BEN: 0}


def test_goods_on_board_stay_on_their_van_unless_they_may_be_handed_over():
    day = out().day
    drivers = {task.stop: task.drivers for task in problem.build(day, 8 * H, NOW).tasks}
    assert drivers[StopId(1)] == (0,) and drivers[StopId(4)] == (1,)
    assert drivers[StopId(6)] == ()  # in the depot, and nobody is there
    both = problem.build(day, 8 * H, replace(NOW, hand_over=True)).tasks
    assert {task.drivers for task in both if task.stop != 6} == {(0, 1)}


def test_collections_may_go_with_anybody():
    day = factories.small_day()
    orders = [replace(o, kind=OrderKind.COLLECTION) if o.id in (3, 6) else o for o in day.orders.values()]
    collecting = open_day(day.depot, day.date, orders, day.shifts.values(), day.travel, day.plan)
    drivers = {task.stop: task.drivers for task in problem.build(out(collecting).day, 8 * H, NOW).tasks}
    assert drivers[StopId(3)] == drivers[StopId(6)] == (0, 1)


def test_vans_in_the_depot_can_still_be_loaded():
    day = out(kind=FactKind.IN_DEPOT).day
    drivers = {task.stop: task.drivers for task in problem.build(day, 8 * H + 5 * M, NOW).tasks}
    assert drivers[StopId(6)] == drivers[StopId(1)] == (0, 1)


def test_who_is_back_or_broken_down_takes_no_part():
    session = out()
    statuses.on_route(session, ADA, FactKind.BACK, Said("Kim", 9 * H))
    statuses.on_route(session, BEN, FactKind.BROKEN_DOWN, Said("Kim", 9 * H))
    assert problem.build(session.day, 9 * H, NOW).vehicles == ()


def test_a_stop_changes_its_driver_only_where_that_saves_enough():
    from dispatch_console.optimiser import search

    session = out()
    for route in (ADA, BEN):
        statuses.on_route(session, route, FactKind.IN_DEPOT, Said("Kim", 8 * H))
    # Everything with one driver saves Ada's way: 1, 2, 3 lie on Ben's. 30.00 an hour and 0.50 a km make that 60 km.
    for minutes, drivers in ((4, 1), (10_000, 2)):
        options = replace(NOW, seconds=0.3, least_saved_s=minutes * M)
        question = problem.build(session.day, 8 * H, options)
        found = []
        search.solve(question, lambda: False, found.append)
        assert sum(1 for stops in found[-1].sequences.values() if stops) == drivers
