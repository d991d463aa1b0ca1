"""The backups of the open store: begun with the window, looked at every half hour, told of when they fail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dispatch_console.domain.errors import UserError
from dispatch_console.services import backup_words, keeping, restoring
from dispatch_console.services.keeping import Backup, Keeper
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.memory import Memory

if TYPE_CHECKING:  # the page is loaded when it is first shown
    from dispatch_console.ui.settings_page import BackupDeeds

_SECOND = "backups/second"


def second_folder(memory: Memory) -> Path | None:
    """Where each backup lies a second time; None: nowhere."""
    chosen = memory.text(_SECOND)
    return Path(chosen) if chosen else None


class Swap(NamedTuple):
    """A backup that takes the place of a store file as soon as the window has let go of it."""

    file: Path
    backup: Backup

    def do(self) -> tuple[str, str]:
        """What to say of it, and as what."""
        try:
            before = restoring.swap(self.file, self.backup).before
        except UserError as error:
            return error.message, "error"
        title = backup_words.title(self.backup, dt.datetime.now(dt.UTC))
        return f"The backup of {title} is in place. What was there before is kept as {before}.", "info"


class BackingUp(QObject):
    """`told(sentence)`: why a backup failed, on whichever thread. The second folder is this workstation's own, as a
    stick or a drive is.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, memory: Memory, file: Path | None) -> None:
        super().__init__(desk)
        self._desk, self._memory, self._file = desk, memory, file
        self._second = second_folder(memory)
        self.keeper = Keeper(file, lambda: self._second, self.told.emit)
        self.told.connect(self._say, Qt.ConnectionType.QueuedConnection)
        #: What the program does when it has ended, before it begins anew.
        self.wanted: Swap | None = None
        self._close: Callable[[], bool] = lambda: False
        self._look = QTimer(self)
        self._look.setInterval(keeping.EVERY_S * 1000)
        self._look.timeout.connect(self.keeper.look)

    def start(self) -> None:
        """The first of the day; from now on one every half hour in which something was changed."""
        self.keeper.begin()
        self._look.start()

    @property
    def second(self) -> Path | None:
        """Where each backup lies a second time; None: nowhere."""
        return self._second

    def use_second(self, folder: Path | None) -> Future[Backup | None]:
        """Choose the second folder. One backup is made, so that it is seen at once whether it works."""
        self._second = folder
        if folder is None:
            self._memory.forget(_SECOND)
        else:
            self._memory.set_text(_SECOND, str(folder))
        return self.keeper.make()

    def deeds(self) -> BackupDeeds:
        """For the settings."""
        from dispatch_console.ui.settings_page import BackupDeeds

        keeper, file = self.keeper, self._file
        return BackupDeeds(
            folder=keeper.folder,
            known=keeper.list_all,
            make=keeper.make,
            second=lambda: self._second,
            use_second=self.use_second,
            look=keeper.look_at,
            bring_back=lambda backup: file is not None and self._bring_back(Swap(file, backup)),
        )

    def closes(self, close: Callable[[], bool]) -> None:
        """How the window is closed; False: something could not be saved, and was told."""
        self._close = close

    def close(self) -> None:
        self._look.stop()
        self.keeper.close()

    def _bring_back(self, swap: Swap) -> None:
        self.wanted = swap
        if not self._close():
            self.wanted = None

    def _say(self, text: str) -> None:
        self._desk.message.emit(text, "error")
