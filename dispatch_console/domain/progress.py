"""How far a route has come: by what was told, and by the clock where nothing was."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain import freeze, timing
from dispatch_console.domain.facts import FactKind, Facts
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import Basis, RouteSchedule


class Progress(NamedTuple):
    """Counts of stops. `head`: behind the driver, or where he stands, by facts: no edit changes it.

    `passed` ≥ `head`: behind him by the forecast too; a driver who only phones in what goes wrong is believed to be
    there. `failed`: of those that ended, not done. `current`: where he stands now, if somebody told.
    """

    head: int
    passed: int
    failed: int
    total: int
    current: StopId | None

    @property
    def done(self) -> int:
        """Stops that are over, the failed ones included."""
        return self.passed - (self.current is not None)

    @property
    def left(self) -> int:
        return self.total - self.done


def progress(route: Route, planned: RouteSchedule, basis: Basis) -> Progress:
    facts = basis.facts
    head = freeze.head_length(route, facts)
    current = route.stops[head - 1] if head and route.stops[head - 1] not in facts.ended else None
    failed = sum(1 for stop in route.stops[:head] if stop in facts.failed) if head else 0
    passed = head
    if _goes_on_unheard(route, basis, current):
        visits = planned.visits
        while passed < len(visits) and visits[passed].depart <= basis.now:
            passed += 1
    return Progress(head, passed, failed, len(route.stops), current)


def _goes_on_unheard(route: Route, basis: Basis, current: StopId | None) -> bool:
    """Whether silence means progress: he is out, can drive, is at no door, and does not tell of every stop."""
    facts: Facts = basis.facts
    if current is not None or facts.stuck(route.id) or route.id in facts.delays:
        return False
    if facts.state(route.id) is FactKind.IN_DEPOT and not any(stop in facts.arrived for stop in route.stops):
        return False
    return not timing.reports([basis.stops[stop] for stop in route.stops], facts)
