"""What has happened cannot be edited: the fixed head of a route."""

from __future__ import annotations

from dispatch_console.domain.errors import FrozenHead
from dispatch_console.domain.facts import Facts
from dispatch_console.domain.plan import PlanChange, Route


def head_length(route: Route, facts: Facts) -> int:
    """How many leading stops are fixed: all up to the last one at which anything has happened."""
    if not facts.entries:
        return 0
    return max((i + 1 for i, stop in enumerate(route.stops) if stop in facts.arrived), default=0)


def check(change: PlanChange, facts: Facts) -> None:
    """Raise FrozenHead if `change` alters the fixed head of any route."""
    for before, after in change.routes:
        if before is None:
            continue
        head = head_length(before, facts)
        if head and (after is None or after.stops[:head] != before.stops[:head]):
            raise FrozenHead(
                f"The first {head} stops of this route are done or under way. "
                "Drop behind them, or correct the status first."
            )
