"""A route runs late: which stops others could take, how many minutes of lateness that saves, else whom to phone.

What still has to be collected, and what is still in the depot, changes hands on paper. Goods on board need a
meeting on the road, and its minutes count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Order, OrderKind, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route, Swap
from dispatch_console.domain.schedule import RouteSchedule, schedule
from dispatch_console.domain.stops import Stop
from dispatch_console.services.wizards import changes, draft, meeting
from dispatch_console.services.wizards.draft import Draft, Phone, count, hhmm, late_s
from dispatch_console.services.wizards.goods import aboard, only_collects, size_of
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.vans import Bid, Rendezvous, Van, able, at_depot, paid
from dispatch_console.services.wizards.whereabouts import Whereabouts, there_at, whereabouts

#: So many vans, the nearest, and so many stops are tried.
_VANS, _STOPS = 6, 8
#: A hand-over must save at least so much lateness.
LEAST_S = 60


class Offer(NamedTuple):
    """`taker` takes `stops`: `saved_s` less lateness on both routes together, `added_s` more time on the road.

    `giver` is the route that is late, as it becomes; `order` its stop where it meets, if it has to.
    """

    taker: ShiftId
    stops: tuple[StopId, ...]
    saved_s: int
    added_s: int
    van: Van
    giver: Route
    order: Order | None


def is_late(day: Day, route: ShiftId) -> bool:
    return late_s(day.schedules[route]) > 0


def offers(day: Day, route: ShiftId, ids: Ids) -> list[Offer]:
    """What others could take, most minutes saved first; empty if nobody can help."""
    stops = _helpful(day, route)
    found = [_offer(day, route, taker, stops, ids) for taker in _near(day, route)] if stops else []
    return sorted((one for one in found if one is not None), key=lambda one: (-one.saved_s, one.added_s, one.taker))


def plan(day: Day, route: ShiftId, offer: Offer) -> Draft:
    """The change by which the offer is taken."""
    driver, taker = day.shifts[route].driver, day.shifts[offer.taker].driver
    label = f"{driver.name} late: {count(len(offer.stops), 'stop')} to {taker.name}"
    order = offer.order
    change = changes.handed_over(
        day, label, [offer.giver], [offer.van], [] if order is None else [Swap(None, order)]
    )
    meets = changes.meeting_of(day, route, offer.van, StopId(0) if order is None else order.stop)
    if meets is not None and order is not None:
        change, meets = changes.at_one_time(day, change, meets)
    made = draft.make(day, change, (), () if meets is None else (meets,))
    saved = sum(late_s(day.schedules[id]) - late_s(made.after.schedules[id]) for id in (route, offer.taker))
    names = draft.named(day, offer.stops)
    lines = [f"{taker.name} takes {names}: {saved // 60} min less lateness."]
    if meets is not None:
        lines.append(f"They meet at {hhmm(day, meets.at)}, {count(meets.pieces, 'piece')} change over.")
    return replace(made, sentences=tuple(lines))


def to_phone(day: Day, route: ShiftId) -> list[Phone]:
    """Who has to hear that it gets late, in driving order, with the sentence to say."""
    found: list[Phone] = []
    for visit in day.schedules[route].visits:
        stop = day.stops[visit.stop]
        if visit.late_s and not visit.done and not visit.presumed and stop.order.kind is not OrderKind.HANDOVER:
            due = hhmm(day, stop.windows[-1].end)
            sentence = f"We are late: we come about {hhmm(day, visit.begin)}, not by {due}."
            found.append(Phone(stop.order.recipient, stop.order.phone, sentence, stop=stop.id))
    return found


def until(day: Day, route: ShiftId, minutes: int) -> int:
    """What `FactKind.DELAYED` needs: when the next stop is reached if the driver is so many minutes behind.

    Raises UserError if no stop is open.
    """
    index = whereabouts(day, route).next
    visits = day.schedules[route].visits
    base = day.baseline.stops if day.baseline is not None else {}
    if index >= len(visits):
        raise UserError(f"{day.shifts[route].driver.name} has no open stop that could be late.")
    visit = visits[index]
    planned = base[visit.stop].arrive if visit.stop in base else visit.arrive
    return max(day.now, planned + 60 * minutes)


def _helpful(day: Day, route: ShiftId) -> list[StopId]:
    """Stops that may leave, those first without which the route is least late."""
    planned, held = day.schedules[route], day.plan.route(route)
    first = whereabouts(day, route).free_from
    open_stops = set(aboard(day, route).open)
    free = [s for s in held.stops[first:] if s in open_stops and s not in held.pinned and s not in held.fixed]
    now = late_s(planned)
    saved = {s: now - late_s(_without(day, held, [s])) for s in free} if now else {}
    useful = [stop for stop in free if saved.get(stop, 0) >= LEAST_S]
    return sorted(useful, key=lambda stop: -saved[stop])[:_STOPS]


def _near(day: Day, route: ShiftId) -> list[ShiftId]:
    where = whereabouts(day, route)

    def away(id: ShiftId) -> int:
        return there_at(whereabouts(day, id), where.ahead, day.travel, day.now)

    return sorted(able(day, besides=route), key=away)[:_VANS]


def _offer(day: Day, route: ShiftId, taker: ShiftId, stops: list[StopId], ids: Ids) -> Offer | None:
    """The best that one van can take, stop by stop, as long as each saves something."""
    giver = _Giver(day, route, taker, ids)
    van = Van(day, taker, day.travel, giver.rendezvous)
    best: Offer | None = None
    left = list(stops)
    while left:
        tries = [one for stop in left if (one := giver.gives(van, stop, best)) is not None]
        if not tries:
            break
        bid, offer = max(tries, key=lambda one: (one[1].saved_s, -one[1].added_s))
        if offer.saved_s < (best.saved_s if best else 0) + LEAST_S:
            break
        van.take(bid)
        left.remove(bid.stop)
        best = offer
    return best


class _Giver:
    """The late route, and where it could meet one taker."""

    def __init__(self, day: Day, route: ShiftId, taker: ShiftId, ids: Ids) -> None:
        self._day, self._route, self._ids = day, day.plan.route(route), ids
        self._where = whereabouts(day, route)
        self._late = late_s(day.schedules[route]) + late_s(day.schedules[taker])
        self._was = day.schedules[route]
        if not self._where.out:
            self.rendezvous = at_depot(day, taker, ids, 0)
            return
        driver = day.shifts[route].driver
        self.place, ready = _between(day, self._where, route, taker)
        key = (ids.orders[0], ids.stops[0])
        self.rendezvous = Rendezvous(self.place, ready, f"Meet {driver.name}", driver.phone, key)

    def gives(self, van: Van, stop: StopId, before: Offer | None) -> tuple[Bid, Offer] | None:
        """What it would be to give one more stop to `van`."""
        bid = van.bid(stop)
        if bid is None or not bid.is_possible:
            return None
        gone = (*(before.stops if before else ()), stop)
        meet = bid.stops.get(self.rendezvous.ids[1]) if self.rendezvous else None
        route, planned, order = self._after(van.id, gone, meet if self._where.out else None)
        saved = self._late - late_s(planned) - late_s(bid.planned)
        added = paid(planned) - paid(self._was) + paid(bid.planned) - paid(van.was)
        return bid, Offer(van.id, gone, saved, added, van, route, order)

    def _after(
        self, taker: ShiftId, gone: tuple[StopId, ...], meet: Stop | None
    ) -> tuple[Route, RouteSchedule, Order | None]:
        day, kept = self._day, set(gone)
        rest = self._route.with_stops(tuple(stop for stop in self._route.stops if stop not in kept))
        if meet is None:
            return rest, _without(day, self._route, gone), None
        goods = size_of(day, tuple(stop for stop in gone if not only_collects(day, stop)))
        driver = day.shifts[taker].driver
        order = meeting.order(
            day,
            (self._ids.orders[1], self._ids.stops[1]),
            self.place,
            meet.windows[0],
            goods,
            name=f"Meet {driver.name}",
            phone=driver.phone,
            size=goods,
            taken=1,
        )
        basis = replace(day.basis, stops={**day.stops, order.stop: meeting.stop_of(order, day)})
        shift = day.leaving[rest.id]
        first = self._where.next
        routes = [
            rest.with_stops((*rest.stops[:k], order.stop, *rest.stops[k:]))
            for k in range(first, min(first + 3, len(rest.stops) + 1))
        ]
        timed = [(route, schedule(route, shift, basis)) for route in routes]
        route, planned = min(timed, key=lambda one: (late_s(one[1]), paid(one[1])))
        return route, planned, order


def _between(day: Day, where: Whereabouts, giver: ShiftId, taker: ShiftId) -> tuple[Place, int]:
    """Of the places on their ways the one at which both can be soonest; and when the giver is there."""
    other = whereabouts(day, taker)
    ways = [*_ahead(day, giver, where), *_ahead(day, taker, other)]

    def times(place: Place) -> tuple[int, int]:
        here = there_at(where, place, day.travel, day.now)
        there = there_at(other, place, day.travel, day.now)
        return max(here, there), here + there

    place = min(dict.fromkeys(ways), key=times)
    return place, there_at(where, place, day.travel, day.now)


def _ahead(day: Day, route: ShiftId, where: Whereabouts) -> Iterable[Place]:
    stops = day.plan.route(route).stops[where.next : where.next + 3]
    places = [day.stops[stop].place for stop in stops]
    return [where.ahead, *(place for place in places if place is not None)]


def _without(day: Day, route: Route, gone: Iterable[StopId]) -> RouteSchedule:
    left = set(gone)
    rest = route.with_stops(tuple(stop for stop in route.stops if stop not in left))
    return schedule(rest, day.leaving[route.id], day.basis)
