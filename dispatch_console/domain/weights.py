"""What a plan is weighed by besides what it costs: one table of named prices, which settings can show.

None of them is a rule: what they say is added up in `RouteSchedule.soft`, apart from the cost, or by the optimiser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Weights(NamedTuple):
    """Prices in integer cents; 0: does not matter. Driving, hours and overtime have their prices at the shift."""

    #: Cents for each stop that knows some drivers (`known_by`) and gets another one.
    unfamiliar: int = 0
    #: Cents for each stop with a zone that lies outside the home zones of a driver who has some.
    off_zone: int = 0
    #: Cents · hours² of paid time of each route: long days cost more than short ones, so that hours even out.
    balance_hours: int = 0
    #: Cents · stops² of each route: many stops cost more than few, so that stops even out.
    balance_stops: int = 0
    #: Cents for each stop that goes to another driver than in the published plan.
    moved_driver: int = 0
    #: Cents for each stop that comes after another stop than in the published plan.
    moved_order: int = 0
    #: Cents for each minute that a stop begins earlier or later than in the published plan.
    moved_minute: int = 0
    #: Cents for leaving out a stop of low priority; 0: as its rank says.
    optional_prize: int = 0

    @property
    def of_routes(self) -> bool:
        """Whether any of them is counted in a route by itself, see `schedule`."""
        return bool(self.unfamiliar or self.off_zone or self.balance_hours or self.balance_stops)


#: Nothing matters but what it costs.
UNWEIGHED = Weights()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a depot plans by, on all its days: its prices, and the pairs of classes of goods that may not ride
    together (one class alone: it keeps from its like)."""

    weights: Weights = UNWEIGHED
    apart: frozenset[frozenset[str]] = frozenset()
