"""A whole morning in the real program, in this process: import, shifts, plan, drag, approve, print, close, open."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app, resources
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import days, sample
from dispatch_console.store.store import open_store
from dispatch_console.ui.models import mime
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.theme import apply
from tests.end2end.desktop import card

Open = Callable[[], app.Program]


@pytest.fixture
def open_program(tmp_path: Path, qapp: QApplication, qtbot: QtBot, hooks: None) -> Iterator[Open]:
    """Opens the console on the same store and settings as before."""
    apply.set_up(qapp, False)
    opened: list[app.Program] = []

    def open_() -> app.Program:
        memory = Memory(tmp_path / "window.ini")
        memory.theme = "light"
        arguments = argparse.Namespace(command=None, store=None, demo=False, day=sample.day())
        program = app.Program(qapp, open_store(tmp_path / "morning.db"), memory, arguments)
        opened.append(program)
        with qtbot.waitSignal(program.parts.map.view.shown):
            program.window.resize(1920, 1048)
            program.window.show()
        qtbot.waitUntil(lambda: "order.new" in program.desk.actions)
        return program

    yield open_
    for program in opened:
        program.end()


def _fill(file: Path) -> None:
    """The sample depot with its fleet, its orders and a draft plan."""
    store = open_store(file)
    try:
        sample.ensure(store)
    finally:
        store.close()


def test_a_morning(open_program: Open, tmp_path: Path, qtbot: QtBot) -> None:
    _fill(tmp_path / "morning.db")
    program = open_program()
    window, desk = program.window, program.desk

    # The next day is empty, this one is there again when we come back.
    window.run_id("day.next")
    qtbot.waitUntil(lambda: desk.day.date.isoformat() == "2026-11-24")
    assert (len(desk.day.orders), len(desk.day.shifts)) == (0, 0)
    window.run_id("day.previous")
    qtbot.waitUntil(lambda: desk.day.date == sample.day())

    # An order file comes in by the import page: all of it known, one order new.
    file = tmp_path / "late.csv"
    lines = resources.path("sample", "orders.csv").read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0], lines[1].replace("4103", "9901", 1)]) + "\n", encoding="utf-8")
    page = program.parts.import_page()
    with qtbot.waitSignal(page.work.drawn):
        program.parts.open_files([file])
    assert window.page == "import"
    before = len(desk.day.orders)
    with qtbot.waitSignal(page.work.imported):
        page.take()
    qtbot.waitUntil(lambda: window.page == "main")
    assert len(desk.day.orders) == before + 1

    # The search finds a plan; it is looked at and taken.
    panel = program.parts.optimising.plan
    window.run_id("plan.seconds_10")
    panel.optimise("all", 2)
    assert panel.isVisible()
    qtbot.waitUntil(lambda: panel.result is not None)
    unplanned = len(desk.day.unassigned)
    window.run_id("plan.accept")
    assert len(desk.day.unassigned) <= unplanned
    assert not panel.isVisible()

    # One stop goes to driver 4 by hand, and back, and there again.
    first, fourth = desk.day.routes[0], desk.day.routes[3]
    moved = first.stops[0]
    _drop_on_board(program, [moved], lane=3, row=2)
    assert desk.day.plan.where[moved] == fourth.id
    window.run_id("edit.undo")
    assert desk.day.plan.route(first.id) == first
    window.run_id("edit.redo")
    assert desk.day.plan.where[moved] == fourth.id

    # Approved, printed to a folder: from then on the approval stands.
    window.run_id("day.approve")
    folder = tmp_path / "sheets"
    folder.mkdir()
    sheets = program.parts.print_page()
    window.show_page("print")
    sheets.ask_folder = lambda _parent: str(folder)
    with qtbot.waitSignal(sheets.runs.ended):
        sheets.save_to_folder()
    made = sorted(folder.rglob("*.pdf"))
    driven = [route for route in desk.day.routes if route.stops]
    assert len(made) == len(driven)
    document = QPdfDocument()
    assert document.load(str(made[0])) is QPdfDocument.Error.None_
    assert document.pageCount() >= 2
    document.close()
    assert desk.day.approval.state is DayState.APPROVED
    assert set(desk.day.approval.printed) == {route.id for route in driven}
    assert window.commands.why_not_toggle() is not None

    # Closed and opened again it is all there.
    assert window.close()
    left = desk.day
    program.end()
    again = _stored(tmp_path / "morning.db", left)
    assert again.plan.routes == {id: route for id, route in left.plan.routes.items() if route.stops or id == POOL}
    assert again.approval.printed == left.approval.printed
    assert len(again.orders) == before + 1


def _drop_on_board(program: app.Program, stops: list[StopId], lane: int, row: int) -> None:
    """Drop stops on the board as a drag from elsewhere does."""
    program.window.show_main()
    view = program.parts.board.view
    at = view.viewport().mapFrom(program.window, QPoint(*card(lane, row)))
    data = mime.packed(stops)
    words = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent, QDragMoveEvent, QDropEvent):
        QApplication.sendEvent(view.viewport(), event(QPointF(at), *words))


def _stored(file: Path, like: Day) -> Day:
    store = open_store(file)
    try:
        return days.open_day(store, like.depot.id, like.date)
    finally:
        store.close()
