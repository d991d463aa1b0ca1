"""`plan.json` says what the schedule says, and every order stands in it exactly once."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.rules import Rule
from dispatch_console.services import planfile
from dispatch_console.services.planfile import Searched
from tests import factories
from tests.property.strategies import days


def read(day: Day) -> dict:
    return json.loads(json.dumps(planfile.document(day, Searched(1, 30.2))))


def seconds(day: Day, text: str) -> int:
    instant = dt.datetime.fromisoformat(text)
    assert instant.utcoffset() is not None
    return clock.to_seconds(instant, day.date, day.depot.timezone)


@settings(max_examples=60)
@given(days(max_stops=6), st.sampled_from([factories.DAY, dt.date(2026, 3, 29), dt.date(2026, 10, 25)]))
def test_every_order_once_and_every_figure_the_schedules(day: Day, date: dt.date) -> None:
    day = replace(day, date=date).rescheduled(day.shifts)
    plan = read(day)
    placed = [ref for route in plan["routes"] for stop in route["stops"] for ref in stop["orders"]]
    left = [entry["order"] for entry in plan["unassigned"]]
    assert Counter(placed + left) == Counter(order.reference for order in day.orders.values())
    lanes = [route for route in day.routes if route.stops]
    assert len(plan["routes"]) == len(lanes)
    for written, route in zip(plan["routes"], lanes, strict=True):
        _is_the_schedule(day, written, day.schedules[route.id])
    totals = plan["totals"]
    assert totals["assigned"] == len(placed)
    assert totals["orders"] == len(day.orders)
    assert totals["cost"] == round(sum(s.cost for s in day.schedules.values()) / 100, 2)


def _is_the_schedule(day: Day, written: dict, timed) -> None:
    assert written["driver"] == day.shifts[timed.route].driver.name
    assert (seconds(day, written["start"]["time"]), seconds(day, written["end"]["time"])) == (
        timed.start,
        timed.end,
    )
    for stop, visit in zip(written["stops"], timed.visits, strict=True):
        moments = [seconds(day, stop[key]) for key in ("arrive", "begin", "depart")]
        assert moments == [visit.arrive, visit.begin, visit.depart]
        assert (stop["wait_s"], stop["late_s"]) == (visit.wait_s, visit.late_s)
        assert (stop["drive_s"], stop["drive_m"]) == (visit.drive_s, visit.drive_m)
    pauses = [(seconds(day, pause["begin"]), seconds(day, pause["end"])) for pause in written["breaks"]]
    assert pauses == [(pause.begin, pause.end) for pause in timed.pauses]
    assert (written["drive_s"], written["drive_m"]) == (timed.drive_s, timed.drive_m)
    assert written["service_s"] == timed.service_s
    assert [violation["rule"] for violation in written["violations"]] == [b.rule.value for b in timed.broken]
    assert written["load"]["pieces"] == timed.load_peak.pieces


@settings(max_examples=60)
@given(days(max_stops=6))
def test_every_order_left_out_says_why(day: Day) -> None:
    """A driver who could take it without breaking a rule has no reason; all others have one in words."""
    for entry in read(day)["unassigned"]:
        assert {reason["rule"] for reason in entry["reasons"]} <= {rule.value for rule in Rule}
        assert all(reason["detail"] for reason in entry["reasons"])
        if any(reason["rule"] == "no_place" for reason in entry["reasons"]):
            assert len(entry["reasons"]) == 1


def test_an_order_without_a_place_and_without_drivers_is_not_lost() -> None:
    orders = [factories.order(1, place=None), factories.order(2)]
    day = open_day(factories.DEPOT, factories.DAY, orders, [], factories.line_matrix())
    plan = read(day)
    assert [entry["order"] for entry in plan["unassigned"]] == ["A1", "A2"]
    assert [reason["rule"] for reason in plan["unassigned"][0]["reasons"]] == ["no_place"]
    assert plan["routes"] == []


def test_tours_and_breaks_by_driving_time() -> None:
    day = factories.tours_day()
    ada, ben = read(day)["routes"]
    assert ada["reloads"] == [
        {
            "lat": 50.0,
            "lon": 10.0,
            "arrive": "2026-11-23T09:15:00+01:00",
            "depart": "2026-11-23T09:35:00+01:00",
            "before": 3,
        }
    ]
    assert ada["cost"] == day.schedules[ShiftId(1)].cost / 100 == 102.5 + 80 + 10, (
        "205 min, 160 km, 25 min of overtime"
    )
    assert "reloads" not in ben
    assert [pause["begin"][11:16] for pause in ben["breaks"]] == ["08:40", "09:35"]
    shift = replace(day.shifts[ShiftId(2)], max_drive_s=4500)
    (broken,) = read(replace(day, shifts={**day.shifts, shift.id: shift}).rescheduled([shift.id]))["routes"][1][
        "violations"
    ]
    assert broken["detail"] == "2 h 00 of driving, 1 h 15 allowed"


def test_the_small_day_by_heart() -> None:
    plan = read(factories.small_day())
    first = plan["routes"][0]
    assert first["driver"] == "Ada Quill"
    assert first["start"] == {"lat": 50.0, "lon": 10.0, "time": "2026-11-23T08:00:00+01:00"}
    assert first["end"]["time"] == "2026-11-23T09:15:00+01:00"
    assert [stop["arrive"][11:16] for stop in first["stops"]] == ["08:10", "08:25", "08:40"]
    assert first["load"] == {"kg": 30.0, "m3": 0.3, "pieces": 3}
    assert first["cost"] == 67.5
    assert (plan["seed"], plan["searched_s"], plan["roads"]) == (1, 30, {"provider": "line"})
    assert plan["unassigned"] == [{"order": "A6", "reasons": []}]
