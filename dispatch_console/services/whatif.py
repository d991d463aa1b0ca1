"""Trying things on a copy of the day: several trials side by side, one taken over as one step, or thrown away.

A trial is always one of the day as it is: whatever happens or is decided for good meanwhile happens in it too, and
what was tried against it gives way, by name (`DaySession.dropped`). Trials wait while another day is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.keeping_up import keep_up
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.sequences import steady
from dispatch_console.services.history import History, Home, home_of
from dispatch_console.services.preview import totals
from dispatch_console.services.session import DaySession

#: More would not be compared at a glance.
MOST = 4


class Figures(NamedTuple):
    """What trials are compared by: metres, paid seconds, cents, stops. `moved`: against the day as it is."""

    drive_m: int
    paid_s: int
    cost: int
    late: int
    unassigned: int
    moved: int


@dataclass(eq=False)
class Trial:
    """A named copy of the day with its own history. `base`: the day that it is a copy of. `dropped` names what of
    it had to give way to what happened meanwhile."""

    name: str
    home: Home
    day: Day
    history: History
    base: Day
    dropped: list[str] = field(default_factory=list[str])


@dataclass
class WhatIf:
    """The trials of the day on the screen. `current`: the one that is shown; None: the day as it is."""

    session: DaySession
    every: list[Trial] = field(default_factory=list[Trial])
    current: Trial | None = None

    def __post_init__(self) -> None:
        self.session.listen(self._on_day)
        self.session.laid_aside = lambda: (one.day for one in self.trials if one is not self.current)

    @property
    def trials(self) -> list[Trial]:
        """Those of the day on the screen, in the order in which they were begun."""
        here = home_of(self.session.day)
        return [trial for trial in self.every if trial.home == here]

    def begin(self, initiator: object = None, *, of: Trial | None = None) -> Trial:
        """Start a new trial from the day as it is, or from another trial, and show it. Raises UserError."""
        if (reason := self.why_not_begin()) is not None:
            raise UserError(reason)
        self.look_at(None, initiator)
        taken = {trial.name for trial in self.trials}
        name = next(n for n in map(_letter, range(len(taken) + 1)) if n not in taken)
        self.session.try_out(
            of.day if of is not None else None, None, initiator, of.base if of is not None else None
        )
        session = self.session
        trial = Trial(name, home_of(session.day), session.day, session.history, session.real)
        self.every.append(trial)
        self.current = trial
        return trial

    def why_not_begin(self) -> str | None:
        """The sentence that says why there can be no other trial now; None: there can."""
        if not self.session.day.stops:
            return "There are no orders on this day yet. Import some first."
        if len(self.trials) >= MOST:
            return f"There are {MOST} trials already. Take one over, or throw one away first."
        return None

    def look_at(self, trial: Trial | None, initiator: object = None) -> None:
        """Show a trial, or the day as it is; what was tried so far is kept."""
        if trial is self.current:
            return
        self._keep(initiator)
        if trial is not None:
            self.current = trial
            self.session.try_out(trial.day, trial.history, initiator, trial.base)

    def take_over(self, initiator: object = None) -> None:
        """Make the trial on the screen the plan, as one step that can be undone. The other trials are dropped: they
        were other ways from where the day stood.

        Raises UserError where it differs in nothing, or the plan cannot be changed; then the trial is still there.
        """
        trial = self._shown()
        self._keep(initiator)
        real = self.session.real
        change = keep_up(trial.day, trial.base, real, f"Take over trial {trial.name}").change
        if not change:
            self.look_at(trial, initiator)
            raise UserError(f"Trial {trial.name} is the plan as it is. There is nothing to take over.")
        try:
            self.session.apply(change, initiator, trial.day.travel)
        except UserError:
            self.look_at(trial, initiator)
            raise
        self.every = [other for other in self.every if other.home != trial.home]

    def throw_away(self, initiator: object = None) -> None:
        """Drop the trial on the screen."""
        trial = self._shown()
        self._keep(initiator)
        self.every.remove(trial)

    def figures(self) -> list[tuple[str, Figures]]:
        """(name, figures) of the day as it is and of each trial, side by side."""
        real = self.session.real
        for trial in self.trials:
            self._catch_up(trial)
        return [("Now", compare(real, real)), *((trial.name, compare(real, trial.day)) for trial in self.trials)]

    def _shown(self) -> Trial:
        if self.current is None:
            raise UserError("Nothing is being tried out.")
        return self.current

    def _keep(self, initiator: object) -> None:
        """Lay the trial on the screen aside."""
        trial, self.current = self.current, None
        if trial is not None:
            trial.base = self.session.real
            trial.day, trial.history = self.session.end_trial(initiator)

    def _catch_up(self, trial: Trial) -> None:
        """A trial that was laid aside, on the day of now."""
        real = self.session.real
        if trial is not self.current and trial.base is not real:
            trial.day, trial.base = self.session.kept_up(trial.day, trial.base, real), real
            self._note_dropped(trial)

    def _note_dropped(self, trial: Trial) -> None:
        names, self.session.dropped = self.session.dropped, []
        trial.dropped = list(dict.fromkeys((*trial.dropped, *names)))

    def _on_day(self, before: Day, _after: Day, _initiator: object) -> None:
        """Follow the trial on the screen; another day, or this one anew, lays it aside."""
        trial = self.current
        if trial is None:
            return
        if self.session.trying:
            trial.day, trial.base = self.session.day, self.session.real
            self._note_dropped(trial)
        else:
            self.current = None


def compare(real: Day, other: Day) -> Figures:
    """The figures of a trial, `other`, against the day as it is."""
    timed = [s for s in other.schedules.values() if s.visits]
    late, lost = totals(other).late_stops, len(other.unassigned)
    paid, cost = sum(s.end - s.start for s in timed), sum(s.cost for s in timed)
    return Figures(sum(s.drive_m for s in timed), paid, cost, late, lost, len(_moved(real, other)))


def _moved(real: Day, other: Day) -> set[StopId]:
    """Stops that have another driver, or another place in the order; those that lose theirs too."""
    moved = {stop for stop in other.plan.pool.stops if real.plan.where.get(stop, POOL) != POOL}
    for route in other.routes:
        before = real.plan.route(route.id)
        if route != before:
            moved |= set(route.stops) - steady(before.stops, route.stops)
    return moved


def _letter(n: int) -> str:
    return chr(ord("A") + n)
