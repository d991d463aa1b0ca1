"""The side of the page: what the import does, count by count, and the rows behind the count that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.services.importing_picture import BUCKETS, Mark, Picture, Problem
from dispatch_console.ui.importing.buckets import NAMES, BucketRow, ReadRow
from dispatch_console.ui.importing.entries import EntryList
from dispatch_console.ui.importing.legend import Legend
from dispatch_console.ui.importing.small import Note
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Line, PaneHead

WIDTH = 360


class Side(QWidget):
    """Signals: `chosen(bucket)` · `repair(problem)` · `row_wanted(row)` · `export_wanted()`."""

    chosen = Signal(object)
    repair = Signal(object)
    row_wanted = Signal(int)
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH + 1)
        self._picture = Picture()
        self.bucket: Mark = Mark.REJECTED
        self.rows = {bucket: BucketRow(bucket) for bucket in BUCKETS}
        self._read = ReadRow()
        self._sentence = Note()
        self._head = PaneHead("")
        self.export = Button(self.tr("Export"), "ph.export", kind="quiet", tip=self.tr("Save these rows as a file"))
        self.export.clicked.connect(self.export_wanted)
        self._head.add_tool(self.export)
        self.list = EntryList()
        self.list.repair.connect(self.repair)
        self.list.row_wanted.connect(self.row_wanted)
        for row in self.rows.values():
            row.chosen.connect(self._on_chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PaneHead(self.tr("What this import does")))
        for row in self.rows.values():
            column.addWidget(row)
        column.addWidget(self._read)
        column.addWidget(self._sentence)
        column.addWidget(Line())
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(Legend())

    def show_picture(self, picture: Picture) -> None:
        self._picture = picture
        for bucket, row in self.rows.items():
            row.show_count(picture.counts.get(bucket, 0), picture.notes.get(bucket, ""))
        self._read.show_count(picture.read)
        self._sentence.set_text(picture.sentence)
        self._show_bucket()

    def choose(self, bucket: Mark) -> None:
        """Show the rows of another bucket, without a signal."""
        if bucket != self.bucket:
            self.bucket = bucket
            self._show_bucket()

    def mark(self, problem: Problem | None) -> None:
        """The problem in hand on the page; its bucket lights up with it."""
        self.list.mark(problem)
        for bucket, row in self.rows.items():
            row.set_lit(bucket == Mark.REJECTED and problem is not None)

    def _on_chosen(self, bucket: Mark) -> None:
        self.choose(bucket)
        self.chosen.emit(bucket)

    def _show_bucket(self) -> None:
        entries = self._picture.entries.get(self.bucket, ())
        self._head.set_title(NAMES[self.bucket])
        self._head.set_count(self._picture.counts.get(self.bucket, 0))
        self.export.setVisible(self.bucket == Mark.REJECTED and bool(entries))
        self.list.show_entries(entries, self.bucket)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, 1, self.height(), look.colour("line"))
