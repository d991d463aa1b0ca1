"""What every test gets: Qt off screen, repeatable Hypothesis, a clean log, nothing left running."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt. Chromium refuses its sandbox as root, which build machines are.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "linux" and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

import hypothesis
import psutil
import pytest

from tests import patience

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# What a test run compiles, the next one finds; nothing of it in the user's own folders. (devkit says the same.)
os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".numba_cache"))

#: Helpers of Qt and of multiprocessing that live as long as the test run itself.
LASTING_PROCESSES = ("QtWebEngine", "multiprocessing.resource_tracker")

hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)  # by hand, for new examples
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test data beside the project; a test that asks for it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def town_pack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The region pack of the sample's town, for vans, kept from run to run. Copy it to spoil it."""
    from tests import packs

    cache = request.config.cache
    return packs.town(tmp_path_factory.mktemp("packs") if cache is None else cache.mkdir("packs"))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> patience.PatientBot:
    return patience.PatientBot(request)


#: Folders whose tests make widgets.
_WITH_WIDGETS = {"gui", "map", "end2end"}


@pytest.fixture(scope="module", autouse=True)
def _widgets_go_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """No other thread lets go of a widget: see `ui.garbage`."""
    if not _WITH_WIDGETS & set(request.path.parts):
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _young_garbage() -> Iterator[None]:
    yield
    if not gc.isenabled():
        gc.collect(1)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log that no test speaks of is a fault: allow it with `@pytest.mark.logs_warnings`."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if collector.lines and request.node.get_closest_marker("logs_warnings") is None:
        pytest.fail("unexpected warnings in the log:\n" + "\n".join(collector.lines), pytrace=False)


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Threads that a test started end with it; those of wider fixtures were there before."""
    before = set(threading.enumerate())
    yield
    left = _threads_since(before)
    deadline = time.monotonic() + patience.PATIENCE_S
    while left and time.monotonic() < deadline:
        time.sleep(0.02)
        left = _threads_since(before)
    assert not left, f"threads still running after the test: {', '.join(sorted(t.name for t in left))}"


def _threads_since(before: set[threading.Thread]) -> set[threading.Thread]:
    return {thread for thread in set(threading.enumerate()) - before if not thread.daemon}


_first_seen: dict[int, str] = {}


@pytest.fixture(scope="module", autouse=True)
def _note_children(request: pytest.FixtureRequest) -> Iterator[None]:
    """Remember after which module a child process was first seen, for `_no_process_left`."""
    yield
    for child in psutil.Process().children(recursive=True):
        _first_seen.setdefault(child.pid, request.node.nodeid)


@pytest.fixture(scope="session", autouse=True)
def _no_process_left() -> Iterator[None]:
    """At the end, when all other fixtures are gone, no process we started may be left; those left are stopped."""
    yield
    _, left = psutil.wait_procs(_children(), timeout=patience.PATIENCE_S)
    described = [_describe(child) for child in left]
    for child in left:
        child.kill()
    assert not left, "processes still running after the tests:\n" + "\n".join(described)


def _children() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if not any(word in _command(child) for word in LASTING_PROCESSES)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _describe(process: psutil.Process) -> str:
    seen = _first_seen.get(process.pid, "the last module")
    return f"{process.pid} {_command(process)[:200]} (first seen in {seen})"
