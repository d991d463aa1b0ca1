"""Where a van is by what was told and by the forecast, how far that is from a place, and what may still change."""

from __future__ import annotations

import math
from typing import NamedTuple

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Address, OrderKind
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import TravelMatrix

#: So close to an address is at it, in metres.
_SAME_M = 20.0


class Whereabouts(NamedTuple):
    """On the way from `behind` (left at `left`) to `ahead` (there at `due`), seconds of the plan day; between two
    tours by way of the start place, where he stands while he loads.

    Standing somewhere, both are that place, and `left` is when he can go on. `next` is the index of the
    first stop of the route that is still to come. `out`: the van has left the depot. `held`: it was told that it
    does not get on as planned, so nobody knows where on the way it is.
    """

    behind: Place
    ahead: Place
    left: int
    due: int
    next: int
    out: bool
    held: bool = False

    @property
    def stands(self) -> bool:
        return self.behind == self.ahead

    @property
    def free_from(self) -> int:
        """The first index at which one more stop can be put in: the stop he is driving to comes first."""
        return self.next if self.stands or not self.out else self.next + 1


def has_left(day: Day, route: ShiftId) -> bool:
    """Whether the van is out: somebody said so, it was seen at a stop, or it is time and nobody said otherwise."""
    if day.approval.state is DayState.DRAFT:
        return False
    if route in day.facts.states:
        return day.facts.state(route) is not FactKind.IN_DEPOT
    if freeze.head_length(day.plan.route(route), day.facts):
        return True
    planned = day.schedules[route]
    return bool(planned.visits) and planned.start <= day.now and not day.facts.stuck(route)


def whereabouts(day: Day, route: ShiftId, at: int | None = None) -> Whereabouts:
    """Where the van of `route` is at `at` (default: now)."""
    now = day.now if at is None else at
    shift, planned = day.leaving[route], day.schedules[route]
    if not has_left(day, route):
        go = max(shift.start, now)
        return Whereabouts(shift.start_place, shift.start_place, go, go, 0, out=False)
    stops, visits = day.plan.route(route).stops, planned.visits
    head = freeze.head_length(day.plan.route(route), day.facts)
    here = _place(day, route, head - 1)
    if head and stops[head - 1] not in day.facts.ended:
        return Whereabouts(here, here, max(visits[head - 1].depart, now), now, head, out=True)
    index = head
    while index < len(visits) and visits[index].depart <= now:
        index += 1
    here = _place(day, route, index - 1)
    left = visits[index - 1].depart if index else planned.start
    if index == len(visits):
        end = shift.end_place or here
        return Whereabouts(here, end, left, max(planned.end, left), index, out=True)
    ahead = _place(day, route, index)
    if visits[index].arrive <= now:
        return Whereabouts(ahead, ahead, visits[index].depart, now, index + 1, out=True)
    held = route in day.facts.delays or any(until > left for _, until in day.facts.stood.get(route, ()))
    due, depot = visits[index].arrive, shift.start_place
    reload = next((one for one in planned.reloads if one.before == index), None)
    if reload is not None and now < reload.arrive:
        ahead, due = depot, reload.arrive
    elif reload is not None and now < reload.depart:
        return Whereabouts(depot, depot, reload.depart, now, index, out=True)
    elif reload is not None:
        here, left = depot, reload.depart
    return Whereabouts(here, ahead, left, due, index, out=True, held=held)


def there_at(where: Whereabouts, to: Place, travel: TravelMatrix, now: int) -> int:
    """When a van can be at `to` if it turns there now. `travel` must hold the places.

    On the way between two places its distance follows from theirs (Stewart's theorem, with minutes as lengths), and
    is never more than going on to the one ahead, or back to the one behind. Who is held up gets to
    the one ahead first.
    """
    if where.stands:
        return max(where.left, now) + travel.leg(where.behind, to)[0]
    if where.held:
        return max(where.due, now) + travel.leg(where.ahead, to)[0]
    whole = travel.leg(where.behind, where.ahead)[0]
    share = min(1.0, max(0.0, (now - where.left) / max(1, where.due - where.left)))
    back, ahead = travel.leg(where.behind, to)[0], travel.leg(where.ahead, to)[0]
    square = (1 - share) * back**2 + share * ahead**2 - share * (1 - share) * whole**2
    away = min(round(math.sqrt(max(0.0, square))), round(share * whole) + back)
    return min(now + away, max(where.due, now) + ahead)


def stands_at(day: Day, route: ShiftId) -> Place:
    """Where a van that cannot go on stands: as was told, else the nearer of the two places it was between."""
    fact = day.facts.down.get(route) or day.facts.sick.get(route)
    if fact is not None and fact.place is not None:
        return fact.place
    at = day.now if fact is None else fact.at
    where = whereabouts(day, route, at)
    near = 2 * (at - where.left) < day.travel.leg(where.behind, where.ahead)[0]
    return where.behind if near else where.ahead


def near(day: Day, place: Place) -> Address:
    """The address at `place`; else that of the nearest stop, or of the depot, its street as `near Mill Lane` and no
    number of a house."""
    lat_m, lon_m = 111_320.0, 111_320.0 * math.cos(math.radians(place.lat))

    def away(one: tuple[Place, Address]) -> float:
        return math.hypot((one[0].lat - place.lat) * lat_m, (one[0].lon - place.lon) * lon_m)

    known = [
        (order.place, order.address)
        for order in day.orders.values()
        if order.place is not None and order.address.street and order.kind is not OrderKind.HANDOVER
    ]
    known.append((day.depot.place, Address(street=day.depot.address or day.depot.name)))
    nearest = min(known, key=away)
    if away(nearest) < _SAME_M:
        return nearest[1]
    street = nearest[1].street.rstrip("0123456789 ") if not nearest[1].house_number else nearest[1].street
    return nearest[1]._replace(street=f"near {street or nearest[1].street}", house_number="")


def _place(day: Day, route: ShiftId, index: int) -> Place:
    """The place of a visit; where it has none, of the one before it, and at last of the start."""
    stops = day.plan.route(route).stops
    places = (day.stops[stop].place for stop in reversed(stops[: index + 1]))
    return next((place for place in places if place is not None), day.shifts[route].start_place)
