"""What another console does, on this one's screen: how long it takes, from the edit there until it is painted here.

Both are processes of their own on one server: here the whole program with its window (`watching_window`), there a
session that saves as a window's does. Under load three more consoles edit the same routes all the time.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import sqlalchemy as sa

from dispatch_console.domain.errors import UserError
from dispatch_console.services import days
from dispatch_console.store.base import new_command
from dispatch_console.store.store import open_store
from tests.conftest import ROOT
from tests.faults import consoles
from tests.faults.killed import DAY, HOME
from tests.faults.table import Figure, Size, broken, dice, percentile
from tests.patience import PATIENCE_S
from tests.store import pg

ALONE_MS, LOADED_MS = 250.0, 500.0
#: Between two edits of a console, at most: a dispatcher is slower.
_PAUSE_S = 0.1
_ID = sa.text("SELECT id FROM audit WHERE command_id = :command")


def other(url: str, number: int, edits: int, seed: int, told: Any) -> None:
    """Edits what is there, so many times (0: until it is stopped); tells the audit's id and the time of each."""
    luck = dice(seed, "other", number)
    with closing(open_store(url)) as store:
        for n in count() if not edits else iter(range(edits)):
            time.sleep(luck.uniform(0, _PAUSE_S))
            day, command = days.open_day(store, HOME, DAY), new_command()
            change = consoles.edit(day.plan, list(day.shifts.values()), luck, f"{number}.{n}")
            at = time.monotonic()
            try:
                store.save_change(change, HOME, DAY, day.revision, f"Console {number}", command)
            except UserError:
                continue
            with store.engine.connect() as connection:
                id = connection.scalar(_ID, {"command": command})
            if id is not None:
                told.put((id, at))
        told.put(None)


class Watching:
    """The window that looks on. `seen`: the audit's id up to which it had painted everything, and when."""

    def __init__(self, url: str, home: Path) -> None:
        folders = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
        env = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
        if sys.platform == "linux" and os.geteuid() == 0:
            env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        self._errors = home / "stderr.txt"
        command = [sys.executable, "-m", "tests.faults.watching_window", url]
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
            )
        self.seen: list[tuple[int, float]] = []
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("begun"), self._errors.read_text(encoding="utf-8", errors="replace")
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            id, at = line.split()
            self.seen.append((int(id), float(at)))

    def wait_for(self, id: int) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and not (self.seen and self.seen[-1][0] >= id):
            time.sleep(0.05)

    def close(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE_S)
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


def delays(made: Sequence[tuple[int, float]], seen: Sequence[tuple[int, float]]) -> tuple[list[float], int]:
    """(milliseconds until each edit was seen, how many never were)."""
    found: list[float] = []
    for id, at in made:
        when = next((then for upto, then in seen if upto >= id), None)
        if when is not None:
            found.append(1000 * (when - at))
    return found, len(made) - len(found)


def looked_on(url: str, edits: int, load: int, seed: int) -> tuple[list[float], int]:
    """`delays` of so many edits of one console, while so many others edit."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        told, noise = context.Queue(), context.Queue()
        busy = [context.Process(target=other, args=(url, 2 + n, 0, seed, noise)) for n in range(load)]
        watching = Watching(url, Path(folder))
        one = context.Process(target=other, args=(url, 1, edits, seed, told))
        for process in (*busy, one):
            process.start()
        made = list(iter(lambda: told.get(timeout=PATIENCE_S), None))
        for process in busy:
            process.terminate()
        watching.wait_for(made[-1][0])
        watching.close()
        for process in (*busy, one):
            process.join(PATIENCE_S)
        return delays(made, watching.seen)


def run(size: Size, seed: int) -> list[Figure]:
    edits, load, goal = {Size.CI: (150, 0, ALONE_MS), Size.FULL: (600, 3, LOADED_MS)}[size]
    with pg.running(pg.needed()) as server:
        url = pg.create_database(server.url, "others")
        consoles.fill(url).close()
        found, never = looked_on(url, edits, load, seed)
    done = f"{len(found)} edits" + (f", {load} more consoles" if load else "")
    median = f"median {percentile(found, 50):.0f} ms, worst {max(found):.0f} ms"
    return [
        broken("another console's change: never seen", done, [f"{never} edits"] if never else []),
        Figure("another console's change visible, p99", done, percentile(found, 99), goal, "ms", True, [median]),
    ]
