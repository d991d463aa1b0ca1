"""A screen of its own (Xvfb), its picture, and what is to be seen on pictures of the window."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dispatch_console.ui.theme import tokens
from tryout.program import Failed

SIZE = (1920, 1080)
#: Where the panes lie in a window of this size: left, top, right, bottom.
BOARD, MAP = (390, 120, 1450, 770), (1470, 130, 1890, 740)
#: A pane is drawn if there are so many colours on it, and so much of it is not of the commonest one.
_COLOURS, _SHARE = 24, 0.02

#: The strip over the panes that says how the program ended: so many pixels of its ground.
_STRIP = 20_000

Pixels = NDArray[np.uint8]


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """Started, and ended at the end."""
    told, tell = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    words = ["-displayfd", str(tell), "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"]
    server = subprocess.Popen(
        ["Xvfb", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[tell]
    )
    os.close(tell)
    try:
        with os.fdopen(told, encoding="ascii") as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failed("Xvfb does not start")
        yield Screen(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait(30)


class Screen:
    """What stands in the memory of an X server, which keeps it in a file."""

    def __init__(self, display: str, file: Path) -> None:
        self.display, self._file = display, file

    def pixels(self) -> Pixels:
        """Rows of (red, green, blue)."""
        data = self._file.read_bytes()
        head = struct.unpack(">25I", data[:100])
        size, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
        raw = np.frombuffer(data, np.uint8, line * height, size + colours * 12)
        return raw.reshape(height, line)[:, : width * 4].reshape(height, width, 4)[:, :, 2::-1]

    def save(self, file: Path) -> None:
        Image.fromarray(self.pixels()).save(file)

    def press(self, *keys: str) -> None:
        """On the window that was opened last."""
        self._xdotool("search", "--sync", "--onlyvisible", "--name", "Dispatch Console$", "windowfocus")
        self._xdotool("key", "--delay", "80", *keys)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "40", text)

    def _xdotool(self, *words: str) -> None:
        settings = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(
            ["xdotool", *words], env=settings, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        if done.returncode != 0:
            raise Failed(f"xdotool {words[0]}: {done.stderr.strip()}")


def picture(file: Path) -> Pixels:
    with Image.open(file) as opened:
        return np.asarray(opened.convert("RGB"))


def is_drawn(pixels: Pixels, box: tuple[int, int, int, int]) -> bool:
    """Whether there is something on that part of the window."""
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right].astype(np.uint32)
    codes = (part[:, :, 0] << 16) | (part[:, :, 1] << 8) | part[:, :, 2]
    counts = np.unique_counts(codes).counts
    return counts.size >= _COLOURS and 1 - counts.max() / codes.size >= _SHARE


def has_strip(pixels: Pixels) -> bool:
    """Whether the window offers what was left when the program ended unexpectedly."""
    ground = bytes.fromhex(tokens.LIGHT["ambbg"].removeprefix("#"))
    return int((pixels == np.frombuffer(ground, np.uint8)).all(axis=2).sum()) >= _STRIP
