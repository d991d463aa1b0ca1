"""What every wizard ends in: one change of the plan, what it does, and whom to phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import clock, numbers, saying
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.plan import POOL, PlanChange
from dispatch_console.domain.rules import BrokenRule, describe
from dispatch_console.domain.schedule import RouteSchedule
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import travel
from dispatch_console.services.preview import NOTABLE_S, Spot
from dispatch_console.services.session import DaySession
from dispatch_console.services.wizards.meeting import Meeting

#: So many stops or drivers are named in a sentence; lists, board and map show all of them. So many a driver is told
#: by phone: more stand on his papers.
NAMED, SPOKEN = 4, 8


class Effect(NamedTuple):
    """What a route becomes, each as (before, after): metres, end (seconds of the plan day), late open stops.

    `broken`: the rules that it breaks afterwards and did not before, or by more.
    """

    route: ShiftId
    drive_m: tuple[int, int]
    end: tuple[int, int]
    late: tuple[int, int]
    broken: tuple[BrokenRule, ...]


class Moved(NamedTuple):
    """A stop that gets another driver, or none any more. None: it was, or will be, not there at all."""

    stop: StopId
    before: Spot | None
    after: Spot | None


class Phone(NamedTuple):
    """Somebody to phone: a customer (`stop`) or a driver (`route`), and the sentence to say."""

    who: str
    number: str
    sentence: str
    stop: StopId | None = None
    route: ShiftId | None = None


@dataclass(frozen=True)
class Draft:
    """`after` is the day as it would be. `travel` has to go with the change where it brings new places."""

    label: str
    change: PlanChange
    after: Day
    sentences: tuple[str, ...]
    effects: tuple[Effect, ...]
    moved: tuple[Moved, ...]
    phones: tuple[Phone, ...]
    meetings: tuple[Meeting, ...] = ()
    travel: TravelMatrix | None = None
    #: Open stops of the whole day that are late, before and after.
    late: tuple[int, int] = (0, 0)
    #: Whose van goes no further today: when it would come is no news for its customers.
    stands: ShiftId | None = None


def make(
    day: Day,
    change: PlanChange,
    sentences: Iterable[str] = (),
    meetings: tuple[Meeting, ...] = (),
    stands: ShiftId | None = None,
) -> Draft:
    """The draft of `change`. Raises FrozenHead or StaleChange like the change itself.

    `stands`: whose van goes no further. While the day is a draft nobody was told anything, so nobody is phoned.
    """
    times = grown(day, change)
    after = day.apply(change, times)
    routes = [id for id in after.shifts if _differs(day, after, id)]
    return Draft(
        change.label,
        change,
        after,
        tuple(sentences),
        tuple(_effect(day, after, id) for id in routes),
        tuple(_moved(day, after)),
        () if day.approval.state is DayState.DRAFT else tuple(_phones(day, after, routes, meetings, stands)),
        meetings,
        times,
        (_late_in(day), _late_in(after)),
        stands,
    )


def accept(session: DaySession, draft: Draft, initiator: object = None) -> None:
    """Make it the newest step. Raises StaleChange or FrozenHead if the day has gone on in between."""
    session.apply(draft.change, initiator, draft.travel)


def grown(day: Day, change: PlanChange) -> TravelMatrix | None:
    """Travel times that hold the places a change brings; None: those of the day do."""
    places = [swap.after.place for swap in change.orders if swap.after is not None and swap.after.place is not None]
    shifts = [swap.after for swap in change.shifts if swap.after is not None]
    places += [place for one in shifts for place in (one.start_place, one.end_place) if place is not None]
    times = travel.covering(day.travel, places)
    return None if times is day.travel else times


def late_stops(planned: RouteSchedule) -> int:
    """Open stops that are late: what is over cannot be helped."""
    return sum(1 for v in planned.visits if v.late_s and not v.done and not v.presumed)


def late_s(planned: RouteSchedule) -> int:
    return sum(v.late_s for v in planned.visits if not v.done and not v.presumed)


def hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)


def says(day: Day, broken: BrokenRule) -> str:
    """A broken rule as a sentence, with the stop it is broken at."""
    text = describe(broken)
    where = f"{day.stops[broken.stop].label}: " if broken.stop is not None else ""
    return f"{where}{text}." if where else f"{text[:1].upper()}{text[1:]}."


def named(day: Day, stops: Iterable[StopId], most: int = NAMED) -> str:
    """`Dr Frick, Bäckerei Wolf and 23 more`: a whole route is no list that anybody reads."""
    return saying.listed((day.stops[stop].label for stop in stops), most)


def count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"


def _differs(day: Day, after: Day, id: ShiftId) -> bool:
    return day.plan.route(id) != after.plan.route(id) or day.shifts.get(id) != after.shifts[id]


def _effect(day: Day, after: Day, id: ShiftId) -> Effect:
    was, will = day.schedules.get(id), after.schedules[id]
    known = {(b.rule, b.stop): b.by for b in was.broken} if was is not None else {}
    broken = tuple(b for b in will.broken if b.by > known.get((b.rule, b.stop), 0))
    return Effect(
        id,
        (was.drive_m if was else 0, will.drive_m),
        (was.end if was and was.visits else after.leaving[id].start, will.end),
        (late_stops(was) if was else 0, late_stops(will)),
        broken,
    )


def _late_in(day: Day) -> int:
    return sum(late_stops(planned) for planned in day.schedules.values())


def _moved(day: Day, after: Day) -> Iterator[Moved]:
    """In the order of the routes they come to; what leaves all routes is last."""
    every = dict.fromkeys(stop for route in (*after.routes, after.plan.pool) for stop in route.stops)
    for stop in every:
        was, will = day.plan.where.get(stop), after.plan.where[stop]
        if was != will:
            yield Moved(stop, None if was is None else spot(day, stop), spot(after, stop))


def spot(day: Day, stop: StopId) -> Spot:
    """Where a stop stands now."""
    route, at = day.position(stop)
    return Spot(POOL, 0, -1) if route == POOL else Spot(route, at + 1, day.schedules[route].visits[at].arrive)


def _phones(
    day: Day, after: Day, routes: list[ShiftId], meetings: tuple[Meeting, ...], stands: ShiftId | None
) -> Iterator[Phone]:
    for id in routes:
        shift = after.shifts[id]
        if after.plan.route(id).stops != day.plan.route(id).stops and not shift.absent:
            yield Phone(shift.driver.name, shift.driver.phone, _for_driver(day, after, id, meetings), route=id)
    for id in routes:
        for visit in after.schedules[id].visits if id != stands else ():
            stop = after.stops[visit.stop]
            if visit.done or visit.presumed or stop.order.kind is OrderKind.HANDOVER:
                continue
            before = spot(day, visit.stop) if visit.stop in day.plan.where else None
            shifted = before is not None and before.arrive >= 0 and abs(visit.begin - _begin(day, before))
            if (shifted or 0) >= NOTABLE_S or (visit.late_s and shifted):
                sentence = _for_customer(day, before, visit.begin)
                yield Phone(stop.order.recipient, stop.order.phone, sentence, stop=visit.stop)
    if stands is not None:
        yield from _put_off(day, after)


def _put_off(day: Day, after: Day) -> Iterator[Phone]:
    """Customers to whom nobody comes today after all."""
    for id, order in after.orders.items():
        before, step = day.orders.get(id), order.next
        if before is None or before.next is not None or step is None or step.day is None:
            continue
        sentence = f"We cannot come today. We come on {saying.date(step.day)} instead."
        yield Phone(order.recipient, order.phone, sentence, stop=order.stop)


def _begin(day: Day, at: Spot) -> int:
    return day.schedules[at.route].visits[at.number - 1].begin


def _for_customer(day: Day, before: Spot | None, begin: int) -> str:
    was = f" instead of {hhmm(day, _begin(day, before))}" if before is not None and before.arrive >= 0 else ""
    return f"We come about {hhmm(day, begin)}{was}."


def _for_driver(day: Day, after: Day, id: ShiftId, meetings: tuple[Meeting, ...]) -> str:
    old, new = day.plan.route(id).stops, after.plan.route(id).stops
    gone = [stop for stop in old if stop not in set(new)]
    came = [stop for stop in new if stop not in set(old)]
    parts = [
        f"{after.shifts[meet.taker].driver.name} comes at {hhmm(after, meet.at)} and takes over"
        f" {named(after, meet.stops, SPOKEN)}"
        for meet in meetings
        if meet.giver == id and not meet.giver_stop
    ]
    told = {stop for meet in meetings if meet.giver == id and not meet.giver_stop for stop in meet.stops}
    gone = [stop for stop in gone if stop not in told]
    for stop in came:
        if after.stops[stop].order.kind is OrderKind.HANDOVER:
            at = spot(after, stop)
            after_stop = f"after stop {numbers.at(after, id, at.number - 2)}" if at.number > 1 else "first"
            begin = after.schedules[id].visits[at.number - 1].begin
            label = after.stops[stop].label
            parts.append(f"{after_stop}, {label[:1].lower()}{label[1:]} at {hhmm(after, begin)}")
    more = [stop for stop in came if after.stops[stop].order.kind is not OrderKind.HANDOVER]
    if more:
        parts.append(f"take over {named(after, more, SPOKEN)}")
    if gone:
        parts.append(f"leave out {named(day, [stop for stop in gone if stop in day.stops], SPOKEN)}")
    text = "; ".join(parts) or "the order of your stops has changed"
    return f"{text[0].upper()}{text[1:]}."
