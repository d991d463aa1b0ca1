"""What the settings can do with region packs; who holds the pack in use does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_console.services.regions.current import Region

if TYPE_CHECKING:  # loaded with the table
    from dispatch_console.services.regions.hours import RushHours


@dataclass(frozen=True)
class RegionDeeds:
    """`use(folder)` begins to use a pack (None: none), raising UserError where that cannot be now: `why_not` is the
    reason then. `release(folder)` takes the pack that lies there off the window, if it is the one in use; the call
    it returns closes its files, which may take a moment. `set_class`: the vehicles whose roads count. `hours`: what
    rush hours are, for regions that are built. `built`: the folder that new packs go to. `do` shows the sentence of
    a UserError."""

    current: Callable[[], Region]
    use: Callable[[Path | None], object]
    why_not: Callable[[], str | None]
    release: Callable[[Path], Callable[[], object]]
    set_class: Callable[[str], object]
    hours: Callable[[], RushHours]
    set_hours: Callable[[RushHours], object]
    built: Path
    do: Callable[[Callable[[], object]], bool]
