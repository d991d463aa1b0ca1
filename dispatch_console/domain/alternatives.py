"""Why this driver? What a stop takes where it stands, and what it would take with the next best drivers."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from dispatch_console.domain import freeze
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import best_in_route, newly_broken
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.progress import is_out
from dispatch_console.domain.rules import BrokenRule, Rule
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.domain.slices import at_once

#: So many other drivers are told of.
MOST = 3
_TIMED = frozenset({Rule.WINDOW, Rule.SHIFT})


class Alternative(NamedTuple):
    """The stop with another driver, before the stop at index `at` of his route, at its best place there.

    `added_…`: seconds, metres and cents that the whole day takes more than now (below zero: less). `broken`: the
    rules that would be newly broken there.
    """

    route: ShiftId
    at: int
    arrive: int
    added_s: int
    added_m: int
    added_cost: int
    broken: tuple[BrokenRule, ...]

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """Sorts alternatives: fewest newly broken rules, least late, least cost, least time."""
        late = sum(broken.by for broken in self.broken if broken.rule in _TIMED)
        return len(self.broken), late, self.added_cost, self.added_s, self.route


class Choice(NamedTuple):
    """A stop where it stands. `takes_…`: what its route would be spared without it; `arrive`: when he comes there.

    `breaks`: the rules that are broken in its route because of it. `on_board`: its goods are on a van that has
    left, another driver would have to get them there. `others`: best first.
    """

    stop: StopId
    route: ShiftId
    at: int
    arrive: int
    takes_s: int
    takes_m: int
    takes_cost: int
    breaks: tuple[BrokenRule, ...]
    on_board: bool
    others: tuple[Alternative, ...]

    @property
    def is_best(self) -> bool:
        """Whether no other driver would be cheaper without breaking a rule."""
        return not any(not other.broken and other.added_cost < 0 for other in self.others)


def why_there(stop: StopId, plan: Plan, basis: Basis, most: int = MOST) -> Choice | None:
    """What `stop` takes where it stands, and with the `most` next best drivers.

    None: it stands in the pool, has no place, or has been visited, so that nobody else can take it.
    """
    return at_once(finding_why(stop, plan, basis, most))


def finding_why(stop: StopId, plan: Plan, basis: Basis, most: int = MOST) -> Generator[None, None, Choice | None]:
    """As `why_there`, one driver at each step."""
    home = plan.route(plan.where[stop])
    if home.id == POOL or basis.stops[stop].place is None or stop in freeze.head(home, basis.facts):
        return None
    now = schedule(home, basis.shifts[home.id], basis)
    less = home.with_stops(tuple(other for other in home.stops if other != stop))
    without = schedule(less, basis.shifts[home.id], basis)
    takes = _paid(now) - _paid(without), now.drive_m - without.drive_m, now.cost - without.cost
    yield
    others: list[Alternative] = []
    for id, shift in basis.shifts.items():
        if id != home.id and not shift.absent:
            others.append(_with(stop, plan.route(id), basis, takes))
            yield
    return Choice(
        stop,
        home.id,
        home.stops.index(stop),
        next(visit.arrive for visit in now.visits if visit.stop == stop),
        *takes,
        newly_broken(without, now),
        _on_board(stop, home, basis),
        tuple(sorted(others, key=lambda other: other.rank)[:most]),
    )


def _with(stop: StopId, route: Route, basis: Basis, saved: tuple[int, int, int]) -> Alternative:
    offer = best_in_route(stop, route, basis)
    broken = (BrokenRule(Rule.LOCKED, None, 1), *offer.broken) if route.locked else offer.broken
    seconds, metres, cents = saved
    return Alternative(
        route.id,
        offer.at,
        offer.arrive,
        offer.added_s - seconds,
        offer.added_m - metres,
        offer.added_cost - cents,
        broken,
    )


def _paid(timed: RouteSchedule) -> int:
    return timed.end - timed.start if timed.visits else 0


def _on_board(stop: StopId, home: Route, basis: Basis) -> bool:
    """Whether its van has left with goods for it; those that come on board on the way are not on it yet."""
    wanted = basis.stops[stop]
    return any(wanted.delivery) and not wanted.pickup and is_out(home, basis.facts)
