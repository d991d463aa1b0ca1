"""A day's own roads: those of the pack with what is closed, avoided or slow weighed in, a provider like any other.

A day whose roads are as usual rests on the pack's own provider; one with areas on `pack:<id>:<class>:<key>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from dispatch_console.services.regions import current

if TYPE_CHECKING:  # what a start of the window without a region needs not load
    from dispatch_console.domain.day import Day
    from dispatch_console.domain.region import Area
    from dispatch_console.domain.travel import TravelMatrix
    from dispatch_console.roads.engine.client import Engine
    from dispatch_console.roads.providers import Provider
    from dispatch_console.services.regions.current import Region


def can_follow(region: Region) -> bool:
    """Whether the roads in use can be closed and slowed down: those of a pack can, an estimate knows no roads, and
    a service on the net cannot be told."""
    return region.online is None and region.pack is not None and region.klass in region.pack.manifest.classes


def roads_of(region: Region, areas: Sequence[Area]) -> str:
    """The name of the roads that a day with these areas rests on."""
    if not areas or not can_follow(region):
        return region.roads
    from dispatch_console.roads.pack import today

    return f"{region.roads}:{today.key(areas)}"


def are_same(areas: Sequence[Area], others: Sequence[Area]) -> bool:
    """Whether they mean the same roads, whatever is noted of them."""
    bare, other = ({replace(area, note="") for area in some} for some in (areas, others))
    return bare == other


class TodaysRoads:
    """Holds the engines of the days' own roads, which answer until `settle` names those that are in use."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Engine, Provider]] = {}
        self._lock = Lock()

    def times(
        self, region: Region, day: Day, known: TravelMatrix | None, cache: Path | None = None
    ) -> TravelMatrix:
        """The times of the day's roads for all it needs; `known` is grown if it is of those. Makes the roads first
        if need be, half a second for a small country: not for the window's thread. UserError where that fails, and
        then all stays as it is."""
        roads = roads_of(region, day.areas)
        if roads != region.roads and roads not in self._open:
            self._make(region, day.areas, roads, cache)
        return current.matrix_for(day, known, roads)

    def settle(self, roads: str = "") -> None:
        """Nobody rests on other roads than these any more; "": on none of a day. Not for the window's thread."""
        from dispatch_console.roads import providers

        with self._lock:
            gone = [self._open.pop(name) for name in list(self._open) if name != roads]
        for engine, provider in gone:
            providers.unregister(provider)
            engine.close()

    def _make(self, region: Region, areas: Sequence[Area], roads: str, cache: Path | None) -> None:
        from dispatch_console.roads import providers
        from dispatch_console.roads.engine import provider
        from dispatch_console.roads.engine.client import Engine
        from dispatch_console.roads.pack import today
        from dispatch_console.services.regions import use

        pack = region.pack
        assert pack is not None, "only a pack has roads of a day"
        matrices = cache or use.cache_folder()
        sets = matrices.parent / "today"
        made = today.make(pack.folder, pack.manifest, region.klass, areas, sets)
        engine = Engine(pack.folder, matrices, [(region.klass, made)], today.key(areas))
        answers = provider.of(engine, region.klass)
        assert answers.name == roads, "a provider is called as it was foretold"
        engine.open()
        providers.register(answers)
        with self._lock:
            self._open[roads] = engine, answers
        today.clear(sets, made)
