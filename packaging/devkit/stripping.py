"""Takes the names of inner functions out of libraries on Linux: debuggers want them, nobody else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devkit.console import say

#: Of their makers stripped already, or laid out in a way that `strip` breaks (patched by auditwheel).
_LEFT_ALONE = ("PySide6", "shiboken6", "numpy.libs")
_ELF = b"\x7fELF"


def run(folder: Path) -> None:
    """Strip what can be stripped below `folder`; says so where there is no `strip`."""
    if not sys.platform.startswith("linux"):
        return
    if shutil.which("strip") is None:
        say("NOTICE: there is no `strip` (binutils) here: the folder is some 60 MB larger than it need be")
        return
    files = list(libraries(folder))
    before = sum(file.stat().st_size for file in files)
    for file in files:
        _strip(file)
    after = sum(file.stat().st_size for file in files)
    say(f"stripped {len(files)} libraries: {(before - after) / 1e6:.0f} MB less")


def libraries(folder: Path) -> Iterator[Path]:
    """Libraries and programs below `folder`, each once. The program itself stays: its modules hang on its end."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts
        if len(inside) == 1 or file.is_symlink() or not file.is_file() or set(inside) & set(_LEFT_ALONE):
            continue
        with file.open("rb") as stream:
            if stream.read(4) == _ELF:
                yield file


def _strip(file: Path) -> None:
    """Beside it first: what fails leaves the file as it was."""
    made = file.with_name(file.name + ".part")
    command = ["strip", "--strip-unneeded", "-o", str(made), str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode == 0:
        made.replace(file)
    else:
        made.unlink(missing_ok=True)
