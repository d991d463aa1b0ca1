"""Drivers, vehicles, and the shifts that join them for one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple, NewType

from dispatch_console.domain.orders import DriverId, Window
from dispatch_console.domain.places import Place

DepotId = NewType("DepotId", int)
VehicleId = NewType("VehicleId", int)
ShiftId = NewType("ShiftId", int)


class Capacity(NamedTuple):
    """Limits of a vehicle in grams, litres (dm³) and pieces; None: not limited."""

    grams: int | None = None
    litres: int | None = None
    pieces: int | None = None


class Costs(NamedTuple):
    """In cents: per hour of paid time, per kilometre, and once if the route has a stop at all."""

    per_hour: int = 0
    per_km: int = 0
    fixed: int = 0


class Break(NamedTuple):
    """A pause of `duration` seconds that lies within `window`, taken if the route is then still under way."""

    duration: int
    window: Window


class DrivingBreaks(NamedTuple):
    """Breaks by driving time, as Regulation (EC) No 561/2006, Article 7 has them; all in seconds.

    After `limit_s` of driving a break of `whole_s` is due. It may be split: one of at least `first_s`, then, before
    the limit is reached, one of at least `second_s`. `limit_s` 0 or less: none is ever due.
    """

    limit_s: int = 16_200
    whole_s: int = 2_700
    first_s: int = 900
    second_s: int = 1_800


@dataclass(frozen=True, slots=True)
class Depot:
    """Where the goods are. `currency` is what costs are counted in; `service_s` serves orders without one."""

    id: DepotId
    name: str
    place: Place
    timezone: str
    address: str = ""
    phone: str = ""
    emergency_phone: str = ""
    currency: str = "EUR"
    country: str = ""
    service_s: int = 300


def initials(name: str) -> str:
    """Two letters for chips: first letters of the first and the last word of a name."""
    words = name.split()
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])).upper()


@dataclass(frozen=True, slots=True)
class Driver:
    id: DriverId
    name: str
    phone: str = ""
    skills: frozenset[str] = frozenset()
    licence_until: dt.date | None = None

    @property
    def initials(self) -> str:
        return initials(self.name)


@dataclass(frozen=True, slots=True)
class Vehicle:
    id: VehicleId
    name: str
    plate: str = ""
    capacity: Capacity = Capacity()
    skills: frozenset[str] = frozenset()
    inspection_until: dt.date | None = None
    no_zones: frozenset[str] = frozenset()  # it may not go there


class _Resting:
    """What patterns and shifts have in common."""

    __slots__ = ()
    pause: Break | DrivingBreaks | None

    @property
    def fixed_pause(self) -> Break | None:
        """The break that lies in a window; None: he has none, or they come by driving time."""
        return None if isinstance(self.pause, DrivingBreaks) else self.pause

    @property
    def driving(self) -> DrivingBreaks | None:
        """The breaks that come by driving time, if he has those."""
        return self.pause if isinstance(self.pause, DrivingBreaks) else None


@dataclass(frozen=True, slots=True)
class ShiftPattern(_Resting):
    """A driver's usual working day: which vehicle, when, from where to where, at what cost, on which weekdays.

    Times as the clock on the wall shows them, in seconds from 00:00. `start_place` None means the depot;
    `end_place` None means back to the start, unless `open_end`: then the route ends at its last stop.
    `weekdays` holds 0 (Monday) … 6 (Sunday). What follows `id` is as in a `Shift`.
    """

    driver: DriverId
    vehicle: VehicleId
    start: int
    end: int
    pause: Break | DrivingBreaks | None = None
    start_place: Place | None = None
    end_place: Place | None = None
    open_end: bool = False
    costs: Costs = Costs()
    max_stops: int | None = None
    weekdays: frozenset[int] = frozenset(range(5))
    id: int = 0
    max_drive_s: int | None = None
    max_drive_m: int | None = None
    overtime_s: int = 0
    overtime_per_hour: int = 0
    tours: int = 1
    reload_s: int = 0
    zones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shift(_Resting):
    """A driver, a vehicle and a working time on one day; the route of the same id belongs to it.

    All is resolved: times are elapsed seconds of the plan day, `start_place` is given, `end_place` None means
    open end. `slot` counts from 1 in lane order and fixes the route colour for the day. An absent driver's shift
    stays, with `absent` set, so that his lane and history are not lost.

    `max_drive_s`, `max_drive_m`: most that may be driven, in seconds and metres; None: not limited. `overtime_s`:
    allowed past `end`, at `overtime_per_hour` cents on top of the costs. `tours`: so many times he may leave the
    start place; loading anew takes `reload_s`. `zones`: his home; empty: he has none.
    """

    id: ShiftId
    slot: int
    driver: Driver
    vehicle: Vehicle
    start: int
    end: int
    start_place: Place
    end_place: Place | None
    pause: Break | DrivingBreaks | None = None
    costs: Costs = Costs()
    max_stops: int | None = None
    absent: bool = False
    max_drive_s: int | None = None
    max_drive_m: int | None = None
    overtime_s: int = 0
    overtime_per_hour: int = 0
    tours: int = 1
    reload_s: int = 0
    zones: frozenset[str] = frozenset()

    @property
    def latest_end(self) -> int:
        """When he has to be back, allowed overtime in it."""
        return self.end + self.overtime_s

    @property
    def skills(self) -> frozenset[str]:
        return self.driver.skills | self.vehicle.skills
