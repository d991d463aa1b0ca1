"""The sea: what lies on the right-hand side of the coast, as far as a region's box goes.

The map has no area for the sea, only coast lines with land at their left (OpenStreetMap's natural=coastline). An
extract often ends in the middle of one.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from dispatch_console.domain.region import Box

Geoms = NDArray[Any]

#: What is nearer than this to a line, in degrees, lies on it.
_TOUCH: Final = 1e-9


def areas(coast: Geoms, box: Box) -> Geoms:
    """The areas of sea within `box` for coast lines in degrees, any number of each; none without a coast in it."""
    frame = shapely.box(*box)
    shapely.prepare(frame)
    coast = coast[shapely.intersects(frame, coast)]
    if not len(coast):
        return coast
    lines = _lines(shapely.line_merge(shapely.intersection(shapely.union_all(coast), frame)))
    edge = frame.exterior
    drawn = shapely.union_all([*lines, *_joins(lines, edge), edge])
    faces = shapely.get_parts(shapely.polygonize([drawn]))
    return faces[_wet(faces, coast)]


def _lines(geometry: Any) -> Geoms:
    parts = shapely.get_parts(geometry)
    return parts[(shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & (shapely.length(parts) > 0)]


def _joins(lines: Geoms, edge: Any) -> list[Any]:
    """From each end inside the box, where the extract was cut off, the shortest line to the edge or another end."""
    open_lines = lines[~shapely.is_closed(lines)]
    ends = np.concatenate((shapely.get_point(open_lines, 0), shapely.get_point(open_lines, -1)))
    ends = ends[shapely.distance(ends, edge) > _TOUCH]
    joins: list[Any] = []
    for at, end in enumerate(ends):
        goals = [edge, *np.delete(ends, at)]
        joins.append(shapely.shortest_line(end, goals[int(np.argmin(shapely.distance(end, goals)))]))
    return joins


def _wet(faces: Geoms, coast: Geoms) -> NDArray[np.bool_]:
    """(f,): whether more of a face's edge runs against the coast that it lies on than along it.

    Rings are turned so that a face lies at their left, as land lies at the coast's.
    """
    rings, owner = shapely.get_rings(shapely.orient_polygons(faces), return_index=True)
    start, step, ring = _pieces(rings)
    coast_start, coast_step, _ = _pieces(coast)
    pieces: Any = shapely.linestrings(np.stack((coast_start, coast_start + coast_step), axis=1))
    tree = shapely.STRtree(pieces)
    at, piece = tree.query(shapely.points(start + step / 2), predicate="dwithin", distance=_TOUCH)
    along = np.sign((step[at] * coast_step[piece]).sum(axis=1)) * np.hypot(*step[at].T)
    return np.bincount(owner[ring[at]], along, len(faces)) < 0


def _pieces(lines: Geoms) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """Of each straight piece (p, 2) where it starts and how it goes, and (p,) its line."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    return points[:-1][same], np.diff(points, axis=0)[same], line[1:][same]
