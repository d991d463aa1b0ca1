"""The rules of a depot beyond the plain route, added up by hand on the small day.

Places lie 10 min and 10 km apart on a line, the depot at 0; service is 5 min, shifts run 08:00–16:00.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dispatch_console.domain import stops
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Break, Capacity, DriverId, DrivingBreaks, ShiftId
from dispatch_console.domain.orders import OrderKind, StopId, Window
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Pause, Reload, loads_of, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.domain.weights import Weights
from tests import factories

H, M = 3600, 60
ONE = ShiftId(1)
#: 30 min at the wheel, then 10 min of break, or 4 and 6.
SHORT = DrivingBreaks(30 * M, 10 * M, 4 * M, 6 * M)


def basis_of(*orders, shift=None, **changes):
    """The small day with some orders as given, its first driver as `shift` says, and what the basis has besides."""
    day = factories.small_day()
    made = {order.stop: stops.from_orders((order,), day.date, day.depot) for order in orders}
    shifts = {**day.shifts, ONE: replace(day.shifts[ONE], **(shift or {}))}
    return replace(day.basis, stops={**day.basis.stops, **made}, shifts=shifts, **changes)


def driven(numbers, *orders, shift=None, **changes):
    basis = basis_of(*orders, shift=shift, **changes)
    return schedule(Route(ONE, tuple(StopId(n) for n in numbers)), basis.shifts[ONE], basis)


def order(number, **changes):
    return factories.order(number, **changes)


def told(*entries):
    """Facts (stop, kind, at) of the first route; stop 0: of the route itself."""
    return Facts(tuple(Fact(StopId(stop), ONE, kind, at) for stop, kind, at in entries))


def rules(timed):
    return [(broken.rule, broken.stop, broken.by) for broken in timed.broken]


def at(hours, minutes=0):
    return hours * H + minutes * M


# --- goods that are not ready ---


def test_the_driver_leaves_when_the_last_goods_are_ready():
    s = driven([1, 2], order(2, release_s=at(8, 40)))
    # one tour waits for all: leaves 8:40, 8:50 stop 1, 8:55 + 10 min stop 2 9:05, 9:10 + 20 min back
    assert (s.start, s.visits[0].arrive, s.visits[1].arrive, s.end) == (at(8, 40), at(8, 50), at(9, 5), at(9, 30))
    assert s.cost == 2500 + 2000  # 50 min at 30.00, 40 km at 0.50: waiting for goods before the start is not paid


def test_who_has_left_does_not_wait_for_goods():
    s = driven([1], order(1, release_s=at(11)), facts=told((0, FactKind.OUT, at(8, 5))), now=at(8, 5))
    assert (s.start, s.visits[0].arrive) == (at(8, 5), at(8, 15))


def test_a_driver_seen_at_the_first_stop_left_in_time_for_it_whatever_the_goods_were():
    facts = told((1, FactKind.ARRIVED, at(9)), (1, FactKind.DELIVERED, at(9, 5)))
    s = driven([1, 2], order(1, release_s=at(10)), order(2, release_s=at(11)), facts=facts, now=at(9, 5))
    assert (s.start, s.visits[1].arrive) == (at(8, 50), at(9, 15))


# --- tours ---


def test_what_does_not_fit_goes_on_the_next_tour():
    full = {
        "tours": 2,
        "reload_s": 20 * M,
        "vehicle": replace(factories.shift(1).vehicle, capacity=Capacity(25_000)),
    }
    s = driven([1, 2, 3], shift=full)
    # 8:10–8:15 stop 1, 8:25–8:30 stop 2; back 8:50, loads until 9:10; 30 min to stop 3, 9:45 leaves, back 10:15
    assert s.reloads == (Reload(at(8, 50), at(9, 10), 2),)
    assert [v.arrive for v in s.visits] == [at(8, 10), at(8, 25), at(9, 40)]
    assert s.end == at(10, 15)
    assert (s.visits[2].drive_s, s.visits[2].drive_m) == (50 * M, 50_000)
    assert (s.drive_s, s.drive_m) == (100 * M, 100_000)
    assert (s.load_start.grams, [v.load.grams for v in s.visits]) == (20_000, [10_000, 0, 0])
    assert (s.load_peak.grams, s.service_s, s.wait_s, s.broken) == (20_000, 15 * M, 0, ())


def test_a_third_tour_that_is_not_allowed_is_an_overload():
    small = {"tours": 2, "vehicle": replace(factories.shift(1).vehicle, capacity=Capacity(10_000))}
    s = driven([1, 2, 3], shift=small)
    assert [reload.before for reload in s.reloads] == [1]
    assert rules(s) == [(Rule.CAPACITY_KG, None, 10_000)]
    assert [v.load.grams for v in s.visits] == [0, 10_000, 0]


def test_a_tour_waits_half_an_hour_for_goods_and_not_longer():
    two = {"tours": 2}
    waits = driven([1, 2], order(2, release_s=at(8, 30)), shift=two)
    assert (waits.start, waits.reloads) == (at(8, 30), ())
    goes = driven([1, 2], order(2, release_s=at(8, 31)), shift=two)
    # 8:10–8:15 stop 1, back 8:25, there until the goods are ready, 8:31 + 20 min
    assert (goes.start, goes.reloads) == (at(8), (Reload(at(8, 25), at(8, 31), 1),))
    assert goes.visits[1].arrive == at(8, 51)


def test_a_second_tour_waits_for_its_goods_and_loads_meanwhile():
    s = driven([1, 2], order(2, release_s=at(9)), shift={"tours": 2, "reload_s": 15 * M})
    assert s.reloads == (Reload(at(8, 25), at(9), 1),)  # loads from 8:45, see `wait_s`: stops only
    assert (s.visits[1].arrive, s.wait_s, s.end) == (at(9, 20), 0, at(9, 45))


def test_collected_goods_leave_the_van_at_a_reload():
    collected = order(1, kind=OrderKind.COLLECTION, size=Size(60_000))
    s = driven([1, 2], collected, order(2, size=Size(50_000), release_s=at(10)), shift={"tours": 2})
    assert [v.load.grams for v in s.visits] == [60_000, 0]
    assert (s.load_start.grams, s.load_peak.grams, s.broken) == (0, 60_000, ())


def test_a_break_may_lie_on_the_way_to_a_reload():
    pause = Break(30 * M, Window(at(8, 16), at(9)))
    s = driven([1, 2], order(2, release_s=at(9)), shift={"tours": 2, "pause": pause})
    # he leaves stop 1 at 8:15, could begin his break at 8:16 on the way and is back at 8:55, before the goods
    assert s.pauses == (Pause(at(8, 16), at(8, 46), 1),)
    assert s.reloads == (Reload(at(8, 55), at(9), 1),)
    assert s.end == at(9, 45)


def test_a_tour_that_has_left_takes_what_was_ready_then_and_nothing_else():
    facts = told((0, FactKind.OUT, at(8)), (1, FactKind.ARRIVED, at(8, 10)), (1, FactKind.DELIVERED, at(8, 15)))
    s = driven([1, 2, 3], order(3, release_s=at(8, 5)), shift={"tours": 2}, facts=facts, now=at(8, 15))
    assert [reload.before for reload in s.reloads] == [2]  # 8:05 would be waited for, had he not left at 8:00
    assert s.visits[1].arrive == at(8, 25)
    one = driven([1, 2, 3], order(3, release_s=at(8, 5)), facts=facts, now=at(8, 15))
    assert (one.reloads, one.end) == ((), at(9, 15))


def test_loads_of_a_route_count_from_tour_to_tour():
    basis = basis_of(order(2, size=Size(30_000), release_s=at(10)), shift={"tours": 2})
    route = Route(ONE, (StopId(1), StopId(2), StopId(3)))
    # the second tour starts with 30 + 10 kg
    assert [load.grams for load in loads_of(route, basis)] == [10_000, 0, 10_000, 0]
    assert schedule(route, basis.shifts[ONE], basis).load_peak.grams == 40_000


# --- shared parking ---


def test_parking_is_shared_with_the_stop_before_at_the_same_place():
    here = {"place": factories.PLACES[2], "service_s": 10 * M, "parking_s": 4 * M}
    s = driven([2, 3, 4], order(2, **here), order(3, **here), order(4, **here | {"parking_s": 15 * M}))
    assert [v.depart - v.begin for v in s.visits] == [10 * M, 6 * M, 0]
    assert s.service_s == 16 * M


def test_parking_is_not_shared_across_a_reload():
    here = {"place": factories.PLACES[2], "parking_s": 4 * M}
    s = driven([2, 3], order(2, **here), order(3, **here, release_s=at(10)), shift={"tours": 2})
    assert [v.depart - v.begin for v in s.visits] == [5 * M, 5 * M]


# --- soft windows, overtime, weights ---


def test_a_soft_window_costs_by_the_minute_and_breaks_nothing():
    s = driven(
        [1, 2],
        order(
            2,
            windows=(
                Window(
                    at(7),
                    at(
                        8,
                        14,
                    ),
                ),
            ),
            late_per_min=30,
        ),
    )
    # 8:25, 11 min late at 0.30: 3.30; 50 min at 30.00 and 40 km at 0.50 are 25.00 and 20.00
    assert (s.late_s, s.late_stops, s.broken) == (11 * M, 1, ())
    assert s.cost == 330 + 2500 + 2000


def test_lateness_is_rounded_by_the_stop():
    s = driven([1], order(1, windows=(Window(at(7), at(8, 9) + 30),), late_per_min=7))
    assert s.cost == 1250 + 1000 + 4  # 30 s at 7 a minute are 3.5, half up; 25 min and 20 km


def test_overtime_is_allowed_at_a_price():
    s = driven([1, 2, 3], shift={"end": at(9), "overtime_s": 10 * M, "overtime_per_hour": 1200})
    # back 9:15: 15 min of overtime at 12.00 are 3.00; 5 min more than allowed
    assert rules(s) == [(Rule.SHIFT, None, 5 * M)]
    assert s.cost == 6750 + 300
    assert driven([1, 2, 3], shift={"end": at(9), "overtime_s": 15 * M}).broken == ()


def test_weights_are_added_up_apart_from_the_cost():
    weights = Weights(unfamiliar=100, off_zone=40, balance_hours=160, balance_stops=3)
    asked = (
        order(1, known_by=frozenset({DriverId(2)}), zone="west"),
        order(2, known_by=frozenset({DriverId(1)}), zone="east"),
    )
    s = driven([1, 2, 3], *asked, shift={"zones": frozenset({"east"})}, weights=weights)
    # one stranger 100, one zone off 40, 1¼ hours² at 160 are 250, 3² stops at 3 are 27
    assert s.soft == 100 + 40 + 250 + 27
    assert s.cost == 6750
    assert driven([1, 2, 3], *asked, weights=weights).soft == 100 + 250 + 27  # who has no home has no zone off
    assert driven([], weights=weights).soft == 0


# --- breaks by driving time ---


def test_a_break_comes_where_the_limit_is_reached():
    s = driven([2, 5], shift={"pause": SHORT})
    # 20 min to stop 2, 8:25 leaves; 10 of 30 min: 8:35–8:45 break; 20 min on, 9:05–9:10 stop 5 (20 at the wheel);
    # 50 min back: 10, break 9:20–9:30, 30, break 10:00–10:10, 10
    assert s.visits[1].arrive == at(9, 5)
    assert s.pauses == (
        Pause(at(8, 35), at(8, 45), 1), Pause(at(9, 20), at(9, 30), 2), Pause(at(10), at(10, 10), 2)
    )  # fmt: skip
    assert (s.end, s.drive_s, s.wait_s, s.broken) == (at(10, 20), 100 * M, 0, ())


def test_the_limit_itself_may_be_driven():
    s = driven([3], shift={"pause": SHORT, "end_place": None})
    assert (s.pauses, s.end) == ((), at(8, 35))


def test_waiting_for_a_window_is_a_break_or_its_first_part():
    opens = {"windows": (Window(at(8, 35), at(12)),)}
    whole = driven([1, 2, 4], order(2, **opens), shift={"pause": SHORT, "end_place": None})
    # 8:25 at stop 2, 10 min until it opens: a break; 20 min on are no matter
    assert (whole.pauses, whole.visits[2].arrive) == ((), at(9))
    opens = {"windows": (Window(at(8, 29), at(12)),)}
    part = driven([1, 2, 4], order(2, **opens), shift={"pause": SHORT, "end_place": None})
    # 4 min are the first part: 8:34 leaves, 10 of 20 min, 8:44–8:50 the second
    assert (part.pauses, part.visits[2].arrive) == ((Pause(at(8, 44), at(8, 50), 2),), at(9))
    opens = {"windows": (Window(at(8, 28), at(12)),)}
    none = driven([1, 2, 4], order(2, **opens), shift={"pause": SHORT, "end_place": None})
    assert none.pauses == (Pause(at(8, 43), at(8, 53), 2),)


def test_who_leaves_later_instead_of_waiting_has_not_rested():
    late = order(2, windows=(Window(at(9), at(12)),))
    s = driven([2, 4], late, shift={"pause": SHORT, "end_place": None})
    # leaves 8:40 for 9:00; 9:05 on, 10 of 20 min until the limit
    assert (s.start, s.wait_s) == (at(8, 40), 0)
    assert s.pauses == (Pause(at(9, 15), at(9, 25), 1),)
    s = driven([4, 5], order(4, windows=(Window(at(9), at(12)),)), shift={"pause": SHORT, "end_place": None})
    # with a break on the way there he does not slide: 8:30–8:40 break, 8:50 there, and has rested when it opens
    assert (s.start, s.wait_s, s.pauses) == (at(8), 10 * M, (Pause(at(8, 30), at(8, 40), 0),))


def test_the_split_break_of_the_regulation():
    """Article 7: 45 min after 4½ h, or 15 and then 30."""
    hours = TravelMatrix(factories.PLACES[:3], np.array([[0, 4, 4], [4, 0, 3], [4, 3, 0]], np.int32) * np.int32(H),
                         np.zeros((3, 3), np.int32), "hours")  # fmt: skip
    far = {"pause": DrivingBreaks(), "end": at(20), "end_place": None}
    s = driven([1, 2], shift=far, travel=hours)
    # 4 h, 5 min of service, half an hour until 12:35, 45 min, 2½ h
    assert (s.pauses, s.end) == ((Pause(at(12, 35), at(13, 20), 1),), at(15, 55))
    out = told((0, FactKind.OUT, at(8)))
    s = driven(
        [1, 2], order(1, windows=(Window(at(12, 15), at(13)),)), shift=far, travel=hours, facts=out, now=at(8)
    )
    # 15 min of waiting before, so that half an hour is left: 12:20 leaves, 12:50–13:20
    assert (s.pauses, s.end) == ((Pause(at(12, 50), at(13, 20), 1),), at(15, 55))


def test_breaks_on_the_way_to_a_stop_that_is_told_of():
    """20 min to stop 2 and 30 to stop 5: the limit is at 8:35, and 10 min of break make it 9:05."""
    done = (2, FactKind.ARRIVED, at(8, 20)), (2, FactKind.DELIVERED, at(8, 25))
    law = {"pause": SHORT}
    s = driven([2, 5], shift=law, facts=told(*done, (5, FactKind.ARRIVED, at(9, 5))), now=at(9, 5))
    assert s.pauses[0] == Pause(at(8, 35), at(8, 45), 1)
    s = driven([2, 5], shift=law, facts=told(*done, (5, FactKind.ARRIVED, at(9))), now=at(9))
    # no time for it: he has 50 min behind him, so it comes when he leaves at 9:05
    assert s.pauses == (Pause(at(9, 5), at(9, 15), 2), Pause(at(9, 45), at(9, 55), 2))
    assert s.end == at(10, 15)


def test_a_stop_that_cannot_be_reached_asks_for_no_breaks():
    far = factories.line_matrix()
    seconds = far.durations.copy()
    seconds[0, 1] = UNREACHABLE
    travel = TravelMatrix(far.places, seconds, far.distances, "far")
    s = driven([1], shift={"pause": SHORT}, travel=travel)
    assert (s.pauses, Rule.UNREACHABLE in {rule for rule, _, _ in rules(s)}) == ((), True)


def test_waiting_for_goods_of_the_next_tour_is_a_break():
    s = driven([1, 2], order(2, release_s=at(9)), shift={"tours": 2, "pause": SHORT})
    # 20 min at the wheel, 35 min in the depot; then 20 to stop 2 and 10 of 20 back
    assert s.pauses == (Pause(at(9, 35), at(9, 45), 2),)
    assert s.end == at(9, 55)


# --- limits of the route, and stops that mind who comes with them ---


def test_most_driving_and_distance():
    s = driven([1, 2, 3], shift={"max_drive_s": 50 * M, "max_drive_m": 59_500})
    assert rules(s) == [(Rule.MAX_DRIVING, None, 10 * M), (Rule.MAX_DISTANCE, None, 500)]


def test_forbidden_drivers_and_zones():
    van = replace(factories.shift(1).vehicle, no_zones=frozenset({"old town"}))
    s = driven(
        [1, 2], order(1, not_drivers=frozenset({DriverId(1)})), order(2, zone="old town"), shift={"vehicle": van}
    )
    assert rules(s) == [(Rule.FORBIDDEN, 1, 1), (Rule.ZONE, 2, 1)]
    assert driven([1, 2], order(1, not_drivers=frozenset({DriverId(2)})), order(2, zone="new town")).broken == ()


def test_a_pickup_comes_before_its_delivery():
    pair = order(1, size=Size()), order(3, pickup=StopId(1))
    right = driven([1, 2, 3], *pair)
    assert right.broken == ()
    assert [right.load_start.grams, *(v.load.grams for v in right.visits)] == [10_000, 20_000, 10_000, 0]
    wrong = driven([3, 1], *pair)
    assert rules(wrong) == [(Rule.PAIR, 3, 1)]
    assert [wrong.load_start.grams, *(v.load.grams for v in wrong.visits)] == [10_000, 0, 0]
    assert rules(driven([2, 3], *pair)) == [(Rule.PAIR, 3, 1)]
    done = told((3, FactKind.DELIVERED, at(9)))
    assert driven([3], *pair, facts=done, now=at(9)).broken == ()


def test_goods_from_an_earlier_tour_come_on_board_again():
    pair = order(1, size=Size()), order(3, pickup=StopId(1), release_s=at(10))
    s = driven([1, 2, 3], *pair, shift={"tours": 2})
    # 10 kg of stop 2, 10 more at stop 1; back with those; the second tour starts with them
    assert [reload.before for reload in s.reloads] == [2]
    assert [s.load_start.grams, *(v.load.grams for v in s.visits)] == [10_000, 20_000, 10_000, 0]
    assert s.broken == ()


def test_goods_that_may_not_ride_together():
    mixed = order(1, goods=frozenset({"food"})), order(3, goods=frozenset({"acid", "dry"}))
    apart = frozenset({frozenset({"acid", "food"})})
    s = driven([1, 2, 3], *mixed, apart=apart)
    assert [(b.rule, b.stop, b.by, b.what) for b in s.broken] == [(Rule.APART, 3, 1, "acid with food")]
    assert driven([1, 2, 3], *mixed).broken == ()
    later = replace(mixed[1], release_s=at(12))
    assert driven([1, 2, 3], mixed[0], later, shift={"tours": 2}, apart=apart).broken == ()
    alone = frozenset({frozenset({"food"})})
    assert rules(driven([1, 2], mixed[0], order(2, goods=frozenset({"food"})), apart=alone)) == [(Rule.APART, 2, 1)]


# --- durations by the time of day ---


def slow_from(bound):
    """As ever until `bound`, half as fast from then on."""
    line = factories.line_matrix()
    return TravelMatrix(
        line.places, np.stack([line.durations, line.durations * 2]), line.distances, "line", [0, bound]
    )


def test_a_leg_takes_what_it_takes_when_it_is_begun():
    s = driven([1, 2], travel=slow_from(at(8, 15)))
    # 8:10–8:15 stop 1; 20 min to stop 2, 8:40 leaves, 40 min back
    assert [v.arrive for v in s.visits] == [at(8, 10), at(8, 35)]
    assert ([v.drive_s for v in s.visits], s.drive_s, s.drive_m) == ([10 * M, 20 * M], 70 * M, 40_000)
    assert s.end == at(9, 20)


def test_who_has_had_his_break_drives_at_another_time():
    pause = Break(10 * M, Window(at(8), at(8, 12)))
    s = driven([1, 2], shift={"pause": pause}, travel=slow_from(at(8, 20)))
    # break 8:00–8:10 (it does not stretch the leg), 8:20–8:25 stop 1; without it he would have left at 8:15
    assert s.pauses == (Pause(at(8), at(8, 10), 0),)
    assert [v.drive_s for v in s.visits] == [10 * M, 20 * M]
    assert [v.arrive for v in s.visits] == [at(8, 20), at(8, 45)]


def test_durations_by_time_of_day_as_a_matrix():
    travel = slow_from(at(9))
    a, b = travel.places[1], travel.places[2]
    assert [travel.leg(a, b, when)[0] for when in (at(9) - 1, at(9), at(20))] == [600, 1200, 1200]
    assert (travel.leg(a, b), travel.leg(a, b, -5)) == ((600, 10_000), (600, 10_000))
    part = travel.among(np.array([2, 0]))
    assert (part.leg(b, travel.places[0], at(9)), part.bounds) == ((2400, 20_000), (0, at(9)))
    with pytest.raises(ValueError, match="ascending"):
        TravelMatrix((), np.zeros((2, 0, 0), np.int32), np.zeros((0, 0), np.int32), "none", [5, 5])
    with pytest.raises(ValueError, match="shape"):
        TravelMatrix((), np.zeros((3, 0, 0), np.int32), np.zeros((0, 0), np.int32), "none", [5, 6])
