"""What the road engine is asked, for one set of roads. Only for a process that may hold it: see `worker`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import osrm
from numpy.typing import NDArray

from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import UNREACHABLE
from dispatch_console.roads.places_check import FAR_M, Snap

#: Cells that are reckoned at once: a cell takes 120 bytes on its way out of the engine.
_CELLS = 1_000_000
_LEAST_ROWS = 100
#: How far from a place the engine looks for roads: a little more than what is called near.
_RADIUS_M = FAR_M + 100

Rows = NDArray[np.int32]


class RoadSet:
    """One set of roads, open."""

    def __init__(self, folder: Path, stem: str, *, changeable: bool) -> None:
        """Open the set in `folder`. `changeable`: of the kind that closures and snow are made on (MLD, not CH).

        Raises RuntimeError for files that do not belong together. The engine gets no path but a plain name in the
        current folder, as paths with letters beyond ASCII do not reach it whole everywhere.
        """
        os.chdir(folder)
        try:
            self._engine: Any = osrm.OSRM(
                algorithm="MLD" if changeable else "CH",
                storage_config=stem,
                use_shared_memory=False,
                use_mmap=True,
                max_locations_distance_table=-1,
                max_locations_viaroute=-1,
            )
        finally:
            os.chdir(tempfile.gettempdir())  # a folder that a process stands in cannot be renamed everywhere

    def nearest(self, place: Place) -> float | None:
        """Metres to the nearest road; None if the network is empty."""
        asked = osrm.NearestParameters(coordinates=[(place.lon, place.lat)], generate_hints=False)
        try:
            return float(self._engine.Nearest(asked)["waypoints"][0]["distance"])
        except RuntimeError:
            return None

    def check(self, places: Sequence[Place], hub: Place) -> list[Snap]:
        """Each place with its way to the nearest road; what cannot come from `hub` and go there is an island."""
        metres = [self.nearest(place) for place in places]
        near = [k for k, far in enumerate(metres) if far is not None and far <= FAR_M]
        there = [Snap(place, 0, "") for place in (hub, *(places[k] for k in near))]
        out = self.seconds(there, [0], range(len(there)))[0]
        back = self.seconds(there, range(len(there)), [0])[:, 0]
        reached = {k for k, a, b in zip(near, out[1:], back[1:], strict=True) if max(a, b) < UNREACHABLE}
        is_near = set(near)
        return [
            Snap(place, far, "" if k in reached else "island" if k in is_near else "far")
            for k, (place, far) in enumerate(zip(places, metres, strict=True))
        ]

    def seconds(self, places: Sequence[Snap], sources: Sequence[int], goals: Sequence[int]) -> Rows:
        """(sources, goals): durations between some of `places`, by their indices."""
        return self._table(places, sources, goals, ["duration"])[0]

    def blocks(
        self, places: Sequence[Snap], sources: Sequence[int], goals: Sequence[int], *, metres: bool
    ) -> Iterator[tuple[int, list[Rows]]]:
        """The table from `sources` to `goals` in blocks of rows: (first row, [seconds, metres if asked for])."""
        rows = max(_LEAST_ROWS, _CELLS // max(1, len(goals)))
        wanted = ["duration", "distance"] if metres else ["duration"]
        for first in range(0, len(sources), rows):
            yield first, self._table(places, sources[first : first + rows], goals, wanted)

    def _table(
        self, places: Sequence[Snap], sources: Sequence[int], goals: Sequence[int], wanted: list[str]
    ) -> list[Rows]:
        if len(places) < 2:  # which the engine refuses
            return [np.zeros((len(sources), len(goals)), np.int32) for _ in wanted]
        asked = osrm.TableParameters(
            coordinates=[(snap.place.lon, snap.place.lat) for snap in places],
            sources=list(sources),
            destinations=list(goals),
            radiuses=[_radius(snap) for snap in places],
            annotations=wanted,
            generate_hints=False,
        )
        asked.skip_waypoints = True
        answer = self._engine.Table(asked)
        return [_rows(answer[f"{what}s"], len(sources), len(goals)) for what in wanted]

    def leg(self, origin: Snap, goal: Snap) -> tuple[int, int, str] | None:
        """(metres, seconds, the line as polyline6); None where there is no way."""
        asked = osrm.RouteParameters(
            coordinates=[(snap.place.lon, snap.place.lat) for snap in (origin, goal)],
            radiuses=[_radius(snap) for snap in (origin, goal)],
            overview="full",
            geometries="polyline6",
            generate_hints=False,
        )
        asked.skip_waypoints = True
        try:
            route = self._engine.Route(asked)["routes"][0]
        except RuntimeError:  # no road near enough, or no way
            return None
        return round(route["distance"]), round(route["duration"]), str(route["geometry"])


def _radius(snap: Snap) -> float | None:
    """A place that no road reaches is driven from the nearest one, however far it is."""
    return None if snap.problem else _RADIUS_M


def _rows(answer: Any, rows: int, columns: int) -> Rows:
    """What the engine says (floats, None where there is no way) as whole numbers (rows, columns)."""
    plain = np.fromiter(
        (UNREACHABLE if value is None else value for row in answer for value in row), np.float64, rows * columns
    )
    return np.rint(plain).astype(np.int32).reshape(rows, columns)
