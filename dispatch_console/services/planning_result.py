"""What a search found → one `PlanChange` on the day as it is now, and what it gains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import edits, freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange
from dispatch_console.domain.schedule import schedule
from dispatch_console.optimiser.tasks import Found, Problem

Sequences = dict[ShiftId, tuple[StopId, ...]]


class Totals(NamedTuple):
    """Of some routes: cents, metres, seconds; `unassigned`: stops of the pool that have a place."""

    cost: int
    drive_m: int
    drive_s: int
    wait_s: int
    late_stops: int
    routes: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class Result:
    """`change` is empty if there is nothing to gain. `kept`: drivers whose routes stay as they are because they
    were changed while the search ran. `moved`: stops that get another driver or lose theirs."""

    change: PlanChange
    after: Day
    before_totals: Totals
    after_totals: Totals
    moved: int
    kept: tuple[str, ...]


def totals_of(day: Day, routes: Iterable[ShiftId]) -> Totals:
    timed = [day.schedules[id] for id in routes if id in day.schedules]
    return Totals(
        sum(s.cost for s in timed),
        sum(s.drive_m for s in timed),
        sum(s.drive_s for s in timed),
        sum(s.wait_s for s in timed),
        sum(s.late_stops for s in timed),
        sum(1 for s in timed if s.visits),
        len(day.unassigned),
    )


def result_of(began: Day, now: Day, found: Found, question: Problem) -> Result:
    """What `found`, searched for on `began`, means for `now`."""
    wanted = {id: stops for id, stops in found.sequences.items() if stops != began.plan.route(id).stops}
    chosen, kept = _choose(began, now, wanted, question)
    change = edits.take_over(now.plan, chosen, _label(len(chosen)))
    after = now.apply(change) if change else now
    was, planned = now.plan.where, list(found.sequences)
    return Result(
        change,
        after,
        totals_of(now, planned),
        totals_of(after, planned),
        sum(1 for stop, route in after.plan.where.items() if was[stop] not in (route, POOL)),
        tuple(now.shifts[id].driver.name for id in sorted(kept) if id in now.shifts),
    )


def _choose(began: Day, now: Day, wanted: Sequences, question: Problem) -> tuple[Sequences, set[ShiftId]]:
    """(what can be taken over, routes that cannot).

    Left out are routes that are not as the search found them, those that would exchange stops with such a route,
    and those that would break a rule by what else has changed.
    """
    kept = {id for id in wanted if not _as_it_was(began, now, id)}
    while True:
        kept = _entangled(began, wanted, kept)
        chosen = {id: stops for id, stops in wanted.items() if id not in kept}
        chosen = {id: _still_there(now, stops, chosen) for id, stops in chosen.items()}
        spoilt = _spoilt(now, chosen, question)
        if not spoilt:
            return chosen, kept
        kept |= spoilt


def _label(routes: int) -> str:
    return f"Optimise {routes} route{'' if routes == 1 else 's'}"


def _as_it_was(began: Day, now: Day, id: ShiftId) -> bool:
    """Whether a route and its shift are what the search was asked about, and no more of it has happened."""
    if began.shifts.get(id) != now.shifts.get(id) or began.plan.route(id) != now.plan.route(id):
        return False
    head = freeze.head_length(now.plan.route(id), now.facts)
    return head == freeze.head_length(began.plan.route(id), began.facts)


def _entangled(began: Day, wanted: Sequences, kept: set[ShiftId]) -> set[ShiftId]:
    """`kept` and all routes that exchange stops with one of them, and so on: else stops would be lost."""
    after = {stop: id for id, stops in wanted.items() for stop in stops}
    exchanges = [
        {id, after[stop]} for id in wanted for stop in began.plan.route(id).stops if after.get(stop, id) != id
    ]
    grown = set(kept)
    while any(pair & grown and not pair <= grown for pair in exchanges):
        grown = grown.union(*(pair for pair in exchanges if pair & grown))
    return grown


def _still_there(now: Day, stops: tuple[StopId, ...], chosen: Sequences) -> tuple[StopId, ...]:
    """Those of `stops` that are there to be placed: in the pool, or in a route that is taken over."""
    where = now.plan.where
    return tuple(stop for stop in stops if stop in where and (where[stop] == POOL or where[stop] in chosen))


def _spoilt(now: Day, chosen: Sequences, question: Problem) -> set[ShiftId]:
    """Routes that would break a rule now, though they did not when they were found."""
    held = {one.route.id: one.schedule for one in question.held}
    basis = now.basis
    return {
        id
        for id, stops in chosen.items()
        if id in held
        and newly_broken(held[id], schedule(now.plan.route(id).with_stops(stops), now.shifts[id], basis))
    }
