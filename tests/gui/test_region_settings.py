"""Settings → Region: building from the town's extract, stopped, refused, replaced."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.services import sample_pack
from dispatch_console.services.regions import current
from dispatch_console.services.regions.build import STOPPED
from dispatch_console.services.regions.current import NONE, Region
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.settings_page import RegionDeeds
from dispatch_console.ui.settings_page.region import RegionSection


class Regions:
    """What the section asked for."""

    def __init__(self) -> None:
        self.region: Region = NONE
        self.used: list[Path | None] = []
        self.released: list[Path] = []
        self.told: list[str] = []
        self.trial: str | None = None

    def release(self, folder: Path) -> Callable[[], object]:
        return lambda: self.released.append(folder)

    def do(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except UserError as error:
            self.told.append(error.message)
            return False
        return True


@pytest.fixture
def regions() -> Regions:
    return Regions()


@pytest.fixture
def section(regions: Regions, tmp_path: Path, qtbot: QtBot, themed: QApplication) -> Iterator[RegionSection]:
    deeds = RegionDeeds(
        lambda: regions.region,
        regions.used.append,
        lambda: regions.trial,
        regions.release,
        tmp_path / "regions",
        regions.do,
    )
    section = RegionSection(deeds, FileDialogs())
    qtbot.addWidget(section)
    section.show()
    yield section
    section.builder.close()


def test_a_region_is_built_and_used(section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot) -> None:
    assert "No region pack" in section.words.text()
    assert not section.leave.isEnabled()
    section.begin(sample_pack.extract())
    assert section.bar.isVisible()
    assert not section.build.isEnabled()
    steps: set[str] = set()
    qtbot.waitUntil(lambda: bool(steps.add(section.step.text())) or not section.builder.busy)
    out = tmp_path / "regions" / "town"
    assert (regions.used, regions.released, regions.told) == ([out], [out], [])
    assert len(steps) > 3
    assert any("s left" in step for step in steps)
    assert section.step.text() == "Town is ready."
    assert section.build.isEnabled()
    assert [path.name for path in out.parent.iterdir()] == ["town"]

    regions.region = current.open_region(out, cache=tmp_path)
    try:
        section.refresh()
        assert section.words.text().startswith("Town, built ")
        assert "van" in section.note.text()
        assert "© OpenStreetMap contributors" in section.note.text()
        assert section.leave.isEnabled()
    finally:
        current.close_region(regions.region)


def test_a_build_that_is_stopped_leaves_nothing(
    section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot
) -> None:
    section.begin(sample_pack.extract())
    qtbot.waitUntil(lambda: section.bar.value() > 0)
    section.cancel.click()
    qtbot.waitUntil(lambda: not section.builder.busy)
    assert section.step.text() == STOPPED
    assert not list((tmp_path / "regions").iterdir())
    assert regions.used == []


def test_what_is_no_extract_says_why(
    section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot
) -> None:
    noise, cut = tmp_path / "noise.osm.pbf", tmp_path / "cut.osm.pbf"
    noise.write_bytes(b"order;name\n1;Anna\n" * 300)
    cut.write_bytes(sample_pack.extract().read_bytes()[:150_000])
    for wrong in (noise, cut):
        regions.told.clear()
        section.begin(wrong)
        qtbot.waitUntil(lambda: not section.builder.busy)
        assert [section.step.text()] == regions.told
        assert wrong.name in regions.told[0]
        assert section.build.isEnabled()
    assert regions.used == regions.released == []
    assert not list((tmp_path / "regions").glob("*"))


def test_a_build_that_ends_during_a_trial_waits_for_its_end(
    section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot
) -> None:
    regions.trial = "You are trying something."
    section.begin(sample_pack.extract())
    qtbot.waitUntil(lambda: "when the trial has ended" in section.step.text())
    assert section.cancel.isVisible()
    assert (regions.used, regions.released) == ([], [])
    regions.trial = None
    qtbot.waitUntil(lambda: not section.builder.busy)
    out = tmp_path / "regions" / "town"
    assert (regions.used, regions.released, regions.told) == ([out], [out], [])


def test_a_trial_begun_while_the_pack_is_put_in_place_only_delays_its_opening(
    section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot
) -> None:
    def begin_a_trial(folder: Path) -> Callable[[], object]:
        regions.trial = "You are trying something."
        return lambda: None

    section.builder._deeds = replace(section.builder._deeds, release=begin_a_trial)
    section.begin(sample_pack.extract())
    qtbot.waitUntil(lambda: section.step.text() == "Town is ready.")
    assert regions.used == []
    regions.trial = None
    qtbot.waitUntil(lambda: regions.used == [tmp_path / "regions" / "town"])


def test_a_window_closed_meanwhile_leaves_no_process(section: RegionSection, tmp_path: Path) -> None:
    section.begin(sample_pack.extract())
    section.builder.close()
    assert not list((tmp_path / "regions").iterdir())
    assert not [child for child in multiprocessing.active_children() if child.name == "region build"]


def test_a_window_closed_in_a_trial_keeps_the_pack_that_is_whole(
    section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot
) -> None:
    regions.trial = "You are trying something."
    section.begin(sample_pack.extract())
    qtbot.waitUntil(lambda: "when the trial has ended" in section.step.text())
    section.builder.close()
    assert [path.name for path in (tmp_path / "regions").iterdir()] == ["town"]


def test_a_file_where_the_folder_of_regions_should_be(
    section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "regions").write_bytes(b"")
    section.begin(sample_pack.extract())
    qtbot.waitUntil(lambda: not section.builder.busy)
    assert regions.told == [section.step.text()]
    assert "regions is a file where a folder is needed" in regions.told[0]
