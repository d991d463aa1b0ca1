"""Settings → Region: building from the town's extract, stopped, refused, replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
        lambda: regions.region, regions.used.append, regions.released.append, tmp_path / "regions", regions.do
    )
    section = RegionSection(deeds, FileDialogs())
    qtbot.addWidget(section)
    section.show()
    yield section
    section.close_section()


def test_a_region_is_built_and_used(section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot) -> None:
    assert "No region pack" in section.words.text()
    assert not section.leave.isEnabled()
    section.begin(sample_pack.extract())
    assert section.bar.isVisible()
    assert not section.build.isEnabled()
    steps: set[str] = set()
    qtbot.waitUntil(lambda: bool(steps.add(section.step.text())) or not section.building)
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
    assert not section.building
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
        if regions.do(lambda wrong=wrong: section.begin(wrong)):
            qtbot.waitUntil(lambda: not section.building)
            assert section.step.text() == regions.told[0]
        assert len(regions.told) == 1
        assert wrong.name in regions.told[0]
        assert section.build.isEnabled()
    assert regions.used == regions.released == []
    assert not list((tmp_path / "regions").glob("*"))
