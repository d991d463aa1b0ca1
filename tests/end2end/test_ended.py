"""The real program, killed while something is typed, and what the next start offers."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.services import crashes, logs, sample, unfinished
from dispatch_console.services.importing_draft import Repairs
from dispatch_console.services.unfinished import Unfinished
from dispatch_console.store import location
from dispatch_console.store.store import open_store
from dispatch_console.ui.shell.ending import Ending
from tests.end2end.desktop import Console, until
from tests.end2end.windows import Open

ROOT = Path(__file__).resolve().parents[2]
LATE = ROOT / "resources" / "sample" / "late-orders.csv"
Start = Callable[..., Console]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders of the user whose program is killed, for this process too."""
    home = tmp_path / "home" / "Dispatch Console"
    monkeypatch.setattr(logs, "folder", lambda: home / "log")
    monkeypatch.setattr(location, "default_folder", lambda: home)
    return home


def _store(folder: Path) -> str:
    file = folder / "day.db"
    store = open_store(file)
    sample.ensure(store)
    store.close()
    return str(file)


def _words(program: app.Program, ending: Ending) -> str:
    return " ".join(label.text() for label in ending.strip.findChildren(QLabel))


def _ending(program: app.Program, watch: crashes.Watch) -> Ending:
    return Ending(program.window, program.parts, watch, location.shown(program.store.url))


def test_killed_with_a_half_filled_order(
    start: Start, open_program: Open, home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    where = _store(tmp_path)
    console = start("--store", where, "--day", sample.day().isoformat())
    console.wait_for_window()
    until(lambda: list((home / "log" / "reports").glob("running-*.json")))
    kept = home / "unfinished"

    def typed() -> bool:
        return any("Quill Ada" in file.read_text(encoding="utf-8") for file in kept.glob("*.json"))

    console.key("ctrl+n")
    console.type("Quill Ada")
    console.key("Return")
    until(typed)
    console.process.send_signal(signal.SIGKILL)
    console.process.wait()

    program = open_program()
    with crashes.watching(True) as watch:
        assert watch is not None
        ending = _ending(program, watch)
        assert ending.strip.isVisible()
        assert "The program ended unexpectedly at about" in _words(program, ending)
        assert "An order was being typed." in _words(program, ending)
        ending.strip.order.click()
        form = program.parts.order_form()
        assert form.isVisible()
        assert form.fields.boxes["name"].text == "Quill Ada"
        assert not ending.strip.order.isVisible()
        ending.strip.seen.click()
        assert not ending.strip.isVisible()
        assert len(crashes.reports()) == 1
    mine = list(kept.glob("*.json"))
    assert len(mine) == 1  # this run keeps it now
    assert mine[0].name.startswith(f"{os.getpid()}-")


@pytest.mark.skipif(sys.platform == "win32", reason="ends by signals are POSIX's")
@pytest.mark.parametrize("kind", [signal.SIGABRT, signal.SIGSEGV])
def test_a_native_fault_of_the_real_program(start: Start, home: Path, tmp_path: Path, kind: signal.Signals) -> None:
    console = start("--store", _store(tmp_path), "--day", sample.day().isoformat())
    console.wait_for_window()
    until(lambda: list((home / "log" / "reports").glob("running-*.json")))
    console.process.send_signal(kind)
    assert console.process.wait() == -kind
    (ended,) = crashes.ended_badly()
    text = ended.report.read_text(encoding="utf-8")
    assert "A fault outside Python:" in text
    assert "app.py" in text
    assert str(Path.home()) not in text


def test_a_clean_end_of_the_real_program_leaves_nothing(start: Start, home: Path, tmp_path: Path) -> None:
    console = start("--store", _store(tmp_path), "--day", sample.day().isoformat())
    console.wait_for_window()
    until(lambda: list((home / "log" / "reports").glob("running-*.json")))
    assert console.close() == 0, console.told()
    assert list((home / "log" / "reports").iterdir()) == []
    assert list(home.glob("unfinished/*")) == []


@pytest.mark.parametrize("changed", [False, True])
def test_an_import_is_offered_with_its_repairs(
    open_program: Open, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, changed: bool
) -> None:
    program, said = open_program(), list[str]()
    program.desk.message.connect(lambda text, _kind: said.append(text))
    keeper, repairs = unfinished.Keeper(), Repairs({(11, 7): "14-16"}, frozenset({15}))
    size, time = unfinished.state_of(LATE)
    file = unfinished.open_file(LATE, (size, time - changed), repairs.cells, repairs.left_out)
    keeper.keep(Unfinished(location.shown(program.store.url), None, file))
    with monkeypatch.context() as patch, crashes.watching(True) as watch:
        assert watch is not None
        patch.setattr(crashes, "is_running", lambda pid, created: False)
        ending = _ending(program, watch)
    assert "late-orders.csv was open, with 2 repairs." in _words(program, ending)
    ending.strip.file.click()
    page = program.parts.import_page()
    wanted = Repairs() if changed else repairs
    qtbot.waitUntil(lambda: page.work.draft is not None and page.work.draft.repairs == wanted)
    assert any("its repairs are gone" in text for text in said) == changed
    assert page.in_hand() == unfinished.open_file(LATE, (size, time), wanted.cells, wanted.left_out)
    assert program.window.page == "import"
    assert not ending.strip.file.isVisible()
    page.leave()
    page.leave()
