"""Why a stop has no driver, whether anybody could take it at all, and the smallest change that lets it fit.

Nothing is read from a solver: every gap of every route is tried, as the day stands. See `easing` for the changes.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain import freeze, insertion
from dispatch_console.domain.easing import finding_change
from dispatch_console.domain.fleet import ShiftId, Vehicle
from dispatch_console.domain.insertion import Reason, newly_broken
from dispatch_console.domain.levers import Change, Lever
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.schedule import Basis, schedule
from dispatch_console.domain.slices import at_once


class Verdict(StrEnum):
    """How an unassigned stop stands."""

    FITS = "fits"  # a driver could take it as the routes are
    GIVEN_UP = "given_up"  # nobody can, but somebody could if his route were empty: others came first
    IMPOSSIBLE = "impossible"  # nobody could even then, as the day stands


class Fitting(NamedTuple):
    """What keeps a stop out. `reasons`: for each driver who cannot take it the first rule in the way. `able`: who
    could take it with nothing else left to do. `change`: the smallest single one with which it fits, that none at
    all if it fits already; None: no single change is enough."""

    stop: StopId
    verdict: Verdict
    reasons: tuple[Reason, ...]
    able: tuple[ShiftId, ...]
    change: Change | None


def fitting(stop: StopId, plan: Plan, basis: Basis, spare: Sequence[Vehicle] = ()) -> Fitting:
    """What keeps `stop`, which stands in the pool, out. `spare`: vehicles that nobody drives that day."""
    return at_once(finding_fit(stop, plan, basis, spare))


def finding_fit(
    stop: StopId, plan: Plan, basis: Basis, spare: Sequence[Vehicle] = ()
) -> Generator[None, None, Fitting]:
    """As `fitting`, a few milliseconds at each step."""
    found: list[Reason] = []
    for id, shift in basis.shifts.items():
        only = replace(basis, shifts={id: shift})
        only.trials.update(basis.trials)
        found += insertion.reasons(stop, plan, only)
        basis.trials.update(only.trials)
        yield
    able: list[ShiftId] = []
    for id in basis.shifts:
        able += [id] if alone(stop, plan.route(id), basis) else []
    yield
    change = yield from finding_change(stop, plan, basis, spare)
    verdict = Verdict.GIVEN_UP if able else Verdict.IMPOSSIBLE
    if change is not None and change.lever is Lever.AS_IS:
        verdict = Verdict.FITS
    return Fitting(stop, verdict, tuple(found), tuple(able), change)


def alone(stop: StopId, route: Route, basis: Basis) -> bool:
    """Whether the driver of `route` could take `stop` if he had nothing else left to do. A lock is no matter."""
    shift = basis.shifts[route.id]
    if shift.absent or basis.stops[stop].place is None:
        return False
    head = route.with_stops(route.stops[: freeze.head_length(route, basis.facts)])
    was = schedule(head, shift, basis)
    return not newly_broken(was, schedule(head.with_stops((*head.stops, stop)), shift, basis))
