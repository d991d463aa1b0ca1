"""A screen of its own with a mouse and a keyboard: Xvfb and xdotool, and the real process on it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dispatch_console.domain.day import Day
from dispatch_console.services import days
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.board.geometry import CARDS_TOP, GAP, LANE, MARGIN, SLOT
from dispatch_console.ui.shell.memory import Memory
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1920, 1048)
#: Windows stand so far below the top of a screen that there is room for a title bar, though here nobody draws one.
TOP = 32
#: Where the board begins in a window of this size, and where the map begins.
BOARD = (381, TOP + 80)
#: Numbers of screens.
_LOWEST, _NUMBERS = 100, 50_000


def available() -> bool:
    """Whether this machine has what it takes."""
    return sys.platform == "linux" and all(shutil.which(tool) for tool in ("Xvfb", "xdotool"))


class Screen:
    """An X server of its own, of a number that goes by the process. Left to itself it takes the lowest free one,
    and another server of that number, which is just ending, takes its socket away."""

    def __init__(self) -> None:
        first = os.getpid() * 10
        for number in range(first, first + 10):
            self.display = f":{_LOWEST + number % _NUMBERS}"
            if self._starts():
                return
        raise RuntimeError("no screen can be had: Xvfb ends before it answers")

    def _starts(self) -> bool:
        """Whether it did; it says so itself, as another one may answer at that number."""
        told, tell = os.pipe()
        command = [
            "Xvfb",
            self.display,
            "-displayfd",
            str(tell),
            "-screen",
            "0",
            "1920x1080x24",
            "-nolisten",
            "tcp",
        ]
        try:
            self._server = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[tell]
            )
        finally:
            os.close(tell)
        with os.fdopen(told, encoding="ascii") as pipe:
            answers = bool(pipe.readline().strip())
        if not answers:
            self._server.wait(PATIENCE_S)
        return answers

    def run(self, *words: str | int | float, check: bool = True) -> str:
        """xdotool on this screen; what it prints."""
        command = ["xdotool", *map(str, words)]
        env = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(
            command, env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout.strip()

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(PATIENCE_S)


class Console:
    """The program as a user starts it, with folders of its own, and hands that work it."""

    def __init__(self, screen: Screen, home: Path, *arguments: str | Path) -> None:
        self.screen, self.home = screen, home
        memory = Memory(home / "Dispatch Console" / "window.ini")
        memory.set_numbers("window/main", [0, TOP, *SIZE])
        memory.set_text("folder/orders", str(home))  # where its dialog begins
        memory.flush()
        kept = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), str(home))
        env = {**os.environ, **kept, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        self._errors = home / f"stderr-{len(list(home.glob('stderr-*')))}.txt"
        command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(command, cwd=home, env=env, stdout=subprocess.DEVNULL, stderr=errors)

    # -- hands ---------------------------------------------------------------------------------------

    def wait_for_window(self, name: str = "Dispatch Console$") -> str:
        """The id of the window whose title ends so, once it can be seen; it gets the keyboard."""
        found = until(lambda: self.screen.run("search", "--onlyvisible", "--name", name, check=False), self._alive)
        id = found.splitlines()[-1]
        self.screen.run("windowfocus", id)
        return id

    def key(self, *keys: str) -> None:
        self.screen.run("key", "--delay", 60, *keys)

    def type(self, text: str) -> None:
        self.screen.run("type", "--delay", 15, text)

    def answer(self, name: str) -> None:
        """Return until the dialog of this title is gone: the first may only take what the list of names offers."""
        for _ in range(6):
            self.key("Return")
            time.sleep(0.7)
            if not self.screen.run("search", "--onlyvisible", "--name", name, check=False):
                return

    def click(self, x: int, y: int) -> None:
        self.screen.run("mousemove", x, y, "sleep", 0.1, "click", 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, go there in steps as a hand does, let go."""
        steps = 8
        words: list[str | int | float] = ["mousemove", *start, "sleep", 0.2, "mousedown", 1, "sleep", 0.1]
        for step in range(1, steps + 1):
            x, y = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            words += ["mousemove", x, y, "sleep", 0.06]
        self.screen.run(*words, "mousemove", end[0] + 1, end[1], "sleep", 0.3, "mouseup", 1)

    # -- end -----------------------------------------------------------------------------------------

    def close(self) -> int:
        """Close it as a user does; the exit code."""
        self.key("ctrl+q")
        return self.process.wait(PATIENCE_S)

    def kill(self) -> None:
        """For the end of a test, whatever happened."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE_S)

    def told(self) -> str:
        """What it wrote on stderr so far."""
        return self._errors.read_text(encoding="utf-8", errors="replace")

    def _alive(self) -> None:
        assert self.process.poll() is None, self.told()


class Look:
    """Reads the store of a running console, as another console would."""

    def __init__(self, where: Path, date: dt.date) -> None:
        self._where, self._date = where, date
        self._store: Store | None = None

    def day(self) -> Day:
        store = self._store = self._store or open_store(self._where)
        return days.open_day(store, store.depots()[0].id, self._date)

    def until(
        self,
        holds: Callable[[Day], bool],
        again: Callable[[], object] = lambda: None,
        patience_s: float = PATIENCE_S,
    ) -> Day:
        """The day once `holds` is true of it; `again` is called before each look."""
        found: list[Day] = []

        def look() -> bool:
            again()
            found.append(self.day())
            return holds(found[-1])

        until(look, patience_s=patience_s)
        return found[-1]

    def close(self) -> None:
        if self._store is not None:
            self._store.close()


def card(lane: int, row: int) -> tuple[int, int]:
    """Where on the screen a stop card of the board is grabbed; lanes and rows count from 0."""
    left = BOARD[0] + MARGIN + lane * (LANE + GAP)
    return left + 60, BOARD[1] + CARDS_TOP + row * SLOT + 20


def until[T](
    look: Callable[[], T], alive: Callable[[], object] = lambda: None, patience_s: float = PATIENCE_S
) -> T:
    """What `look` gives as soon as it is true of anything."""
    end = time.monotonic() + patience_s
    while True:
        found = look()
        if found:
            return found
        alive()
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
