"""The region pack of the sample depot: built from the town that ships with it, once, in seconds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import folder as folders
from dispatch_console.roads.pack import manifest, profiles
from dispatch_console.services.regions import build, makers
from dispatch_console.services.regions.build import Build, Options

NAME = "Lindmoor"
_PREFIX, _CLASS = "sample-", "van"
#: Longer than this no machine needs.
_LONGEST_S = 900.0


def extract() -> Path:
    """The town as an OpenStreetMap extract."""
    return resources.path("sample", "town.osm.pbf")


def folder(regions: Path) -> Path:
    """Where the pack lies among those in `regions`: another one when the town, or what builds packs, changes."""
    town = hashlib.sha256(extract().read_bytes()).hexdigest()
    made_by = [manifest.FORMAT, makers.versions(), profiles.sha256(_CLASS)]
    made_from = json.dumps([*made_by, town], sort_keys=True)
    return regions / f"{_PREFIX}{hashlib.sha256(made_from.encode()).hexdigest()[:12]}"


def ready(regions: Path) -> Path | None:
    """The folder of the pack; None: it is not there, or not whole."""
    there = folder(regions)
    if not manifest.is_pack(there):
        return None
    try:
        build.info(there)
    except UserError:
        return None
    return there


def begin(regions: Path, *, gentle: bool = False) -> Build:
    """Begin to build the pack, in a process of its own. Raises UserError where that cannot be."""
    return build.start(extract(), folder(regions), Options(name=NAME, classes=(_CLASS,), gentle=gentle))


def finish(building: Build, regions: Path) -> Path:
    """Put a pack that was built in its place, and say where; those of other versions of the town go. Of two
    consoles that are started for the first time at once the second takes what the first has built. Raises UserError
    if the build failed."""
    there = ready(regions)
    if there is not None:
        building.cancel()
        return there
    building.result()
    there = folder(regions)
    for other in regions.glob(f"{_PREFIX}{'?' * 12}"):
        if other != there:
            folders.discard(other)
    return there


def ensure_pack(regions: Path) -> Path:
    """The folder of the pack, built first if it is not there, which takes some seconds. Not for the window's
    thread. Raises UserError if it cannot be built."""
    there = ready(regions)
    if there is not None:
        return there
    building = begin(regions)
    building.wait_for_end(_LONGEST_S)
    return finish(building, regions)
