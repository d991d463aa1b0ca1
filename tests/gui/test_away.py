"""While the shared store is away: what the window says, what its buttons do, how often it is tried again."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel

from dispatch_console.domain.errors import StaleChange, StoreAway
from dispatch_console.domain.plan import PlanChange
from dispatch_console.services.saving import SaveState
from dispatch_console.store.commands import Command, Refused
from dispatch_console.ui.shell import away
from dispatch_console.ui.shell.away import AwayStrip
from dispatch_console.ui.shell.savesign import SaveSign
from dispatch_console.ui.shell.window import MainWindow
from tests.factories import DAY, DEPOT
from tests.gui.conftest import MORNING
from tests.patience import PatientBot

SINCE = MORNING + dt.timedelta(hours=3, minutes=50)
AWAY = StoreAway("The shared store cannot be reached. Check the network and the server, then try again.")


class Shown:
    """The sign and the strip in a window, and what they asked for."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.calls: list[str] = []
        self.told: list[str] = []
        window.desk.message.connect(lambda text, _kind: self.told.append(text))
        self.sign = SaveSign(
            window.desk,
            window.show_saving,
            lambda: self.calls.append("retry"),
            lambda: self.calls.append("reload"),
            window,
        )
        self.strip: AwayStrip = away.stand_by(window, self.sign, lambda _seen: self.calls.append("seen"))

    @property
    def words(self) -> str:
        return " ".join(label.text() for label in self.strip.findChildren(QLabel) if label.isVisibleTo(self.strip))


@pytest.fixture
def shown(window: MainWindow) -> Shown:
    return Shown(window)


def _refused(n: int) -> tuple[Refused, ...]:
    why = "Ben changed this day in the meantime (“Move A1 to Ben Rook”). Look at it and do it again."
    at = SINCE + dt.timedelta(minutes=1)
    return tuple(
        Refused(Command(f"c{i}", DEPOT.id, DAY, 1, "Ada", at, PlanChange(f"Move A{i} to Ada Quill")), why)
        for i in range(1, n + 1)
    )


def test_the_strip_comes_with_the_trouble_and_goes_with_it(shown: Shown, qtbot: PatientBot) -> None:
    assert shown.strip.isHidden()
    shown.sign.report(SaveState(3, MORNING, AWAY, SINCE))
    qtbot.waitUntil(shown.strip.isVisible)
    assert "The shared store cannot be reached since 10:42." in shown.words
    assert "3 edits wait here and are sent when it is back" in shown.words
    assert "Other days" in shown.words
    assert next(shown.window.status.texts()) == "3 edits wait"
    assert shown.told == []  # the strip says it
    shown.sign.report(SaveState(0, SINCE))
    qtbot.waitUntil(shown.strip.isHidden)
    assert shown.told == ["The shared store is back."]
    assert next(shown.window.status.texts()) == "saved 10:42"


def test_it_is_tried_again_by_itself_and_on_demand(shown: Shown, qtbot: PatientBot) -> None:
    shown.sign.report(SaveState(1, None, AWAY, SINCE))
    qtbot.waitUntil(lambda: shown.calls == ["retry"])  # after a second
    shown.strip.retry.click()
    assert shown.calls == ["retry", "retry"]
    shown.window.run_id("store.retry")
    assert shown.calls == ["retry"] * 3


def test_nothing_is_called_saved_while_it_is_away(shown: Shown, qtbot: PatientBot) -> None:
    shown.sign.report(SaveState(0, MORNING, None, SINCE))
    qtbot.waitUntil(shown.strip.isVisible)
    assert next(shown.window.status.texts()) == "store away"
    assert "edits wait here and are sent when it is back" in shown.words


def test_what_was_not_saved_is_listed_until_it_has_been_seen(shown: Shown, qtbot: PatientBot) -> None:
    refused = _refused(6)
    shown.sign.report(SaveState(0, MORNING, None, None, refused, StaleChange(refused[0].why)))
    qtbot.waitUntil(shown.strip.isVisible)
    assert shown.calls == ["reload"]
    assert shown.strip.away.isHidden()
    assert "6 edits were not saved." in shown.words
    assert shown.strip.lines.texts[0].startswith("10:43  Move A1 to Ada Quill: Ben changed this day")
    assert len(shown.strip.lines.texts) == 6
    shown.strip.seen.click()
    assert shown.calls == ["reload", "seen"]
    shown.sign.report(SaveState(0, MORNING))
    qtbot.waitUntil(shown.strip.isHidden)


def test_the_palette_says_why_there_is_nothing_to_do(shown: Shown) -> None:
    actions = shown.window.desk.actions
    assert actions["store.retry"].why_not() == "The store can be reached."
    assert actions["store.seen"].why_not() == "All edits were saved."
