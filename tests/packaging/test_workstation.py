"""What IT rolls out with the program: it is kept without a password, and a user's own choice goes before it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from pytestqt.qtbot import QtBot

from dispatch_console.cli import main
from dispatch_console.domain.errors import UserError
from dispatch_console.services import workstation
from dispatch_console.services.workstation import Workstation
from dispatch_console.ui.shell import language, signing_in
from dispatch_console.ui.shell.memory import Memory

SERVER = "postgresql://depot.example/dispatch?sslmode=verify-full"
OTHER = "postgresql://other.example/dispatch"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program folder of its own, at a place that needs care."""
    place = tmp_path / "Program Files" / "Fräser & Söhne %TEMP%"
    place.mkdir(parents=True)
    monkeypatch.setattr(workstation, "folder", lambda: place)
    return place


def test_a_program_run_from_its_sources_has_nothing_rolled_out() -> None:
    assert workstation.folder() is None
    assert workstation.load() == Workstation()
    with pytest.raises(UserError, match="installed program"):
        workstation.roll_out(SERVER, "de")


def test_what_is_rolled_out_by_the_command_is_read(installed: Path) -> None:
    assert main.run(["workstation", "--use-store", SERVER, "--language", "de"], lambda _: 2) == 0
    assert workstation.load() == Workstation(SERVER, "de")


def test_it_is_done_and_refused_without_standard_streams(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installer calls the program that has a window; there are none on Windows."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert main.run(["workstation", "--use-store", SERVER], lambda _: 2) == 0
    assert main.run(["workstation", "--use-store", "postgresql://a:b@depot.example/dispatch"], lambda _: 2) == 1
    with pytest.raises(SystemExit) as end:
        main.run(["workstation", "--store-of", SERVER], lambda _: 2)
    assert end.value.code == 2
    assert workstation.load().store == SERVER


def test_an_update_that_says_nothing_changes_nothing(installed: Path) -> None:
    workstation.roll_out(SERVER, "de")
    workstation.roll_out(None, "fr")
    assert workstation.load() == Workstation(SERVER, "fr")
    workstation.roll_out("", None)
    assert workstation.load() == Workstation("", "fr")


@pytest.mark.parametrize(
    "store",
    [
        "postgresql://ada:geheim@depot.example/dispatch",
        "postgresql://depot.example/dispatch?password=geheim",
        "postgresql://depot.example/dispatch?sslpassword=geheim",
        "sqlite:///depot.db",
        "depot.db",
        "mysql://depot.example/dispatch",
    ],
)
def test_a_password_and_a_file_are_refused_and_never_written(
    installed: Path, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["workstation", "--use-store", store], lambda _: 2) == 1
    assert "geheim" not in capsys.readouterr().err
    assert not (installed / workstation.FILE).exists()


@pytest.mark.parametrize("language", ["Deutsch", "../de", "de DE"])
def test_what_is_no_language_is_refused(installed: Path, language: str) -> None:
    with pytest.raises(UserError, match="no language"):
        workstation.roll_out(None, language)


def test_a_file_that_a_notepad_wrote_is_read(installed: Path) -> None:
    text = f"[workstation]\r\nstore = {SERVER}\r\n"
    (installed / workstation.FILE).write_bytes(text.encode("utf-8-sig"))
    assert workstation.load() == Workstation(SERVER, "")


@pytest.mark.logs_warnings
@pytest.mark.parametrize("content", [b"store=x", b"\xff\xfe[\x00", b"[workstation]\n[workstation]\n"])
def test_a_file_that_is_none_says_nothing(installed: Path, content: bytes) -> None:
    (installed / workstation.FILE).write_bytes(content)
    assert workstation.load() == Workstation()


def test_the_users_choice_goes_before_what_was_rolled_out(installed: Path, tmp_path: Path) -> None:
    workstation.roll_out(SERVER, None)
    memory = Memory(tmp_path / "window.ini")
    assert signing_in.address(memory) == SERVER
    signing_in.choose(memory, OTHER)
    assert signing_in.address(memory) == OTHER
    signing_in.choose(memory, "")
    memory.flush()
    assert signing_in.address(Memory(tmp_path / "window.ini")) == ""


def test_who_chose_what_was_rolled_out_follows_the_next_roll_out(installed: Path, tmp_path: Path) -> None:
    workstation.roll_out(SERVER, None)
    memory = Memory(tmp_path / "window.ini")
    signing_in.choose(memory, OTHER)
    signing_in.choose(memory, SERVER)
    workstation.roll_out(OTHER, None)
    assert signing_in.address(memory) == OTHER


def test_qt_speaks_the_language_as_far_as_it_knows_it(qtbot: QtBot, qapp: QCoreApplication) -> None:
    assert language.set_up(qapp, "") == []
    assert language.set_up(qapp, "xx") == []
    assert language.set_up(qapp, "de") == ["qtbase"]
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    finally:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
