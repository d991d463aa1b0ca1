"""All keys by group, in columns; a click on a row asks for another key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QKeyCombination, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PageHead, marks
from dispatch_console.ui.widgets.arranging import pile, scrolling

_HEAD, _ROW, _COLUMN, _GAP = 32, 24, 400, 24

#: Keys that are no actions: they move, or belong to the widget that has the focus.
FIXED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Moving about", ("↑", "↓"), "Walk the stops of a list or lane; the map follows"),
    ("Moving about", ("Ctrl", "Click"), "Add a stop to the selection, or take it out"),
    ("Moving about", ("Shift", "Click"), "Select all up to here"),
    ("Moving about", ("Tab",), "Next control; Shift+Tab the one before"),
    ("Moving about", ("Ctrl", "↵"), "Accept the page: import, preview"),
    ("Moving about", ("Esc",), "Cancel the drag, leave the page, select nothing"),
)


class _Line(NamedTuple):
    text: str
    caps: tuple[str, ...]
    action: Action | None


class KeysPage(QWidget):
    """`caps` gives the key caps of an action, `change` gives it other keys and returns who lost them."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        caps: Callable[[Action], list[str]],
        change: Callable[[Action, str], Action | None],
        reset: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._caps, self._change, self._reset = desk, caps, change, reset
        self.head = PageHead(
            self.tr("All keys"), self.tr("Click a line and press the new key; Backspace takes it away.")
        )
        self.head.back.connect(self.closed)
        again = Button(self.tr("Keys as delivered"))
        again.clicked.connect(self._as_delivered)
        self.head.add_tool(again)
        self.sheet = _Sheet(self._take)
        scroll = scrolling(self.sheet)
        pile(self, self.head, scroll, grows=scroll)
        self.setFocusProxy(self.sheet)
        desk.actions.on_added(lambda _: self._fill())

    def _fill(self) -> None:
        groups: dict[str, list[_Line]] = {}
        for action in self._desk.actions:
            groups.setdefault(action.group or self.tr("Other"), []).append(
                _Line(action.text, tuple(self._caps(action)), action)
            )
        for group, caps, text in FIXED:
            groups.setdefault(group, []).append(_Line(text, caps, None))
        self.sheet.show_groups(list(groups.items()))

    def _take(self, action: Action, keys: str) -> None:
        loser = self._change(action, keys)
        if loser is not None:
            self._desk.message.emit(f"{keys} is now “{action.text}”; “{loser.text}” has no key.", "info")
        self._fill()

    def _as_delivered(self) -> None:
        self._reset()
        self._fill()


class _Sheet(QWidget):
    """Groups one below the other, in as many columns as there is room for."""

    def __init__(self, take: Callable[[Action, str], object]) -> None:
        super().__init__()
        self._take = take
        self._groups: Sequence[tuple[str, list[_Line]]] = ()
        self._areas: list[tuple[QRect, str | _Line]] = []
        self._asking: Action | None = None
        self._over: Action | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_groups(self, groups: Sequence[tuple[str, list[_Line]]]) -> None:
        self._groups, self._asking = groups, None
        self._arrange()

    def texts(self) -> list[str]:
        """All lines as they are read, for tests and screen readers."""
        return [line if isinstance(line, str) else f"{line.text}: {'+'.join(line.caps)}" for _, line in self._areas]

    def area(self, text: str) -> QRect | None:
        """Where the line of this text is drawn."""
        areas = (area for area, line in self._areas if not isinstance(line, str) and line.text == text)
        return next(areas, None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, (self.width() - _GAP) // (_COLUMN + _GAP))
        lines = sum(len(rows) for _, rows in self._groups) * _ROW + len(self._groups) * (_HEAD + 16)
        tall = max(lines / columns, _HEAD)
        self._areas, x, y, lowest = [], _GAP, 16, 0
        for name, rows in self._groups:
            height = _HEAD + len(rows) * _ROW
            if y > 16 and y + height / 2 > tall + 16:
                x, y = x + _COLUMN + _GAP, 16
            self._areas.append((QRect(x, y, _COLUMN, _HEAD), name))
            self._areas += [(QRect(x, y + _HEAD + i * _ROW, _COLUMN, _ROW), row) for i, row in enumerate(rows)]
            y += height + 16
            lowest = max(lowest, y)
        self.setMinimumSize(QSize(x + _COLUMN, lowest))
        self.update()

    def _at(self, event: QMouseEvent) -> Action | None:
        point = event.position().toPoint()
        lines = (line for area, line in self._areas if area.contains(point))
        return next((line.action for line in lines if not isinstance(line, str)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._at(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._asking = self._at(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.update()

    def event(self, event: QEvent) -> bool:
        if self._asking is not None and event.type() is event.Type.ShortcutOverride:
            event.accept()  # the key is meant for the line, not for what it does now
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action, key = self._asking, event.key()
        if action is None:
            super().keyPressEvent(event)
        elif key not in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr):
            self._asking = None
            if key != Qt.Key.Key_Escape:
                self._take(action, "" if key == Qt.Key.Key_Backspace else _sequence(event.keyCombination()))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        for area, line in self._areas:
            if isinstance(line, str):
                _paint_name(painter, area, line)
            else:
                self._paint_line(painter, area, line)

    def _paint_line(self, painter: QPainter, area: QRect, line: _Line) -> None:
        asked = line.action is not None and line.action is self._asking
        if asked or (line.action is not None and line.action is self._over):
            painter.fillRect(area, look.colour("accbg" if asked else "hover"))
        painter.setFont(look.font("data"))
        painter.setPen(look.colour("tx"))
        painter.drawText(area.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, line.text)
        right = area.right() - 7
        if asked:
            painter.setPen(look.colour("acc"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area.adjusted(0, 0, -8, 0), flags, self.tr("press the new key"))
            return
        for cap in reversed(line.caps):
            width = marks.key_width(cap)
            marks.paint_key(painter, QRect(right - width, area.top() + 3, width, marks.KEY_HEIGHT), cap)
            right -= width + 4
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line2"))


def _paint_name(painter: QPainter, area: QRect, name: str) -> None:
    painter.setFont(look.font("pane"))
    painter.setPen(look.colour("tx"))
    painter.drawText(area.adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line"))


def _sequence(keys: QKeyCombination) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
