"""Whom to phone, and what to say: found from what people were told last and what the plan is now.

Nothing is kept but the calls themselves (facts of kind CALLED): a driver was told by his last printed sheet or the
last call, a customer by his window or the last call. So the list is the same on every console and after a restart,
and a call that has become needless is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain import clock, numbers, progress
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.rules import minutes
from dispatch_console.domain.schedule import Visit
from dispatch_console.domain.sequences import steady
from dispatch_console.services.preview import NOTABLE_S
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.services.statuses import Said, when


class Call(NamedTuple):
    """One person to phone. `stop` NO_STOP: the driver of `route`. `told`: what the person knows once he was phoned,
    the stops still to do in their order (a driver) or the arrival in seconds of the plan day (a customer)."""

    route: ShiftId
    stop: StopId
    who: str
    phone: str
    sentence: str
    told: tuple[int, ...]
    done: bool = False


def call_list(day: Day) -> list[Call]:
    """Calls to make, drivers in lane order, then customers by arrival; then those made, newest first."""
    if day.approval.state is DayState.DRAFT:
        return []
    open_calls = [*_drivers(day), *_customers(day)]
    return [*open_calls, *_made(day)]


@for_good
def tick(session: DaySession, call: Call, said: Said, initiator: object = None) -> None:
    """The call was made, or, if it is ticked, it was not after all."""
    reason = Reason.WRONG_ENTRY if call.done else None
    value = call.told[0] if call.told and call.stop != NO_STOP else 0
    items = call.told if call.stop == NO_STOP else ()
    at = when(session.day, said, FactKind.CALLED, call.route, call.stop)
    fact = Fact(
        call.stop, call.route, FactKind.CALLED, at, call.sentence,
        reason=reason, value=value, items=items, recorded=said.heard(at), who=said.who,
    )  # fmt: skip
    session.record([fact], said.now, initiator)


def note(
    session: DaySession, route: ShiftId, stop: StopId, sentence: str, said: Said, initiator: object = None
) -> None:
    """Somebody was phoned with this sentence and knows the plan of now: the driver of `route` (`stop` NO_STOP) what
    is still to do, a customer when his stop is reached."""
    day = session.day
    told = tuple(_to_do(day, route)) if stop == NO_STOP else _arrival(day, stop)
    tick(session, Call(route, stop, "", "", sentence, told), said, initiator)


def _arrival(day: Day, stop: StopId) -> tuple[int, ...]:
    route, at = day.position(stop)
    return () if route == POOL else (day.schedules[route].visits[at].arrive,)


def called(day: Day) -> dict[tuple[ShiftId, StopId], Fact]:
    """(route or POOL, stop or NO_STOP) → the last call in force: to a customer under his stop, to a driver under
    his route."""
    stack: dict[tuple[ShiftId, StopId], list[Fact]] = {}
    for fact in day.facts.entries:
        if fact.kind is not FactKind.CALLED:
            continue
        calls = stack.setdefault(_key(fact.route, fact.stop), [])
        if fact.reason is Reason.WRONG_ENTRY:
            del calls[-1:]
        else:
            calls.append(fact)
    return {key: calls[-1] for key, calls in stack.items() if calls}


def _key(route: ShiftId, stop: StopId) -> tuple[ShiftId, StopId]:
    return (route, NO_STOP) if stop == NO_STOP else (POOL, stop)


# --- drivers ---


def _drivers(day: Day) -> list[Call]:
    made = called(day)
    over = {v.stop for timed in day.schedules.values() for v in timed.visits if v.done or v.presumed}
    found: list[Call] = []
    for id, shift in day.shifts.items():
        knows = _knows(day, id, made)
        if knows is None or not _is_on_the_road(day, id):
            continue
        ahead = _to_do(day, id)
        still = [stop for stop in knows if stop in day.stops and stop not in over]
        if still == ahead:
            continue
        sentence = " ".join(_sentences(day, id, knows, still, ahead))
        found.append(Call(id, NO_STOP, shift.driver.name, shift.driver.phone, sentence, tuple(ahead)))
    return found


def _is_on_the_road(day: Day, id: ShiftId) -> bool:
    """Who is still in the depot gets a new sheet instead, who is back needs none."""
    if day.facts.state(id) in (FactKind.BACK, FactKind.DEBRIEFED, FactKind.CLOSED):
        return False
    in_time = day.now >= day.schedules[id].start
    return progress.is_out(day.plan.route(id), day.facts, left_in_time=in_time)


def _knows(day: Day, id: ShiftId, made: dict[tuple[ShiftId, StopId], Fact]) -> list[StopId] | None:
    """The stops a driver was told last, in their order; None: he has no sheet yet."""
    call = made.get((id, NO_STOP))
    if call is not None:
        return [StopId(stop) for stop in call.items]
    said = day.approval.said.get(id)
    return None if said is None else [stop for stop, _ in said.etas]


def _to_do(day: Day, id: ShiftId) -> list[StopId]:
    return [visit.stop for visit in day.schedules[id].visits if not visit.done and not visit.presumed]


def _sentences(
    day: Day, id: ShiftId, knows: Sequence[StopId], still: Sequence[StopId], ahead: Sequence[StopId]
) -> list[str]:
    here = set(ahead)
    told: list[str] = []
    for stop in still:
        if stop not in here:
            told.append(_leaves(day, stop))
    staying = [stop for stop in still if stop in here]
    firm = steady(staying, ahead)
    for at, stop in enumerate(ahead):
        if stop not in firm:
            new = "go to" if stop not in staying else "comes"
            told.append(_comes(day, id, knows, ahead, at, new))
    return told


def _leaves(day: Day, stop: StopId) -> str:
    to = day.plan.where.get(stop, POOL)
    if to == POOL:
        return f"Do not go to {day.stops[stop].label}."
    return f"{day.stops[stop].label} goes to {day.shifts[to].driver.name}."


def _comes(day: Day, id: ShiftId, knows: Sequence[StopId], ahead: Sequence[StopId], at: int, verb: str) -> str:
    label = day.stops[ahead[at]].label
    before = ahead[at - 1] if at else None
    if before is None:
        done = [v.stop for v in day.schedules[id].visits if v.done or v.presumed]
        before = done[-1] if done else None
    after = "First" if before is None else f"After {_called_by(day, before, knows)}"
    return f"{after} go to {label}." if verb == "go to" else f"{after} comes {label}."


def _called_by(day: Day, stop: StopId, knows: Sequence[StopId]) -> str:
    """A stop as the driver finds it on his sheet: by its printed number, else by name."""
    said = day.approval.said.get(day.plan.where.get(stop, POOL))
    if said is not None and stop in knows and any(one == stop for one, _ in said.etas):
        return f"stop {numbers.of_stop(day, stop)}"
    return day.stops[stop].label


# --- customers ---


def _customers(day: Day) -> list[Call]:
    made = called(day)
    found: list[tuple[int, Call]] = []
    for id, timed in day.schedules.items():
        if day.facts.stuck(id):
            continue  # nobody knows yet who comes instead, and when
        for visit in timed.visits:
            if visit.done or visit.presumed or visit.stop in day.facts.arrived:
                continue
            stop = day.stops[visit.stop]
            if stop.order.kind is OrderKind.HANDOVER or not _hears(made.get((POOL, visit.stop)), visit):
                continue
            call = Call(id, visit.stop, stop.label, stop.order.phone, _apology(day, visit), (visit.arrive,))
            found.append((visit.arrive, call))
    return [call for _, call in sorted(found, key=lambda one: one[0])]


def _hears(last: Fact | None, visit: Visit) -> bool:
    """Whether a customer has to be phoned: he will be served late, or not when he was told."""
    if last is not None:
        return abs(last.value - visit.arrive) >= NOTABLE_S
    return visit.late_s > 0


def _apology(day: Day, visit: Visit) -> str:
    def hhmm(seconds: int) -> str:
        return clock.hhmm(seconds, day.date, day.depot.timezone)

    stop = day.stops[visit.stop]
    what = "We collect" if stop.order.kind is OrderKind.COLLECTION else "Your delivery comes"
    if visit.late_s and stop.windows:
        end = stop.windows[-1].end
        return f"{what} about {hhmm(visit.arrive)} instead of by {hhmm(end)}, {minutes(visit.late_s)} min late."
    return f"{what} about {hhmm(visit.arrive)}."


def _made(day: Day) -> list[Call]:
    calls = sorted(called(day).values(), key=lambda fact: -fact.at)
    found: list[Call] = []
    for fact in calls:
        if fact.stop == NO_STOP and fact.route in day.shifts:
            driver = day.shifts[fact.route].driver
            found.append(Call(fact.route, NO_STOP, driver.name, driver.phone, fact.note, fact.items, True))
        elif fact.stop in day.stops:
            order = day.stops[fact.stop].order
            found.append(Call(fact.route, fact.stop, order.recipient, order.phone, fact.note, (fact.value,), True))
    return found
