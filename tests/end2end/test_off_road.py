"""A pin that no road reaches, in the whole program: marked wherever a stop is shown, and in nobody's way."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.rules import Rule
from dispatch_console.services import departure, dispatch, travel
from dispatch_console.services.incidents import Kind, incidents
from dispatch_console.ui.answers import AnswerPopup
from dispatch_console.ui.shell import shot
from tests import town
from tests.end2end.windows import Open

ISLAND = town.ends(town.special("island"))[0]


@pytest.fixture
def program(open_program: Open, town_pack: Path, qtbot: QtBot) -> app.Program:
    program = open_program(town_pack)
    qtbot.waitUntil(lambda: program.desk.day.travel.provider.startswith("pack:"))
    return program


def wild(program: app.Program) -> Place:
    """The place of the region that is farthest from its roads."""
    pack = program.desk.region.pack
    assert pack is not None
    west, south, east, north = pack.manifest.bbox
    grid = [
        Place(south + (north - south) * i / 20, west + (east - west) * k / 20)
        for i in range(1, 20)
        for k in range(1, 20)
    ]
    snaps = [snap for snap in pack.engine.check("van", grid) if snap.problem == "far" and snap.metres is not None]
    return max(snaps, key=lambda snap: snap.metres or 0).place


def look(program: app.Program, name: str) -> None:
    """A picture for whoever wants to look (PICTURES: a folder)."""
    if folder := os.environ.get("PICTURES"):
        shot.framed(program.window).save(f"{folder}/{name}.png")


@pytest.mark.parametrize("where", ["far", "island"])
def test_a_pin_that_no_road_reaches(where: str, program: app.Program, qtbot: QtBot) -> None:
    desk, pin = program.desk, program.parts.map.view.gestures.pin_moved
    stop = desk.day.unassigned[0] if desk.day.unassigned else desk.day.without_place[0]
    home = desk.day.stops[stop].pin or desk.day.depot.place
    pin(stop, wild(program) if where == "far" else ISLAND)
    qtbot.waitUntil(lambda: stop in desk.day.off_road)
    sentence = desk.day.stops[stop].off_road
    assert sentence.startswith(desk.day.stops[stop].order.reference)
    told = "from the nearest road that a van may drive" if where == "far" else "that no van can come to"
    assert told in sentence

    assert stop not in desk.day.unassigned  # what a plan may take
    assert program.parts.orders.model.state_word(stop) == "no road"
    (incident,) = [one for one in incidents(desk.day) if one.kind is Kind.OFF_ROAD]
    assert incident.sentence == sentence
    assert sentence in [problem.sentence for problem in departure.problems(desk.day)]
    assert said_of(program, stop, qtbot) == sentence

    route = next(id for id, schedule in desk.day.schedules.items() if len(schedule.visits) > 3)
    was = desk.day.schedules[route]
    desk.do(dispatch.move, desk.session, [stop], route, 2)
    now = desk.day.schedules[route]
    assert now.visits[2].stop == stop
    assert (now.end, now.drive_m, now.late_s) == (was.end, was.drive_m, was.late_s)
    assert [broken.stop for broken in now.broken if broken.rule is Rule.NO_PLACE] == [stop]
    assert next(lane for lane in program.parts.board.view.lanes if lane.id == route).card(2).eta == "no road"
    look(program, f"off-road-{where}")

    pin(stop, home)
    qtbot.waitUntil(lambda: not desk.day.off_road)
    assert desk.day.schedules[route].drive_m > was.drive_m


def said_of(program: app.Program, stop: StopId, qtbot: QtBot) -> str:
    """What F2 says."""
    desk = program.desk
    desk.select([stop], stop)
    qtbot.wait(300)
    assert desk.run("orders.why")
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, AnswerPopup)
    if folder := os.environ.get("PICTURES"):
        shot.framed(program.window).save(f"{folder}/off-road-f2.png")
    said = popup.verdict.text()
    popup.close()
    return said


def test_a_depot_off_the_roads_is_one_sentence(program: app.Program, qtbot: QtBot) -> None:
    """The routes count from the nearest road on, and all their stops keep their places."""
    desk, place = program.desk, wild(program)
    was = desk.day
    shifts = {id: replace(shift, start_place=place, end_place=place) for id, shift in was.shifts.items()}
    moved = replace(was, depot=replace(was.depot, place=place), shifts=shifts)
    desk.session.replace_day(moved.with_travel(travel.covering(was.travel, moved.places())))
    (incident,) = [one for one in incidents(desk.day) if one.kind is Kind.START_OFF_ROAD]
    assert incident.sentence.startswith(f"{was.depot.name} is ")
    assert incident.sentence.count("from the nearest road that a van may drive") == 1
    assert not desk.day.off_road
    driven = [schedule for schedule in desk.day.schedules.values() if schedule.visits]
    assert all(0 < schedule.drive_s < 8 * 3600 for schedule in driven)
    assert not any(b.rule is Rule.UNREACHABLE for schedule in driven for b in schedule.broken)
    look(program, "off-road-depot")
