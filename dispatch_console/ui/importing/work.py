"""The import in hand, worked on in a thread of its own: one step after the other, each with its picture."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain.errors import UserError
from dispatch_console.services import importing, importing_draft, travel
from dispatch_console.services.importing import Made, Prepared
from dispatch_console.services.importing_draft import Draft, FleetFile, Repairs, Store, Study
from dispatch_console.services.unfinished import OpenFile, open_file, state_of
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.garbage import no_pauses
from dispatch_console.ui.later import Later
from dispatch_console.ui.models import order_rows

log = logging.getLogger(__name__)

_OURS = "That went wrong inside the program; nothing was imported. See the log."

type Step = Callable[[Draft | None], Draft]


class ImportWork(QObject):
    """Signals
    - `drawn(Draft, fresh)`: there is a newer picture; `fresh`: its columns are others than before.
    - `failed(path, sentence)`: the file could not be read. `refused(sentence)`: a step could not be done; the
      picture stays as it was.
    - `fleet_found(path)`: the file lists drivers and vehicles.
    - `imported(Outcome)`: it is done.
    """

    drawn = Signal(object, bool)
    failed = Signal(object, str)
    refused = Signal(str)
    fleet_found = Signal(object)
    imported = Signal(object)

    def __init__(self, desk: Desk, store: Store, who: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store, self._who = desk, store, who
        self._later = Later(self)
        self._thread: ThreadPoolExecutor | None = None
        self._newest: Draft | None = None  # the thread's
        self.draft: Draft | None = None  # what the page shows
        self._state = (0, 0)  # of the file as it was read, see `unfinished`
        self.repairs = Repairs()
        self._done: list[Repairs] = []
        self._undone: list[Repairs] = []
        self._file = 0
        self._waiting = 0
        self._committing = False

    # --- steps ---

    def open(self, path: Path, left: OpenFile | None = None) -> None:
        """Read a file; what was in hand is dropped. `left`: the repairs that an earlier run left of it."""
        self.drop()
        study, file = self._study(), self._file
        thread = self._thread = ThreadPoolExecutor(1, thread_name_prefix="import")

        def read() -> tuple[Draft, tuple[int, int]]:
            state = state_of(path)
            with no_pauses():
                draft = importing_draft.open_file(study, path)
            self._newest = draft
            return draft, state

        self._waiting += 1
        self._later.when(
            thread.submit(read), lambda got: self._begin(file, *got, left), lambda e: self._on_failed(file, path, e)
        )

    def set_fact(self, key: str, value: str) -> None:
        study = self._study()
        self._then(lambda draft: importing_draft.with_fact(study, draft, key, value))

    def set_field(self, column: int, field: str) -> None:
        study = self._study()
        self._then(lambda draft: importing_draft.with_field(study, draft, column, field))

    def guess_again(self) -> None:
        study = self._study()
        self._then(lambda draft: importing_draft.guessed_again(study, draft))

    def judge_again(self) -> None:
        """The day has changed: what is new and what has changed may be others."""
        if self.draft is not None and not self._committing:
            self._repaired(self.repairs)

    def repair(self, row: int, cells: Mapping[int, str]) -> None:
        """Write texts (by column) into a row."""
        self._remember(self.repairs.with_cells(row, cells))

    def leave_out(self, rows: frozenset[int]) -> None:
        self._remember(self.repairs.without_rows(rows))

    def in_hand(self) -> OpenFile | None:
        """The file with its repairs, to outlast the program; None: there is none, or it is not read yet."""
        if self.draft is None:
            return None
        return open_file(self.draft.path, self._state, self.repairs.cells, self.repairs.left_out)

    def undo(self) -> bool:
        """Take the last repair back. False if there is none."""
        return self._travel(self._done, self._undone)

    def redo(self) -> bool:
        return self._travel(self._undone, self._done)

    def _remember(self, after: Repairs) -> None:
        self._done.append(self.repairs)
        self._undone.clear()
        self._repaired(after)

    def _travel(self, source: list[Repairs], to: list[Repairs]) -> bool:
        if not source:
            return False
        to.append(self.repairs)
        self._repaired(source.pop())
        return True

    def _repaired(self, repairs: Repairs) -> None:
        self.repairs = repairs
        study = self._study()

        def step(draft: Draft) -> Draft:
            stale = repairs is not self.repairs  # a newer one waits already
            return draft if stale else importing_draft.with_repairs(study, draft, repairs)

        self._then(step)

    # --- the end ---

    def commit(self) -> None:
        """Import what the page shows, once all steps before are done."""
        if self._committing or self._thread is None:
            return
        self._committing = True
        study, file = self._study(), self._file

        def prepare() -> Prepared:
            assert self._newest is not None
            return importing_draft.prepared(study, self._newest)

        future = self._thread.submit(prepare)
        self._later.when(future, lambda found: self._make(file, found), lambda e: self._on_refused(file, e))

    def _make(self, file: int, prepared: Prepared) -> None:
        """Work out the step on the day as it is by now."""
        if file != self._file or self._thread is None:
            return
        session, who, now = self._desk.session, self._who(), self._desk.clock()
        day, tried = session.real, session.tried_places()

        def make() -> Made:
            made = importing.make(day, prepared, who, now)
            order_rows.make_ahead(made.change.orders)
            travel.fetch(made.after.travel, tried)
            return made

        future = self._thread.submit(make)
        self._later.when(
            future, lambda made: self._commit(file, prepared, made), lambda e: self._on_refused(file, e)
        )

    def _commit(self, file: int, prepared: Prepared, made: Made) -> None:
        if file != self._file:
            return
        if made.day is not self._desk.session.real:
            self._make(file, prepared)
            return
        try:
            now = self._desk.clock()
            outcome = importing.commit(self._desk.session, prepared, self._who(), now, self, made)
        except Exception as error:
            self._on_refused(file, error)
            return
        self._committing = False
        self.drop()
        self.imported.emit(outcome)

    def drop(self) -> None:
        """Let go of the file; what is still under way is forgotten."""
        self._file += 1
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = None
        self._newest = self.draft = None
        self.repairs = Repairs()
        self._done, self._undone = [], []
        self._waiting, self._committing = 0, False

    @property
    def busy(self) -> bool:
        """Whether a step is under way."""
        return self._waiting > 0

    # --- from and to the thread ---

    def _study(self) -> Study:
        return Study(self._store, self._desk.day, self._desk.finder)

    def _then(self, step: Callable[[Draft], Draft]) -> None:
        thread, file = self._thread, self._file
        if thread is None:
            return

        def run() -> Draft:
            assert self._newest is not None
            with no_pauses():
                after = step(self._newest)
            if file == self._file:
                self._newest = after
            return after

        self._waiting += 1
        self._later.when(
            thread.submit(run), lambda draft: self._show(file, draft), lambda e: self._on_refused(file, e)
        )

    def _begin(self, file: int, draft: Draft, state: tuple[int, int], left: OpenFile | None) -> None:
        """Repairs that were left are one step, unless the rows are others by now."""
        self._show(file, draft)
        if file != self._file:
            return
        self._state = state
        if left is not None and left.repairs and left.state == state:
            cells = {(row, column): text for row, column, text in left.cells}
            self._remember(Repairs(cells, frozenset(left.left_out)))
        elif left is not None and left.repairs:
            told = self.tr("{name} was changed since it was open, so its repairs are gone.")
            self._desk.message.emit(told.format(name=draft.path.name), "info")

    def _show(self, file: int, draft: Draft) -> None:
        if file != self._file:
            return
        self._waiting -= 1
        before, self.draft = self.draft, draft
        fresh = before is None or before.table is not draft.table or before.mapping != draft.mapping
        if before is not None and before.table is not draft.table and not draft.repairs:
            self.repairs, self._done, self._undone = draft.repairs, [], []  # rows or columns moved
        self.drawn.emit(draft, fresh)

    def _on_failed(self, file: int, path: Path, error: BaseException) -> None:
        if file != self._file:
            return
        self._waiting -= 1
        if isinstance(error, FleetFile):
            self.fleet_found.emit(path)
        else:
            self.failed.emit(path, _sentence(error))

    def _on_refused(self, file: int, error: BaseException) -> None:
        if file != self._file:
            return
        self._waiting, self._committing = max(0, self._waiting - 1), False
        self.refused.emit(_sentence(error))


def _sentence(error: BaseException) -> str:
    if isinstance(error, UserError):
        return error.message
    log.error("an import failed", exc_info=error)
    return _OURS
