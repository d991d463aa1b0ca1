"""What a dispatcher chooses before a search."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum

from dispatch_console.domain.fleet import ShiftId


class Scope(StrEnum):
    """What is planned: everything, some routes among themselves, or only the pool into the routes as they are."""

    ALL = "all"
    ROUTES = "routes"
    UNASSIGNED = "unassigned"


class Changes(StrEnum):
    """What may happen to stops that have a driver: anything, another position, or nothing but neighbours."""

    FREE = "free"
    KEEP_DRIVERS = "keep_drivers"
    KEEP_ORDER = "keep_order"


def _cores() -> int:
    """One for each processor; more than four find little more, and the window wants one too."""
    return max(1, min(4, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Options:
    """`routes` names the routes of scope `ROUTES`. `seconds` bounds the search; `seed` makes it repeatable,
    `workers` says how many threads may search at the same time.

    `from_now`: the vans are out. Behind each driver lies what is over by facts and by the clock, where he stands,
    and the `freeze_next` stops after that. Goods on board stay on their van unless `hand_over` allows another to
    take them; what waits in the depot can only go with a van that is still there. A
    stop moves only if that saves `least_saved_s` of driving, waiting and lateness.
    """

    scope: Scope = Scope.ALL
    routes: frozenset[ShiftId] = frozenset()
    changes: Changes = Changes.FREE
    seconds: float = 30.0
    seed: int = 1
    workers: int = field(default_factory=_cores)
    from_now: bool = False
    freeze_next: int = 0
    hand_over: bool = False
    least_saved_s: int = 240

    @property
    def keeps_order(self) -> bool:
        return self.scope is Scope.UNASSIGNED or self.changes is Changes.KEEP_ORDER
