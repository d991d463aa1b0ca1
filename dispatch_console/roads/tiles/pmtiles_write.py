"""Writes a .pmtiles file (PMTiles specification, version 3): tiles by their numbers, equal ones once."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import struct
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from dispatch_console.domain.region import Box
from dispatch_console.domain.tile_numbers import first_below, tile_id
from dispatch_console.roads.tiles.mvt import varint

_HEADER: Final = struct.Struct("<7sB8Q3Q6B4iB2i")  # 127 bytes
_ROOT: Final = 16384 - _HEADER.size  # most bytes of the root, so that one read brings header and root
_LEAF: Final = 4096  # entries of one directory below the root
_GZIP, _MVT = 2, 1


class _Tile(NamedTuple):
    """Where a tile's bytes lie in the spool; `run`: of how many tiles from this one on."""

    id: int
    offset: int
    length: int
    digest: bytes
    run: int = 1


class _Entry(NamedTuple):
    id: int
    offset: int
    length: int
    run: int


@contextmanager
def tile_writer(path: Path, last: int) -> Generator[TileWriter]:
    """Takes tiles for the file at `path` down to the zoom `last`; what was spooled goes in any case."""
    with tempfile.TemporaryFile(dir=path.parent) as spool:
        yield TileWriter(path, spool, last)


class TileWriter:
    """Takes tiles in any order, keeps them in `spool`, on the disk, and writes the file at the end (`finish`).

    OSError where the disk does not take it.
    """

    def __init__(self, path: Path, spool: IO[bytes], last: int) -> None:
        self._path, self._spool, self._last = path, spool, last
        self._tiles: list[_Tile] = []
        self._zooms: set[int] = set()
        self._length = 0

    def add(self, zoom: int, column: int, row: int, content: bytes) -> None:
        """One tile, not packed."""
        self._add(tile_id(zoom, column, row), 1, content)
        self._zooms.add(zoom)

    def fill(self, zoom: int, column: int, row: int, content: bytes) -> None:
        """A tile and all that lie below it down to the last zoom: all with one content."""
        for depth in range(self._last - zoom + 1):
            self._add(first_below(zoom, column, row, depth), 4**depth, content)
            self._zooms.add(zoom + depth)

    def _add(self, first: int, run: int, content: bytes) -> None:
        packed = gzip.compress(content, 6, mtime=0)
        digest = hashlib.blake2b(packed, digest_size=16).digest()
        self._spool.write(packed)
        self._tiles.append(_Tile(first, self._length, len(packed), digest, run))
        self._length += len(packed)

    def finish(self, box: Box, about: Mapping[str, object]) -> int:
        """Write the file with `about` (name, attribution, vector_layers …) in it; how many tiles it holds."""
        tiles = sorted(self._tiles)
        count = sum(tile.run for tile in tiles)
        entries, distinct = _entries(tiles)
        root, leaves = _directories(entries)
        described = gzip.compress(json.dumps(about, ensure_ascii=False, sort_keys=True).encode(), 9, mtime=0)
        at, sections = _HEADER.size, list[int]()
        data = sum(tile.length for tile in distinct)
        for length in (len(root), len(described), len(leaves), data):
            sections += [at, length]
            at += length
        counts = (count, len(entries), len(distinct))
        zooms = (min(self._zooms, default=0), max(self._zooms, default=0))
        flags = (1, _GZIP, _GZIP, _MVT, *zooms)  # clustered
        with self._path.open("wb") as file:
            file.write(_HEADER.pack(b"PMTiles", 3, *sections, *counts, *flags, *_middle(box, zooms)))
            file.write(root + described + leaves)
            for tile in distinct:
                self._spool.seek(tile.offset)
                file.write(self._spool.read(tile.length))
            file.flush()
            os.fsync(file.fileno())
        return count


def _entries(tiles: list[_Tile]) -> tuple[list[_Entry], list[_Tile]]:
    """What the directories say, and the tiles whose bytes are written, in that order."""
    entries: list[_Entry] = []
    distinct: list[_Tile] = []
    places: dict[bytes, int] = {}
    end = 0
    for tile in tiles:
        offset = places.get(tile.digest)
        if offset is None:
            offset = places[tile.digest] = end
            distinct.append(tile)
            end += tile.length
        last = entries[-1] if entries else None
        if last is not None and last.offset == offset and last.id + last.run == tile.id:
            entries[-1] = last._replace(run=last.run + tile.run)
        else:
            entries.append(_Entry(tile.id, offset, tile.length, tile.run))
    return entries, distinct


def _directories(entries: list[_Entry]) -> tuple[bytes, bytes]:
    """The root and everything below it."""
    root = _directory(entries)
    size = _LEAF
    leaves = b""
    while len(root) > _ROOT:
        packed = [_directory(entries[at : at + size]) for at in range(0, len(entries), size)]
        ends = [sum(len(leaf) for leaf in packed[:at]) for at in range(len(packed))]
        firsts = entries[::size]
        parts = zip(firsts, ends, packed, strict=True)
        root = _directory([_Entry(first.id, end, len(leaf), 0) for first, end, leaf in parts])
        leaves = b"".join(packed)
        size *= 2
    return root, leaves


def _directory(entries: list[_Entry]) -> bytes:
    out = [varint(len(entries))]
    out += [varint(b - a) for a, b in zip([0, *(e.id for e in entries)], (e.id for e in entries), strict=False)]
    out += [varint(entry.run) for entry in entries]
    out += [varint(entry.length) for entry in entries]
    follows = -1
    for entry in entries:
        out.append(varint(0) if entry.offset == follows else varint(entry.offset + 1))
        follows = entry.offset + entry.length
    return gzip.compress(b"".join(out), 9, mtime=0)


def _middle(box: Box, zooms: tuple[int, int]) -> tuple[int, ...]:
    """Corners of the area, a zoom and a place to look at first; degrees times ten million."""
    west, south, east, north = (round(degrees * 1e7) for degrees in box)
    return west, south, east, north, min(12, zooms[1]), (west + east) // 2, (south + north) // 2
