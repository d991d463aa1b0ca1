"""Building a pack: what it holds, and one sentence for whatever goes wrong, with the old pack as it was."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from dispatch_console import resources
from dispatch_console.cli import main
from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import folder, manifest, roads_build
from dispatch_console.roads.pack.osrm_tools import ToolFailed
from dispatch_console.services.regions import build, building, child
from dispatch_console.services.regions.build import Options
from dispatch_console.services.regions.order import Done, Failed, Order
from tests import patience
from tests.roads import tiny
from tests.roads.conftest import finished

WITHOUT_ROADS = Options(without=frozenset({"roads"}))


@pytest.fixture
def pbf(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "tiny.osm.pbf")


@pytest.fixture
def order(pbf: Path, tmp_path: Path) -> Iterator[Order]:
    """A build in this process. What opens a road set leaves the current folder."""
    here = Path.cwd()
    part = tmp_path / "part"
    part.mkdir()
    yield Order(pbf, tmp_path / "out", part, "Tiny", without=frozenset({"addresses", "map"}))
    os.chdir(here)


def run(order: Order) -> Done | Failed:
    return child.run(order, lambda step: None)


def sentence(order: Order) -> str:
    end = run(order)
    assert isinstance(end, Failed)
    assert not end.ours, end.message
    return end.message


def test_a_pack_and_what_is_said_of_it(tiny_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = build.info(tiny_pack)
    assert made.name == "Tiny"
    assert set(made.classes) == {"van", "truck"}
    assert set(made.classes["van"].sets) == {"free", "morning", "midday", "evening", "base"}
    assert made.countries == ("LI",)
    assert (made.addresses, made.map) == (3, True)  # 12, 14 and 7
    assert {"map.pmtiles", "addresses.sqlite"} <= set(made.files or {})
    assert sorted(path.name for path in tiny_pack.parent.iterdir()) == ["pack", "tiny.osm.pbf"]
    manifest.check_hashes(tiny_pack, made)
    assert main.run(["region", "info", str(tiny_pack)], lambda arguments: 9) == 0
    said = capsys.readouterr().out
    assert "van (" in said
    assert "© OpenStreetMap contributors" in said


def test_the_same_build_has_the_same_id_and_takes_the_place_of_the_old(
    pbf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = finished(build.start(pbf, tmp_path / "pack", WITHOUT_ROADS)).manifest
    (tmp_path / "pack" / "mark").write_bytes(b"of the old one")
    again = finished(build.start(pbf, tmp_path / "pack", WITHOUT_ROADS)).manifest
    assert (again.id, again.files) == (first.id, first.files)
    assert not (tmp_path / "pack" / "mark").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack", "tiny.osm.pbf"]


@pytest.mark.logs_warnings
def test_what_is_no_extract_for_us(order: Order) -> None:
    whole = order.pbf.read_bytes()
    order.pbf.write_bytes(b"no extract")
    assert "is not an OpenStreetMap extract" in sentence(order)
    order.pbf.write_bytes(whole[: len(whole) * 2 // 3])
    assert "is cut off or damaged. Download it again" in sentence(order)


@pytest.mark.logs_warnings
def test_an_extract_without_roads(order: Order) -> None:
    tiny.write(replace(order, pbf=order.pbf.with_name("bare.osm.pbf")).pbf, roads=False)
    bare = replace(order, pbf=order.pbf.with_name("bare.osm.pbf"))
    assert "bare.osm.pbf holds no roads that a van may use. Choose an extract of a whole region." in sentence(bare)


def test_an_extract_without_addresses_is_a_note(order: Order, tmp_path: Path) -> None:
    bare = tiny.write(tmp_path / "bare.osm.pbf", houses=False)
    end = run(replace(order, pbf=bare, without=frozenset({"roads", "map"})))
    assert isinstance(end, Done)
    assert "holds no addresses: orders are placed by street or by hand" in end.notes[0]


def test_a_full_disk(order: Order, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(folder: Path, made: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building.manifest, "write", full)
    assert "The disk is full: about 1 MB more are needed" in sentence(
        replace(order, without=frozenset({"roads", "addresses", "map"}))
    )
    monkeypatch.setattr(folder, "room", lambda *about: 10**17)
    with pytest.raises(UserError, match=r"The disk is full"):
        build.start(order.pbf, tmp_path / "pack")
    assert not list(tmp_path.glob("pack*"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[error] There are no edges remaining after parsing.", "holds no roads that a van may use"),
        ("[error] PBF error: unexpected EOF", "is cut off or damaged"),
        ("[error] write: No space left on device", "The disk is full"),
        ("Killed", "failed at osrm-extract. Close other programs (it needs about 1 GB) and build again"),
    ],
)
def test_what_the_engines_programs_say(order: Order, line: str, said: str) -> None:
    job = roads_build.Job(order.pbf, "li.osm.pbf", order.part, "van")
    assert said in roads_build.sentence(job, ToolFailed("osrm-extract", -9, [line])).message


def test_a_build_that_is_stopped_leaves_nothing(own_pack: Path, pbf: Path) -> None:
    before = manifest.read(own_pack)
    building = build.start(pbf, own_pack)
    building.wait(patience.PATIENCE_S)
    building.cancel()
    with pytest.raises(UserError, match=r"The build was stopped. Nothing has changed"):
        building.result()
    assert manifest.read(own_pack) == before
    assert sorted(path.name for path in own_pack.parent.iterdir()) == ["pack", "tiny.osm.pbf"]


def test_a_build_that_is_killed(own_pack: Path, pbf: Path) -> None:
    before = manifest.read(own_pack)
    killed = build.start(pbf, own_pack)
    psutil.Process(killed._process.pid).kill()
    with pytest.raises(UserError, match=r"ended before it was done"):
        finished(killed)
    assert manifest.read(own_pack) == before


def test_what_a_dead_program_left_is_cleared_and_the_old_pack_put_back(own_pack: Path, pbf: Path) -> None:
    left = own_pack.with_name(f"pack.part-{2**22 + 1}")
    left.mkdir()
    own_pack.rename(own_pack.with_name("pack.old"))  # it ended between two renamings
    assert build.info(own_pack).name == "Tiny"
    folder.discard(folder.begin(own_pack, 10))
    assert not left.exists()
    assert manifest.is_pack(own_pack)


def test_a_folder_of_something_else_is_not_touched(pbf: Path, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "letter.txt").write_bytes(b"dear")
    with pytest.raises(UserError, match=r"holds other files. Choose a new folder"):
        build.start(pbf, letters)
    assert [path.name for path in letters.iterdir()] == ["letter.txt"]


def test_the_new_pack_cannot_be_put_in_place(own_pack: Path, pbf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = manifest.read(own_pack)
    part = folder.begin(own_pack, 10)
    rename = Path.rename

    def stubborn(path: Path, goal: Path) -> Path:
        if path == part:
            raise PermissionError(errno.EACCES, "in use")
        return rename(path, goal)

    monkeypatch.setattr(folder, "_MOMENT_S", 0.2)
    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(UserError, match=r"cannot be written to. Choose another folder"):
        folder.finish(part, own_pack)
    assert manifest.read(own_pack) == before


def test_the_command_tells_of_steps_and_mistakes(
    pbf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_it = ["region", "build", str(pbf), "--out", str(tmp_path / "pack"), "--without", "roads", "map"]
    assert main.run(build_it, lambda arguments: 9) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "  0%  starting"
    assert all(re.fullmatch(r" *\d+%  \w.*", line) for line in said[:-1]), said
    assert said[-1].startswith("Tiny is ready in ")
    assert main.run(["region", "build", str(tmp_path / "no.osm.pbf"), "--out", "x"], lambda arguments: 9) == 1
    assert capsys.readouterr().err.strip().endswith("no.osm.pbf is not there. Choose a file that ends in .osm.pbf.")
    assert main.run(["region", "info", str(tmp_path)], lambda arguments: 9) == 1
    assert "is not a region pack" in capsys.readouterr().err


def test_two_builds_at_once_do_not_take_each_others_work(own_pack: Path, pbf: Path) -> None:
    before = manifest.read(own_pack)
    first = build.start(pbf, own_pack, WITHOUT_ROADS)
    with pytest.raises(UserError, match=r"Another build of .* is under way. Wait until it has ended"):
        build.start(pbf, own_pack)
    command = [sys.executable, "main.py", "region", "build", str(pbf), "--out", str(own_pack)]
    other = subprocess.run(command, cwd=resources.root(), capture_output=True, encoding="utf-8", check=False)
    assert (other.returncode, "Another build of" in other.stderr) == (1, True)
    assert finished(first).manifest.id != before.id
    assert sorted(path.name for path in own_pack.parent.iterdir()) == ["pack", "tiny.osm.pbf"]
    build.start(pbf, own_pack, WITHOUT_ROADS).cancel()  # and now it may be built again


def test_a_lock_that_a_dead_program_left_holds_nobody(own_pack: Path, pbf: Path) -> None:
    own_pack.with_name("pack.lock").write_bytes(b"")
    build.start(pbf, own_pack).cancel()
    assert sorted(path.name for path in own_pack.parent.iterdir()) == ["pack", "tiny.osm.pbf"]


def test_who_has_a_file_of_the_old_pack_open_for_a_moment_is_waited_for(
    own_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = folder.begin(own_pack, 10)
    rename, refused = Path.rename, list[Path]()

    def held_open(path: Path, goal: Path) -> Path:
        if path == own_pack and len(refused) < 3:
            refused.append(path)
            raise PermissionError(errno.EACCES, "in use")
        return rename(path, goal)

    monkeypatch.setattr(Path, "rename", held_open)
    folder.finish(part, own_pack)
    assert len(refused) == 3
    assert not manifest.is_pack(own_pack)  # the new one, which is empty


def test_a_file_where_a_folder_should_be(pbf: Path, tmp_path: Path) -> None:
    (tmp_path / "regions").write_bytes(b"")
    with pytest.raises(UserError, match=r"regions is a file where a folder is needed"):
        build.start(pbf, tmp_path / "regions" / "tiny")
