"""How a stop stands while the day runs: done, failed, presumed … in one word for all panes."""

from __future__ import annotations

from enum import StrEnum

from dispatch_console.domain import reasons
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind, Facts
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.progress import Progress, progress
from dispatch_console.ui import texts

_tr = texts.of("Standing")


class Outcome(StrEnum):
    """PRESUMED: nobody told, but the driver has gone on. AT_DOOR: he is there now."""

    OPEN = "open"
    AT_DOOR = "at the door"
    DONE = "delivered"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"
    PRESUMED = "presumed"


#: Over, and not done.
UNDONE = frozenset({Outcome.FAILED, Outcome.SKIPPED})
_OF_KIND = {
    FactKind.DELIVERED: Outcome.DONE,
    FactKind.PARTIAL: Outcome.PARTIAL,
    FactKind.FAILED: Outcome.FAILED,
    FactKind.SKIPPED: Outcome.SKIPPED,
}


def outcomes(day: Day, route: Route, far: Progress | None = None) -> tuple[Outcome, ...]:
    """One for each stop of a route, in driving order. `far`: its progress, if known already."""
    facts = day.facts
    if not facts.entries:
        return (Outcome.OPEN,) * len(route.stops)
    if far is None:
        schedule = day.schedules.get(route.id)
        if schedule is None:
            return (Outcome.OPEN,) * len(route.stops)
        far = progress(route, schedule, day.basis)
    return tuple(_of_stop(facts, stop, at, far) for at, stop in enumerate(route.stops))


def _of_stop(facts: Facts, stop: StopId, at: int, far: Progress) -> Outcome:
    told = facts.outcome(stop)
    if told is not None:
        return _OF_KIND[told.kind]
    if stop == far.current:
        return Outcome.AT_DOOR
    return Outcome.PRESUMED if at < far.passed and stop not in facts.reopened else Outcome.OPEN


def of_order(facts: Facts, stop: StopId, order: OrderId, outcome: Outcome) -> Outcome:
    """How one order of a stop stands whose stop stands at `outcome`."""
    told = facts.outcome(stop, order)
    return outcome if told is None else _OF_KIND[told.kind]


def reason_word(facts: Facts, stop: StopId) -> str:
    """Why a stop was not done, in a word or two; empty: it was, or nobody said why."""
    told = facts.outcome(stop)
    if told is None or told.reason is None or told.kind is FactKind.DELIVERED:
        return ""
    return _tr(reasons.WORDS[told.reason])


def is_over(outcome: Outcome) -> bool:
    """Whether the stop lies behind the driver."""
    return outcome not in (Outcome.OPEN, Outcome.AT_DOOR)


def passed(day: Day, route: Route) -> int:
    """How many stops of a route lie behind the driver, or are where he stands."""
    schedule = day.schedules.get(route.id)
    if schedule is None or not day.facts.entries:
        return 0
    return progress(route, schedule, day.basis).passed


def outcome_word(outcome: Outcome) -> str:
    """`delivered`, `at the door`, …"""
    return _tr(str(outcome))


def word(facts: Facts, stop: StopId, outcome: Outcome) -> str:
    """`delivered`, or the reason why not: what a table says of a stop."""
    return (reason_word(facts, stop) if outcome in UNDONE else "") or outcome_word(outcome)
