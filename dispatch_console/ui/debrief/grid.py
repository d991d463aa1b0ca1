"""The grid of a returned sheet: exceptions bold on a raised ground, everything as planned light."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dispatch_console.services.debrief import goods
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.rows_model import NUMBERS, Col, Index, RowsModel
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.models import marks
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.marks import text_width
from dispatch_console.ui.widgets.options import known
from dispatch_console.ui.widgets.overlay import OverlayBar

ROW, HEAD, SUMS = 26, 24, 28
_PAD, _BAR = 6, 10  # _BAR: what the scroll bar covers
_WIDTHS = {
    Col.NUMBER: 44, Col.ORDER: 56, Col.NAME: 150, Col.ADDRESS: 170, Col.PIECES: 56, Col.PLANNED: 62,
    Col.ARRIVED: 66, Col.DIFF: 66, Col.OUTCOME: 112, Col.REASON: 130, Col.BACK: 70, Col.CASH: 78, Col.PROOF: 58,
}  # fmt: skip
_MOST_ORDER = 130
_ELASTIC = {Col.NAME: 3, Col.ADDRESS: 4, Col.REASON: 3}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Grid(QTableView):
    """As high as its rows; more than there is room for are scrolled. It never has the focus: the page has the keys.

    `entered()`: a row was clicked twice.
    """

    entered = Signal()

    def __init__(self, state: SheetState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.rows = RowsModel(state, self)
        self.setModel(self.rows)
        self.setItemDelegate(_Drawn(state, self.rows, self))
        self._head = _Head(state, self.rows, self)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        OverlayBar(self, Qt.Orientation.Vertical)
        self.setAccessibleName(self.tr("The stops of the sheet"))
        state.changed.connect(self._follow)
        self.rows.modelReset.connect(self.updateGeometry)
        self.rows.modelReset.connect(self._limit)
        self.rows.modelReset.connect(self._fit)
        self._limit()

    def wanted(self) -> int:
        """The height that shows every row."""
        return HEAD + ROW * max(1, len(self.rows.shown))

    def sizeHint(self) -> QSize:
        return QSize(600, self.wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(300, HEAD + 3 * ROW)

    def _limit(self) -> None:
        self.setMaximumHeight(self.wanted())

    def _follow(self) -> None:
        at = self.rows.row_of(self._state.order)
        if at >= 0:
            self.scrollTo(self.rows.index(at, 0))
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._state.choose(self.rows.shown[index.row()].order.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the page's

    # -- widths --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A narrow window leaves the address out; it stands in the tooltip. Numbers of orders are shown whole."""
        longest = max((text_width(row.order.reference, "data") for row in self.rows.shown), default=0)
        order = min(_MOST_ORDER, max(_WIDTHS[Col.ORDER], longest + 2 * _PAD + 1))
        widths = {**_WIDTHS, Col.ORDER: order}
        room = self.viewport().width()
        shown = [column for column in Col if column is not Col.ADDRESS or room >= sum(widths.values())]
        spare = max(0, room - sum(widths[column] for column in shown))
        shares = sum(share for column, share in _ELASTIC.items() if column in shown)
        for column in Col:
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, widths[column] + spare * _ELASTIC.get(column, 0) // shares)


class Sums(QWidget):
    """The line below the grid: what was done, and the sums under their columns."""

    def __init__(self, state: SheetState, grid: Grid) -> None:
        super().__init__()
        self._state, self._grid = state, grid
        self.setFixedHeight(SUMS)
        state.changed.connect(self.update)
        grid.rows.modelReset.connect(self.update)

    @property
    def text(self) -> str:
        rows = self._state.rows
        stops = len({row.number for row in rows})
        exceptions = sum(row.is_exception for row in rows)
        left = sum(row.fact is None for row in rows)
        done = len(rows) - exceptions - left
        parts = [self.tr("{n} delivered or collected in full").format(n=done)]
        if exceptions:
            word = self.tr("1 exception") if exceptions == 1 else self.tr("{n} exceptions").format(n=exceptions)
            parts.append(word)
        if left:
            parts.append(self.tr("{n} open").format(n=left))
        head = self.tr("1 stop: ") if stops == 1 else self.tr("{n} stops: ").format(n=stops)
        return head + ", ".join(parts)

    @property
    def short(self) -> str:
        """The same where there is little room; exceptions and open ones are counted above."""
        done = sum(row.fact is not None and not row.is_exception for row in self._state.rows)
        return self.tr("{n} of {all} in full").format(n=done, all=len(self._state.rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        rows = self._state.rows
        if not rows:
            return
        due = sum(row.due.cents if row.taken is None else row.taken for row in rows if row.due)
        sums = {
            Col.PIECES: str(sum(row.pieces for row in rows)),
            Col.BACK: str(sum(goods.expected(row) for row in rows) or ""),
            Col.CASH: words.cents(due) if due else "",
        }
        left = self._grid.columnViewportPosition(Col.NAME) + _PAD
        right = self._grid.columnViewportPosition(Col.PIECES)
        text = self.text if text_width(self.text, "key") <= right - left else self.short
        paint.text(painter, QRect(left, 0, right - left, SUMS), text, "key", "tx")
        for column, text in sums.items():
            at = self._grid.columnViewportPosition(column)
            area = QRect(at, 0, self._grid.columnWidth(column) - _PAD, SUMS)
            paint.text(painter, area, text, "key", "tx", _RIGHT)


class _Head(QHeaderView):
    def __init__(self, state: SheetState, rows: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._state, self._rows = state, rows
        self.setFixedHeight(HEAD)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(10)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, look.colour("raise"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        currencies = {row.order.cod.currency for row in self._state.rows if row.order.cod is not None}
        depot = self._state.day.depot.currency
        unit = " ".join(sorted(currencies)) or depot
        way = _RIGHT if logicalIndex in NUMBERS else _LEFT
        text = self._rows.heads(unit)[logicalIndex]
        paint.text(painter, rect.adjusted(_PAD, 0, -_PAD, -1), text, "secondary", "tx3", way)


class _Drawn(QStyledItemDelegate):
    def __init__(self, state: SheetState, rows: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._state, self._rows = state, rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, row, column = known(option).rect, self._rows.shown[index.row()], Col(index.column())
        chosen = row.order.id == self._state.order
        painter.save()
        ground = "accbg" if chosen else "raise" if row.is_exception else "pane"
        painter.fillRect(rect, look.colour(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
        inner = rect.adjusted(_PAD, 0, -_PAD, -1)
        match column:
            case Col.NAME:
                self._name(painter, inner, row)
            case Col.OUTCOME | Col.REASON if chosen and self._state.entry.letter:
                self._typed(painter, rect, row, column)
            case Col.PROOF:
                self._proof(painter, inner, row)
            case _:
                self._text(painter, inner, row, column)
        if chosen:
            self._ring(painter, rect, column)
        painter.restore()

    def _text(self, painter: QPainter, area: QRect, row: Row, column: Col) -> None:
        role: look.Role = "data"
        token = "tx2" if column in (Col.NUMBER, Col.ORDER, Col.ADDRESS, Col.PLANNED, Col.DIFF) else "tx"
        if column is Col.ARRIVED:
            role, token = ("key", "tx") if row.told and not row.guessed else ("data", "tx3")
        elif column is Col.DIFF and not row.told:
            return
        elif column is Col.DIFF and row.guessed:
            token = "tx3"
        elif column is Col.DIFF and row.planned is not None and row.arrive - row.planned >= words.LATE_S:
            token = "amb"
        elif column in (Col.OUTCOME, Col.REASON, Col.BACK) and row.is_exception:
            role = "key"
        elif column is Col.OUTCOME and row.fact is None:
            token = "tx3"
        elif column is Col.CASH and row.due is not None and row.taken not in (None, row.due.cents):
            role, token = "key", "amb"
        way = _RIGHT if column in NUMBERS else _LEFT
        paint.text(painter, area, self._rows.text(row, column), role, token, way)

    def _name(self, painter: QPainter, area: QRect, row: Row) -> None:
        route = self._state.route
        found = list(marks.of_order(row.order))
        if route is not None:
            pin = marks.of_pin(row.stop, self._state.day.plan.route(route))
            found += [pin] if pin is not None else []
        room = area.adjusted(0, 0, -17 * len(found), 0)
        name = self._rows.text(row, Col.NAME)
        paint.text(painter, room, name, "data", "tx")
        x = area.left() + min(room.width(), text_width(name, "data")) + 5
        for mark in found:
            paint.icon_at(painter, mark.icon, "tx2", QRect(x, area.center().y() - 6, 13, 13))
            x += 17

    def _typed(self, painter: QPainter, rect: QRect, row: Row, column: Col) -> None:
        """The entry that is being typed, in place of what stood there."""
        entry = self._state.entry
        if column is Col.OUTCOME:
            box = rect.adjusted(2, 3, -4, -4)
            paint.box(painter, box, look.colour("field"), look.colour("acc"), paint.ROUND, paint.FOCUS)
            paint.text(painter, box.adjusted(6, 0, -4, 0), words.letter(entry.letter), "key", "tx")
            return
        area = rect.adjusted(_PAD, 0, -_PAD, -1)
        if entry.detail:
            paint.text(painter, area, f"{entry.detail}▏", "key", "tx")
        else:
            paint.text(painter, area, words.hint(row, entry.letter), "data", "tx3")

    def _proof(self, painter: QPainter, area: QRect, row: Row) -> None:
        own, proved = self._rows.signs(row)
        area = area.adjusted(0, 0, _PAD - _BAR - 2, 0)  # beside the scroll bar, which lies over the rows
        y = area.center().y() - 6
        if proved:
            paint.icon_at(painter, "ph.check-bold", "ok", QRect(area.right() - 12, y, 13, 13))
        if own:
            paint.icon_at(painter, "ph.image", "tx2", QRect(area.right() - 29, y, 13, 13))

    def _ring(self, painter: QPainter, rect: QRect, column: Col) -> None:
        """The frame around the chosen row, cell by cell."""
        acc = look.colour("acc")
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, acc)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, acc)
        if column is Col.NUMBER:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), acc)
        elif column is Col.PROOF:
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), acc)
