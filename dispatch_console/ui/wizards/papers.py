"""The hand-over sheets of an accepted plan, to the printer of the print page; without one, as PDFs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day
from dispatch_console.services.manifests import Kind, Paper
from dispatch_console.services.wizards.meeting import Meeting
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.printing.runs import PrintServices, Runs, Wish


class Papers(QObject):
    """Both copies of each meeting between the drivers of a plan."""

    def __init__(self, desk: Desk, services: PrintServices, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._services, self._window = desk, services, parent
        self.runs = Runs(desk, services, self)
        self.runs.ended.connect(self._on_ended)

    def print(self, day: Day, meetings: Sequence[Meeting]) -> None:
        """Send them off. What they say is the plan as it stands."""
        drivers = tuple(dict.fromkeys(id for meets in meetings for id in (meets.giver, meets.taker)))
        remembered = self._services.remembered("paper")
        paper = next((one for one in Paper if one.value == remembered and one is not Paper.LABEL), Paper.A4)
        names = self._services.printer_names()
        chosen = self._services.remembered("printer")
        printer = chosen if chosen in names else names[0] if names else ""
        wish = Wish((Kind.HAND_OVER,), drivers, paper, printer)
        if printer:
            self.runs.print(wish)
            return
        folder = self._desk.files.folder(
            self._window, "pdf", self.tr("No printer was found. Save PDFs to a folder")
        )
        if folder:
            self.runs.save(wish, Path(folder))

    def close(self) -> None:
        """Free the engine behind it."""
        self.runs.close()

    def _on_ended(self, message: str, kind: str) -> None:
        if message:
            self._desk.message.emit(message, kind)
