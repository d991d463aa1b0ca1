"""The region pack of the sample depot: built from the town that ships with it, once, in seconds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import manifest
from dispatch_console.services.regions import build
from dispatch_console.services.regions.build import Build, Options

NAME = "Lindmoor"
#: Longer than this no machine needs.
_LONGEST_S = 900.0


def extract() -> Path:
    """The town as an OpenStreetMap extract."""
    return resources.path("sample", "town.osm.pbf")


def folder(regions: Path) -> Path:
    """Where the pack lies among those in `regions`: another one when the town, or what builds packs, changes."""
    town = hashlib.sha256(extract().read_bytes()).hexdigest()
    made_from = json.dumps([manifest.FORMAT, manifest.engines(), town], sort_keys=True)
    return regions / f"sample-{hashlib.sha256(made_from.encode()).hexdigest()[:12]}"


def begin(regions: Path) -> Build | None:
    """Begin to build the pack, in a process of its own; None: it is there, and whole."""
    there = folder(regions)
    if manifest.is_pack(there):
        try:
            build.info(there)
            return None
        except UserError:
            pass  # spoilt: made anew
    return build.start(extract(), there, Options(name=NAME))


def ensure_pack(regions: Path) -> Path:
    """The folder of the pack, built first if it is not there, which takes some seconds. Not for the window's
    thread. Raises UserError if it cannot be built."""
    building = begin(regions)
    if building is not None:
        building.wait_for_end(_LONGEST_S)
        building.result()
    return folder(regions)
