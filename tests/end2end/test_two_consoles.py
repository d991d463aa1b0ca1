"""Two consoles on one PostgreSQL: the whole program in this process, and a colleague's session beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import days, dispatch, following, sample
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import open_store
from dispatch_console.ui.shell.away import AwayStrip
from tests.end2end.windows import Open
from tests.patience import PATIENCE_S
from tests.store import pg


class Berta:
    """A colleague, without a window."""

    def __init__(self, url: str) -> None:
        self.store = open_store(url)
        self.depot, self.date = sample.ensure(self.store), sample.day()
        self.saver = StoreSaver(self.store, "Berta Moos")
        self.session = DaySession(days.open_day(self.store, self.depot.id, self.date), self.saver)

    def follow(self) -> None:
        self.saver.flush(PATIENCE_S)
        following.follow(self.session, self.store.news(self.depot.id, self.date, self.session.day.seen))

    def is_at(self, route: ShiftId) -> None:
        self.store.say_here("Berta Moos", self.depot.id, self.date, route)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with pg.server(pg.needed()) as server:
        yield pg.create_database(server, "depot")


@pytest.fixture
def berta(url: str) -> Iterator[Berta]:
    berta = Berta(url)
    yield berta
    berta.store.say_gone()
    berta.store.close()


@pytest.fixture
def program(berta: Berta, url: str, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[app.Program]:
    opened = Open(tmp_path, qapp, qtbot, url)
    yield opened(fill=lambda _store: berta.date)
    opened.end()


def test_each_sees_what_the_other_does_and_where_he_is(program: app.Program, berta: Berta, qtbot: QtBot) -> None:
    said: list[str] = []
    program.desk.message.connect(lambda text, _kind: said.append(text))
    program.others.start()
    route = next(route for route in berta.session.day.routes if len(route.stops) > 3)
    stop, other = route.stops[-1], next(id for id in berta.session.day.shifts if id != route.id)

    dispatch.move(berta.session, [stop], other, None)
    label = berta.session.history.done[-1].label
    qtbot.waitUntil(lambda: program.desk.day.plan.where[stop] == other)
    assert said[-1] == f"Berta Moos: {label}"
    assert not program.session.history.done

    berta.is_at(other)
    qtbot.waitUntil(lambda: program.desk.editors(other) == ["Berta Moos"])
    assert "with Berta Moos" in list(program.window.status.texts())
    driver = program.desk.driver(other)
    assert f"Berta Moos: at {driver}'s route" in program.window.status.colleagues.toolTip()

    program.desk.select([route.stops[0]], route.stops[0])
    qtbot.waitUntil(lambda: [one.route for one in berta.store.colleagues()] == [route.id])
    dispatch.set_locked(program.session, route.id, True)
    program.saver.flush(PATIENCE_S)
    berta.follow()
    assert berta.session.day.plan.route(route.id).locked
    with pytest.raises(StaleChange, match="has built on it since"):
        dispatch.move(program.session, [stop], route.id, 0)
        program.saver.flush(PATIENCE_S)
        berta.follow()
        berta.session.undo()


def test_who_has_gone_is_seen_no_more(program: app.Program, berta: Berta, qtbot: QtBot) -> None:
    program.others.start()
    berta.is_at(ShiftId(0))
    qtbot.waitUntil(lambda: len(program.desk.colleagues) == 1)
    berta.store.say_gone()
    qtbot.waitUntil(lambda: not program.desk.colleagues)
    assert "with Berta Moos" not in list(program.window.status.texts())


def test_an_edit_that_came_second_is_told_and_done_again(
    program: app.Program, berta: Berta, qtbot: QtBot, tmp_path: Path
) -> None:
    route = next(route for route in berta.session.day.routes if len(route.stops) > 3)
    other = next(id for id in berta.session.day.shifts if id != route.id)
    dispatch.move(berta.session, [route.stops[-1]], other, None)
    berta.saver.flush(PATIENCE_S)

    dispatch.move(program.session, [route.stops[0]], other, 0)  # nothing was heard of Berta's yet
    strip = program.window.findChild(AwayStrip)
    assert strip is not None
    qtbot.waitUntil(lambda: strip.isVisible() and program.saver.state.refusal is None)
    assert "Berta Moos changed this in the meantime" in strip.lines.texts[0]
    assert program.desk.day.plan.where[route.stops[0]] == route.id
    assert program.desk.day.plan.where[route.stops[-1]] == other

    qtbot.waitUntil(lambda: program.desk.actions["store.again"].why_not() is None)
    assert program.desk.run("store.again")
    qtbot.waitUntil(strip.isHidden)
    program.saver.flush(PATIENCE_S)
    berta.follow()
    assert berta.session.day.plan.where[route.stops[0]] == other
    assert berta.session.day.plan.where[route.stops[-1]] == other
