"""Two screens and high resolutions, in processes of their own: Qt reads both once, at its start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from devkit.console import ROOT

from tests.patience import PATIENCE_S

FULL_HD = (1920, 1080)
#: Round a window, in pixels.
LINE = 2
#: The window on the first screen, its map on the second.
BOTH = "100,100,1400,800,2100,200,900,700"


def screens(folder: Path, *sizes: tuple[int, int]) -> str:
    """Qt's name of a platform with so many screens side by side."""
    left, made = 0, []
    for number, (width, height) in enumerate(sizes):
        size = {"x": left, "y": 0, "width": width, "height": height}
        made.append({"name": f"s{number}", **size, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1})
        left += width
    file = folder / f"screens-{len(sizes)}.json"
    file.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": made}), encoding="utf-8")
    return f"offscreen:configfile={file.as_posix()}"


def started(folder: Path, platform: str, *arguments: str, scale: str = "1") -> dict[str, Any]:
    settings = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": scale}
    settings["PYTHONPATH"] = os.pathsep.join(map(str, (ROOT, ROOT / "packaging")))
    command = [sys.executable, "-m", "tests.packaging.two_screens", str(folder / "window.ini"), *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def inside(area: list[int], screen: list[int]) -> bool:
    """All of a window but the line round it, its title bar too."""
    left, top, width, height = area
    across = screen[0] <= left and left + width <= screen[0] + screen[2] + LINE
    return across and screen[1] < top and top + height <= screen[1] + screen[3] + LINE


def test_no_window_stays_on_a_screen_that_is_gone(tmp_path: Path) -> None:
    two, one = screens(tmp_path, FULL_HD, FULL_HD), screens(tmp_path, FULL_HD)
    first = started(tmp_path, two, BOTH)
    assert first["window"] == [100, 100, 1400, 800]
    assert first["map"] == [2100, 200, 900, 700]
    alone = started(tmp_path, one)
    assert alone["window"] == first["window"]
    assert inside(alone["map"], alone["screens"][0])


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_a_window_kept_at_100_percent_fits_a_screen_that_is_scaled(tmp_path: Path, scale: str) -> None:
    one = screens(tmp_path, FULL_HD)
    kept = '[General]\ndetached=map\n[window]\nmain="[300, 200, 1600, 860]"\nmap="[900, 400, 900, 600]"\n'
    (tmp_path / "window.ini").write_text(kept, encoding="utf-8")
    scaled = started(tmp_path, one, scale=scale)
    (screen,) = scaled["screens"]
    assert scaled["scale"] == float(scale)
    assert screen[2:] == [round(side / float(scale)) for side in FULL_HD]
    assert inside(scaled["window"], screen)
    assert inside(scaled["map"], screen)


def test_a_small_screen_at_twice_the_size_still_shows_all_of_the_window(tmp_path: Path) -> None:
    laptop = screens(tmp_path, (1366, 768))
    shown = started(tmp_path, laptop, "0,32,683,350,20,60,600,300", scale="2")
    (screen,) = shown["screens"]
    assert shown["least"][0] <= screen[2]
    assert inside(shown["window"], screen)
