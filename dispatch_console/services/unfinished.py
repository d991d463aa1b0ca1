"""What is typed and not saved yet, kept on this computer in case the program ends: an order in its form, and the
file on the import page with its repairs. Edits of the day are no part of it: each is saved at once.

It holds what is typed, customers' data included: only this user may read it, and a clean end takes it away.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from dispatch_console.domain.orders import OrderKind, Priority
from dispatch_console.services import crashes
from dispatch_console.store import location

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TypedOrder:
    """`order`: its id, 0 of a new one. `texts`: the fields that were changed, as they are typed."""

    order: int
    day: str
    texts: dict[str, str]
    kind: OrderKind
    priority: Priority


@dataclass(frozen=True, slots=True)
class OpenFile:
    """`state`: of the file as it was read. Where it is another one now, repairs of rows would hit others."""

    path: str
    state: tuple[int, int]
    cells: tuple[tuple[int, int, str], ...] = ()
    left_out: tuple[int, ...] = ()

    @property
    def repairs(self) -> int:
        return len(self.cells) + len(self.left_out)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """`store`: whose day it is of."""

    store: str
    order: TypedOrder | None = None
    file: OpenFile | None = None

    def __bool__(self) -> bool:
        return self.order is not None or self.file is not None


def open_file(
    path: Path, state: tuple[int, int], cells: Mapping[tuple[int, int], str], left_out: Collection[int]
) -> OpenFile:
    """The file on the import page with its repairs: see `importing_draft.Repairs`."""
    kept = tuple((row, column, text) for (row, column), text in cells.items())
    return OpenFile(str(path), state, kept, tuple(sorted(left_out)))


def state_of(path: Path) -> tuple[int, int]:
    """Size and time of a file; zeros: it is not there. It may lie on a server: not for the window's thread."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def folder() -> Path:
    return location.default_folder() / "unfinished"


class Keeper:
    """The file of this run. What cannot be written is logged: it is a help, no promise."""

    def __init__(self, where: Path | None = None) -> None:
        me = psutil.Process()
        self._file = (where or folder()) / f"{me.pid}-{me.create_time():.2f}.json"
        self._kept: Unfinished | None = None

    def keep(self, now: Unfinished) -> None:
        """Write what is unfinished, if it is something else than before."""
        if now == self._kept or not (now or self._kept):
            return
        self._kept = now
        try:
            if not now:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = self._file.with_suffix(".new")
            with os.fdopen(
                os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as out:
                json.dump(asdict(now), out)
            new.replace(self._file)
        except OSError as error:
            log.warning("what is typed cannot be kept: %s", error)

    def end(self) -> None:
        self._file.unlink(missing_ok=True)
        self._file.with_suffix(".new").unlink(missing_ok=True)


def left(store: str, where: Path | None = None) -> list[tuple[Path, Unfinished]]:
    """What runs on this store that are no more left, oldest first. Drop each once it is taken or not wanted."""
    found: list[tuple[Path, Unfinished]] = []
    for file in sorted((where or folder()).glob("*.json"), key=lambda one: one.name):
        pid, _, created = file.stem.partition("-")
        try:
            if crashes.is_running(int(pid), float(created)):
                continue
            one = _read(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("what was typed cannot be read: %s", error)
            drop(file)
            continue
        if one.store == store and one:
            found.append((file, one))
    return found


def drop(file: Path) -> None:
    file.unlink(missing_ok=True)


def _read(told: dict[str, Any]) -> Unfinished:
    order, file = told["order"], told["file"]
    if order is not None:
        texts = {str(name): str(text) for name, text in order["texts"].items()}
        kind, priority = OrderKind(order["kind"]), Priority(order["priority"])
        order = TypedOrder(int(order["order"]), str(order["day"]), texts, kind, priority)
    if file is not None:
        size, time = file["state"]
        cells = tuple((int(row), int(column), str(text)) for row, column, text in file["cells"])
        left_out = tuple(int(row) for row in file["left_out"])
        file = OpenFile(str(file["path"]), (int(size), int(time)), cells, left_out)
    return Unfinished(str(told["store"]), order, file)
