"""The import page as it is laid out: head, facts, rows, side; narrow windows get a strip in place of the side."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dispatch_console.services.importing_picture import Column, Mark, Picture, Problem
from dispatch_console.ui.importing.buckets import CountStrip
from dispatch_console.ui.importing.facts import FactBar
from dispatch_console.ui.importing.head import ImportHead
from dispatch_console.ui.importing.rows_view import RowsView
from dispatch_console.ui.importing.side import Side
from dispatch_console.ui.theme import look

WIDE_FROM = 1600
#: Which filter shows the rows behind a count; the others show all rows.
_FILTERS = {Mark.REJECTED: 1, Mark.CHANGED: 2, Mark.DUPLICATE: 3}
_SHOWS = {at: mark for mark, at in _FILTERS.items()}


class Face(QWidget):
    """Signals: `field_chosen(column, field)`. All else comes from the parts, which are public."""

    field_chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = Picture()
        self.head, self.facts, self.view = ImportHead(), FactBar(), RowsView()
        self.counts, self.side = CountStrip(), Side()
        self._narrow: bool | None = None
        self._visited = 0  # the row of the problem last gone to
        self._menu: QMenu | None = None
        self._lay_out()
        self.facts.filtered.connect(self._on_filtered)
        self.side.chosen.connect(self._on_bucket)
        self.counts.chosen.connect(self._on_bucket)
        self.side.repair.connect(self.repair)
        self.side.row_wanted.connect(self._go_to)
        self.view.in_hand.connect(self.side.mark)
        self.view.field_wanted.connect(self._open_fields)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.facts)
        column.addWidget(self.counts)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.view, 1)
        body.addWidget(self.side)
        column.addLayout(body, 1)

    # --- showing ---

    def show_picture(self, picture: Picture, *, fit: bool) -> None:
        """`fit`: the columns are others than before and get new widths."""
        self.picture = picture
        self.facts.show_picture(picture)
        self.counts.show_picture(picture)
        self.side.show_picture(picture)
        self.view.show_picture(picture, self._columns(), fit=fit)
        self.side.mark(self.view.problem)
        self._show_head()

    def _show_head(self) -> None:
        picture, head = self.picture, self.head
        head.banner.set_text(picture.banner)
        head.banner.setVisible(bool(picture.banner))
        head.again.setVisible(bool(picture.banner))
        rejected = picture.counts.get(Mark.REJECTED, 0)
        rows = self.tr("1 rejected row stays") if rejected == 1 else self.tr("{n} rejected rows stay")
        head.stays.setText((rows + self.tr(" in the repair list")).format(n=rejected) if rejected else "")
        n = picture.orders
        head.go.set_label(self.tr("Import 1 order") if n == 1 else self.tr("Import {n} orders").format(n=n))

    def _columns(self) -> list[Column]:
        """Those that are read come first in the file's order, then those that are not; blank ones last."""
        columns = list(self.picture.columns)
        joined = self.picture.joined
        if self._narrow and joined is not None and all(p.column != joined[1] for p in self.picture.problems):
            columns = [column for column in columns if column.at != joined[1]]
        return columns

    # --- problems ---

    def repair(self, problem: Problem, *, typing: bool = True) -> None:
        """Go to a problem; `typing`: with its cell open, the best repair in it."""
        if self.view.rows.row_of(problem.row) is None:
            self._show_filter(0)
        self._visited = problem.row
        if self.view.open_problem(problem) and typing:
            self.view.type_into(problem)

    def next_problem(self, step: int = 1) -> bool:
        """The problem after (or before) the row in hand, in a circle. False if there is none."""
        problems = self.picture.problems
        if not problems:
            return False
        index = self.view.currentIndex()
        here = self.view.rows.line(index.row()).number if index.isValid() else 0
        rows = [problem.row for problem in problems]
        if here in rows and here != self._visited:  # the cursor came here by itself
            self.repair(problems[rows.index(here)])
            return True
        if step > 0:
            at = next((i for i, row in enumerate(rows) if row > here), 0)
        else:
            at = next((i for i in reversed(range(len(rows))) if rows[i] < here), len(rows) - 1)
        self.repair(problems[at])
        return True

    def _on_filtered(self, at: int) -> None:
        self.view.rows.filter(at)
        if at in _SHOWS:
            self.side.choose(_SHOWS[at])

    def _on_bucket(self, mark: Mark) -> None:
        if self._narrow:
            self._show_filter(_FILTERS.get(mark, 0))
        self.side.choose(mark)

    def _show_filter(self, at: int) -> None:
        self.facts.filter.choose(at)
        self.view.rows.filter(at)

    def _go_to(self, number: int) -> None:
        if self.view.rows.row_of(number) is None:
            self._show_filter(0)
        self.view.go_to(number)

    # --- fields ---

    def _open_fields(self, column: Column, at: QPoint) -> None:
        menu = QMenu(self)
        none = menu.addAction(self.tr("not used"))
        none.setData("")
        menu.addSeparator()
        for choice in self.picture.fields:
            menu.addAction(choice.text).setData(choice.key)
        for action in menu.actions():
            action.setCheckable(not action.isSeparator())
            action.setChecked(not action.isSeparator() and action.data() == column.field)
            if action.isChecked():
                menu.setActiveAction(action)
        menu.triggered.connect(partial(self._on_field, column))
        menu.aboutToHide.connect(menu.deleteLater)
        self._menu = menu
        menu.popup(at)

    def _on_field(self, column: Column, action: QAction) -> None:
        if action.data() != column.field:
            self.field_chosen.emit(column.at, str(action.data()))

    # --- size ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < WIDE_FROM
        if narrow != self._narrow:
            self._narrow = narrow
            self.counts.setVisible(narrow)
            self.side.setVisible(not narrow)
            self.facts.set_tight(narrow)
            self.view.show_picture(self.picture, self._columns(), fit=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))
