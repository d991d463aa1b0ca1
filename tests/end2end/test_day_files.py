"""A file of a day is saved from the window, and opened by a double click, beside the program that runs already."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.shell import day_files as shown
from dispatch_console.ui.shell.strips import StripRow
from tests.end2end.desktop import Console
from tests.end2end.windows import Open
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


class _Answers(FileDialogs):
    """In place of the system's dialog."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.proposed = name, ""

    def save(self, parent: QWidget, kind: str, title: str, name: str, kinds_of_file: str) -> str:
        self.proposed = name
        return self.name


def test_a_day_is_saved_from_the_window_and_opened_beside_it(
    open_program: Open, start: Callable[..., Console], tmp_path: Path, qtbot: QtBot
) -> None:
    program, told = open_program(), list[str]()
    program.desk.message.connect(lambda text, _kind: told.append(text))
    answers = _Answers(str(tmp_path / "to support"))
    program.desk.files = answers
    program.window.run_id("day.save_file")
    file = tmp_path / "to support.dispatch-day"
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: any("It holds this day’s customers" in text for text in told))
    assert answers.proposed == "2026-11-23 Lindmoor depot.dispatch-day"
    console = start(str(file))  # while this one runs
    console.wait_for_window("Mon 23 Nov 2026 – Lindmoor depot – Dispatch Console$")
    before = file.read_bytes()
    console.key("ctrl+n")
    assert console.close() == 0, console.told()
    assert file.read_bytes() == before
    assert not list((tmp_path / "home").rglob("*.db")), "a copy leaves no store and no backups"


def test_a_window_on_a_copy_says_so(open_program: Open, tmp_path: Path) -> None:
    program = open_program()
    shown.mark_copy(program.window, tmp_path / "to support.dispatch-day")
    (row,) = [row for row in program.window.findChildren(StripRow) if "A copy of" in row.title.text()]
    assert row.title.text() == "A copy of Mon 23 Nov, to be looked at."
    assert "From to support.dispatch-day." in row.words.text()


def test_a_file_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.dispatch-day").write_text("a;b", encoding="utf-8")
    folders = dict.fromkeys(("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(tmp_path))
    env = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    for name in ("text", "missing"):
        done = subprocess.run(
            [sys.executable, "main.py", str(tmp_path / f"{name}.dispatch-day")],
            cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        last = done.stderr.strip().splitlines()[-1]
        assert f"{name}.dispatch-day" in last
        assert last.endswith(".")
        assert "Traceback" not in done.stderr
