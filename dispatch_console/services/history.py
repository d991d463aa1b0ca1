"""What can be undone and redone, seen from the day that is open."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.plan import PlanChange


class Home(NamedTuple):
    """Where a step belongs: to one day of a depot, or (without a date) to the depot, whatever day is open."""

    depot: DepotId
    date: dt.date | None


class _Step(NamedTuple):
    change: PlanChange
    home: Home


def home_of(day: Day) -> Home:
    return Home(day.depot.id, day.date)


class History:
    """One list for all days that were open, newest last, so that the order in which things were done is never lost.

    `done` and `undone` hold what belongs to the open day or to its depot: Ctrl+Z takes back what the dispatcher did
    here or to the fleet, never unseen what he did on another day. Steps of two days, and of a day and the fleet,
    touch nothing in common, so they may be taken back past one another.
    """

    def __init__(self, day: Day) -> None:
        self._here = home_of(day)
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._left: dict[Home, int] = {}

    @property
    def done(self) -> list[PlanChange]:
        return [step.change for step in self._done if self._is_here(step)]

    @property
    def undone(self) -> list[PlanChange]:
        return [step.change for step in self._undone if self._is_here(step)]

    def add(self, change: PlanChange) -> None:
        self._done.append(_Step(change, self._here if change.on_day else Home(self._here.depot, None)))
        self._undone = [step for step in self._undone if not self._is_here(step)]

    def undo(self) -> None:
        """The newest of `done` is taken back."""
        self._undone.append(self._take_newest(self._done))

    def redo(self) -> None:
        """The newest of `undone` is done again."""
        self._done.append(self._take_newest(self._undone))

    def drop_done(self) -> None:
        """The newest of `done` can never be taken back."""
        self._take_newest(self._done)

    def drop_undone(self) -> None:
        """The newest of `undone` can never be done again."""
        self._take_newest(self._undone)

    def go(self, before: Day, after: Day) -> None:
        """Another day is open, or this one anew. Its steps are forgotten if somebody changed it meanwhile."""
        self._left[home_of(before)] = before.revision
        self._here = home_of(after)
        if self._left.get(self._here) != after.revision:
            self._done = [step for step in self._done if step.home != self._here]
            self._undone = [step for step in self._undone if step.home != self._here]

    def _is_here(self, step: _Step) -> bool:
        return step.home == self._here or step.home == Home(self._here.depot, None)

    def _take_newest(self, steps: list[_Step]) -> _Step:
        at = max(i for i, step in enumerate(steps) if self._is_here(step))
        return steps.pop(at)
