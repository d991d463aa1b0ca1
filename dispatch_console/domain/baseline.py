"""The plan as it was approved, frozen with its times: what the day is measured against, for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.schedule import RouteSchedule


class PlannedStop(NamedTuple):
    """Where a stop stood and when it was to be; times are elapsed seconds of the plan day. `number` from 1."""

    route: ShiftId
    number: int
    arrive: int
    begin: int
    depart: int
    late_s: int
    drive_s: int
    drive_m: int


class PlannedRoute(NamedTuple):
    start: int
    end: int
    drive_s: int
    drive_m: int
    service_s: int
    cost: int


@dataclass(frozen=True)
class Baseline:
    """By stop and by route; routes without stops are left out."""

    stops: Mapping[StopId, PlannedStop] = field(default_factory=dict[StopId, PlannedStop])
    routes: Mapping[ShiftId, PlannedRoute] = field(default_factory=dict[ShiftId, PlannedRoute])

    @cached_property
    def sheets(self) -> dict[ShiftId, frozenset[StopId]]:
        """Route → its stops."""
        found: dict[ShiftId, list[StopId]] = {}
        for stop, planned in self.stops.items():
            found.setdefault(planned.route, []).append(stop)
        return {route: frozenset(stops) for route, stops in found.items()}


def frozen(schedules: Mapping[ShiftId, RouteSchedule]) -> Baseline:
    driven = {id: s for id, s in schedules.items() if s.visits}
    stops = {
        v.stop: PlannedStop(id, n, v.arrive, v.begin, v.depart, v.late_s, v.drive_s, v.drive_m)
        for id, s in driven.items()
        for n, v in enumerate(s.visits, 1)
    }
    routes = {
        id: PlannedRoute(s.start, s.end, s.drive_s, s.drive_m, s.service_s, s.cost) for id, s in driven.items()
    }
    return Baseline(stops, routes)
