"""How orders become stops."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dispatch_console.domain import stops
from dispatch_console.domain.orders import DriverId, OrderKind, Priority, StopId, Window
from dispatch_console.domain.sizes import Size
from tests import factories

H = 3600


def test_two_orders_of_one_visit():
    first = factories.order(1, windows=(Window(8 * H, 12 * H),), service_s=600, skills=("Cold",))
    second = factories.order(
        2, stop=StopId(1), windows=(Window(10 * H, 14 * H),), kind=OrderKind.COLLECTION, priority=Priority.HIGH
    )
    stop = stops.build([first, second], factories.DAY, factories.DEPOT)[StopId(1)]
    assert stop.windows == (Window(10 * H, 12 * H),)
    assert stop.service_s == 600 + 150  # the longer one in full, half of the other's 300
    assert (stop.delivery, stop.collection) == (Size(10_000, 100, 1), Size(10_000, 100, 1))
    assert stop.skills == {"cold"}
    assert stop.priority is Priority.HIGH


def test_windows_that_share_nothing_stay_those_of_the_first():
    first = factories.order(1, windows=(Window(8 * H, 9 * H),))
    second = factories.order(2, stop=StopId(1), windows=(Window(10 * H, 11 * H),))
    assert stops.from_orders((first, second), factories.DAY, factories.DEPOT).windows == first.windows


def test_an_order_without_a_service_time_gets_the_depots():
    stop = stops.from_orders((factories.order(1, service_s=None),), factories.DAY, factories.DEPOT)
    assert stop.service_s == factories.DEPOT.service_s == 300


def test_same_visit_or_not():
    one, other = factories.order(1), factories.order(1, reference="B7", size=Size(1, 1, 1))
    assert stops.group_key(one) == stops.group_key(other)
    assert stops.group_key(one) != stops.group_key(factories.order(1, windows=(Window(8 * H, 9 * H),)))


def test_orders_that_would_lose_a_rule_are_not_one_visit():
    plain = factories.order(1)
    ada, acid = frozenset({DriverId(1)}), frozenset({"acid"})
    apart = {"release_s": 10 * H, "late_per_min": 5, "goods": acid, "zone": "west", "pickup": StopId(3)}
    together = {"not_drivers": ada, "known_by": ada, "parking_s": 60}
    key = stops.group_key
    assert not any(key(replace(plain, **{name: asked})) == key(plain) for name, asked in apart.items())
    assert key(replace(plain, **together)) == key(plain)


def test_what_two_orders_ask_of_the_one_stop():
    ada, ben = DriverId(1), DriverId(2)
    first = factories.order(
        1, release_s=8 * H, late_per_min=20, parking_s=60, not_drivers=frozenset({ada}), goods=frozenset({"dry"}),
        zone="west", known_by=frozenset({ben}),
    )  # fmt: skip
    second = factories.order(
        2, stop=StopId(1), release_s=9 * H, late_per_min=50, parking_s=120, not_drivers=frozenset({ben}),
        goods=frozenset({"acid"}), zone="east", known_by=frozenset({ada}),
    )  # fmt: skip
    stop = stops.from_orders((first, second), factories.DAY, factories.DEPOT)
    assert (stop.release_s, stop.late_per_min, stop.parking_s) == (9 * H, 20, 120)
    assert (stop.not_drivers, stop.goods) == ({ada, ben}, {"acid", "dry"})
    assert (stop.zone, stop.known_by) == ("west", {ben})
    hard = factories.order(2, stop=StopId(1))
    assert stops.from_orders((first, hard), factories.DAY, factories.DEPOT).late_per_min == 0


def test_goods_are_ready_by_the_clock_on_the_wall():
    autumn = dt.date(2026, 10, 25)  # the clock goes back at 03:00
    stop = stops.from_orders((factories.order(1, release_s=8 * H),), autumn, factories.DEPOT)
    assert stop.release_s == 9 * H
    assert stops.from_orders((factories.order(1),), autumn, factories.DEPOT).release_s == 0


def test_a_plain_stop_asks_for_nothing_more():
    def plain(**asked):
        return stops.from_orders((factories.order(1, **asked),), factories.DAY, factories.DEPOT).plain

    assert plain(zone="west", goods=frozenset({"dry"}))
    assert not any((plain(release_s=1), plain(late_per_min=1), plain(parking_s=1), plain(pickup=StopId(2))))
