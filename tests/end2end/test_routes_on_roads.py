"""Routes follow roads: a planned day in Liechtenstein, and the sample's town, in the real window on their packs.

With PICTURES=FOLDER it leaves pictures there, light and dark, of the whole and of one route close by.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.places import Place
from dispatch_console.services import travel
from dispatch_console.services.regions import build
from dispatch_console.ui.map import lines
from dispatch_console.ui.shell import shot
from tests import patience
from tests.end2end import valley
from tests.end2end.windows import Open

#: Of a PNG, by Qt's count.
_SMALLEST = 0


@pytest.fixture(scope="session")
def liechtenstein(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(the extract, its pack for vans)."""
    extract, pack = shared / "osm" / "liechtenstein.osm.pbf", tmp_path_factory.mktemp("liechtenstein") / "pack"
    building = build.start(extract, pack, build.Options("Liechtenstein"))
    building.wait_for_end(patience.PATIENCE_S)
    building.result()
    return extract, pack


@pytest.mark.shared
@pytest.mark.parametrize("dark", [False, True])
def test_in_liechtenstein(
    dark: bool, liechtenstein: tuple[Path, Path], open_program: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    extract, pack = liechtenstein
    program = open_program(pack, fill=valley.fill(extract, pack, tmp_path / "planned"), dark=dark)
    follow_roads(program, qtbot)
    assert len(program.desk.day.plan.pool.stops) <= 1
    assert program.desk.region.attribution == "© OpenStreetMap contributors"
    picture(program, qtbot, "liechtenstein", dark)
    vaduz = [s for s in program.desk.day.stops.values() if s.order.address.city == "Vaduz"]
    route = max(
        program.desk.day.shifts, key=lambda id: sum(s.id in program.desk.day.plan.route(id).stops for s in vaduz)
    )
    program.desk.select([program.desk.day.plan.route(route).stops[0]], program.desk.day.plan.route(route).stops[0])
    show(program, qtbot, Place(47.1405, 9.5215), 15)
    picture(program, qtbot, "liechtenstein-vaduz", dark)
    program.window.resize(1280, 720)  # as it stands in the README
    show(program, qtbot, Place(47.1405, 9.5215), 14)
    picture(program, qtbot, "liechtenstein-small", dark)


@pytest.mark.parametrize("dark", [False, True])
def test_in_the_samples_town(dark: bool, town_pack: Path, open_program: Open, qtbot: QtBot) -> None:
    program = open_program(town_pack, dark=dark)
    follow_roads(program, qtbot)
    picture(program, qtbot, "town", dark)
    show(program, qtbot, program.desk.day.depot.place, 15)
    picture(program, qtbot, "town-close", dark)


def follow_roads(program: app.Program, qtbot: QtBot) -> None:
    """The page draws every leg along the road that it is driven on, and that is as long as the day counts."""
    desk, view = program.desk, program.parts.map.view
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("pack:"))
    wanted = list(lines.pairs(desk.day))
    assert len(wanted) > 60
    shown = until(program, qtbot, lambda shown: shown["roads"] >= len(wanted) and not view.lines.waiting)
    assert shown["base"]["missing"] == 0 or until(program, qtbot, lambda shown: shown["base"]["missing"] == 0)
    ways = travel.legs(wanted, desk.region.roads)
    driven = straight = 0.0
    for (a, b), way in zip(wanted, ways, strict=True):
        assert way is not None
        along = sum(metres(*pair) for pair in pairwise(way.line))
        assert along == pytest.approx(desk.day.travel.leg(a, b)[1], rel=0.02, abs=25)
        driven, straight = driven + along, straight + metres(a, b)
    assert driven > 1.1 * straight


def metres(a: Place, b: Place) -> float:
    east = math.cos(math.radians(a.lat)) * (b.lon - a.lon)
    return 111_195 * math.hypot(b.lat - a.lat, east)


def show(program: app.Program, qtbot: QtBot, middle: Place, zoom: float) -> None:
    js(program, qtbot, f"map_base.setView([{middle.lat}, {middle.lon}], {zoom}, {{animate: false}}) && 1")
    qtbot.wait(300)
    until(program, qtbot, lambda shown: shown["base"]["missing"] == 0)


def picture(program: app.Program, qtbot: QtBot, name: str, dark: bool) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        qtbot.wait(800)  # tiles fade in
        file = str(Path(folder) / f"{name}-{'dark' if dark else 'light'}.png")
        shot.framed(program.window).save(file, quality=_SMALLEST)


def until(program: app.Program, qtbot: QtBot, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    last: list[dict[str, Any]] = []

    def look() -> bool:
        text = js(program, qtbot, "window.inspectMap ? inspectMap() : ''")
        last[:] = [json.loads(text)] if text else []
        return bool(last) and holds(last[0])

    qtbot.waitUntil(look)
    return last[0]


def js(program: app.Program, qtbot: QtBot, script: str) -> Any:
    found: list[str] = []
    program.parts.map.view.page.runJavaScript(f"JSON.stringify({script})", found.append)
    qtbot.waitUntil(lambda: bool(found))
    return json.loads(found[0]) if found[0] else None
