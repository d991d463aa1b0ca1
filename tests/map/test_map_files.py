"""Files of tiles that were spoiled, or made to hurt: refused in a sentence, or shown as far as that still goes."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.ui.map import tiles
from dispatch_console.ui.map.mbtiles import MbTiles
from tests.faults.spoiled_text import flip
from tests.faults.table import dice
from tests.map.test_tiles import mbtiles, picture, pmtiles

PLACES = [(0, 0, 0), (1, 1, 0), (2, 3, 3), (24, 2**24 - 1, 0)]


@pytest.mark.parametrize("make", [mbtiles, pmtiles])
def test_spoiled_files(qapp: object, tmp_path: Path, make: object) -> None:
    content = {(z, x, y): picture() for z in range(3) for x in range(1 << z) for y in range(1 << z)}
    name = f"x.{make.__name__}"
    good = make(tmp_path / name, content).read_bytes()
    head = 127 + 400 if make is pmtiles else 200  # what says where everything lies
    opened = 0
    for n in range(400):
        chance = dice(1, name, n)
        spoiled = flip(good[:head], chance) + good[head:] if n % 2 else flip(good, chance)
        path = tmp_path / f"{n}-{name}"
        path.write_bytes(spoiled[: chance.randrange(len(spoiled))] if n % 10 == 0 else spoiled)
        try:
            base = tiles.open_base(str(path))
        except UserError as error:
            assert error.message.endswith(".")
            continue
        opened += 1
        assert base.file is not None
        for place in PLACES:
            base.tile(*place)
        base.file.close()
    assert 50 < opened < 400


def view(path: Path, tiles_sql: str) -> Path:
    """A file whose tiles are what a query of its own says."""
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    base.execute(f"CREATE VIEW tiles AS {tiles_sql}")
    base.commit()
    base.close()
    return path


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT i"


def test_a_query_without_an_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dispatch_console.ui.map.mbtiles._LONGEST_S", 0.2)
    path = view(
        tmp_path / "x.mbtiles",
        f"{ENDLESS} AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM n",
    )
    with pytest.raises(UserError, match="cannot be read as a map file"):
        MbTiles(path)


@pytest.mark.parametrize("data", ["'text'", "1000000000000", "NULL", "1.5", "''"])
def test_what_is_no_tile_is_none(tmp_path: Path, data: str) -> None:
    sql = f"SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, {data} AS tile_data"
    file = MbTiles(view(tmp_path / "x.mbtiles", sql))
    assert (file.tile(0, 0, 0), file.any_tile()) == (None, None)
    file.close()


def test_zooms_that_are_no_numbers(tmp_path: Path) -> None:
    sql = "SELECT 'deep' AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'00' AS tile_data"
    with pytest.raises(UserError, match="cannot be read as a map file"):
        MbTiles(view(tmp_path / "x.mbtiles", sql))


def test_a_header_that_lies(tmp_path: Path, qapp: object) -> None:
    """Parts of many gigabytes, and far behind the end."""
    path = pmtiles(tmp_path / "x.pmtiles", {(0, 0, 0): picture()})
    good = path.read_bytes()
    for field in range(8):
        for lie in (2**63 - 1, 2**40, 2**64 - 1):
            data = bytearray(good)
            struct.pack_into("<Q", data, 8 + 8 * field, lie)
            path.write_bytes(data)
            try:
                base = tiles.open_base(str(path))
            except UserError:
                continue
            assert base.file is not None
            base.tile(0, 0, 0)
            base.file.close()
