"""Edits as values: what is on its way into the store, or waits for it on this workstation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain.facts import Fact
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.plan import PlanChange
from dispatch_console.store.days import Days
from dispatch_console.store.values import NO_TIMES, Approved, Times, WideChange, in_words


@dataclass(frozen=True, slots=True)
class Told:
    """Facts, and what the plan became by them."""

    facts: tuple[Fact, ...]
    change: PlanChange | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One edit of a day that was at `revision` before it. Its `id` stays the same however often it is sent, so that
    it happens once; `at` (aware) is when it was made, `times` what became of the arrivals by it.
    """

    id: str
    depot: DepotId
    date: dt.date
    revision: int
    who: str
    at: dt.datetime
    what: PlanChange | WideChange | Approved | Told
    times: Times = NO_TIMES

    @property
    def label(self) -> str:
        match self.what:
            case Approved():
                return "Approval"
            case Told(facts):
                return in_words(facts)
            case change:
                return change.label


class Refused(NamedTuple):
    """A command that the store did not take, because what it touches is no longer as it was; `why`: a sentence."""

    command: Command
    why: str


def write(store: Days, command: Command) -> None:
    """Do it, or nothing if it was done before. Raises StaleChange if what it touches is no longer as it was."""
    where = command.depot, command.date
    match command.what:
        case Approved() as approved:
            store.save_approval(approved, *where, command.revision, command.who, command.id, command.at)
        case Told(facts, change):
            store.add_facts(*where, facts, command.who, command.id, change, command.at)
        case change:
            given = command.revision, command.who, command.id, command.at, command.times
            store.save_change(change, *where, *given)
