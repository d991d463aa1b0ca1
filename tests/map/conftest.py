"""A map pane on a small day with its real page in the real engine, and a hand that works it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import MapPane, register_scheme
from dispatch_console.ui.models import mime
from dispatch_console.ui.theme import look
from tests import factories

register_scheme()  # here and not in a fixture: it has to happen before any test makes the QApplication

#: What the engine says of a machine without graphics.
ENGINE_NOISE = [
    "Sandboxing disabled by user",
    "QRhi",
    "Failed to create RHI",
    "Vulkan",
    "GBM is not supported",
    "GPUInfo not initialized",
    "^This plugin does not support ",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/map/" in item.nodeid:
            item.add_marker(pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True))


class Hand:
    """Works the map as a dispatcher does, and asks the page what it shows."""

    def __init__(self, qtbot: QtBot, pane: MapPane, desk: Desk) -> None:
        self.qtbot, self.pane, self.desk = qtbot, pane, desk

    @property
    def day(self) -> Day:
        return self.desk.day

    def js(self, script: str) -> Any:
        """What a script in the page gives back, by way of JSON."""
        found: list[str] = []
        self.pane.view.page.runJavaScript(f"JSON.stringify({script})", found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return json.loads(found[0]) if found[0] else None

    def shown(self) -> dict[str, Any]:
        return json.loads(self.js("inspectMap()"))

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What the page shows, once `holds` is true of it."""
        last: list[dict[str, Any]] = []

        def look_again() -> bool:
            last.append(self.shown())
            return holds(last[-1])

        self.qtbot.waitUntil(look_again)
        return last[-1]

    def at(self, stop: int) -> QPoint:
        x, y = self.shown()["places"][str(stop)]
        return QPoint(round(x), round(y))

    def press(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton, True, keys)

    def move(
        self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, *, pressed: bool = True
    ) -> None:
        self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, pressed, keys)

    def release(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._mouse(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.LeftButton, False, keys)

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.move(at, keys, pressed=False)
        self.press(at, keys)
        self.release(at, keys)

    def right_click(self, at: QPoint) -> None:
        right, none = Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
        target = self.pane.view.surface.focusProxy()
        everywhere = QPointF(target.mapToGlobal(at))
        for kind, held in ((QEvent.Type.MouseButtonPress, right), (QEvent.Type.MouseButtonRelease, none)):
            keys = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(target, QMouseEvent(kind, QPointF(at), everywhere, right, held, keys))
            QApplication.processEvents()

    def draw(self, corners: list[QPoint], keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press at the first corner, pass over the others in small steps, let go at the last."""
        self.press(corners[0], keys)
        for a, b in itertools.pairwise(corners):
            for step in range(1, 9):
                self.move(a + (b - a) * step / 8, keys)
                self.qtbot.wait(10)  # the engine hands on one move a frame and drops those between
        self.release(corners[-1], keys)

    def drag_in(self, stops: list[StopId], at: QPoint) -> None:
        """Bring stops from another pane, without letting go."""
        self._data = mime.packed(stops)
        surface = self.pane.view.surface
        QApplication.sendEvent(surface, QDragEnterEvent(QPointF(at), *self._drag_words(self._data)))
        QApplication.sendEvent(surface, QDragMoveEvent(QPointF(at), *self._drag_words(self._data)))

    def drop(self, stops: list[StopId], at: QPoint) -> None:
        self.drag_in(stops, at)
        QApplication.sendEvent(self.pane.view.surface, QDropEvent(QPointF(at), *self._drag_words(self._data)))

    @staticmethod
    def _drag_words(data: QMimeData) -> tuple[Any, ...]:
        return Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def _mouse(
        self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, pressed: bool, keys: Qt.KeyboardModifier
    ) -> None:
        target = self.pane.view.surface.focusProxy()
        held = Qt.MouseButton.LeftButton if pressed else Qt.MouseButton.NoButton
        everywhere = QPointF(target.mapToGlobal(at))
        QApplication.sendEvent(target, QMouseEvent(kind, QPointF(at), everywhere, button, held, keys))
        QApplication.processEvents()


@pytest.fixture
def open_map(qtbot: QtBot) -> Iterator[Callable[[Day], Hand]]:
    """Opens the map of a day and waits until it is drawn."""
    panes: list[MapPane] = []

    def opened(day: Day) -> Hand:
        desk = Desk(DaySession(day))
        pane = MapPane(desk)
        panes.append(pane)
        pane.resize(460, 520)
        with qtbot.waitSignal(pane.view.shown):
            pane.show()
        hand = Hand(qtbot, pane, desk)
        hand.until(lambda shown: (shown["dark"] is look.is_dark() and shown["stops"] > 0) or not day.stops)
        return hand

    yield opened
    for pane in panes:
        pane.close()
        pane.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.set_dark(False)


@pytest.fixture
def hand(open_map: Callable[[Day], Hand]) -> Hand:
    """The map of `factories.small_day`."""
    return open_map(factories.small_day())
