"""Points by squares of some hundred metres: what lies near, without looking at all."""

from __future__ import annotations

import math
from collections.abc import Iterable

from dispatch_console.domain.places import Place
from dispatch_console.geocoding.houses import DEGREE_M, metres


class Grid:
    """Places with a number each. `cell_m`: the side of a square; searches are quick up to a few of them."""

    def __init__(self, points: Iterable[tuple[Place, int]], cell_m: float = 500.0) -> None:
        self._step = cell_m / DEGREE_M
        self._cells: dict[tuple[int, int], list[tuple[Place, int]]] = {}
        self.size = 0
        for place, number in points:
            self._cells.setdefault(self._cell(place), []).append((place, number))
            self.size += 1

    def near(self, place: Place, reach_m: float, limit: int) -> list[tuple[float, int]]:
        """Up to `limit` (metres, number), nearest first, none farther than `reach_m`."""
        i, j = self._cell(place)
        rings = math.ceil(reach_m / DEGREE_M / self._step)
        wide = math.ceil(rings / max(0.1, math.cos(math.radians(place.lat))))
        found: list[tuple[float, int]] = []
        for ring in range(max(rings, wide) + 1):
            for cell in _ring(i, j, ring):
                if abs(cell[0] - i) <= rings:
                    found += [(metres(place, at), n) for at, n in self._cells.get(cell, ())]
            # all within `ring` squares were looked at, the narrower way counts
            sure = ring * self._step * DEGREE_M * math.cos(math.radians(place.lat))
            if sum(1 for far, _ in found if far <= sure) >= limit:
                break
        return sorted(pair for pair in found if pair[0] <= reach_m)[:limit]

    def _cell(self, place: Place) -> tuple[int, int]:
        return math.floor(place.lat / self._step), math.floor(place.lon / self._step)


def _ring(i: int, j: int, ring: int) -> Iterable[tuple[int, int]]:
    if ring == 0:
        return [(i, j)]
    edge = range(-ring, ring + 1)
    sides = [(i + d, j + s * ring) for d in edge for s in (-1, 1)]
    return sides + [(i + s * ring, j + d) for d in edge[1:-1] for s in (-1, 1)]
