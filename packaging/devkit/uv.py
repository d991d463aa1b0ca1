"""Get uv, pinned by hash, from the package index into a private folder of the project."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from devkit import index, pythons, system
from devkit.console import ROOT, StepFailed, ask, say, try_step

TOOLS = ROOT / ".tools"
LOCK = ROOT / "packaging" / "requirements" / "tools.txt"

_STEP = "Getting uv, the installer of the packages"


def pinned_version() -> str:
    """The version of uv that the lock of the tools names."""
    found = re.search(r"^uv==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise StepFailed(_STEP, f"{LOCK} names no uv", "restore that file from version control")
    return found.group(1)


def get() -> str:
    """Path of a working uv of the pinned version, fetched on first use. Raises StepFailed."""
    home = TOOLS / f"uv-{pinned_version()}"
    found = _working(home)
    if found is not None:
        return found
    say(f"{_STEP} (version {pinned_version()}) …")
    partial = home.with_name(home.name + ".part")
    for way in (_by_pip, _by_own_venv, _by_system_pip):
        shutil.rmtree(partial, ignore_errors=True)
        if way(partial):
            shutil.rmtree(home, ignore_errors=True)
            partial.rename(home)
            found = _working(home)
            if found is not None:
                return found
    raise StepFailed(
        _STEP,
        "no Python on this machine could fetch it from the package index",
        "check the network and the proxy settings (HTTPS_PROXY), make sure `python3 -m pip --version` works"
        f"{system.pip_hint()}, then run the command again",
    )


def _working(home: Path) -> str | None:
    name = "uv.exe" if os.name == "nt" else "uv"
    for path in (home / "bin" / name, home / "Scripts" / name):
        if path.is_file() and ask([str(path), "--version"]) is not None:
            return str(path)
    return None


def _install_with(python: str, target: Path) -> bool:
    """`--target` needs no virtual environment and is allowed in an externally managed Python too."""
    if ask([python, "-m", "pip", "--version"]) is None:
        return False
    options = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--disable-pip-version-check"]
    quiet = ["--quiet", "--no-input", "--no-warn-script-location"]
    command = [python, "-m", "pip", "install", *options, *quiet, "--target", str(target), "-r", str(LOCK)]
    return try_step(command, {**index.settings(), "PIP_ROOT_USER_ACTION": "ignore", "PIP_USER": "0"}) == 0


def _by_pip(target: Path) -> bool:
    """With this Python's pip, else with that of the Python the program will run on."""
    if _install_with(sys.executable, target):
        return True
    other = pythons.find()
    return other is not None and other != sys.executable and _install_with(other, target)


def _by_own_venv(target: Path) -> bool:
    """With the pip that Python brings along for new virtual environments."""
    venv = TOOLS / "pip"
    shutil.rmtree(venv, ignore_errors=True)
    for python in filter(None, (sys.executable, pythons.find())):
        if ask([python, "-m", "venv", str(venv)], timeout=120) is not None:
            folder = "Scripts/python.exe" if os.name == "nt" else "bin/python"
            return _install_with(str(venv / folder), target)
    return False


def _by_system_pip(target: Path) -> bool:
    """On Debian a Python without pip and without venv gets its pip by apt, if we may."""
    debian = "/usr/bin/python3"
    if ask([debian, "-m", "pip", "--version"]) is not None:
        return False  # so the pip was not what was missing
    return system.install_pip() and _install_with(debian, target)
