"""What the window asks of the program around it. The composition root fills it in; tests fill in less."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QWidget

from dispatch_console.ui.actions import Reason

Scope = Literal["all", "selected", "unassigned"]


def _nothing(*_: object) -> None:
    return None


def _no_days() -> Collection[dt.date]:
    return ()


@dataclass(frozen=True)
class Hooks:
    """Calls return at once; whatever takes time comes back by itself.

    - `go_to(day)`: open another day. `days()`: those with orders, for the calendar.
    - `approve()`, `withdraw()`: the state of the day.
    - `check()`: show what to look at before the vans leave.
    - `optimise(scope, seconds)`, `why_not_optimise(scope)`.
    - `open_files(paths)`: order files were dropped on the window.
    - `pages`: name → maker of a page, called when it is first shown.
    - `quitting()`: the window closes; True once nothing is left to save.
    """

    go_to: Callable[[dt.date], object] = _nothing
    days: Callable[[], Collection[dt.date]] = _no_days
    approve: Callable[[], object] = _nothing
    withdraw: Callable[[], object] = _nothing
    check: Callable[[], object] = _nothing
    optimise: Callable[[Scope, int], object] = _nothing
    why_not_optimise: Callable[[Scope], Reason] = _nothing
    open_files: Callable[[list[Path]], object] = _nothing
    pages: Mapping[str, Callable[[], QWidget]] = field(default_factory=dict[str, Callable[[], QWidget]])
    quitting: Callable[[], bool] = lambda: True
