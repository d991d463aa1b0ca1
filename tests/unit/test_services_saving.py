"""Changes become durable in order; what cannot be saved is kept and said."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.domain import edits
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import Driver, DriverId, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.services import dispatch
from dispatch_console.services.saving import SaveState, StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, assert_same, reopened, small_store

AT = dt.datetime(2026, 11, 23, 5, 52, tzinfo=dt.UTC)
ONE, TWO = ShiftId(1), ShiftId(2)


class Desk:
    """A session on the small day in a store file, and all that its saver reported."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.store: Store = open_store(file, busy_s=0.05)
        self.seen: list[SaveState] = []
        self.threads: set[str] = set()
        self.saver = StoreSaver(self.store, WHO, self._report, lambda: AT)
        self.session = DaySession(small_store(self.store), self.saver)

    def _report(self, state: SaveState) -> None:
        self.seen.append(state)
        self.threads.add(threading.current_thread().name)

    def stored(self) -> Day:
        day = self.session.day
        return reopened(self.store.load_day(day.depot.id, day.date), day)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "store.db")
    yield desk
    desk.store.close()


def test_a_change_is_pending_then_saved(desk: Desk) -> None:
    dispatch.move(desk.session, [StopId(6)], ONE, 0)
    desk.saver.flush()
    assert desk.seen == [SaveState(1), SaveState(0, AT)]
    assert all(name.startswith(("MainThread", "store")) for name in desk.threads)
    assert_same(desk.stored(), desk.session.day)


def test_everything_made_quickly_is_saved_in_order(desk: Desk) -> None:
    for i in range(30):
        dispatch.move(desk.session, [StopId(1)], (TWO, POOL, ONE)[i % 3], 0)
    desk.session.undo()
    desk.session.redo()
    desk.session.undo()
    desk.session.set_approval(Approval(DayState.APPROVED, "Ada", AT, {ONE: 1}))
    desk.saver.flush()
    assert desk.saver.state == SaveState(0, AT)
    assert_same(desk.stored(), desk.session.day)


def test_what_a_lock_keeps_out_is_kept_and_saved_later(desk: Desk) -> None:
    before = desk.stored()
    with closing(sqlite3.connect(desk.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        dispatch.set_locked(desk.session, ONE, True)
        with pytest.raises(UserError, match="Another program holds the store"):
            desk.saver.flush()
        assert desk.saver.state.pending == 1
        other.execute("ROLLBACK")
    assert_same(desk.stored(), before)
    dispatch.set_locked(desk.session, TWO, True)  # the next change takes the first one along
    desk.saver.flush()
    assert desk.saver.state == SaveState(0, AT)
    assert_same(desk.stored(), desk.session.day)


def test_what_somebody_was_faster_with_is_refused_and_what_follows_goes_on(desk: Desk) -> None:
    day = desk.session.day
    theirs = edits.move(day.plan, [StopId(1)], TWO, 0, "Their move")
    desk.store.save_change(theirs, day.depot.id, day.date, day.revision, "Ben", new_command())
    dispatch.move(desk.session, [StopId(1)], POOL, None)
    dispatch.move(desk.session, [StopId(1)], ONE, 0)
    with pytest.raises(StaleChange, match="Ben changed"):
        desk.saver.flush()
    mine = [one.command.what for one in desk.saver.state.refused]
    assert mine == desk.session.history.done
    assert desk.saver.state.pending == 0
    desk.session.replace_day(desk.stored())
    desk.saver.day_loaded()
    assert desk.session.day.plan.route(TWO).stops[0] == 1
    dispatch.move(desk.session, [StopId(2)], POOL, None)
    desk.saver.flush()
    assert_same(desk.stored(), desk.session.day)
    assert len(desk.saver.state.refused) == 2  # until somebody has looked at them
    desk.saver.forget_refused()
    assert desk.saver.state == SaveState(0, AT)


@pytest.mark.logs_warnings
def test_a_fault_of_ours_is_logged_and_said_and_holds_nothing_up(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = factories.shift(3, driver=Driver(DriverId(99), "Nobody Known"))
    desk.session.apply(PlanChange("Bad", shifts=(Swap(None, stranger),)))
    with pytest.raises(UserError, match="fault in the program"):
        desk.saver.flush()
    assert "FOREIGN KEY" in caplog.text
    assert [one.command.label for one in desk.saver.state.refused] == ["Bad"]
    desk.session.replace_day(desk.stored())
    desk.saver.day_loaded()
    dispatch.set_locked(desk.session, ONE, True)
    desk.saver.flush()
    assert_same(desk.stored(), desk.session.day)


def test_a_command_whose_answer_was_lost_is_not_done_twice(desk: Desk) -> None:
    """The commit went through, the connection broke before the answer: the retry must see it."""
    day = desk.session.day
    change = edits.set_locked(day.plan, ONE, True, "Lock")
    after = replace(day.apply(change))
    command = new_command()
    for _ in range(2):
        desk.store.save_change(change, day.depot.id, day.date, after.revision - 1, WHO, command)
    assert desk.store.load_day(day.depot.id, day.date).revision == after.revision
    assert sum(entry.what == "Lock" for entry in desk.store.audit()) == 1
