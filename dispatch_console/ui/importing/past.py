"""What can still be done with an import of before: fetched from the store, applied to the day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from dispatch_console.services import importing_draft, importing_undo
from dispatch_console.services.importing import ImportRecord, Reject
from dispatch_console.services.importing_draft import Store
from dispatch_console.services.importing_undo import Removal
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.importing.earlier import Earlier
from dispatch_console.ui.later import Later

log = logging.getLogger(__name__)


class Past(QObject):
    """`ask_save(name)` asks where to write; empty: nowhere."""

    def __init__(
        self, desk: Desk, store: Store, view: Earlier, ask_save: Callable[[str], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._store, self._view, self._ask_save = desk, store, view, ask_save
        self._later = Later(self)
        view.remove_wanted.connect(self._remove)
        view.rejects_wanted.connect(self._save_rejects)

    def reload(self) -> None:
        store, depot = self._store, self._desk.day.depot
        records = store.submit(lambda: importing_undo.list_imports(store, depot.id))
        self._later.when(records, lambda found: self._view.show_records(found, depot.timezone), self._desk.sorry)

    def _remove(self, record: ImportRecord) -> None:
        store, day = self._store, self._desk.day
        found = store.submit(lambda: importing_undo.find(store, day, record.id))
        self._later.when(found, self._on_found, self._desk.sorry)

    def _on_found(self, removal: Removal) -> None:
        kept: list[int] = []
        if not self._desk.do(lambda: kept.append(importing_undo.remove(self._desk.session, removal, self))):
            return
        said = self.tr("{file} is taken back. Ctrl+Z brings it again.").format(file=removal.record.file)
        if kept and kept[0]:
            said += self.tr(" {n} orders that it changed keep their new values.").format(n=kept[0])
        self._desk.message.emit(said, "info")
        self.reload()

    def _save_rejects(self, record: ImportRecord) -> None:
        store = self._store
        rejects = store.submit(lambda: importing_undo.rejects(store, record.id))
        self._later.when(rejects, lambda found: self._write(record, found), self._desk.sorry)

    def _write(self, record: ImportRecord, rejects: list[Reject]) -> None:
        name = self._ask_save(f"{Path(record.file).stem}_rejected.csv")
        if name and self._desk.do(importing_draft.export_kept, rejects, record, Path(name)):
            self._desk.message.emit(self.tr("The rejected rows are in {name}.").format(name=name), "info")
