"""Actions that bring new places, on roads that take their time: the window's thread never waits for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import estimate, providers
from dispatch_console.services import dispatch, placing, travel
from dispatch_console.services.session import DaySession
from dispatch_console.services.whatif import WhatIf
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map.gestures import Gestures
from tests.factories import small_day
from tests.patience import PATIENCE_S

HERE, THERE = Place(47.31, 9.31), Place(47.32, 9.32)


class SlowRoads:
    """Roads that answer when `gate` is open, and never on the thread of the window."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.window = threading.current_thread()
        self.trouble: str | None = None
        self.asked: list[tuple[Place, ...]] = []
        self.provider = providers.Provider("slow", self.matrix, self.extend)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        return self._named(estimate.matrix(places))

    def extend(self, known: TravelMatrix, places: Sequence[Place]) -> TravelMatrix:
        assert threading.current_thread() is not self.window, "the window waits for the roads"
        self.asked.append(tuple(places))
        assert self.gate.wait(PATIENCE_S)
        if self.trouble is not None:
            raise UserError(self.trouble)
        return self._named(estimate.extend(known, places))

    def _named(self, m: TravelMatrix) -> TravelMatrix:
        return TravelMatrix(m.places, m.durations, m.distances, "slow")


@pytest.fixture
def roads() -> Iterator[SlowRoads]:
    slow = SlowRoads()
    providers.register(slow.provider)
    yield slow
    slow.gate.set()
    providers.unregister(slow.provider)


class Window:
    """A desk, with what the mouse does on its map and what is said in its status bar."""

    def __init__(self, day: Day) -> None:
        self.desk = Desk(DaySession(day))
        self.session = self.desk.session
        self.told: list[str] = []
        self.desk.message.connect(lambda text, kind: self.told.append(text))
        self.map = Gestures(self.desk, self, lambda stop, place: placing.set_pin(self.session, stop, place))

    @property
    def labels(self) -> list[str]:
        return [change.label for change in self.session.history.done]

    def place(self, stop: int) -> Place | None:
        return self.desk.day.stops[StopId(stop)].place

    def undo(self) -> None:
        self.desk.with_times(self.session.places_of_undo, self.session.undo)


@pytest.fixture
def window(roads: SlowRoads, qtbot: QtBot) -> Iterator[Window]:
    day = small_day()
    for stop in (StopId(1), StopId(6)):
        order = day.stops[stop].order
        day = day.apply(PlanChange("", orders=(Swap(order, replace(order, place=None)),)))
    window = Window(day.with_travel(roads.matrix(day.places())))
    yield window
    roads.gate.set()
    window.desk.timed.close()


def test_pins_are_set_when_their_times_are_there(window: Window, roads: SlowRoads, qtbot: QtBot) -> None:
    window.map.pin_moved(StopId(6), HERE)
    window.map.pin_moved(StopId(1), THERE)
    dispatch.set_locked(window.session, window.desk.day.routes[0].id, locked=True)  # needs no times: at once
    assert (window.place(6), window.place(1), len(window.labels)) == (None, None, 1)
    roads.gate.set()
    qtbot.waitUntil(lambda: not window.desk.timed.waiting)
    assert (window.place(6), window.place(1)) == (HERE, THERE)
    assert window.labels[1:] == ["Pin A6", "Pin A1"]
    assert window.desk.day.travel.provider == "slow"
    assert window.desk.day.travel.covers((HERE, THERE))
    assert window.told == []


def test_undo_takes_back_what_still_waited(window: Window, roads: SlowRoads, qtbot: QtBot) -> None:
    window.map.pin_moved(StopId(6), HERE)
    window.map.pin_moved(StopId(6), THERE)
    window.undo()
    assert window.place(6) is None
    roads.gate.set()
    qtbot.waitUntil(lambda: not window.desk.timed.waiting)
    assert window.place(6) == HERE
    assert window.labels == ["Pin A6"]


def test_a_step_of_a_day_that_was_loaded_anew_comes_back(window: Window, roads: SlowRoads, qtbot: QtBot) -> None:
    roads.gate.set()
    window.map.pin_moved(StopId(6), HERE)
    qtbot.waitUntil(lambda: window.place(6) == HERE)
    window.undo()
    assert window.place(6) is None
    bare = window.desk.day
    window.session.replace_day(bare.with_travel(roads.matrix(bare.places())), keep_history=True)
    roads.asked.clear()
    window.desk.with_times(window.session.places_of_redo, window.session.redo)
    qtbot.waitUntil(lambda: window.place(6) == HERE)
    assert roads.asked == [(HERE,)]


def test_what_the_roads_do_not_answer_is_said_and_the_rest_goes_on(
    window: Window, roads: SlowRoads, qtbot: QtBot
) -> None:
    roads.trouble = "The road engine stopped."
    window.map.pin_moved(StopId(6), HERE)
    window.desk.with_times(tuple, lambda: window.told.append("done"))
    roads.gate.set()
    qtbot.waitUntil(lambda: not window.desk.timed.waiting)
    assert window.told == ["The road engine stopped.", "done"]
    assert (window.place(6), window.labels) == (None, [])


def test_what_cannot_be_done_any_more_says_so(window: Window, roads: SlowRoads, qtbot: QtBot) -> None:
    window.map.pin_moved(StopId(6), HERE)
    order, pool = window.desk.day.stops[StopId(6)].order, window.desk.day.plan.pool
    gone = (Swap(pool, pool.with_stops(())),) if StopId(6) in pool.stops else ()
    window.session.apply(PlanChange("Remove 6", gone, (Swap(order, None),)))
    roads.gate.set()
    qtbot.waitUntil(lambda: not window.desk.timed.waiting)
    assert window.told == ["This order is no longer part of this day."]


def test_other_roads_meanwhile_are_asked_again(window: Window, roads: SlowRoads, qtbot: QtBot) -> None:
    roads.trouble = "The roads of this plan are not here."
    window.map.pin_moved(StopId(6), HERE)
    bare = window.desk.day
    window.session.replace_day(bare.with_travel(travel.matrix(bare.places())), keep_history=True)
    roads.gate.set()
    qtbot.waitUntil(lambda: not window.desk.timed.waiting)
    assert window.place(6) == HERE
    assert window.desk.day.travel.provider == travel.ESTIMATE
    assert window.told == []


def test_a_window_that_closes_does_what_was_begun(window: Window, roads: SlowRoads) -> None:
    window.map.pin_moved(StopId(6), HERE)
    roads.gate.set()
    window.desk.timed.close()
    assert window.place(6) == HERE


def test_a_pin_set_in_a_trial_is_known_to_all_trials(window: Window, roads: SlowRoads, qtbot: QtBot) -> None:
    """Whatever is on the screen: the plan as it is, the trial shown and the one laid aside follow without
    asking."""
    roads.gate.set()
    whatif = WhatIf(window.session)
    aside = whatif.begin()
    order = window.desk.day.stops[StopId(1)].order
    moved = PlanChange("Elsewhere", orders=(Swap(order, replace(order, place=THERE)),))
    window.desk.with_times(lambda: (THERE,), lambda: window.session.apply(moved, None, grown(window)))
    qtbot.waitUntil(lambda: window.place(1) == THERE)
    whatif.begin()
    window.map.pin_moved(StopId(6), HERE)
    qtbot.waitUntil(lambda: window.place(6) == HERE)
    roads.asked.clear()
    whatif.look_at(aside)
    assert (window.place(1), window.place(6)) == (THERE, HERE)
    whatif.look_at(None)
    assert (window.place(1), window.place(6)) == (None, HERE)
    assert roads.asked == []


def grown(window: Window) -> TravelMatrix:
    return travel.for_pin(window.desk.day, THERE)
