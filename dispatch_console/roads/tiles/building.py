"""Makes the map file of a region pack from the shapes of an extract."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dispatch_console.domain.region import Box
from dispatch_console.roads.pack.extract import Shapes
from dispatch_console.roads.tiles import layers
from dispatch_console.roads.tiles.cutting import Progress, cut
from dispatch_console.roads.tiles.pmtiles_write import tile_writer

ATTRIBUTION: Final = "© OpenStreetMap contributors"


def build(shapes: Shapes, box: Box, path: Path, name: str, progress: Progress = lambda done: None) -> int:
    """Write `path` (a .pmtiles file of vector tiles); how many tiles it holds. OSError where the disk refuses.

    The same shapes give the same bytes. `progress` may raise, to stop: then there is no file.
    """
    about = {
        "name": name,
        "attribution": ATTRIBUTION,
        "type": "baselayer",
        "format": "pbf",
        "vector_layers": [
            {"id": id, "fields": fields, "minzoom": layers.FIRST, "maxzoom": layers.LAST}
            for id, fields in layers.SCHEMA.items()
        ],
    }
    with tile_writer(path, layers.LAST) as writer:
        cut(layers.from_shapes(shapes, box), writer.add, writer.fill, progress)
        return writer.finish(box, about)
