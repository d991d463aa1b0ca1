"""The manifest of a pack: written and read again, of other versions, of packs whose files were changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Box
from dispatch_console.roads.pack import manifest
from dispatch_console.roads.pack.manifest import Buckets, Manifest, RoadClass, Source

SOURCE = Source("town.osm.pbf", 12, "ab" * 32, "2026-01-01T00:00:00Z")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "roads").mkdir()
    (tmp_path / "roads" / "set.bin").write_bytes(b"roads of the town")
    (tmp_path / "map.pmtiles").write_bytes(b"tiles")
    van = RoadClass("cd" * 32, {"free": "roads/van/free"}, Place(47.1, 9.5), 19821)
    buckets = Buckets(
        {"free": {}, "morning": {"primary": 1.25}}, ((0, "free"), (23400, "morning"), (32400, "free"))
    )
    made = Manifest(
        "town-0123456789ab",
        "Town",
        "2026-11-27T03:50:00+00:00",
        SOURCE,
        Box(8.83, 46.97, 9.67, 47.53),
        ("LI",),
        manifest.engines(),
        {"van": van},
        buckets,
        3363,
        True,
    )
    manifest.write(tmp_path, replace(made, files=manifest.list_files(tmp_path)))
    return tmp_path


def _alter(pack: Path, **fields: object) -> None:
    path = pack / manifest.NAME
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | fields), encoding="utf-8")


def test_what_is_written_is_read(pack: Path) -> None:
    read = manifest.read(pack)
    assert read.classes["van"].hub == Place(47.1, 9.5)
    assert read.buckets.names == ("free", "morning")
    assert read.buckets.bounds == (0, 23400, 32400)
    assert (read.source, read.addresses, read.map, read.countries) == (SOURCE, 3363, True, ("LI",))
    assert set(read.files or {}) == {"map.pmtiles", "roads/set.bin"}
    manifest.check_sizes(pack, read)
    manifest.check_hashes(pack, read)


def test_of_another_version(pack: Path) -> None:
    _alter(pack, format=manifest.FORMAT + 1)
    with pytest.raises(UserError, match=r"newer version. Update this program"):
        manifest.read(pack)
    _alter(pack, format=manifest.FORMAT - 1)
    with pytest.raises(UserError, match=r"older version. Build it again"):
        manifest.read(pack)
    _alter(pack, format=manifest.FORMAT, engines={"osrm": "5.27.1"})
    with pytest.raises(UserError, match=r"older version. Build it again"):
        manifest.read(pack)


def test_a_flipped_byte_is_found_by_the_hashes_only(pack: Path) -> None:
    read = manifest.read(pack)
    (pack / "roads" / "set.bin").write_bytes(b"roads of the tomb")
    manifest.check_sizes(pack, read)
    manifest.check_hashes(pack, read, "map")
    with pytest.raises(UserError, match=r"changed or is incomplete \(roads/set.bin\)"):
        manifest.check_hashes(pack, read, "roads/")


def test_a_cut_or_a_missing_file_is_found_without_reading(pack: Path) -> None:
    read = manifest.read(pack)
    (pack / "map.pmtiles").write_bytes(b"til")
    with pytest.raises(UserError, match=r"map.pmtiles"):
        manifest.check_sizes(pack, read)
    (pack / "map.pmtiles").unlink()
    with pytest.raises(UserError, match=r"map.pmtiles"):
        manifest.check_sizes(pack, read)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": "1"}'])
def test_a_manifest_that_is_damaged(pack: Path, text: str) -> None:
    (pack / manifest.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"changed or is incomplete \(manifest.json\)"):
        manifest.read(pack)


def test_a_folder_without_a_manifest_is_no_pack(pack: Path) -> None:
    (pack / manifest.NAME).unlink()
    assert not manifest.is_pack(pack)
    with pytest.raises(UserError, match=r"is not a region pack"):
        manifest.read(pack)


def test_the_same_makes_the_same_id() -> None:
    one = manifest.make_id("town", SOURCE, {"van": "1"}, manifest.STATIC)
    assert one == manifest.make_id("town", replace(SOURCE, file="other.pbf"), {"van": "1"}, manifest.STATIC)
    assert one != manifest.make_id("town", SOURCE, {"van": "2"}, manifest.STATIC)
    assert one != manifest.make_id("town", replace(SOURCE, sha256="00"), {"van": "1"}, manifest.STATIC)


@pytest.mark.parametrize(
    "name",
    [
        "../map.pmtiles",
        "roads/../../x",
        "/etc/passwd",
        "C:/Windows/win.ini",
        "C:x",
        "\\\\server\\share\\x",
        "..\\x",
        "a\0b",
    ],
)
def test_a_name_that_leads_out_of_the_pack_is_refused(pack: Path, name: str) -> None:
    files = json.loads((pack / manifest.NAME).read_text("utf-8"))["files"]
    _alter(pack, files=files | {name: [1, "ab"]})
    with pytest.raises(UserError, match="was changed or is incomplete"):
        manifest.read(pack)
    said = json.loads((pack / manifest.NAME).read_text("utf-8"))
    said["classes"]["van"]["sets"] = {"free": name}
    _alter(pack, files=files, classes=said["classes"])
    with pytest.raises(UserError, match="was changed or is incomplete"):
        manifest.read(pack)
