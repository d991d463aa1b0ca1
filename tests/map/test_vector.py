"""The map of a region: vector tiles that the page draws itself, and routes along its roads."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.services import placing
from dispatch_console.ui.map import lines, tiles
from dispatch_console.ui.map.pmtiles import PmTiles
from dispatch_console.ui.theme import look, tokens
from tests import factories
from tests.map.conftest import Hand
from tests.patience import PatientBot
from tests.roads import drawn


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map file around the depot of `factories.small_day`."""
    return drawn.map_file(tmp_path_factory.mktemp("region"), factories.small_day().depot.place)


# --- the file ---


def test_the_regions_map_is_what_an_empty_choice_takes(region: Path) -> None:
    base = tiles.open_base("", region)
    assert (base.kind, base.schema, base.credit) == ("vector", "region", tiles.OSM_CREDIT)
    assert base.file is not None
    base.file.close()
    assert tiles.open_base(tiles.PLAIN, region) == tiles.Base()
    assert tiles.open_base("") == tiles.Base()
    with pytest.raises(UserError, match="is not there any more"):
        tiles.open_base("", region.with_name("gone.pmtiles"))


def test_vector_tiles_are_served_unpacked_and_a_missing_or_damaged_one_is_empty(region: Path) -> None:
    base = tiles.open_base("", region)
    file = base.file
    assert isinstance(file, PmTiles)
    content = file.any_tile()
    assert content is not None
    found = next(at for at in _some_tiles() if file.tile(*at))
    served = base.tile(*found)
    assert served is not None
    assert served[0] == gzip.decompress(file.tile(*found) or b"")
    assert base.tile(12, 0, 0) == (b"", b"application/octet-stream")
    assert tiles.unpacked(content[:-4]) == b""
    assert tiles.unpacked(b"\x1f\x8b" + b"x" * 50) == b""
    assert tiles.unpacked(gzip.compress(bytes(20 << 20))) == b""
    assert tiles.unpacked(b"plain") == b"plain"
    file.close()


def _some_tiles() -> list[tuple[int, int, int]]:
    return [(6, column, row) for column in range(64) for row in range(64)]


@pytest.mark.parametrize(
    ("layers", "schema"),
    [
        (("land", "water", "roads", "places", "buildings"), "region"),
        (("earth", "water", "landuse", "roads", "pois"), "protomaps"),
    ],
)
def test_a_users_own_vector_file_is_taken_if_its_layers_are_known(
    tmp_path: Path, layers: Sequence[str], schema: str
) -> None:
    base = tiles.open_base(str(_vector(tmp_path / "own.mbtiles", layers)))
    assert (base.kind, base.schema, base.credit) == ("vector", schema, tiles.OSM_CREDIT)
    assert base.file is not None
    base.file.close()


def test_other_vector_files_are_refused(tmp_path: Path) -> None:
    path = _vector(tmp_path / "strange.mbtiles", ("geology",))
    with pytest.raises(UserError, match="nor vector tiles in a schema that is known"):
        tiles.open_base(str(path))


def _vector(path: Path, layers: Sequence[str]) -> Path:
    about = json.dumps({"vector_layers": [{"id": id} for id in layers]})
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    base.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
    base.execute("INSERT INTO metadata VALUES ('json', ?)", (about,))
    base.execute("INSERT INTO tiles VALUES (0, 0, 0, ?)", (gzip.compress(b"vector"),))
    base.commit()
    base.close()
    return path


# --- on the page ---


@pytest.fixture
def mapped(open_map: Callable[[Day], Hand], region: Path) -> Hand:
    """The map of a small day with its region under it, drawn."""
    hand = open_map(factories.small_day())
    hand.pane.set_region(region)
    hand.until(lambda shown: shown["base"]["first"] > 0 and shown["base"]["missing"] == 0)
    return hand


def test_it_is_drawn_with_its_names_and_whose_data_it_is(mapped: Hand) -> None:
    shown = mapped.until(lambda shown: bool(shown["named"]))
    assert shown["named"] == [drawn.NAME]  # as text, whatever it says; the addresses' own names give way
    assert shown["credit"] == "© OpenStreetMap contributors"
    assert shown["base"]["needed"] > 0
    assert mapped.pane.view.guard.blocked == set()
    assert mapped.pane.layers.region.isChecked()
    colours = _colours(mapped)
    assert {tokens.LIGHT["map_wood"], tokens.LIGHT["map_water"], tokens.LIGHT["map_land"]} <= colours
    mapped.pane.layers.towns.setChecked(False)
    mapped.until(lambda shown: not shown["named"] or shown["labels"] == 0)


def test_it_takes_the_colours_of_the_theme(mapped: Hand) -> None:
    look.set_dark(True)
    mapped.desk.theme_changed.emit()
    mapped.until(lambda shown: shown["dark"])
    mapped.qtbot.waitUntil(lambda: {tokens.DARK["map_wood"], tokens.DARK["map_land"]} <= _colours(mapped))
    assert tokens.LIGHT["map_wood"] not in _colours(mapped)


def _colours(hand: Hand) -> set[str]:
    """Colours on the canvases of the tiles in the page, as tokens write them."""
    numbers = hand.js(
        """[...new Set([...document.querySelectorAll("canvas.leaflet-tile")].filter((tile) => tile.width).flatMap(
          (tile) => [...new Set(new Uint32Array(
            tile.getContext("2d").getImageData(0, 0, tile.width, tile.height).data.buffer))]))]"""
    )
    return {f"#{n & 255:02X}{n >> 8 & 255:02X}{n >> 16 & 255:02X}" for n in numbers}


def test_tiles_fill_whole_pixels_at_any_zoom_and_a_missing_one_is_no_failure(mapped: Hand) -> None:
    mapped.js("map_base.setView(map_base.getCenter(), 12.37, {animate: false}) && 1")
    mapped.until(lambda shown: abs(shown["zoom"] - 12.37) < 0.01 and shown["base"]["missing"] == 0)
    width = 256 * 2 ** (mapped.shown()["zoom"] - 12)
    assert width == pytest.approx(round(width), abs=1e-6)
    canvases = "[...document.querySelectorAll('canvas.leaflet-tile')].map((tile) => tile.width).filter((w) => w)"
    mapped.qtbot.waitUntil(lambda: set(mapped.js(canvases)) == {round(width) + 1})
    mapped.js("fetch('/tiles/12/5/5').then(async (a) => window.empty = (await a.arrayBuffer()).byteLength) && 1")
    mapped.qtbot.waitUntil(lambda: mapped.js("window.empty ?? -1") == 0)


def test_another_base_map_or_none_can_be_chosen_and_the_region_again(mapped: Hand) -> None:
    kept: list[str] = []
    mapped.pane.base_changed.connect(kept.append)
    mapped.pane.layers.plain.trigger()
    shown = mapped.until(lambda shown: shown["base"]["needed"] == 0)
    assert (shown["credit"], shown["layers"]["tiles"]) == ("", False)
    assert mapped.pane.layers.plain.isChecked()
    mapped.pane.layers.region.trigger()
    mapped.until(lambda shown: shown["base"]["first"] > 0 and shown["credit"] != "")
    assert kept == [tiles.PLAIN, ""]
    mapped.pane.set_region(None)
    mapped.until(lambda shown: shown["base"]["needed"] == 0)
    assert not mapped.pane.layers.region.isVisible()
    assert mapped.pane.layers.plain.isChecked()


def test_a_regions_map_that_cannot_be_read_leaves_a_plain_one(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "map.pmtiles").write_bytes(b"PMTiles\x03")
    with pytest.raises(UserError, match="cannot be read as a map file"):
        hand.pane.set_region(tmp_path / "map.pmtiles")
    assert hand.pane.layers.plain.isChecked()
    assert not hand.pane.layers.region.isVisible()


# --- routes along roads ---


class Roads:
    """Finds every way, round a corner in the north; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[lines.Pair] = []
        self.broken = False

    def __call__(self, pairs: Sequence[lines.Pair]) -> list[Leg | None]:
        self.asked += pairs
        if self.broken:
            raise RuntimeError("the engine is gone")
        return [self.leg(a, b) for a, b in pairs]

    def leg(self, a: Place, b: Place) -> Leg:
        return Leg(1000, 60, (a, self.corner(a, b), b))

    def corner(self, a: Place, b: Place) -> Place:
        return Place(round(max(a.lat, b.lat) + 0.004, 6), round((a.lon + b.lon) / 2, 6))


def test_legs_are_told_once_and_asked_again_only_where_a_place_is_another(qtbot: PatientBot) -> None:
    roads, told = Roads(), list[dict[str, object]]()
    route_lines = lines.RouteLines()
    route_lines.told.connect(lambda text: told.append(json.loads(text)))
    a, b, c = Place(54.9, 2.6), Place(54.91, 2.600002), Place(54.92, 2.62)
    route_lines.want([(a, b)])
    assert told == []
    route_lines.use(roads)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[0] == {"forget": True, "lines": {}}
    key, numbers = "54900000,2600000,54910000,2600002", [54900000, 2600000, 14000, 1, -4000, 1]
    assert told[1] == {"forget": False, "lines": {key: numbers}}
    route_lines.want([(a, b), (b, c)])
    qtbot.waitUntil(lambda: len(told) == 3)
    assert roads.asked == [(a, b), (b, c)]
    route_lines.again()
    lines_told = told[3]["lines"]
    assert isinstance(lines_told, dict)
    assert len(lines_told) == 2
    route_lines.close()


def test_a_place_between_two_millionths_is_named_as_the_page_names_it(hand: Hand) -> None:
    """Most places of an extract have seven digits; Python's own rounding takes halves to the even side."""
    places = [Place(47.1 + k * 0.0000005, 9.5 + k * 0.0000015) for k in range(40)]
    rounded = "(degrees) => Math.round(degrees * 1e6)"  # as `legName` in ways.js
    named = hand.js(f"{json.dumps(places)}.map(({{0: a, 1: b}}) => [a, b, a, b].map({rounded}).join())")
    told: list[str] = []
    route_lines = lines.RouteLines()
    route_lines.told.connect(lambda text: told.extend(json.loads(text)["lines"]))
    route_lines.use(lambda pairs: [None] * len(pairs))
    route_lines.want([(place, place) for place in places])
    hand.qtbot.waitUntil(lambda: len(told) == len(places))
    assert told == named
    route_lines.close()


def test_without_an_answer_lines_stay_straight_and_are_asked_for_at_the_next_change(qtbot: PatientBot) -> None:
    roads, route_lines = Roads(), lines.RouteLines()
    told: list[str] = []
    route_lines.told.connect(told.append)
    roads.broken = True
    pair = (Place(54.9, 2.6), Place(54.91, 2.6))
    route_lines.want([pair])
    route_lines.use(roads)
    qtbot.waitUntil(lambda: not route_lines.waiting)
    assert len(told) == 1
    roads.broken = False
    route_lines.want([pair])
    qtbot.waitUntil(lambda: len(told) == 2)
    assert roads.asked == [pair, pair]
    route_lines.close()


def test_whose_the_roads_are_is_told_on_any_base_map_and_once(mapped: Hand) -> None:
    view = mapped.pane.view
    view.set_legs(Roads(), tiles.OSM_CREDIT)
    assert mapped.until(lambda shown: shown["roads"] > 0)["credit"] == tiles.OSM_CREDIT, "not twice"
    mapped.pane.layers.plain.trigger()
    assert mapped.until(lambda shown: shown["base"]["needed"] == 0)["credit"] == tiles.OSM_CREDIT
    view.set_base(tiles.Base(credit="© Somebody"))
    mapped.until(lambda shown: shown["credit"] == f"© Somebody · {tiles.OSM_CREDIT}")
    view.set_legs(None)
    mapped.until(lambda shown: shown["credit"] == "© Somebody")


def test_routes_follow_the_roads_and_a_drag_finds_them_there(hand: Hand) -> None:
    roads = Roads()
    hand.pane.view.set_legs(roads)
    legs = lines.pairs(hand.day)
    hand.until(lambda shown: shown["roads"] == len(legs))
    a, b = next(iter(legs))
    corner = roads.corner(a, b)
    x, y = hand.js(f"(({{x, y}}) => [x, y])(map_base.latLngToContainerPoint([{corner.lat}, {corner.lon}]))")
    first = next(iter(hand.day.shifts))
    hand.pane.view.bridge.hovered.emit(x, y, False)
    hand.until(lambda shown: shown["target"] is not None and shown["target"]["route"] == first)
    hand.pane.view.bridge.hovered.emit(-1, -1, False)
    # A stop moved: only the legs that end or begin at it are asked for.
    stop = hand.day.plan.route(first).stops[0]
    before = len(roads.asked)
    (loose,) = hand.day.unassigned
    place = hand.day.stops[loose].place
    assert place is not None
    placing.set_pin(hand.desk.session, stop, place)
    hand.until(lambda shown: shown["roads"] > len(legs))
    assert 1 <= len(roads.asked) - before <= 2
    hand.pane.view.set_legs(None)
    hand.until(lambda shown: shown["roads"] == 0)
