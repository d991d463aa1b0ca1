"""Whom a caller speaks of. See `factories` for the small day."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.manifests import codes
from dispatch_console.services import lookup
from dispatch_console.services.lookup import Code, OrderHit, RouteHit
from dispatch_console.store.store import open_store
from tests import factories
from tests.gui.board_day import big_day
from tests.gui.office import fill

ADA, BEN = ShiftId(1), ShiftId(2)


def day_with(references: list[str]) -> Day:
    """The small day with other order numbers."""
    orders = [factories.order(k, reference=ref) for k, ref in enumerate(references, 1)]
    small = factories.small_day()
    return open_day(small.depot, small.date, orders, small.shifts.values(), small.travel, small.plan)


def hit(number: int, piece: int = 0) -> OrderHit:
    return OrderHit(OrderId(number), StopId(number), piece)


NUMBERS = ["4223", "5223", "4187", "0223X", "W-98/11", "23"]


def test_the_whole_number_is_enough_even_if_others_end_alike():
    day = day_with(NUMBERS)
    assert lookup.find(day, "4223") == (hit(1),)
    assert lookup.find(day, "23") == (hit(6),)
    assert lookup.find(day, " w9811 ") == (hit(5),)


def test_last_digits_find_all_that_end_so_the_open_ones_on_the_road_first():
    day = day_with(NUMBERS)
    # Stops 1 and 2 are in Ada's route, 4 in Ben's; digits alone of 0223X are 0223.
    assert lookup.find(day, "223") == (hit(1), hit(4), hit(2))
    told = day.with_facts(Facts((Fact(StopId(1), ADA, FactKind.DELIVERED, 30_000),)), 30_000)
    assert lookup.find(told, "223") == (hit(4), hit(2), hit(1))
    assert lookup.find(day, "87") == (hit(3),)
    assert lookup.find(day, "999") == ()
    assert lookup.find(day, " -") == ()


def test_initials_and_slots_find_routes():
    day = day_with(NUMBERS)
    assert lookup.find(day, "aq") == (RouteHit(ADA),)
    assert lookup.find(day, "#2") == (RouteHit(BEN),)
    assert lookup.find(day, "#9") == ()


def test_codes_are_taken_apart_as_they_are_made():
    assert lookup.code(codes.sheet(ADA, 3)) == Code("S", 1, 3)
    assert lookup.code(codes.sheet(ShiftId(1234567), 3)) == Code("S", 1234567, 3)
    assert lookup.code(codes.loading(BEN, 120)) == Code("L", 2, 120)
    assert lookup.code("t00000201") == Code("T", 2, 1)
    assert lookup.code(codes.order(OrderId(4))) == Code("D", 4)
    assert lookup.code(codes.order(OrderId(10**9))) == Code("D", 10**9)
    assert lookup.code(codes.piece(OrderId(4), 2)) == Code("P", 4, 2)
    assert lookup.code(codes.piece(OrderId(10**8), 2)) == Code("P", 10**8, 2)
    for text in ("4223", "D123", "X00000001", "D0000000a", ""):
        assert lookup.code(text) is None


def test_scans_find_routes_orders_and_pieces():
    day = day_with(NUMBERS)
    assert lookup.find(day, codes.sheet(BEN, 1)) == (RouteHit(BEN),)
    assert lookup.scan(day, codes.order(OrderId(4))) == hit(4)
    assert lookup.scan(day, codes.piece(OrderId(3), 2).lower()) == hit(3, 2)
    assert lookup.scan(day, codes.order(OrderId(99))) is None
    assert lookup.scan(day, codes.sheet(ShiftId(99), 1)) is None


def test_a_label_of_the_first_day_is_known_on_the_second():
    small = factories.small_day()
    orders = [replace(o, origin=OrderId(77)) if o.id == 1 else o for o in small.orders.values()]
    day = open_day(small.depot, small.date, orders, small.shifts.values(), small.travel, small.plan)
    assert lookup.scan(day, codes.piece(OrderId(77), 1)) == hit(1, 1)
    assert lookup.scan(day, codes.order(OrderId(1))) is None


def test_a_letter_belongs_to_the_number_only_where_some_number_has_it():
    day = day_with(NUMBERS)
    assert not lookup.could_go_on(day, "4223F")
    assert lookup.could_go_on(day, "0223X")
    assert lookup.could_go_on(day, "w98")
    assert lookup.could_go_on(day, "AQ")
    assert not lookup.could_go_on(day, "AQO")
    assert lookup.could_go_on(day, "S00")  # a code typed by hand


def test_orders_of_other_days_are_found_in_the_store(tmp_path: Path):
    store = open_store(str(tmp_path / "store.db"))
    try:
        fill(store)
        depot = store.depots()[0].id
        found = lookup.elsewhere(store, depot, "A4")
        assert [(one.reference, one.date) for one in found] == [("A4", dt.date(2026, 11, 23))]
        assert lookup.elsewhere(store, depot, "4999") == []
        assert lookup.elsewhere(store, depot, "4") == []
    finally:
        store.close()


def test_a_big_day_is_searched_between_two_keys():
    day = big_day(1500, 60)
    lookup.find(day, "99")
    best = min(_timed(lambda: lookup.find(day, "99")) for _ in range(5))
    assert len(lookup.find(day, "99")) == 15
    # The goal is 5 ms; ten times as much means that something is wrong, however busy the machine is.
    assert best < 0.05
    assert min(_timed(lambda: lookup.could_go_on(day, "10099F")) for _ in range(5)) < 0.05


def _timed(run) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def test_what_has_no_driver_comes_last():
    day = day_with(["1199", "2199", "3199", "4199", "5199", "6199"])
    assert lookup.find(day, "199")[-1] == hit(6)
