"""What the parts of the window need besides the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_console.domain.fleet import Depot
from dispatch_console.ui.shell.backing_up import BackingUp
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.newday import AskRoster

if TYPE_CHECKING:
    from dispatch_console.services.importing_draft import Store


@dataclass(frozen=True)
class Needs:
    """What panes and pages need besides the desk. `set_who` renames the user from the next start on."""

    store: Store
    memory: Memory
    who: Callable[[], str]
    set_who: Callable[[str], object]
    roster: AskRoster
    store_words: str
    store_folder: Path | None
    set_depot: Callable[[Depot], object]
    backing_up: BackingUp
