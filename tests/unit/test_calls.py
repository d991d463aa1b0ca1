"""Whom to phone when the plan changes under way, and what to say. See `factories` for the small day."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.day import Approval, Day, DayState, Said, open_day
from dispatch_console.domain.facts import NO_STOP, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.services import calls, dispatch, statuses
from dispatch_console.services.session import DaySession
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
H, M = 3600, 60


def out(windows: dict[int, tuple[Window, ...]] | None = None) -> DaySession:
    """The small day: sheets printed, both vans left at 08:00. Ada comes to 1, 2, 3 at 08:10, 08:25, 08:40."""
    day = factories.small_day()
    orders = [replace(o, windows=(windows or {}).get(o.id, ()), phone="+423 555 1") for o in day.orders.values()]
    day = open_day(day.depot, day.date, orders, day.shifts.values(), day.travel, day.plan)
    said = {id: Said("printed", tuple((visit.stop, "") for visit in day.schedules[id].visits)) for id in (ADA, BEN)}
    session = DaySession(day)
    session.set_approval(Approval(DayState.APPROVED, "Kim", printed={ADA: 1, BEN: 1}, said=said))
    for route in (ADA, BEN):
        statuses.on_route(session, route, FactKind.OUT, statuses.Said("Kim", 8 * H))
    return session


def said(day: Day) -> list[str]:
    return [f"{call.who}: {call.sentence}" for call in calls.call_list(day) if not call.done]


def test_nobody_is_phoned_as_long_as_the_sheets_are_right():
    assert calls.call_list(out().day) == []
    assert calls.call_list(factories.small_day()) == []


def test_drivers_hear_what_goes_and_what_comes():
    session = out()
    dispatch.move(session, [StopId(3)], BEN, 0)
    dispatch.move(session, [StopId(6)], BEN, 3)
    assert said(session.day) == [
        "Ada Quill: Customer 3 goes to Ben Rook.",
        "Ben Rook: First go to Customer 3. After stop 2 go to Customer 6.",
    ]
    dispatch.unassign(session, [StopId(6)])
    dispatch.move(session, [StopId(3)], ADA, 2)
    assert said(session.day) == []  # as printed again


def test_another_order_is_told_by_the_printed_numbers():
    session = out()
    statuses.status(session, StopId(1), FactKind.DELIVERED, statuses.Said("Kim", 8 * H + 15 * M))
    dispatch.move(session, [StopId(3)], ADA, 1)
    assert said(session.day) == ["Ada Quill: After stop 1 comes Customer 3."]


def test_a_call_that_was_made_is_ticked_until_the_plan_changes_again():
    session = out()
    dispatch.move(session, [StopId(3)], BEN, 0)
    for call in calls.call_list(session.day):
        calls.tick(session, call, statuses.Said("Kim", 8 * H + 5 * M))
    assert said(session.day) == []
    assert [(c.who, c.done) for c in calls.call_list(session.day)] == [("Ada Quill", True), ("Ben Rook", True)]
    dispatch.unassign(session, [StopId(3)])
    assert said(session.day) == ["Ben Rook: Do not go to Customer 3."]


def test_a_tick_can_be_taken_back():
    session = out()
    dispatch.move(session, [StopId(3)], BEN, 0)
    call = calls.call_list(session.day)[0]
    calls.tick(session, call, statuses.Said("Kim", 8 * H + 5 * M))
    made = next(c for c in calls.call_list(session.day) if c.done)
    calls.tick(session, made, statuses.Said("Kim", 8 * H + 6 * M))
    assert [c.who for c in calls.call_list(session.day)] == ["Ada Quill", "Ben Rook"]
    assert all(not c.done and c.stop == NO_STOP for c in calls.call_list(session.day))


def test_customers_of_a_van_that_cannot_go_on_hear_no_time_of_it():
    session = out({2: (Window(8 * H, 8 * H + 20 * M),)})
    assert [c.stop for c in calls.call_list(session.day)] == [2]  # Ada comes at 08:25
    statuses.on_route(session, ADA, FactKind.BROKEN_DOWN, statuses.Said("Kim", 8 * H + 5 * M))
    assert calls.call_list(session.day) == []


def test_customers_hear_that_they_will_be_late_and_again_when_that_changes_much():
    session = out({3: (Window(8 * H, 8 * H + 45 * M),)})
    statuses.on_route(session, ADA, FactKind.DELAYED, statuses.Said("Kim", 8 * H), value=8 * H + 35 * M)
    # 1 at 08:35, 2 at 08:50, 3 at 09:05: 20 min after 08:45.
    late = ["Customer 3: Your delivery comes about 09:05 instead of by 08:45, 20 min late."]
    assert said(session.day) == late
    calls.tick(session, calls.call_list(session.day)[0], statuses.Said("Kim", 8 * H))
    assert said(session.day) == []
    statuses.on_route(session, ADA, FactKind.DELAYED, statuses.Said("Kim", 8 * H), value=8 * H + 20 * M)
    # At 08:50 now, 15 min earlier than he was told.
    assert said(session.day) == ["Customer 3: Your delivery comes about 08:50 instead of by 08:45, 5 min late."]
