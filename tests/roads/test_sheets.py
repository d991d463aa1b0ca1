"""Driver sheets on the roads of a pack: the sample's day in its town, and what `plan --roads` writes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.cli import plan
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.manifests import sketch
from dispatch_console.manifests.lines import route_lines
from dispatch_console.services import days, manifests, sample, travel
from dispatch_console.services.manifests import Document, Edition, Kind
from dispatch_console.services.regions import use
from dispatch_console.services.sheet_ways import SheetWays
from dispatch_console.store.store import open_store
from tests.roads.tiny import CORNERS, YARD, plan_words
from tests.unit.manifests_day import PRINTED
from tests.unit.roads_day import CREDIT


@pytest.fixture(scope="module")
def town_day(town_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """The sample's day on the roads of its town, which answer as long as it is there."""
    folder = tmp_path_factory.mktemp("town")
    store = open_store(folder / "day.db")
    day = days.open_day(store, sample.ensure(store).id, sample.day())
    store.close()
    with use.roads(str(town_pack), "van", folder / "cache") as roads:
        yield replace(day.with_travel(travel.matrix(day.places(), roads)), approval=Approval(DayState.APPROVED))


def test_the_ways_of_a_sheet_are_those_of_its_times(town_day: Day) -> None:
    ways = SheetWays(town_day)
    for route in manifests.routes_with_stops(town_day):
        legs = ways.of(route)
        assert sum(leg.metres for leg in legs.values()) == pytest.approx(town_day.schedules[route].drive_m, abs=50)


def test_sketches_follow_the_streets_of_the_town(town_day: Day) -> None:
    ways = SheetWays(town_day)
    for route in manifests.routes_with_stops(town_day):
        lines = route_lines(town_day, route)
        on_road, straight = (
            sketch.sketch(town_day, route, lines, ways=ways.of(route)),
            sketch.sketch(town_day, route, lines),
        )
        assert on_road is not None
        assert straight is not None
        assert len(on_road.line) > len(straight.line) + 5
        assert [dot.number for dot in on_road.dots] == [dot.number for dot in straight.dots]
        assert 1 <= len(on_road.arrows) <= len(lines) + 1
        for x, y in on_road.line:
            assert 0 <= x <= sketch.WIDTH
            assert 0 <= y <= sketch.HEIGHT


def test_all_papers_of_the_town_that_show_its_roads_name_them(town_day: Day) -> None:
    routes = manifests.routes_with_stops(town_day)
    run = Edition(PRINTED, "S. Halloran", dict.fromkeys(routes, 1))
    sheets = manifests.build(town_day, Kind.DRIVER_SHEET, routes, run)
    assert len(sheets) == len(routes) > 5
    assert all(CREDIT in sheet.html for sheet in sheets)
    assert "OpenStreetMap" in manifests.build(town_day, Kind.DAY_SUMMARY, routes, run)[0].html


def test_the_sheets_of_a_plan_by_command_line_follow_its_roads(
    tiny_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From corner 1 over 2 and 3 to 4, and into the private yard: not a leg is straight."""
    monkeypatch.setattr(use, "cache_folder", lambda: tmp_path / "cache")
    places = {"A1": CORNERS[2], "A2": CORNERS[3], "A3": YARD}
    parser = argparse.ArgumentParser()
    plan.add_arguments(parser)
    words = [*plan_words(tmp_path, places), "--seconds", "0.2", "--out", str(tmp_path / "out")]
    made: list[Document] = []

    def render(documents: Sequence[Document]) -> bytes:
        made.extend(documents)
        return b"pages"

    args = parser.parse_args([*words, "--roads", str(tiny_pack)], argparse.Namespace(day=None, render=render))
    assert plan.run(args) == 0
    assert (tmp_path / "out" / "manifests.pdf").read_bytes() == b"pages"
    (sheet,) = (one for one in made if one.kind is Kind.DRIVER_SHEET)
    assert CREDIT in sheet.html
    points = sheet.html.partition("<polyline")[2].partition('points="')[2].partition('"')[0].split()
    assert len(points) > 3 + 2 + 2, "more than its three stops and the depot twice"
