"""An urgent order: every van's best place for it, honestly.

Goods to deliver lie in the depot: a van that is out has to come back for them first. What is picked up at another
customer is for the van that goes there.
"""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import BrokenRule
from dispatch_console.services import travel
from dispatch_console.services.wizards import changes, draft
from dispatch_console.services.wizards.draft import Draft, hhmm
from dispatch_console.services.wizards.goods import only_collects, waits_at_a_customer
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.vans import Bid, Van, able, at_depot
from dispatch_console.services.wizards.whereabouts import there_at, whereabouts

#: Of many vans the nearest are tried.
_TRIED = 12


class Place(NamedTuple):
    """Giving the order to `route` as its stop `number`: there at `arrive`, so much more time and way.

    `reloads`: the van is out and comes back to the depot for the goods; the way is part of what is added.
    """

    route: ShiftId
    number: str
    arrive: int
    added_s: int
    added_m: int
    broken: tuple[BrokenRule, ...]
    reloads: bool
    van: Van
    bid: Bid


def places(day: Day, stop: StopId, ids: Ids) -> list[Place]:
    """The best place in every route: least broken first, vans that need not come back before those that must, then
    the least added time. Raises UserError for an order that is with a driver already, or has no place."""
    wanted = day.stops[stop]
    if wanted.place is None:
        lost = f"{wanted.order.reference} has no place yet. Drop its pin on the map first."
        raise UserError(wanted.off_road or lost)
    if day.plan.where[stop] != POOL:
        raise UserError(f"{wanted.order.reference} is with a driver already. Unassign it first.")
    to = wanted.place
    near = sorted(able(day, besides=POOL), key=lambda id: there_at(whereabouts(day, id), to, day.travel, day.now))
    found = [one for id in near[:_TRIED] if (one := _place(day, stop, id, ids)) is not None]
    return sorted(found, key=lambda p: (len(p.broken), p.bid.rank[1], p.reloads, p.added_s, p.route))


def plan(day: Day, place: Place) -> Draft:
    """The change by which the order goes there."""
    stop = day.stops[place.bid.stop]
    driver = day.shifts[place.route].driver
    place.van.take(place.bid)
    label = f"Urgent {stop.order.reference} to {driver.name}"
    change = changes.handed_over(day, label, [changes.without(day, POOL, [stop.id])], [place.van])
    first = "comes back to the depot for it, " if place.reloads else ""
    lines = [
        f"{driver.name} {first}is there at {hhmm(day, place.arrive)} as stop {place.number}:"
        f" {round(place.added_s / 60):+d} min, {place.added_m / 1000:+.1f} km."
    ]
    return draft.make(day, change, [*lines, *(draft.says(day, broken) for broken in place.broken)])


def _place(day: Day, stop: StopId, id: ShiftId, ids: Ids) -> Place | None:
    on_the_way = only_collects(day, stop) or waits_at_a_customer(day, stop)
    times = travel.covering(day.travel, (day.depot.place,))
    van = Van(day, id, times, None if on_the_way else at_depot(day, id, ids, 0))
    bid = van.bid(stop)
    if bid is None:
        return None
    added_m = bid.planned.drive_m - van.was.drive_m
    number = numbers.named(day, id, bid.route.stops)[stop]
    return Place(id, number, bid.arrive, bid.added_s, added_m, bid.broken, van.at is not None, van, bid)
