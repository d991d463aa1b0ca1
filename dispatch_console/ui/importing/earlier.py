"""Earlier imports, on the page that waits for a file: what each did; its bad rows; taking it back whole."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.services.importing import ImportRecord
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PaneHead, Text

_MOST = 30
_ABOUT = 320


class Earlier(QWidget):
    """Signals: `remove_wanted(ImportRecord)` · `rejects_wanted(ImportRecord)`."""

    remove_wanted = Signal(object)
    rejects_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PaneHead(self.tr("Earlier imports"))
        self.rows: list[EarlierRow] = []
        self._shown: tuple[list[ImportRecord], str] = [], ""
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self._inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(scroll, 1)

    def show_records(self, records: Sequence[ImportRecord], timezone: str) -> None:
        """The same records again leave the rows as they are: somebody may be about to click on one."""
        if (shown := (list(records), timezone)) == self._shown:
            return
        self._shown = shown
        for row in self.rows:
            row.deleteLater()
        self.rows = [EarlierRow(record, timezone) for record in records[:_MOST]]
        for at, row in enumerate(self.rows):
            row.remove.clicked.connect(lambda _=False, row=row: self.remove_wanted.emit(row.record))
            row.rejects.clicked.connect(lambda _=False, row=row: self.rejects_wanted.emit(row.record))
            self._column.insertWidget(at, row)
        self.head.set_count(len(records))
        self.setVisible(bool(records))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))


class EarlierRow(QWidget):
    """One import: file and time, what it did, what can be done with it."""

    def __init__(self, record: ImportRecord, timezone: str) -> None:
        super().__init__()
        self.record = record
        self.setFixedHeight(40)
        at = record.at.astimezone(ZoneInfo(timezone))
        faint = "tx3" if record.undone else "tx"
        about = QWidget()
        about.setFixedWidth(_ABOUT)
        words = QVBoxLayout(about)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Text(record.file, "key", faint))
        when = f"{saying.date(at.date())} {at:%H:%M}"
        by = self.tr("{when}, {who}").format(when=when, who=record.who) if record.who else when
        words.addWidget(Text(by, "secondary", "tx2"))
        words.addStretch(1)
        self.did = Text(told(record), "data", "tx3" if record.undone else "tx2")
        rejected = record.counts.get("rejected", 0)
        self.rejects = Button(self.tr("Save the {n} rejected rows…").format(n=rejected), "ph.export", kind="quiet")
        self.rejects.setVisible(rejected > 0)
        self.remove = Button(self.tr("Take back"), tip=self.tr("Remove the orders that this import brought"))
        self.remove.setVisible(not record.undone)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(about)
        row.addWidget(self.did, 1)
        row.addWidget(self.rejects)
        row.addWidget(self.remove)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line2"))


def told(record: ImportRecord) -> str:
    """`177 new, 3 changed, 12 rejected`, or that it was taken back."""
    names = ("new", "changed", "unchanged", "rejected", "duplicates")
    parts = [f"{record.counts[name]} {name}" for name in names if record.counts.get(name)]
    text = ", ".join(parts) or "nothing"
    return f"taken back: {text}" if record.undone else text
