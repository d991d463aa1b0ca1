"""Random days with all rules of a depot mixed: what `strategies.days` draws, and all else a route can ask for.

`rich_days` is what the meaning of a schedule, its compiled twin and the search are tried on. All is small and
round, so that what Hypothesis leaves of a failure can be added up by hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import DriverId, DrivingBreaks, Shift, ShiftId
from dispatch_console.domain.orders import Order, OrderKind, StopId
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.domain.weights import Weights
from tests import factories
from tests.property import strategies

HOUR = 3600
GOODS = ("acid", "dry", "food")
ZONES = ("east", "west")
APART = (frozenset[frozenset[str]](), frozenset({frozenset({"acid", "food"})}))
#: What an order may ask of the plan besides what every order has.
RULES = ("release_s", "late_per_min", "parking_s", "not_drivers", "goods", "zone", "known_by")


@st.composite
def orders(draw: st.DrawFn, number: int, *, placed: bool = False) -> Order:
    """Order `number`, at one of four places, so that neighbours share one; every field may be set."""
    base = draw(strategies.orders(number))
    drivers = st.sampled_from([frozenset(), frozenset(), frozenset({DriverId(1)}), frozenset({DriverId(2)})])
    place = factories.PLACES[draw(st.integers(0, 3)) * 2]
    return replace(
        base,
        place=place if placed or base.place is not None else None,
        windows=draw(st.sampled_from([(), base.windows])),
        release_s=draw(st.sampled_from([0, 0, 0, 7 * HOUR, 8 * HOUR + 600, 10 * HOUR, 13 * HOUR])),
        late_per_min=draw(st.sampled_from([0, 0, 7, 50])),
        parking_s=draw(st.sampled_from([0, 0, 120, 600])),
        not_drivers=draw(drivers),
        goods=draw(st.sampled_from([frozenset(), frozenset(), *(frozenset({one}) for one in GOODS)])),
        zone=draw(st.sampled_from(["", "", *ZONES])),
        known_by=draw(drivers),
    )


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Values of `RULES`."""
    like = draw(orders(1))
    return {name: getattr(like, name) for name in RULES}


@st.composite
def shifts(draw: st.DrawFn, number: int) -> Shift:
    base = draw(strategies.shifts(number))
    driving = st.sampled_from(
        [DrivingBreaks(), DrivingBreaks(5400, 1800, 600, 1200), DrivingBreaks(3000, 900, 300, 600)]
    )
    zones = st.sampled_from([frozenset(), frozenset(), frozenset({"east"}), frozenset({"west"})])
    return replace(
        base,
        pause=draw(st.one_of(st.just(base.pause), driving)),
        vehicle=replace(base.vehicle, no_zones=draw(zones)),
        max_drive_s=draw(st.sampled_from([None, None, 2 * HOUR])),
        max_drive_m=draw(st.sampled_from([None, None, 150_000])),
        overtime_s=draw(st.sampled_from([0, 0, 1800])),
        overtime_per_hour=draw(st.sampled_from([0, 1500])),
        tours=draw(st.sampled_from([1, 1, 2, 3])),
        reload_s=draw(st.sampled_from([0, 900, 1200])),
        zones=draw(zones),
    )


weights = st.builds(
    Weights,
    unfamiliar=st.sampled_from([0, 300]),
    off_zone=st.sampled_from([0, 200]),
    balance_hours=st.sampled_from([0, 100]),
    balance_stops=st.sampled_from([0, 3]),
    moved_driver=st.sampled_from([0, 100]),
    moved_order=st.sampled_from([0, 50]),
    moved_minute=st.sampled_from([0, 2]),
    optional_prize=st.sampled_from([0, 500]),
)


@st.composite
def matrices(draw: st.DrawFn, *, buckets: bool) -> TravelMatrix:
    """Places on a line; some legs asymmetric, perhaps one that cannot be driven, perhaps by time of day."""
    line = factories.line_matrix()
    seconds = line.durations + np.arange(7, dtype=np.int32)[:, None] * np.int32(draw(st.sampled_from([0, 1, 60])))
    np.fill_diagonal(seconds, 0)
    if draw(st.sampled_from([False, False, False, True])):
        seconds[draw(st.integers(1, 6)), draw(st.integers(0, 5))] = UNREACHABLE
    if not buckets or draw(st.booleans()):
        return TravelMatrix(line.places, seconds, line.distances, "line")
    bounds = sorted(draw(st.sets(st.integers(7 * 6, 15 * 6), min_size=1, max_size=3)))
    by = np.stack([_slower(seconds, draw(st.sampled_from([100, 130, 250]))) for _ in bounds])
    return TravelMatrix(line.places, by, line.distances, "line", [bound * 600 for bound in bounds])


def _slower(seconds: np.ndarray, percent: int) -> np.ndarray:
    return np.where(seconds >= UNREACHABLE, seconds, seconds * percent // 100).astype(np.int32)


@st.composite
def heads(draw: st.DrawFn, routes: dict[ShiftId, Route], *, halts: bool = False) -> tuple[Facts, int]:
    """What is told of some routes, and now: vans that left, stops that were reached, done, failed or passed over in
    silence; with `halts` also vans that stood and drivers that said they are late."""
    found: list[Fact] = []
    now = draw(st.integers(7 * 6, 14 * 6)) * 600
    for id, route in routes.items():
        if id == POOL or not draw(st.booleans()):
            continue
        at = draw(st.integers(6 * 6, 10 * 6)) * 600
        if draw(st.booleans()):
            found.append(Fact(StopId(0), id, FactKind.OUT, at))
        if halts and draw(st.booleans()):
            found.append(Fact(StopId(0), id, FactKind.BROKEN_DOWN, at + 600))
            found.append(Fact(StopId(0), id, FactKind.REPAIRED, at + draw(st.sampled_from([1200, 4200]))))
        for stop in route.stops[: draw(st.integers(0, len(route.stops)))]:
            at += draw(st.sampled_from([600, 1200, 1800, 5400]))
            if draw(st.integers(0, 3)) == 0:
                continue  # in silence
            if draw(st.booleans()):
                found.append(Fact(stop, id, FactKind.ARRIVED, at))
                at += draw(st.sampled_from([0, 300, 900]))
            ends = [FactKind.DELIVERED, FactKind.DELIVERED, FactKind.FAILED, FactKind.SKIPPED, FactKind.REOPENED]
            found.append(Fact(stop, id, draw(st.sampled_from(ends)), at))
        if halts and draw(st.booleans()):
            found.append(Fact(StopId(0), id, FactKind.DELAYED, at, value=at + 3600))
    return Facts(tuple(found)), max([now, *(fact.at for fact in found)])


@st.composite
def rich_days(
    draw: st.DrawFn,
    max_stops: int = 8,
    max_shifts: int = 3,
    *,
    facts: bool = True,
    halts: bool = False,
    buckets: bool = True,
    placed: bool = False,
    pairs: bool = True,
) -> Day:
    """A day with a random plan, some stops in the pool, and every rule that there is.

    `facts`: some routes are under way (`halts`: and were held up); `buckets`: durations may change over the day;
    `placed`: every stop has a place; `pairs`: some goods come on board at another stop (which may lie anywhere).
    """
    n = draw(st.integers(0, max_stops))
    ids = [ShiftId(k) for k in range(1, draw(st.integers(1, max_shifts)) + 1)]
    sequences: dict[ShiftId, list[StopId]] = {id: [] for id in (POOL, *ids)}
    for stop in draw(st.permutations(range(1, n + 1))):
        sequences[draw(st.sampled_from([POOL, *ids]))].append(StopId(stop))
    routes = {id: Route(id, tuple(stops)) for id, stops in sequences.items()}
    wanted = [draw(orders(k, placed=placed)) for k in range(1, n + 1)]
    if pairs and n > 1:
        wanted = _paired(wanted, draw(st.lists(st.tuples(st.integers(1, n), st.integers(1, n)), max_size=2)))
    told, now = draw(heads(routes, halts=halts)) if facts and draw(st.booleans()) else (Facts(), 0)
    return open_day(
        factories.DEPOT,
        factories.DAY,
        wanted,
        [draw(shifts(id)) for id in ids],
        draw(matrices(buckets=buckets)),
        Plan(routes),
        facts=told,
        now=now,
        apart=draw(st.sampled_from(APART)),
        weights=draw(weights),
    )


def _paired(wanted: list[Order], pairs: list[tuple[int, int]]) -> list[Order]:
    """Make (pickup, delivery) of some: the first has nothing of its own, the second's goods come on board there."""
    found = list(wanted)
    for pickup, delivery in pairs:
        if pickup == delivery or found[pickup - 1].pickup or any(o.pickup == delivery for o in found):
            continue
        found[pickup - 1] = replace(found[pickup - 1], size=Size(), kind=OrderKind.DELIVERY)
        found[delivery - 1] = replace(found[delivery - 1], kind=OrderKind.DELIVERY, pickup=StopId(pickup))
    return found
