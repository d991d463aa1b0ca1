"""What packs are made by. Light: it is asked at the start of the window."""

from __future__ import annotations

from dispatch_console.geocoding import index_build
from dispatch_console.roads.pack import manifest
from dispatch_console.roads.tiles.version import VERSION


def versions() -> dict[str, str]:
    """Of all that a pack of the same extract would come out otherwise by."""
    return {**manifest.engines(), "tiles": str(VERSION), "addresses": str(index_build.FORMAT)}
