"""A route of the day as a search sees it: what of it is over, what is held, what is free."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from dispatch_console.domain import costs as costs_of
from dispatch_console.domain import course, freeze, progress, timing
from dispatch_console.domain.course import Behind
from dispatch_console.domain.fleet import Costs, Shift
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.optimiser.check import mend
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import NEVER, Held, Rest, Vehicle

#: What is held cannot be planned around if it breaks one of these.
_HOPELESS = {Rule.NO_PLACE, Rule.UNREACHABLE}


class Lane(NamedTuple):
    """`head`: how many stops are over, under way, or kept as the next ones. `begin`: the route as the search may
    start from it. `out`: the van has left with its goods. `floor`: what comes next does not begin before.
    """

    route: Route
    shift: Shift
    head: int
    held: Held
    begin: Route
    out: bool
    floor: int

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
    return Lane(route, shift, head, held, begin, out, _floor(route, head, basis, options))


def _floor(route: Route, head: int, basis: Basis, options: Options) -> int:
    """Nothing comes before now for a van that is out: by the clock if from now on is planned, else if its driver
    tells of his stops."""
    tells = options.from_now or timing.reports([basis.stops[stop] for stop in route.stops], basis.facts)
    return basis.now if head and tells else 0


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


def behind_head(lane: Lane, fetched: tuple[StopId, ...], basis: Basis) -> Behind:
    """How the lane stands behind its head. `fetched`: stops whose goods came on board there, wherever they are
    planned: they fill the van until then."""
    more = (stop for stop in fetched if stop not in lane.route.stops)
    return course.behind(lane.route.with_stops((*lane.route.stops, *more)), lane.shift, basis, lane.head)


def vehicle(lane: Lane, behind: Behind, basis: Basis, tasks: dict[StopId, int], costs: Costs) -> Vehicle:
    """The lane as the search drives it; `tasks`: stop → index. Rules that what is held breaks are widened."""
    shift, held, index = lane.shift, lane.held.schedule, basis.travel.index
    broken = {b.rule for b in held.broken}
    begin = lane.begin.stops[lane.head :]
    return Vehicle(
        shift=shift.id,
        start_at=index[behind.place],
        end_at=-1 if shift.end_place is None else index[shift.end_place],
        shift_end=max(shift.latest_end, held.end) if held.visits else shift.latest_end,
        rest=None if Rule.BREAK in broken else _rest(shift),
        not_before=lane.floor,
        limits=_limits(lane),
        max_stops=_widened(shift.max_stops, len(held.visits)) - lane.head,
        costs=costs,
        head=lane.done,
        start=tuple(tasks[stop] for stop in begin),
        places=tuple((tasks[stop], at) for at, stop in enumerate(begin) if stop in lane.route.fixed),
        law=shift.driving,
        depot=index[shift.start_place],
        reload_s=shift.reload_s,
        max_drive_s=_widened(shift.max_drive_s, held.drive_s),
        max_drive_m=_widened(shift.max_drive_m, held.drive_m),
        overtime=(shift.end, shift.overtime_per_hour),
        **_behind(lane, behind, basis),
    )


class _Behind(TypedDict):
    """What a vehicle brings along from its head."""

    leave: int
    paid_from: int
    rested: int
    rested_late: int
    rested_s: int
    parked: int
    driven: int
    part: bool
    tours: int
    base: int
    gone: bool
    head_peak: Size
    head_load: Size
    head_goods: frozenset[str]
    head_s: int
    head_m: int
    head_late: int
    head_soft: int


def _behind(lane: Lane, behind: Behind, basis: Basis) -> _Behind:
    done = [basis.stops[stop] for stop in lane.done]
    state, tour, wheel, held = behind.state, behind.tour, behind.wheel, lane.held.schedule
    halts = timing.halts_of(basis.facts, basis.now, lane.route.id)
    taken = state.taken + _stood_since(state.taken, halts) if state.taken >= 0 else NEVER
    weights = basis.weights
    return _Behind(
        # What held him up since: as if he had left so much later.
        leave=state.free + _stood_since(state.free, halts),
        paid_from=schedule(lane.route, lane.shift, basis).start if done else state.free,
        rested=taken,
        rested_late=state.taken_late - state.free_late if state.taken >= 0 else 0,
        rested_s=behind.seconds_taken - behind.seconds,
        parked=basis.travel.index[behind.place] if any(stop.place is not None for stop in done) else -1,
        driven=wheel.driven,
        part=wheel.part,
        tours=max(1, lane.shift.tours - tour.number + 1),
        base=tour.base,
        gone=tour.gone or bool(done),
        head_peak=tour.load.peak,
        head_load=tour.load.left,
        head_goods=frozenset[str]().union(*(stop.goods for stop in done if stop.id in tour.load.stops)),
        head_s=behind.seconds,
        head_m=behind.metres,
        head_late=costs_of.late(held.visits[: lane.head], basis),
        head_soft=costs_of.soft(done, lane.shift, 0, basis) - weights.balance_stops * len(done) ** 2,
    )


def _widened(limit: int | None, held: int) -> int:
    """A limit, or what is held if that is more already."""
    return NEVER if limit is None else max(limit, held)


def _stood_since(left: int, halts: timing.Halts) -> int:
    return sum(until - max(left, since) for since, until in halts.stood if until > left)


def _rest(shift: Shift) -> Rest | None:
    rest = timing.rest_of(shift)
    return None if rest is None else Rest(rest.duration, rest.first, rest.latest)


def _limits(lane: Lane) -> Size:
    """What may be on board: the vehicle's capacity, or what is held if that is more already."""
    capacity, peak = lane.shift.vehicle.capacity, lane.held.schedule.load_peak
    return Size(*(_widened(limit, most) for limit, most in zip(capacity, peak, strict=True)))
