"""The pieces of road between two nodes of the map and how fast they are driven: what other speeds are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from dispatch_console.domain.region import Area
from dispatch_console.roads.pack import kinds
from dispatch_console.roads.pack.extract import Ways

NAME = "segments.npz"

#: Speeds as columns: forward and backward.
Pair = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Segments:
    """n segments, forward from `a` to `b`.

    `a`, `b` (n,) int64: nodes of the map; `start`, `end` (n, 2) int32: latitude, longitude in 1e-7 degrees; `speed`
    (n, 2) km/h and `rate` (n, 2) m/s, forward and backward, 0 where nobody may drive; `kind` (n,) uint8 as in
    `Ways`.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    speed: Pair
    rate: Pair
    kind: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.a)


def from_extract(ways: Ways, logs: Iterable[Path]) -> Segments:
    """The segments of all ways that the profile noted in `logs` (see speeds.lua)."""
    noted = _read(logs)
    order = np.argsort(noted[:, 0], kind="stable")
    noted, ids = noted[order], noted[order, 0].astype(np.int64)
    at = np.minimum(np.searchsorted(ids, ways.ids), max(0, len(ids) - 1))
    known = ids[at] == ways.ids if len(ids) else np.zeros(len(ways.ids), bool)
    counts = np.diff(ways.first)
    way = np.repeat(np.arange(len(ways.ids)), counts)
    is_last = np.zeros(len(ways.nodes), bool)
    is_last[ways.first[1:] - 1] = True
    first = np.flatnonzero(~is_last & known[way])
    own = way[first]
    values = noted[at[own], 1:].astype(np.float32)
    point = np.column_stack((ways.lat, ways.lon))
    return Segments(
        ways.nodes[first],
        ways.nodes[first + 1],
        point[first],
        point[first + 1],
        values[:, :2],
        values[:, 2:],
        ways.kind[own],
    )


def _read(logs: Iterable[Path]) -> NDArray[np.float64]:
    """Rows of (way, speed forward, backward, rate forward, backward)."""
    read = [np.loadtxt(path, np.float64, delimiter="\t", ndmin=2) for path in sorted(logs) if path.stat().st_size]
    return np.concatenate(read) if read else np.empty((0, 5))


def save(segments: Segments, path: Path) -> None:
    """The same segments give the same bytes."""
    np.savez(path, **{field.name: getattr(segments, field.name) for field in fields(Segments)})


def read(path: Path) -> Segments:
    with np.load(path) as stored:
        return Segments(**{field.name: stored[field.name] for field in fields(Segments)})


def by_kind(segments: Segments, times: Mapping[str, float]) -> NDArray[np.float32]:
    """(n,): how many times as long each segment takes, by its kind of road (missing: 1)."""
    return np.array([times.get(kind, 1.0) for kind in kinds.ROAD_KINDS], np.float32)[segments.kind]


def write_speeds(
    segments: Segments,
    factors: NDArray[np.float32],
    out: Path,
    reluctance: NDArray[np.float32] | None = None,
) -> int:
    """The rows of the engine's speed file for segments whose time changes by `factors` (n,): 2 takes twice as long,
    inf is closed. `reluctance` (n,): how many times as long they count besides when ways are compared. Those that
    stay as they are are left out. The number of rows."""
    weights = factors if reluctance is None else factors * reluctance
    changed = np.flatnonzero((factors != 1) | (weights != 1))
    both = np.concatenate([np.column_stack((changed, np.full(len(changed), way))) for way in (0, 1)])
    row, way = both[:, 0], both[:, 1]
    driven = segments.speed[row, way] > 0
    row, way = row[driven], way[driven]
    origin = np.where(way == 0, segments.a[row], segments.b[row]).tolist()
    goal = np.where(way == 0, segments.b[row], segments.a[row]).tolist()
    speed = (segments.speed[row, way] / factors[row]).tolist()
    rate = (segments.rate[row, way] / weights[row]).tolist()
    lines = [f"{a},{b},{v:.3f},{r:.4f}\n" for a, b, v, r in zip(origin, goal, speed, rate, strict=True)]
    out.write_text("".join(lines), encoding="ascii", newline="\n")
    return len(lines)


def inside(segments: Segments, area: Area) -> NDArray[np.bool_]:
    """(n,): which segments lie in or cross `area`."""
    ring = shapely.polygons([(place.lon, place.lat) for place in area.corners])
    shapely.prepare(ring)
    pairs = np.stack((segments.start[:, ::-1], segments.end[:, ::-1]), axis=1) / 1e7
    west, south, east, north = shapely.bounds(ring)
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    near = (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)
    found = np.zeros(len(segments), bool)
    at = np.flatnonzero(near)
    if len(at):
        found[at] = shapely.intersects(ring, shapely.linestrings(pairs[at]))
    return found
