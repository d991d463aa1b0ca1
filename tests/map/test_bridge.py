"""Whatever the page says, or something that took its place: each call is checked before anything is done."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMetaMethod
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain import places
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import describe
from dispatch_console.ui.map.bridge import Bridge
from dispatch_console.ui.map.gestures import Gestures
from tests import factories
from tests.map.conftest import Hand

#: All that JSON holds, and the edges of what integers and doubles hold.
NUMBERS = st.sampled_from(
    [0, -0.0, 1, -1, 6, 7, 2**31 - 1, -(2**31), 2**31, 2**53, 2**63, 1e308, 1.5, float("nan"), float("inf")]
) | st.integers(-(2**70), 2**70) | st.floats()  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


class Told(Gestures):
    """Notes what reaches the program, and does none of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, None, lambda stop, place: None)
        self.calls: list[tuple[Any, ...]] = []
        for name in NAMES:
            setattr(self, name, lambda *words: self.calls.append(words))


#: All that a call may lead to.
NAMES = [name for name, _ in inspect.getmembers(Gestures, inspect.isfunction) if not name.startswith("_")]
NAMES += ["ground_menu", "finished"]


@pytest.fixture(scope="module")
def bridge(qapp: QApplication) -> Bridge:
    desk = Desk(DaySession(factories.small_day()))
    return Bridge(desk, lambda stop: describe.lines(desk, stop), Told(desk))


def slots() -> dict[str, list[str]]:
    """Every slot that a page can call, with the types of what it takes."""
    meta = Bridge.staticMetaObject
    methods = [meta.method(at) for at in range(meta.methodOffset(), meta.methodCount())]
    return {
        method.name().toStdString(): [kind.toStdString() for kind in method.parameterTypes()]
        for method in methods
        if method.methodType() == QMetaMethod.MethodType.Slot
    }


def test_these_are_all_the_slots_there_are() -> None:
    """A new one is tried below as well; whoever adds it says here what it is for."""
    assert slots() == {
        "ready": [],
        "shown": ["int"],
        "click": ["int", "QString"],
        "pick_route": ["int"],
        "clear": [],
        "lasso": ["QVariantList", "bool"],
        "drag": ["int"],
        "menu": ["int"],
        "move_pin": ["int", "double", "double"],
        "place": ["double", "double"],
        "ground_menu": ["double", "double", "double"],
        "finish": [],
        "offer": ["int"],
        "over": ["int"],
        "drop": ["int", "double", "double"],
        "describe": ["int"],
    }


ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "int": st.integers(-(2**31), 2**31 - 1) | st.integers(-2, 9),
    "double": st.floats() | st.floats(-200, 200),
    "bool": st.booleans(),
    "QString": st.text() | st.sampled_from(["set", "toggle", "extend"]),
    "QVariantList": st.lists(ANYTHING | st.integers(-2, 9)),
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", slots())
@given(data=st.data())
def test_only_what_there_is_gets_through(bridge: Bridge, name: str, data: st.DataObject) -> None:
    """Stops and drivers of the day, places on this earth."""
    told, day = bridge._to, bridge._desk.day
    assert isinstance(told, Told)
    told.calls.clear()
    answer = getattr(bridge, name)(*(data.draw(ARGUMENTS[kind]) for kind in slots()[name]))
    if name == "describe":
        assert isinstance(json.loads(answer), list)
    for words in told.calls:
        for word in words:
            if isinstance(word, Place):
                assert places.is_valid(*word)
            elif isinstance(word, list):
                assert set(word) <= day.stops.keys()
            elif isinstance(word, float):
                assert 0 <= word <= 1_000_000
            elif isinstance(word, str):
                assert word in ("set", "toggle", "extend")
            elif isinstance(word, int) and name != "offer":
                assert word in (*day.stops, *day.shifts, POOL)


@pytest.mark.parametrize("at", [-1, 2, 2**31 - 1])
def test_a_place_that_is_not_offered_is_not_taken(hand: Hand, at: int) -> None:
    taken: list[int] = []
    hand.pane.view.offer_places(factories.PLACES[:2], 0, taken.append)
    hand.pane.view.bridge.offer(at)
    assert taken == []
    hand.pane.view.bridge.offer(1)
    assert taken == [1]


_ODD = """[undefined, null, true, -1, 0, 1, 2.5, 1e308, -1e308, NaN, Infinity, 2**53, "", "1", "set", "__proto__",
    [], [[1]], [1, "2", null, NaN], {}, {"toString": 1}, () => 1, new Date(), "x".repeat(1000), "\\0"]"""

_CALL_ALL = """new Promise((done) => new QWebChannel(qt.webChannelTransport, async (channel) => {
    const program = channel.objects.map, odd = ODD;
    let calls = 0;
    for (const name of NAMES) for (const a of odd) for (const b of [odd[3], a]) for (const c of [odd[9], a]) {
        for (const words of [[a], [a, b], [a, b, c], []]) {
            try { program[name](...words); calls += 1; } catch (error) { calls += 1; }
        }
    }
    program.describe(2, () => { window.called = calls; done(); });
}))"""


@pytest.mark.qt_log_ignore("^Could not convert argument", "^No candidates found", extend=True)
def test_the_page_calls_each_with_whatever_there_is(hand: Hand, qtbot: QtBot) -> None:
    """Through the real channel. What is not refused on the way selects, opens nothing and moves nothing."""
    before = hand.day
    hand.pane.view.gestures.menu = hand.pane.view.gestures.placed = lambda: None
    hand.pane.view.gestures.ground_menu = lambda place, metres: None
    names = [name for name in slots() if name not in ("move_pin", "ready")]  # these two do what they say
    script = _CALL_ALL.replace("ODD", _ODD).replace("NAMES", json.dumps(names))
    hand.pane.view.page.runJavaScript(f"window.called = 0; {script}; 0")
    qtbot.waitUntil(lambda: hand.js("window.called") == len(names) * 25 * 16)
    assert hand.day == before
    assert hand.desk.selected <= hand.day.stops.keys()
    assert hand.shown()["stops"] == 6
