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


def progress(route: Route, planned: RouteSchedule, basis: Basis, *, left_in_time: bool = False) -> Progress:
    """`left_in_time`: who was not seen to leave is believed to have left when he should."""
    facts = basis.facts
    head = freeze.head_length(route, facts)
    current = route.stops[head - 1] if head and route.stops[head - 1] not in facts.ended else None
    failed = sum(1 for stop in route.stops[:head] if stop in facts.failed) if head else 0
    passed = head
    if _goes_on_unheard(route, basis, current, left_in_time and basis.now >= planned.start):
        visits = planned.visits
        while passed < len(visits) and visits[passed].depart <= basis.now:
            passed += 1
    return Progress(head, passed, failed, len(route.stops), current)


def is_out(route: Route, facts: Facts, *, left_in_time: bool = False) -> bool:
    """Whether a van has left: somebody said so, or it was seen at a stop. `left_in_time`: see `progress`."""
    if route.id in facts.states:
        return facts.state(route.id) is not FactKind.IN_DEPOT
    return left_in_time or any(stop in facts.arrived for stop in route.stops)


def _goes_on_unheard(route: Route, basis: Basis, current: StopId | None, left_in_time: bool) -> bool:
    """Whether silence means progress: he is out, is at no door, and does not tell of every stop. While he stands or
    is late, the forecast says so."""
    facts = basis.facts
    if current is not None:
        return False
    if not is_out(route, facts, left_in_time=left_in_time):
        return False
    return not timing.reports([basis.stops[stop] for stop in route.stops], facts)
