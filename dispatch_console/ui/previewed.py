"""A plan that is shown beside the one that runs, as all panes see it. Values only, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services.preview import Moved, Preview, Share
from dispatch_console.ui import texts

_tr = texts.of("Previewed")


@dataclass(frozen=True, eq=False)
class Previewed:
    """`saved`: stop that moves → what this one move saves."""

    before: Day
    after: Day
    seen: Preview
    saved: Mapping[StopId, Share]

    @cached_property
    def moved(self) -> dict[StopId, Moved]:
        return {m.stop: m for row in self.seen.rows for m in row.moved}

    @cached_property
    def touched(self) -> frozenset[ShiftId]:
        return frozenset(row.route for row in self.seen.rows)

    @cached_property
    def badges(self) -> dict[StopId, str]:
        """What a card says of its stop: `from IF`, `was 15`, `new`; `earlier` where it keeps its printed number."""
        return {stop: self._badge(m) for stop, m in self.moved.items()}

    def _badge(self, moved: Moved) -> str:
        if moved.before is None:
            return _tr("new")
        if moved.before.route != moved.after.route:
            return _tr("from {initials}").format(initials=self.before.shifts[moved.before.route].driver.initials)
        if self.keeps_number(moved):
            return _tr("earlier") if moved.after.number < moved.before.number else _tr("later")
        return _tr("was {number}").format(
            number=numbers.at(self.before, moved.before.route, moved.before.number - 1)
        )

    def keeps_number(self, moved: Moved) -> bool:
        """Whether only its place in the driving order changes: its sheet and parcels say the same number still."""
        if moved.before is None or moved.before.route != moved.after.route:
            return False
        route = moved.after.route
        return numbers.numbers(self.before, route)[moved.stop] == numbers.numbers(self.after, route)[moved.stop]
