"""What a search found → one `PlanChange` on the day as it is now, and what it gains."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import costs, edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.plan import POOL, PlanChange
from dispatch_console.domain.slices import at_once
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Found, Problem
from dispatch_console.services.planning_repair import heads_of, repaired
from dispatch_console.services.steadying import steadied

#: What is asked before the day begins.
_PLAIN = Options()


class Totals(NamedTuple):
    """Of a whole day, locked routes and all: cents, metres, seconds; `unassigned`: stops of the pool that have a
    place. `overtime` and `late` are in the cost, `soft` is not."""

    cost: int
    drive_m: int
    drive_s: int
    wait_s: int
    late_stops: int
    routes: int
    unassigned: int
    overtime: int = 0
    late: int = 0
    soft: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What accepting means for the day `before`. `change` is empty if there is nothing to gain. `kept`: drivers
    whose routes stay as they are because of what was changed while the search ran. `moved`: stops that get another
    driver or lose theirs; `placed`: stops that got another place than the one found, for the same reason.
    """

    before: Day
    change: PlanChange
    after: Day
    before_totals: Totals
    after_totals: Totals
    moved: int
    kept: tuple[str, ...]
    placed: int = 0


def totals_of(day: Day) -> Totals:
    timed = day.schedules.values()
    return Totals(
        sum(s.cost for s in timed),
        sum(s.drive_m for s in timed),
        sum(s.drive_s for s in timed),
        sum(s.wait_s for s in timed),
        sum(s.late_stops for s in timed),
        sum(1 for s in timed if s.visits),
        len(day.unassigned),
        *_beyond(day),
    )


def _beyond(day: Day) -> tuple[int, int, int]:
    """Cents of overtime, of lateness that has a price, and of the weights."""
    parts = [costs.parts(timed, day.shifts[id], day.basis) for id, timed in day.schedules.items()]
    return sum(p.overtime for p in parts), sum(p.late for p in parts), sum(p.soft for p in parts)


def result_of(began: Day, now: Day, found: Found, question: Problem, options: Options = _PLAIN) -> Result:
    """What `found`, searched for on `began`, means for `now`."""
    return at_once(result_steps(began, now, found, question, options))


def result_steps(
    began: Day, now: Day, found: Found, question: Problem, options: Options = _PLAIN
) -> Generator[None, None, Result]:
    """As `result_of`, a few milliseconds at each step."""
    repair = yield from repaired(began, now, found, question)
    sequences = {id: route.stops for id, (route, _) in repair.routes.items()}
    known = {id: timed for id, (_, timed) in repair.routes.items()}
    if options.from_now:
        sequences = yield from steadied(now, sequences, options.least_saved_s, heads_of(question))
        known = {id: timed for id, timed in known.items() if sequences.get(id) == repair.routes[id][0].stops}
    change = edits.take_over(now.plan, sequences, _label(len(sequences), options))
    yield
    after = now.apply(change, known=known) if change else now
    was = now.plan.where
    return Result(
        now,
        change,
        after,
        totals_of(now),
        totals_of(after),
        sum(1 for stop, route in after.plan.where.items() if was[stop] not in (route, POOL)),
        tuple(now.shifts[id].driver.name for id in sorted(repair.kept) if id in now.shifts),
        repair.placed,
    )


def _label(routes: int, options: Options) -> str:
    return f"{'Re-optimise' if options.from_now else 'Optimise'} {routes} route{'' if routes == 1 else 's'}"
