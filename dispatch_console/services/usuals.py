"""What is usual after each reason in a depot: kept in the store, edited by the dispatcher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.nextsteps import DEFAULTS, MOST_ATTEMPTS, Evidence, Usual, Usuals
from dispatch_console.domain.orders import NextKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.store.store import Store

#: Limits of what can be typed.
MOST_DAYS, MOST_TRIES, LONGEST_ASK = 30, 9, 60


def load(store: Store, depot: DepotId) -> Usuals:
    """The depot's rules; its weekdays are those on which a driver has a pattern. Touches the database."""
    patterns = store.load_fleet(depot).patterns
    weekdays = frozenset(day for pattern in patterns for day in pattern.weekdays)
    return replace(_read(store.settings().get(_key(depot))), **({"weekdays": weekdays} if weekdays else {}))


def save(store: Store, depot: DepotId, usuals: Usuals) -> None:
    """Keep what differs from the delivered rules. Touches the database."""
    steps = {
        reason.value: [usual.kind.value, usual.days, usual.ask, usual.evidence.value]
        for reason, usual in usuals.steps.items()
        if DEFAULTS.get(reason) != usual
    }
    kept = {"most_attempts": usuals.most_attempts, "steps": steps}
    store.save_settings({_key(depot): kept if steps or usuals.most_attempts != MOST_ATTEMPTS else None})


def changed(usuals: Usuals, reason: Reason, **values: Any) -> Usuals:
    """The rules with another one for `reason`. Raises UserError for days out of range or a text too long."""
    usual = usuals.step(reason)._replace(**values)
    if not 1 <= usual.days <= MOST_DAYS:
        raise UserError(f"Write a number of days from 1 to {MOST_DAYS}.")
    if len(usual.ask) > LONGEST_ASK:
        raise UserError(f"Say in at most {LONGEST_ASK} letters what to ask.")
    return replace(usuals, steps={**usuals.steps, reason: usual})


def with_most_attempts(usuals: Usuals, number: int) -> Usuals:
    """The rules with another limit. Raises UserError for one out of range."""
    if not 1 <= number <= MOST_TRIES:
        raise UserError(f"Write how often an order is tried, from 1 to {MOST_TRIES}.")
    return replace(usuals, most_attempts=number)


def _key(depot: DepotId) -> str:
    return f"next_steps/{depot}"


def _read(kept: Any) -> Usuals:
    """What another version wrote and this one does not know counts as not there."""
    if not isinstance(kept, Mapping):
        return Usuals()
    steps = dict(DEFAULTS)
    raw: Any = kept.get("steps")
    for name, values in raw.items() if isinstance(raw, Mapping) else ():
        try:
            kind, days, ask, evidence = values
            steps[Reason(name)] = Usual(NextKind(kind), int(days), str(ask), Evidence(evidence))
        except (ValueError, TypeError):
            continue
    most: Any = kept.get("most_attempts")
    return Usuals(steps, most if isinstance(most, int) and 1 <= most <= MOST_TRIES else MOST_ATTEMPTS)
