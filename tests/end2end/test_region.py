"""The whole program with a region pack: opened beside the window, refused, left, its engine killed."""

from __future__ import annotations

import shutil
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.services import sample, sample_pack, travel
from dispatch_console.services.regions import build
from dispatch_console.services.regions.current import NONE
from dispatch_console.ui.shell.regional import KEY
from tests.end2end.windows import Open
from tests.patience import PATIENCE_S


def test_the_pack_of_last_time_is_used_and_left(open_program: Open, town_pack: Path, qtbot: QtBot) -> None:
    program = open_program(town_pack)
    desk, regional = program.desk, program.parts.regional
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("pack:"))
    on_roads = sum(schedule.drive_m for schedule in desk.day.schedules.values())
    assert desk.region.roads == desk.day.travel.provider == travel.current()
    assert desk.region.attribution == "© OpenStreetMap contributors"
    assert desk.region.finder.knows
    assert program.parts.map.view.lines.follow_roads

    # Another day opens on the same roads, and edits stay on them.
    program.window.run_id("day.next")
    qtbot.waitUntil(lambda: desk.day.date > sample.day())
    assert desk.day.travel.provider == desk.region.roads
    program.window.run_id("day.previous")
    qtbot.waitUntil(lambda: desk.day.date == sample.day())
    assert sum(schedule.drive_m for schedule in desk.day.schedules.values()) == on_roads

    said: list[str] = []
    desk.message.connect(lambda text, kind: said.append(text))
    with qtbot.waitSignal(regional.settled):
        regional.use(None)
    assert desk.region is NONE
    assert desk.day.travel.provider == travel.current() == travel.ESTIMATE
    assert not program.parts.map.view.lines.follow_roads
    assert any("km" in text and "of driving" in text for text in said)
    assert not program.memory.text(KEY)


def test_what_is_no_pack_changes_nothing(open_program: Open, town_pack: Path, tmp_path: Path, qtbot: QtBot) -> None:
    program = open_program(town_pack)
    desk, regional = program.desk, program.parts.regional
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("pack:"))
    region, day = desk.region, desk.day
    spoilt = tmp_path / "spoilt"
    shutil.copytree(town_pack, spoilt)
    tiles = spoilt / "map.pmtiles"
    tiles.write_bytes(tiles.read_bytes()[:-1])
    said: list[tuple[str, str]] = []
    desk.message.connect(lambda text, kind: said.append((text, kind)))
    for folder in (tmp_path, spoilt):
        with qtbot.waitSignal(regional.settled):
            regional.use(folder)
        text, kind = said[-1]
        assert (kind, text.count(str(folder)) >= 1, text.endswith(".")) == ("error", True, True)
    assert (desk.region, desk.day, program.memory.text(KEY)) == (region, day, str(town_pack))

    with qtbot.waitSignal(regional.settled):  # the same pack again: its old engine goes, the new one answers
        regional.use(town_pack)
    assert desk.region is not region
    assert desk.day.travel.provider == desk.region.roads


@pytest.mark.logs_warnings
def test_a_killed_engine_is_started_again(open_program: Open, town_pack: Path, qtbot: QtBot) -> None:
    program = open_program(town_pack)
    desk = program.desk
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("pack:"))
    before = desk.day
    pack = desk.region.pack
    assert pack is not None
    pid = pack.engine.pid
    assert pid is not None
    psutil.Process(pid).kill()
    stop, home = before.without_place[0], before.depot.place
    program.parts.map.view.gestures.pin_moved(stop, Place(home.lat + 0.001, home.lon + 0.001))
    assert stop in desk.day.without_place  # the window does not wait for it
    qtbot.waitUntil(lambda: stop not in desk.day.without_place)
    assert desk.day.travel.provider == desk.region.roads
    assert pack.engine.pid not in (None, pid)


def test_a_trial_is_not_pulled_away(open_program: Open, town_pack: Path, qtbot: QtBot) -> None:
    program = open_program(None)
    program.desk.session.try_out()
    with pytest.raises(UserError, match="Take it over or throw it away"):
        program.parts.regional.use(town_pack)
    program.desk.session.end_trial()
    with qtbot.waitSignal(program.parts.regional.settled):
        program.parts.regional.use(town_pack)
    assert program.desk.day.travel.provider.startswith("pack:")


def test_the_files_of_the_pack_in_use_are_closed_however_its_folder_is_written(
    open_program: Open, town_pack: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = open_program(town_pack / ".." / town_pack.name)
    desk, regional = program.desk, program.parts.regional
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("pack:"))
    pack = desk.region.pack
    assert pack is not None
    regional.release(tmp_path)()
    assert pack.engine.pid is not None
    close = regional.release(town_pack)
    assert not program.parts.map.view.lines.follow_roads
    close()
    assert pack.engine.pid is None


def test_a_trial_begun_while_the_roads_change_is_followed_by_the_day_when_it_ends(
    open_program: Open, town_pack: Path, qtbot: QtBot
) -> None:
    program = open_program(None)
    desk = program.desk
    with qtbot.waitSignal(program.parts.regional.settled):
        program.parts.regional.use(town_pack)
        desk.session.try_out()
    assert desk.day.travel.provider == travel.ESTIMATE
    desk.session.end_trial()
    qtbot.waitUntil(lambda: desk.day.travel.provider == desk.region.roads)


def test_days_are_reckoned_for_the_vehicles_that_were_chosen(
    open_program: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    both = build.start(sample_pack.extract(), tmp_path / "both", build.Options(classes=("van", "bicycle")))
    both.wait_for_end(PATIENCE_S)
    both.result()
    program = open_program(tmp_path / "both")
    desk, regional = program.desk, program.parts.regional
    qtbot.waitUntil(lambda: desk.day.travel.provider.endswith(":van"))
    engine, before = desk.region.pack, desk.day.travel
    said: list[str] = []
    desk.message.connect(lambda text, kind: said.append(text))
    with qtbot.waitSignal(regional.settled):
        regional.set_class("bicycle")
    assert desk.day.travel.provider == desk.region.roads == travel.current()
    assert desk.region.roads.endswith(":bicycle")
    assert desk.region.pack is engine
    assert (desk.day.travel.durations >= before.durations).mean() > 0.9
    assert any("of driving" in text for text in said)
    with qtbot.waitSignal(regional.settled):  # remembered for the next pack and the next start
        regional.use(tmp_path / "both")
    assert desk.region.klass == "bicycle"
