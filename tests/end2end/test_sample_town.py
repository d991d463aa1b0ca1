"""The sample depot in the region of its town: built beside the window, found again, left, refused, interrupted."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.services import sample, sample_pack
from dispatch_console.services.regions import current
from dispatch_console.services.regions.current import NONE
from dispatch_console.store.store import open_store
from dispatch_console.ui.shell.in_town import SAMPLE_KEY
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.regional import KEY
from dispatch_console.ui.theme import apply

Open = Callable[[], app.Program]
ELSEWHERE = "a folder of another region"


@pytest.fixture
def regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's packs lie: none yet."""
    folder = tmp_path / "regions"
    monkeypatch.setattr(current, "built_folder", lambda: folder)
    return folder


@pytest.fixture
def built(regions: Path, town_pack: Path) -> Path:
    """The pack of an earlier start."""
    shutil.copytree(town_pack, regions / town_pack.name)
    return regions / town_pack.name


@pytest.fixture
def open_sample(tmp_path: Path, regions: Path, qapp: QApplication, hooks: None) -> Iterator[Open]:
    """Opens the sample depot on the settings of before, at a workstation whose own depot has another region."""
    apply.set_up(qapp, False)
    opened: list[app.Program] = []
    Memory(tmp_path / "window.ini").set_text(KEY, ELSEWHERE)

    def open_() -> app.Program:
        for before in opened:
            before.end()
        arguments = argparse.Namespace(command=None, store=None, demo=True, day=None)
        program = app.Program(qapp, open_store(tmp_path / "demo.db"), Memory(tmp_path / "window.ini"), arguments)
        opened.append(program)
        program.parts.regional.cache = tmp_path / "matrices"
        program.window.resize(1920, 1048)
        program.window.show()
        return program

    yield open_
    for program in opened:
        program.end()


def test_the_first_start_builds_it_beside_the_window(open_sample: Open, regions: Path, qtbot: QtBot) -> None:
    regions.mkdir()
    (regions / "sample-0123456789ab").mkdir()  # of another version
    program = open_sample()
    desk, progress = program.desk, program.window.status.progress
    said: list[str] = []
    desk.message.connect(lambda text, kind: said.append(text))
    assert desk.region is NONE
    qtbot.waitUntil(lambda: progress.text.startswith("Building the map of the sample town"))
    assert progress.isVisible()
    assert desk.actions["region.sample"].why_not() == "It is being built."
    qtbot.waitUntil(lambda: desk.day.travel.provider == desk.region.roads != "estimate")
    assert desk.region.pack is not None
    assert desk.region.pack.folder == sample_pack.folder(regions)
    assert [folder.name for folder in regions.iterdir()] == [desk.region.pack.folder.name]
    assert desk.region.map_file is not None
    assert not progress.isVisible()
    assert any("Lindmoor: " in text and "km" in text for text in said)
    assert program.memory.text(KEY) == ELSEWHERE
    assert not program.memory.text(SAMPLE_KEY)


def test_later_starts_open_it_at_once(open_sample: Open, built: Path, qtbot: QtBot) -> None:
    program = open_sample()
    shown: list[float] = []
    town = program.parts.regional.own
    assert town is not None
    town.working.connect(lambda done, left: shown.append(done))
    qtbot.waitUntil(lambda: program.desk.day.travel.provider.startswith("pack:"))
    assert program.desk.region.pack is not None
    assert (program.desk.region.pack.folder, shown) == (built, [])
    assert program.memory.text(KEY) == ELSEWHERE


def test_who_leaves_it_keeps_that_and_can_return(open_sample: Open, built: Path, qtbot: QtBot) -> None:
    program = open_sample()
    qtbot.waitUntil(lambda: program.desk.day.travel.provider.startswith("pack:"))
    program.window.run_id("region.leave")
    assert program.desk.region is NONE

    program = open_sample()
    called: list[bool] = []
    program.parts.regional.when_settled(lambda: called.append(True))
    assert (called, program.desk.region) == ([True], NONE)
    program.window.run_id("region.sample")
    qtbot.waitUntil(lambda: program.desk.day.travel.provider.startswith("pack:"))
    assert program.desk.actions["region.sample"].why_not() == "It is in use."

    program = open_sample()
    qtbot.waitUntil(lambda: program.desk.day.travel.provider.startswith("pack:"))
    assert program.memory.text(KEY) == ELSEWHERE


def test_where_it_cannot_be_built_the_sample_goes_on(open_sample: Open, regions: Path, qtbot: QtBot) -> None:
    regions.write_text("no folder can be here", encoding="utf-8")
    program = open_sample()
    said: list[tuple[str, str]] = []
    program.desk.message.connect(lambda text, kind: said.append((text, kind)))
    with qtbot.waitSignal(program.parts.regional.settled):
        pass
    ((text, kind),) = said
    assert (kind, str(regions) in text) == ("error", True)
    assert text.endswith("The sample goes on with estimated roads.")
    assert program.desk.day.travel.provider == "estimate"
    assert program.desk.day.date == sample.day()


@pytest.mark.parametrize("by", ["the user", "the end of the program"])
def test_a_build_that_is_interrupted_leaves_nothing(
    open_sample: Open, regions: Path, qtbot: QtBot, by: str
) -> None:
    others = set(psutil.Process().children())  # of tests before this one
    program = open_sample()
    progress = program.window.status.progress
    qtbot.waitUntil(progress.isVisible)
    builds = set(psutil.Process().children()) - others
    builds = {child for child in builds if "spawn_main" in " ".join(child.cmdline())}
    assert builds
    if by == "the user":
        with qtbot.waitSignal(program.parts.regional.settled):
            progress.stop.click()
        assert not progress.isVisible()
    program.end()
    assert not any(child.is_running() for child in builds)
    assert list(regions.iterdir()) == []
