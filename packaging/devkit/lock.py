"""Recompile the locks, and check that every pinned package can be installed on Windows and on Linux."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from devkit import environment, index, pythons, uv
from devkit.console import ROOT, StepFailed, run_step, say

#: What is compiled, in this order, and the lock that fixes the versions of the next.
LOCKS = {"dev": None, "run": "dev", "freeze": "dev", "tools": None}
#: Qt needs glibc 2.34 (Debian 12, Ubuntu 22.04) or newer.
PLATFORMS = ("x86_64-pc-windows-msvc", "x86_64-manylinux_2_34")

HEADER = "# Made from {name}.in by `python3 packaging/dev.py lock`. Do not edit.\n"

_OPTIONS = ["--universal", "--generate-hashes", "--python-version", pythons.VERSIONS[0], "--quiet"]
_BARE = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]


def run(arguments: Sequence[str]) -> int:
    """Recompile all locks (`--upgrade`: with newer versions), then check them. Raises StepFailed."""
    installer = uv.get()
    for name, constraint in LOCKS.items():
        say(f"compiling {name}.txt …")
        _compile(installer, name, constraint, arguments)
    return wheels([])


def wheels(arguments: Sequence[str]) -> int:
    """Ask the index for a wheel of each package of each lock, for all platforms and Pythons. Raises StepFailed."""
    if arguments:
        raise StepFailed("Checking wheels", f"'{' '.join(arguments)}' is not understood", "use: wheels")
    installer = uv.get()
    interpreter = pythons.find()
    if interpreter is None:
        raise StepFailed("Checking wheels", "no Python 3.12 or 3.13 here", "install one, then run it again")
    for name in LOCKS:
        for platform in PLATFORMS:
            for version in pythons.VERSIONS:
                _check_wheels(installer, interpreter, name, platform, version)
    say("the locks are complete: wheels for " + ", ".join(PLATFORMS) + " on " + ", ".join(pythons.VERSIONS))
    return 0


def _compile(installer: str, name: str, constraint: str | None, arguments: Sequence[str]) -> None:
    """Compile beside the old lock: a failure leaves it alone, and its versions stay unless --upgrade is given."""
    folder = environment.REQUIREMENTS
    lock = folder / f"{name}.txt"
    partial = folder / f"{name}.txt.part"
    partial.write_text(lock.read_text(encoding="utf-8") if lock.exists() else "", encoding="utf-8")
    limits = ["--constraints", _relative(folder / f"{constraint}.txt")] if constraint else []
    source = _relative(folder / f"{name}.in")
    command = [installer, "pip", "compile", *_OPTIONS, *_BARE, *limits, *arguments, source]
    try:
        run_step(
            f"Compiling {name}.txt",
            [*command, "--output-file", _relative(partial)],
            "mend the version limits in the .in files, or check the network",
            index.settings(),
        )
        content = HEADER.format(name=name) + partial.read_text(encoding="utf-8")
        lock.write_bytes(content.encode())
    finally:
        partial.unlink()


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _check_wheels(installer: str, interpreter: str, name: str, platform: str, version: str) -> None:
    """A dry run of an installation from wheels only, hashes included."""
    say(f"checking wheels of {name}.txt: {platform}, Python {version} …")
    with tempfile.TemporaryDirectory() as folder:
        run_step(
            f"Checking wheels of {name}.txt for {platform}, Python {version}",
            check_command(installer, interpreter, name, platform, version, folder),
            "pin a version that has a wheel there, or limit it by a platform marker in the .in file",
            index.settings(),
        )


def check_command(
    installer: str, interpreter: str, name: str, platform: str, version: str, folder: str
) -> list[str]:
    target = ["--python", interpreter, "--python-platform", platform, "--python-version", version]
    strict = ["--dry-run", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    lock = _relative(environment.REQUIREMENTS / f"{name}.txt")
    return [installer, "pip", "install", *strict, *target, "--target", folder, "--requirements", lock]
