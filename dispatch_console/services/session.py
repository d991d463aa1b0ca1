"""The one mutable cell: the day on the screen, its history, and who wants to hear of changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from dispatch_console.domain import baseline, freeze
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import FrozenHead, UserError
from dispatch_console.domain.facts import Fact
from dispatch_console.domain.plan import PlanChange
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import travel

#: (before, after, initiator). Views repaint what is not the same object; the initiator knows it was him.
Listener = Callable[[Day, Day, object], None]


class Saver(Protocol):
    """Where changes go to become durable, in order. Calls return at once; the store works on its own thread."""

    def change(self, change: PlanChange, after: Day) -> None: ...

    def approval(self, after: Day) -> None: ...

    def facts(self, facts: Sequence[Fact], change: PlanChange | None, after: Day) -> None: ...


@dataclass
class History:
    """What can be undone and redone, newest last."""

    done: list[PlanChange] = field(default_factory=list[PlanChange])
    undone: list[PlanChange] = field(default_factory=list[PlanChange])

    def add(self, change: PlanChange) -> None:
        self.done.append(change)
        self.undone.clear()


class DaySession:
    """Holds the current `Day`. Every edit, whoever makes it, goes through `apply`."""

    def __init__(self, day: Day, saver: Saver | None = None) -> None:
        self.day = day
        self.history = History()
        self._saver = saver
        self._kept: dict[object, tuple[int, History]] = {}
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change. Returns the call that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(
        self,
        change: PlanChange,
        initiator: object = None,
        times: TravelMatrix | None = None,
        after: Day | None = None,
    ) -> None:
        """Make `change` the newest step. An empty change does nothing. Raises StaleChange or FrozenHead.

        `after`: what `Day.apply` made of the very day of now, where somebody has asked it already.
        """
        if not change:
            return
        before = self._take(change, times, after)
        self.history.add(change)
        self._announce(before, initiator)

    def undo(self, initiator: object = None) -> PlanChange:
        """Take back the newest step and return it. Raises UserError if there is none."""
        if not self.history.done:
            raise UserError("There is nothing to undo.")
        change = self.history.done[-1]
        before = self._go(change.inverse(), self.history.done)
        self.history.undone.append(self.history.done.pop())
        self._announce(before, initiator)
        return change

    def redo(self, initiator: object = None) -> PlanChange:
        """Do the step last undone again and return it. Raises UserError if there is none."""
        if not self.history.undone:
            raise UserError("There is nothing to redo.")
        change = self.history.undone[-1]
        before = self._go(change, self.history.undone)
        self.history.done.append(self.history.undone.pop())
        self._announce(before, initiator)
        return change

    def record(
        self, facts: Sequence[Fact], now: int, initiator: object = None, change: PlanChange | None = None
    ) -> None:
        """Append facts. They are never undone, and they do not touch the history.

        `change` is what the plan has to become for the facts to be told of it (a driver went elsewhere first): it
        has happened too. Raises StaleChange or FrozenHead, and then nothing is recorded.
        """
        before = self.day
        day = before.apply(change) if change else before
        self.day = day.record(facts, now)
        if self._saver:
            self._saver.facts(facts, change or None, self.day)
        self._announce(before, initiator)

    def tick(self, now: int, initiator: object = None) -> None:
        """Let the clock go on: forecasts of routes under way move with it."""
        before = self.day
        if now <= before.now:
            return
        self.day = before.at(now)
        self._announce(before, initiator)

    def set_approval(self, approval: Approval, initiator: object = None) -> None:
        """Change the state of the day. Not part of the history: approving has its own way back.

        From draft to approved the plan is frozen as the day's baseline; back in draft there is none.
        """
        before = self.day
        base = before.baseline
        if approval.state is DayState.DRAFT:
            base = None
        elif before.approval.state is DayState.DRAFT:
            base = baseline.frozen(before.schedules)
        self.day = replace(before, approval=approval, baseline=base)
        if self._saver:
            self._saver.approval(self.day)
        self._announce(before, initiator)

    def replace_day(self, day: Day, initiator: object = None, *, keep_history: bool = False) -> None:
        """Show another day, or this one as the store now has it.

        Who comes back to a day that nobody has changed meanwhile finds its history as it was.
        """
        before, self.day = self.day, day
        if not keep_history:
            self._kept[before.depot.id, before.date] = before.revision, self.history
            revision, history = self._kept.get((day.depot.id, day.date), (-1, History()))
            self.history = history if revision == day.revision else History()
        self._announce(before, initiator)

    def _go(self, change: PlanChange, steps: list[PlanChange]) -> Day:
        """The newest of `steps` back or forward, as far as it can still be done after what has happened since.

        A step that cannot be taken any more is forgotten, so that the one before it can be reached.
        """
        possible = freeze.rebase(change, self.day.plan, self.day.facts)
        try:
            return self._take(possible, self._travel(possible))
        except FrozenHead as error:
            steps.pop()
            raise FrozenHead(
                f"“{change.label}” has happened in part and stays as it is. {error.message}"
            ) from error

    def _take(self, change: PlanChange, times: TravelMatrix | None, after: Day | None = None) -> Day:
        """Make the change and send it to be saved; announced once the history knows. Returns the day as it was."""
        before = self.day
        self.day = before.apply(change, times) if after is None else after
        if self._saver:
            self._saver.change(change, self.day)
        return before

    def _travel(self, change: PlanChange) -> TravelMatrix:
        """The day's travel times, grown where what comes back has a place that a reloaded day does not know."""
        places = [s.after.place for s in change.orders if s.after is not None and s.after.place is not None]
        shifts = [s.after for s in change.shifts if s.after is not None]
        places += [place for one in shifts for place in (one.start_place, one.end_place) if place is not None]
        return travel.covering(self.day.travel, places)

    def _announce(self, before: Day, initiator: object) -> None:
        for listener in list(self._listeners):
            listener(before, self.day, initiator)
