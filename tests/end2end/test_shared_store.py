"""The real program on a shared store, as logins of each role: who may only look is told so, and changes nothing."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.geocoding import addresses
from dispatch_console.services import access, sample
from dispatch_console.services.access import Role
from dispatch_console.store.base import new_command
from dispatch_console.store.store import open_store
from dispatch_console.ui.models import mime
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.theme import apply
from tests.end2end.desktop import card
from tests.store import pg


class Depot(NamedTuple):
    """`superuser`: the address with all rights; `of`: that of a login."""

    superuser: str

    def of(self, login: str) -> str:
        return self.superuser.replace("postgres@", f"{login}@")

    def done(self) -> int:
        """How many commands the store has seen."""
        with psycopg.connect(self.superuser) as connection:
            return (connection.execute("SELECT count(*) FROM audit").fetchone() or (0,))[0]


@pytest.fixture(scope="module")
def depot() -> Iterator[Depot]:
    with pg.running(pg.needed()) as server:
        made = Depot(pg.create_database(server.url, "depot"))
        access.initialise(made.superuser)
        for login, role in (("vera", Role.VIEWER), ("dirk", Role.DISPATCHER)):
            access.grant(made.superuser, login, role, create=True)
        store = open_store(made.of("dirk"))
        sample.ensure(store)
        store.close()
        yield made


@pytest.fixture
def program(
    depot: Depot, request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication, qtbot: QtBot, hooks: None
) -> Iterator[app.Program]:
    """The window of the login that the test names."""
    apply.set_up(qapp, False)
    arguments = argparse.Namespace(command=None, store=None, demo=False, day=sample.day())
    made = app.Program(qapp, open_store(depot.of(request.param)), Memory(tmp_path / "window.ini"), arguments)
    with qtbot.waitSignal(made.parts.map.view.shown):
        made.window.resize(1920, 1048)
        made.window.show()
    qtbot.waitUntil(lambda: "order.new" in made.desk.actions)
    yield made
    made.end()


@pytest.mark.parametrize("program", ["vera"], indirect=True)
def test_a_viewers_window_shows_the_day_and_refuses_every_edit(program: app.Program, depot: Depot) -> None:
    desk, window, before = program.desk, program.window, depot.done()
    told: list[str] = []
    desk.message.connect(lambda text, _kind: told.append(text))
    assert len(desk.day.orders) > 100
    assert "viewing only" in list(window.status.texts())
    day = desk.day
    _drop_on_board(program, 3)
    assert desk.day.plan is day.plan
    assert told[-1].startswith("Your login may look at this store and change nothing.")
    for id in ("day.approve", "plan.all", "order.new", "board.lock", "print.open", "debrief.open"):
        told.clear()
        window.run_id(id)
        assert told == [desk.session.viewing], id
    assert window.commands.why_not_toggle() == desk.session.viewing
    assert desk.day.plan is day.plan
    assert depot.done() == before


@pytest.mark.parametrize("program", ["vera"], indirect=True)
def test_a_viewer_may_try_things_on_a_copy(program: app.Program, depot: Depot) -> None:
    desk, window, before = program.desk, program.window, depot.done()
    real = desk.day
    window.run_id("trial.new")
    _drop_on_board(program, 3)
    assert desk.day.plan is not real.plan
    assert "trial A, not saved" in list(window.status.texts())
    window.run_id("trial.take")
    assert desk.session.real.plan is real.plan
    window.run_id("trial.drop")
    assert desk.day.plan is real.plan
    assert "viewing only" in list(window.status.texts())
    assert depot.done() == before


@pytest.mark.parametrize("program", ["dirk"], indirect=True)
def test_a_dispatchers_window_works_as_on_a_file(program: app.Program, depot: Depot, qtbot: QtBot) -> None:
    before = depot.done()
    assert not program.session.viewing
    plan = program.desk.day.plan
    _drop_on_board(program, 3)
    assert program.desk.day.plan is not plan
    qtbot.waitUntil(lambda: depot.done() == before + 1)


@pytest.mark.parametrize("program", ["dirk"], indirect=True)
def test_whose_customers_are_erased_meanwhile_that_day_is_shown_anew(
    program: app.Program, depot: Depot, qtbot: QtBot
) -> None:
    """Last, as nobody of the depot is known after it."""
    before = depot.done()
    program.others.start()
    _drop_on_board(program, 3)
    qtbot.waitUntil(lambda: depot.done() == before + 1)
    assert program.session.history.done
    admin = open_store(depot.superuser)
    try:
        admin.erase_before(sample.day() + dt.timedelta(days=1), addresses.key, "Admin", new_command())
    finally:
        admin.close()
    qtbot.waitUntil(lambda: {order.recipient for order in program.desk.day.orders.values()} == {"erased"})
    assert not program.session.history.done, "an undo would bring their names back"


def _drop_on_board(program: app.Program, lane: int) -> None:
    """The first stop of the first lane, onto another, as a drag from elsewhere does."""
    program.window.show_main()
    view = program.parts.board.view
    at = view.viewport().mapFrom(program.window, QPoint(*card(lane, 2)))
    data = mime.packed([program.desk.day.routes[0].stops[0]])
    words = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent, QDragMoveEvent, QDropEvent):
        QApplication.sendEvent(view.viewport(), event(QPointF(at), *words))
