"""Settings → Region: building from the town's extract, stopped, refused, replaced."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.services import sample_pack
from dispatch_console.services.regions import build, current, hours
from dispatch_console.services.regions.build import STOPPED
from dispatch_console.services.regions.current import NONE, Region
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.settings_page import RegionDeeds
from dispatch_console.ui.settings_page import region_words as words
from dispatch_console.ui.settings_page.region import RegionSection


class Regions:
    """What the section asked for."""

    def __init__(self) -> None:
        self.region: Region = NONE
        self.used: list[Path | None] = []
        self.released: list[Path] = []
        self.told: list[str] = []
        self.trial: str | None = None
        self.hours = hours.USUAL

    def set_hours(self, now: hours.RushHours) -> None:
        self.hours = now

    def set_class(self, klass: str) -> None:
        self.region = replace(self.region, klass=klass)

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
        regions.set_class,
        lambda: regions.hours,
        regions.set_hours,
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


def test_the_regions_of_this_computer_are_used_and_removed(
    section: RegionSection, regions: Regions, town_pack: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    built, packs = tmp_path / "regions", section.packs
    shutil.copytree(town_pack, built / "town")
    shutil.copytree(town_pack, built / "west")
    shutil.copytree(town_pack, built / "west.part-1")
    (built / "west" / "manifest.json").write_bytes(b"{}")
    section.refresh()
    qtbot.waitUntil(lambda: packs.list.count() == 2)
    assert "Lindmoor" in packs.list.itemText(0)
    assert "MB" in packs.list.itemText(0)
    packs.use.click()
    assert regions.used == [built / "town"]

    regions.region = current.open_region(built / "town", cache=tmp_path)
    try:
        section.refresh()
        qtbot.waitUntil(lambda: not packs.remove.isEnabled())
        assert "in use" in packs.remove.toolTip()
        packs.list.setCurrentIndex(1)
        packs.remove.click()
        assert "Remove west for good" in packs.remove.text()
        assert (built / "west").exists()
        packs.remove.click()
        qtbot.waitUntil(lambda: packs.list.count() == 1)
    finally:
        current.close_region(regions.region)
    assert sorted(path.name for path in built.iterdir()) == ["town", "west.part-1"]
    assert section.step.text().startswith("west is removed: ")


def test_two_extracts_of_one_name_do_not_replace_each_other_without_a_word(
    section: RegionSection, town_pack: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copytree(town_pack, tmp_path / "regions" / "town")  # it calls itself Lindmoor
    section.refresh()
    qtbot.waitUntil(lambda: section.packs.list.count() == 1)
    wanted: list[tuple[str, Path]] = []
    section.name.wanted.disconnect()
    section.name.wanted.connect(lambda extract, name, out: wanted.append((name, out)))
    for name, text, folder in (("Lindmoor", "Replace it", "town"), ("Town", "Replace it", "town"),
                               ("St. Gallen", "Build", "st-gallen")):  # fmt: skip
        section.name.ask(Path("lindmoor.osm.pbf"), name)
        assert section.name.build.text() == text
        assert ("already" in section.name.note.text()) == (text != "Build")
        section.name.build.click()
        assert not section.name.isVisible()
        assert wanted[-1] == (name, tmp_path / "regions" / folder)
    section.name.ask(Path("lindmoor.osm.pbf"), " ")
    assert not section.name.build.isEnabled()


def test_days_are_reckoned_for_one_of_the_vehicles(
    section: RegionSection, regions: Regions, town_pack: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    regions.region = current.open_region(town_pack, cache=tmp_path)
    try:
        section.refresh()
        assert not section.vehicles.isVisible()  # only vans
        pack = regions.region.pack
        assert pack is not None
        held = replace(pack.manifest, classes={**pack.manifest.classes, "truck": pack.manifest.classes["van"]})
        regions.region = replace(regions.region, pack=replace(pack, manifest=held))
        section.refresh()
        assert section.vehicles.isVisible()
        section.klass.setCurrentIndex(1)
        section.klass.activated.emit(1)
        assert regions.region.klass == "truck"
    finally:
        current.close_region(regions.region)


def test_old_data_say_so(town_pack: Path, tmp_path: Path) -> None:
    region = current.open_region(town_pack, cache=tmp_path)
    try:
        assert region.pack is not None
        for told, said, old in (
            ("2026-05-01T00:00:00+00:00", "Data of 1 May 2026. That is 7 months ago", True),
            ("2026-11-01T00:00:00+00:00", "Data of 1 Nov 2026.", False),
            (None, "", False),
        ):
            source = replace(region.pack.manifest.source, data_until=told)
            aged = replace(region.pack, manifest=replace(region.pack.manifest, source=source))
            today = dt.date(2026, 11, 28)
            assert words.age(replace(region, pack=aged), today).startswith(said)
            assert words.is_old(replace(region, pack=aged), today) is old
    finally:
        current.close_region(region)


def test_rush_hours_are_typed_and_built(
    section: RegionSection, regions: Regions, tmp_path: Path, qtbot: QtBot
) -> None:
    table = section.hours
    assert not table.isVisible()
    section.daytime.setChecked(True)
    assert table.isVisible()
    assert [field.text() for field in table.starts] == ["06:30", "09:00", "15:30", "18:30"]
    assert not table.usual.isVisible()
    for field, text in ((table.factors[0][1], "1,8"), (table.starts[0], "6:00")):
        field.setText(text)
        field.editingFinished.emit()
    assert (table.factors[0][1].text(), table.starts[0].text()) == ("1.80", "06:00")
    for field, text in ((table.factors[0][1], "9"), (table.starts[1], "5:00"), (table.starts[3], "noon")):
        field.setText(text)
        field.editingFinished.emit()
    assert len(regions.told) == 3
    assert (table.factors[0][1].text(), table.starts[1].text(), table.starts[3].text()) == (
        "1.80",
        "09:00",
        "18:30",
    )

    section.begin(sample_pack.extract())
    qtbot.waitUntil(lambda: not section.builder.busy)
    made = build.info(tmp_path / "regions" / "town")
    assert made.buckets.times["morning"]["primary"] == 1.8
    assert made.buckets.times["morning"]["residential"] == 1.1
    assert made.buckets.periods[1] == (6 * 3600, "morning")

    table.usual.click()
    assert regions.hours == hours.USUAL


def test_rush_hours_are_kept_as_text() -> None:
    other = hours.with_start(hours.with_factor(hours.USUAL, 2, 3, "2"), 0, "7")
    assert hours.from_text(hours.to_text(other)) == other
    for spoilt in ("", "[]", "[[1,2,3,4],[[1]]]", "[[9,8,7,6],[[1,1,1,1],[1,1,1,1],[1,1,1,1]]]", '{"a": 1}'):
        assert hours.from_text(spoilt) == hours.USUAL
