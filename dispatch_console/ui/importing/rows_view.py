"""The table of rows with the repair strip below the row in hand."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from dispatch_console.services.importing_picture import Column, Picture, Problem, Way
from dispatch_console.ui.importing import small
from dispatch_console.ui.importing.cells import CellEditor, Cells
from dispatch_console.ui.importing.columns import ColumnHead
from dispatch_console.ui.importing.painting import PAD, ROW, RowPainter, Span
from dispatch_console.ui.importing.rows_model import Index, RowsModel
from dispatch_console.ui.importing.strip import HEIGHT, RepairStrip
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets.overlay import OverlayBar

_NUMBER = 69  # width of the row numbers, up to five digits
_NARROWEST, _WIDEST = 52, 210
#: Fields whose texts differ in length: what a wide window has to spare is theirs.
_ELASTIC = frozenset({"name", "company", "street", "city", "notes", "email"})
#: Texts that are cut where there is little room, those that matter least first; whole in the tooltip.
_CUT_FIRST = ("", "email", "item_description", "country", "kind", "company", "skills", "notes", "name", "street")
_WHO_AND_WHERE = frozenset({"name", "street"})
_CUT_TO = 92
_LOOKED_AT = 300  # rows that count for the width of a column


class RowsView(QTableView):
    """Signals: `field_wanted(column, point)` a column's field is to be chosen · `taken(problem, way)` ·
    `left_out(problem)` · `in_hand(problem or None)` another row is in hand.
    """

    field_wanted = Signal(object, QPoint)
    taken = Signal(object, object)
    left_out = Signal(object)
    in_hand = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsModel(self)
        self.strip = RepairStrip(self.viewport())
        self.strip.hide()
        self._open: int | None = None
        self._set_up()
        self.setModel(self.rows)
        self.rows.modelReset.connect(self._on_reset)
        self.strip.taken.connect(self._on_taken)
        self.strip.left_out.connect(self._on_left_out)

    def _set_up(self) -> None:
        self.head = ColumnHead(self.rows.column, self)
        self.head.wanted.connect(self._on_wanted)
        self.head.sectionResized.connect(self._place_strip)
        self.setHorizontalHeader(self.head)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setItemDelegate(Cells(self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Rows of the file"))
        OverlayBar(self, Qt.Orientation.Vertical)

    def show_picture(self, picture: Picture, columns: list[Column], *, fit: bool) -> None:
        """`fit`: give the columns new widths, as for a file that was not on show before."""
        self.rows.show(picture, columns)
        if fit:
            self._fit(picture, columns)
        self.keep_strip()

    # --- the row in hand ---

    @property
    def problem(self) -> Problem | None:
        """The problem whose strip is open."""
        return self.strip.problem if self._open is not None else None

    def open_problem(self, problem: Problem) -> bool:
        """Open the strip below a bad row and put the cursor into the cell at fault. False: not on show."""
        row = self.rows.row_of(problem.row)
        if row is None:
            return False
        self._open_at(row, problem)
        section = self.rows.section_of(problem.column)
        index = self.rows.index(row, section)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)
        bar, bottom = self.verticalScrollBar(), self.rowViewportPosition(row) + ROW + HEIGHT
        if bottom > self.viewport().height():
            bar.setValue(bar.value() + bottom - self.viewport().height())
        self._place_strip()
        return True

    def type_into(self, problem: Problem) -> None:
        """Open the cell at fault with the best repair typed in; Enter takes it, anything else replaces it."""
        index = self.currentIndex()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if problem.column is None or not index.isValid():
            return
        self.edit(index)
        editor = self.editor()
        offered = next((text for way in problem.ways[:1] for at, text in way.edits if at == problem.column), None)
        if isinstance(editor, CellEditor) and offered is not None:
            editor.offer(offered)

    def editor(self) -> QWidget | None:
        """The open cell, if there is one."""
        return self.indexWidget(self.currentIndex())

    def go_to(self, number: int) -> None:
        """Put the cursor into the file's row `number`, if it is on show."""
        row = self.rows.row_of(number)
        if row is not None:
            index = self.rows.index(row, max(1, self.currentIndex().column()))
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_first(self) -> None:
        """Put the cursor into the first row."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 1))

    def close_strip(self) -> None:
        if self._open is not None:
            row, self._open = self._open, None
            self.strip.hide()
            self.strip.problem = None
            if row < self.rows.rowCount():
                self.setRowHeight(row, ROW)
            self.in_hand.emit(None)

    def keep_strip(self) -> None:
        """After another reading: the strip goes if its row is good now, and says what is wrong now if not."""
        if self._open is None:
            return
        problem = self.rows.problem(self._open) if self._open < self.rows.rowCount() else None
        if problem is None:
            self.close_strip()
        else:
            self.strip.show_problem(problem)
            self.in_hand.emit(problem)

    def _open_at(self, row: int, problem: Problem) -> None:
        if self._open != row:
            self.close_strip()
            self._open = row
            self.setRowHeight(row, ROW + HEIGHT)
        self.strip.show_problem(problem)
        self.strip.show()
        self.in_hand.emit(problem)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            problem = self.rows.problem(current.row())
            if problem is None:
                self.close_strip()
            else:
                self._open_at(current.row(), problem)
            self._place_strip()

    def _on_wanted(self, section: int, at: QPoint) -> None:
        self.field_wanted.emit(self.rows.column(section), at)

    def _on_left_out(self) -> None:
        self.left_out.emit(self.strip.problem)

    def _on_taken(self, way: Way) -> None:
        self.taken.emit(self.strip.problem, way)

    def _on_reset(self) -> None:
        """Row heights go back to 24; the strip finds its row again, if that is still on show."""
        problem, tall, self._open = self.strip.problem, self._open, None
        if tall is not None and tall < self.rows.rowCount():
            self.setRowHeight(tall, ROW)  # the header keeps heights through a reset
        self.strip.hide()
        if problem is not None and (row := self.rows.row_of(problem.row)) is not None:
            now = self.rows.problem(row)
            if now is not None:
                self._open_at(row, now)
                self._place_strip()
                return
        self.strip.problem = None
        self.in_hand.emit(None)

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:  # what an open cell leaves over is not ours
            super().keyPressEvent(event)
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if enter and plain:
            self._enter()
            return
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down and self.currentIndex().isValid():
            self.head.ask(max(1, self.currentIndex().column()))
            return
        super().keyPressEvent(event)

    def _enter(self) -> None:
        """Take the first way of the open strip; else type into the cell."""
        first = self.strip.first if self._open is not None else None
        if first is not None and self.currentIndex().row() == self._open:
            self._on_taken(first)
        elif self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- painting ---

    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = e.rect()
        painter.fillRect(area, look.colour("pane"))
        rows = RowPainter(painter, self.rows, self._spans(area))
        last = self.rows.rowCount() - 1
        if last < 0:
            return
        bottom = self.rowAt(area.bottom())
        typing = self.state() == QAbstractItemView.State.EditingState
        current = self.currentIndex() if self.hasFocus() and not typing else None
        for row in range(max(0, self.rowAt(max(0, area.top()))), (last if bottom < 0 else bottom) + 1):
            section = current.column() if current is not None and current.row() == row else -1
            rows.paint_row(row, self.rowViewportPosition(row), self.viewport().width(), section)

    def _spans(self, area: QRect) -> list[Span]:
        """The sections that a part of the viewport shows."""
        head = self.head
        others = (
            Span(section, head.sectionViewportPosition(section), head.sectionSize(section))
            for section in range(1, self.rows.columnCount())
        )
        shown = [span for span in others if span.x <= area.right() and span.x + span.width > area.left()]
        return [Span(0, 0, head.sectionSize(0)), *shown]

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """The row numbers stay at the left: what they would cover is scrolled out from below them."""
        super().scrollTo(index, hint)
        covered = self.head.sectionSize(0) - self.head.sectionViewportPosition(index.column())
        if index.column() > 0 and covered > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    # --- geometry ---

    def _fit(self, picture: Picture, columns: list[Column]) -> None:
        wanted = shared_out(columns, widths(picture, columns), self.viewport().width() - _NUMBER)
        self.setColumnWidth(0, _NUMBER)
        for section, width in enumerate(wanted, 1):
            self.setColumnWidth(section, width)
        self.head.setStretchLastSection(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_strip()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()  # the row numbers did not move with the rest
            self.head.viewport().update()
        self._place_strip()

    def _place_strip(self, *_: int) -> None:
        if self._open is not None:
            y = self.rowViewportPosition(self._open) + ROW
            self.strip.setGeometry(0, y, self.viewport().width(), HEIGHT)


def shared_out(columns: list[Column], wanted: list[int], room: int) -> list[int]:
    """`wanted` widths for what room there is: the rest goes to texts; where it is too little, texts that matter
    least are cut first. Numbers are never cut; names and streets are not where the table has to be scrolled anyway.
    """
    found = list(wanted)
    spare = room - sum(found)
    gain = sum(max(0, w - _CUT_TO) for w, column in zip(wanted, columns, strict=True) if column.field in _CUT_FIRST)
    cut_first = _CUT_FIRST if spare + gain >= 0 else [field for field in _CUT_FIRST if field not in _WHO_AND_WHERE]
    elastic = [at for at, column in enumerate(columns) if column.field in _ELASTIC]
    for at in elastic:
        found[at] += max(0, min(spare // len(elastic), 80))
    for field in cut_first:
        for at, column in enumerate(columns):
            if column.field == field and spare < 0:
                cut = min(-spare, max(0, found[at] - _CUT_TO))
                found[at] -= cut
                spare += cut
    return found


def widths(picture: Picture, columns: list[Column]) -> list[int]:
    """What each column needs: its head whole, and its texts: figures all, words nineteen of twenty."""
    data, bold, light = (QFontMetricsF(font) for font in (look.font("data"), small.bold(), look.font("secondary")))
    lines = picture.lines[:_LOOKED_AT]
    found: list[int] = []
    for column in columns:
        head = bold.horizontalAdvance(column.short or "not used") + 30
        name = light.horizontalAdvance(column.header) + (36 if column.field else 0)
        texts = sorted((line.cells[column.at] for line in lines if column.at < len(line.cells)), key=len)
        words = column.field in _CUT_FIRST and column.field not in _WHO_AND_WHERE
        long = texts[int(len(texts) * 0.95) :][:1] if words else texts[-8:]
        longest = max(map(data.horizontalAdvance, long), default=0.0)
        width = max(head, min(name, 110), longest + 4, _NARROWEST)
        found.append(min(_WIDEST, round(width) + 2 * PAD))
    return found
