"""Reads tiles from a .pmtiles file (PMTiles specification, version 3)."""

from __future__ import annotations

import bisect
import gzip
import io
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.tile_numbers import tile_id

_HEADER: Final = struct.Struct("<7sB8Q3Q6B")  # magic … tile data length, counts, flags up to the highest zoom
_NONE, _GZIP = 1, 2
_MOST: Final = 64 << 20  # bytes of a tile, or that a directory may unpack to
_DAMAGED: Final = (OSError, ValueError, zlib.error, EOFError)


class _Entry(NamedTuple):
    """`run` tiles from `id` on share these bytes; run 0: the bytes are a directory of their own."""

    id: int
    run: int
    offset: int
    length: int


class PmTiles:
    """An open file. Nothing is ever written to it."""

    def __init__(self, path: Path) -> None:
        """UserError if it cannot be read."""
        self._file, self._size = path.open("rb"), path.stat().st_size
        try:
            self._read_header()
        except (*_DAMAGED, struct.error) as error:
            self._file.close()
            raise UserError(f"{path.name} cannot be read as a map file. Choose another one.") from error

    def _read_header(self) -> None:
        fields = _HEADER.unpack(self._file.read(_HEADER.size))
        magic, version = fields[:2]
        if magic != b"PMTiles" or version != 3:
            raise ValueError("not a file of this kind and version")
        root, root_length, about, about_length, self._leaves, _, self._data, _ = fields[2:10]
        self._packing, self.min_zoom, self.max_zoom = fields[14], fields[17], fields[18]
        self._root = _directory(self._unpack(root, root_length))
        self._known: dict[int, list[_Entry]] = {}
        about_all = json.loads(self._unpack(about, about_length) or b"{}")
        self.attribution = str(about_all.get("attribution", "")) if isinstance(about_all, dict) else ""
        self.layers = _layers(about_all)

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        wanted = tile_id(zoom, column, row)
        entries = self._root
        try:
            for _ in range(4):  # a root and at most three levels below it
                entry = _find(entries, wanted)
                if entry is None:
                    return None
                if entry.run:
                    return self._read(self._data + entry.offset, entry.length)
                entries = self._leaf(entry)
        except _DAMAGED:
            pass  # a damaged corner: the rest of the map is still worth showing
        return None

    def any_tile(self) -> bytes | None:
        entries = self._root
        try:
            for _ in range(4):
                if not entries:
                    return None
                if entries[0].run:
                    return self._read(self._data + entries[0].offset, entries[0].length)
                entries = self._leaf(entries[0])
        except _DAMAGED:
            pass
        return None

    def close(self) -> None:
        self._file.close()

    def _leaf(self, entry: _Entry) -> list[_Entry]:
        known = self._known.get(entry.offset)
        if known is None:
            known = _directory(self._unpack(self._leaves + entry.offset, entry.length))
            if len(self._known) >= 64:
                self._known.clear()
            self._known[entry.offset] = known
        return known

    def _read(self, offset: int, length: int) -> bytes:
        if not 0 <= offset <= self._size or length > _MOST:
            raise ValueError("a part that is not there")
        self._file.seek(offset)
        return self._file.read(length)

    def _unpack(self, offset: int, length: int) -> bytes:
        content = self._read(offset, length)
        if self._packing == _NONE:
            return content
        if self._packing != _GZIP:
            raise ValueError("an unknown packing")
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            plain = packed.read(_MOST + 1)
        if len(plain) > _MOST:
            raise ValueError("a directory of unbelievable size")
        return plain


def _layers(about: Any) -> frozenset[str]:
    """The names of the vector layers, as the file's own description has them; none of a file of pictures."""
    try:
        return frozenset(str(layer["id"]) for layer in about["vector_layers"])
    except (KeyError, TypeError):
        return frozenset()


def _directory(content: bytes) -> list[_Entry]:
    numbers = _varints(content)
    count = next(numbers)
    ids: list[int] = []
    last = 0
    for _ in range(count):
        last += next(numbers)
        ids.append(last)
    runs = [next(numbers) for _ in range(count)]
    lengths = [next(numbers) for _ in range(count)]
    offsets: list[int] = []
    for at in range(count):
        value = next(numbers)
        offsets.append(offsets[-1] + lengths[at - 1] if value == 0 and at else value - 1)
    return [_Entry(*entry) for entry in zip(ids, runs, offsets, lengths, strict=True)]


def _varints(content: bytes) -> Iterator[int]:
    """Little-endian groups of seven bits; ValueError at the end of the bytes."""
    value = shift = 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0
    raise ValueError("a directory that ends too soon")


def _find(entries: list[_Entry], wanted: int) -> _Entry | None:
    at = bisect.bisect_right(entries, wanted, key=lambda entry: entry.id) - 1
    if at < 0:
        return None
    entry = entries[at]
    return entry if entry.run == 0 or wanted < entry.id + entry.run else None
