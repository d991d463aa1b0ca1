"""The version comes from one place, and is told where somebody asks for it."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

import pytest

from dispatch_console import resources
from dispatch_console.cli import main
from dispatch_console.optimiser.core import jit
from dispatch_console.services import diagnostics, versions


def test_it_is_the_one_of_the_project_file() -> None:
    text = (resources.root() / "pyproject.toml").read_text(encoding="utf-8")
    assert re.findall(r'^version = "(.*)"$', text, re.MULTILINE) == [resources.version()]


def test_the_frozen_program_knows_as_what_it_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    (tmp_path / "version.txt").write_text("4.5.6+dirty\n", encoding="utf-8")
    assert resources.version() == "4.5.6+dirty"


@pytest.mark.parametrize(
    ("frozen", "platform", "command"),
    [(False, "win32", "main.py"), (True, "win32", "dispatch-console-command"), (True, "linux", "dispatch-console")],
)
def test_commands_are_called_as_they_are_typed_there(
    frozen: bool, platform: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    assert resources.command() == command
    assert main.parser([]).prog == command


def test_the_command_line_tells_it_with_that_of_sqlite(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main.run(["--version"], lambda _: 1)
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert resources.version() in said
    assert f"SQLite {sqlite3.sqlite_version}" in said
    assert said.strip() == versions.told() == diagnostics.about()["program"]


@pytest.mark.parametrize(
    ("version", "journal"), [((3, 51, 2), "TRUNCATE"), ((3, 51, 3), "WAL"), ((4, 0, 0), "WAL")]
)
def test_and_how_sqlite_keeps_files_whole(
    version: tuple[int, int, int], journal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert versions.told().endswith(f"({journal})")


def test_compiled_code_is_known_by_what_it_was_compiled_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the age of the program: an update that leaves the search alone does not compile it anew."""
    monkeypatch.setattr(jit, "_HERE", tmp_path)
    made: list[bytes] = []
    for text in ("a = 1", "a = 2", "a = 1"):
        (tmp_path / "a.py").write_text(text, encoding="utf-8")
        jit.fingerprint.cache_clear()
        made.append(jit.fingerprint())
    jit.fingerprint.cache_clear()
    assert made[0] == made[2] != made[1]
