"""One build at a time for a folder, whichever program begins it. The system lets go when a program ends,
however."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from dispatch_console.domain.errors import UserError

_LOCK = ".lock"


class Lock:
    """Held until `release`."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file

    def release(self) -> None:
        """Whoever waits may build now; nothing is left beside the pack."""
        if self._file.closed:
            return
        if sys.platform != "win32":  # there a file that is open cannot be removed; here its name may, before
            self._path.unlink(missing_ok=True)
        self._file.close()
        if sys.platform == "win32":
            with suppress(OSError):  # another program has it already
                self._path.unlink(missing_ok=True)


def take(out: Path) -> Lock:
    """The lock of the pack at `out`. Raises UserError if something builds there, OSError if that cannot be told."""
    path = out.with_name(out.name + _LOCK)
    while True:
        file = path.open("a+b")
        try:
            _lock(file, out)
        except BaseException:
            file.close()
            raise
        if _is_still(path, file):
            return Lock(path, file)
        file.close()


def _lock(file: BinaryIO, out: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise UserError(
            f"Another build of {out} is under way. Wait until it has ended, or stop it, or choose another folder."
        ) from error


def _is_still(path: Path, file: BinaryIO) -> bool:
    """Whether the file still has its name: who held it before may have removed it in the moment between."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
