"""The window on a small day, in the sizes of the drawings. The map has tests of its own and a stand-in here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day
from dispatch_console.services import day as days
from dispatch_console.services.planning import Planner
from dispatch_console.services.session import DaySession
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents.pane import IncidentsPane
from dispatch_console.ui.map import register_scheme
from dispatch_console.ui.orders.pane import OrdersPane
from dispatch_console.ui.shell.hooks import Hooks
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.theme import apply, look
from dispatch_console.ui.timeline.pane import TimelinePane
from dispatch_console.ui.widgets import EmptyState, PaneHead
from tests.factories import small_day

register_scheme()  # before any test makes the QApplication

#: What the clock shows in all these tests: 06:52 in the depot.
MORNING = dt.datetime(2026, 11, 23, 5, 52, tzinfo=dt.UTC)

OpenWindow = Callable[..., MainWindow]


class MapStandIn(QWidget):
    """A head, and nothing below."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PaneHead("Map"))
        column.addWidget(EmptyState("ph.map-pin", "Map", "Not in this test."), 1)


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> QApplication:
    """The application with our fonts, palette and style sheet, light."""
    apply.set_up(qapp, False)
    return qapp


@pytest.fixture(scope="module")
def browser(qapp: QApplication) -> Iterator[QWebEnginePage]:
    """A page that runs scripts, to measure with; sheets themselves are printed without."""
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    yield page
    shiboken6.delete(page)
    shiboken6.delete(profile)


@pytest.fixture(scope="module")
def planner() -> Iterator[Planner]:
    """With a real worker."""
    planner = Planner()
    yield planner
    planner.close()


@pytest.fixture
def open_window(qtbot: QtBot, themed: QApplication) -> Iterator[OpenWindow]:
    """Opens the window: `open_window(day, size=(1920, 1048), memory=…, **hooks)`."""
    opened: list[MainWindow] = []

    def open_(
        day: Day | None = None,
        size: tuple[int, int] = (1920, 1048),
        memory: Memory | None = None,
        **hooks: object,
    ) -> MainWindow:
        desk = Desk(DaySession(day or small_day()))
        desk.clock = lambda: MORNING
        panes: dict[str, QWidget] = {
            "orders": OrdersPane(desk),
            "board": BoardPane(desk),
            "map": MapStandIn(),
            "timeline": TimelinePane(desk),
            "incidents": IncidentsPane(desk),
        }
        usual = Hooks(
            approve=lambda: days.approve(desk.session, "Mara", MORNING),
            withdraw=lambda: days.withdraw(desk.session),
        )
        window = MainWindow(desk, panes, replace(usual, **hooks), memory or Memory())
        opened.append(window)
        window.resize(*size)
        with qtbot.waitExposed(window):
            window.show()
        return window

    yield open_
    for window in opened:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if look.is_dark():
        apply.use(themed, False)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()
