"""One order through all its days: where it is, and everything that happened to it, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dispatch_console.domain.day import Day
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.domain.proofs import Proof, ProofKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import carryover, dispatch, reschedule, sheet_versions, statuses
from dispatch_console.services import day as day_service
from dispatch_console.services.order_history import history
from dispatch_console.services.order_history.standing import standing
from dispatch_console.services.order_history.values import Line, OrderHistory, Tone
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, small_store

ONE, TWO = ShiftId(1), ShiftId(2)
ZONE = ZoneInfo("Europe/Vaduz")
TUESDAY = factories.DAY + dt.timedelta(days=1)


class Desk:
    """A session on the small day in a store file, with a clock that is set by hand."""

    def __init__(self, file: Path) -> None:
        self.store: Store = open_store(file)
        self.at = dt.datetime(2026, 11, 23, 7, 0, tzinfo=ZONE)
        saver = StoreSaver(self.store, WHO, clock=lambda: self.at)
        self.saver = saver
        self.session = DaySession(small_store(self.store, at=self.at), saver)

    def time(self, hour: int, minute: int) -> None:
        self.at = self.at.replace(hour=hour, minute=minute)

    @property
    def said(self) -> Said:
        return Said(WHO, self.at.hour * 3600 + self.at.minute * 60)

    def tell(self, stop: int, kind: FactKind, **more: object) -> None:
        statuses.status(self.session, StopId(stop), kind, self.said, **more)

    def history(self, order: int, *, live: bool = True) -> OrderHistory:
        self.saver.flush()
        found = history.load(self.store, OrderId(order), self.session.day if live else None)
        assert found is not None
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "store.db")
    yield desk
    desk.saver.flush()
    desk.store.close()


def told(seen: OrderHistory) -> list[str]:
    """`07:42 From Ada Quill to Ben Rook, stop 1 (Move A2 to Ben Rook)` for each line after the first."""
    return [
        f"{event.at.astimezone(ZONE):%H:%M} {event.title}" + (f" ({event.detail})" if event.detail else "")
        for event in seen.events
        if event.line is not Line.CAME and event.detail != "Start"
    ]


# --- what was done to it ---


def test_moves_say_from_whom_to_whom_and_undo_says_that_it_is_one(desk: Desk):
    desk.time(7, 42)
    dispatch.move(desk.session, [StopId(2)], TWO, 0)
    desk.time(7, 43)
    desk.session.undo()
    desk.time(7, 44)
    dispatch.move(desk.session, [StopId(2)], POOL, 0)
    desk.time(7, 45)
    dispatch.move(desk.session, [StopId(2)], ONE, 1)
    assert told(desk.history(2)) == [
        # 08:10 + 5 min at A1 + 10 min of driving; Ben is there after 20 min.
        "07:42 From Ada Quill to Ben Rook, stop 1, ETA 08:25 → 08:20 (Move A2 to Ben Rook)",
        "07:43 From Ben Rook to Ada Quill, stop 2, ETA 08:20 → 08:25 (undone: Move A2 to Ben Rook)",
        "07:44 Taken off Ada Quill, unassigned (Unassign A2)",
        "07:45 Given to Ada Quill, stop 2, ETA 08:25 (Move A2 to Ada Quill)",
    ]


def test_what_waited_for_the_store_says_when_it_was_saved(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    now = dt.datetime.now(dt.UTC)
    day = small_store(store, at=now)  # given as it is saved: this day's clock is a real one
    waited = StoreSaver(store, WHO, clock=lambda: now - dt.timedelta(minutes=28))
    dispatch.move(DaySession(day, waited), [StopId(2)], TWO, 0)
    waited.flush()
    seen = history.load(store, OrderId(2))
    assert seen is not None
    late = [event for event in seen.events if event.saved is not None]
    assert [event.detail for event in late] == ["Move A2 to Ben Rook"]
    told = late[0].saved
    assert told is not None
    assert abs(told - now) < dt.timedelta(minutes=10)
    store.close()


def test_what_comes_or_goes_in_front_of_it_is_no_line(desk: Desk):
    dispatch.move(desk.session, [StopId(1)], TWO, 0)
    dispatch.move(desk.session, [StopId(6)], ONE, 0)
    assert told(desk.history(2)) == []
    dispatch.reverse(desk.session, ONE)  # 6 2 3 → 3 2 6
    assert told(desk.history(3)) == ["07:00 Stop 3 → 1 of Ada Quill, ETA 10:00 → 08:30 (Reverse Ada Quill)"]


def test_edits_name_what_changed(desk: Desk):
    order = desk.session.day.orders[OrderId(2)]
    new = replace(order, windows=(Window(8 * 3600, 12 * 3600),), phone="+423 555 0102", notes="ring twice")
    desk.session.apply(PlanChange("Edit A2", orders=(Swap(order, new),)))
    dispatch.set_pin(desk.session, [StopId(2)], Pin.DRIVER)
    assert told(desk.history(2)) == [
        "07:00 Changed: window any time → 08–12, phone, note",
        "07:00 Held with its driver",
    ]


# --- what happened to it ---


def test_a_day_with_a_failed_attempt_from_the_plan_to_the_next_day(desk: Desk):
    desk.time(7, 5)
    day_service.approve(desk.session, WHO, desk.at)
    desk.time(7, 10)
    approval = sheet_versions.after_printing(desk.session.day, {ONE: 1, TWO: 1})
    assert approval is not None
    desk.session.set_approval(approval)
    desk.time(8, 0)
    day_service.set_out(desk.session, [ONE], desk.said)
    desk.time(8, 20)
    desk.tell(2, FactKind.ARRIVED)
    desk.time(8, 40)
    desk.tell(2, FactKind.FAILED, at=8 * 3600 + 25 * 60, reason=Reason.ABSENT, note="note left")
    desk.time(8, 41)
    step = NextStep(NextKind.AGAIN, TUESDAY, (Window(10 * 3600, 14 * 3600),))
    reschedule.decide(desk.session, [OrderId(2)], step)
    seen = desk.history(2)
    assert told(seen) == [
        "07:05 Plan approved (Ada Quill, stop 2)",
        "07:10 On sheet 1 of Ada Quill (stop 2)",
        "08:00 Ada Quill left the depot with Van 01",
        "08:20 At the door (Ada Quill)",
        "08:25 Not delivered: absent (Ada Quill, note left)",
        "08:41 To do next: Again Tue 24 Nov, 10–14",
    ]
    failed = next(event for event in seen.events if event.line is Line.FAILED)
    assert failed.recorded is not None
    assert failed.recorded.astimezone(ZONE).strftime("%H:%M") == "08:40"
    assert seen.standing.headline == "Not delivered: absent, 08:25"
    assert seen.standing.more == ("Again Tue 24 Nov, 10–14",)
    assert (seen.standing.driver, seen.standing.phone) == ("Ada Quill", "+423 555 0001")


def test_it_goes_on_as_one_order_on_its_next_day(desk: Desk):
    day_service.approve(desk.session, WHO, desk.at)
    desk.time(8, 30)
    desk.tell(2, FactKind.FAILED, reason=Reason.ABSENT)
    reschedule.decide(desk.session, [OrderId(2)], NextStep(NextKind.AGAIN, TUESDAY))
    desk.saver.flush()
    desk.time(17, 0)
    prepared = carryover.prepare(desk.store, carryover.going(desk.session.day))
    chosen = tuple(one for one in prepared.goings if one.order == 2)
    carryover.commit(desk.session, prepared._replace(goings=chosen))
    first = desk.history(2)
    again = first.order.id
    assert again != 2
    assert desk.history(again, live=False) == desk.history(2, live=False)
    assert [(one.date, one.attempt, one.ended) for one in first.days] == [
        (factories.DAY, 1, "Not delivered: absent 08:30"),
        (TUESDAY, 2, ""),
    ]
    assert first.standing.headline == "Unassigned on Tue 24 Nov: no driver has it"
    assert [event.title for event in first.events if event.at.astimezone(ZONE).hour == 17] == [
        "Carried over",
        "Carried over to Tue 24 Nov",
    ]
    for text in ("A2", "customer 2", "D00000002", "P0000000201", "linden row 2"):
        assert [one.order for one in history.find(desk.store, desk.session.day.depot.id, text)][:1] == [again]


def test_a_wrong_entry_is_shown_as_corrected(desk: Desk):
    day_service.approve(desk.session, WHO, desk.at)
    desk.tell(1, FactKind.FAILED, reason=Reason.REFUSED)
    desk.tell(1, FactKind.DELIVERED)
    desk.tell(2, FactKind.FAILED, reason=Reason.ABSENT)
    desk.tell(2, FactKind.REOPENED, reason=Reason.CAME_BACK)
    desk.tell(2, FactKind.DELIVERED)
    one = [(e.title, e.corrected) for e in desk.history(1).events if e.line in (Line.FAILED, Line.DONE)]
    assert one == [("Not delivered: refused", True), ("Delivered", False)]
    two = [(e.title, e.corrected) for e in desk.history(2).events if e.line in (Line.FAILED, Line.DONE)]
    assert two == [("Not delivered: absent", False), ("Delivered", False)]  # the attempt was made


def test_troubles_of_a_route_are_lines_of_the_orders_that_stood_in_it_then(desk: Desk):
    day_service.approve(desk.session, WHO, desk.at)
    desk.time(8, 0)
    day_service.set_out(desk.session, [ONE, TWO], desk.said)
    desk.time(9, 0)
    dispatch.move(desk.session, [StopId(3)], TWO, 2)
    desk.time(9, 30)
    statuses.on_route(desk.session, ONE, FactKind.BROKEN_DOWN, desk.said, note="clutch")
    statuses.on_route(desk.session, TWO, FactKind.DELAYED, desk.said, value=11 * 3600)
    assert told(desk.history(3))[1:] == [
        "08:00 Ada Quill left the depot with Van 01",
        "09:00 From Ada Quill to Ben Rook, stop 3, ETA 08:40 → 09:20 (Move A3 to Ben Rook)",
        "09:30 Ben Rook is delayed, not before 11:00",
    ]
    assert told(desk.history(2))[-1] == "09:30 Van 01 of Ada Quill has broken down (clutch)"


def test_cash_pieces_calls_and_proofs_are_lines_too(desk: Desk):
    day_service.approve(desk.session, WHO, desk.at)
    desk.tell(1, FactKind.CALLED, note="You will be visited about 09:40.")
    desk.tell(1, FactKind.PARTIAL, pieces=1, reason=Reason.DAMAGED, order=OrderId(1))
    desk.tell(1, FactKind.PIECE_BACK, pieces=1, order=OrderId(1))
    desk.tell(1, FactKind.CASH_TAKEN, pieces=2450, order=OrderId(1))
    desk.saver.flush()
    proof = Proof(ONE, ProofKind.PHOTO, "box.jpg", "image/jpeg", OrderId(1), "the corner")
    desk.store.add_proof(desk.session.day.depot.id, factories.DAY, proof, b"picture", WHO, new_command())
    seen = desk.history(1)
    lines = {event.line: event for event in seen.events}
    assert (lines[Line.CALLED].title, lines[Line.CALLED].detail) == ("Phoned", "You will be visited about 09:40.")
    assert lines[Line.DONE].title == "Delivered in part: 1 of 1 pieces, damaged"
    assert [e.title for e in seen.events if e.line is Line.BACK] == [
        "Piece 1 is back in the depot",
        "Cash taken: 24.50",
    ]
    assert [(one.name, history.picture(desk.store, one.id)) for one in seen.proofs] == [("box.jpg", b"picture")]
    assert (lines[Line.PROOF].title, lines[Line.PROOF].detail) == ("Photo", "box.jpg, the corner")


# --- where it is ---


def test_where_it_is_before_the_vans_leave_and_on_the_road():
    session = DaySession(factories.small_day())
    assert _where(session.day, 2) == "Planned for Ada Quill, about 08:25"  # 08:00 + 10 + 5 + 10 min
    assert _where(session.day, 6) == "Unassigned on Mon 23 Nov: no driver has it"
    day_service.approve(session, WHO, dt.datetime(2026, 11, 23, 7, 0, tzinfo=ZONE))
    assert _where(session.day, 2) == "Ada Quill will be there about 08:25"
    day_service.set_out(session, [ONE], Said(WHO, 8 * 3600))
    seen = standing(session.day, session.day.orders[OrderId(2)])
    assert (seen.headline, seen.more) == ("Ada Quill is there about 08:25", ("stop 2 of 3, 1 stop before it",))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said(WHO, 8 * 3600 + 1800))
    seen = standing(session.day, session.day.orders[OrderId(2)])
    assert seen.more == ("stop 2 of 3, it is the next one", "planned 08:25")  # 08:30 + 10 min of driving
    statuses.status(session, StopId(2), FactKind.ARRIVED, Said(WHO, 8 * 3600 + 2400))
    assert _where(session.day, 2) == "Ada Quill is at the door since 08:40"
    statuses.status(session, StopId(2), FactKind.DELIVERED, Said(WHO, 8 * 3600 + 2520))
    seen = standing(session.day, session.day.orders[OrderId(2)])
    assert (seen.headline, seen.tone) == ("Delivered 08:42 by Ada Quill", Tone.GOOD)


def test_where_it_is_when_the_van_stands():
    session = DaySession(factories.small_day())
    day_service.approve(session, WHO, dt.datetime(2026, 11, 23, 7, 0, tzinfo=ZONE))
    statuses.on_route(session, ONE, FactKind.BROKEN_DOWN, Said(WHO, 9 * 3600))
    seen = standing(session.day, session.day.orders[OrderId(3)])
    assert (seen.headline, seen.tone) == ("Waits with Ada Quill: Van 01 has broken down", Tone.BAD)


def test_a_failed_order_without_a_decision_says_so():
    session = DaySession(factories.small_day())
    day_service.approve(session, WHO, dt.datetime(2026, 11, 23, 7, 0, tzinfo=ZONE))
    statuses.status(session, StopId(1), FactKind.FAILED, Said(WHO, 9 * 3600), reason=Reason.ABSENT)
    seen = standing(session.day, session.day.orders[OrderId(1)])
    assert (seen.headline, seen.more, seen.tone) == (
        "Not delivered: absent, 09:00",
        ("Nothing is decided yet",),
        Tone.BAD,
    )


def test_a_collection_is_collected():
    orders = [factories.order(1, kind=OrderKind.COLLECTION)]
    day = factories.small_day()
    session = DaySession(day.apply(PlanChange("", orders=(Swap(day.orders[OrderId(1)], orders[0]),))))
    day_service.approve(session, WHO, dt.datetime(2026, 11, 23, 7, 0, tzinfo=ZONE))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said(WHO, 9 * 3600))
    assert _where(session.day, 1) == "Collected 09:00 by Ada Quill"


def test_another_day_than_the_one_on_the_screen_is_read_from_the_store(desk: Desk):
    seen = desk.history(5, live=False)
    assert seen.standing.headline.startswith("Planned for Ben Rook, about ")
    assert seen.standing.more[0] == "stop 2 of 2, 1 stop before it"


def test_an_order_that_is_gone_has_no_page(desk: Desk):
    assert history.load(desk.store, OrderId(999)) is None


def _where(day: Day, order: int) -> str:
    return standing(day, day.orders[OrderId(order)]).headline
