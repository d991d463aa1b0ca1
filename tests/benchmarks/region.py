"""How long a region takes to build, and its roads to answer, beside the goals.

    python -m tests.benchmarks.region [--pbf FILE] [--pack DIR] [--json FILE]

Liechtenstein by default, from the shared test data. `--pack`: one that is built already, for the questions alone.
The machine's load is told with the figures: a build takes both cores of a small machine.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import around
from dispatch_console.roads.engine.client import Engine
from dispatch_console.roads.pack import manifest, segments, today
from dispatch_console.services.regions import build

SHARED = Path(__file__).resolve().parents[3] / "shared" / "osm" / "liechtenstein.osm.pbf"

#: What → the most it may take, in seconds.
GOALS = {
    "build, van": 40.0,
    "nearest of 1,000": 0.5,
    "1,000 × 1,000": 1.5,
    "2,000 × 2,000": 6.0,
    "2,000 × 2,000 again": 0.3,
    "geometry of 40 stops": 0.05,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pbf", type=Path, default=SHARED)
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if arguments.pack is None and not arguments.pbf.is_file():
        print(f"{arguments.pbf} is not there: nothing measured")
        return 0
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        pack = arguments.pack or _build(arguments.pbf, Path(folder), took)
        _ask(pack, Path(folder) / "cache", took)
    for what, seconds in took.items():
        goal = GOALS.get(what)
        verdict = "" if goal is None else f"  goal {goal:g} s{'' if seconds <= goal else '  MISSED'}"
        print(f"{what:<28}{seconds:8.3f} s{verdict}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" * hasattr(os, "getloadavg"))
    if arguments.json is not None:
        figures: dict[str, Any] = {what: {"s": s, "goal": GOALS.get(what)} for what, s in took.items()}
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return int(any(took.get(what, 0.0) > goal for what, goal in GOALS.items()))


def _build(pbf: Path, folder: Path, took: dict[str, float]) -> Path:
    began = time.perf_counter()
    building, step = build.start(pbf, folder / "pack"), "starting"
    while not building.ended:
        now = building.wait(0.5)
        if now.text != step:
            took[f"… until {now.text}"] = time.perf_counter() - began
            step = now.text
    building.result()
    took["build, van"] = time.perf_counter() - began
    return folder / "pack"


def _ask(pack: Path, cache: Path, took: dict[str, float]) -> None:
    engine = Engine(pack, cache)
    try:
        places = _places(pack, 2600)
        _lap(took, "start of the engine", lambda: engine.check("van", places[:1]))
        _lap(took, "nearest of 1,000", lambda: engine.check("van", places[:1000]))
        usable = [snap.place for snap in engine.check("van", places) if not snap.problem][:2000]
        _lap(took, "1,000 × 1,000", lambda: engine.matrix("van", usable[:1000]))
        _lap(took, "2,000 × 2,000", lambda: engine.matrix("van", usable))
        _lap(took, "2,000 × 2,000 again", lambda: engine.matrix("van", usable))
        tour = _tour(usable[:40])
        _lap(took, "geometry of 40 stops", lambda: engine.legs("van", list(pairwise(tour))))
    finally:
        engine.close()
    for n in (200, 1000):
        _lap(took, f"closed area → times of {n:,}", lambda n=n: _close(pack, cache, usable[:n]))


def _close(pack: Path, cache: Path, places: list[Place]) -> None:
    """What a window does between the last corner of a closed area and the new times. Of each number of places the
    area is another one, so that nothing is there already."""
    areas = [Area("closed", around(places[0], 60 + len(places) / 1000)), Area("slow", around(places[1], 2000), 1.2)]
    made = today.make(pack, manifest.read(pack), "van", areas, cache.parent / "today")
    engine = Engine(pack, cache, [("van", made)], today.key(areas))
    try:
        engine.matrix("van", places)
    finally:
        engine.close()


def _lap(took: dict[str, float], what: str, do: Callable[[], object]) -> None:
    began = time.perf_counter()
    do()
    took[what] = time.perf_counter() - began


def _places(pack: Path, n: int) -> list[Place]:
    """Beside roads, where customers live: within some 40 m of pieces of road drawn always alike."""
    pieces = segments.read(pack / "roads" / "van" / segments.NAME)
    random = np.random.default_rng(1)
    drawn = random.integers(0, len(pieces), n)
    middles = (pieces.start[drawn].astype(np.int64) + pieces.end[drawn]) / 2e7 + random.normal(0, 0.0003, (n, 2))
    return [Place(round(lat, 6), round(lon, 6)) for lat, lon in middles.tolist()]


def _tour(places: list[Place]) -> list[Place]:
    """From each to the nearest that is left, as a driver does."""
    left, tour = places[1:], places[:1]
    while left:
        here = tour[-1]
        nearest = min(left, key=lambda place: (place.lat - here.lat) ** 2 + (place.lon - here.lon) ** 2)
        left.remove(nearest)
        tour.append(nearest)
    return tour


if __name__ == "__main__":
    print(f"pack format {manifest.FORMAT}")
    sys.exit(main())
