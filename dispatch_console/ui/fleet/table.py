"""The table of the fleet: a click on a weekday ticks it, a click on today's state marks the driver absent."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dispatch_console.services.fleet_record import Record
from dispatch_console.ui.fleet import rule_words
from dispatch_console.ui.fleet.model import HEADS, NUMBERS, WEEKDAYS, Col, FleetModel, Index
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_badge, paint_chip
from dispatch_console.ui.widgets.marks import badge_width
from dispatch_console.ui.widgets.options import known
from dispatch_console.ui.widgets.overlay import OverlayBar

ROW = 32
HEAD = 24
DAY = 20
_PAD = 6
_WIDTHS = {
    Col.TODAY: 92, Col.DRIVER: 130, Col.PHONE: 104, Col.VEHICLE: 88, Col.PLATE: 80, Col.HOURS: 88, Col.BREAK: 136,
    Col.ENDS: 112, Col.RULES: 140, Col.SKILLS: 130, Col.KG: 50, Col.M3: 44, Col.PIECES: 40, Col.STOPS: 46,
    Col.HOUR: 52, Col.KM: 46, Col.FIXED: 52, Col.WEEKDAYS: 7 * (DAY + 2) + 2 * _PAD,
}  # fmt: skip
#: What a narrow window leaves out, first to last; all of it stands in the form.
_DROPPED = (Col.FIXED, Col.KM, Col.HOUR, Col.PLATE, Col.ENDS, Col.PIECES, Col.M3, Col.SKILLS, Col.PHONE, Col.STOPS)
_ELASTIC = (Col.RULES, Col.DRIVER, Col.SKILLS, Col.ENDS)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FleetTable(QTableView):
    """Signals: `chosen(Record)` · `weekday_wanted(Record, weekday, on)` · `absence_wanted(row)` · `open_wanted`."""

    chosen = Signal(object)
    weekday_wanted = Signal(object, int, bool)
    absence_wanted = Signal(int)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FleetModel(self)
        self.setModel(self.rows)
        self.rows.modelReset.connect(self._fit)
        self.rows.dataChanged.connect(self._fit)
        self.setItemDelegate(_Drawn(self.rows, self))
        head = _Head(Qt.Orientation.Horizontal, self)
        head.setFixedHeight(HEAD)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        self.setHorizontalHeader(head)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        OverlayBar(self, Qt.Orientation.Vertical)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Drivers, vehicles and shifts"))
        self.selectionModel().currentRowChanged.connect(self._on_row)

    @property
    def record(self) -> Record | None:
        """The record that is chosen."""
        row = self.currentIndex().row()
        return self.rows.records[row] if 0 <= row < len(self.rows.records) else None

    def choose(self, row: int) -> None:
        index = self.rows.index(row, Col.DRIVER)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def choose_none(self) -> None:
        self.selectionModel().clear()

    def _on_row(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.records[index.row()])

    # --- pointer and keys ---

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if index.column() == Col.WEEKDAYS:
            weekday = weekday_at(self.visualRect(index), round(event.position().x()))
            self._tick(index.row(), weekday)
        elif index.column() == Col.TODAY:
            self.absence_wanted.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() not in (Col.WEEKDAYS, Col.TODAY):
            self.open_wanted.emit()
        elif index.isValid():
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if row >= 0 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if Qt.Key.Key_1 <= key <= Qt.Key.Key_7:
                self._tick(row, key - Qt.Key.Key_1)
                return
            if key in (Qt.Key.Key_Space, Qt.Key.Key_A):
                self.absence_wanted.emit(row)
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                self.open_wanted.emit()
                return
        super().keyPressEvent(event)

    def _tick(self, row: int, weekday: int | None) -> None:
        record = self.rows.records[row]
        if weekday is not None and record.pattern is not None:
            self.weekday_wanted.emit(record, weekday, weekday not in record.pattern.weekdays)

    # --- widths ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what is least needed until the rest has room; what is over goes to the texts.

        Rules have a column where somebody has any.
        """
        shown = [column for column in Col if column is not Col.RULES or self.rows.has_rules]
        room = self.viewport().width()
        for column in _DROPPED:
            if sum(_WIDTHS[c] for c in shown) <= room:
                break
            shown.remove(column)
        spare = max(0, room - sum(_WIDTHS[c] for c in shown))
        elastic = [column for column in _ELASTIC if column in shown]
        for column in Col:
            self.setColumnHidden(column, column not in shown)
            extra = spare // len(elastic) if column in elastic else 0
            self.setColumnWidth(column, _WIDTHS[column] + min(extra, 140))


def weekday_box(rect: QRect, weekday: int) -> QRect:
    """Where a weekday is drawn in its cell."""
    return QRect(rect.left() + _PAD + weekday * (DAY + 2), rect.top() + (ROW - 18) // 2, DAY, 18)


def weekday_at(rect: QRect, x: int) -> int | None:
    """The weekday whose box is drawn at `x`."""
    at = (x - rect.left() - _PAD + 1) // (DAY + 2)
    return at if 0 <= at < 7 else None


class _Head(QHeaderView):
    """Heads stand over their texts, those of numbers at the right."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, look.colour("raise"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        left = 12 if logicalIndex == Col.TODAY else _PAD
        way = _RIGHT if logicalIndex in NUMBERS else _LEFT
        paint.text(painter, rect.adjusted(left, 0, -_PAD, -1), HEADS[logicalIndex], "secondary", "tx3", way)


class _Drawn(QStyledItemDelegate):
    def __init__(self, rows: FleetModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = known(option).rect, known(option).state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, look.colour("accbg" if chosen else "pane"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
        if chosen and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), look.colour("acc"))
        column = Col(index.column())
        if column is Col.TODAY:
            self._today(painter, rect, index)
        elif column is Col.WEEKDAYS:
            self._weekdays(painter, rect, self._rows.records[index.row()], chosen)
        else:
            self._text(painter, rect, index, column)
        painter.restore()

    def _today(self, painter: QPainter, rect: QRect, index: Index) -> None:
        shifts = self._rows.shifts(index.row())
        record = self._rows.records[index.row()]
        middle = rect.top() + (ROW - 16) // 2
        if not shifts:
            off = self.tr("off") if record.driver is not None else self.tr("spare")
            paint.text(painter, rect.adjusted(12, 0, 0, -1), off, "data", "tx3", _LEFT)
            return
        paint_chip(painter, QRect(rect.left() + 12, middle, 22, 16), shifts[0].slot, shifts[0].driver.initials)
        if all(shift.absent for shift in shifts):
            word = self.tr("absent")
            paint_badge(painter, QRect(rect.left() + 40, middle, badge_width(word), 16), word, "amber")
        else:
            paint.text(painter, rect.adjusted(40, 0, 0, -1), self.tr("works"), "data", "tx2", _LEFT)

    def _weekdays(self, painter: QPainter, rect: QRect, record: Record, chosen: bool) -> None:
        if record.pattern is None:
            return
        for weekday, name in enumerate(WEEKDAYS):
            box = weekday_box(rect, weekday)
            on = weekday in record.pattern.weekdays
            if on:
                paint.box(painter, box, look.colour("pane" if chosen else "accbg"), None, paint.CHIP_ROUND)
            else:
                paint.box(painter, box, None, look.colour("line" if chosen else "line2"), paint.CHIP_ROUND)
            painter.setFont(look.font("load"))
            painter.setPen(look.colour("acc" if on else "tx3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _text(self, painter: QPainter, rect: QRect, index: Index, column: Col) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        role, token = ("key", "tx") if column is Col.DRIVER else ("data", "tx")
        if column in (Col.PHONE, Col.PLATE, Col.BREAK, Col.ENDS, Col.RULES, Col.SKILLS):
            token = "tx2"
        if column is Col.HOURS and not text and self._rows.records[index.row()].driver is not None:
            text, token = self.tr("no shift"), "tx3"
        way = _RIGHT if column in NUMBERS else _LEFT
        if column is Col.RULES:
            metrics = QFontMetricsF(look.font(role))
            text = rule_words.fitting(text, lambda some: metrics.horizontalAdvance(some) <= rect.width() - 2 * _PAD)
        paint.text(painter, rect.adjusted(_PAD, 0, -_PAD, -1), text, role, token, way)


assert len(HEADS) == len(Col)
