"""What has happened cannot be edited: the fixed head of a route."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from dispatch_console.domain import pools
from dispatch_console.domain.errors import FrozenHead, StaleChange
from dispatch_console.domain.facts import Facts
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap, some_of


def head_length(route: Route, facts: Facts) -> int:
    """How many leading stops are fixed: all up to the last one at which anything has happened."""
    if not facts.entries:
        return 0
    return max((i + 1 for i, stop in enumerate(route.stops) if stop in facts.arrived), default=0)


def head(route: Route, facts: Facts) -> tuple[StopId, ...]:
    """The fixed head; a stop in it that is to do again may leave it."""
    stops = route.stops[: head_length(route, facts)]
    reopened = facts.reopened
    return tuple(stop for stop in stops if stop not in reopened) if stops and reopened else stops


def check(change: PlanChange, facts: Facts) -> None:
    """Raise FrozenHead if `change` alters the fixed head of any route, or takes away an order of a stop in it."""
    for before, after in change.routes:
        if before is None:
            continue
        fixed = head(before, facts)
        if fixed and (after is None or _beginning(after, len(fixed), facts) != fixed):
            raise FrozenHead(
                f"The first {len(fixed)} stops of this route are done or under way. "
                "Drop behind them, or correct the status first."
            )
    for old, new in change.orders:
        if new is None and old is not None and old.stop in facts.arrived:
            raise FrozenHead(f"{old.reference} has been visited already. Correct its status first.")


def _beginning(route: Route, n: int, facts: Facts) -> tuple[StopId, ...]:
    reopened = facts.reopened
    return tuple(stop for stop in route.stops if stop not in reopened)[:n] if reopened else route.stops[:n]


def rebase(change: PlanChange, plan: Plan, facts: Facts) -> PlanChange:
    """`change`, made on an earlier state of `plan`, as far as it can still be done after what has happened since.

    For undo and redo: heads stay as they are now, everything behind them becomes what the change says. Raises
    StaleChange if anything but facts has changed the routes in the meantime. What came to the pool or left it does
    not matter.
    """
    heads = {route.id: head(route, facts) for route in plan.routes.values()} if facts.entries else {}
    fixed = {stop for stops in heads.values() for stop in stops}
    change = _on_pool(change, plan, fixed)
    if not facts.entries:
        return change
    swaps: list[Swap[Route]] = []
    for swap in change.routes:
        id = some_of(swap).id
        before, now, wanted = swap.before or Route(id), plan.route(id), swap.after or Route(id)
        if set(before.stops) - fixed != set(now.stops) - fixed or before.locked != now.locked:
            raise _stale(change)
        stops = (*heads.get(id, ()), *(stop for stop in wanted.stops if stop not in fixed))
        held = replace(wanted, pinned=wanted.pinned | now.pinned & fixed, fixed=wanted.fixed | now.fixed & fixed)
        swaps.append(Swap(plan.routes.get(id), held.with_stops(stops)))
    return replace(change, routes=tuple(swaps))


def _on_pool(change: PlanChange, plan: Plan, fixed: AbstractSet[StopId]) -> PlanChange:
    """`change` on the pool as it is now. Raises StaleChange if a stop that it takes is not there any more; one that
    is `fixed` stays where it is anyway."""
    if all(some_of(swap).id != POOL for swap in change.routes):
        return change
    new = {swap.after.stop for swap in change.orders if swap.before is None and swap.after is not None}
    swaps: list[Swap[Route]] = []
    for swap in change.routes:
        if some_of(swap).id == POOL:
            if pools.missing(swap, {*plan.pool.stops, *new, *fixed}):
                raise _stale(change)
            swap = pools.on_top(swap, plan.pool, {*plan.pool.stops, *new})
        swaps.append(swap)
    return replace(change, routes=tuple(swaps))


def _stale(change: PlanChange) -> StaleChange:
    return StaleChange(f"“{change.label}” was made on an older plan. Look at the board and do it again.")
