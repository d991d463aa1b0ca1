"""Before the start: who drives which route, with which vehicle, so that least is broken and it costs least.

Routes, lanes, letters and labels stay; drivers with their times, and vehicles, go where they fit best. Vans that
have left, locked routes and drivers to whom stops are pinned stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Shift, Vehicle
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.optimiser import matching
from dispatch_console.services.wizards import draft
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.whereabouts import has_left

LABEL = "Match drivers and vehicles"


class What(Enum):
    """What may change its route."""

    BOTH = 0
    DRIVERS = 1
    VEHICLES = 2


def matched(day: Day, what: What, spare: Iterable[Vehicle] = ()) -> Draft:
    """The best match; an empty change if it is the one of now. `spare`: vehicles that nobody drives that day.

    Takes some seconds at the first time: not for the window's thread. Raises UserError if nothing can be matched.
    """
    routes = [r for r in day.routes if not r.locked and not has_left(day, r.id) and not day.facts.stuck(r.id)]
    if not any(route.stops for route in routes):
        raise UserError("No route that could change its driver waits in the depot. Unlock one, or plan first.")
    every = frozenset(route.id for route in routes)
    pinned = frozenset(route.id for route in routes if route.pinned)
    found = matching.mannings(
        routes,
        day.basis,
        tuple(spare) if what is not What.DRIVERS else (),
        drivers_stay=every if what is What.VEHICLES else pinned,
        vehicles_stay=every if what is What.DRIVERS else frozenset(),
    )
    swaps: list[Swap[Shift]] = []
    for id, manning in found.items():
        before = day.shifts[id]
        after = matching.driven_by(before, day.shifts[manning.driver], manning.vehicle)
        swaps += [Swap(before, after)] if after != before else []
    made = draft.make(day, PlanChange(LABEL, shifts=tuple(swaps)))
    return replace(made, sentences=tuple(_says(day, made)))


def _says(day: Day, made: Draft) -> Iterator[str]:
    if not made.change:
        yield "Drivers, vehicles and routes match as they are."
        return
    for swap in made.change.shifts:
        if swap.before is not None and swap.after is not None and day.plan.route(swap.before.id).stops:
            route, who = swap.before.driver.name, f"{swap.after.driver.name} in {swap.after.vehicle.name}"
            yield f"The route of {route}: {who}."
    before, after = (sum(timed.cost for timed in one.schedules.values()) for one in (day, made.after))
    broken = [sum(len(timed.broken) for timed in one.schedules.values()) for one in (day, made.after)]
    if broken[0] != broken[1]:
        yield f"Rules broken: {broken[1]} instead of {broken[0]}."
    if before != after:
        word = "less" if after < before else "more"
        yield f"The day costs {abs(before - after) / 100:.2f} {day.depot.currency} {word}."
