"""`main.py shot`: pictures of the real window, taken off the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from dispatch_console.ui.theme.tokens import DARK, LIGHT
from tests import packs
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path, town_pack: Path) -> Path:
    """The folder of a user who has seen the sample before."""
    packs.lend(town_pack, tmp_path)
    return tmp_path


def _shot(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    folders = dict.fromkeys(("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(out.parent))
    env = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "main.py", "shot", "--out", str(out), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
    )


def _colours(image: QImage, left: int, top: int, width: int, height: int) -> set[str]:
    """The colours of every fourth pixel of an area, as `#RRGGBB`."""
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(left, left + width, 4)
        for y in range(top, top + height, 4)
    }


def test_the_sample_as_the_drawing(home: Path) -> None:
    done = _shot(home / "main.png", "--demo")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    image = QImage(str(home / "main.png"))
    assert (image.width(), image.height()) == (1920, 1080)
    # Rules where the drawing has them: below toolbar and heads, between pool, board and map, above the status bar.
    for x, y in ((1000, 79), (1000, 111), (380, 400), (1459, 400), (1539, 900), (1000, 1054)):
        assert image.pixelColor(x, y).name().upper() == LIGHT["line"], (x, y)
    in_map = _colours(image, 1460, 112, 460, 670)
    assert {LIGHT["map_land"], LIGHT["map_water"]} <= in_map
    assert len(in_map) > 100  # stops and routes in their colours


def test_small_and_dark_with_the_palette(home: Path) -> None:
    out = home / "palette.png"
    done = _shot(out, "--demo", "--dark", "--size", "1366x768", "--page", "palette", "--type", "op")
    assert done.returncode == 0, done.stderr
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1366, 768)
    assert image.pixelColor(683, 96).name().upper() == DARK["tx3"]  # the upper edge, 96 from the top
    assert DARK["accbg"] in _colours(image, 330, 171, 100, 36)  # the first row is current


def test_a_store_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is not a database, however long it is " * 100)
    done = _shot(tmp_path / "main.png", "--store", str(broken))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()[-1]) > 20
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "main.png").exists()


@pytest.mark.parametrize("page", ["print", "fleet", "settings", "empty"])
def test_every_page_has_its_picture(home: Path, page: str) -> None:
    done = _shot(home / "page.png", "--demo", "--page", page)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert len(_colours(QImage(str(home / "page.png")), 0, 80, 1920, 960)) > 20
