"""What is on board of a van: what it still has to deliver, what it has collected, what nobody took."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain import freeze, trips
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Capacity, ShiftId
from dispatch_console.domain.orders import Order, OrderKind, StopId
from dispatch_console.domain.own_words import ON_BOARD
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.schedule import loads_of
from dispatch_console.domain.sizes import Size
from dispatch_console.services.wizards.whereabouts import has_left, whereabouts


class Aboard(NamedTuple):
    """Stops of a route by what they mean for its goods.

    `deliver`: open, their goods are on board (or in the depot, if the van has not left). `collect`: open, there is
    nothing on board of them yet. `collected`, `failed`: over, their goods have to come back. `meet`: where vans are
    still to meet, and what is taken over only there. `later`: open, of a later tour: their goods are in the depot
    still. `size`: all that is on board now.
    """

    deliver: tuple[StopId, ...]
    collect: tuple[StopId, ...]
    collected: tuple[StopId, ...]
    failed: tuple[StopId, ...]
    meet: tuple[StopId, ...]
    size: Size
    out: bool
    later: tuple[StopId, ...] = ()

    @property
    def open(self) -> tuple[StopId, ...]:
        """What somebody else would have to do."""
        return (*self.deliver, *self.collect)


def aboard(day: Day, route: ShiftId, first: int | None = None) -> Aboard:
    """`first`: the index of the first stop that is not done; None: as told, and as forecast where nothing was."""
    stops = day.plan.route(route).stops
    fixed = freeze.head_length(day.plan.route(route), day.facts)
    at = _first_open(day, route) if first is None else max(first, fixed)
    open_stops, over = stops[at:], stops[:at]
    failed = day.facts.failed
    meets = {s for s in open_stops if is_meeting(day, s)}
    waits = meets | {s for s in open_stops if day.stops[s].pickup in meets}
    out = has_left(day, route)
    later = (
        {s for s in of_later_tours(day, route, at) if s not in waits and not only_collects(day, s)} if out else ()
    )
    load = loads_of(day.plan.route(route), day.basis)[at] if out else Size()
    return Aboard(
        tuple(s for s in open_stops if s not in waits and s not in later and not only_collects(day, s)),
        tuple(s for s in open_stops if s not in waits and only_collects(day, s)),
        tuple(s for s in over if day.stops[s].collection != Size() and s not in failed),
        tuple(s for s in over if s in failed and day.stops[s].delivery != Size()),
        tuple(s for s in open_stops if s in waits),
        load,
        out,
        tuple(s for s in open_stops if s in later),
    )


def of_later_tours(day: Day, route: ShiftId, first: int) -> tuple[StopId, ...]:
    """Stops of the tours after the one under way, whose first open stop has the index `first`."""
    planned = day.schedules[route]
    if not planned.reloads:
        return ()
    stuck = day.facts.down.get(route) or day.facts.sick.get(route)
    tour = trips.under_way(planned, first, day.now if stuck is None else stuck.at)
    cuts = [reload.before for reload in planned.reloads]
    return day.plan.route(route).stops[cuts[tour - 1] :] if tour <= len(cuts) else ()


def free_now(day: Day, route: ShiftId) -> Capacity:
    """What the van can still take on now, by component; None: not limited. Never below nothing."""
    index = whereabouts(day, route).next
    load = loads_of(day.plan.route(route), day.basis)[index]
    limits = day.shifts[route].vehicle.capacity
    return Capacity(*(None if most is None else max(0, most - has) for most, has in zip(limits, load, strict=True)))


def left_aboard(day: Day, order: Order) -> ShiftId | None:
    """The route that has an order (its goods, if it is a delivery) which is not done any more; None: nobody has.

    By the vehicle that its decision names; of several of that name, the one that had it when it was approved.
    """
    step = order.next
    if step is None or not step.note.startswith(ON_BOARD) or order.kind is OrderKind.HANDOVER:
        return None
    name = step.note.removeprefix(ON_BOARD)
    vans = [id for id, shift in day.shifts.items() if shift.vehicle.name == name]
    planned = day.baseline.stops.get(order.stop) if day.baseline is not None else None
    here = day.plan.where.get(order.stop, POOL)
    likely = (here, planned.route if planned is not None else POOL)
    return next((id for id in likely if id in vans), vans[0] if vans else None)


def is_meeting(day: Day, stop: StopId) -> bool:
    return day.stops[stop].order.kind is OrderKind.HANDOVER


def only_collects(day: Day, stop: StopId) -> bool:
    """Whether the stop needs no goods that are somewhere else now."""
    return all(order.kind is OrderKind.COLLECTION for order in day.stops[stop].orders)


def waits_at_a_customer(day: Day, stop: StopId) -> bool:
    """Whether its goods come on board at another customer's stop that is still ahead; or was, if nobody has the
    stop: then they are with whoever was there. Either way they are not in the depot, nor in a van that stands."""
    pickup = day.stops[stop].pickup
    if pickup not in day.stops or is_meeting(day, pickup):
        return False
    return day.plan.where[stop] == POOL or pickup not in day.facts.ended


def size_of(day: Day, stops: tuple[StopId, ...]) -> Size:
    """All that is to be delivered at `stops`."""
    total = Size()
    for stop in stops:
        total = total.plus(day.stops[stop].delivery)
    return total


def _first_open(day: Day, route: ShiftId) -> int:
    """A van that stands did nothing after it stopped, whatever the forecast says."""
    stuck = day.facts.down.get(route) or day.facts.sick.get(route)
    now = day.now if stuck is None else stuck.at
    at = whereabouts(day, route, now)
    stops = day.plan.route(route).stops
    at_a_door = at.out and at.stands and at.next and at.left > now
    return at.next - 1 if at_a_door and stops[at.next - 1] not in day.facts.arrived else at.next
