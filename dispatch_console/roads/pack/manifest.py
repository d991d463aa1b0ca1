"""What a region pack holds and what it was made from: `manifest.json`, written last, and checks when it is read.

A folder without a manifest is not a pack, so one that is half built is never used.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Box

#: Says whether this version reads a pack. Goes up when its files, or what stands in them, change.
FORMAT = 1
NAME = "manifest.json"
ATTRIBUTION = "© OpenStreetMap contributors"

#: The bucket that is always there: roads without traffic.
FREE = "free"
#: The set of a class on which today's roads are made, beside those of its buckets.
BASE = "base"

#: The name of the files of every road set; the other files of a pack.
SET = "roads.osrm"
MAP = "map.pmtiles"
ADDRESSES = "addresses.sqlite"

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """The extract a pack was made from."""

    file: str
    bytes: int
    sha256: str
    data_until: str | None = None


@dataclass(frozen=True, slots=True)
class Buckets:
    """How long roads take over the day. `times`: bucket → kind of road → factor on the free time (missing: 1).

    `periods`: (from so many seconds of the day, bucket), ascending from 0.
    """

    times: Mapping[str, Mapping[str, float]]
    periods: tuple[tuple[int, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """`free` first."""
        return tuple(sorted(self.times, key=lambda name: name != FREE))

    @property
    def bounds(self) -> tuple[int, ...]:
        """As `TravelMatrix.bounds`; empty where all the day is the same."""
        return tuple(start for start, _ in self.periods) if len(self.times) > 1 else ()


STATIC = Buckets({FREE: {}}, ((0, FREE),))


@dataclass(frozen=True, slots=True)
class RoadClass:
    """The road sets of one vehicle class. `sets`: bucket, or `base`, → folder in the pack. `hub`: a place in the
    largest piece of the network, by which islands are found."""

    profile_sha256: str
    sets: Mapping[str, str]
    hub: Place
    edges: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A pack. `made`: an instant. `files`: name in the pack → (bytes, sha256). `addresses`: how many houses."""

    id: str
    name: str
    made: str
    source: Source
    bbox: Box
    countries: tuple[str, ...]
    engines: Mapping[str, str]
    classes: Mapping[str, RoadClass]
    buckets: Buckets = STATIC
    addresses: int = 0
    map: bool = False
    attribution: str = ATTRIBUTION
    files: Mapping[str, tuple[int, str]] | None = None
    format: int = FORMAT


def engines() -> dict[str, str]:
    """Versions of what makes a pack. Frozen programs carry them along."""
    found = {"osrm": _version("osrm-bindings"), "osmium": _version("osmium")}
    return {name: version for name, version in found.items() if version}


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def make_id(
    name: str,
    source: Source,
    profiles: Mapping[str, str],
    buckets: Buckets,
    made_by: Mapping[str, str] | None = None,
) -> str:
    """The same extract, profiles, buckets and versions give the same id. `profiles`: class → sha256. `made_by`: as
    `Manifest.engines`."""
    versions = {library: _series(version) for library, version in (made_by or engines()).items()}
    made_from = [FORMAT, source.sha256, sorted(profiles.items()), _buckets_json(buckets), sorted(versions.items())]
    return f"{name}-{hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:12]}"


def is_pack(folder: Path) -> bool:
    return (folder / NAME).is_file()


def read(folder: Path) -> Manifest:
    """The manifest of the pack in `folder`, which has been made by this version's like. Raises UserError, one
    sentence, for a folder that is no pack or one of another version; see also `check_sizes`."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(
            f"{folder} is not a region pack. Choose a folder that “{resources.command()} region build” made, or "
            "build one."
        ) from None
    except (OSError, ValueError) as error:
        raise changed(folder, NAME) from error
    _check_version(folder, said)
    try:
        return _from_json(said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise changed(folder, NAME) from error


def _check_version(folder: Path, said: Any) -> None:
    version = said.get("format") if isinstance(said, dict) else None
    if not isinstance(version, int):
        raise changed(folder, NAME)
    if version > FORMAT:
        raise UserError(f"{folder} was made by a newer version. Update this program, or build the region again.")
    made_by = said.get("engines")
    theirs = made_by.get("osrm", "") if isinstance(made_by, dict) else ""
    ours = _version("osrm-bindings")
    if version < FORMAT or (ours and theirs and _series(str(theirs)) != _series(ours)):
        raise UserError(f"{folder} was made by an older version. Build it again from its .osm.pbf file.")


def _series(version: str) -> str:
    """Major and minor of a version: what decides whether files are understood."""
    return ".".join(version.split(".")[:2])


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """UserError if a file is missing or of another size. Quick: no file is read."""
    for name, (size, _) in (manifest.files or {}).items():
        try:
            same = (folder / name).stat().st_size == size
        except OSError:
            same = False
        if not same:
            raise changed(folder, name)


def check_hashes(folder: Path, manifest: Manifest, below: str = "") -> None:
    """UserError if a file of the pack (or of those whose names begin with `below`) is not what was built: a road
    set with a flipped byte opens without complaint and ends the process later. Reads them: 1 s for 500 MB."""
    for name, (_, expected) in (manifest.files or {}).items():
        if not name.startswith(below):
            continue
        try:
            same = sha256(folder / name) == expected
        except OSError:
            same = False
        if not same:
            raise changed(folder, name)


def changed(folder: Path, file: str) -> UserError:
    """What is said of a pack whose `file` is not as it was built."""
    return UserError(
        f"{folder} was changed or is incomplete ({file}). Build it again; until then the old pack or the "
        "estimate is used."
    )


def sha256(path: Path) -> str:
    """In hexadecimal. Raises OSError."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def list_files(folder: Path) -> dict[str, tuple[int, str]]:
    """All files of a pack but its manifest, as `Manifest.files` has them. Files of several names are read once."""
    known: dict[int, tuple[int, str]] = {}
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(_files(folder)):
        about = path.stat()
        entry = known.get(about.st_ino) if about.st_ino else None
        if entry is None:
            entry = (about.st_size, sha256(path))
            known[about.st_ino] = entry
        found[path.relative_to(folder).as_posix()] = entry
    return found


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest and wait until it is on the disk. Raises OSError."""
    text = json.dumps(_to_json(manifest), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    with (folder / NAME).open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _buckets_json(buckets: Buckets) -> Any:
    times = {name: dict(factors) for name, factors in buckets.times.items()}
    return {"periods": [list(period) for period in buckets.periods], "times": times}


def _to_json(m: Manifest) -> dict[str, Any]:
    classes = {
        name: {
            "profile_sha256": one.profile_sha256,
            "sets": dict(one.sets),
            "hub": list(one.hub),
            "edges": one.edges,
        }
        for name, one in m.classes.items()
    }
    source = {
        "file": m.source.file,
        "bytes": m.source.bytes,
        "sha256": m.source.sha256,
        "data_until": m.source.data_until,
    }
    return {
        "format": m.format,
        "id": m.id,
        "name": m.name,
        "made": m.made,
        "source": source,
        "bbox": list(m.bbox),
        "countries": list(m.countries),
        "engines": dict(m.engines),
        "classes": classes,
        "buckets": _buckets_json(m.buckets),
        "has": {"roads": bool(m.classes), "addresses": m.addresses, "map": m.map},
        "attribution": m.attribution,
        "files": {name: list(entry) for name, entry in (m.files or {}).items()},
    }


def _from_json(said: dict[str, Any]) -> Manifest:
    source, buckets, has = said["source"], said["buckets"], said["has"]
    classes = {
        name: RoadClass(
            one["profile_sha256"],
            {k: _inside(at) for k, at in one["sets"].items()},
            Place(*one["hub"]),
            int(one["edges"]),
        )
        for name, one in said["classes"].items()
    }
    times = {name: {kind: float(by) for kind, by in by.items()} for name, by in buckets["times"].items()}
    return Manifest(
        str(said["id"]),
        str(said["name"]),
        str(said["made"]),
        Source(source["file"], int(source["bytes"]), source["sha256"], source["data_until"]),
        Box(*map(float, said["bbox"])),
        tuple(said["countries"]),
        dict(said["engines"]),
        classes,
        Buckets(times, tuple((int(start), str(name)) for start, name in buckets["periods"])),
        int(has["addresses"]),
        bool(has["map"]),
        str(said["attribution"]),
        {_inside(name): (int(size), str(hash)) for name, (size, hash) in said["files"].items()},
    )


def _inside(name: str) -> str:
    """A path as packs name their files; ValueError for one that leads out of the pack on any system."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0"):
        raise ValueError(f"{name!r} is no file of a pack")
    return name
