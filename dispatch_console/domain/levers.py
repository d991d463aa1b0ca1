"""Single things of a day that can be made otherwise so that one more stop fits, and what each of them counts.

A `Change` is one such thing with how much of it: so many minutes of the customer's window, so many of a driver's
overtime, so many kilograms of a vehicle, one skill … `after` is the day's basis with it done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain.fleet import Capacity, Shift, ShiftId, Vehicle
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.schedule import Basis
from dispatch_console.domain.stops import Stop


class Lever(StrEnum):
    """What is made otherwise."""

    AS_IS = "as_is"  # nothing: the stop fits there as the day stands
    EARLIER = "earlier"  # the customer's window begins earlier
    LATER = "later"  # it ends later
    OVERTIME = "overtime"  # the driver may come back later, at his price of overtime
    KG = "kg"  # the vehicle carries more
    M3 = "m3"  # … holds more
    PIECES = "pieces"
    STOPS = "stops"  # the driver takes more stops
    SKILL = "skill"  # the driver may do what he is not known to be able to
    SWAP = "swap"  # the driver drives the vehicle of another one, and he his
    SPARE = "spare"  # … or a vehicle that nobody drives that day
    UNLOCK = "unlock"  # the route is free again
    DRIVING = "driving"  # the driver may be at the wheel longer
    DISTANCE = "distance"  # … and go further


class Price(NamedTuple):
    """What a change counts: `first` cents for asking at all, `each` for every `unit` of it."""

    first: int
    each: int = 0
    unit: int = 1

    def of(self, by: int) -> int:
        return self.first + self.each * -(-by // self.unit)


#: The one order between kinds of changes: what they cost a depot in trouble, in cents. Nothing of it is ever paid,
#: it only says which change is smaller. Units are seconds, grams, litres, pieces, stops, metres.
PRICES: Mapping[Lever, Price] = {
    Lever.AS_IS: Price(0),
    Lever.EARLIER: Price(300, 20, 60),  # a call to the customer; a quarter of an hour as much again
    Lever.LATER: Price(300, 20, 60),
    Lever.OVERTIME: Price(100, 60, 60),  # a word with the driver; a minute at the price of overtime and his evening
    Lever.KG: Price(400, 60, 1000),  # what a vehicle may carry is the law: 10 kg weigh like half an hour of window
    Lever.M3: Price(200, 20, 10),  # ten litres: loaded more tightly
    Lever.PIECES: Price(200, 60),
    Lever.STOPS: Price(200, 100),
    Lever.SKILL: Price(3000),  # nobody learns it in a morning: only if he can do it and nobody wrote it down
    Lever.SWAP: Price(1200),  # two drivers load anew
    Lever.SPARE: Price(900),
    Lever.UNLOCK: Price(250),  # somebody locked it for a reason
    Lever.DRIVING: Price(400, 80, 60),  # tired drivers: dearer than overtime
    Lever.DISTANCE: Price(200, 30, 1000),
}


class Change(NamedTuple):
    """One thing made otherwise so that `stop` can stand in `route` before index `at`.

    `by`: how much, in the units of PRICES; 1 where there is no more or less. `window`: which of
    the stop's windows grows. `what`: the skill. `vehicle`: what the driver of `route` drives then, `other`: whose
    it is now (None: nobody's). `price`: see PRICES. `added_…`: what the stop adds to the route once that is done.
    """

    lever: Lever
    stop: StopId
    route: ShiftId
    at: int
    by: int = 1
    price: int = 0
    window: int = -1
    what: str = ""
    vehicle: Vehicle | None = None
    other: ShiftId | None = None
    arrive: int = 0
    added_s: int = 0
    added_m: int = 0
    added_cost: int = 0

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """Sorts changes: the smallest first, of equal ones the one with the cheapest way."""
        return self.price, self.added_cost, self.added_s, self.route, self.at

    def less(self) -> Change | None:
        """The same by one unit less; None: there is no less of it."""
        unit = PRICES[self.lever].unit
        return None if self.lever not in COUNTED or self.by <= unit else self._replace(by=self.by - unit)


#: The kinds of which there is more and less.
COUNTED = frozenset(
    {
        Lever.EARLIER,
        Lever.LATER,
        Lever.OVERTIME,
        Lever.KG,
        Lever.M3,
        Lever.PIECES,
        Lever.STOPS,
        Lever.DRIVING,
        Lever.DISTANCE,
    }
)


def units(lever: Lever, by: int) -> int:
    """`by`, rounded up to whole units of its kind."""
    unit = PRICES[lever].unit
    return -(-by // unit) * unit


def after(change: Change, basis: Basis) -> Basis:
    """The basis with the thing made otherwise; the lock of a route is no part of it."""
    if change.lever in (Lever.EARLIER, Lever.LATER):
        stop = widened(basis.stops[change.stop], change)
        return replace(basis, stops={**basis.stops, stop.id: stop})
    made = shifts_after(change, basis.shifts)
    return replace(basis, shifts={**basis.shifts, **made}) if made else basis


def widened(stop: Stop, change: Change) -> Stop:
    """`stop` with one window grown; windows that then touch are one."""
    windows = list(stop.windows)
    start, end = windows[change.window]
    grown = (start - change.by, end) if change.lever is Lever.EARLIER else (start, end + change.by)
    windows[change.window] = Window(*grown)
    return replace(stop, windows=merged(windows))


def merged(windows: list[Window]) -> tuple[Window, ...]:
    """The same times, as windows that do not touch."""
    found: list[Window] = []
    for window in sorted(windows):
        if found and window.start <= found[-1].end:
            found[-1] = Window(found[-1].start, max(found[-1].end, window.end))
        else:
            found.append(window)
    return tuple(found)


def shifts_after(change: Change, shifts: Mapping[ShiftId, Shift]) -> dict[ShiftId, Shift]:
    """The shifts that become others."""
    shift = shifts[change.route]
    if change.vehicle is not None:
        made = {shift.id: replace(shift, vehicle=change.vehicle)}
        if change.other is not None:
            made[change.other] = replace(shifts[change.other], vehicle=shift.vehicle)
        return made
    if change.lever is Lever.OVERTIME:
        return {shift.id: replace(shift, overtime_s=shift.overtime_s + change.by)}
    if change.lever is Lever.STOPS:
        return {shift.id: replace(shift, max_stops=(shift.max_stops or 0) + change.by)}
    if change.lever is Lever.SKILL:
        driver = replace(shift.driver, skills=shift.driver.skills | {change.what})
        return {shift.id: replace(shift, driver=driver)}
    if change.lever is Lever.DRIVING:
        return {shift.id: replace(shift, max_drive_s=(shift.max_drive_s or 0) + change.by)}
    if change.lever is Lever.DISTANCE:
        return {shift.id: replace(shift, max_drive_m=(shift.max_drive_m or 0) + change.by)}
    if change.lever in _MEASURES:
        return {shift.id: replace(shift, vehicle=_larger(shift.vehicle, _MEASURES[change.lever], change.by))}
    return {}


#: Kind → which measure of a vehicle.
_MEASURES = {Lever.KG: 0, Lever.M3: 1, Lever.PIECES: 2}


def _larger(vehicle: Vehicle, measure: int, by: int) -> Vehicle:
    limits = [limit if k != measure or limit is None else limit + by for k, limit in enumerate(vehicle.capacity)]
    return replace(vehicle, capacity=Capacity(*limits))
