"""Two routes change drivers or vehicles.

Before the start on paper; on the way the two meet and change vans, and what each has done so far stays his. How
often a route is loaded stays with its goods; goods of a later tour lie in the depot, and stay with whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import Order, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Route, Swap, change_routes
from dispatch_console.domain.sizes import Size
from dispatch_console.services.wizards import draft, meeting
from dispatch_console.services.wizards.draft import Draft, hhmm
from dispatch_console.services.wizards.goods import aboard, of_later_tours, size_of
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.meeting import Meeting
from dispatch_console.services.wizards.whereabouts import has_left, there_at, whereabouts


def drivers(day: Day, a: ShiftId, b: ShiftId) -> Draft:
    """Before the start: each drives the other's route with the other's vehicle, at his own times.

    Lanes, letters and labels stay with the goods. Raises UserError once one of them is out.
    """
    _in_depot(day, a, b)
    one, two = day.shifts[a], day.shifts[b]
    label = f"Swap drivers {one.driver.name} and {two.driver.name}"
    return _swapped(day, label, one, _driven_by(one, two), two, _driven_by(two, one))


def vehicles(day: Day, a: ShiftId, b: ShiftId) -> Draft:
    """Before the start: each drives his own route with the other's vehicle."""
    _in_depot(day, a, b)
    one, two = day.shifts[a], day.shifts[b]
    label = f"Swap vehicles {one.vehicle.name} and {two.vehicle.name}"
    return _swapped(day, label, one, replace(one, vehicle=two.vehicle), two, replace(two, vehicle=one.vehicle))


def rests(day: Day, a: ShiftId, b: ShiftId, ids: Ids) -> Draft:
    """On the way: the two meet, change vans, and each drives what the other had left. Goods stay in their van.

    Raises UserError unless both are out and can drive.
    """
    _two(a, b)
    for id in (a, b):
        if not has_left(day, id) or day.facts.stuck(id):
            raise UserError(f"{day.shifts[id].driver.name} is not on the way. Only two who drive can change vans.")
    place, ready = _where(day, a, b)
    window = meeting.agreed(ready)
    made = _changing_vans(day, a, b, ids, place, window, ready)
    begins = [_begin(made.after, meets) for meets in made.meetings]
    if max(begins) > window.start:  # one of them has his break first
        made = _changing_vans(day, a, b, ids, place, meeting.agreed(max(begins)), ready)
    return made


def _begin(after: Day, meets: Meeting) -> int:
    route, at = after.position(meets.stop)
    return after.schedules[route].visits[at].begin


def _changing_vans(day: Day, a: ShiftId, b: ShiftId, ids: Ids, place: Place, window: Window, ready: int) -> Draft:
    """They meet at `place` when the `window` opens."""
    one, two = day.shifts[a], day.shifts[b]
    at = window.start
    heads, tails, later = zip(*(_parts(day, id) for id in (a, b)), strict=True)
    label = f"{one.driver.name} and {two.driver.name} change vans"
    routes: list[Route] = []
    orders: list[Order] = []
    meets: list[Meeting] = []
    for k, (mine, other) in enumerate(((a, b), (b, a))):
        goods = aboard(day, other).deliver
        given = size_of(day, aboard(day, mine).deliver)
        order = meeting.order(
            day,
            (ids.orders[k], ids.stops[k]),
            place,
            window,
            Size(),  # the vans change drivers, nothing is carried
            name=f"Meet {day.shifts[other].driver.name}",
            phone=day.shifts[other].driver.phone,
            size=given,
            taken=k,
        )
        orders.append(order)
        routes.append(day.plan.route(mine).with_stops((*heads[k], order.stop, *tails[1 - k], *later[k])))
        pieces = size_of(day, goods).pieces
        meets.append(Meeting(other, mine, place, at, ready, order.stop, ids.stops[1 - k], goods, pieces, False))
    change = replace(
        change_routes(day.plan, label, routes),
        orders=(
            *(Swap(None, order) for order in orders),
            *_pickups(day, a, b, ids),
            *_in_the_depot(day, [*later[0], *later[1]]),
        ),
        shifts=(
            Swap(one, replace(one, vehicle=two.vehicle)),
            Swap(two, replace(two, vehicle=one.vehicle)),
        ),
    )
    lines = [f"They meet at {hhmm(day, at)} and change vans."]
    for shift, stops in zip((one, two), later, strict=True):
        if stops:
            names = draft.named(day, stops)
            lines.append(f"{shift.driver.name} comes back to the depot for the later tour, as planned: {names}.")
    return draft.make(day, change, lines, tuple(meets))


def _swapped(day: Day, label: str, one: Shift, one_after: Shift, two: Shift, two_after: Shift) -> Draft:
    change = PlanChange(label, shifts=(Swap(one, one_after), Swap(two, two_after)))
    found = draft.make(day, change)
    lines = [
        f"{found.after.shifts[effect.route].driver.name}: {draft.says(found.after, broken)}"
        for effect in found.effects
        for broken in effect.broken
    ]
    return replace(found, sentences=tuple(lines) or ("No rule is broken by it.",))


def _driven_by(shift: Shift, who: Shift) -> Shift:
    """`shift` with the driver of `who` and all that belongs to him: times, break, places, costs.

    The tours are of the route: its goods do not fit in at once, whoever drives.
    """
    return replace(
        who, id=shift.id, slot=shift.slot, vehicle=shift.vehicle, tours=shift.tours, reload_s=shift.reload_s
    )


def _in_depot(day: Day, a: ShiftId, b: ShiftId) -> None:
    _two(a, b)
    for id in (a, b):
        if has_left(day, id):
            raise UserError(
                f"{day.shifts[id].driver.name} is out: what he has done stays his."
                " On the way the two can only meet and change vans."
            )


def _two(a: ShiftId, b: ShiftId) -> None:
    if a == b:
        raise UserError("Choose two different drivers.")


def _parts(day: Day, id: ShiftId) -> tuple[tuple[StopId, ...], tuple[StopId, ...], tuple[StopId, ...]]:
    """(what is done or under way, what is left of this tour, what of later ones) of a route."""
    stops, first = day.plan.route(id).stops, whereabouts(day, id).next
    later = of_later_tours(day, id, first)
    return stops[:first], stops[first : len(stops) - len(later)], later


def _where(day: Day, a: ShiftId, b: ShiftId) -> tuple[Place, int]:
    """The place, of those they are heading to, where both can be soonest, and when."""
    here, there = whereabouts(day, a), whereabouts(day, b)

    def ready(place: Place) -> int:
        return max(there_at(where, place, day.travel, day.now) for where in (here, there))

    place = min((here.ahead, there.ahead), key=ready)
    return place, ready(place)


def _pickups(day: Day, a: ShiftId, b: ShiftId, ids: Ids) -> list[Swap[Order]]:
    """The goods that come on board of each with the other's van."""
    return [
        Swap(order, replace(order, pickup=ids.stops[k]))
        for k, other in enumerate((b, a))
        for stop in aboard(day, other).deliver
        for order in day.stops[stop].orders
    ]


def _in_the_depot(day: Day, stops: Iterable[StopId]) -> list[Swap[Order]]:
    """The goods of later tours, said to be in the depot until now at least: in a larger van there would be room for
    them, and the schedule would believe that they are on board already."""
    now = meeting.wall(day, day.now)
    return [
        Swap(order, replace(order, release_s=now))
        for stop in stops
        for order in day.stops[stop].orders
        if order.release_s < now
    ]
