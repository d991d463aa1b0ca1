"""The routes of the day at the left of the debrief: which sheets wait, which vans are out, which are closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services.debrief import sheet
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import PaneHead, Text, paint, paint_badge, paint_chip
from dispatch_console.ui.widgets.marks import badge_width, text_width

WIDTH, FOLDED, ROW = 236, 40, 28
_CHIP = 22


class Routes(QWidget):
    """A list of 28 px rows below a head; `folded` to chips in a narrow window. A click opens a sheet."""

    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self.head = PaneHead(self.tr("Routes"))
        self.rows = _Rows(state)
        self._note = Text("", "data", "tx3")
        self._note.setWordWrap(True)
        self._note.setContentsMargins(12, 8, 12, 8)
        self._scroll = _Scroll()
        self._scroll.setWidget(self.rows)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._scroll)
        column.addWidget(self._note)
        column.addStretch(1)
        self.rows.chosen.connect(state.open)
        state.changed.connect(self.refresh)
        state.opened.connect(self.refresh)
        self.fold(False)

    def fold(self, folded: bool) -> None:
        self.setFixedWidth(FOLDED if folded else WIDTH)
        self.rows.folded = folded
        self.head.setVisible(not folded)
        self._note.setVisible(not folded)
        self.rows.update()

    def step(self, by: int) -> None:
        """The sheet of the route `by` further down."""
        ids = self.rows.ids
        if ids:
            route = self._state.route
            here = ids.index(route) if route in ids and route is not None else -1 if by > 0 else 0
            self._state.open(ids[(here + by) % len(ids)])

    def refresh(self) -> None:
        day = self._state.day
        ids = sheet.routes(day)
        states = [words.state(day, id)[1] for id in ids]
        closed, waits, out = (states.count(name) for name in ("closed", "waits", "out"))
        self.head.set_count(self.tr("{n} of {all} closed").format(n=closed, all=len(ids)) if ids else "")
        self.rows.show_routes(ids)
        self._scroll.updateGeometry()
        parts: list[str] = []
        if waits:
            parts.append(self.tr("1 sheet waits") if waits == 1 else self.tr("{n} sheets wait").format(n=waits))
        if out:
            parts.append(self.tr("1 van is out") if out == 1 else self.tr("{n} vans are out").format(n=out))
        told = ", ".join(parts) + ". " if parts else ""
        self._note.setText(told + self.tr("Scan any sheet to change the route."))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))


class _Scroll(QScrollArea):
    """As high as its rows of now: Qt's own hint stays what it was when first asked, with no van out yet."""

    def sizeHint(self) -> QSize:
        rows = self.widget()
        return rows.sizeHint() if rows is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), 3 * ROW))  # one route has no dead ground below it


class _Rows(QWidget):
    """`chosen(route)`: a row was clicked."""

    chosen = Signal(object)

    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self.ids: list[ShiftId] = []
        self.folded = False
        self.setAccessibleName(self.tr("Routes"))

    def show_routes(self, ids: list[ShiftId]) -> None:
        if len(ids) != len(self.ids):
            self.updateGeometry()
        self.ids = ids
        self.setFixedHeight(ROW * len(ids))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, ROW * len(self.ids))

    def _at(self, y: float) -> ShiftId | None:
        at = int(y) // ROW
        return self.ids[at] if 0 <= at < len(self.ids) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        route = self._at(event.position().y())
        if route is not None:
            self.chosen.emit(route)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            route = self._at(event.pos().y())
            if route is not None:
                day = self._state.day
                told = (words.state(day, route)[0], words.tours(day, route))
                text = ", ".join(part for part in told if part)
                QToolTip.showText(event.globalPos(), plain(f"{day.shifts[route].driver.name}: {text}"), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        for i, route in enumerate(self.ids):
            self._row(painter, QRect(0, i * ROW, self.width(), ROW), route)

    def _row(self, painter: QPainter, rect: QRect, route: ShiftId) -> None:
        shift = self._state.day.shifts[route]
        chosen = route == self._state.route
        if chosen:
            painter.fillRect(rect, look.colour("accbg"))
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), look.colour("acc"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
        left = (FOLDED - _CHIP) // 2 if self.folded else 12
        chip = QRect(left, rect.top() + (ROW - 16) // 2, _CHIP, 16)
        day = self._state.day
        word, kind = words.state(day, route)
        tours = words.tours(day, route)
        if self.folded and kind in ("closed", "in"):
            painter.setOpacity(0.45)
        paint_chip(painter, chip, shift.slot, shift.driver.initials)
        painter.setOpacity(1)
        if self.folded:
            return
        room = self._state_at(painter, rect, word, kind, chosen) - 6
        if tours and text_width(f"{shift.driver.name}  {tours}", "data") < room - 44:  # else the tooltip tells
            width = text_width(tours, "data")
            room -= width + 6
            paint.text(painter, QRect(room, rect.top(), width + 6, ROW - 1), tours, "data", "tx2")
        paint.text(painter, QRect(44, rect.top(), room - 44, ROW - 1), shift.driver.name, "data", "tx")

    def _state_at(self, painter: QPainter, rect: QRect, word: str, kind: str, chosen: bool) -> int:
        """Draw the state at the right; where it begins."""
        end = rect.right() - 9
        if chosen and kind != "closed":
            word, kind = self.tr("open"), "open"
        if kind == "waits":
            width = badge_width(word)
            paint_badge(painter, QRect(end - width, rect.top() + 6, width, 16), word, "accent")
            return end - width
        role: look.Role = "key" if kind == "open" else "data"
        token = {"open": "acc", "closed": "tx2"}.get(kind, "tx3")
        width = text_width(word, role)
        paint.text(painter, QRect(end - width - 2, rect.top(), width + 4, ROW - 1), word, role, token)
        if kind == "closed":
            paint.icon_at(painter, "ph.check-bold", "ok", QRect(end - width - 18, rect.center().y() - 6, 13, 13))
            return end - width - 20
        return end - width
