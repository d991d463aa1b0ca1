"""A plan beside the one it replaces, and a found plan kept near the one that runs. See `factories`."""

from __future__ import annotations

from collections.abc import Generator

from dispatch_console.domain import edits
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import preview, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.steadying import steadied
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
Sequences = dict[ShiftId, tuple[StopId, ...]]


def planned(day: Day, ada: tuple[int, ...], ben: tuple[int, ...]) -> Day:
    sequences = {ADA: tuple(map(StopId, ada)), BEN: tuple(map(StopId, ben))}
    return day.apply(edits.take_over(day.plan, sequences, "Found"))


def found(ada: tuple[int, ...], ben: tuple[int, ...]) -> Sequences:
    return {ADA: tuple(map(StopId, ada)), BEN: tuple(map(StopId, ben))}


def run[T](steps: Generator[None, None, T]) -> T:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_what_moves_what_leaves_and_who_goes_together():
    day = factories.small_day()
    after = planned(day, (1, 2), (3, 4, 5, 6))
    seen = preview.preview(day, after)
    ada, ben = seen.rows
    assert (ada.moved, [left.stop for left in ada.left]) == ((), [3])
    assert [(m.stop, m.before and m.before.route, m.after.number) for m in ben.moved] == [(3, ADA, 1), (6, None, 4)]
    assert ada.group == ben.group == {ADA, BEN}
    assert (seen.moved, seen.new) == (1, 1)
    # Ada drives 4 legs of 10 min instead of 6, Ben 12 instead of 10: as long as before; nobody waits or is late.
    assert (seen.before.times.drive_s, seen.after.times.drive_s) == (16 * 600, 16 * 600)
    assert ada.drive_m == (60_000, 40_000)


def test_a_ticked_route_brings_those_it_exchanges_stops_with():
    day = factories.small_day()
    after = planned(day, (2, 1, 3), (5, 4, 6))
    alone = preview.only(day, after, [ADA], "Accept")
    assert alone.touched == (ADA,)
    mixed = planned(day, (1, 2), (3, 4, 5))
    assert set(preview.only(day, mixed, [BEN], "Accept").touched) == {ADA, BEN}


def test_steady_stops_are_the_longest_run_in_order():
    stops = [StopId(k) for k in (1, 2, 3, 4, 5)]
    assert preview.steady(stops, [StopId(k) for k in (5, 1, 2, 3, 4)]) == {1, 2, 3, 4}
    assert preview.steady(stops, []) == frozenset()


def test_a_move_that_saves_too_little_is_taken_back():
    day = factories.small_day()
    # Ben's 4 to Ada: she drives 2 legs more (20 min), he is as far out as before: it costs, so nothing moves.
    assert run(steadied(day, found((1, 2, 3, 4), (5,)), 240, {})) == {}
    # Ada's 3 to Ben, on his way: she saves 20 min, he drives no leg more.
    assert run(steadied(day, found((1, 2), (3, 4, 5)), 240, {})) == {ADA: (1, 2), BEN: (3, 4, 5)}
    assert run(steadied(day, found((1, 2), (3, 4, 5)), 1201, {})) == {}


def test_an_order_of_the_route_changes_only_for_enough():
    day = planned(factories.small_day(), (2, 1, 3), (4, 5))
    better = found((1, 2, 3), (4, 5))  # 6 legs instead of 8: 20 min for one stop that moves
    assert run(steadied(day, better, 1200, {})) == {ADA: (1, 2, 3)}
    assert run(steadied(day, better, 1201, {})) == {}


def test_goods_the_search_left_out_stay_on_their_van():
    day = factories.small_day()
    # 2 would go to the pool
    assert run(steadied(day, found((1, 3), (4, 5, 6)), 240, {})) == {BEN: (4, 5, 6)}


def test_late_stops_count_as_long_as_they_are_open():
    session = DaySession(factories.small_day())
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Kim", 9 * 3600))
    assert preview.totals(session.day).late_stops == 0


def test_what_one_move_saves_is_told_and_what_a_new_stop_costs():
    day = factories.small_day()
    after = planned(day, (1, 2), (3, 4, 5, 6))
    seen = preview.preview(day, after)
    # 3 back to Ada: she drives 6 legs instead of 4, Ben (4, 5, 6) 12 as with 3 on his way: 20 min that it saves.
    # Without 6 Ben turns round at 5: 10 legs instead of 12, so 6 costs 20 min.
    assert run(preview.savings(day, after, seen)) == {3: (1200, 20_000), 6: (-1200, -20_000)}


def test_a_stop_that_moves_within_its_route_is_put_back_where_it_was():
    day = planned(factories.small_day(), (2, 1, 3), (4, 5))
    after = planned(day, (1, 2, 3), (4, 5))
    seen = preview.preview(day, after)
    assert set(run(preview.savings(day, after, seen)).values()) == {(1200, 20_000)}  # 6 legs instead of 8


def test_a_day_is_under_way_once_approved_and_a_van_is_out_or_should_be():
    session = DaySession(factories.small_day())
    first = min(timed.start for timed in session.day.schedules.values())
    assert not preview.under_way(session.day, first + 60)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    assert [preview.under_way(session.day, now) for now in (None, first - 60, first)] == [False, False, True]
    statuses.on_route(session, ADA, FactKind.OUT, Said("Kim", first - 120))
    assert preview.under_way(session.day, None)
