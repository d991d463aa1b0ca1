"""A region pack with nothing but addresses, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dispatch_console.domain.region import Box, House, StreetLine, Town
from dispatch_console.geocoding.index_build import build
from dispatch_console.roads.pack import manifest
from dispatch_console.roads.pack.manifest import Manifest, Source


def write(
    folder: Path, houses: Sequence[House], lines: Sequence[StreetLine] = (), towns: Sequence[Town] = ()
) -> Path:
    folder.mkdir(exist_ok=True)
    counts = build(houses, lines, towns, folder / "addresses.sqlite")
    source, box = Source("town.osm.pbf", 12, "ab" * 32), Box(9.0, 47.0, 10.0, 48.0)
    made = Manifest("town-1", "Town", "2026-11-27T03:50:00+00:00", source, box, ("LI",), manifest.engines(), {})
    files = manifest.list_files(folder)
    manifest.write(folder, replace(made, addresses=counts.houses, files=files))
    return folder
