"""The list of a preview: routes with their ticks, what moves under them. By mouse and by keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.ui.preview import paint
from dispatch_console.ui.preview.paint import Look
from dispatch_console.ui.preview.words import HeadLine, Line, RouteLine, StopLine
from dispatch_console.ui.theme import look

HEAD = 24


class Moves(QAbstractScrollArea):
    """`chosen(stop, route)`: a line was walked to or clicked; stop 0: a route's own. `ticked()`: a tick changed.

    Arrows walk, Space ticks the route of the line and all that exchange stops with it.
    """

    chosen = Signal(int, int)
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()
        self.unticked: frozenset[ShiftId] = frozenset()
        self.at = -1
        self._tops: list[int] = [0]
        self._over = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What the plan changes"))
        self.setViewportMargins(0, HEAD, 0, 0)
        self.heads = _Heads(self)
        self.viewport().setMouseTracking(True)

    # -- what is shown -------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Line], caption: str) -> None:
        """Ticks and the chosen line stay with their routes and stops."""
        was = _key(self.lines[self.at]) if 0 <= self.at < len(self.lines) else None
        self.lines = lines
        self.heads.caption = caption
        self._tops = [0, *accumulate(paint.height(line) for line in lines)]
        self.at = next((i for i, line in enumerate(lines) if _key(line) == was), -1) if was is not None else -1
        here = {line.route for line in lines if isinstance(line, RouteLine)}
        self.unticked &= here
        self._fit()
        self.heads.setVisible(bool(lines))
        self.heads.update()
        self.viewport().update()

    @property
    def ticks(self) -> frozenset[ShiftId]:
        """The routes that are ticked."""
        return frozenset(
            line.route for line in self.lines if isinstance(line, RouteLine) and line.route not in self.unticked
        )

    @property
    def all_ticked(self) -> bool:
        return not self.unticked

    def tick(self, route: ShiftId) -> None:
        """Tick a route or not, and with it all that exchange stops with it."""
        line = next((one for one in self.lines if isinstance(one, RouteLine) and one.route == route), None)
        if line is None:
            return
        group = line.group | {route}
        self.unticked = self.unticked - group if route in self.unticked else self.unticked | group
        self.viewport().update()
        self._speak()
        self.ticked.emit()

    def clear_ticks(self) -> None:
        """All are ticked, as at first."""
        self.unticked = frozenset()

    def choose(self, index: int) -> None:
        """Walk to a line and show what it tells of in the other panes."""
        if not 0 <= index < len(self.lines) or isinstance(self.lines[index], HeadLine):
            return
        self.at = index
        self._scroll_to(index)
        self._speak()
        self.viewport().update()
        line = self.lines[index]
        if isinstance(line, StopLine):
            self.chosen.emit(int(line.stop), int(self._route_of(index)))
        elif isinstance(line, RouteLine):
            self.chosen.emit(0, int(line.route))

    def step(self, by: int) -> None:
        """To the next stop that moves (or the one before), the first after the last."""
        moves = [i for i, line in enumerate(self.lines) if isinstance(line, StopLine) and not line.leaves]
        if not moves:
            return
        further = [i for i in moves if (i > self.at if by > 0 else i < self.at)]
        fallback = moves[0] if by > 0 else moves[-1]
        self.choose((further[0] if by > 0 else further[-1]) if further else fallback)

    def rect_of(self, index: int) -> QRect:
        """Where a line stands in the viewport."""
        top = self._tops[index] - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._tops[index + 1] - self._tops[index])

    def line_at(self, point: QPoint) -> int:
        """The line under a point of the viewport; −1: none."""
        y = point.y() + self.verticalScrollBar().value()
        return next((i for i in range(len(self.lines)) if self._tops[i] <= y < self._tops[i + 1]), -1)

    # -- keys and mouse ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self._walk(steps[key])
        elif key == Qt.Key.Key_Home:
            self.choose(0)
        elif key == Qt.Key.Key_Space and self.at >= 0:
            self.tick(self._route_of(self.at))
        else:
            event.ignore()

    def _walk(self, by: int) -> None:
        at = self.at + by
        while 0 <= at < len(self.lines) and isinstance(self.lines[at], HeadLine):
            at += by
        self.choose(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.line_at(point)
        if index < 0:
            return
        line = self.lines[index]
        if isinstance(line, RouteLine) and paint.tick_rect(self.rect_of(index)).contains(point):
            self.tick(line.route)
        else:
            self.choose(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.line_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.line_at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(index) if index >= 0 else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def words_of(self, index: int) -> str:
        """A line as a sentence: the tooltip, and what is spoken."""
        line = self.lines[index]
        if isinstance(line, HeadLine):
            return f"{line.text}: {line.count}"
        if isinstance(line, RouteLine):
            together = (
                self.tr(" Accepted or not together {with_}.").format(with_=line.beside) if line.beside else ""
            )
            way = line.end[1] if line.end[0] == line.end[1] else f"{line.end[0]} → {line.end[1]}"
            return self.tr("{name}: {km}, back {way}.").format(name=line.name, km=line.km, way=way) + together
        places = " → ".join(
            f"{chip[1]} {chip[2]}".strip() for chip in (line.before, line.after) if chip is not None
        )
        if line.leaves:
            return self.tr("{name}, {number}, leaves: {places}").format(
                name=line.name, number=line.reference, places=places
            )
        etas = " → ".join(eta for eta in line.eta if eta)
        said = f"{line.name}, {line.reference}: {places}, {etas}"
        if line.saved.endswith(self.tr(" m")):
            return self.tr("{said}: {by} in, not moved").format(
                said=said, by=line.saved.removesuffix(self.tr(" m"))
            )
        return self.tr("{said}. Driving, waiting and lateness that this move alone saves, minutes: {n}").format(
            said=said, n=line.saved
        )

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.colour("pane"))
        for i, line in enumerate(self.lines):
            rect = self.rect_of(i)
            if rect.intersects(event.rect()):
                ticked = isinstance(line, RouteLine) and line.route not in self.unticked
                focused = self.hasFocus() and i == self.at
                paint.paint_line(painter, rect, line, Look(ticked, i == self.at, i == self._over, focused))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        self.heads.resize(self.width(), HEAD)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.at < 0 and self.lines and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.at = 0
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _fit(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(26)
        bar.setRange(0, max(0, self._tops[-1] - page))

    def _scroll_to(self, index: int) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        top, bottom = self._tops[index], self._tops[index + 1]
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def _hover(self, index: int) -> None:
        if index != self._over:
            self._over = index
            self.viewport().update()

    def _route_of(self, index: int) -> ShiftId:
        """The route that a line stands under; 0 under a head."""
        for line in reversed(self.lines[: index + 1]):
            if isinstance(line, RouteLine):
                return line.route
            if isinstance(line, HeadLine):
                break
        return ShiftId(0)

    def _speak(self) -> None:
        if 0 <= self.at < len(self.lines):
            self.setAccessibleDescription(self.words_of(self.at))


class _Heads(QWidget):
    """The heads of the columns; they do not scroll."""

    caption = ""

    def __init__(self, moves: Moves) -> None:
        super().__init__(moves)
        self._moves = moves

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        names = (self.tr("From → to"), self.tr("ETA"), self.tr("Saved"))
        paint.paint_heads(painter, QRect(0, 0, self._moves.viewport().width(), HEAD), self.caption, names)


def _key(line: Line) -> tuple[object, ...]:
    if isinstance(line, StopLine):
        return ("stop", int(line.stop), line.leaves)
    return ("route", int(line.route)) if isinstance(line, RouteLine) else ("head", line.text)
