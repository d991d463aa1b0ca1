"""Tries an installer on this very machine, as IT would roll it out, and takes the program away again. For build
machines: an installation of this user would be updated by it, and removed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from devkit import product
from devkit.console import ROOT, StepFailed, finished, say

_STEP = "Trying the installer"
_SILENT = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART")
_STORE = "postgresql://depot.example/dispatch"
_WITH_PASSWORD = "postgresql://ada:secret@depot.example/dispatch"
#: What the installer answers when it is installed and the store was refused: see the script.
_REFUSED = 10
_PATIENCE_S = 600
#: The uninstaller goes on as a copy of itself for a while.
_GONE_WITHIN_S = 120


class Trial:
    """One installation in a folder that goes away, of a user whose name needs care."""

    def __init__(self, setup: Path, folder: Path) -> None:
        self._setup = setup
        self._home = folder / "Jörg Müller"
        self._target = self._home / "Programme" / product.NAME
        self._data = self._home / "Local" / product.NAME
        self._home.mkdir()

    def run(self) -> None:
        """Install, work, update, remove. Raises StepFailed at the first thing that is not as it should be."""
        self._install(_STORE, 0)
        self._expect(_STORE in self._rolled_out(), "the store is not rolled out")
        self._expect("language = de" in self._rolled_out(), "the language is not rolled out")
        self._work()
        old = self._target / product.CONTENTS / "of-an-older-version.txt"
        old.write_text("to be removed", encoding="utf-8")
        self._install(_WITH_PASSWORD, _REFUSED)
        self._expect(not old.exists(), "an update leaves old files")
        self._expect("secret" not in self._rolled_out(), "a password was written")
        self._expect(_STORE in self._rolled_out(), "an update forgets the store")
        self._remove()

    def _install(self, store: str, expected: int) -> None:
        say(f"installing, to end with {expected} …")
        words = ["/CURRENTUSER", *_SILENT, "/LANG=de", f"/STORE={store}", f"/DIR={self._target}"]
        self._call([str(self._setup), *words, f"/LOG={self._home / 'setup.log'}"], expected)

    def _work(self) -> None:
        """A day of the sample, planned and printed."""
        say("planning with what was installed …")
        command, sample = str(self._target / f"{product.COMMAND}.exe"), ROOT / "resources" / "sample"
        told = self._call([command, "--version"], 0)
        self._expect(product.version() in told, f"the installed version is {told.strip()}")
        out = self._home / "Pläne"
        files = ["--orders", str(sample / "orders.csv"), "--fleet", str(sample / "fleet.csv")]
        self._call([command, "plan", *files, "--seconds", "2", "--out", str(out)], 0)
        self._expect((out / "manifests.pdf").is_file(), "nothing was printed")
        self._data.mkdir(parents=True, exist_ok=True)
        (self._data / "dispatch.db").write_bytes(b"a user's store")

    def _remove(self) -> None:
        say("removing …")
        self._call([str(self._target / "unins000.exe"), *_SILENT], 0)
        end = time.monotonic() + _GONE_WITHIN_S
        while (self._target / f"{product.SLUG}.exe").exists() and time.monotonic() < end:
            time.sleep(0.5)
        left = [path.name for path in self._target.rglob("*")] if self._target.exists() else []
        self._expect(not left, f"left behind: {', '.join(left[:5])}")
        self._expect((self._data / "dispatch.db").is_file(), "the user's data is gone")

    def _rolled_out(self) -> str:
        try:
            return (self._target / "workstation.ini").read_text(encoding="utf-8")
        except OSError:
            return ""

    def _call(self, command: Sequence[str], expected: int) -> str:
        """What it prints. Raises StepFailed if it ends with another code."""
        try:
            done = finished(command, _PATIENCE_S, environment=self._environment())
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StepFailed(_STEP, f"{Path(command[0]).name}: {type(error).__name__}", self._advice()) from error
        name = Path(command[0]).name
        self._expect(done.returncode == expected, f"{name} ended with {done.returncode}: {done.stdout[-400:]}")
        return done.stdout

    def _environment(self) -> Mapping[str, str]:
        """The user's folders are below the one that goes away (a variable of platformdirs)."""
        return {**os.environ, "WIN_PD_OVERRIDE_LOCAL_APPDATA": str(self._data.parent)}

    def _expect(self, holds: bool, why: str) -> None:
        if not holds:
            raise StepFailed(_STEP, why, self._advice())

    def _advice(self) -> str:
        try:
            log = (self._home / "setup.log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "there is no log of the installer"
        return "the log of the installer ends with:\n" + log[-2000:]


def tried(setup: Path) -> None:
    """Raises StepFailed with what is wrong."""
    folder = Path(tempfile.mkdtemp())
    try:
        Trial(setup, folder).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(f"{setup.name}: installed, planned, updated and removed")
