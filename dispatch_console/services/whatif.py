"""Trying things on a copy of the day: several trials side by side, one taken over as one step, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.domain.sequences import steady
from dispatch_console.services.preview import totals
from dispatch_console.services.session import DaySession, History


class Figures(NamedTuple):
    """What trials are compared by: metres, paid seconds, cents, stops. `moved`: against the day as it is."""

    drive_m: int
    paid_s: int
    cost: int
    late: int
    unassigned: int
    moved: int


@dataclass
class Trial:
    """A named copy of the day with its own history."""

    name: str
    day: Day
    history: History


@dataclass
class WhatIf:
    """The trials of the day on the screen. `current`: the one that is shown; None: the day as it is."""

    session: DaySession
    trials: list[Trial] = field(default_factory=list[Trial])
    current: Trial | None = None

    def begin(self, initiator: object = None) -> Trial:
        """Start a new trial from the day as it is, and show it."""
        self.look_at(None, initiator)
        name = next(n for n in map(_letter, range(len(self.trials) + 1)) if n not in {t.name for t in self.trials})
        self.session.try_out(initiator=initiator)
        trial = Trial(name, self.session.day, self.session.history)
        self.trials.append(trial)
        self.current = trial
        return trial

    def look_at(self, trial: Trial | None, initiator: object = None) -> None:
        """Show a trial, or the day as it is; what was tried so far is kept."""
        if trial is self.current:
            return
        self._keep(initiator)
        if trial is not None:
            self.session.try_out(_caught_up(trial.day, self.session.day), trial.history, initiator)
        self.current = trial

    def take_over(self, initiator: object = None) -> None:
        """Make the trial on the screen the plan, as one step that can be undone. The other trials are dropped.

        Raises StaleChange or FrozenHead where the day has moved on meanwhile, and then the trial is still there.
        """
        trial = self._shown()
        self._keep(initiator)
        try:
            change = difference(self.session.day, trial.day, f"Take over trial {trial.name}")
            self.session.apply(change, initiator)
        except UserError:
            self.look_at(trial, initiator)
            raise
        self.trials.clear()

    def throw_away(self, initiator: object = None) -> None:
        """Drop the trial on the screen."""
        trial = self._shown()
        self._keep(initiator)
        self.trials.remove(trial)

    def forget(self) -> None:
        """Another day is shown: its trials are not this one's."""
        self.trials.clear()
        self.current = None

    def figures(self) -> list[tuple[str, Figures]]:
        """(name, figures) of the day as it is and of each trial, side by side."""
        real = self.session.real
        shown = {id(t): self.session.day if t is self.current else t.day for t in self.trials}
        return [("Now", compare(real, real)), *((t.name, compare(real, shown[id(t)])) for t in self.trials)]

    def _shown(self) -> Trial:
        if self.current is None:
            raise UserError("Nothing is being tried out.")
        return self.current

    def _keep(self, initiator: object) -> None:
        if self.current is not None:
            self.current.day, self.current.history = self.session.end_trial(initiator)
            self.current = None


def compare(real: Day, other: Day) -> Figures:
    """The figures of a trial, `other`, against the day as it is."""
    timed = [s for s in other.schedules.values() if s.visits]
    late, lost = totals(other).late_stops, len(other.unassigned)
    moved = sum(
        len(set(route.stops) - steady(real.plan.route(route.id).stops, route.stops))
        for route in other.routes
        if route != real.plan.route(route.id)
    )
    paid, cost = sum(s.end - s.start for s in timed), sum(s.cost for s in timed)
    return Figures(sum(s.drive_m for s in timed), paid, cost, late, lost, moved)


def difference(before: Day, after: Day, label: str) -> PlanChange:
    """The one change that makes `before` what `after` is."""
    ids = [POOL, *before.shifts, *(id for id in after.shifts if id not in before.shifts)]
    routes = tuple(
        Swap(before.plan.routes.get(id), after.plan.routes.get(id))
        for id in ids
        if before.plan.route(id) != after.plan.route(id)
    )
    return PlanChange(label, routes, _swaps(before.orders, after.orders), _swaps(before.shifts, after.shifts))


def _swaps[K, V](before: Mapping[K, V], after: Mapping[K, V]) -> tuple[Swap[V], ...]:
    keys = dict.fromkeys([*before, *after])
    return tuple(Swap(before.get(k), after.get(k)) for k in keys if before.get(k) != after.get(k))


def _caught_up(trial: Day, real: Day) -> Day:
    """A trial that was laid aside, with what has happened since."""
    more = real.facts.entries[len(trial.facts.entries) :]
    return trial.record(more, real.now) if more else trial


def _letter(n: int) -> str:
    return chr(ord("A") + n) if n < 26 else f"A{n}"
