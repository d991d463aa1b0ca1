"""Backups as time goes by: the first of the day, then one each half hour in which something was changed.

They are made on a thread of their own with a connection of their own, so that neither the window nor what is being
saved waits for them.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from dispatch_console.domain.errors import UserError
from dispatch_console.services import restoring, thinning
from dispatch_console.services.restoring import Preview
from dispatch_console.store import backups, copies, holding
from dispatch_console.store.backups import Backup

__all__ = ["EVERY_S", "Backup", "Keeper"]

log = logging.getLogger(__name__)

#: Between two looks whether something was changed.
EVERY_S = 30 * 60


class Keeper:
    """Cares for the backups of one store file; None: a server, which its keeper backs up, or no file at all.

    `second` says where each backup lies a second time (None: nowhere). `tell` hears, on the keeper's thread, of
    what went wrong: once, until it has gone well again.
    """

    def __init__(
        self,
        file: Path | None,
        second: Callable[[], Path | None] = lambda: None,
        tell: Callable[[str], object] = log.warning,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._file, self._second, self._tell, self._clock = file, second, tell, clock
        self._mark: int | None = None
        self._told: dict[str, str] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="backups")

    @property
    def folder(self) -> Path | None:
        """Where the backups lie; None: there are none of this store."""
        return backups.folder_of(self._file) if self._file is not None else None

    def begin(self) -> Future[Backup | None]:
        """On the first start of a date: one backup. None: done already."""
        return self._soon(lambda: self._guarded(self._start_of_day))

    def look(self) -> Future[Backup | None]:
        """One backup if anything was changed since the last. None: nothing was."""
        return self._soon(lambda: self._guarded(self._when_changed))

    def make(self) -> Future[Backup | None]:
        """One backup now. None: it failed, and that was told."""
        return self._soon(lambda: self._guarded(lambda: self._make("hand")))

    def list_all(self) -> Future[list[Backup]]:
        """Newest first, those of the second folder too."""
        return self._soon(self._known)

    def look_at(self, backup: Path) -> Future[Preview]:
        """What a backup holds, and what would be lost by bringing it back."""
        return self._soon(lambda: restoring.preview(str(self._file), backup))

    def close(self) -> None:
        """Finish the backup that is being made."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _soon[T](self, work: Callable[[], T]) -> Future[T]:
        """What is asked of a keeper that was closed is cancelled."""
        try:
            return self._thread.submit(work)
        except RuntimeError:
            late: Future[T] = Future()
            late.cancel()
            return late

    def _guarded(self, work: Callable[[], Backup | None]) -> Backup | None:
        try:
            made = work()
        except UserError as error:
            self._say("first", error.message)
            return None
        except Exception:
            log.exception("a backup could not be made")
            self._say("first", "A backup could not be made because of a fault in the program. See the log.")
            return None
        if made is not None:
            self._told.pop("first", None)
        return made

    def _start_of_day(self) -> Backup | None:
        return self._make("day") if self._file is not None and not self._begun() else None

    def _when_changed(self) -> Backup | None:
        if self._file is None or self._last() == self._look(self._file):
            return None
        return self._make("change" if self._begun() else "day")

    def _make(self, reason: str) -> Backup | None:
        if self._file is None:
            return None
        mark = self._look(self._file)  # before: what comes in between counts as changed since
        folder = backups.folder_of(self._file)
        made = backups.make(self._file, folder, reason, self._clock())
        self._mark = mark
        thinning.thin(backups.list_all(self._file, folder), self._today())
        self._make_again(made, self._file)
        return made

    def _make_again(self, made: Backup, file: Path) -> None:
        second = self._second()
        if second is None:
            return
        try:
            backups.again(made, second)
            copies.remember(second, backups.folder_of(file))
            thinning.thin(backups.list_all(file, second), self._today())
        except UserError as error:
            self._say("second", error.message)
        else:
            self._told.pop("second", None)

    def _say(self, where: str, sentence: str) -> None:
        if self._told.get(where) != sentence:
            self._told[where] = sentence
            self._tell(sentence)

    def _known(self) -> list[Backup]:
        if self._file is None:
            return []
        second = self._second()
        folders = [backups.folder_of(self._file), *([second] if second is not None else [])]
        return backups.list_all(self._file, *folders)

    def _begun(self) -> bool:
        today = self._today()
        first = backups.list_all(self._file, backups.folder_of(self._file)) if self._file is not None else []
        return any(b.reason == "day" and b.at.astimezone().date() == today for b in first)

    def _last(self) -> int | None:
        """How far the newest backup goes; None: there is none that can be read."""
        if self._mark is None and self._file is not None:
            newest = backups.list_all(self._file, backups.folder_of(self._file))[:1]
            try:
                self._mark = self._look(newest[0].file) if newest else None
            except UserError:
                self._say("newest", f"The backup {newest[0].file.name} cannot be read. Another one is made.")
        return self._mark

    def _look(self, file: Path) -> int:
        with holding.looking(file) as connection:
            return holding.mark(connection)

    def _today(self) -> dt.date:
        return self._clock().astimezone().date()
