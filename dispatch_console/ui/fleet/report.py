"""What an import of a fleet could not take, row by row, at the side of the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.services.fleet_files import FleetOutcome
from dispatch_console.services.importing_picture import Entry, Mark
from dispatch_console.ui.importing.entries import EntryList
from dispatch_console.ui.models.words import count
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PaneHead, Text


def _halves(sentence: str) -> tuple[str, str, str]:
    """What is so, and what was done about it."""
    first, _, second = sentence.partition("; ")
    return first, "", second[:1].upper() + second[1:]


class ImportReport(QWidget):
    """`closed`: back to the form."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PaneHead("")
        self.sentence = Text("", "data", "tx2")
        self.sentence.setWordWrap(True)
        self.sentence.setContentsMargins(12, 8, 12, 8)
        self.list = EntryList()
        self.back = Button(self.tr("Close"), size=32)
        self.back.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addStretch(1)
        foot.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.sentence)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def show_outcome(self, name: str, outcome: FleetOutcome) -> None:
        """The rows that were not taken first, then what was taken otherwise than the file says."""
        rejected = outcome.result.rejected
        self.head.set_title(self.tr("Not taken from {name}").format(name=name))
        self.head.set_count(len(rejected))
        taken = count(len(outcome.result.vehicles), self.tr("row"))
        said = self.tr("{taken} taken. Mend the others in the file and import it again: nothing comes twice.")
        self.sentence.setText(said.format(taken=taken))
        bad = [Entry(e.row, e.text or self.tr("empty"), "", e.message) for e in rejected]
        notes = [Entry(note.row, *_halves(note.text)) for note in outcome.notes]
        self.list.show_entries((*bad, *notes), Mark.REJECTED)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))
