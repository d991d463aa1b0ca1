"""The backups of the open store: begun with the window, looked at every half hour, told of when they fail."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dispatch_console.services import keeping
from dispatch_console.services.keeping import Backup, Keeper
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.memory import Memory

_SECOND = "backups/second"


def second_folder(memory: Memory) -> Path | None:
    """Where each backup lies a second time; None: nowhere."""
    chosen = memory.text(_SECOND)
    return Path(chosen) if chosen else None


class BackingUp(QObject):
    """`told(sentence)`: why a backup failed, on whichever thread. The second folder is this workstation's own, as a
    stick or a drive is.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, memory: Memory, file: Path | None) -> None:
        super().__init__(desk)
        self._desk, self._memory = desk, memory
        self._second = second_folder(memory)
        self.keeper = Keeper(file, lambda: self._second, self.told.emit)
        self.told.connect(self._say, Qt.ConnectionType.QueuedConnection)
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

    def close(self) -> None:
        self._look.stop()
        self.keeper.close()

    def _say(self, text: str) -> None:
        self._desk.message.emit(text, "error")
