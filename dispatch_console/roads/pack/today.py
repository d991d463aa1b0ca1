"""Roads that are different today: areas closed, avoided or slow, weighed into copies of a pack's changeable set."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.region import Area
from dispatch_console.roads.pack import folder as folders
from dispatch_console.roads.pack import manifest as manifests
from dispatch_console.roads.pack import osrm_tools, segments
from dispatch_console.roads.pack.manifest import BASE, SET, Manifest
from dispatch_console.roads.pack.osrm_tools import ToolFailed
from dispatch_console.roads.pack.segments import Segments

#: What weighing anew writes; of all else a set holds the files of the pack.
_REWRITTEN = frozenset(f"{SET}.{end}" for end in ("cell_metrics", "datasource_names", "geometry", "mldgr"))
#: How much longer another way may be before one through an avoided area is taken.
_RELUCTANCE = 10.0
#: So many sets of a pack are kept besides the one in use.
_KEPT = 3
#: Of so few bytes left a tool that failed has not had enough.
_TOO_LITTLE = 1_000_000

Factors = NDArray[np.float32]


def key(areas: Sequence[Area]) -> str:
    """A name for today's roads, the same for the same areas in any order; "" for none."""
    if not areas:
        return ""
    said = sorted(repr((area.kind, area.corners, area.factor)) for area in areas)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:10]


def make(pack: Path, manifest: Manifest, klass: str, areas: Sequence[Area], cache: Path) -> Path:
    """The folder of today's sets of a class, one for each time of the day, below `cache`; made if it is not there.

    Takes 0.5 s for a small country. Raises UserError if the disk is full or the pack is damaged.
    """
    done = cache / manifest.id / f"{klass}-{key(areas)}"
    if done.is_dir():
        _touch(done)
        return done
    manifests.check_hashes(pack, manifest, f"{manifest.classes[klass].sets[BASE]}/")
    part = done.with_name(f"{done.name}.part-{os.getpid()}")
    try:
        folders.discard(part)
        part.mkdir(parents=True)
        _make(pack, manifest, klass, areas, part)
        if not done.is_dir():
            part.rename(done)
    except ToolFailed as failed:
        if shutil.disk_usage(part).free < _TOO_LITTLE:
            raise _sentence(OSError(errno.ENOSPC, "full"), done) from failed
        raise UserError(
            f"The roads of today cannot be made ({failed.tool}). Build {pack} again from its .osm.pbf file."
        ) from failed
    except OSError as error:
        if not done.is_dir():  # else another program was quicker
            raise _sentence(error, done) from error
    finally:
        folders.discard(part)
    return done


def _make(pack: Path, manifest: Manifest, klass: str, areas: Sequence[Area], part: Path) -> None:
    built = manifest.classes[klass]
    pieces = segments.read(pack / "roads" / klass / segments.NAME)
    slower, reluctance = factors(pieces, areas)
    for bucket in manifest.buckets.names:
        if bucket not in built.sets:
            continue
        goal = part / bucket
        goal.mkdir()
        for path in (pack / built.sets[BASE]).iterdir():
            (shutil.copyfile if path.name in _REWRITTEN else folders.link)(path, goal / path.name)
        speeds = goal / "speeds.csv"
        by_daytime = segments.by_kind(pieces, manifest.buckets.times[bucket])
        arguments = ["-t", "1", SET]
        if segments.write_speeds(pieces, by_daytime * slower, speeds, reluctance):
            arguments += ["--segment-speed-file", speeds.name]
        osrm_tools.run("customize", arguments, goal)
        speeds.unlink()


def _touch(folder: Path) -> None:
    with suppress(OSError):  # then it is forgotten sooner
        os.utime(folder)


def factors(pieces: Segments, areas: Sequence[Area]) -> tuple[Factors, Factors]:
    """(n,) each: how many times as long a segment takes today, inf where it is closed; and how many times as long
    it counts besides when ways are compared, which makes nobody later."""
    slower, reluctance = np.ones(len(pieces), np.float32), np.ones(len(pieces), np.float32)
    for area in areas:
        touched = segments.inside(pieces, area)
        if area.kind == "closed":
            slower[touched] = np.inf
        elif area.kind == "avoid":
            reluctance[touched] *= _RELUCTANCE
        else:
            slower[touched] *= area.factor
    return slower, reluctance


def clear(cache: Path, used: Path) -> None:
    """Remove sets of areas that are not drawn so any more, and of days gone by: of each pack those stay that were
    used last, so that what is taken back and drawn again need not be made again, and of all `used`."""
    if not cache.is_dir():
        return
    for of_pack in cache.iterdir():
        made = [folder for folder in of_pack.iterdir() if ".part-" not in folder.name and folder != used]
        for old in sorted(made, key=lambda folder: folder.stat().st_mtime, reverse=True)[_KEPT:]:
            folders.discard(old)


def _sentence(error: OSError, done: Path) -> UserError:
    if folders.is_full(error):
        return UserError(
            f"The disk is full, so the roads of today cannot be made. Make room where {done.parent} lies; until "
            "then the times stay as they were."
        )
    return UserError(
        f"The roads of today cannot be made: {done.parent} cannot be written to ({error.strerror or error}). Until "
        "then the times stay as they were."
    )
