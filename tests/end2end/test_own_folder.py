"""The program writes nothing beside itself: its own folder is read-only, and it works all the same.

All that it writes lies in the user's folders: data, what waits and what is typed (`store.location`), regions
(`regions.current`), settings (`app`), log and reports (`logs`), caches (`compile`, `regions.online`,
`online_addresses`), in the system's folder for passing files, or where it was told to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.services import sample
from dispatch_console.store.store import open_store
from tests import packs
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("main.py", "pyproject.toml", "CHANGELOG.md", "dispatch_console", "db", "resources")
FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Path]:
    """The shipped files in a folder where nobody may write."""
    program = tmp_path / "program"
    program.mkdir()
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, program / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, program / name)
    _allow(program, 0o555, 0o444)
    yield program
    _allow(program, 0o755, 0o644)


def _allow(program: Path, folder: int, file: int) -> None:
    for path in (program, *program.rglob("*")):
        path.chmod(folder if path.is_dir() else file)


def _as_user() -> list[str]:
    """In front of a command: rights of files hold for root too."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("rights of files do not hold for root, and this machine has no setpriv to give them up")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not made read-only by their mode there")
def test_nothing_is_written_beside_the_program(program: Path, tmp_path: Path, town_pack: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    packs.lend(town_pack, home)
    env = {name: value for name, value in os.environ.items() if name not in ("NUMBA_CACHE_DIR", "PYTHONPATH")}
    env |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(FOLDERS, str(home))}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*_as_user(), *command], cwd=here, env=env, capture_output=True, encoding="utf-8",
            timeout=PATIENCE_S, check=False,
        )  # fmt: skip

    before = _files(program)
    assert run("touch", str(program / "resources" / "new")).returncode != 0
    main = sys.executable, str(program / "main.py")
    store = str(home / "day.db")
    opened = open_store(store)
    sample.ensure(opened)
    opened.close()
    late = str(program / "resources" / "sample" / "late-orders.csv")
    for words in (
        ("shot", "--demo", "--page", "print", "--out", str(home / "print.png")),
        ("shot", "--demo", "--page", "help", "--out", str(home / "help.png")),
        ("import", "--store", store, late),
        ("store", "backup", "--store", store),
        ("store", "diagnostics", "--store", store, "--out", str(home / "support.zip")),
    ):
        done = run(*main, *words)
        assert done.returncode == 0, (words, done.stderr)
    assert _files(program) == before
    assert list(here.iterdir()) == []
    for made in ("print.png", "help.png", "support.zip"):
        assert (home / made).stat().st_size > 0


def _files(program: Path) -> dict[str, tuple[int, int]]:
    found = {path.relative_to(program).as_posix(): path.stat() for path in program.rglob("*")}
    return {name: (told.st_size, told.st_mtime_ns) for name, told in found.items()}
