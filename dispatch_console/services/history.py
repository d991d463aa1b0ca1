"""What can be undone and redone, seen from the day that is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.plan import POOL, PlanChange, some_of
from dispatch_console.store.values import Done


class Home(NamedTuple):
    """Where a step belongs: to one day of a depot, or (without a date) to the depot, whatever day is open."""

    depot: DepotId
    date: dt.date | None


class _Step(NamedTuple):
    """`at`: how often others had changed something when it was done, or undone."""

    change: PlanChange
    home: Home
    at: int = 0


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
        self._others: dict[tuple[str, int], tuple[int, Done]] = {}
        self._heard = 0

    @property
    def done(self) -> list[PlanChange]:
        return [step.change for step in self._done if self._is_here(step)]

    @property
    def undone(self) -> list[PlanChange]:
        return [step.change for step in self._undone if self._is_here(step)]

    def add(self, change: PlanChange) -> None:
        home = self._here if change.on_day else Home(self._here.depot, None)
        self._done.append(_Step(change, home, self._heard))
        self._undone = [step for step in self._undone if not self._is_here(step)]

    def undo(self) -> None:
        """The newest of `done` is taken back."""
        self._undone.append(self._take_newest(self._done)._replace(at=self._heard))

    def redo(self) -> None:
        """The newest of `undone` is done again."""
        self._done.append(self._take_newest(self._undone)._replace(at=self._heard))

    def hear(self, done: Iterable[Done]) -> None:
        """Others have changed the day that is open: what they touched cannot be taken back under them."""
        for one in done:
            self._heard += 1
            self._others |= dict.fromkeys(one.touched, (self._heard, one))

    def built_on(self, *, redo: bool) -> Done | None:
        """What somebody else last did since to what the newest step (of `undone`, for a redo) touches."""
        steps = [step for step in (self._undone if redo else self._done) if self._is_here(step)]
        if not steps:
            return None
        since = [self._others[key] for key in _touched(steps[-1].change) if key in self._others]
        at, done = max(since, default=(0, None), key=lambda one: one[0])
        return done if at > steps[-1].at else None

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
        self._others = {}
        if self._left.get(self._here) != after.revision:
            self._done = [step for step in self._done if step.home != self._here]
            self._undone = [step for step in self._undone if step.home != self._here]

    def _is_here(self, step: _Step) -> bool:
        return step.home == self._here or step.home == Home(self._here.depot, None)

    def _take_newest(self, steps: list[_Step]) -> _Step:
        at = max(i for i, step in enumerate(steps) if self._is_here(step))
        return steps.pop(at)


def _touched(change: PlanChange) -> Iterator[tuple[str, int]]:
    """Of the pool everybody takes: there only the orders count."""
    yield from (("route", id) for id in change.touched if id != POOL)
    yield from (("order", some_of(swap).id) for swap in change.orders)
    yield from (("shift", some_of(swap).id) for swap in change.shifts)
