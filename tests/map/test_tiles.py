"""Base maps: files of tiles, online addresses, and whose data is named."""

from __future__ import annotations

import gzip
import http.server
import json
import sqlite3
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.tile_numbers import tile_id
from dispatch_console.ui.map import tiles
from dispatch_console.ui.map.mbtiles import MbTiles
from dispatch_console.ui.map.pmtiles import PmTiles
from tests import factories
from tests.map.conftest import Hand


def picture(colour: str = "#3366CC") -> bytes:
    """A tile of one colour as PNG."""
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def mbtiles(path: Path, content: dict[tuple[int, int, int], bytes], attribution: str = "") -> Path:
    """content: (zoom, column, row from the north) → tile."""
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    base.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
    base.executemany("INSERT INTO metadata VALUES (?, ?)", [("name", "Test"), ("attribution", attribution)])
    rows = [(z, x, (1 << z) - 1 - y, data) for (z, x, y), data in content.items()]
    base.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    base.commit()
    base.close()
    return path


def pmtiles(path: Path, content: dict[tuple[int, int, int], bytes], attribution: str = "") -> Path:
    """The same as a .pmtiles file with one directory for each half of the tiles below a root."""
    entries = sorted((tile_id(*place), data) for place, data in content.items())
    blob, placed = b"", list[tuple[int, int, int, int]]()
    for id, data in entries:
        placed.append((id, 1, len(blob), len(data)))
        blob += data
    half = (len(placed) + 1) // 2
    leaves = [gzip.compress(_directory(part)) for part in (placed[:half], placed[half:]) if part]
    starts = [part[0][0] for part in (placed[:half], placed[half:]) if part]
    offsets = [sum(len(leaf) for leaf in leaves[:i]) for i in range(len(leaves))]
    root_entries = [(s, 0, o, len(leaf)) for s, o, leaf in zip(starts, offsets, leaves, strict=True)]
    root = gzip.compress(_directory(root_entries))
    about = gzip.compress(json.dumps({"attribution": attribution}).encode())
    at = 127
    sections = []
    for part in (root, about, b"".join(leaves), blob):
        sections += [at, len(part)]
        at += len(part)
    zooms = [z for z, _, _ in content]
    counts = (len(placed), len(placed), len(placed))
    flags = (1, 2, 1, 2, min(zooms), max(zooms))  # clustered, directories gzip, tiles as they are, PNG
    head = struct.pack("<7sB8Q3Q6B", b"PMTiles", 3, *sections, *counts, *flags).ljust(127, b"\0")
    path.write_bytes(head + root + about + b"".join(leaves) + blob)
    return path


def _directory(entries: list[tuple[int, int, int, int]]) -> bytes:
    out = _varint(len(entries))
    last = 0
    for id, _, _, _ in entries:
        out += _varint(id - last)
        last = id
    for column in (1, 3):
        for entry in entries:
            out += _varint(entry[column])
    for _, _, offset, _ in entries:
        out += _varint(offset + 1)
    return out


def _varint(value: int) -> bytes:
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


@pytest.fixture
def content(qapp: object) -> dict[tuple[int, int, int], bytes]:
    return {
        (0, 0, 0): picture(),
        (1, 0, 0): picture("#111111"),
        (1, 1, 0): picture("#222222"),
        (1, 1, 1): b"\xff\xd8x",
    }


@pytest.mark.parametrize(("make", "read"), [(mbtiles, MbTiles), (pmtiles, PmTiles)])
def test_both_kinds_give_back_every_tile(
    tmp_path: Path,
    content: dict[tuple[int, int, int], bytes],
    make: Callable[..., Path],
    read: Callable[[Path], tiles.TileFile],
) -> None:
    file = read(make(tmp_path / "a.file", content, "© OpenStreetMap contributors"))
    assert {place: file.tile(*place) for place in content} == content
    assert file.tile(1, 0, 1) is None
    assert file.tile(9, 3, 3) is None
    assert (file.min_zoom, file.max_zoom) == (0, 1)
    assert file.attribution == "© OpenStreetMap contributors"
    file.close()


def test_tile_numbers_follow_the_hilbert_curve() -> None:
    # From the specification's table: zoom 0, then the four of zoom 1, then on to zoom 2.
    assert [tile_id(0, 0, 0), tile_id(1, 0, 0), tile_id(1, 0, 1), tile_id(1, 1, 1), tile_id(1, 1, 0)] == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert tile_id(2, 0, 0) == 5
    assert tile_id(12, 3423, 1763) == 19078479
    numbers = {tile_id(3, x, y) for x in range(8) for y in range(8)}
    assert numbers == set(range(21, 85))


@pytest.mark.parametrize("name", ["x.mbtiles", "x.pmtiles"])
@pytest.mark.parametrize(
    "junk", [b"", b"PMTiles\x03", b"SQLite format 3\0", b"\0" * 500, b"PMTiles\x03" + b"\xff" * 300]
)
def test_junk_gets_one_sentence(tmp_path: Path, name: str, junk: bytes) -> None:
    (tmp_path / name).write_bytes(junk)
    with pytest.raises(UserError, match=r"cannot be read|holds no pictures"):
        tiles.open_base(str(tmp_path / name))


def test_vector_tiles_are_refused(tmp_path: Path) -> None:
    path = mbtiles(tmp_path / "v.mbtiles", {(0, 0, 0): gzip.compress(b"vector")})
    with pytest.raises(UserError, match="holds no pictures"):
        tiles.open_base(str(path))


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        ("gone.mbtiles", "is not there any more"),
        ("https://tile.example/{z}/{x}.png", "needs {z}, {x} and {y}"),
        ("https:///{z}/{x}/{y}", "not a tile address"),
        ("https://{s}.tile.example/{z}/{x}/{y}.png", "not a tile address"),
    ],
)
def test_bad_choices_say_what_is_wrong(choice: str, problem: str) -> None:
    with pytest.raises(UserError, match=problem):
        tiles.open_base(choice)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "map.zip").write_bytes(b"x")
    with pytest.raises(UserError, match="ends in"):
        tiles.open_base(str(tmp_path / "map.zip"))


def test_whose_data_is_named() -> None:
    assert tiles.open_base("").credit == ""
    assert tiles.open_base("https://tile.example/{z}/{x}/{y}.png").credit == tiles.OSM_CREDIT
    assert tiles.credit('&copy; <a href="https://www.openstreetmap.org">OpenStreetMap</a>') == tiles.OSM_CREDIT
    assert tiles.credit("<b>Survey of Lindmoor</b> 2026") == "Survey of Lindmoor 2026"
    assert tiles.credit("") == ""


def test_only_the_chosen_host_is_let_through() -> None:
    assert tiles.open_base("https://Tile.Example/{z}/{x}/{y}.png").host == "tile.example:443"
    assert tiles.open_base("http://127.0.0.1:8080/{z}/{x}/{y}.png").host == "127.0.0.1:8080"


# --- on the page ---


def test_a_file_of_tiles_lies_under_the_routes(open_map: Callable[[Day], Hand], tmp_path: Path) -> None:
    everywhere = {(z, x, y): picture() for z in range(4) for x in range(1 << z) for y in range(1 << z)}
    path = mbtiles(tmp_path / "all.mbtiles", everywhere, "© OpenStreetMap contributors")
    hand = open_map(factories.small_day())
    hand.pane.set_base(str(path))
    shown = hand.until(lambda shown: shown["layers"]["tiles"])
    assert shown["credit"] == "© OpenStreetMap contributors"
    count = "document.querySelectorAll('.leaflet-tile-loaded').length"
    hand.qtbot.waitUntil(lambda: hand.js(count) > 0)
    assert hand.pane.view.guard.blocked == set()
    hand.pane.set_base("")
    shown = hand.until(lambda shown: not shown["layers"]["tiles"])
    assert shown["credit"] == ""
    assert hand.js("document.querySelectorAll('.leaflet-tile').length") == 0


@pytest.fixture
def tile_server(qapp: object) -> Iterator[tuple[str, list[str]]]:
    """A server of one tile on this machine: its address and the paths asked of it."""
    asked: list[str] = []
    tile = picture()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(tile)))
            self.end_headers()
            self.wfile.write(tile)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_online_tiles_only_once_they_are_chosen(hand: Hand, tile_server: tuple[str, list[str]]) -> None:
    address, asked = tile_server
    assert asked == []
    hand.pane.layers.base_wanted.emit(address + "/{z}/{x}/{y}.png")
    hand.qtbot.waitUntil(lambda: len(asked) >= 4)
    shown = hand.until(lambda shown: shown["layers"]["tiles"])
    assert shown["credit"] == "© OpenStreetMap contributors"
    assert all(path.endswith(".png") for path in asked)
    hand.pane.layers.base_wanted.emit("")
    hand.until(lambda shown: not shown["layers"]["tiles"])
    before = len(asked)
    hand.js("(() => { const i = new Image(); i.onerror = () => window.image = 'refused'; "
            f"i.src = '{address}/1/1/1.png?again'; return 1; }})()")  # fmt: skip
    hand.qtbot.waitUntil(lambda: hand.js("window.image || ''") == "refused")
    assert len(asked) == before


def test_a_choice_is_told_to_be_kept_and_a_bad_one_is_not(hand: Hand) -> None:
    kept: list[str] = []
    said: list[str] = []
    hand.pane.base_changed.connect(kept.append)
    hand.desk.message.connect(lambda text, kind: said.append(kind))
    hand.pane.layers.base_wanted.emit("gone.mbtiles")
    assert (kept, said) == ([], ["error"])
    assert hand.pane.layers.plain.isChecked()
    hand.pane.layers.base_wanted.emit("")
    assert kept == [""]
