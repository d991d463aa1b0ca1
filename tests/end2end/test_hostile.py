"""The whole program on a day whose every word is hostile: whatever it shows, nothing is run, loaded or drawn."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.services import dispatch, fleet
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from dispatch_console.ui.models import tooltips
from dispatch_console.ui.plain import problem
from tests import hostile, hostile_day
from tests.end2end.windows import Open
from tests.hostile import Ear

WHO = "<img src=x> Kim"
#: Pages, panels and popups by what opens them; each is looked at, then Esc.
OPENING = [
    "orders.why", "board.choice", "map.focus", "roads.show", "incidents.focus", "incidents.next", "calls.open",
    "order.history", "print.open", "carryover.open", "fleet.open", "debrief.open", "plan.selected", "view.palette",
    "program.keys", "program.settings", "settings.apart", "trial.new", "places.open", "day.check", "phone.open",
    "order.new", "order.edit", "orders.group_town", "orders.group_driver", "orders.group_state",
]  # fmt: skip


@pytest.fixture
def ear() -> Iterator[Ear]:
    with hostile.ear() as listening:
        yield listening


@pytest.fixture
def texts(ear: Ear, tmp_path: Path) -> list[str]:
    return hostile.texts(ear.url, hostile.picture(tmp_path))


@pytest.fixture
def program(open_program: Open, texts: list[str], ear: Ear) -> app.Program:
    return open_program(fill=partial(_fill, texts))


def _fill(texts: list[str], store: Store) -> dt.date:
    depot = fleet.save_depot(store, None, hostile_day.depot(texts[0]), WHO)
    orders, shifts = hostile_day.orders(texts), hostile_day.shifts(texts)
    for kind in ("order", "stop"):
        store.new_ids(kind, len(orders))
    store.new_ids("shift", len(shifts))
    for one in shifts:
        fleet.save_driver(store, depot.id, None, one.driver, WHO)
        fleet.save_vehicle(store, depot.id, None, one.vehicle, WHO)
    routes = hostile_day.routes(orders, shifts)
    arrival = PlanChange(
        "<img src=x> Set up",
        tuple(Swap(Route(id), Route(id, stops)) for id, stops in routes.items()),
        tuple(Swap(None, one) for one in orders),
        tuple(Swap(None, one) for one in shifts),
    )
    store.save_change(arrival, depot.id, hostile_day.DAY, 0, WHO, new_command())
    return hostile_day.DAY


def test_all_that_opens(program: app.Program, ear: Ear, qtbot: QtBot) -> None:
    desk = program.desk
    for id in OPENING:
        desk.select([StopId(2)], StopId(2))
        assert desk.actions[id].why_not() is None, id
        program.window.run_id(id)
        qtbot.wait(50)
        _unharmed(program, ear)
        for top in _tops():
            if top is not program.window:
                top.close()


def test_all_that_is_said(program: app.Program, ear: Ear, texts: list[str]) -> None:
    """A sentence of an error may quote the file; what is undone names the customer."""
    bar = program.window.status
    for text in texts:
        program.desk.message.emit(text, "error")
        program.window.toolbar.undo.show_step(text)
        _unharmed(program, ear, bar)
    box = problem("Dispatch Console", texts[8])
    box.show()
    _unharmed(program, ear, box)
    box.close()


def test_tooltips_of_stops_and_drivers(program: app.Program) -> None:
    day = program.desk.day
    told = {tooltips.of_route(day, id) for id in day.shifts}
    for id in day.stops:
        if day.plan.where[id] != POOL:
            told |= {tooltips.of_stop(day, id, dispatch.offers(day, id)), tooltips.of_planned(day, id)}
        else:
            offers, reasons = dispatch.offers(day, id), dispatch.reasons(day, id)
            told |= {tooltips.of_stop(day, id, offers, reasons), tooltips.of_whys(day, offers, reasons)}
        told.add(tooltips.of_customer(day, id))
    assert len(told) > 2 * len(day.stops)
    assert [tip for tip in told if _draws(tip, program.window)] == []


def test_an_import_page(program: app.Program, ear: Ear, qtbot: QtBot, texts: list[str], tmp_path: Path) -> None:
    """The name of the file, its heads, its rows, what is wrong with them and why, and the orders it brings."""
    file = tmp_path / "<b>orders<img src=x>.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["order", "name", "street", "town", "lat", "lon", "date", "note", *texts[:12]])
        for n, text in enumerate(texts):
            wrong = text if n % 2 else f"47.{n + 10}"
            rows.writerow([f"{n} {text}", text, text, text, wrong, "9.5", hostile_day.DAY, text, *texts[:12]])
    page = program.parts.import_page()
    with qtbot.waitSignal(page.work.drawn):
        program.parts.open_files([file])
    _unharmed(program, ear)
    with qtbot.waitSignal(page.work.imported):
        page.take()
    _unharmed(program, ear)


def _tops() -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if top.isVisible() and not top.inherits("QTipLabel")]


def _unharmed(program: app.Program, ear: Ear, *looked_at: QWidget) -> None:
    """Nothing was loaded; neither the windows nor any of their tooltips show the picture."""
    tops = looked_at or _tops()
    for top in tops:
        assert not hostile.shows_picture(top.grab().toImage()), type(top).__name__
    widgets = [widget for top in tops for widget in (top, *top.findChildren(QWidget))]
    tips = {tip for widget in widgets for tip in (widget.toolTip(), *_told(widget))}
    assert [tip for tip in tips if _draws(tip, program.window)] == []
    assert not ear.heard


def _draws(tip: str, over: QWidget) -> bool:
    """Whether a tooltip shows the picture that its text names."""
    if not QtGui.Qt.mightBeRichText(tip):
        return False
    QToolTip.showText(QPoint(5, 5), tip, over)
    labels = [top for top in QApplication.topLevelWidgets() if top.inherits("QTipLabel") and top.isVisible()]
    assert len(labels) == 1
    return hostile.shows_picture(labels[0].grab().toImage())


def _told(widget: QWidget) -> Iterator[str]:
    if not isinstance(widget, QAbstractItemView) or widget.model() is None:
        return
    model: QAbstractItemModel = widget.model()
    for row in range(model.rowCount(QModelIndex())):
        index = model.index(row, 0)
        while index.isValid():
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            index = index.siblingAtColumn(index.column() + 1)
