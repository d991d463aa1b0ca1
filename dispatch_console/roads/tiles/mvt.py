"""Encodes vector tiles (Mapbox Vector Tile 2.1). The coordinates of a whole layer are packed at once with numpy."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

#: A tile's side in its own units.
EXTENT: Final = 4096

#: Names and values of one shape.
Props = tuple[tuple[str, str | int], ...]
Geoms = NDArray[Any]
Ints = NDArray[np.int64]

_POINT, _LINE, _POLYGON = 1, 2, 3  # kinds of features
_PARTS: Final = {_POINT: 0, _LINE: 1, _POLYGON: 3}  # what shapely calls them
_MOVE_ONE, _CLOSE = 9, 15
_SHORT: Final = [bytes([value]) for value in range(0x80)]


class Shown(NamedTuple):
    """Shapes of one kind (`dimension` 0 points, 1 lines, 2 areas) in units of the whole world, y from the north."""

    geoms: Geoms
    props: Sequence[Props]
    dimension: int


def encode(zoom: int, column: int, row: int, layers: Mapping[str, Shown]) -> bytes:
    """The tile's bytes, unpacked; empty if nothing of the layers is large enough to be seen in it."""
    origin = np.array([column, row], np.int64) * EXTENT
    done = (_layer(name, shown, float(EXTENT << zoom), origin) for name, shown in layers.items())
    return b"".join(done)


def _layer(name: str, shown: Shown, scale: float, origin: Ints) -> bytes:
    kind = shown.dimension + 1
    points, line, owner = _points(shown.geoms, kind, scale, origin)
    features, packed = _geometry(points, line, owner, kind)
    if not features:
        return b""
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    known: dict[Props, bytes] = {}
    body = [_field(1, name.encode())]
    end = b"\x18" + bytes([kind])
    for feature, geometry in zip(features, packed, strict=True):
        props = shown.props[feature]
        tags = known.get(props)
        if tags is None:
            tags = known[props] = _tags(props, keys, values)
        body.append(_field(2, tags + end + _field(4, geometry)))
    body += [_field(3, key.encode()) for key in keys]
    body += [_field(4, _value(value)) for value in values]
    body.append(b"\x28" + varint(EXTENT) + b"\x78\x02")
    return _field(3, b"".join(body))


def _points(geoms: Geoms, kind: int, scale: float, origin: Ints) -> tuple[Ints, Ints, Ints]:
    """All points in the tile's units, the line of each, and the shape that each line belongs to."""
    parts, owner = shapely.get_parts(geoms, return_index=True)
    inner, at = shapely.get_parts(parts, return_index=True)  # a collection may hold collections
    fits = shapely.get_type_id(inner) == _PARTS[kind]
    parts, owner = inner[fits], owner[at[fits]]
    if kind == _POLYGON:
        parts, ring = shapely.get_rings(parts, return_index=True)
        owner = owner[ring]
    places, line = shapely.get_coordinates(parts, return_index=True)
    return np.rint(places * scale).astype(np.int64) - origin, line.astype(np.int64), owner.astype(np.int64)


def _geometry(points: Ints, line: Ints, owner: Ints, kind: int) -> tuple[list[int], list[bytes]]:
    """The shapes that something is left of, and their commands packed. Points must come in the order of lines."""
    points, line = _without_doubles(points, line, closed=kind == _POLYGON)
    count = np.bincount(line, minlength=len(owner))
    enough = count >= kind
    keep = enough[line]
    points, count, owner = points[keep], count[enough], owner[enough]
    if not len(points):
        return [], []
    first = np.cumsum(count) - count
    begins = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))  # the first line of each shape
    steps = np.diff(points, axis=0, prepend=0)
    steps[first[begins]] = points[first[begins]]
    words, start = _commands((steps << 1) ^ (steps >> 63), count, first, kind)
    packed, at = varints(words)
    cuts = at[np.append(start[begins], len(words))].tolist()
    return owner[begins].tolist(), [packed[a:b] for a, b in itertools.pairwise(cuts)]


def _without_doubles(points: Ints, line: Ints, *, closed: bool) -> tuple[Ints, Ints]:
    """Without points that repeat the one before; of rings without the last, which is the first again."""
    same_line = line[1:] == line[:-1]
    keep = np.append(True, (points[1:] != points[:-1]).any(axis=1) | ~same_line)[: len(points)]
    points, line = points[keep], line[keep]
    if closed:
        keep = np.append(line[1:] == line[:-1], False)[: len(points)]
        points, line = points[keep], line[keep]
    return points, line


def _commands(steps: Ints, count: Ints, first: Ints, kind: int) -> tuple[Ints, Ints]:
    """The words of all lines one after the other, and where each line starts."""
    size = 2 * count + 1 + (count > 1) + (kind == _POLYGON)
    start = np.cumsum(size) - size
    words = np.empty(int(size.sum()), np.int64)
    words[start] = _MOVE_ONE
    long = count > 1
    words[start[long] + 3] = (count[long] - 1) << 3 | 2
    if kind == _POLYGON:
        words[start + size - 1] = _CLOSE
    nth = np.arange(len(steps)) - np.repeat(first, count)
    at = np.repeat(start, count) + 1 + 2 * nth + (nth > 0)
    words[at], words[at + 1] = steps[:, 0], steps[:, 1]
    return words, start


def varints(words: Ints) -> tuple[bytes, Ints]:
    """Numbers in groups of seven bits, and where in the bytes each begins; the end last."""
    size = np.ones(len(words), np.int64)
    for bits in (7, 14, 21, 28, 35):
        size += words >= 1 << bits
    at = np.append(0, np.cumsum(size))
    out = np.empty(int(at[-1]), np.uint8)
    for group in range(int(size.max(initial=0))):
        has = size > group
        more = np.where(size[has] > group + 1, 0x80, 0)
        out[at[:-1][has] + group] = (words[has] >> 7 * group & 0x7F) | more
    return out.tobytes(), at


def varint(value: int) -> bytes:
    if value < len(_SHORT):
        return _SHORT[value]
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _tags(props: Props, keys: dict[str, int], values: dict[str | int, int]) -> bytes:
    pairs = [(keys.setdefault(key, len(keys)), values.setdefault(value, len(values))) for key, value in props]
    return _field(2, b"".join(varint(part) for pair in pairs for part in pair)) if pairs else b""


def _value(value: str | int) -> bytes:
    return _field(1, value.encode()) if isinstance(value, str) else b"\x28" + varint(value)


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + varint(len(content)) + content
