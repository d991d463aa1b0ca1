"""Reads tiles from a .mbtiles file: an SQLite database, rows counted from the south (MBTiles 1.3)."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

from dispatch_console.domain.errors import UserError

#: A file may bring queries of its own as views, and they may have no end.
_LONGEST_S, _STEPS = 5.0, 100_000


class MbTiles:
    """An open file. Nothing is ever written to it."""

    def __init__(self, path: Path) -> None:
        """UserError if it cannot be read."""
        try:
            self._base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error as error:
            raise _unreadable(path) from error
        self._until = time.monotonic() + _LONGEST_S
        self._base.set_progress_handler(lambda: time.monotonic() > self._until, _STEPS)
        try:
            self._base.execute("PRAGMA trusted_schema=OFF")
            rows = self._base.execute("SELECT name, value FROM metadata").fetchall()
            known = {str(name): str(value) for name, value in rows}
            lowest, highest = self._base.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
            self.min_zoom, self.max_zoom = int(lowest or 0), int(highest or 0)
        except (sqlite3.Error, ValueError) as error:
            self._base.close()
            raise _unreadable(path) from error
        self.attribution = known.get("attribution", "")
        self.layers = _layers(known.get("json", ""))

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        return self._one(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (zoom, column, (1 << zoom) - 1 - row),
        )

    def any_tile(self) -> bytes | None:
        return self._one("SELECT tile_data FROM tiles LIMIT 1", ())

    def close(self) -> None:
        self._base.close()

    def _one(self, query: str, values: tuple[int, ...]) -> bytes | None:
        self._until = time.monotonic() + _LONGEST_S
        try:
            found = self._base.execute(query, values).fetchone()
        except sqlite3.Error:
            return None  # a damaged page: the rest of the map is still worth showing
        return found[0] if found and isinstance(found[0], bytes) and found[0] else None


def _layers(about: str) -> frozenset[str]:
    """The names of the vector layers, as the file's own description has them; none of a file of pictures."""
    try:
        found = json.loads(about)["vector_layers"]
        return frozenset(str(layer["id"]) for layer in found)
    except (ValueError, KeyError, TypeError):
        return frozenset()


def _unreadable(path: Path) -> UserError:
    return UserError(f"{path.name} cannot be read as a map file. Choose another one.")
