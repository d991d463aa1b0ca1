"""The frozen folder as one .tar.gz, byte for byte the same for the same folder."""

from __future__ import annotations

import gzip
import platform
import subprocess
import tarfile
from pathlib import Path

from devkit import product
from devkit.console import ROOT, say

#: Where git knows no time: the first second that zip files can hold, too.
_LONG_AGO = 315532800


def name(version: str) -> str:
    return f"{product.SLUG}-{version}-linux-{platform.machine()}"


def pack(folder: Path, target: Path, version: str) -> Path:
    """Write `target`/NAME.tar.gz with the folder in it as NAME. Nothing in it says on which machine it was made."""
    say("packing the folder …")
    when = _committed()
    made = target / f"{name(version)}.tar.gz"
    with made.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=when) as packed:
        _write(folder, packed, name(version), when)
    return made


def _write(folder: Path, stream: gzip.GzipFile, top: str, when: int) -> None:
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for path in (folder, *sorted(folder.rglob("*"))):
            entry = archive.gettarinfo(str(path), Path(top, path.relative_to(folder)).as_posix())
            _add(archive, _plain(entry, when), path)


def _plain(entry: tarfile.TarInfo, when: int) -> tarfile.TarInfo:
    """Of nobody, of one time, and with the usual rights."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = when
    entry.mode = 0o644 if entry.isreg() and not entry.mode & 0o100 else 0o755
    return entry


def _add(archive: tarfile.TarFile, entry: tarfile.TarInfo, path: Path) -> None:
    if not entry.isreg():
        archive.addfile(entry)
        return
    with path.open("rb") as stream:
        archive.addfile(entry, stream)


def _committed() -> int:
    """When what was frozen was committed."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.strip()
    return int(told) if told.isdigit() else _LONG_AGO
