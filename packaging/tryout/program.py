"""The frozen program in a home of its own: started as a dispatcher or a script would, and what it leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

#: The machine may be busy; nothing that works takes so long.
PATIENCE_S = 300.0

_UNBOXED = "QTWEBENGINE_DISABLE_SANDBOX"


class Failed(Exception):
    """What was tried does not work: what was seen."""


class Program:
    """The program, copied to where it was not built, and a user who has never started it."""

    def __init__(self, frozen: Path, scratch: Path) -> None:
        self.folder = scratch / "Programme für alle" / frozen.name
        shutil.copytree(frozen, self.folder, symlinks=True, copy_function=_linked)
        self.file = self.folder / frozen.name
        self.home = scratch / "Jörg Müller"
        self._no_programs, self.out = scratch / "nothing", scratch / "out"
        for folder in (self.home, self._no_programs, self.out):
            folder.mkdir()
        self._before = self._written()

    @property
    def resources(self) -> Path:
        return self.folder / "_internal" / "resources"

    def environment(self, display: str | None = None, home: Path | None = None) -> dict[str, str]:
        """What a desktop gives to a program, and not one variable more."""
        words = {"HOME": str(home or self.home), "PATH": str(self._no_programs), "LANG": "C.UTF-8"}
        words |= {"QT_QPA_PLATFORM": "offscreen"} if display is None else {"DISPLAY": display}
        if os.geteuid() == 0 or _UNBOXED in os.environ:  # Chromium refuses to run its sandbox as root
            words[_UNBOXED] = "1"
        return words

    def run(self, *words: str | Path) -> str:
        """A command to its end; what it printed. Raises Failed if it does not end with 0."""
        done = subprocess.run(
            [str(self.file), *map(str, words)],
            cwd=self.home,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_S,
            check=False,
        )
        if done.returncode != 0:
            raise Failed(f"“{' '.join(map(str, words[:3]))} …” ended with {done.returncode}: {done.stderr[-1500:]}")
        return done.stdout

    def start(self, *words: str | Path, display: str | None = None, home: Path | None = None) -> psutil.Popen:
        """Begin, and go on. What it says goes to a file in the home."""
        at = home or self.home
        with (at / "said.txt").open("ab") as said:
            return psutil.Popen(
                [str(self.file), *map(str, words)],
                cwd=at,
                env=self.environment(display, home),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def said(self, home: Path | None = None) -> str:
        return ((home or self.home) / "said.txt").read_text(encoding="utf-8", errors="replace")[-1500:]

    def compiled(self) -> list[Path]:
        """Pieces of the search that lie ready in the user's cache."""
        return list((self.home / ".cache").rglob("*.nbc"))

    def keeps(self, text: str) -> bool:
        """Whether what is typed is kept in case the program ends."""
        files = self.data.glob("unfinished/*.json")
        return any(text in file.read_text(encoding="utf-8", errors="replace") for file in files)

    @property
    def data(self) -> Path:
        """The user's own data."""
        return self.home / ".local" / "share" / "Dispatch Console"

    def processes(self) -> list[psutil.Process]:
        """All that run from the program's folder: itself, workers, engines of the map, tools."""
        found: list[psutil.Process] = []
        for one in psutil.process_iter():
            try:
                if one.status() != psutil.STATUS_ZOMBIE and one.exe().startswith(str(self.folder)):
                    found.append(one)
            except psutil.Error:
                continue
        return found

    def work(self) -> float:
        """Seconds of a processor that those which run now have used."""
        used = 0.0
        for one in self.processes():
            try:
                times = one.cpu_times()
            except psutil.Error:
                continue
            used += times.user + times.system
        return used

    def end(self) -> None:
        """Kill what is still there, after something failed."""
        for one in self.processes():
            with suppress(psutil.Error):
                one.kill()

    def is_gone(self) -> None:
        """Raises Failed if some process stays."""
        if not wait(lambda: not self.processes(), 20.0):
            raise Failed(f"left behind: {[' '.join(one.cmdline())[:120] for one in self.processes()]}")

    def wrote_beside_itself(self) -> list[str]:
        now = self._written()
        return sorted(name for name in {**now, **self._before} if now.get(name) != self._before.get(name))

    def _written(self) -> dict[str, int]:
        return {str(file.relative_to(self.folder)): file.lstat().st_mtime_ns for file in self.folder.rglob("*")}


def wait(condition: Callable[[], object], seconds: float = PATIENCE_S) -> bool:
    """Whether it came about in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def rows(told: str) -> dict[str, int]:
    """What `store check` counts: table → rows."""
    pairs = (line.split() for line in told.splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}


def read_json(file: Path) -> dict[str, object]:
    return json.loads(file.read_text(encoding="utf-8"))


def _linked(source: str, target: str) -> None:
    """The same file under another name: a copy of the program takes a moment and no room."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
