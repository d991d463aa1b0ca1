"""Numbers of the tiles of a web map, as PMTiles counts them: those of all lower zooms first, then along the Hilbert
curve of the zoom, so that neighbours mostly stand near each other in a file."""

from __future__ import annotations


def tile_id(zoom: int, column: int, row: int) -> int:
    """The number of a tile; rows are counted from the north."""
    number = ((1 << (2 * zoom)) - 1) // 3
    x, y = column, row
    for level in range(zoom - 1, -1, -1):
        side = 1 << level
        right, lower = int(x & side > 0), int(y & side > 0)
        number += side * side * ((3 * right) ^ lower)
        if not lower:
            if right:
                x, y = side - 1 - (x & (side - 1)), side - 1 - (y & (side - 1))
            x, y = y, x
    return number


def first_below(zoom: int, column: int, row: int, depth: int) -> int:
    """The lowest number of the 4 ** `depth` tiles that lie `depth` zooms below a tile; theirs follow each other."""
    start = ((1 << (2 * zoom)) - 1) // 3
    start_below = ((1 << (2 * (zoom + depth))) - 1) // 3
    return start_below + ((tile_id(zoom, column, row) - start) << (2 * depth))
