"""A route of the day as a search sees it: what of it is over, what is held, what is free."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain import freeze, progress, timing
from dispatch_console.domain.fleet import Costs, Shift
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import BrokenRule, Rule
from dispatch_console.domain.schedule import Basis, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.optimiser.check import mend
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import NEVER, Held, Rest, Vehicle

#: What is held cannot be planned around if it breaks one of these.
_HOPELESS = {Rule.NO_PLACE, Rule.UNREACHABLE}


class Lane(NamedTuple):
    """`head`: how many stops are over, under way, or kept as the next ones. `begin`: the route as the search may
    start from it. `out`: the van has left with its goods.
    """

    route: Route
    shift: Shift
    head: int
    held: Held
    begin: Route
    out: bool

    @property
    def done(self) -> tuple[StopId, ...]:
        return self.route.stops[: self.head]

    @property
    def tail(self) -> tuple[StopId, ...]:
        return self.route.stops[self.head :]

    @property
    def hopeless(self) -> bool:
        done = set(self.done)
        return any(b.rule in _HOPELESS and b.stop not in done for b in self.held.schedule.broken)


def lane(route: Route, basis: Basis, options: Options) -> Lane:
    shift = basis.shifts[route.id]
    out, head = _under_way(route, basis, options)
    holds = (
        set(route.stops)
        if options.keeps_order
        else {
            *(*route.stops[:head], *route.pinned, *route.fixed),
            *(stop for stop in route.stops[head:] if basis.stops[stop].tied),
        }
    )
    kept = route.with_stops(tuple(stop for stop in route.stops if stop in holds))
    held = Held(kept, schedule(kept, shift, basis))
    placed = route.with_stops(tuple(s for s in route.stops if s in holds or basis.stops[s].place is not None))
    begin, _ = mend(placed, held, basis)
    return Lane(route, shift, head, held, begin, out)


def _under_way(route: Route, basis: Basis, options: Options) -> tuple[bool, int]:
    """(whether the van has left, how many stops no search changes)."""
    head = freeze.head_length(route, basis.facts)
    if not options.from_now or not route.stops:
        return head > 0, head
    planned = schedule(route, basis.shifts[route.id], basis)
    if not progress.is_out(route, basis.facts, left_in_time=basis.now >= planned.start):
        return False, head
    made = progress.progress(route, planned, basis, left_in_time=True)
    return True, min(made.passed + options.freeze_next, len(route.stops))


def vehicle(lane: Lane, basis: Basis, tasks: dict[StopId, int], costs: Costs) -> Vehicle:
    """The lane as the search drives it; `tasks`: stop → index. Rules that what is held breaks are widened."""
    shift, held = lane.shift, lane.held.schedule
    index = basis.travel.index
    done = [basis.stops[stop] for stop in lane.done]
    places = [stop.place for stop in done if stop.place is not None]
    leave, rested, metres = _after_head(lane, basis)
    broken = {b.rule for b in held.broken}
    begin = lane.begin.stops[lane.head :]
    most = shift.max_stops
    return Vehicle(
        shift=shift.id,
        start_at=index[places[-1] if places else shift.start_place],
        end_at=-1 if shift.end_place is None else index[shift.end_place],
        leave=leave,
        paid_from=held.start if done else shift.start,
        shift_end=max(shift.end, held.end) if held.visits else shift.end,
        rest=None if Rule.BREAK in broken else _rest(shift),
        rested=rested,
        not_before=basis.now if done else 0,
        limits=_limits(lane),
        head_peak=_head_peak(lane, basis),
        head_load=_sum([stop.collection for stop in done]),
        head_m=metres,
        max_stops=NEVER if most is None else max(most, len(held.visits)) - lane.head,
        costs=costs,
        head=lane.done,
        start=tuple(tasks[stop] for stop in begin),
        places=tuple((tasks[stop], at) for at, stop in enumerate(begin) if stop in lane.route.fixed),
    )


def ahead(lane: Lane, basis: Basis) -> list[BrokenRule]:
    """Rules that the lane would newly break as it stands: for checks."""
    return list(newly_broken(lane.held.schedule, schedule(lane.route, lane.shift, basis)))


def _after_head(lane: Lane, basis: Basis) -> tuple[int, int, int]:
    """(leaving without the break, leaving with it or NEVER, metres driven) at the end of the head."""
    stops = [basis.stops[stop] for stop in lane.done]
    rest = timing.rest_of(lane.shift)
    state, here, metres = timing.start_state(lane.shift, basis.facts), lane.shift.start_place, 0
    id, halts = lane.route.id, timing.halts_of(basis.facts, basis.now, lane.route.id)
    calls = timing.calls(stops, basis.facts, basis.now, id, basis.sheet(id))
    for stop, call in zip(stops, calls, strict=True):
        seconds = 0
        if stop.place is not None:
            seconds, leg_m = basis.travel.leg(here, stop.place)
            here, metres = stop.place, metres + leg_m
        state = timing.advance(state, seconds, call, rest, halts)
    # What held him up since: as if he had left so much later.
    free = state.free + _stood_since(state.free, halts)
    return free, state.taken + _stood_since(state.taken, halts) if state.taken >= 0 else NEVER, metres


def _stood_since(left: int, halts: timing.Halts) -> int:
    return sum(until - max(left, since) for since, until in halts.stood if until > left)


def _rest(shift: Shift) -> Rest | None:
    rest = timing.rest_of(shift)
    return None if rest is None else Rest(rest.duration, rest.first, rest.latest)


def _limits(lane: Lane) -> Size:
    """What may be on board: the vehicle's capacity, or what is held if that is more already."""
    capacity, peak = lane.shift.vehicle.capacity, lane.held.schedule.load_peak
    return Size(*(NEVER if limit is None else max(limit, most) for limit, most in zip(capacity, peak, strict=True)))


def _head_peak(lane: Lane, basis: Basis) -> Size:
    """Most on board while the head is driven, the goods of later stops not counted."""
    load = _sum([basis.stops[stop].delivery for stop in lane.done])
    peak = load
    for stop in lane.done:
        load = load.minus(basis.stops[stop].delivery).plus(basis.stops[stop].collection)
        peak = peak.peak(load)
    return peak


def _sum(sizes: list[Size]) -> Size:
    total = Size()
    for size in sizes:
        total = total.plus(size)
    return total
