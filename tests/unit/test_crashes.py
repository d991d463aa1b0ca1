"""What a run leaves that ended unexpectedly: a mark, a report without customers, what was typed."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import OrderKind, Priority
from dispatch_console.services import crashes, logs, unfinished
from dispatch_console.services.unfinished import TypedOrder, Unfinished
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
STORE = "the store"
NAME = "Ada Quill"  # not in a line that raises: a traceback quotes the source
ORDER = TypedOrder(0, "2026-11-23", {"name": "Ada Quill"}, OrderKind.DELIVERY, Priority.HIGH)

#: A run that says when it can be killed; `sys.argv`: the folder, and how it ends by itself.
RUN = """
import ctypes, sys, time
from pathlib import Path
from dispatch_console.services import crashes
with crashes.watching(True, Path(sys.argv[1])):
    print("up", flush=True)
    if sys.argv[2] == "raise":
        raise ValueError("Ada Quill, 12 Linden Row")
    if sys.argv[2] == "native":
        ctypes.string_at(0)
    time.sleep(100)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(logs, "folder", lambda: tmp_path)
    return tmp_path / "reports"


@pytest.fixture
def handlers() -> Iterator[None]:
    yield
    faulthandler.enable()  # for the tests themselves
    assert not any(isinstance(one, crashes.Watch) for one in logging.getLogger().handlers)


def _run(folder: Path, end: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), end],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    if end == "kill":
        process.kill()
    _, told = process.communicate(timeout=PATIENCE_S)
    return process, told


def test_a_clean_end_leaves_nothing(folder: Path, handlers: None) -> None:
    with crashes.watching(True, folder) as watch:
        assert watch is not None
        assert crashes.ended_badly(folder) == []  # it runs
        watch.alive()
    assert list(folder.iterdir()) == []
    with pytest.raises(UserError), crashes.watching(True, folder):
        raise UserError("The store cannot be opened. Choose another one.")
    assert list(folder.iterdir()) == []


def test_nothing_is_watched_where_nothing_is_wanted_or_can_be_written(
    folder: Path, handlers: None, caplog: pytest.LogCaptureFixture
) -> None:
    with crashes.watching(False, folder) as watch:
        assert watch is None
    folder.write_text("in the way", encoding="utf-8")
    with caplog.at_level(logging.CRITICAL), crashes.watching(True, folder) as watch:
        assert watch is None


@pytest.mark.parametrize(
    ("end", "code", "how"),
    [
        ("kill", -signal.SIGKILL, "ended from outside"),
        ("native", -signal.SIGSEGV, "A fault outside Python:"),
        ("raise", 1, "ValueError"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="ends by signals are POSIX's")
def test_a_process_that_ends_unexpectedly(folder: Path, end: str, code: int, how: str) -> None:
    process, _ = _run(folder, end)
    assert process.returncode == code
    (ended,) = crashes.ended_badly(folder)
    text = ended.report.read_text(encoding="utf-8")
    assert how in text
    assert "Quill" not in text
    assert str(Path.home()) not in text
    if end == "native":
        assert "in string_at" in text
    assert crashes.reports(folder) == [ended.report]
    assert crashes.ended_badly(folder) == []  # it is told once


@pytest.mark.logs_warnings
def test_an_error_that_was_survived_is_reported_at_once(folder: Path, handlers: None) -> None:
    with crashes.watching(True, folder):
        for n in range(8):
            try:
                raise KeyError(f"{NAME} {n}")
            except KeyError:
                logging.getLogger("dispatch_console.test").critical("nobody caught this", exc_info=True)
        found = crashes.reports(folder)
        assert len(found) == 5  # an error of each repaint fills no disk
    assert "KeyError" in found[0].read_text(encoding="utf-8")
    assert "Quill" not in found[0].read_text(encoding="utf-8")


@pytest.mark.logs_warnings
def test_marks_of_others_are_left_and_spoilt_ones_go(folder: Path) -> None:
    folder.mkdir()
    mark = folder / "running-1.json"
    for spoilt in ("", "[]", '{"pid": "x"}', '{"pid": 1}'):
        mark.write_text(spoilt, encoding="utf-8")
        assert crashes.ended_badly(folder) == []
        assert not mark.exists()
    again = {"pid": os.getpid(), "created": 5.0, "started": "x", "report": "../../etc/passwd"}
    mark.write_text(json.dumps(again), encoding="utf-8")  # the number came again, the process is another
    (ended,) = crashes.ended_badly(folder)
    assert ended.report.parent == folder


def test_only_the_newest_reports_are_kept(folder: Path, handlers: None) -> None:
    folder.mkdir()
    for n in range(12):
        (folder / f"report-20250101-0000{n:02}-0.txt").write_text("old", encoding="utf-8")
    (folder / "running-1.json").write_text('{"pid": 999999, "created": 5, "started": "x"}', encoding="utf-8")
    (ended,) = crashes.ended_badly(folder)
    assert len(crashes.reports(folder)) == 10
    assert crashes.reports(folder)[0] == ended.report


def test_what_is_typed_outlasts_the_run_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("a;b", encoding="utf-8")
    keeper = unfinished.Keeper(tmp_path / "kept")
    now = Unfinished(STORE, ORDER, unfinished.open_file(file, unfinished.state_of(file), {(3, 1): "8-12"}, {7}))
    keeper.keep(now)
    (kept,) = (tmp_path / "kept").iterdir()
    if sys.platform != "win32":
        assert kept.stat().st_mode & 0o777 == 0o600
    assert unfinished.left(STORE, tmp_path / "kept") == []  # its run is there
    monkeypatch.setattr(crashes, "is_running", lambda pid, created: False)
    assert unfinished.left(STORE, tmp_path / "kept") == [(kept, now)]
    assert unfinished.left("another store", tmp_path / "kept") == []
    assert now.file is not None
    assert now.file.repairs == 2
    file.write_text("a;b;c", encoding="utf-8")
    assert now.file.state != unfinished.state_of(file)
    keeper.keep(Unfinished(STORE))
    assert not kept.exists()
    keeper.keep(now)
    keeper.end()
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.logs_warnings
@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"store": 1, "order": {"texts": 5}, "file": null}', "\x00"])
def test_spoilt_files_are_dropped(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / "1-5.0.json").write_text(spoilt, encoding="utf-8")
    assert unfinished.left(STORE, tmp_path) == []
    assert list(tmp_path.iterdir()) == []
