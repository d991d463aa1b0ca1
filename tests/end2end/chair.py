"""Who sits before the screen of the real program with a list of addresses, a keyboard and no mouse."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from dispatch_console import app
from dispatch_console.domain.orders import Order
from dispatch_console.domain.places import Place
from dispatch_console.geocoding.houses import metres
from dispatch_console.ui.places import PlacesPanel
from tests.address_list import Listed

NEAR_M = 50.0
#: What the dispatcher knows where to look for, though the address says nothing.
CORRECTED = ("behind the old station", "see phone call")


class Hands(Protocol):
    """What presses keys and waits: a test's `qtbot`, or a benchmark's own."""

    def keyClick(self, widget: QWidget, key: Qt.Key) -> object: ...

    def keyClicks(self, widget: QWidget, text: str) -> object: ...

    def waitUntil(self, callback: Callable[[], bool]) -> object: ...

    def waitSignal(self, signal: Any) -> AbstractContextManager[object]: ...


class Chair:
    """Who sits before the screen, with a keyboard and no mouse."""

    def __init__(self, program: app.Program, hands: Hands) -> None:
        self.program, self.hands, self.keys = program, hands, 0

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
        self.hands.waitUntil(lambda: desk.day.date > before and desk.day.travel.provider.startswith("pack:"))

    def bring(self, file: Path) -> None:
        page, window = self.program.parts.import_page(), self.program.window
        with self.hands.waitSignal(page.work.drawn):
            self.program.parts.open_files([file])
        with self.hands.waitSignal(page.work.imported):
            page.take()
        self.hands.waitUntil(lambda: window.page == "main")

    def begin(self) -> None:
        """Alt+P."""
        self.keys += 1
        assert self.program.window.keys.press(QKeySequence("Alt+P"))
        self.hands.waitUntil(lambda: not self.panel.is_looking)

    def press(self, key: Qt.Key) -> None:
        self.keys += 1
        self.hands.keyClick(self.panel.list, key)

    def look_for(self, text: str) -> None:
        panel = self.panel
        before = panel.list.hits.hits
        self.press(Qt.Key.Key_F2)
        panel.typed.selectAll()
        self.keys += 1 + len(text)
        self.hands.keyClicks(panel.typed, text)
        self.hands.waitUntil(lambda: panel.list.hits.hits not in ((), before))
        self.keys += 1
        self.hands.keyClick(panel.typed, Qt.Key.Key_Return)

    def answer(self, one: Listed) -> None:
        """What a dispatcher knows of it, by as few keys as there are."""
        if one.street in CORRECTED:
            self.look_for("station road 5 lindmoor")
            assert self.panel.list.hits.hits[0].matched == "Station Road 5, 4100 Lindmoor"
        if one.place is not None and _row(one, self.places) is None:
            self.look_for(one.right)
        row = _row(one, self.places)
        self.press(Qt.Key.Key_Delete if row is None else Qt.Key(Qt.Key.Key_1 + row))
        self.hands.waitUntil(lambda: self.asked != one.reference)


def _row(one: Listed, places: list[Place]) -> int | None:
    """Where it is among the candidates; the first, if its address does not say where it is."""
    if one.place is None:
        return 0 if places else None
    place = one.place
    return next((n for n, candidate in enumerate(places) if metres(candidate, place) <= NEAR_M), None)
