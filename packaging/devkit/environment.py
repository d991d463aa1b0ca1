"""The virtual environment of the project: made and filled on first use, found by its stamp on the next."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Literal

from devkit import index, pythons, system, uv
from devkit.console import ROOT, run_step, say

Kind = Literal["run", "dev"]

#: May be a link to one that several working copies share.
VENV = (ROOT / ".venv").resolve()
REQUIREMENTS = ROOT / "packaging" / "requirements"
STAMP = VENV / "set-up.json"

#: What tests compile, the next run finds: here, nothing of it in the user's own folders.
COMPILED = ("NUMBA_CACHE_DIR", str(ROOT / ".numba_cache"))

_PACKAGES = "Installing the packages of the lock"


def python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(kind: Kind) -> Path:
    """The interpreter of an environment that holds at least the lock `kind`; `dev` holds all of `run`.

    At once if the stamp fits; else sets up, with progress on stderr. Raises StepFailed.
    """
    if is_set_up(kind):
        return python()
    stamp = _read_stamp()
    say("setting up (only the first time, or after the lock has changed)")
    installer = uv.get()
    _ensure_venv(installer, stamp)
    wanted: Kind = "dev" if "dev" in stamp else kind
    _install(installer, wanted)
    system.ensure(with_test_programs=wanted == "dev")
    write_stamp(wanted)
    say("set-up done")
    return python()


def key(kind: Kind) -> str:
    """What a set-up depends on: the lock, the version of Python, the list of libraries, and the folder.

    The folder, because scripts in a virtual environment hold its path.
    """
    digest = hashlib.sha256((REQUIREMENTS / f"{kind}.txt").read_bytes())
    for text in (_venv_version(), str(VENV), *system.LIBRARIES):
        digest.update(text.encode())
    return digest.hexdigest()


def is_set_up(kind: Kind) -> bool:
    """Whether the environment holds that lock, by its stamp; fast."""
    if not python().exists():
        return False
    stamp = _read_stamp()
    return stamp.get("dev") == key("dev") or (kind == "run" and stamp.get("run") == key("run"))


def _read_stamp() -> dict[str, str]:
    try:
        content = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_stamp(kind: Kind) -> None:
    """Say that the environment now holds that lock."""
    STAMP.write_text(json.dumps({kind: key(kind), "place": str(VENV)}), encoding="utf-8")


def _venv_version() -> str:
    """`3.12.1` as the environment records it; empty without one. Read, not asked: this is on the fast path."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    pairs = (line.partition("=") for line in lines)
    return next((value.strip() for name, _, value in pairs if name.strip().startswith("version")), "")


def _ensure_venv(installer: str, stamp: dict[str, str]) -> None:
    """Make `.venv`, unless there is one that works and was made in this very folder."""
    moved = stamp.get("place", str(VENV)) != str(VENV)
    if not moved and python().exists() and pythons.probe([str(python())]) is not None:
        return
    if VENV.exists():
        say(".venv does not work on this machine: making it anew")
        shutil.rmtree(VENV, ignore_errors=True)
    say("Looking for Python 3.12 or 3.13 …")
    found = pythons.find()
    if found is not None:
        say(f"found {found}")
        make = [installer, "venv", "--clear", "--no-python-downloads", "--python", found, str(VENV)]
        advice = "remove the folder .venv and run the command again"
        run_step("Making .venv", make, advice, index.settings())
    else:
        _venv_with_fetched_python(installer)


def _venv_with_fetched_python(installer: str) -> None:
    version = pythons.VERSIONS[0]
    say(f"none that works: fetching Python {version} with uv …")
    private = {
        **index.settings(),
        "UV_PYTHON_INSTALL_DIR": str(uv.TOOLS / "python"),
        "UV_PYTHON_DOWNLOADS": "automatic",
    }
    run_step(
        f"Fetching Python {version}",
        [installer, "venv", "--clear", "--managed-python", "--python", version, str(VENV)],
        "install Python 3.12 or 3.13 (CPython, 64 bits) from your system's package manager or Python's own "
        "site, then run the command again; or allow this machine to reach the internet (HTTPS_PROXY)",
        private,
    )


def _install(installer: str, kind: Kind) -> None:
    """Bring the environment to exactly what the lock says."""
    lock = REQUIREMENTS / f"{kind}.txt"
    say(f"{_PACKAGES} (about 1.5 GB on disk; a few minutes at most) …")
    command = [installer, "pip", "sync", "--python", str(python()), "--require-hashes", str(lock)]
    advice = (
        "check the network and the proxy settings (HTTPS_PROXY) and that about 3 GB are free on this disk, "
        "then run the command again: it goes on where it stopped"
    )
    run_step(_PACKAGES, [*command, "--only-binary", ":all:"], advice, index.settings())
