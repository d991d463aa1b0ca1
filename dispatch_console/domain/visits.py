"""A schedule as values: what `schedule` finds, and everybody shows. Times in seconds of the plan day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.rules import BrokenRule
from dispatch_console.domain.sizes import Size


class Visit(NamedTuple):
    """A stop in time. `drive_s` and `drive_m` are the way that leads to it, over the reload before it if there is
    one; `load` is on board after it.

    A stop without a place takes no time: its times are those of the stop before it, its leg is 0. `done`: somebody
    told that it is over; `presumed`: nobody did, but the driver has been at a later stop since. Where only the end
    was told, `arrive` and `begin` are reckoned back from it, see `timing.came`.
    """

    stop: StopId
    arrive: int
    begin: int
    depart: int
    late_s: int
    drive_s: int
    drive_m: int
    load: Size
    done: bool = False
    presumed: bool = False

    @property
    def wait_s(self) -> int:
        return self.begin - self.arrive


class Pause(NamedTuple):
    """A break in time; it lies before the visit of index `before` (the number of visits: before the end)."""

    begin: int
    end: int
    before: int


class Reload(NamedTuple):
    """A call at the start place between two tours, before the visit of index `before`. He may wait in it for goods
    that are not ready yet."""

    arrive: int
    depart: int
    before: int


@dataclass(frozen=True, slots=True)
class RouteSchedule:
    """The schedule of one route. Sums include the legs by reloads and to the end, `service_s` and `wait_s` those of
    stops only; `load_peak`: most on board, by component. `soft`: cents of the weights, not in `cost`."""

    route: ShiftId
    start: int
    end: int
    visits: tuple[Visit, ...]
    pauses: tuple[Pause, ...]
    load_start: Size
    load_peak: Size
    drive_s: int
    drive_m: int
    service_s: int
    wait_s: int
    late_s: int
    cost: int
    broken: tuple[BrokenRule, ...]
    reloads: tuple[Reload, ...] = ()
    soft: int = 0

    @property
    def late_stops(self) -> int:
        return sum(1 for visit in self.visits if visit.late_s)
