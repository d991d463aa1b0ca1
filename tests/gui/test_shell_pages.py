"""The page of keys, the settings, and the small widgets that all panes share."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot
from dispatch_console.domain.nextsteps import NextKind, Usual, Usuals
from dispatch_console.domain.places import Place
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.weights import Policy, Weights
from dispatch_console.services.regions import hours
from dispatch_console.services.regions.current import NONE
from dispatch_console.ui.actions import Action
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.keys_page import KeysPage
from dispatch_console.ui.preview.choice import Choice
from dispatch_console.ui.settings_page import BackupDeeds, Choices, RegionDeeds, SettingsPage
from dispatch_console.ui.settings_page.online import OnlineDeeds
from dispatch_console.ui.settings_page.store import StoreDeeds
from dispatch_console.ui.shell.keys import caps
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Badge, Button, EmptyState, Field, IconButton, KeyCap, PaneHead, RouteChip
from tests.factories import DEPOT
from tests.gui.test_address_settings import Chosen

# -- keys --------------------------------------------------------------------------------------------


@pytest.fixture
def keys_page(window: MainWindow, qtbot: QtBot) -> KeysPage:
    page = KeysPage(window.desk, lambda action: caps(window.keys.of(action)), window.keys.change, window.keys.reset)
    qtbot.addWidget(page)
    page.resize(1900, 900)
    page.show()
    return page


def _line(page: KeysPage, text: str) -> QPoint:
    area = page.sheet.area(text)
    assert area is not None
    return area.center()


def test_all_keys_of_the_registry_are_listed(keys_page: KeysPage, window: MainWindow) -> None:
    texts = keys_page.sheet.texts()
    assert "Undo: Ctrl+Z" in texts
    assert "All keys: Shift+F1" in texts
    assert "Walk the stops of a list or lane; the map follows: ↑+↓" in texts
    missing = [action.text for action in window.desk.actions if not any(t.startswith(action.text) for t in texts)]
    assert missing == []


def test_actions_that_come_later_are_listed_too(keys_page: KeysPage, window: MainWindow) -> None:
    window.desk.actions.add(Action("test.bell", "Ring the bell", lambda: None, "Ctrl+B", group="Bells"))
    assert "Ring the bell: Ctrl+B" in keys_page.sheet.texts()


def test_a_click_and_a_key_change_it(keys_page: KeysPage, window: MainWindow) -> None:
    QTest.mouseClick(keys_page.sheet, Qt.MouseButton.LeftButton, pos=_line(keys_page, "Reset the layout"))
    QTest.keyClick(keys_page.sheet, Qt.Key.Key_F11)
    assert window.keys.of(window.desk.actions["view.reset"]) == "F11"
    assert "Reset the layout: F11" in keys_page.sheet.texts()
    QTest.mouseClick(keys_page.sheet, Qt.MouseButton.LeftButton, pos=_line(keys_page, "Reset the layout"))
    QTest.keyClick(keys_page.sheet, Qt.Key.Key_Escape)
    assert "Reset the layout: F11" in keys_page.sheet.texts()
    next(b for b in keys_page.findChildren(Button) if b.text() == "Keys as delivered").click()
    assert "Reset the layout: " in keys_page.sheet.texts()


# -- settings ----------------------------------------------------------------------------------------


class Kept:
    """What the settings are set to."""

    def __init__(self) -> None:
        self.depot = replace(DEPOT)
        self.theme, self.seconds, self.who, self.tiles = "light", 30, "Mara", ""
        self.told: list[str] = []
        self.usuals = Usuals()
        self.policy, self.labels = Policy(), list[str]()
        self.reoptimise = Choice(hand_over=True)
        self.regions: list[Path | None] = []

    def set_depot(self, depot: Depot) -> None:
        self.depot = depot

    def set_policy(self, policy: Policy, label: str) -> None:
        self.policy = policy
        self.labels.append(label)

    def set_tiles(self, tiles: str) -> None:
        if tiles.endswith(".txt"):
            raise UserError("This is no map file.")
        self.tiles = tiles

    def do(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except UserError as error:
            self.told.append(error.message)
            return False
        return True


def no_backups() -> BackupDeeds:
    """Of a store on a server."""
    nothing: Future[Any] = Future()
    return BackupDeeds(
        None, lambda: nothing, lambda: nothing, lambda: None, lambda _: nothing, lambda _: nothing, _nothing
    )


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def settings(kept: Kept, qtbot: QtBot, themed: QApplication) -> SettingsPage:
    page = SettingsPage(
        Choices(
            addresses=Chosen().deeds(),
            backups=no_backups(),
            support=_nothing,
            store=StoreDeeds(lambda: "", _nothing, lambda _: Future(), kept.do),
            theme=lambda: kept.theme,
            set_theme=lambda theme: setattr(kept, "theme", theme),
            seconds=lambda: kept.seconds,
            set_seconds=lambda seconds: setattr(kept, "seconds", seconds),
            all_seconds=(10, 30, 60),
            reoptimise=lambda: kept.reoptimise,
            set_reoptimise=lambda choice: setattr(kept, "reoptimise", choice),
            who=lambda: kept.who,
            set_who=lambda who: setattr(kept, "who", who),
            tiles=lambda: kept.tiles,
            set_tiles=kept.set_tiles,
            places=(("Data", "here.db", None),),
            do=kept.do,
            depot=lambda: kept.depot,
            set_depot=kept.set_depot,
            policy=lambda: kept.policy,
            set_policy=kept.set_policy,
            goods=lambda: ["acid", "food"],
            usuals=lambda: kept.usuals,
            set_usuals=lambda usuals: setattr(kept, "usuals", usuals),
            files=FileDialogs(),
            region=RegionDeeds(
                lambda: NONE,
                kept.regions.append,
                lambda: None,
                lambda _: lambda: None,
                lambda _: None,
                lambda: hours.USUAL,
                lambda _: None,
                Path("regions"),
                kept.do,
            ),
            online=OnlineDeeds(lambda: None, lambda: (False, (0, 0)), lambda: None, _nothing, _nothing, kept.do),
        )
    )
    qtbot.addWidget(page)
    page.show()
    return page


def _nothing(*_typed: str) -> None:
    pass


def _enter(page: SettingsPage, name: str, text: str) -> None:
    field = page.depot[name]
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_choices_count_at_once(settings: SettingsPage, kept: Kept) -> None:
    assert (settings.theme.currentData(), settings.seconds.currentData()) == ("light", "30")
    settings.seconds.setCurrentIndex(2)
    settings.seconds.activated.emit(2)
    settings.theme.setCurrentIndex(2)
    settings.theme.activated.emit(2)
    assert (kept.seconds, kept.theme) == (60, "dark")
    for name, value, text in (("seconds", 10, "10 s"), ("least_min", 8, "8 min"), ("freeze", 0, "0")):
        box = settings.reoptimise[name]
        assert box.currentData() == getattr(Choice(), name)
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
        assert box.currentData() == value
    assert kept.reoptimise == Choice(least_min=8, freeze=0, hand_over=True, seconds=10)


def test_the_prices_that_a_plan_is_weighed_by(settings: SettingsPage, kept: Kept) -> None:
    prices = settings.planning.prices
    assert list(prices) == list(Weights._fields), "every price can be set, in one place"
    for name, text in (
        ("moved_driver", "2,50"),
        ("balance_stops", "0.03"),
        ("unfamiliar", "much"),
        ("off_zone", "-1"),
    ):
        prices[name].setText(text)
        QTest.keyClick(prices[name], Qt.Key.Key_Return)
    assert kept.policy.weights == Weights(moved_driver=250, balance_stops=3)
    assert kept.labels == ["Price of “moved to another driver”", "Price of “many stops”"]
    assert [told.split(".")[0] for told in kept.told] == [
        "“much” is not an amount of money",
        "“-1” is not an amount of money",
    ]
    assert (prices["unfamiliar"].text(), prices["moved_driver"].text()) == ("0.00", "2.50")


def test_goods_are_kept_apart_and_let_together(settings: SettingsPage, kept: Kept) -> None:
    apart = settings.planning.apart
    for one, other in (("food", "acid"), ("Acid rain", "Acid rain"), ("acid", "food"), ("", "")):
        apart.one.setText(one)
        apart.other.setText(other)
        apart.add.click()
    assert kept.policy.apart == {frozenset({"acid", "food"}), frozenset({"Acid rain"})}
    assert apart.shown == ["acid and food", "Acid rain and Acid rain"]
    assert [told[:17] for told in kept.told] == ["acid and food are", "Write two classes"]
    apart.removers[0].click()
    assert kept.policy.apart == {frozenset({"Acid rain"})}
    assert kept.labels[-1] == "Let acid and food ride together" and len(apart.removers) == 1


def test_the_rules_of_next_steps(settings: SettingsPage, kept: Kept) -> None:
    rows = settings.next_steps
    assert len(rows.kind) == 18
    kind = rows.kind[Reason.ABSENT]
    kind.setCurrentIndex(kind.findData("hold"))
    kind.activated.emit(kind.currentIndex())
    for field, text in ((rows.days[Reason.ABSENT], "3"), (rows.ask[Reason.ABSENT], "phone the customer")):
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert kept.usuals.step(Reason.ABSENT) == Usual(NextKind.HOLD, 3, "phone the customer")
    assert kept.usuals.step(Reason.CLOSED) == Usuals().step(Reason.CLOSED)
    rows.most.setText("3")
    QTest.keyClick(rows.most, Qt.Key.Key_Return)
    assert kept.usuals.most_attempts == 3
    assert not rows.days[Reason.REFUSED].isEnabled()  # it goes back at once


def test_a_rule_out_of_range_is_said_and_stays_as_it_was(settings: SettingsPage, kept: Kept) -> None:
    field = settings.next_steps.days[Reason.ABSENT]
    field.setText("soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert kept.told == ["Write a number of days from 1 to 30."]
    assert (kept.usuals, field.text()) == (Usuals(), "1")


def test_the_depots_place_and_zone(settings: SettingsPage, kept: Kept) -> None:
    _enter(settings, "Place", "47.2, 9.55")
    _enter(settings, "Time zone", "Europe/Zurich")
    _enter(settings, "Currency", "eur")
    _enter(settings, "Usual stop, min", "7")
    assert kept.depot.place == Place(47.2, 9.55)
    assert (kept.depot.timezone, kept.depot.currency, kept.depot.service_s) == ("Europe/Zurich", "EUR", 420)
    assert kept.told == []


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("Name", "", "A depot needs a name."),
        ("Place", "here", "Write the depot's place as latitude and longitude, such as 47.1410, 9.5210."),
        ("Place", "99.0, 9.5", "Write the depot's place as latitude and longitude, such as 47.1410, 9.5210."),
        ("Time zone", "Mars/Base", "Write the time zone as area and city, such as Europe/Vienna."),
        ("Time zone", "../etc/passwd", "Write the time zone as area and city, such as Europe/Vienna."),
        ("Country", "Liechtenstein", "Write the country with two letters, such as LI."),
        ("Usual stop, min", "0", "Write how many minutes a usual stop takes, from 1 to 240."),
    ],
)
def test_what_a_depot_cannot_be_is_told_and_put_back(
    settings: SettingsPage, kept: Kept, name: str, text: str, sentence: str
) -> None:
    before = settings.depot[name].text()
    _enter(settings, name, text)
    assert kept.told == [sentence]
    assert settings.depot[name].text() == before
    assert kept.depot == DEPOT


def test_a_map_that_is_none_is_put_back(settings: SettingsPage, kept: Kept) -> None:
    settings.tiles.setText("notes.txt")
    QTest.keyClick(settings.tiles, Qt.Key.Key_Return)
    assert kept.told == ["This is no map file."]
    assert settings.tiles.text() == ""


# -- widgets -----------------------------------------------------------------------------------------


def test_sizes_of_the_drawing(themed: QApplication) -> None:
    assert Button("Move up").sizeHint().height() == 24
    assert Button("Import", "ph.file-arrow-down", size=32).sizeHint().toTuple() == (82, 32)
    assert IconButton("ph.gear", "Settings", size=32).sizeHint().toTuple() == (32, 32)
    assert KeyCap("/").sizeHint().toTuple() == (18, 18)
    assert KeyCap("Ctrl+K").sizeHint().toTuple() == (46, 18)
    assert Badge("1 late", "red").sizeHint().height() == 16
    assert RouteChip(1, "MK").size().toTuple() == (22, 16)
    assert PaneHead("Orders").height() == 32
    assert Field("Filter").height() == 28


def test_a_disabled_button_says_why(themed: QApplication) -> None:
    button = Button("Approve", tip="Freeze the plan")
    button.set_why_not("No route has a stop yet.")
    assert not button.isEnabled()
    assert button.toolTip() == "No route has a stop yet."
    button.set_why_not(None)
    assert button.isEnabled()
    assert button.toolTip() == "Freeze the plan"


def test_every_icon_button_of_the_window_has_a_tooltip(window: MainWindow) -> None:
    silent = [button for button in window.findChildren(Button) if not button.text() and not button.toolTip()]
    assert silent == []


def test_a_ring_shows_only_for_those_who_come_by_key(themed: QApplication, qtbot: QtBot) -> None:
    button = Button("Import", size=32)
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    qtbot.waitUntil(button.isActiveWindow)
    plain = button.grab().toImage()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == plain
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage().pixelColor(1, 16) == look.colour("acc")


def test_empty_states_follow_their_text(themed: QApplication, qtbot: QtBot) -> None:
    state = EmptyState("ph.truck", "No drivers", "Add some.", [Button("Add", size=32)])
    qtbot.addWidget(state)
    state.resize(360, 400)
    state.show()
    high = state.sizeHint().height()
    state.set_text("No drivers", "Add some. " * 20)
    QApplication.processEvents()
    assert state.sizeHint().height() >= high
    assert [b.text() for b in state.findChildren(Button)] == ["Add"]
    state.set_buttons([])
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    assert state.findChildren(Button) == []


def test_chips_from_slot_13_on_are_notched(themed: QApplication) -> None:
    first, again = RouteChip(1, "MK").grab().toImage(), RouteChip(13, "MK").grab().toImage()
    assert first.pixelColor(20, 1) != again.pixelColor(20, 1)
    assert first.pixelColor(3, 8) == again.pixelColor(3, 8)


def test_a_head_asks_to_be_detached(themed: QApplication, qtbot: QtBot) -> None:
    head = PaneHead("Orders", 240)
    qtbot.addWidget(head)
    head.add_tool(QWidget())
    with qtbot.waitSignal(head.detach_wanted):
        QTest.mouseDClick(head, Qt.MouseButton.LeftButton)
    head.set_count("12 of 240")
    assert (head.title, head.count) == ("Orders", "12 of 240")
