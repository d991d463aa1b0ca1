"""The queue of uncertain addresses beside the map: keys, clicks and pins that are let go, each brings the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.orders import Address, StopId
from dispatch_console.domain.places import Place
from dispatch_console.services import finding_places, fleet, travel
from dispatch_console.services.finding_places import NOWHERE, Finder
from dispatch_console.services.regions.current import NONE
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.places import Looking, PlacesPanel
from tests import factories
from tests.geocoding import packs
from tests.geocoding.test_index import HOUSES, LINES, TOWNS
from tests.map.conftest import Hand
from tests.store.filling import WHO

FOUR, FIVE, SIX = StopId(4), StopId(5), StopId(6)
#: Stop → its address: one between two streets, one that is certain, one that is nowhere.
ADDRESSES = {
    4: Address("Bxrgstrasse", "5", "9490", "Vaduz"),
    5: Address("Dorfstr.", "3", "9490", "Vaduz"),
    6: Address("Qqqqq", "9", "1000", "Xxxxx"),
}


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return finding_places.of_pack(packs.write(tmp_path_factory.mktemp("packs") / "town", HOUSES, LINES, TOWNS))


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    fleet.save_depot(store, None, factories.DEPOT, WHO)
    yield store
    store.close()


def lost_day() -> Day:
    small = factories.small_day()
    orders = [
        replace(o, place=None, place_quality=None, address=ADDRESSES[o.id]) if o.id in ADDRESSES else o
        for o in small.orders.values()
    ]
    matrix = travel.matrix(factories.PLACES)
    return open_day(small.depot, small.date, orders, small.shifts.values(), matrix, small.plan)


class Desk(Hand):
    """Works the queue as well."""

    panel: PlacesPanel

    @property
    def matched(self) -> list[str]:
        return [hit.matched for hit in self.panel.list.hits.hits]

    def offered(self) -> dict[str, Any]:
        """What the page shows once all places are in view."""
        wide, high = self.pane.view.width(), self.pane.view.height()

        def all_in(shown: dict[str, Any]) -> bool:
            pins = shown["offers"]
            return len(pins) == len(self.matched) and all(0 < x < wide and 20 < y < high for x, y in pins)

        return self.until(all_in)

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.panel.list, key)

    def place(self, stop: StopId) -> Place | None:
        return self.day.stops[stop].place


@pytest.fixture
def hand(
    open_map: Callable[[Day], Hand], finder: Finder, store: Store, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    plain = open_map(lost_day())
    hand = Desk(plain.qtbot, plain.pane, plain.desk)
    known = getattr(request, "param", finder)
    hand.desk.region = replace(NONE, finder=known)
    looking = Looking(hand.desk, store)
    hand.panel = PlacesPanel(hand.desk, looking, hand.pane)
    qtbot.addWidget(hand.panel)
    hand.panel.show()
    hand.panel.open()
    yield hand
    looking.stop()


def test_certain_ones_need_nobody_and_the_rest_comes_one_after_the_other(hand: Desk) -> None:
    hand.qtbot.waitUntil(lambda: hand.place(FIVE) is not None and len(hand.matched) > 1)
    assert hand.desk.session.history.done[-1].label == "Places of 1 order"
    assert (hand.panel.title.text(), hand.panel.head.count) == ("A4 · Customer 4", "2 of 3")
    assert set(hand.matched[:2]) == {"Bergstrasse 5, 9490 Vaduz", "Burgstrasse 5, 9490 Vaduz"}
    wanted = hand.panel.list.hits.hits[1]
    hand.key(Qt.Key.Key_2)
    assert hand.place(FOUR) == wanted.place
    assert hand.day.stops[FOUR].order.place_quality == "pin"
    assert hand.panel.title.text() == "A6 · Customer 6"
    assert hand.desk.current == SIX

    # Ctrl+Z comes back to it, Enter takes the first; Delete leaves the last one for later.
    hand.desk.session.undo()
    assert (hand.panel.title.text(), hand.place(FOUR)) == ("A4 · Customer 4", None)
    hand.key(Qt.Key.Key_Return)
    assert hand.place(FOUR) not in (None, wanted.place)
    hand.key(Qt.Key.Key_Delete)
    assert hand.panel.body.currentWidget() is hand.panel.done
    hand.until(lambda shown: shown["offers"] == [] and shown["pill"] == "")
    hand.panel.again.click()
    assert hand.panel.title.text() == "A6 · Customer 6"


def test_the_map_offers_them_and_a_click_takes_one(hand: Desk) -> None:
    hand.qtbot.waitUntil(lambda: len(hand.matched) > 1)
    assert hand.offered()["offered"] == 0
    hand.key(Qt.Key.Key_Down)
    hand.until(lambda shown: shown["offered"] == 1)
    x, y = hand.offered()["offers"][1]
    wanted = hand.panel.list.hits.hits[1]
    hand.click(QPoint(round(x), round(y) - 21))
    hand.qtbot.waitUntil(lambda: hand.place(FOUR) == wanted.place)


def test_a_pin_that_is_dragged_sets_the_place_where_its_tip_is_let_go(hand: Desk) -> None:
    hand.qtbot.waitUntil(lambda: len(hand.matched) > 1)
    shown = hand.offered()
    first = hand.panel.list.hits.hits[0]
    head = QPoint(round(shown["offers"][0][0]), round(shown["offers"][0][1]) - 21)
    hand.draw([head, head + QPoint(0, -30)])
    hand.qtbot.waitUntil(lambda: hand.place(FOUR) is not None)
    place = hand.place(FOUR)
    assert place is not None
    assert place.lat > first.place.lat
    assert place.lon == pytest.approx(first.place.lon, abs=1e-4)


def test_a_corrected_address_is_looked_for_while_it_is_typed(hand: Desk) -> None:
    hand.qtbot.waitUntil(lambda: len(hand.matched) > 1)
    hand.key(Qt.Key.Key_Delete)
    hand.qtbot.waitUntil(lambda: hand.panel.title.text() == "A6 · Customer 6")
    assert hand.panel.hits.currentWidget() is hand.panel.nothing
    hand.key(Qt.Key.Key_F2)
    hand.panel.typed.clear()
    hand.qtbot.keyClicks(hand.panel.typed, "kirchweg 21 vaduz")
    hand.qtbot.waitUntil(lambda: hand.matched[:1] == ["Kirchweg 21, 9490 Vaduz"])
    hand.qtbot.keyClick(hand.panel.typed, Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_1)
    house = next(h.place for h in HOUSES if (h.street, h.number) == ("Kirchweg", "21"))
    assert hand.place(SIX) == pytest.approx(house, abs=1e-6)
    assert hand.day.stops[SIX].order.address == ADDRESSES[6]


@pytest.mark.parametrize("hand", [NOWHERE], indirect=True)
def test_without_a_region_the_map_is_clicked(hand: Desk) -> None:
    hand.until(lambda shown: "Click the place of A4" in shown["pill"])
    assert hand.matched == []
    hand.click(QPoint(200, 200))
    hand.qtbot.waitUntil(lambda: hand.place(FOUR) is not None)
    hand.until(lambda shown: "Click the place of A5" in shown["pill"])
    hand.qtbot.keyClick(hand.panel.list, Qt.Key.Key_Escape)
    hand.until(lambda shown: shown["pill"] == "")
    assert not hand.panel.is_open
    hand.click(QPoint(240, 240))
    assert hand.place(FIVE) is None
