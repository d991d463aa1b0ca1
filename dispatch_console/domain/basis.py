"""What schedules rest on besides the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dispatch_console.domain.facts import Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.domain.weights import UNWEIGHED, Weights

_NONE: frozenset[StopId] = frozenset()


@dataclass(frozen=True)
class Basis:
    """What schedules rest on besides the plan. `now` counts only for routes that are under way.

    `sheets`: the stops on the papers of each driver, once the plan is approved; a driver who is not in it has none.
    `apart`: pairs of classes of goods that may not ride together. `weights`: prices that are counted in `soft`.
    `trials` is where `insertion` keeps routes made ready for trying stops in.
    """

    day: dt.date
    timezone: str
    stops: Mapping[StopId, Stop]
    shifts: Mapping[ShiftId, Shift]
    travel: TravelMatrix
    facts: Facts = field(default_factory=Facts)
    now: int = 0
    sheets: Mapping[ShiftId, frozenset[StopId]] | None = None
    apart: frozenset[frozenset[str]] = frozenset()
    weights: Weights = UNWEIGHED
    trials: dict[ShiftId, object] = field(
        default_factory=dict[ShiftId, object], init=False, compare=False, repr=False
    )

    def sheet(self, route: ShiftId) -> frozenset[StopId] | None:
        """The stops on the papers of a driver; None: there are no papers yet."""
        return None if self.sheets is None else self.sheets.get(route, _NONE)

    @cached_property
    def enemies(self) -> Mapping[str, frozenset[str]]:
        """Class of goods → the classes that may not ride with it."""
        found: dict[str, frozenset[str]] = {}
        for pair in self.apart:
            for one in pair:
                others = pair - {one} or pair  # a pair of one class keeps it from itself
                found[one] = found.get(one, frozenset()) | others
        return found
