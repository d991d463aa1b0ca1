"""A day is saved as a file; and a window on such a file says that it shows a copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from dispatch_console.domain import file_kinds, saying
from dispatch_console.services import day_files
from dispatch_console.services.lookup import Store
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.shell.strips import StripRow
from dispatch_console.ui.shell.window import MainWindow


class DayFiles(QObject):
    """The action, and what it does."""

    def __init__(self, desk: Desk, store: Store, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._store, self._window = desk, store, window
        self._later = Later(self)
        text = self.tr("Save this day as a file…")
        hint = self.tr("a copy for support or another depot; it holds customers")
        group, aka = self.tr("Day"), "export dispatch-day copy"
        run, icon = self.save, "ph.export"
        desk.actions.add(Action("day.save_file", text, run, icon=icon, hint=hint, group=group, aka=aka))

    def save(self) -> None:
        """Ask for a file, then write what is saved of the day."""
        title, kinds = self.tr("Save this day as a file"), self.tr("Days (*.dispatch-day)")
        name = self._desk.files.save(self._window, "day", title, day_files.name_of(self._desk.day), kinds)
        if name:
            self.write(Path(name if name.casefold().endswith(file_kinds.DAY) else f"{name}{file_kinds.DAY}"))

    def write(self, target: Path) -> None:
        store, day = self._store, self._desk.session.real
        made = store.submit(lambda: day_files.write(store, day, target))
        told = self.tr("Written: {file}. It holds this day’s customers: give it only to who may see them.")
        told = told.format(file=target.name)
        self._later.when(made, lambda _: self._desk.message.emit(told, "info"), self._desk.sorry)


def mark_copy(window: MainWindow, file: Path) -> None:
    """Say over the panes that this is a copy, as long as the window is open."""
    row = StripRow("ph.copy", "acc", "accbg")
    title = row.tr("A copy of {day}, to be looked at.").format(day=saying.date(window.desk.day.date))
    words = row.tr("From {file}. Nothing is saved; Ctrl+T tries things on it.").format(file=file.name)
    row.show_words(title, words)
    window.add_strip(row, lambda _narrow: None)
