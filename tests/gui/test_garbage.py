"""Garbage is searched for on the window's thread alone: a widget must not go on another one."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from dispatch_console.ui import garbage
from dispatch_console.ui.garbage import Garbage, no_pauses


class Cycle:
    """Only a search finds it; `gone_on`: the threads that its kind was let go of on."""

    gone_on: list[threading.Thread] = []

    def __init__(self) -> None:
        self.me = self
        self.widget = QObject()

    def __del__(self) -> None:
        Cycle.gone_on.append(threading.current_thread())


@pytest.fixture
def searcher(qapp: object) -> Iterator[Garbage]:
    gc.collect()
    Cycle.gone_on.clear()
    made = Garbage()
    yield made
    made.end()


@pytest.fixture
def few_are_enough() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(50, 3, 3)
    yield
    gc.set_threshold(*before)


def test_another_thread_lets_go_of_nothing(searcher: Garbage, qtbot: QtBot) -> None:
    Cycle()
    made: list[list[object]] = []
    thread = threading.Thread(target=lambda: made.extend([] for _ in range(50_000)))
    thread.start()
    thread.join()
    assert Cycle.gone_on == []
    qtbot.waitUntil(lambda: Cycle.gone_on == [threading.main_thread()])
    assert len(made) == 50_000


@pytest.mark.usefixtures("few_are_enough")
@pytest.mark.parametrize(("every_s", "gone"), [(0.0, 2), (1e6, 1)])
def test_what_is_old_goes_once_in_a_while(
    searcher: Garbage, monkeypatch: pytest.MonkeyPatch, every_s: float, gone: int
) -> None:
    monkeypatch.setattr(garbage, "_WHOLE_S", every_s)
    Cycle()
    old = [Cycle()]
    gc.collect(1)
    old.clear()
    made: list[list[object]] = []
    for _ in range(40):
        made.extend([] for _ in range(100))
        searcher.look()
    assert len(made) == 4_000
    assert len(Cycle.gone_on) == gone


def test_nobody_searches_while_many_things_are_made(searcher: Garbage) -> None:
    with no_pauses():
        Cycle()
        many = [[] for _ in range(50_000)]
        searcher.look()
        assert Cycle.gone_on == []
    assert len(many) == 50_000
    assert not gc.isenabled()


def test_python_searches_itself_again_at_the_end() -> None:
    before = gc.isenabled()
    gc.enable()
    try:
        made = Garbage()
        assert not gc.isenabled()
        made.end()
        assert gc.isenabled()
    finally:
        if not before:
            gc.disable()
