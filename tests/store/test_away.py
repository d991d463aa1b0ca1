"""A shared store that goes away: nothing is lost, nothing is done twice, and the order stays as it was."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from dispatch_console.domain import edits
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import StaleChange, StoreAway
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.outbox import open_outbox
from dispatch_console.store.store import Store, open_store
from tests.patience import PATIENCE_S
from tests.store import pg, proxy
from tests.store.filling import WHO, assert_same, reopened, small_store

AT = dt.datetime(2026, 11, 23, 9, 42, tzinfo=dt.UTC)
ONE, TWO = ShiftId(1), ShiftId(2)
_numbers = itertools.count(1)

#: psycopg warns of what it cannot end properly any more.
CUT = pytest.mark.logs_warnings


class Console:
    """One run of the program: a store, its outbox, and a session on the small day."""

    def __init__(self, url: str, folder: Path, day: Day | None = None) -> None:
        self.store: Store = open_store(url)
        outbox, told = open_outbox(self.store.url, folder)
        assert told == ""
        self.saver = StoreSaver(self.store, WHO, clock=lambda: AT, outbox=outbox)
        self.resumed = self.saver.resume()
        self.session = DaySession(day or small_store(self.store), self.saver)

    def stored(self) -> Day:
        day = self.session.day
        return reopened(self.store.load_day(day.depot.id, day.date), day)

    def labels(self) -> list[str]:
        return [entry.what for entry in self.store.audit(10_000)][::-1]

    def close(self) -> None:
        """A second time nothing."""
        self.store.close()
        self.saver.close()


Open = Callable[..., Console]


@pytest.fixture
def start(address: str, tmp_path: Path) -> Iterator[Open]:
    """Starts the program on that store; whatever a test leaves open is closed."""
    started: list[Console] = []

    def start(day: Day | None = None, url: str = address) -> Console:
        started.append(Console(url, tmp_path, day))
        return started[-1]

    yield start
    for console in started:
        console.close()


@pytest.fixture
def address(own_server: pg.Server) -> Iterator[str]:
    """Of a new database on a server that the test may stop."""
    name = f"away_{next(_numbers)}"
    yield pg.create_database(own_server.url, name)
    own_server.start_again()
    pg.drop_database(own_server.url, name)


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def _three_edits(session: DaySession) -> None:
    dispatch.move(session, [StopId(6)], ONE, 0)
    session.set_approval(Approval(DayState.APPROVED, "Ada", AT, {ONE: 1}))
    session.record(
        [Fact(StopId(1), ONE, FactKind.DELIVERED, 9 * 3600, recorded=9 * 3600 + 60, who="Ada")], 9 * 3600
    )


def test_edits_wait_while_it_is_away_and_are_sent_in_order(
    own_server: pg.Server, address: str, start: Open
) -> None:
    console = start()
    own_server.stop()
    _three_edits(console.session)
    with pytest.raises(StoreAway):
        console.saver.flush()
    state = console.saver.state
    assert (state.pending, state.away_since, state.saved_at) == (3, AT, None)
    assert console.saver.why_not_end(0.0) is None
    own_server.start()
    console.saver.retry().result(PATIENCE_S)
    assert console.saver.state._replace(trouble=None) == console.saver.state
    assert (console.saver.state.pending, console.saver.state.away_since) == (0, None)
    assert console.labels()[-3:] == ["Move A6 to Ada Quill", "Approval", "Stop 1 delivered"]
    assert_same(console.stored(), console.session.day)
    console.close()


def test_any_use_of_the_store_finds_that_it_is_back(own_server: pg.Server, address: str, start: Open) -> None:
    console = start()
    own_server.stop(crash=True)
    with pytest.raises(StoreAway):
        console.store.settings()
    assert console.saver.state.away_since == AT  # nothing waits, and it is known all the same
    dispatch.set_locked(console.session, ONE, True)
    own_server.start()
    console.store.settings()
    _wait(lambda: console.saver.state.pending == 0)
    assert_same(console.stored(), console.session.day)
    console.close()


def test_what_waits_is_sent_at_the_next_start(own_server: pg.Server, address: str, start: Open) -> None:
    console = start()
    own_server.stop()
    _three_edits(console.session)
    _wait(lambda: console.saver.kept)
    console.close()
    own_server.start()
    again = start(console.session.day)
    assert again.resumed == 3
    again.saver.flush(PATIENCE_S)
    assert again.labels()[-3:] == ["Move A6 to Ada Quill", "Approval", "Stop 1 delivered"]
    assert_same(again.stored(), console.session.day)
    again.close()
    third = start(console.session.day)
    assert third.resumed == 0
    third.close()


def test_edits_that_others_were_faster_with_are_kept_to_be_looked_at(
    own_server: pg.Server, address: str, start: Open
) -> None:
    console = start()
    day = console.session.day
    own_server.stop()
    dispatch.move(console.session, [StopId(1)], POOL, None)
    _wait(lambda: console.saver.kept)
    console.close()
    own_server.start()
    other = open_store(address)
    theirs = edits.move(day.plan, [StopId(1)], TWO, 0, "Their move")
    other.save_change(theirs, day.depot.id, day.date, day.revision, "Ben", new_command())
    other.close()
    for _ in range(2):  # told at every start until somebody has looked at it
        again = start(day)
        if again.resumed:
            with pytest.raises(StaleChange, match="Ben changed"):
                again.saver.flush(PATIENCE_S)
        (refused,) = again.saver.state.refused
        assert refused.command.what == console.session.history.done[0]
        assert "Ben" in refused.why
        assert StopId(1) in again.stored().plan.route(TWO).stops
        again.close()
    last = start(day)
    last.saver.forget_refused()
    last.close()
    empty = start(day)
    assert empty.saver.state.refused == ()
    empty.close()


def _is_commit(part: bytes) -> bool:
    return b"COMMIT" in part


@CUT
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_commit_whose_connection_is_cut_is_done_once(
    own_server: pg.Server, address: str, start: Open, moment: str
) -> None:
    url = make_url(address)
    with proxy.before(url.port or 0) as between:
        cut_off = url.set(port=between.port).render_as_string(hide_password=False)
        console = start(url=cut_off)
        once = iter([True])
        setattr(between, moment, lambda part: _is_commit(part) and next(once, False))
        dispatch.set_locked(console.session, ONE, True)
        _wait(lambda: between.cuts == 1)
        console.saver.retry().result(PATIENCE_S)
        console.saver.flush(PATIENCE_S)
        assert console.labels().count("Lock Ada Quill") == 1
        assert_same(console.stored(), console.session.day)
        console.close()


@CUT
def test_cuts_at_any_moment_lose_and_double_nothing(own_server: pg.Server, address: str, start: Open) -> None:
    url, chance = make_url(address), random.Random(6)
    with proxy.before(url.port or 0) as between:
        console = start(url=url.set(port=between.port).render_as_string(hide_password=False))
        between.before = lambda _: chance.random() < 0.02
        between.after = lambda _: chance.random() < 0.02
        for i in range(60):
            dispatch.move(console.session, [StopId(1)], (TWO, POOL, ONE)[i % 3], 0)
        _wait(lambda: console.saver.retry().result(PATIENCE_S) is None and console.saver.state.pending == 0)
        assert between.cuts > 3
        between.before = between.after = lambda _: False
        moves = [label for label in console.labels() if label.startswith(("Move", "Unassign"))]
        assert moves == [change.label for change in console.session.history.done]
        assert console.saver.state.refused == ()
        assert_same(console.stored(), console.session.day)
        console.close()
