"""What each vehicle class may drive on and how fast: our profiles for the road engine, and how long roads take at
which time of the day."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dispatch_console import resources
from dispatch_console.domain.region import RoadKind
from dispatch_console.roads.pack import kinds, osrm_tools
from dispatch_console.roads.pack.manifest import FREE, Buckets

#: The vehicle classes there are roads for.
PROFILES = ("van", "truck", "bicycle")

#: Classes that traffic does not slow down: only `free` is built for them.
UNHURRIED = frozenset({"bicycle"})

_OURS = "speeds.lua"
#: The engine's own profile for bicycles has the name of ours.
_BICYCLE = ("bicycle.lua", "bicycle_base.lua")


def write(klass: str, folder: Path) -> str:
    """Put the profile of a class, with all it needs, into `folder`; the name to hand to osrm-extract."""
    theirs = osrm_tools.profiles_folder()
    shutil.copytree(theirs / "lib", folder / "lib", dirs_exist_ok=True)
    shutil.copyfile(theirs / "car.lua", folder / "car.lua")
    shutil.copyfile(theirs / _BICYCLE[0], folder / _BICYCLE[1])
    for name in (_OURS, f"{klass}.lua"):
        shutil.copyfile(resources.path("roads", name), folder / name)
    return f"{klass}.lua"


def sha256(klass: str) -> str:
    """Of what is ours of a profile; the rest goes with the engine's version."""
    found = hashlib.sha256()
    for name in (_OURS, f"{klass}.lua"):
        # The same on a machine that writes ends of lines its own way.
        found.update(resources.path("roads", name).read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


#: Parts of a day with traffic, and kinds of roads that it slows down alike: the last is all other roads.
PERIODS = ("morning", "midday", "evening")
GROUPS = ("motorway", "primary", "secondary", "rest")
_GROUP: dict[RoadKind, str] = {
    "motorway": "motorway",
    "trunk": "primary",
    "primary": "primary",
    "secondary": "secondary",
    "tertiary": "secondary",
}


class RushHours(NamedTuple):
    """`starts`: seconds of the day at which each of `PERIODS` begins, and the last ends. `factors`: for each period
    and each of `GROUPS` on the time of a free road."""

    starts: tuple[int, ...]
    factors: tuple[tuple[float, ...], ...]


USUAL_HOURS = RushHours(
    (23_400, 32_400, 55_800, 66_600),
    ((1.15, 1.25, 1.2, 1.1), (1.05, 1.1, 1.1, 1.05), (1.2, 1.3, 1.25, 1.1)),
)


def by_daytime(hours: RushHours = USUAL_HOURS) -> Buckets:
    """The roads of a free night and of each period."""
    times = {name: _times(factors) for name, factors in zip(PERIODS, hours.factors, strict=True)}
    periods = tuple(zip((0, *hours.starts), (FREE, *PERIODS, FREE), strict=True))
    return Buckets({FREE: {}, **times}, periods)


def _times(factors: Sequence[float]) -> dict[str, float]:
    by_group: dict[str, float] = dict(zip(GROUPS, factors, strict=True))
    return {kind: by_group[_GROUP.get(kind, "rest")] for kind in kinds.ROAD_KINDS if kind != "ferry"}
