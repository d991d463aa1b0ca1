"""The list of what is said of the day's roads."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from dispatch_console.domain.day import Day
from dispatch_console.domain.region import AreaKind
from dispatch_console.domain.road_changes import RoadChange, RoadChangeId
from dispatch_console.services import road_changes
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.rows import PaintedRows

ROW: Final = 44  # px
_TEXT = 38

#: Icon and colour of each kind, as on the map: the colour is never the only sign.
SIGNS: Final[dict[AreaKind, tuple[str, str]]] = {
    "closed": ("ph.prohibit", "red"),
    "avoid": ("ph.warning", "amb"),
    "slow": ("ph.clock", "acc"),
}


class RoadRows(PaintedRows):
    """`chosen(id)`: walked to or clicked; `opened(id)`: Enter; `removed(id)`: Del."""

    chosen = Signal(object)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__("", ROW)
        self.setAccessibleName(self.tr("Roads of this day"))
        self._day: Day | None = None

    @property
    def shown(self) -> tuple[RoadChange, ...]:
        return self._day.road_changes if self._day is not None else ()

    @property
    def id(self) -> RoadChangeId | None:
        """The chosen one."""
        return self.shown[self.at].id if 0 <= self.at < len(self.shown) else None

    def show_day(self, day: Day, chosen: RoadChangeId | None) -> None:
        self._day = day
        nearest = min(self.at, len(day.road_changes) - 1)
        row = next((row for row, one in enumerate(day.road_changes) if one.id == chosen), nearest)
        self.set_rows([ROW] * len(day.road_changes), row)

    def words_of(self, index: int) -> str:
        return f"{road_changes.name(self.shown[index].area)}\n{self._when(self.shown[index])}"

    def on_chosen(self, index: int) -> None:
        self.chosen.emit(self.shown[index].id)

    def paint_row(self, painter: QPainter, index: int) -> None:
        one, area = self.shown[index], self.rect_of(index)
        chosen = index == self.at
        if chosen or area.contains(self.over):
            painter.fillRect(area, look.colour("accbg" if chosen else "hover"))
        if chosen:
            painter.fillRect(area.left(), area.top(), 2, ROW, look.colour("acc"))
        icon, token = SIGNS[one.area.kind]
        paint.icon_at(painter, icon, token, QRect(area.left() + 12, area.top() + ROW // 2 - 8, 16, 16))
        line = QRect(area.left() + _TEXT, area.top() + 5, area.width() - _TEXT - 9, 17)
        paint.text(painter, line, road_changes.name(one.area), "key", "tx")
        paint.text(painter, line.translated(0, 17), self._when(one), "secondary", "tx2")
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line2"))
        if chosen and self.hasFocus():
            paint.focus_ring(painter, area.adjusted(1, 1, -1, -1), 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.id is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.id)
        elif self.id is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(self.row_at(event.position().toPoint()))

    def _when(self, one: RoadChange) -> str:
        assert self._day is not None, "there are no rows without a day"
        since = road_changes.since(one, self._day.date, self._day.depot.timezone)
        return self.tr("{days} · said {when}").format(days=road_changes.days(one, self._day.date), when=since)
