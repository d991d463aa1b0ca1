"""One route through its day: every command that touched it, with arrivals, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.edits import Pin
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import day as day_service
from dispatch_console.services import dispatch, statuses
from dispatch_console.services.order_history import route as history
from dispatch_console.services.order_history.route import RouteHistory
from tests import factories
from tests.unit.test_order_history import ONE, TWO, ZONE, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "store.db")
    yield desk
    desk.saver.flush()
    desk.store.close()


def seen(desk: Desk, route: int) -> RouteHistory:
    desk.saver.flush()
    found = history.load(desk.store, factories.DEPOT.id, factories.DAY, route)
    assert found is not None
    return found


def told(found: RouteHistory) -> list[str]:
    """`07:42 Move A2 to Ben Rook (A2 from Ada Quill, ETA 08:25 → 08:20)`, without the day's beginning."""
    return [
        f"{event.at.astimezone(ZONE):%H:%M} {event.title}" + (f" ({event.detail})" if event.detail else "")
        for event in found.events
        if event.title != "Start"
    ]


def test_what_came_from_whom_and_when_it_is_there(desk: Desk) -> None:
    # A2 is Ada's second: 08:10 + 5 + 10 = 08:25. Ben is there after 20 min, and at A3 5 + 10 min later.
    desk.time(7, 42)
    dispatch.move(desk.session, [StopId(2)], TWO, 0)
    desk.time(7, 44)
    dispatch.move(desk.session, [StopId(6)], TWO, 0)
    assert told(seen(desk, TWO)) == [
        "07:44 Move A6 to Ben Rook (A6 from the pool, ETA 09:00)",
        "07:42 Move A2 to Ben Rook (A2 from Ada Quill, ETA 08:25 → 08:20)",
    ]
    assert told(seen(desk, ONE)) == ["07:42 Move A2 to Ben Rook (A2 to Ben Rook, ETA 08:25 → 08:20)"]


def test_undone_reversed_locked_and_pinned_are_told(desk: Desk) -> None:
    desk.time(7, 1)
    dispatch.unassign(desk.session, [StopId(2)])
    desk.time(7, 2)
    desk.session.undo()
    desk.time(7, 3)
    dispatch.reverse(desk.session, ONE)  # 3 2 1: 08:30, 08:45, 09:00 instead of 08:40, 08:25, 08:10
    desk.time(7, 4)
    dispatch.set_locked(desk.session, ONE, True)
    desk.time(7, 5)
    dispatch.set_pin(desk.session, [StopId(1)], Pin.DRIVER)
    desk.time(7, 6)
    dispatch.set_absent(desk.session, ONE, True)
    assert told(seen(desk, ONE)) == [
        "07:06 Ada Quill absent (the shift)",
        "07:05 Pin to driver: A1 (pins)",
        "07:04 Lock Ada Quill (locked)",
        "07:03 Reverse Ada Quill (A3, ETA 08:40 → 08:30; A1, ETA 08:10 → 09:00)",
        "07:02 Undone: Unassign A2 (A2 from the pool, ETA 08:25)",
        "07:01 Unassign A2 (A2 to the pool)",
    ]
    assert told(seen(desk, TWO)) == []


def test_many_stops_are_counted(desk: Desk) -> None:
    dispatch.unassign(desk.session, [StopId(1), StopId(2), StopId(3)])
    dispatch.move(desk.session, [StopId(k) for k in (1, 2, 3, 6)], TWO, 0)
    dispatch.unassign(desk.session, [StopId(k) for k in (1, 2, 3, 4, 5)])
    newest = seen(desk, TWO).events[0]
    assert newest.detail == "A1 to the pool; A2 to the pool; A3 to the pool; 2 more"


def test_the_day_and_what_was_phoned_in_belong_to_it(desk: Desk) -> None:
    desk.time(7, 30)
    day_service.approve(desk.session, "Mara", desk.at)
    desk.time(8, 0)
    day_service.set_out(desk.session, [ONE], desk.said)
    desk.time(8, 12)
    desk.tell(1, FactKind.FAILED, reason=Reason.ABSENT, note="dog")
    statuses.on_route(desk.session, ONE, FactKind.BROKEN_DOWN, desk.said, note="clutch")
    assert told(seen(desk, ONE))[-4:] == [
        "08:12 Van 01 of Ada Quill has broken down (clutch)",
        "08:12 A1 failed: absent (dog)",
        "08:00 Ada Quill left the depot with Van 01",
        "07:30 Plan approved",
    ]


def test_who_did_something_is_named_and_a_day_never_saved_has_no_history(desk: Desk) -> None:
    dispatch.unassign(desk.session, [StopId(1)])
    assert seen(desk, ONE).people == ("Test",)
    assert seen(desk, ONE).driver == "Ada Quill"
    other = factories.DAY + dt.timedelta(days=40)
    assert history.load(desk.store, factories.DEPOT.id, other, POOL) is None
