"""The command line: which command is meant, what the window gets, exit codes."""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch_console.cli import main
from dispatch_console.domain.errors import UserError

ROOT = Path(__file__).resolve().parents[2]


class Window:
    """Remembers what it was opened with."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.seen: list[argparse.Namespace] = []

    def __call__(self, arguments: argparse.Namespace) -> int:
        self.seen.append(arguments)
        return self.code


def _opened(*argv: str) -> argparse.Namespace:
    window = Window()
    assert main.run(argv, window) == 0
    (seen,) = window.seen
    return seen


def test_without_a_command_the_window_opens() -> None:
    seen = _opened()
    assert (seen.command, seen.store, seen.demo, seen.day) == (None, None, None, None)
    seen = _opened("--demo", "--day", "2026-11-23")
    assert (seen.demo, seen.day) == (True, dt.date(2026, 11, 23))


@pytest.mark.parametrize("argv", [["--demo", "shot", "--out", "a.png"], ["shot", "--demo", "--out", "a.png"]])
def test_a_picture_takes_the_same_words(argv: list[str]) -> None:
    seen = _opened(*argv)
    assert (seen.command, seen.demo, seen.out, seen.size, seen.page) == (
        "shot",
        True,
        Path("a.png"),
        (1920, 1080),
        "main",
    )
    assert _opened(*argv, "--size", "1366X768").size == (1366, 768)


@pytest.mark.parametrize("words", [["import", "a.csv"], ["store", "check"], ["store", "restore", "b.db"]])
def test_a_store_named_before_the_command_counts(words: list[str]) -> None:
    parsers = main.parser([words[0]])
    assert parsers.parse_args(["--store", "a.db", *words]).store == "a.db"
    assert parsers.parse_args([*words, "--store", "a.db"]).store == "a.db"
    assert parsers.parse_args(words).store is None


@pytest.mark.parametrize("words", [["import", "a.csv"], "plan --orders a --fleet f --out o".split()])
def test_a_day_named_before_the_command_counts(words: list[str]) -> None:
    day = dt.date(2026, 11, 23)
    assert main.parser([words[0]]).parse_args(["--day", "2026-11-23", *words]).day == day
    assert main.parser([words[0]]).parse_args(words).day is None


@pytest.mark.parametrize("size", ["1920", "axb", "100x100", "99999x99999"])
def test_sizes_that_are_none(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main.run(["shot", "--out", "a.png", "--size", size], Window())
    assert end.value.code == 2
    assert "a size is written 1920x1080" in capsys.readouterr().err


def test_the_worlds_fault_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def locked(_arguments: argparse.Namespace) -> int:
        raise UserError("The store is locked. Close the other console.")

    assert main.run([], locked) == 1
    captured = capsys.readouterr()
    assert captured.err == "The store is locked. Close the other console.\n"
    assert captured.out == ""


def test_unknown_words_are_wrong_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main.run(["fly"], Window())
    assert end.value.code == 2
    assert "import" in capsys.readouterr().err


def test_the_window_does_not_load_the_commands() -> None:
    code = "import sys; from dispatch_console.cli import main; main.run([], lambda a: 0); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    loaded = [
        name for name in done.stdout.split() if name.startswith(("dispatch_console.", "PySide6", "sqlalchemy"))
    ]
    assert {name.split(".")[1] for name in loaded} == {"cli", "domain", "resources"}


@pytest.mark.parametrize("command", ["import", "plan", "store", "shot"])
def test_every_command_has_help(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "main.py", command, "--help"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: main.py {command}")
