"""Where windows stand, by the screens there are; and what happens when the system ends."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QSessionManager

from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.standing import placed
from dispatch_console.ui.widgets import Button
from tests.gui.conftest import OpenWindow

LEFT, RIGHT = QRect(0, 0, 1920, 1040), QRect(1920, 0, 1920, 1080)
BELOW = QRect(0, 1080, 1280, 800)


@pytest.mark.parametrize(
    "area",
    [
        QRect(100, 100, 800, 600),
        QRect(2000, 40, 800, 600),
        QRect(1500, 100, 1000, 700),  # over both
        QRect(0, 32, 1920, 1008),  # all of a screen but its title bar
    ],
)
def test_what_can_be_seen_stays(area: QRect) -> None:
    assert placed(area, [LEFT, RIGHT]) == area


@pytest.mark.parametrize(
    ("area", "screens", "expected"),
    [
        (QRect(1500, 100, 1000, 700), [LEFT], QRect(920, 100, 1000, 700)),  # half of it was on the other one
        (QRect(100, -500, 800, 600), [LEFT], QRect(100, 32, 800, 600)),  # its title bar is above
        (QRect(-700, 100, 900, 600), [LEFT], QRect(0, 100, 900, 600)),
        (QRect(100, 100, 3000, 2000), [LEFT], QRect(0, 32, 1920, 1008)),  # kept by a larger one
        (QRect(100, 1200, 1000, 900), [LEFT, BELOW], QRect(100, 1112, 1000, 768)),
    ],
)
def test_what_can_be_seen_in_part_is_brought_in(area: QRect, screens: list[QRect], expected: QRect) -> None:
    assert placed(area, screens) == expected


@pytest.mark.parametrize(
    "area",
    [
        QRect(2000, 40, 800, 600),  # its screen is gone
        QRect(1860, 100, 800, 600),  # 60 px of it
        QRect(100, 1010, 800, 600),  # 30 px of it
        QRect(0, 0, 0, 0),
        QRect(100, 100, -5, 700),
    ],
)
def test_what_cannot_be_seen_goes_to_its_usual_place(area: QRect) -> None:
    assert placed(area, [LEFT]) is None
    assert placed(area, []) is None


@pytest.mark.parametrize("width", [960, 860, 800])
def test_on_a_screen_at_twice_the_size_the_buttons_stand_beside_one_another(
    open_window: OpenWindow, width: int
) -> None:
    bar = open_window(size=(width, 508)).toolbar
    shown = [widget for widget in bar.findChildren(Button) if widget.isVisibleTo(bar)]
    places = sorted((QRect(widget.mapTo(bar, QPoint()), widget.size()) for widget in shown), key=QRect.left)
    assert len(places) > 8
    assert [(one, two) for one, two in pairwise(places) if one.right() >= two.left()] == []
    assert places[-1].right() < width


class Manager:
    """A stand-in for the system's, of which only `cancel` is used: Qt makes none by itself."""

    cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


def test_the_end_of_the_session_closes_the_window_and_keeps_its_place(open_window: OpenWindow) -> None:
    memory, manager = Memory(), Manager()
    window = open_window(memory=memory)
    window.end_of_session(cast(QSessionManager, manager))
    assert not window.isVisible()
    assert memory.numbers("window/main")[2:] == [1920, 1048]
    assert not manager.cancelled
    window.end_of_session(cast(QSessionManager, manager))  # once more, when it is closed already
    assert not manager.cancelled


def test_the_end_of_the_session_waits_for_what_is_not_saved(open_window: OpenWindow) -> None:
    may_quit: list[bool] = []
    window, manager = open_window(quitting=lambda: bool(may_quit)), Manager()
    window.end_of_session(cast(QSessionManager, manager))
    assert window.isVisible()
    assert manager.cancelled
    may_quit.append(True)
