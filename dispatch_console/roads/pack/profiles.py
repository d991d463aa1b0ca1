"""What each vehicle class may drive on and how fast: our profiles for the road engine, and how long roads take at
which time of the day."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

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


def _times(motorway: float, primary: float, secondary: float, rest: float) -> dict[str, float]:
    by_kind: dict[RoadKind, float] = {
        "motorway": motorway,
        "trunk": primary,
        "primary": primary,
        "secondary": secondary,
        "tertiary": secondary,
    }
    return {kind: by_kind.get(kind, rest) for kind in kinds.ROAD_KINDS if kind != "ferry"}


#: Roads in a morning, at midday and in the evening: factors on the time of a free road.
BY_DAYTIME = Buckets(
    {
        FREE: {},
        "morning": _times(1.15, 1.25, 1.2, 1.1),
        "midday": _times(1.05, 1.1, 1.1, 1.05),
        "evening": _times(1.2, 1.3, 1.25, 1.1),
    },
    ((0, FREE), (23_400, "morning"), (32_400, "midday"), (55_800, "evening"), (66_600, FREE)),
)
