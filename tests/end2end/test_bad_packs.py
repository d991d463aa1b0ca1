"""Whatever is wrong with an extract, a pack, the disk or the engine: in the whole program, with a pack in use.

Afterwards the old pack is in use, one sentence was shown, nothing is lost, and the window lives.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.roads.engine.client import STOPPED
from dispatch_console.roads.pack import folder
from dispatch_console.services import dispatch, sample_pack, travel
from dispatch_console.services.regions.current import NONE
from dispatch_console.ui.settings_page.region import RegionSection
from dispatch_console.ui.shell.regional import KEY
from tests import town
from tests.end2end.windows import Open
from tests.roads import tiny


class Hand:
    """The program with the town's pack in use, what it says, and Settings → Region beside it."""

    def __init__(self, program: app.Program, pack: Path, regions: Path, qtbot: QtBot) -> None:
        self.program, self.pack, self.desk, self.qtbot = program, pack, program.desk, qtbot
        qtbot.waitUntil(lambda: self.desk.day.travel.provider.startswith("pack:"))
        self.region, self.day = self.desk.region, self.desk.day
        self.said: list[tuple[str, str]] = []
        self.desk.message.connect(lambda text, kind: self.said.append((text, kind)))
        deeds = replace(program.parts.regional.deeds(), built=regions)
        self.settings = RegionSection(deeds, self.desk.files)
        qtbot.addWidget(self.settings)

    def build(self, extract: Path) -> None:
        self.settings.begin(extract)
        self.qtbot.waitUntil(lambda: not self.settings.builder.busy)

    def use(self, folder: Path) -> None:
        with self.qtbot.waitSignal(self.program.parts.regional.settled):
            self.program.parts.regional.use(folder)

    @property
    def errors(self) -> list[str]:
        return [text for text, kind in self.said if kind == "error"]

    def refused(self, *words: str) -> None:
        """One sentence was said, with these words; the old pack is in use, and nothing is lost."""
        (error,) = self.errors
        assert all(word in error for word in words), error
        assert error.endswith(".")
        self.in_use()

    def in_use(self) -> None:
        desk, kept = self.desk, self.program.memory
        assert (desk.region, kept.text(KEY)) == (self.region, str(self.pack))
        assert desk.day == self.day
        assert desk.day.travel.provider == desk.region.roads == travel.current()
        assert desk.region.finder.knows
        self.drag()

    def drag(self) -> None:
        """A stop goes to another driver: its new ways are reckoned and drawn along roads. And back."""
        desk, lines = self.desk, self.program.parts.map.view.lines
        ids = [id for id, schedule in desk.day.schedules.items() if len(schedule.visits) > 1]
        stop = next(s for s in desk.day.plan.route(ids[0]).stops if desk.day.stops[s].place is not None)
        before = desk.day
        desk.do(dispatch.move, desk.session, [stop], ids[1], 1)
        assert desk.day.plan.where[stop] == ids[1]
        self.qtbot.waitUntil(lambda: not lines.waiting)
        ways = travel.legs(list(legs(desk.day, stop)), desk.region.roads)
        assert all(way is not None and len(way.line) > 2 for way in ways)
        desk.session.undo()
        assert desk.day.schedules == before.schedules


def legs(day: Day, stop: StopId) -> Iterator[tuple[Place, Place]]:
    """The ways to and from a stop."""
    id, at = day.position(stop)
    shift, stops = day.shifts[id], day.plan.route(id).stops
    places = [shift.start_place, *(day.stops[s].place or shift.start_place for s in stops), shift.start_place]
    return ((a, b) for a, b in pairwise(places[at : at + 3]) if a != b)


@pytest.fixture
def hand(open_program: Open, town_pack: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Hand]:
    hand = Hand(open_program(town_pack), town_pack, tmp_path / "regions", qtbot)
    yield hand
    hand.settings.builder.close()


# -- extracts -----------------------------------------------------------------------------------------


def test_a_truncated_extract(hand: Hand, tmp_path: Path) -> None:
    whole = sample_pack.extract().read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    hand.build(cut)
    hand.refused("cut.osm.pbf is cut off or damaged", "Download it again")
    assert not list((tmp_path / "regions").iterdir())


def test_what_is_no_extract(hand: Hand, tmp_path: Path) -> None:
    letter = tmp_path / "letter.osm.pbf"
    letter.write_bytes(b"Dear customer,\n" * 500)
    hand.build(letter)
    hand.refused("letter.osm.pbf is not an OpenStreetMap extract. Download a file that ends in .osm.pbf")


def test_an_extract_without_roads(hand: Hand, tmp_path: Path) -> None:
    hand.build(tiny.write(tmp_path / "bare.osm.pbf", roads=False))
    hand.refused("bare.osm.pbf holds no roads that a van may use", "Choose an extract of a whole region")


def test_an_extract_without_addresses_does_not_replace_one_that_has_them(
    hand: Hand, tmp_path: Path, town_pack: Path
) -> None:
    """It has roads and a map: it is built, and used by who chooses it all the same."""
    hand.build(tiny.write(tmp_path / "plain.osm.pbf", houses=False))
    said = hand.settings.step.text()
    assert "plain.osm.pbf holds no addresses: orders are placed by street or by hand." in said
    assert said.endswith(f"{hand.region.name} stays in use; choose Plain in the list to use it all the same.")
    assert not hand.errors
    hand.in_use()

    packs = hand.settings.packs
    hand.qtbot.waitUntil(lambda: packs.list.findText("Plain", Qt.MatchFlag.MatchContains) >= 0)
    packs.list.setCurrentIndex(packs.list.findText("Plain", Qt.MatchFlag.MatchContains))
    with hand.qtbot.waitSignal(hand.program.parts.regional.settled):
        packs.use.click()
    assert hand.desk.region.name == "Plain"
    assert hand.desk.day.orders == hand.day.orders
    assert hand.desk.day.off_road  # the town is nowhere near these roads; every order is there all the same
    hand.use(town_pack)
    hand.region = hand.desk.region
    assert (hand.desk.day.plan, hand.desk.day.off_road) == (hand.day.plan, hand.day.off_road)
    hand.day = hand.desk.day
    hand.in_use()


# -- the disk ----------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of some megabytes."""
    there = tmp_path / "regions"
    there.mkdir()
    made = sys.platform == "linux" and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(there)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("needs the right to mount a small disk; see test_a_disk_that_is_full_already for all others")
    yield there
    subprocess.run(["umount", "-l", str(there)], check=True)


def fill(disk: Path) -> None:
    with (disk / "others.bin").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(64 * 1024))
        except OSError:
            return


def test_a_disk_that_gets_full_while_a_region_is_built(hand: Hand, small_disk: Path) -> None:
    hand.settings.begin(sample_pack.extract())
    hand.qtbot.waitUntil(lambda: any(small_disk.glob("*.part-*")))
    fill(small_disk)
    hand.qtbot.waitUntil(lambda: not hand.settings.builder.busy)
    hand.refused("The disk is full: about", "Make room and build again")
    assert [path.name for path in small_disk.iterdir() if path.is_dir()] == []


def test_a_disk_that_is_full_already(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "room", lambda *about: 10**17)
    hand.build(sample_pack.extract())
    hand.refused("The disk is full: about", "Make room and build again")


def test_times_are_reckoned_where_the_disk_takes_none_of_them(
    hand: Hand, small_disk: Path, town_pack: Path
) -> None:
    """Kept matrices are a help, no need."""
    fill(small_disk)
    hand.program.parts.regional.cache = small_disk / "matrices"
    hand.use(town_pack)
    assert not hand.errors
    hand.region = hand.desk.region
    assert hand.desk.day.schedules == hand.day.schedules
    hand.day = hand.desk.day
    hand.in_use()


# -- packs -------------------------------------------------------------------------------------------


@pytest.fixture
def spoilt(town_pack: Path, tmp_path: Path) -> Path:
    """Another pack, to be spoilt: its files are those of the town's until they are written anew."""
    return Path(shutil.copytree(town_pack, tmp_path / "spoilt"))


@pytest.mark.parametrize(("format", "words"), [(0, "older"), (99, "newer")])
def test_a_pack_of_another_version(format: int, words: str, hand: Hand, spoilt: Path) -> None:
    manifest = spoilt / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**told, "format": format}), encoding="utf-8")
    hand.use(spoilt)
    hand.refused(str(spoilt), words)


@pytest.mark.parametrize("file", ["roads/van/free/roads.osrm.hsgr", "addresses.sqlite", "map.pmtiles"])
def test_a_pack_whose_files_were_changed(file: str, hand: Hand, spoilt: Path) -> None:
    flip(spoilt / file)
    hand.use(spoilt)
    hand.refused("was changed or is incomplete", file, "Build")


def test_a_changed_pack_of_last_time(open_program: Open, spoilt: Path, qtbot: QtBot) -> None:
    """No pack is in use then: the day is there on estimated roads, and says so."""
    flip(spoilt / "roads/van/free/roads.osrm.hsgr")
    said: list[tuple[str, str]] = []
    program = open_program(spoilt, lambda text, kind: said.append((text, kind)))
    qtbot.waitUntil(lambda: any(kind == "error" for _, kind in said))
    (error,) = [text for text, kind in said if kind == "error"]
    assert "was changed or is incomplete (roads/van/free/roads.osrm.hsgr)" in error
    desk = program.desk
    assert (desk.region, desk.day.travel.provider) == (NONE, travel.ESTIMATE)
    id = next(id for id, schedule in desk.day.schedules.items() if schedule.visits)
    stop = desk.day.plan.route(id).stops[0]
    desk.do(dispatch.unassign, desk.session, [stop])
    assert stop in desk.day.plan.pool.stops


def flip(file: Path) -> None:
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 255
    file.write_bytes(damaged)


# -- the engine --------------------------------------------------------------------------------------


def large(day: Day, stops: int = 1600) -> Day:
    """The same day, on estimated roads, with many more orders at houses of the town."""
    template = next(order for order in day.orders.values() if order.place is not None)
    first = max(*day.orders, *day.stops) + 1
    places = sorted(set(town.read().houses.values()))[:stops]
    more = [
        replace(template, id=OrderId(first + k), stop=StopId(first + k), reference=f"M{k}", place=place)
        for k, place in enumerate(places)
    ]
    every = [*day.orders.values(), *more]
    spots = [*day.places(), *(order.place for order in more if order.place is not None)]
    shifts, times = day.shifts.values(), travel.matrix(spots)
    return open_day(day.depot, day.date, every, shifts, times, day.plan, revision=day.revision)


def kill_at_work(hand: Hand, dead: int | None) -> int:
    """End the engine's process, another one than the `dead`, once it has worked for a moment."""
    assert hand.desk.region.pack is not None
    engine, used = hand.desk.region.pack.engine, dict[int, float]()

    def at_work() -> bool:
        pid = engine.pid
        if pid is None or pid == dead:
            return False
        now = sum(psutil.Process(pid).cpu_times()[:2])
        return now > used.setdefault(pid, now) + 0.4

    hand.qtbot.waitUntil(at_work)
    pid = engine.pid
    assert pid is not None
    psutil.Process(pid).kill()
    return pid


@pytest.mark.logs_warnings
@pytest.mark.parametrize("times", [1, 2])
def test_the_engine_is_killed_in_the_middle_of_a_large_matrix(times: int, hand: Hand, qtbot: QtBot) -> None:
    """Killed once it is started again and the day gets its times; twice it is given up in a sentence, the day
    keeps those it has, and gets the others when it is asked again."""
    desk, regional = hand.desk, hand.program.parts.regional
    many = large(hand.day)
    assert len(many.places()) > 1500
    killed = None
    with qtbot.waitSignal(regional.settled):
        desk.session.replace_day(many)  # it rests on the estimate: the window asks for its roads
        for _ in range(times):
            killed = kill_at_work(hand, killed)
    if times == 2:
        assert hand.errors == [STOPPED]
        assert desk.day.travel.provider == travel.ESTIMATE
        assert desk.day.orders == many.orders
        with qtbot.waitSignal(regional.settled):
            regional.follow()
    assert desk.day.travel.provider == desk.region.roads == hand.region.roads
    assert desk.day.travel.covers(many.places())
    assert (desk.day.orders, desk.day.plan) == (many.orders, many.plan)
    assert len(hand.errors) == times - 1
    hand.drag()
