"""The list of a preview: routes with their ticks, what moves under them. By mouse and by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.ui.preview import paint, words
from dispatch_console.ui.preview.paint import Look
from dispatch_console.ui.preview.words import HeadLine, Line, RouteLine, StopLine
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets.rows import PaintedRows

HEAD = 24


class Moves(PaintedRows):
    """`chosen(stop, route)`: a line was walked to or clicked; stop 0: a route's own. `ticked()`: a tick changed.

    Arrows walk, Space ticks the route of the line and all that exchange stops with it.
    """

    chosen = Signal(int, int)
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", 26, parent)
        self.setAccessibleName(self.tr("What the plan changes"))
        self.lines: Sequence[Line] = ()
        self.unticked: frozenset[ShiftId] = frozenset()
        self.setViewportMargins(0, HEAD, 0, 0)
        self.heads = _Heads(self)

    # -- what is shown -------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Line], caption: str) -> None:
        """Ticks and the chosen line stay with their routes and stops."""
        was = _key(self.lines[self.at]) if 0 <= self.at < len(self.lines) else None
        self.lines = lines
        self.heads.caption = caption
        self.unticked &= {line.route for line in lines if isinstance(line, RouteLine)}
        at = next((i for i, line in enumerate(lines) if _key(line) == was), -1)
        self.set_rows([paint.height(line) for line in lines], at)
        self.heads.setVisible(bool(lines))
        self.heads.update()

    @property
    def ticks(self) -> frozenset[ShiftId]:
        """The routes that are ticked."""
        return frozenset(
            line.route for line in self.lines if isinstance(line, RouteLine) and line.route not in self.unticked
        )

    def tick(self, route: ShiftId) -> None:
        """Tick a route or not, and with it all that exchange stops with it."""
        line = next((one for one in self.lines if isinstance(one, RouteLine) and one.route == route), None)
        if line is None:
            return
        group = line.group | {route}
        self.unticked = self.unticked - group if route in self.unticked else self.unticked | group
        self.viewport().update()
        self.ticked.emit()

    def clear_ticks(self) -> None:
        """All are ticked, as at first."""
        self.unticked = frozenset()

    def step(self, by: int) -> None:
        """To the next stop that moves (or the one before), the first after the last."""
        moves = [i for i, line in enumerate(self.lines) if isinstance(line, StopLine) and not line.leaves]
        if not moves:
            return
        further = [i for i in moves if (i > self.at if by > 0 else i < self.at)] or moves
        self.choose(further[0] if by > 0 else further[-1])

    def can_choose(self, index: int) -> bool:
        return super().can_choose(index) and isinstance(self.lines[index], RouteLine | StopLine)

    def on_chosen(self, index: int) -> None:
        """Show what the line tells of in the other panes."""
        line = self.lines[index]
        self.chosen.emit(int(line.stop) if isinstance(line, StopLine) else 0, int(self._route_of(index)))

    def words_of(self, index: int) -> str:
        return words.spoken(self.lines[index])

    # -- keys and mouse ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.at >= 0:
            self.tick(self._route_of(self.at))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.row_at(point)
        if index < 0:
            return
        line = self.lines[index]
        if isinstance(line, RouteLine) and paint.tick_rect(self.rect_of(index)).contains(point):
            self.tick(line.route)
        else:
            self.choose(index)

    # -- painting ------------------------------------------------------------------------------------

    def paint_row(self, painter: QPainter, index: int) -> None:
        line, area = self.lines[index], self.rect_of(index)
        ticked = isinstance(line, RouteLine) and line.route not in self.unticked
        chosen = index == self.at
        how = Look(ticked, chosen, area.contains(self.over), chosen and self.hasFocus())
        paint.paint_line(painter, area, line, how)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.heads.resize(self.width(), HEAD)

    def _route_of(self, index: int) -> ShiftId:
        """The route that a line stands under; 0 under a head."""
        for line in reversed(self.lines[: index + 1]):
            if isinstance(line, RouteLine):
                return line.route
            if isinstance(line, HeadLine):
                break
        return ShiftId(0)


class _Heads(QWidget):
    """The heads of the columns; they do not scroll."""

    caption = ""

    def __init__(self, moves: Moves) -> None:
        super().__init__(moves)
        self._moves = moves

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        names = (self.tr("From → to"), self.tr("ETA"), self.tr("Saved"), self.tr("km"))
        paint.paint_heads(painter, QRect(0, 0, self._moves.viewport().width(), HEAD), self.caption, names)


def _key(line: Line) -> tuple[object, ...]:
    if isinstance(line, StopLine):
        return ("stop", int(line.stop), line.leaves)
    return ("route", int(line.route)) if isinstance(line, RouteLine) else ()
