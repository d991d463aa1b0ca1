"""The list of the palette: group heads of 26, rows of 36, one of them current."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.actions import Action
from dispatch_console.ui.palette.entries import Group, Row
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint

GROUP, ROW = 26, 36
_EDGE = 13
_TEXT_X = 46


class RowList(QWidget):
    """Paints the groups from an offset; `chosen` is a click. `keys` gives the key caps of an action."""

    chosen = Signal(int)

    def __init__(self, keys: Callable[[Action], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._groups: Sequence[Group] = ()
        self._lines: list[Group | Row] = []
        self.rows: list[Row] = []
        self.current = 0
        self.asking = ""
        self._top = 0
        self.setMouseTracking(True)

    def show_groups(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._lines = [line for group in groups for line in (group, *group.rows)]
        self.rows = [row for group in groups for row in group.rows]
        self.current = self._top = 0
        self.asking = ""
        self.update()

    def add_group(self, group: Group) -> None:
        """One more group below; what is current stays so."""
        current, top = self.current, self._top
        self.show_groups([*self._groups, group])
        self.current, self._top = current, top

    def whole_height(self) -> int:
        return sum(_height(line) for line in self._lines)

    def walk(self, by: int) -> None:
        """Move the current row, round the ends, and keep it in sight."""
        if not self.rows:
            return
        self.current = (self.current + by) % len(self.rows)
        area = self._area(self.current)
        if area.top() < 0:
            self._top += area.top() - (GROUP if self.current == 0 else 0)
        elif area.bottom() >= self.height():
            self._top += area.bottom() - self.height() + 1
        self.update()

    def row(self) -> Row | None:
        return self.rows[self.current] if self.rows else None

    def ask(self, text: str) -> None:
        """Say something in place of the current row's keys, such as `press the new key`."""
        self.asking = text
        self.update()

    # -- mouse ---------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(round(event.position().y()))
        if at is not None and at != self.current and not self.asking:
            self.current = at
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(round(event.position().y()))
        if at is not None:
            self.chosen.emit(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        most = max(0, self.whole_height() - self.height())
        self._top = min(most, max(0, self._top - event.angleDelta().y() // 2))
        self.update()

    def _row_at(self, y: int) -> int | None:
        return next((i for i in range(len(self.rows)) if self._area(i).top() <= y <= self._area(i).bottom()), None)

    def _area(self, index: int) -> QRect:
        """Where a row is drawn."""
        y = -self._top
        seen = -1
        for line in self._lines:
            seen += isinstance(line, Row)
            if seen == index:
                break
            y += _height(line)
        return QRect(0, y, self.width(), ROW)

    # -- paint ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        y, at = -self._top, 0
        for line in self._lines:
            area = QRect(0, y, self.width(), _height(line))
            if isinstance(line, Group):
                _paint_group(painter, area, line)
            else:
                if area.intersects(self.rect()):
                    self._paint_row(painter, area, line, at == self.current)
                at += 1
            y += area.height()

    def _paint_row(self, painter: QPainter, area: QRect, row: Row, current: bool) -> None:
        if current:
            painter.fillRect(area, look.colour("accbg"))
            painter.fillRect(QRect(0, area.top(), 2, area.height()), look.colour("acc"))
        mark = QRect(_EDGE - 1, area.center().y() - 7, 22, 16)
        if row.slot:
            marks.paint_chip(painter, mark, row.slot, row.initials)
        else:
            paint.icon_at(
                painter, row.icon, "tx3" if row.why_not else "tx2", QRect(mark.left() + 4, mark.top(), 16, 16)
            )
        right = self._paint_keys(painter, area, row, current)
        x = paint_matches(painter, area, _TEXT_X, row, "tx3" if row.why_not else "tx")
        hint = row.why_not or row.hint
        painter.setFont(look.font("data"))
        painter.setPen(look.colour("tx2" if current else "tx3"))
        room = right - x - 20
        elided = QFontMetricsF(painter.font()).elidedText(hint, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(x + 10, area.top(), room, area.height()), Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_keys(self, painter: QPainter, area: QRect, row: Row, current: bool) -> int:
        """Key caps at the right edge, from right to left; where they begin."""
        right = area.right() - _EDGE + 1
        if current and self.asking:
            painter.setFont(look.font("data"))
            painter.setPen(look.colour("acc"))
            width = round(QFontMetricsF(painter.font()).horizontalAdvance(self.asking)) + 1
            box = QRect(right - width, area.top(), width, area.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.asking)
            return right - width
        keys = self._keys(row.value) if isinstance(row.value, Action) else ["↵"]
        for key in reversed(keys):
            width = marks.key_width(key)
            marks.paint_key(painter, QRect(right - width, area.center().y() - 8, width, marks.KEY_HEIGHT), key)
            right -= width + 14
        return right + 14 if keys else right


def paint_matches(painter: QPainter, area: QRect, x: int, row: Row, token: str) -> int:
    """The title with its matched letters in bold accent; where it ends."""
    at = 0
    pieces: list[tuple[str, bool]] = []
    for start, end in row.spans:
        pieces += [(row.title[at:start], False), (row.title[max(at, start) : end], True)]
        at = max(at, end)
    pieces.append((row.title[at:], False))
    place = float(x)
    for text, hit in pieces:
        painter.setFont(look.font("key" if hit else "data"))
        painter.setPen(look.colour("acc" if hit else token))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        painter.drawText(
            QRect(round(place), area.top(), 10_000, area.height()), Qt.AlignmentFlag.AlignVCenter, text
        )
        place += width
    return round(place)


def _paint_group(painter: QPainter, area: QRect, group: Group) -> None:
    painter.fillRect(area, look.colour("raise"))
    painter.setFont(look.font("secondary"))
    painter.setPen(look.colour("tx3"))
    inner = area.adjusted(_EDGE - 1, 0, -_EDGE, 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, group.name)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, group.found)


def _height(line: Group | Row) -> int:
    return GROUP if isinstance(line, Group) else ROW
