"""The whole program on a shared store whose server stops and comes back."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from dispatch_console import app
from dispatch_console.domain.errors import UserError
from dispatch_console.services import dispatch, sample
from dispatch_console.store import location
from dispatch_console.store.store import open_store
from dispatch_console.ui.shell.away import AwayStrip
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.theme import apply
from tests.patience import PATIENCE_S, PatientBot
from tests.store import pg

_numbers = itertools.count(1)

Start = Callable[[], app.Program]


@pytest.fixture(scope="module")
def server() -> Iterator[pg.Server]:
    with pg.running(pg.needed()) as server:
        yield server


@pytest.fixture
def address(server: pg.Server) -> Iterator[str]:
    server.start_again()
    url = pg.create_database(server.url, f"depot_{next(_numbers)}")
    store = open_store(url)
    sample.ensure(store)
    store.close()
    yield url
    server.start_again()


@pytest.fixture
def start(
    address: str, tmp_path: Path, qapp: QApplication, qtbot: PatientBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Starts the program on that store, ends the one before."""
    monkeypatch.setattr(location, "default_folder", lambda: tmp_path / "data")
    apply.set_up(qapp, False)
    started: list[app.Program] = []

    def start() -> app.Program:
        arguments = argparse.Namespace(command=None, store=None, demo=False, day=sample.day())
        program = app.Program(qapp, open_store(address), Memory(tmp_path / "window.ini"), arguments)
        started.append(program)
        with qtbot.waitExposed(program.window):
            program.window.resize(1920, 1048)
            program.window.show()
        return program

    yield start
    for program in started:
        program.end()


def _strip(program: app.Program) -> AwayStrip:
    (strip,) = program.window.findChildren(AwayStrip)
    return strip


def _words(program: app.Program) -> str:
    return " ".join(label.text() for label in _strip(program).findChildren(QLabel))


def _edit(program: app.Program, n: int) -> list[str]:
    """So many edits, as a dispatcher makes them; what they are called."""
    session = program.session
    for route in list(session.day.shifts)[:n]:
        dispatch.set_locked(session, route, not session.day.plan.route(route).locked)
    return [change.label for change in session.history.done][-n:]


def _saved(address: str) -> list[str]:
    """What the store knows of, oldest first."""
    store = open_store(address)
    try:
        return [entry.what for entry in reversed(store.audit())]
    finally:
        store.close()


def test_three_edits_wait_and_are_sent_in_order(
    server: pg.Server, address: str, start: Start, qtbot: PatientBot
) -> None:
    program = start()
    assert _strip(program).isHidden()
    server.stop()
    made = _edit(program, 3)
    qtbot.waitUntil(lambda: "3 edits wait here" in _words(program) and _strip(program).isVisible())
    assert "3 edits wait" in list(program.window.status.texts())
    server.start()
    qtbot.waitUntil(_strip(program).isHidden)  # tried again by itself
    qtbot.waitUntil(lambda: any(text.startswith("saved") for text in program.window.status.texts()))
    assert _saved(address)[-3:] == made


def test_the_window_closes_while_it_is_away_and_the_next_start_sends(
    server: pg.Server, address: str, start: Start, qtbot: PatientBot
) -> None:
    program = start()
    server.stop(crash=True)
    made = _edit(program, 2)
    qtbot.waitUntil(_strip(program).isVisible)
    assert program.window.close()  # no question: nothing would be lost
    program.end()
    server.start()
    again = start()
    assert _saved(address)[-2:] == made
    locked = [id for id in list(again.session.day.shifts)[:2] if again.session.day.plan.route(id).locked]
    assert len(locked) == 2
    assert _strip(again).isHidden()


def test_what_asks_the_store_meanwhile_is_answered_in_a_sentence(
    server: pg.Server, start: Start, qtbot: PatientBot
) -> None:
    program = start()
    heard: list[str] = []
    program.desk.message.connect(lambda text, _kind: heard.append(text))
    server.stop()
    program.book.learn()  # finds out
    qtbot.waitUntil(_strip(program).isVisible)
    heard.clear()
    program.window.run_id("day.next")
    assert heard == ["Another day can be opened as soon as the shared store can be reached again."]
    heard.clear()
    program.window.run_id("fleet.open")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].startswith("The shared store cannot be reached.")
    program.window.show_main()
    heard.clear()
    found = program.parts.past.find("lind")
    with pytest.raises(UserError, match="cannot be reached"):
        found.result(PATIENCE_S)
