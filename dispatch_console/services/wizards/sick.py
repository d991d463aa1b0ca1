"""A driver is sick.

Before the start his goods are in the depot: others take his stops, or somebody else his van. On the way his van
stands: others meet it (see `breakdown`), or somebody comes and drives it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain import insertion
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Driver, ShiftId, Vehicle
from dispatch_console.domain.plan import PlanChange, Route, Swap, change_routes
from dispatch_console.domain.saying import listed
from dispatch_console.domain.schedule import schedule
from dispatch_console.services import travel
from dispatch_console.services.wizards import breakdown, changes, draft
from dispatch_console.services.wizards.breakdown import Case, Plan
from dispatch_console.services.wizards.draft import Draft, count, hhmm
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.store.values import Fleet


class Spare(NamedTuple):
    """Who could drive: a driver without a shift today. `missing`: what his skills lack for the route."""

    driver: Driver
    missing: tuple[str, ...]


def spare_drivers(day: Day, route: ShiftId, fleet: Fleet) -> list[Spare]:
    """Drivers of the fleet without a shift today; who can do all of the route first."""
    busy = {shift.driver.id for shift in day.shifts.values()}
    vehicle = day.shifts[route].vehicle
    needs: set[str] = set()
    for stop in breakdown.goods(day, breakdown.case(day, route)).open:
        needs |= day.stops[stop].skills
    found = [
        Spare(driver, tuple(sorted(needs - driver.skills - vehicle.skills)))
        for driver in fleet.drivers
        if driver.id not in busy and (driver.licence_until is None or driver.licence_until >= day.date)
    ]
    return sorted(found, key=lambda one: (len(one.missing), one.driver.name))


def spare_vehicles(day: Day, fleet: Fleet) -> list[Vehicle]:
    """Vehicles of the fleet that nobody drives today, with an inspection that has not run out."""
    busy = {shift.vehicle.id for shift in day.shifts.values()}
    return [
        one
        for one in fleet.vehicles
        if one.id not in busy and (one.inspection_until is None or one.inspection_until >= day.date)
    ]


def to_others(day: Day, route: ShiftId, takers: Sequence[ShiftId], ids: Ids) -> Draft:
    """Before the start: the driver is absent, `takers` take his stops; what nobody can take has no driver then."""
    said = breakdown.case(day, route)
    found = breakdown.assign(day, said, takers, ids)
    return to_others_of(day, said, found)


def stays_away(day: Day, route: ShiftId) -> Draft:
    """Before the start: the driver does not come, and that is all: his stops are shared out next (see `replan`).

    Raises UserError if he is out already.
    """
    shift = day.shifts[route]
    if breakdown.goods(day, breakdown.case(day, route)).out:
        raise UserError(f"{shift.driver.name} is out already. Let others meet the van, or somebody drive it on.")
    swap = Swap(shift, replace(shift, absent=True))
    return draft.make(day, PlanChange(f"{shift.driver.name} sick", shifts=() if shift.absent else (swap,)))


def to_others_of(day: Day, said: Case, found: Plan) -> Draft:
    """`found` as a change. On the way: as after a breakdown, the van stands where it is."""
    shift = day.shifts[said.route]
    what = breakdown.goods(day, said)
    if what.out:
        return breakdown.draft_of(day, said, found, f"{shift.driver.name} sick")
    takers = [van for van in found.vans if van.taken]
    given = {stop for van in takers for stop in van.taken}
    left = [stop for stop in day.plan.route(said.route).stops if stop not in given]
    names = listed((day.shifts[van.id].driver.name for van in takers), draft.NAMED)
    label = f"{shift.driver.name} sick: to {names}" if takers else f"{shift.driver.name} sick"
    swap = Swap(shift, replace(shift, absent=True))
    routes = [changes.without(day, said.route, (*given, *left)), changes.to_pool(day, left)]
    change = changes.handed_over(day, label, routes, takers, shifts=() if shift.absent else (swap,))
    sentences = [
        f"{day.shifts[van.id].driver.name} takes {count(len(van.taken), 'stop')}"
        f"{' and comes back to the depot for them' if van.meets else ''},"
        f" {breakdown.back(day, van)}."
        for van in takers
    ]
    if left:
        sentences.append(f"Fits nobody, has no driver then: {draft.named(day, left)}.")
    return draft.make(day, change, sentences)


def to_spare(day: Day, route: ShiftId, driver: Driver | None = None, vehicle: Vehicle | None = None) -> Draft:
    """Before the start: somebody else drives the whole route, or it is driven with another vehicle.

    Lane, letter and labels stay. Raises UserError once the van is out: what was driven stays with who drove it.
    """
    shift = day.shifts[route]
    if breakdown.goods(day, breakdown.case(day, route)).out:
        raise UserError(f"{shift.vehicle.name} is out already. Let somebody take over the van on the way.")
    after = replace(shift, driver=driver or shift.driver, vehicle=vehicle or shift.vehicle, absent=False)
    names = [one.name for one in (driver, vehicle) if one is not None]
    label = f"{shift.driver.name if driver else shift.vehicle.name} out, {listed(names)} instead"
    change = PlanChange(label, shifts=(Swap(shift, after),))
    return draft.make(day, change, [*_lacks(day, change, route)])


def take_over_van(day: Day, said: Case, driver: Driver, start: int, ids: Ids) -> Draft:
    """On the way: `driver` comes to the van, is there at `start`, and drives on with all that is in it.

    He gets a lane of his own, so that what was driven so far stays with who drove it.
    """
    old = day.shifts[said.route]
    before = day.plan.route(said.route)
    later = breakdown.goods(day, said).later  # he starts at the van: there is no reload on his way
    rest = tuple(stop for stop in before.stops[said.first :] if stop not in later)
    if not rest:
        raise UserError(f"{old.driver.name} has no open stop. There is nothing to take over.")
    shift = replace(
        old,
        id=ids.shift,
        slot=max(one.slot for one in day.shifts.values()) + 1,
        driver=driver,
        start=start,
        start_place=said.place,
        pause=None,
        absent=False,
        tours=1,
    )
    new = Route(shift.id, rest, before.locked, before.pinned & set(rest), before.fixed & set(rest))
    label = f"{driver.name} takes over {old.vehicle.name} from {old.driver.name}"
    gone = [changes.without(day, said.route, (*rest, *later)), *([changes.to_pool(day, later)] if later else [])]
    routes = change_routes(day.plan, label, [*gone, new])
    change = replace(routes, shifts=(Swap(None, shift),))
    sentences = [
        f"{driver.name} is at {old.vehicle.name} at {hhmm(day, start)} and drives {count(len(rest), 'stop')}."
    ]
    if later:
        names = draft.named(day, later)
        sentences.append(f"Of a later tour, still in the depot: {names}. They have no driver then: plan them anew.")
    return draft.make(day, change, [*sentences, *_lacks(day, change, shift.id)])


def reaches_at(day: Day, said: Case) -> int:
    """When somebody who leaves the depot now is at the van."""
    times = travel.covering(day.travel, (said.place, day.depot.place))
    return day.now + times.leg(day.depot.place, said.place)[0]


def _lacks(day: Day, change: PlanChange, route: ShiftId) -> Iterable[str]:
    """What the route breaks with the new driver or vehicle."""
    after = day.apply(change, draft.grown(day, change))
    was = day.schedules.get(route) or schedule(Route(route), after.leaving[route], after.basis)
    for broken in insertion.newly_broken(was, after.schedules[route]):
        yield draft.says(after, broken)
