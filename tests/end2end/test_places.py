"""300 addresses of which 20 are unsure: imported by the page, then cleared by the keyboard alone."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.orders import Order
from dispatch_console.domain.places import Place
from dispatch_console.geocoding.houses import metres
from dispatch_console.services import sample
from dispatch_console.store.store import open_store
from dispatch_console.ui.places import PlacesPanel
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.regional import KEY
from dispatch_console.ui.theme import apply
from tests import address_list
from tests.address_list import Listed

NEAR_M = 50.0
#: What the dispatcher knows where to look for, though the address says nothing.
CORRECTED = ("behind the old station", "see phone call")
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


class Chair:
    """Who sits before the screen, with a keyboard and no mouse."""

    def __init__(self, program: app.Program, qtbot: QtBot) -> None:
        self.program, self.qtbot, self.keys = program, qtbot, 0

    @property
    def panel(self) -> PlacesPanel:
        return cast("PlacesPanel", self.program.window.area.side)

    @property
    def orders(self) -> dict[str, Order]:
        return {order.reference: order for order in self.program.desk.day.orders.values()}

    @property
    def places(self) -> list[Place]:
        return [hit.place for hit in self.panel.list.hits.hits]

    @property
    def asked(self) -> str:
        """The order whose address is asked about; empty: none is."""
        panel = self.panel
        return panel.title.text().split(" · ")[0] if panel.body.currentWidget() is not panel.done else ""

    def go_to_next_day(self) -> None:
        desk, before = self.program.desk, self.program.desk.day.date
        self.program.window.run_id("day.next")
        self.qtbot.waitUntil(lambda: desk.day.date > before and desk.day.travel.provider.startswith("pack:"))

    def bring(self, file: Path) -> None:
        page, window = self.program.parts.import_page(), self.program.window
        with self.qtbot.waitSignal(page.work.drawn):
            self.program.parts.open_files([file])
        with self.qtbot.waitSignal(page.work.imported):
            page.take()
        self.qtbot.waitUntil(lambda: window.page == "main")

    def press(self, key: Qt.Key) -> None:
        self.keys += 1
        self.qtbot.keyClick(self.panel.list, key)

    def look_for(self, text: str) -> None:
        panel = self.panel
        before = panel.list.hits.hits
        self.press(Qt.Key.Key_F2)
        panel.typed.selectAll()
        self.keys += 1 + len(text)
        self.qtbot.keyClicks(panel.typed, text)
        self.qtbot.waitUntil(lambda: panel.list.hits.hits not in ((), before))
        self.keys += 1
        self.qtbot.keyClick(panel.typed, Qt.Key.Key_Return)

    def answer(self, one: Listed) -> None:
        """What a dispatcher knows of it, by as few keys as there are."""
        if one.street in CORRECTED:
            self.look_for("station road 5 lindmoor")
            assert self.panel.list.hits.hits[0].matched == "Station Road 5, 4100 Lindmoor"
        if one.place is not None and _row(one, self.places) is None:
            self.look_for(one.right)
        row = _row(one, self.places)
        self.press(Qt.Key.Key_Delete if row is None else Qt.Key(Qt.Key.Key_1 + row))
        self.qtbot.waitUntil(lambda: self.asked != one.reference)


def _row(one: Listed, places: list[Place]) -> int | None:
    """Where it is among the candidates; the first, if its address does not say where it is."""
    if one.place is None:
        return 0 if places else None
    place = one.place
    return next((n for n, candidate in enumerate(places) if metres(candidate, place) <= NEAR_M), None)


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

    chair.keys += 1
    assert program.window.keys.press(QKeySequence("Alt+P"))
    qtbot.waitUntil(lambda: not chair.panel.is_looking)
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
