"""kill -9 of the whole program with its window: saving edits, importing files, starting on an older store."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from tests.benchmarks import start
from tests.conftest import ROOT
from tests.faults.kills import AFTER, Killed, older, templates
from tests.faults.places import in_memory
from tests.faults.table import Figure, Size, broken, dice

USABLE_S = 5.0
#: So much may be said to be saved before the kill, at most; a start on an older store is killed by the clock.
MOST_SAVED = {"plan save": 25, "import": 2, "migration": 0}
_START_S, _WORK_S = (0.5, 6.0), 0.3


def killed(work: str, store: Path, seed: int, luck: random.Random) -> Killed:
    """Start the program, let it work for a while, kill it."""
    home = store.parent
    folders = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    env = {**os.environ, **folders, "KILLED_FILES": str(home), "QT_QPA_PLATFORM": "offscreen"}
    if sys.platform == "linux" and os.geteuid() == 0:
        env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    command = [sys.executable, "-m", "tests.faults.killed_window", work, str(store), str(seed)]
    with Path(home, "stderr.txt").open("wb") as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
        )
    assert process.stdout is not None
    said: list[str] = []
    if work != "migration":
        said = _until(process.stdout, luck.randint(0, MOST_SAVED[work]), home / "stderr.txt")
    time.sleep(luck.uniform(*_START_S) if work == "migration" else luck.uniform(0, _WORK_S))
    process.kill()
    process.wait(30)
    said += process.stdout.read().splitlines()
    process.stdout.close()
    return Killed(tuple(said))


def _until(stream: IO[str], saved: int, errors: Path) -> list[str]:
    """What it says until it has begun, and has said so many times that something is saved."""
    said: list[str] = []
    while not said or sum(line.startswith("saved") for line in said) < saved:
        line = stream.readline()
        assert line, errors.read_text(encoding="utf-8", errors="replace")
        said.append(line.rstrip("\n"))
    return said


def run(size: Size, seed: int) -> list[Figure]:
    times = {Size.CI: 2, Size.FULL: 50}[size]
    figures: list[Figure] = []
    shown: dict[str, float] = {}
    for work in MOST_SAVED:
        with in_memory() as folder:
            wrong, shown, early = _often(work, times, seed, folder)
        done = f"{times} kills of the window"
        note = f"{early} before the first word of anything saved"
        figures.append(broken(f"kill -9 during {work}: lost or half there", done, wrong, [note]))
    work_s = f"{shown['work']:.1f} s of the processor"
    usable = Figure(
        "kill -9: the window usable again", "started anew", shown["usable"], USABLE_S, "s", True, [work_s]
    )
    return [*figures, usable]


def _often(work: str, times: int, seed: int, folder: Path) -> tuple[list[str], dict[str, float], int]:
    """(what was wrong, the last one started anew, kills before anything was said to be saved)."""
    template = templates(folder)["plan save"]
    if work == "migration":
        template = older(template, folder / "older.db")
    wrong, early, file = list[str](), 0, template
    for n in range(times):
        luck, home = dice(seed, "window", work, n), folder / f"{work}-{n}"
        home.mkdir()
        file = Path(shutil.copy(template, home / "store.db"))
        shutil.copy(template, home / "old.db")
        number = luck.randrange(10**6)
        was = killed(work, file, number, luck)
        early += not was.saved
        wrong += [f"{work} {n}: {what}" for what in AFTER[work](file, was, number, [])]
    shown = start.child("open", file, str(file.parent)) if work == "migration" else {}
    return wrong, shown, early
