"""The meaning of a schedule, added up by hand on the small day."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Break, ShiftId
from dispatch_console.domain.orders import OrderKind, StopId, Window
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import schedule
from dispatch_console.domain.sizes import Size
from tests import factories

H, M = 3600, 60


def _route(day, numbers, shift=1, **changes):
    one = replace(day.shifts[ShiftId(shift)], **changes)
    return schedule(Route(ShiftId(shift), tuple(StopId(n) for n in numbers)), one, day.basis)


def _with(day, *orders):
    from dispatch_console.domain import stops

    basis = day.basis
    changed = {o.stop: stops.from_orders((o,), day.date, day.depot) for o in orders}
    return replace(basis, stops={**basis.stops, **changed})


def test_times_of_the_small_day():
    day = factories.small_day()
    one = day.schedules[ShiftId(1)]
    # 8:00 leave, 10 min drive, 5 min service, three times; then 30 min back
    assert [v.arrive for v in one.visits] == [8 * H + 10 * M, 8 * H + 25 * M, 8 * H + 40 * M]
    assert one.end == 8 * H + 45 * M + 30 * M
    assert one.drive_m == 60_000
    # 75 min at 30.00 an hour = 37.50, 60 km at 0.50 = 30.00
    assert one.cost == 6750
    assert one.broken == ()
    assert one.load_start == Size(30_000, 300, 3)
    assert [v.load.pieces for v in one.visits] == [2, 1, 0]


def test_driver_leaves_later_instead_of_waiting_at_the_first_stop():
    day = factories.small_day()
    basis = _with(day, factories.order(1, windows=(Window(9 * H, 10 * H),)))
    s = schedule(Route(ShiftId(1), (StopId(1), StopId(2))), day.shifts[ShiftId(1)], basis)
    assert s.start == 8 * H + 50 * M
    assert s.visits[0].arrive == s.visits[0].begin == 9 * H
    assert s.wait_s == 0


def test_wait_late_and_second_window():
    day = factories.small_day()
    basis = _with(
        day,
        factories.order(2, windows=(Window(7 * H, 8 * H), Window(9 * H, 10 * H))),
        factories.order(3, windows=(Window(8 * H, 9 * H),)),
    )
    s = schedule(Route(ShiftId(1), (StopId(1), StopId(2), StopId(3))), day.shifts[ShiftId(1)], basis)
    # stop 2: arrives 8:25, too late for the first window, waits for the second; stop 3: 9:05 + 10 min = 15 min late
    assert (s.visits[1].arrive, s.visits[1].begin, s.visits[1].wait_s) == (8 * H + 25 * M, 9 * H, 35 * M)
    assert s.visits[2].late_s == 15 * M
    assert [(b.rule, b.stop, b.by) for b in s.broken] == [(Rule.WINDOW, StopId(3), 15 * M)]


def test_break_lies_on_the_road():
    day = factories.small_day()
    pause = Break(30 * M, Window(8 * H + 15 * M, 9 * H))
    s = _route(day, [1, 2, 3], pause=pause)
    # 8:10 arrive 1, 8:15 leave and break at once until 8:45, 8:55 arrive 2
    assert [(p.begin, p.end, p.before) for p in s.pauses] == [(8 * H + 15 * M, 8 * H + 45 * M, 1)]
    assert s.visits[1].arrive == 8 * H + 55 * M


def test_break_in_the_wait_costs_nothing():
    day = factories.small_day()
    basis = _with(day, factories.order(2, windows=(Window(9 * H, 10 * H),)))
    shift = replace(day.shifts[ShiftId(1)], pause=Break(30 * M, Window(8 * H + 26 * M, 9 * H)))
    s = schedule(Route(ShiftId(1), (StopId(1), StopId(2))), shift, basis)
    assert s.pauses[0].begin == 8 * H + 26 * M
    assert s.visits[1].begin == 9 * H


def test_no_break_for_a_route_that_ends_before_it():
    day = factories.small_day()
    s = _route(day, [1], pause=Break(30 * M, Window(8 * H, 9 * H)))
    assert s.pauses == ()
    assert s.end == 8 * H + 25 * M


def test_no_break_for_a_shift_that_begins_after_it():
    day = factories.small_day()
    s = _route(day, [1, 2], start=13 * H, pause=Break(30 * M, Window(11 * H, 13 * H)))
    assert (s.pauses, s.broken) == ((), ())
    assert s.end == 13 * H + 50 * M


def test_break_that_fits_nowhere_is_a_broken_rule():
    day = factories.small_day()
    # service of stop 1 blocks 8:10–8:15, the window leaves room neither before nor after it
    s = _route(day, [1, 2], pause=Break(10 * M, Window(8 * H + 1 * M, 8 * H + 10 * M)))
    assert [b.rule for b in s.broken] == [Rule.BREAK]


def test_loads_along_the_way_with_a_collection():
    day = factories.small_day()
    basis = _with(day, factories.order(2, kind=OrderKind.COLLECTION, size=Size(95_000, 0, 1)))
    s = schedule(Route(ShiftId(1), (StopId(1), StopId(2), StopId(3))), day.shifts[ShiftId(1)], basis)
    # start 20 kg; after 1: 10; after 2: 105, 5 kg over; after 3: 95
    assert [v.load.grams for v in s.visits] == [10_000, 105_000, 95_000]
    assert [(b.rule, b.by) for b in s.broken] == [(Rule.CAPACITY_KG, 5_000)]


def test_open_end_skill_max_stops_absent_and_overtime():
    day = factories.small_day()
    basis = _with(day, factories.order(1, skills=("Tail-Lift",)))
    shift = replace(day.shifts[ShiftId(1)], end_place=None, max_stops=1, absent=True, end=8 * H + 20 * M)
    s = schedule(Route(ShiftId(1), (StopId(1), StopId(2))), shift, basis)
    assert s.end == 8 * H + 30 * M
    assert {(b.rule, b.by) for b in s.broken} == {
        (Rule.ABSENT, 1), (Rule.MAX_STOPS, 1), (Rule.SHIFT, 10 * M), (Rule.SKILL, 1)
    }  # fmt: skip


def test_facts_set_the_times_and_now_pushes_the_rest():
    day = factories.small_day()
    facts = Facts(
        (
            Fact(StopId(1), ShiftId(1), FactKind.ARRIVED, 8 * H + 20 * M),
            Fact(StopId(1), ShiftId(1), FactKind.DELIVERED, 8 * H + 30 * M),
        )
    )
    s = day.with_facts(facts, now=9 * H).schedules[ShiftId(1)]
    assert (s.visits[0].arrive, s.visits[0].depart, s.visits[0].done) == (8 * H + 20 * M, 8 * H + 30 * M, True)
    # planned 8:40, but it is 9:00 and he has not been there
    assert s.visits[1].arrive == 9 * H
    assert s.visits[2].arrive == 9 * H + 15 * M


def test_where_only_the_end_was_told_the_arrival_is_reckoned_back():
    day = factories.small_day()

    def told(kind, *ends, **window):
        facts = Facts(tuple(Fact(StopId(n), ShiftId(1), kind, at) for n, at in ends))
        basis = replace(_with(day, factories.order(2, **window)), facts=facts, now=ends[-1][1])
        return schedule(Route(ShiftId(1), (StopId(1), StopId(2), StopId(3))), day.shifts[ShiftId(1)], basis)

    done, until_40 = FactKind.DELIVERED, (Window(8 * H, 8 * H + 40 * M),)
    # Left 1 at 8:15, 10 min drive: at 2 from 8:25 on. Over at 8:44, less 5 min of service: there at 8:39, in time
    s = told(done, (1, 8 * H + 15 * M), (2, 8 * H + 44 * M), windows=until_40)
    assert [v.arrive for v in s.visits] == [8 * H + 10 * M, 8 * H + 39 * M, 8 * H + 54 * M]
    assert (s.visits[1].depart, s.visits[1].late_s) == (8 * H + 44 * M, 0)
    # Over at 8:28: 8:23 would be before he can be there, so 8:25; over at 8:22: he drove faster than reckoned
    for end, came in ((28, 25), (22, 22)):
        s = told(done, (1, 8 * H + 15 * M), (2, 8 * H + end * M))
        assert (s.visits[1].arrive, s.visits[1].depart) == (8 * H + came * M, 8 * H + end * M)
    # Who passes by has no service: 8:44 it is, 4 min after the window
    s = told(FactKind.SKIPPED, (1, 8 * H + 15 * M), (2, 8 * H + 44 * M), windows=until_40)
    assert (s.visits[1].arrive, s.visits[1].late_s) == (8 * H + 44 * M, 4 * M)


def test_a_stop_without_a_place_takes_no_time_and_says_so():
    day = factories.small_day()
    basis = _with(day, factories.order(2, place=None))
    s = schedule(Route(ShiftId(1), (StopId(1), StopId(2), StopId(3))), day.shifts[ShiftId(1)], basis)
    assert s.visits[2].arrive == 8 * H + 35 * M
    assert [(b.rule, b.stop) for b in s.broken] == [(Rule.NO_PLACE, StopId(2))]
