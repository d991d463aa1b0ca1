"""The pack of the sample's town for all tests: built once, and kept until something that makes it changes."""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch_console import resources
from dispatch_console.roads.pack import manifest
from dispatch_console.services import sample_pack
from dispatch_console.services.logs import APP

_CODE = resources.root() / "dispatch_console"
_MAKERS = (_CODE / "roads", _CODE / "geocoding", _CODE / "services" / "regions", resources.path("roads"))


def town(kept: Path) -> Path:
    """The pack's folder below `kept`. Of several test processes one builds it, the others wait for it."""
    mine = kept / _key()
    with _alone(kept / "town.lock"):
        for other in kept.iterdir():
            if other.is_dir() and other != mine:
                shutil.rmtree(other)
        return sample_pack.ensure_pack(mine)


def lend(pack: Path, home: Path) -> None:
    """Whoever has his data in `home` finds the sample's pack there, and builds none."""
    folder = home / APP
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "regions").symlink_to(pack.parent, target_is_directory=True)


def _key() -> str:
    told = hashlib.sha256(repr(sorted(manifest.engines().items())).encode())
    for folder in _MAKERS:
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".py", ".lua"):
                told.update(file.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Waits until no other process is in here."""
    with file.open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                except OSError:
                    time.sleep(0.2)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
