"""A pack's folder while it is built: beside the old one, which stays in use until the new one is whole."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path

from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import lock, manifest

_PART, _OLD = ".part-", ".old"
#: So long a program that has a file of the old pack open for a moment (an import, a virus scanner) is waited for.
_MOMENT_S = 3.0


def alone(out: Path) -> lock.Lock:
    """From now until it is let go nobody else builds at `out`. Raises UserError if somebody does, or if there can
    be no folder."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return lock.take(out)
    except OSError as error:
        raise sentence(error, out, 0) from error


def begin(out: Path, needed_bytes: int) -> Path:
    """A fresh folder beside `out` to build in, for who holds `alone`: what is left of builds is of programs that
    are gone, and removed. Raises UserError if there is no room, no right, or something else in `out`."""
    try:
        recover(out)
        _check_free(out)
        for left in out.parent.glob(f"{out.name}{_PART}*"):
            discard(left)
        part = out.with_name(f"{out.name}{_PART}{os.getpid()}")
        part.mkdir()
    except OSError as error:
        raise sentence(error, out, needed_bytes) from error
    missing = needed_bytes - shutil.disk_usage(part).free
    if missing > 0:
        discard(part)
        raise disk_full(part, missing)
    return part


def _check_free(out: Path) -> None:
    if out.is_file() or (out.is_dir() and not manifest.is_pack(out) and any(out.iterdir())):
        raise UserError(f"{out} holds other files. Choose a new folder, or one that holds a region pack.")


def finish(part: Path, out: Path) -> None:
    """Put the finished pack of `part` in the place of `out`; what was there is gone then. If that does not work the
    old pack is back, and UserError says so. Nobody may have files of `out` open for long (Windows)."""
    old = out.with_name(out.name + _OLD)
    try:
        _flush(part)
        if old.exists():
            shutil.rmtree(old)
        if out.exists():
            _rename(out, old)
        try:
            _rename(part, out)
        except OSError:
            recover(out)
            raise
    except OSError as error:
        raise sentence(error, out, 0) from error
    discard(old)


def _rename(path: Path, goal: Path) -> None:
    until = time.monotonic() + _MOMENT_S
    while True:
        try:
            path.rename(goal)
            return
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def remove(out: Path) -> None:
    """Remove the pack at `out`. Raises UserError if something builds there or has files of it open: then it
    stays."""
    lock = alone(out)
    gone = out.with_name(f"{out.name}{_PART}gone")  # what cannot be removed now goes with the next build
    try:
        discard(gone)
        _rename(out, gone)
    except OSError as error:
        raise UserError(
            f"{out} cannot be removed ({error.strerror or error}). Close other programs that use it, and try again."
        ) from error
    finally:
        lock.release()
    discard(gone)


def is_unfinished(folder: Path) -> bool:
    """Whether it is what a build, or a removal, works on or has left."""
    return _PART in folder.name or folder.name.endswith(_OLD)


def recover(out: Path) -> None:
    """Put the old pack back, should a program have ended in the moment between the old one and the new one."""
    old = out.with_name(out.name + _OLD)
    if old.is_dir() and not out.exists():
        old.rename(out)


def discard(folder: Path) -> None:
    """Remove a folder as far as that goes; what another program holds open stays until the next build."""
    shutil.rmtree(folder, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Wait until all of it is on the disk."""
    seen: set[int] = set()
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_ino not in seen:
            seen.add(path.stat().st_ino)
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def sentence(error: OSError, out: Path, needed_bytes: int) -> UserError:
    """What is wrong with the disk."""
    if is_full(error):
        return disk_full(out, needed_bytes)
    if isinstance(error, FileExistsError | NotADirectoryError):
        file = next((path for path in (out, *out.parents) if path.is_file()), out.parent)
        return UserError(f"{file} is a file where a folder is needed. Rename or move it, or choose another folder.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(f"{out.parent} cannot be written to. Choose another folder.")
    return UserError(f"{out} cannot be written ({error.strerror or error}). Choose another folder.")


def is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", None) == 112


def link(source: Path, goal: Path) -> None:
    """Another name for a file, or a copy of it where the disk knows no second names."""
    try:
        os.link(source, goal)
    except OSError:
        shutil.copyfile(source, goal)


def disk_full(folder: Path, more: int) -> UserError:
    """`more`: about so many bytes are missing."""
    megabytes = max(1, round(more / 1e6))
    return UserError(
        f"The disk is full: about {megabytes} MB more are needed in {folder.parent}. Make room and build again."
    )


def room(source_bytes: int, classes: int, buckets: int) -> int:
    """Bytes that a build takes, about: measured on Liechtenstein, and a half more."""
    return int(source_bytes * (6 + 6 * classes * (1 + 0.3 * (buckets - 1))))
