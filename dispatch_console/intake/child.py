"""Reads a file in a process of its own, so that a hostile one can cost time and memory there, but nothing here."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

import psutil

from dispatch_console.domain.errors import UserError
from dispatch_console.intake.limits import DEFAULT, Limits
from dispatch_console.intake.table import FIND, FormatChoice, Table

_POLL_S = 0.05


class _Inlet(Protocol):
    """An end of a pipe to read from: of one class on Windows, of another elsewhere."""

    def poll(self, timeout: float, /) -> bool: ...

    def recv(self) -> object: ...


def read_in_child(path: Path, choice: FormatChoice = FIND, limits: Limits = DEFAULT) -> Table:
    """As `reader.read`, which see, within `limits.seconds` and `limits.memory_bytes`. Blocks; raises UserError."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, path, choice, limits), daemon=True)
    process.start()
    theirs.close()
    try:
        return _answer(ours, process.pid or 0, path.name, limits)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _answer(pipe: _Inlet, pid: int, name: str, limits: Limits) -> Table:
    until = time.monotonic() + limits.seconds
    while not pipe.poll(_POLL_S):
        if time.monotonic() > until:
            raise UserError(
                f"{name} took longer than {limits.seconds:.0f} s to read and was given up. Check the file."
            )
        if _memory(pid) > limits.memory_bytes:
            raise UserError(
                f"{name} needs too much memory to be a list of orders and was given up. Check the file."
            )
    try:
        answer = pipe.recv()
    except (EOFError, OSError):
        answer = None
    if isinstance(answer, Table):
        return answer
    raise UserError(
        answer if isinstance(answer, str) else f"{name} is damaged: reading it failed. Save it again and retry."
    )


def _memory(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _work(pipe: Connection, path: Path, choice: FormatChoice, limits: Limits) -> None:
    """In the child."""
    try:
        pipe.send(answer(path, choice, limits))
    finally:
        pipe.close()


def answer(path: Path, choice: FormatChoice = FIND, limits: Limits = DEFAULT) -> Table | str:
    """What the child says of a file: its table, or in a sentence why there is none.

    Only what is needed to read is imported here, so that small files are there at once.
    """
    from dispatch_console.intake import reader

    try:
        return reader.read(path, choice, limits)
    except UserError as error:
        return error.message
    except (MemoryError, RecursionError):
        return f"{path.name} needs too much memory to be a list of orders. Check the file."
    except Exception as error:  # whatever a hostile file makes a library raise
        return f"{path.name} cannot be read ({type(error).__name__}). Save it as CSV or XLSX and import it again."
