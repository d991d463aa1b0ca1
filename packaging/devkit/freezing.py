"""`freeze`: the program as a folder that needs no Python, from the hashed lock, in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from devkit import (
    archive,
    bundle,
    environment,
    index,
    licences,
    product,
    pythons,
    sizes,
    smoking,
    stripping,
    system,
    uv,
    windows,
)
from devkit.console import ROOT, StepFailed, run_step, say

LOCK = environment.REQUIREMENTS / "freeze.txt"
SPEC = ROOT / "packaging" / "dispatch-console.spec"
WORK = ROOT / "build" / "freeze"
LOG = WORK / "pyinstaller.log"
#: What a build is marked with that nobody can make again.
DIRTY = "+dirty"

_STEP = "Freezing the program"
_USE = "use: freeze [--dirty] [--estimate] [--smoke]"
#: Seconds between two lines of progress.
_TELL_S = 10.0


def run(arguments: Sequence[str]) -> int:
    """Make the folder, tell how large it is, and pack it on Linux. Raises StepFailed."""
    unknown = [word for word in arguments if word not in ("--dirty", "--estimate", "--smoke")]
    if unknown:
        raise StepFailed(_STEP, f"'{' '.join(unknown)}' is not understood", _USE)
    version = version_to_build(changes(), allowed="--dirty" in arguments)
    say(f"freezing version {version}")
    _freeze(_environment(), version)
    stripping.run(product.FROZEN)
    print(sizes.report(product.FROZEN), flush=True)
    if "--estimate" in arguments:
        print(sizes.estimate(product.FROZEN), flush=True)
    if sys.platform.startswith("linux"):
        made = archive.pack(product.FROZEN, product.DIST, version)
        say(f"{made}: {made.stat().st_size / 1e6:.0f} MB")
    return smoking.run([]) if "--smoke" in arguments else 0


def changes() -> list[str]:
    """Files of the work tree that are not as they were committed. Raises StepFailed where git cannot be asked."""
    command = ["git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=normal"]
    try:
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        why = "git cannot say whether the files here are those of a version"
        raise StepFailed(_STEP, why, "freeze in a clone of the repository") from error
    return [line[3:] for line in told.splitlines()]


def version_to_build(changed: Sequence[str], *, allowed: bool) -> str:
    """The version, marked if files are not as they were committed. Raises StepFailed unless that is allowed."""
    if changed and not allowed:
        shown = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
        raise StepFailed(
            _STEP,
            f"the work tree is not as it was committed: {shown}",
            f"commit or remove that; or `freeze --dirty`, for yourself alone: its version ends with {DIRTY}",
        )
    return product.version() + (DIRTY if changed else "")


def _environment() -> str:
    """A new virtual environment with what the lock says, and nothing else; its interpreter."""
    installer, found = uv.get(), pythons.find()
    if found is None:
        raise StepFailed(_STEP, "no Python 3.12 or 3.13 here", "install one, then run it again")
    system.ensure(with_test_programs=False)
    folder = WORK / "venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    say("making an environment of its own …")
    make = [installer, "venv", "--clear", "--quiet", "--no-python-downloads", "--python", found, str(folder)]
    run_step("Making the environment of the build", make, f"remove {folder} and run it again")
    fill = [installer, "pip", "sync", "--quiet", "--python", str(python), "--require-hashes", str(LOCK)]
    advice = "check the network and the proxy settings (HTTPS_PROXY), then run the command again"
    run_step("Installing the packages", [*fill, "--only-binary", ":all:"], advice, index.settings())
    return str(python)


def _freeze(python: str, version: str) -> None:
    say("compiling the search; this takes half a minute …")
    make = [python, str(ROOT / "packaging" / "search_core.py"), str(WORK)]
    run_step("Compiling the search", make, "see what it says above")
    found = licences.collected(Path(python))
    (WORK / "licences.txt").write_text(licences.written(found), encoding="utf-8")
    (WORK / "version.txt").write_text(version + "\n", encoding="utf-8")
    plain = version[: -len(DIRTY)] if version.endswith(DIRTY) else version
    (WORK / "version_info.txt").write_text(windows.version_info(plain), encoding="utf-8")
    shutil.rmtree(product.FROZEN, ignore_errors=True)
    command = [python, "-m", "PyInstaller", "--noconfirm", "--workpath", str(WORK / "work")]
    # Names must not hang on chance, or two builds of one version differ.
    settings = {**os.environ, "DISPATCH_FREEZE_WORK": str(WORK), "PYTHONHASHSEED": "0"}
    code = _told([*command, "--distpath", str(product.DIST), str(SPEC)], settings)
    program = product.FROZEN / (product.SLUG + (".exe" if os.name == "nt" else ""))
    if code != 0 or not program.is_file():
        raise StepFailed(_STEP, f"PyInstaller ended with {code}", f"see the end of {LOG}")
    bundle.finish(product.FROZEN)


def _told(command: Sequence[str], settings: dict[str, str]) -> int:
    """Run the freezer with its words in a file, and every few seconds what it is at."""
    said = began = time.monotonic()
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=WORK,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            log.write(line)
            now = time.monotonic()
            if now - said > _TELL_S:
                said = now
                say(f"{now - began:4.0f} s  {_short(line)}")
    return process.wait()


def _short(line: str) -> str:
    """What the freezer does, without its times and without folders of this machine."""
    words = line.partition("INFO: ")[2].strip() or line.strip()
    return words.replace(str(ROOT) + os.sep, "").replace(str(Path.home()), "~")[:100]
