"""What counts as an incident, how it reads, and the ways out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Break, Capacity, DriverId, ShiftId
from dispatch_console.domain.orders import Priority, StopId, Window
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import minutes
from dispatch_console.services import dispatch, remedies
from dispatch_console.services.incidents import Deed, Incident, Kind, incidents
from dispatch_console.services.session import DaySession
from tests import factories

HOUR = 3600
ONE, TWO = ShiftId(1), ShiftId(2)


def day_with(
    orders: dict[int, dict[str, Any]] | None = None, shifts: dict[int, dict[str, Any]] | None = None
) -> Day:
    """`small_day` with some orders and shifts changed."""
    small = factories.small_day()
    return open_day(
        small.depot,
        small.date,
        [replace(order, **(orders or {}).get(int(order.id), {})) for order in small.orders.values()],
        [replace(shift, **(shifts or {}).get(int(shift.id), {})) for shift in small.shifts.values()],
        small.travel,
        small.plan,
    )


def only(day: Day) -> Incident:
    found = incidents(day)
    assert len(found) == 1, found
    return found[0]


def vehicle(number: int, **changes: Any) -> dict[str, Any]:
    return {"vehicle": replace(factories.shift(number).vehicle, **changes)}


def driver(number: int, **changes: Any) -> dict[str, Any]:
    return {"driver": replace(factories.small_day().shifts[ShiftId(number)].driver, **changes)}


def test_a_good_day_has_none() -> None:
    assert incidents(factories.small_day()) == []


def test_late() -> None:
    # Stop 2 is reached at 08:25 (10 min, 5, 10).
    found = only(day_with({2: {"windows": (Window(7 * HOUR, 8 * HOUR + 600),)}}))
    assert (found.kind, found.what, found.who) == (Kind.LATE, "Late 15 min", "Customer 2")
    assert found.sentence == "A2 · Ada Quill stop 2 · due 08:10, arrives 08:25"
    assert found.short == "A2 · AQ 2 · due 08:10, arrives 08:25"
    assert found.brief == "AQ 2 · due 08:10, arrives 08:25"
    assert (found.deed, found.stops, found.route, found.hard) == (Deed.MOVE_UP, (2,), ONE, True)


def test_the_latest_comes_first() -> None:
    late = {n: {"windows": (Window(7 * HOUR, 8 * HOUR + 300),)} for n in (1, 2, 4)}
    # Arrivals 08:10, 08:25, 08:40: 5, 20 and 35 min late.
    assert [found.what for found in incidents(day_with(late))] == ["Late 35 min", "Late 20 min", "Late 5 min"]


def test_overload_by_each_measure() -> None:
    # Route 1 carries 3 × (10 kg, 100 l, 1 piece).
    heavy = only(day_with(shifts={1: vehicle(1, capacity=Capacity(25_500, 1000, 10))}))
    assert (heavy.what, heavy.sentence) == ("Ada Quill: 5 kg over", "Van 01 carries 26 kg, loaded 30 kg")
    full = only(day_with(shifts={1: vehicle(1, capacity=Capacity(100_000, 200, 10))}))
    assert (full.what, full.sentence) == ("Ada Quill: 0.1 m³ over", "Van 01 carries 0.2 m³, loaded 0.3 m³")
    many = only(day_with(shifts={1: vehicle(1, capacity=Capacity(100_000, 1000, 2))}))
    assert (many.what, many.sentence) == ("Ada Quill: 1 pc over", "Van 01 carries 2 pc, loaded 3 pc")
    assert many.deed is Deed.OFFER_STOPS


def test_all_that_is_over_in_one_vehicle_is_one_incident() -> None:
    found = only(day_with(shifts={1: vehicle(1, capacity=Capacity(25_000, 200, 2))}))
    assert found.what == "Ada Quill: 5 kg over"
    assert found.sentence == "Van 01 carries 25 kg, loaded 30 kg · also 0.1 m³ and 1 pc over"


def test_too_many_stops() -> None:
    found = only(day_with(shifts={1: {"max_stops": 2}}))
    assert (found.what, found.sentence) == ("Ada Quill: 1 stop too many", "3 stops, takes 2 at most")


def test_overtime() -> None:
    # Ada is back at 09:15.
    found = only(day_with(shifts={1: {"end": 9 * HOUR}}))
    assert (found.what, found.sentence) == ("Ada Quill: back 15 min late", "shift ends 09:00, back 09:15")


def test_no_break() -> None:
    # The window is a minute shorter than the break, and the shift begins just in time for it, at 08:00.
    found = only(day_with(shifts={1: {"pause": Break(1800, Window(8 * HOUR + 60, 8 * HOUR + 1800))}}))
    assert (found.what, found.sentence) == ("Ada Quill: no break", "30 min do not fit into 08:01–08:30")
    assert found.deed is Deed.OFFER_STOPS


def test_missing_skill() -> None:
    found = only(day_with({3: {"skills": ("Crane",)}}))
    assert (found.what, found.who, found.sentence) == (
        "Needs crane",
        "Customer 3",
        "A3 · Ada Quill does not have it",
    )
    assert found.deed is Deed.OFFER_DRIVERS


def test_the_rules_of_a_depot() -> None:
    # Stops 1, 2, 3: 30 min out and 30 back, 60 km; the driver is told of by name, the van too
    found = only(day_with(shifts={1: {"max_drive_s": 3000}}))
    assert (found.kind, found.what, found.deed) == (
        Kind.DRIVING, "Ada Quill: 10 min too much driving", Deed.OFFER_STOPS,
    )  # fmt: skip
    assert found.sentence == "1 h 00 of driving, 50 min allowed"
    found = only(day_with(shifts={1: {"max_drive_m": 50_000}}))
    assert (found.kind, found.what, found.sentence) == (
        Kind.DISTANCE, "Ada Quill: 10 km too far", "60 km, 50 km allowed",
    )  # fmt: skip
    found = only(day_with({2: {"zone": "LEZ-A"}}, {1: vehicle(1, no_zones=frozenset({"LEZ-A"}))}))
    assert (found.kind, found.stops, found.deed) == (Kind.ZONE, (StopId(2),), Deed.OFFER_DRIVERS)
    assert found.sentence == "A2 · AQ 2 · Van 01 may not enter zone LEZ-A"
    found = only(day_with({3: {"not_drivers": frozenset({DriverId(1)})}}))
    assert (found.kind, found.sentence) == (Kind.FORBIDDEN, "A3 · AQ 3 · Ada Quill may not serve this customer")
    found = only(day_with({1: {"pickup": StopId(2)}}))
    assert (found.kind, found.sentence) == (
        Kind.PAIR, "A1 · AQ 1 · goods come on board at Customer 2, not before it here",
    )  # fmt: skip
    day = day_with({1: {"goods": frozenset({"acid"})}, 2: {"goods": frozenset({"food"})}})
    day = replace(day, apart=frozenset({frozenset({"acid", "food"})})).rescheduled([ONE])
    found = only(day)
    assert (found.kind, found.sentence) == (Kind.APART, "A2 · AQ 2 · may not ride together: food with acid")


def test_overtime_and_priced_lateness_are_no_incidents_of_the_plan() -> None:
    window = (Window(7 * HOUR, 8 * HOUR + 600),)  # reached at 08:25
    shifts = {1: {"end": 9 * HOUR, "overtime_s": HOUR}}  # back at 09:15
    assert incidents(day_with({2: {"windows": window, "late_per_min": 50}}, shifts)) == []
    found = only(day_with(shifts={1: {"end": 9 * HOUR, "overtime_s": 600}}))
    assert found.sentence == "shift ends 09:00 and 10 min of overtime, back 09:15"


def test_absent_driver_with_stops() -> None:
    found = only(day_with(shifts={2: {"absent": True}}))
    assert (found.what, found.sentence) == ("Ben Rook is absent", "2 stops still in this route")
    assert (found.deed, found.stops) == (Deed.UNASSIGN, (4, 5))


def test_orders_without_a_place_are_one_incident() -> None:
    found = only(day_with({6: {"place": None}}))
    assert (found.what, found.sentence) == ("1 order has no place", "A6: address not found on the map")
    assert not found.hard
    more = {n: {"place": None} for n in (1, 2, 4, 6)}
    found = [i for i in incidents(day_with(more)) if i.kind is Kind.NO_PLACE]
    assert [i.what for i in found] == ["4 orders have no place"]
    assert found[0].sentence == "A1, A2 and 2 more: address not found on the map"


def test_critical_unassigned() -> None:
    found = only(day_with({6: {"priority": Priority.CRITICAL}}))
    assert (found.what, found.who, found.sentence) == ("Critical, no driver", "Customer 6", "A6 · Lindmoor")


@pytest.mark.parametrize(
    ("days", "what", "left", "hard"),
    [
        (-1, "Van 02: inspection ended 22 Nov", "Ben Rook · not to be used today", True),
        (0, "Van 02: inspection ends 23 Nov", "Ben Rook · last day today", False),
        (2, "Van 02: inspection ends 25 Nov", "Ben Rook · two days left", False),
        (3, "Van 02: inspection ends 26 Nov", "Ben Rook · three days left", False),
    ],
)
def test_inspection_runs_out(days: int, what: str, left: str, hard: bool) -> None:
    until = factories.DAY + dt.timedelta(days=days)
    found = only(day_with(shifts={2: vehicle(2, inspection_until=until)}))
    assert (found.what, found.sentence, found.hard, found.deed) == (what, left, hard, Deed.REMIND)


def test_papers_far_off_or_of_an_absent_driver_are_none() -> None:
    soon, far = factories.DAY + dt.timedelta(days=1), factories.DAY + dt.timedelta(days=4)
    assert incidents(day_with(shifts={2: driver(2, licence_until=far)})) == []
    found = only(day_with(shifts={2: driver(2, licence_until=soon)}))
    assert found.what == "Ben Rook: licence ends 24 Nov"
    away = incidents(day_with(shifts={2: {**driver(2, licence_until=soon), "absent": True}}))
    assert [i.kind for i in away] == [Kind.ABSENT]


def test_keys_tell_incidents_apart() -> None:
    late = {n: {"windows": (Window(7 * HOUR, 8 * HOUR + 300),)} for n in (1, 2, 4)}
    found = incidents(day_with({**late, 6: {"place": None}}, {2: {"end": 9 * HOUR}}))
    assert len({i.key for i in found}) == len(found) == 5


# --- ways out ---


def test_move_up_puts_a_late_stop_where_it_is_in_time() -> None:
    # Stop 3 must be served by 08:35; as the third stop it is reached at 08:40, as the first at 08:30.
    session = DaySession(day_with({3: {"windows": (Window(7 * HOUR, 8 * HOUR + 35 * 60),)}}))
    assert remedies.better_place(session.day, StopId(3)) in (0, 1)
    assert remedies.move_up(session, StopId(3))
    assert session.day.late_stops == 0
    assert session.history.done[-1].label == "Move A3 to Ada Quill"


def test_move_up_does_nothing_where_nothing_helps() -> None:
    session = DaySession(day_with({2: {"windows": (Window(6 * HOUR, 7 * HOUR),)}}))
    before = session.day
    if remedies.better_place(session.day, StopId(2)) is None:
        assert not remedies.move_up(session, StopId(2))
        assert session.day is before
    else:  # earlier in the route it is at least less late
        assert remedies.move_up(session, StopId(2))
        assert session.day.schedules[ONE].late_s < before.schedules[ONE].late_s


def test_a_stop_of_the_pool_has_no_better_place() -> None:
    assert remedies.better_place(factories.small_day(), StopId(6)) is None


def test_choices_prefer_drivers_who_break_nothing() -> None:
    day = day_with({6: {"skills": ("crane",)}}, {2: driver(2, skills=frozenset({"crane"}))})
    offers = remedies.choices(day, StopId(6))
    assert [offer.route for offer in offers] == [TWO]
    nobody = day_with({6: {"skills": ("crane",)}})
    assert [len(offer.broken) for offer in remedies.choices(nobody, StopId(6))] == [1, 1]


def test_relief_gives_away_what_ends_the_overload() -> None:
    # 30 kg on board, 25 allowed: any one stop of 10 kg is enough; Ben can take it.
    day = day_with(shifts={1: vehicle(1, capacity=Capacity(25_000, 1000, 10))})
    found = remedies.relief(day, ONE)
    assert found
    assert {r.offer.route for r in found} == {TWO}
    assert all(not r.offer.broken for r in found)
    session = DaySession(day)
    dispatch.move(session, [found[0].stop], found[0].offer.route, found[0].offer.at)
    assert session.day.overloaded == 0


def test_relief_leaves_pinned_stops_and_locked_routes() -> None:
    day = day_with(shifts={1: vehicle(1, capacity=Capacity(25_000, 1000, 10))})
    session = DaySession(day)
    dispatch.set_locked(session, TWO, True)
    assert remedies.relief(session.day, ONE) == []


def test_pool_is_not_a_route() -> None:
    assert all(i.route != POOL or i.kind in (Kind.NO_PLACE, Kind.CRITICAL) for i in incidents(day_with()))


@pytest.mark.parametrize(("seconds", "shown"), [(0, 0), (1, 1), (60, 1), (119, 1), (120, 2), (1180, 19)])
def test_minutes_late_agree_with_the_times_beside_them(seconds: int, shown: int) -> None:
    # due 11:00:00, comes 11:19:40: the screen says 11:19, so it is 19 min
    assert minutes(seconds) == shown
