"""The widget that shows the map's page: drags that come and go, and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.ui.board import ghost
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map.bridge import Bridge
from dispatch_console.ui.map.gestures import Gestures
from dispatch_console.ui.models import mime

_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class Surface(QWebEngineView):
    """`escape()` is asked first on Esc, `enter()` on Enter, `step_back()` on Backspace: True if there was something
    to end, to finish, to take back."""

    def __init__(self, desk: Desk, bridge: Bridge, gestures: Gestures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bridge, self._gestures = desk, bridge, gestures
        self.escape: Callable[[], bool] = lambda: False
        self.enter: Callable[[], bool] = lambda: False
        self.step_back: Callable[[], bool] = lambda: False
        self._listened: QWidget | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map"))
        gestures.take = self._take_soon

    def watch_keys(self) -> None:
        """Keys reach the engine's own widget first; it changes when the page's process is started anew."""
        proxy = self.focusProxy()
        if proxy is not None and proxy is not self._listened:
            self._listened = proxy
            proxy.installEventFilter(self)

    # --- stops dragged out ---

    def _take_soon(self, stops: list[StopId]) -> None:
        """Start the drag when the call from the page is over: a drag runs its own loop of events."""
        QApplication.postEvent(self, _Take(stops))

    def event(self, e: QEvent) -> bool:
        if isinstance(e, _Take):
            self._drag(e.stops)
            return True
        return super().event(e)

    def _drag(self, stops: list[StopId]) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = ghost.drag_of(self, self._desk.day, stops)
            self._bridge.held.emit([int(stop) for stop in stops])
            drag.exec(Qt.DropAction.MoveAction)
            self._bridge.held.emit([])
        self._let_go()

    def _let_go(self) -> None:
        """The engine saw the button go down and, because of the drag, never up."""
        target = self.focusProxy() or self
        outside = QPointF(-1, -1)
        released = QMouseEvent(
            QEvent.Type.MouseButtonRelease,
            outside,
            QPointF(target.mapToGlobal(QPoint(-1, -1))),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(target, released)

    # --- stops dragged in ---

    def dragEnterEvent(self, e: QDragEnterEvent) -> None:
        if mime.holds_stops(e.mimeData()):
            self._gestures.dragged = mime.unpacked(e.mimeData(), self._desk.day.stops)
            e.acceptProposedAction()
        else:
            e.ignore()  # files and texts: not even shown to the engine

    def dragMoveEvent(self, e: QDragMoveEvent) -> None:
        if not mime.holds_stops(e.mimeData()):
            e.ignore()
            return
        self._bridge.hovered.emit(e.position().x(), e.position().y(), self._needs_place())
        e.acceptProposedAction()

    def dragLeaveEvent(self, e: QDragLeaveEvent) -> None:
        self._gestures.drag_over(POOL)
        self._bridge.hovered.emit(-1, -1, False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._gestures.dragged = mime.unpacked(event.mimeData(), self._desk.day.stops)
        if not self._gestures.dragged:
            event.ignore()
            return
        self._bridge.dropped.emit(event.position().x(), event.position().y())
        event.acceptProposedAction()

    def _needs_place(self) -> bool:
        stops = self._desk.day.stops
        return any(stops[id].pin is None for id in self._gestures.dragged if id in stops)

    # --- keys ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """The page never gets a key: what is not the map's goes on to the window and its actions."""
        event.ignore()
        if event.type() == QEvent.Type.KeyPress and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._gestures.walk(step)
                event.accept()
            elif self._is_taken(Qt.Key(event.key())):
                event.accept()
        return True

    def _is_taken(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.enter()
        return (key == Qt.Key.Key_Escape and self.escape()) or (key == Qt.Key.Key_Backspace and self.step_back())


class _Take(QEvent):
    KIND = QEvent.Type(QEvent.registerEventType())

    def __init__(self, stops: list[StopId]) -> None:
        super().__init__(self.KIND)
        self.stops = stops
