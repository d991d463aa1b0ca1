"""Builds the road sets of one vehicle class: the extract once, then a set for each time of the day.

roads/<class>/ext/        the extract as it came: what all others are made from
roads/<class>/base/       a copy of it, for roads that change from day to day (closures, snow)
roads/<class>/<bucket>/   a set for fast answers, one for each time of the day
roads/<class>/segments.npz
"""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.region import BuildStep
from dispatch_console.roads.pack import folder as folders
from dispatch_console.roads.pack import osrm_tools, profiles, segments, source
from dispatch_console.roads.pack.extract import Ways
from dispatch_console.roads.pack.manifest import BASE, FREE, SET, STATIC, Buckets
from dispatch_console.roads.pack.osrm_tools import ToolFailed
from dispatch_console.roads.pack.segments import Segments

log = logging.getLogger(__name__)

#: Told how far a class is; may raise, to stop.
Progress = Callable[[BuildStep], None]

#: The extract while the engine reads it; its sets are called after it.
_PBF = "roads.osm.pbf"
LOG = "build.log"

#: What contraction writes; of all else a set holds the extract's own files.
_REWRITTEN = (f"{SET}.geometry", f"{SET}.datasource_names")
_EDGES = re.compile(r"contains (\d+) edges$")

#: Shares of the work of a class: reading the extract, preparing the changeable set, all of its buckets.
_READING, _CHANGEABLE = 0.6, 0.1


@dataclass(frozen=True, slots=True)
class Job:
    """What to build: the roads of `klass` from `pbf` into the pack in `folder`, `words` being the file as the user
    knows it."""

    pbf: Path
    words: str
    folder: Path
    klass: str
    buckets: Buckets = STATIC
    threads: int = 2


class Built(NamedTuple):
    """The sets of a class, as in the manifest, and its roads."""

    sets: Mapping[str, str]
    edges: int
    pieces: Segments


def build(job: Job, ways: Callable[[], Ways], progress: Progress = lambda step: None) -> Built:
    """Build all sets of a class. `ways` gives the roads, asked for (and waited for) when the engine has
    read its part.

    Raises UserError for an extract without roads, a full disk, an engine that died.
    """
    top = job.folder / "roads" / job.klass
    top.mkdir(parents=True, exist_ok=True)
    teller = _Teller(job, progress)
    try:
        edges = _extract(job, top / "ext", teller)
        pieces = _segments(job, top, ways())
        sets = {BASE: _changeable(job, top, teller)}
        for number, bucket in enumerate(job.buckets.names):
            if bucket == FREE or job.klass not in profiles.UNHURRIED:
                teller.tell(f"roads for {job.klass}: {bucket}", _bucket_share(job, number))
                sets[bucket] = _contract(job, top, bucket, pieces, teller)
    except ToolFailed as failed:
        log.warning("%s", failed)
        raise sentence(job, failed) from failed
    return Built(sets, edges, pieces)


def _bucket_share(job: Job, number: int) -> float:
    before = _READING + _CHANGEABLE
    return before + (1 - before) * number / len(job.buckets.names)


class _Teller:
    """Tells how far a class is, and writes down what the engine says."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self._progress = progress
        self._log = job.folder / LOG

    def tell(self, text: str, done: float) -> None:
        self._progress(BuildStep(text, done))

    def run(self, tool: str, arguments: list[str], folder: Path) -> list[str]:
        """All lines that the program wrote."""
        lines: list[str] = []
        try:
            osrm_tools.run(tool, arguments, folder, lines.append)
        finally:
            with self._log.open("a", encoding="utf-8") as file:
                file.write("\n".join([f"osrm-{tool} {' '.join(arguments)}", *lines, ""]))
        return lines


def _extract(job: Job, folder: Path, teller: _Teller) -> int:
    """Have the engine read the extract into `folder`; the number of its edges. Profile and logs stay in it."""
    teller.tell(f"roads for {job.klass}: reading", 0.0)
    folder.mkdir(exist_ok=True)
    folders.link(job.pbf, folder / _PBF)
    profile = profiles.write(job.klass, folder)
    lines = teller.run("extract", ["-t", str(job.threads), "-p", profile, _PBF], folder)
    found = [int(match[1]) for line in lines if (match := _EDGES.search(line))]
    return found[-1] if found else 0


def _segments(job: Job, top: Path, ways: Ways) -> Segments:
    """The pieces of road by what the profile wrote down; nothing but the set is left of the extract's folder."""
    folder = top / "ext"
    pieces = segments.from_extract(ways, folder.glob("speeds-*.tsv"))
    if not len(pieces):
        raise no_roads(job)
    segments.save(pieces, top / segments.NAME)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif not path.name.startswith(SET):
            path.unlink()
    return pieces


def _changeable(job: Job, top: Path, teller: _Teller) -> str:
    """The set that closures and snow are made on: it can be weighed anew in a moment."""
    teller.tell(f"roads for {job.klass}: closures", _READING)
    folder = top / BASE
    shutil.copytree(top / "ext", folder)
    for tool in ("partition", "customize"):
        teller.run(tool, ["-t", str(job.threads), SET], folder)
    return folder.relative_to(job.folder).as_posix()


def _contract(job: Job, top: Path, bucket: str, pieces: Segments, teller: _Teller) -> str:
    """The set of a time of the day."""
    folder = top / bucket
    folder.mkdir()
    for path in (top / "ext").iterdir():
        (shutil.copyfile if path.name in _REWRITTEN else folders.link)(path, folder / path.name)
    arguments = ["-t", str(job.threads), SET]
    speeds = folder / "speeds.csv"
    factors = segments.by_kind(pieces, job.buckets.times[bucket])
    if segments.write_speeds(pieces, factors, speeds):
        arguments += ["--segment-speed-file", speeds.name]
    teller.run("contract", arguments, folder)
    speeds.unlink()
    return folder.relative_to(job.folder).as_posix()


def no_roads(job: Job) -> UserError:
    return UserError(f"{job.words} holds no roads that a {job.klass} may use. Choose an extract of a whole region.")


def sentence(job: Job, failed: ToolFailed) -> UserError:
    """What a dispatcher is told when a program of the engine ended badly."""
    if _said(failed.tail, ("no edges remaining", "There are no edges", "no usable")):
        return no_roads(job)
    if _said(failed.tail, ("unexpected EOF", "PBF error", "truncated", "zlib")):
        return source.damaged(job.words)
    if _said(failed.tail, ("No space left", "disk is full", "not enough space")):
        return folders.disk_full(job.folder, folders.room(job.pbf.stat().st_size, 1, len(job.buckets.times)))
    gigabytes = max(1, round(12 * job.pbf.stat().st_size / 1e9))
    return UserError(
        f"Building the roads failed at {failed.tool}. Close other programs (it needs about {gigabytes} GB) and "
        "build again."
    )


def _said(tail: Iterable[str], words: Iterable[str]) -> bool:
    return any(word.lower() in line.lower() for line in tail for word in words)
