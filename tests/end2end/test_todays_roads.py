"""Roads of a day in the whole program: a bridge closed, taken back, snow, another day, no pack."""

from __future__ import annotations

import errno
import math
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.day import Day
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import around
from dispatch_console.roads.pack import segments
from dispatch_console.services import road_changes, sample, travel
from dispatch_console.services.road_changes import Wanted
from dispatch_console.ui.map import lines
from tests import town
from tests.end2end.windows import Open


def on_roads(open_program: Open, pack: Path, qtbot: QtBot) -> app.Program:
    """The sample's day, on the roads of a pack."""
    program = open_program(pack)
    qtbot.waitUntil(lambda: program.desk.day.travel.provider.startswith("pack:"))
    return program


def metres(day: Day) -> int:
    return sum(schedule.drive_m for schedule in day.schedules.values())


def busy_bridge(day: Day) -> Place:
    """The middle of a bridge that the day's routes cross."""
    points = [
        point for leg in travel.legs(list(lines.pairs(day)), day.travel.provider) if leg for point in leg.line
    ]
    bridges = [town.ends(way) for way in town.read().roads if way.tags.get("bridge") == "yes"]
    middles = [Place((a.lat + b.lat) / 2, (a.lon + b.lon) / 2) for a, b in bridges]
    return min(middles, key=lambda middle: min(math.dist(middle, point) for point in points))


def said_by(program: app.Program) -> list[str]:
    said: list[str] = []
    program.desk.message.connect(lambda text, kind: said.append(text))
    return said


def test_a_closed_bridge_makes_detours_until_it_is_taken_back(
    open_program: Open, town_pack: Path, qtbot: QtBot
) -> None:
    program = on_roads(open_program, town_pack, qtbot)
    desk, regional, lined = program.desk, program.parts.regional, program.parts.map.view.lines
    plain, said = desk.day, said_by(program)
    bridge = Area("closed", around(busy_bridge(plain), 15), note="bridge")

    with qtbot.waitSignal(regional.settled):
        made = road_changes.add(desk.session, Wanted(bridge), desk.clock())
    closed = desk.day
    assert metres(closed) > metres(plain)
    assert closed.travel.provider.startswith(f"{desk.region.roads}:")
    assert "of driving" in said[-1]
    assert said[-1].startswith("The roads of this day: ")
    qtbot.waitUntil(lambda: not lined.waiting)
    along = travel.legs(list(lines.pairs(closed)), closed.travel.provider)
    assert sum(leg.metres for leg in along if leg) == pytest.approx(metres(closed), rel=0.001)

    with qtbot.waitSignal(regional.settled):
        desk.session.undo()
    assert desk.day.travel.provider == desk.region.roads
    assert metres(desk.day) == metres(plain)
    assert said[-1].startswith("The roads are as usual: ")

    # Another day lies on its own roads, and so does this one when it is open again.
    with qtbot.waitSignal(regional.settled):
        desk.session.redo()
    assert metres(desk.day) == metres(closed)
    program.window.run_id("day.next")
    qtbot.waitUntil(lambda: desk.day.date > sample.day())
    assert desk.day.travel.provider == desk.region.roads
    assert desk.day.areas == ()
    program.window.run_id("day.previous")
    qtbot.waitUntil(lambda: desk.day.travel.provider == closed.travel.provider)
    assert desk.day.road_changes == (made,)
    assert metres(desk.day) == metres(closed)


def test_a_stop_that_is_cut_off_is_told_and_stays_where_it_is(
    open_program: Open, town_pack: Path, qtbot: QtBot
) -> None:
    program = on_roads(open_program, town_pack, qtbot)
    desk, said, plain = program.desk, said_by(program), program.desk.day
    home = plain.depot.place
    far = max((s for s in plain.stops.values() if s.place is not None), key=lambda s: math.dist(s.place, home))
    assert far.place is not None
    with qtbot.waitSignal(program.parts.regional.settled):
        road_changes.add(desk.session, Wanted(Area("closed", around(far.place, 900))), desk.clock())
    assert far.id in desk.day.off_road
    assert "closed on this day" in desk.day.stops[far.id].off_road
    assert far.order.reference in said[-1] or "more" in said[-1]
    assert "No road leads now to" in said[-1]
    assert desk.day.plan is plain.plan
    with qtbot.waitSignal(program.parts.regional.settled):
        desk.session.undo()
    assert desk.day.off_road == plain.off_road


def test_snow_makes_later_and_a_note_changes_nothing(open_program: Open, town_pack: Path, qtbot: QtBot) -> None:
    program = on_roads(open_program, town_pack, qtbot)
    desk, regional = program.desk, program.parts.regional
    plain, home = desk.day, desk.day.depot.place
    snow = Area("slow", around(home, 30_000), 1.2)
    with qtbot.waitSignal(regional.settled):
        made = road_changes.add(desk.session, Wanted(snow), desk.clock())
    drive = [sum(s.drive_s for s in day.schedules.values()) for day in (plain, desk.day)]
    assert drive[1] == pytest.approx(1.2 * drive[0], rel=0.05)
    assert metres(desk.day) == pytest.approx(metres(plain), rel=0.01)
    last = [max(v.arrive for s in day.schedules.values() for v in s.visits) for day in (plain, desk.day)]
    assert last[1] > last[0]

    before = desk.day.travel
    road_changes.change(desk.session, made.id, Wanted(replace(snow, note="snow")), desk.clock())
    assert desk.day.travel is before
    assert desk.day.areas[0].note == "snow"


def test_a_full_disk_leaves_the_old_roads(
    open_program: Open, town_pack: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_words: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    program = on_roads(open_program, town_pack, qtbot)
    desk, said = program.desk, said_by(program)
    plain = desk.day
    monkeypatch.setattr(segments, "write_speeds", full)
    with qtbot.waitSignal(program.parts.regional.settled):
        road_changes.add(desk.session, Wanted(Area("slow", around(plain.depot.place, 900), 1.5)), desk.clock())
    assert said[-1].startswith("The disk is full")
    assert desk.day.travel is plain.travel
    assert len(desk.day.areas) == 1


def test_without_a_pack_it_is_said_that_times_stay(open_program: Open, qtbot: QtBot) -> None:
    program = open_program(None)
    desk, said = program.desk, said_by(program)
    before = desk.day
    with qtbot.waitSignal(program.parts.regional.settled):
        road_changes.add(desk.session, Wanted(Area("slow", around(before.depot.place, 900), 1.5)), desk.clock())
    assert "region pack" in said[-1]
    assert desk.day.travel.provider == travel.ESTIMATE
    assert metres(desk.day) == metres(before)


def test_a_bridge_is_closed_in_the_window(open_program: Open, town_pack: Path, qtbot: QtBot) -> None:
    program = on_roads(open_program, town_pack, qtbot)
    desk, regional, view = program.desk, program.parts.regional, program.parts.map.view
    plain, roading = desk.day, program.parts.regional.roading
    program.window.run_id("roads.close")
    for corner in around(busy_bridge(plain), 40)[::3]:
        view.bridge.place(corner.lat, corner.lon)
    with qtbot.waitSignal(regional.settled):
        view.bridge.finish()
    assert metres(desk.day) > metres(plain)
    assert program.window.area.side is roading.panel
    assert program.window.focusWidget() is roading.panel.form.note
    assert not roading.panel.told.isVisible()

    note = roading.panel.form.note
    note.setText("Mill Bridge")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert road_changes.name(desk.day.areas[0]) == "Closed: Mill Bridge"
    with qtbot.waitSignal(regional.settled):
        roading.panel.form.kind._buttons[1].click()  # to be avoided
    assert metres(desk.day) > metres(plain)
    with qtbot.waitSignal(regional.settled):
        QTest.keyClick(roading.panel.rows, Qt.Key.Key_Delete)
    assert metres(desk.day) == metres(plain)
    QTest.keyClick(roading.panel.rows, Qt.Key.Key_Escape)
    assert program.window.area.side is None

    # What is no area is said, and nothing is drawn any more.
    said = said_by(program)
    program.window.run_id("roads.slow")
    view.bridge.place(*plain.depot.place)
    view.bridge.finish()
    assert "three corners" in said[-1]
    assert not view.areas.drawing
    desk.session.try_out()
    program.window.run_id("roads.close")
    assert "count for good" in said[-1]
    desk.session.end_trial()


def test_a_failed_disk_is_tried_again_from_the_list(
    open_program: Open, town_pack: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_words: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    program = on_roads(open_program, town_pack, qtbot)
    desk, regional, panel = program.desk, program.parts.regional, program.parts.regional.roading.panel
    program.window.run_id("roads.show")
    with monkeypatch.context() as spoilt, qtbot.waitSignal(regional.settled):
        spoilt.setattr(segments, "write_speeds", full)
        road_changes.add(desk.session, Wanted(Area("slow", around(desk.day.depot.place, 900), 1.5)), desk.clock())
    qtbot.waitUntil(panel.again.isVisible)
    assert panel.told.text() == "The times do not follow yet."
    with qtbot.waitSignal(regional.settled):
        panel.again.click()
    assert not panel.again.isVisible()
    assert desk.day.travel.provider.count(":") == 3
