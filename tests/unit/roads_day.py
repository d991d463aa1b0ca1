"""Days on toy roads: each way goes round a corner east of the straight line; who asks is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dispatch_console.domain.day import Day
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import providers
from dispatch_console.roads.providers import Legs, Provider

ROADS = "pack:toy-1:van"
CREDIT = "© OpenStreetMap contributors"


def on_roads(day: Day, roads: str = ROADS) -> Day:
    """The same times, but called those of `roads`."""
    known = day.travel
    return day.with_travel(TravelMatrix(known.places, known.durations, known.distances, roads))


def corner(a: Place, b: Place) -> Place:
    return Place((a.lat + b.lat) / 2, max(a.lon, b.lon) + 0.004)


def bent(pairs: Sequence[tuple[Place, Place]]) -> list[Leg | None]:
    return [Leg(3760, 900, (a, corner(a, b), b)) for a, b in pairs]


@contextmanager
def answering(legs: Legs | None) -> Iterator[None]:
    """The toy roads are there, and answer with `legs`."""
    estimate = providers.ESTIMATE
    toy = Provider(ROADS, estimate.matrix, estimate.extend, legs)
    providers.register(toy)
    try:
        yield
    finally:
        providers.unregister(toy)
