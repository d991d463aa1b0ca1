"""300 addresses of which 20 are unsure: imported by the page, then cleared by the keyboard alone."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.geocoding.houses import metres
from dispatch_console.services import sample
from dispatch_console.store.store import open_store
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.regional import KEY
from dispatch_console.ui.theme import apply
from tests import address_list
from tests.end2end.chair import NEAR_M, Chair

#: A digit for most; typing for those two, and for houses that are in a town that is not named.
MOST_KEYS = 110


@pytest.fixture
def program(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, hooks: None, town_pack: Path
) -> Iterator[app.Program]:
    """The day after the sample's, which is empty, with the town's pack."""
    apply.set_up(qapp, False)
    store = open_store(tmp_path / "day.db")
    sample.ensure(store)
    memory = Memory(tmp_path / "window.ini")
    memory.set_text(KEY, str(town_pack))
    arguments = argparse.Namespace(command=None, store=None, demo=False, day=sample.day())
    program = app.Program(qapp, store, memory, arguments)
    program.parts.regional.cache = tmp_path / "matrices"
    with qtbot.waitSignal(program.parts.map.view.shown):
        program.window.resize(1920, 1048)
        program.window.show()
    qtbot.waitUntil(lambda: program.desk.day.travel.provider.startswith("pack:"))
    yield program
    program.end()


def test_20_of_300_are_asked_about_and_never_again(program: app.Program, tmp_path: Path, qtbot: QtBot) -> None:
    chair, listed = Chair(program, qtbot), {one.reference: one for one in address_list.rows()}
    file = tmp_path / "orders.csv"
    file.write_text(address_list.as_csv(list(listed.values())), encoding="utf-8")
    chair.go_to_next_day()
    chair.bring(file)

    # What is written legibly is placed by itself, where it is.
    clean = [one for one in listed.values() if one.kind == "clean"]
    for one in clean:
        place = chair.orders[one.reference].place
        assert place is not None, one
        assert one.place is not None
        assert metres(place, one.place) <= NEAR_M, one
    unsure = {one.reference for one in listed.values()} - {one.reference for one in clean}
    assert {reference for reference, order in chair.orders.items() if order.place is None} == unsure

    chair.begin()
    answered: list[str] = []
    while chair.asked:
        answered.append(chair.asked)
        chair.answer(listed[answered[-1]])
    assert set(answered) == unsure
    assert chair.keys <= MOST_KEYS
    left = {reference for reference, order in chair.orders.items() if order.place is None}
    assert left == {one.reference for one in listed.values() if one.street in ("Nowhere Gate 99", "as last time")}
    for one in (listed[reference] for reference in unsure - left):
        place = chair.orders[one.reference].place
        assert place is not None
        assert one.place is None or metres(place, one.place) <= NEAR_M, one
        assert chair.orders[one.reference].place_quality == "pin"

    # One step back brings the last one back, and its key once more takes it.
    last = next(reference for reference in reversed(answered) if reference not in left)
    program.window.run_id("edit.undo")
    qtbot.waitUntil(lambda: chair.asked == last)
    assert chair.orders[last].place is None
    chair.answer(listed[last])
    assert chair.orders[last].place is not None

    # The next day the same addresses ask nothing: the address book has them.
    chair.go_to_next_day()
    chair.bring(file)
    assert {reference for reference, order in chair.orders.items() if order.place is None} == left
