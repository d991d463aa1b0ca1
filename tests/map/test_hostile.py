"""Names that try to be code stay names: every payload at every place of the real page where a day's words stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint

from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import around
from dispatch_console.services import road_changes
from dispatch_console.services.road_changes import Wanted
from dispatch_console.ui.map import tiles
from tests import hostile, hostile_day
from tests.hostile import Ear
from tests.map.conftest import Hand

#: What the page is not made of: one of these came out of a text.
_FOREIGN = "img, svg, iframe, object, embed, video, audio, form, input, a, base, details, math, table, b, font"
_NOW = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)


@pytest.fixture
def ear() -> Iterator[Ear]:
    with hostile.ear() as listening:
        yield listening


@pytest.fixture
def texts(ear: Ear, tmp_path: Path) -> list[str]:
    """The last one is a megabyte long."""
    long = f"<img src='{ear.url}/long'>" + "x" * 1_000_000
    nul = "\0<script>window.hacked=1</script>\0"
    return [*hostile.texts(ear.url, hostile.picture(tmp_path)), nul, long]


@pytest.fixture
def hand(open_map: Callable[[Day], Hand], texts: list[str]) -> Hand:
    """All stops are in view, and the page does not make the pointer wait."""
    hand = open_map(hostile_day.day(texts))
    hand.js("(() => { const slow = setTimeout; window.setTimeout = (call) => slow(call, 0); return 1; })()")
    hand.pane.resize(900, 900)
    hand.pane.view.look_at("all")
    looks: list[object] = []

    def at_rest(shown: dict[str, Any]) -> bool:
        looks.append(shown["places"])
        return looks[-1:] == looks[-2:-1] and shown["stops"] == len(shown["places"])

    hand.until(at_rest)
    return hand


@pytest.fixture(autouse=True)
def unharmed(hand: Hand, ear: Ear) -> Iterator[None]:
    """Nothing ran, nothing was asked for, and the page holds what it held."""
    scripts = hand.js("document.querySelectorAll('script').length")
    yield
    assert hand.js("typeof window.hacked") == "undefined"
    assert hand.js(f"document.querySelectorAll('{_FOREIGN}').length") == 0
    assert hand.js("document.querySelectorAll('script').length") == scripts
    assert hand.js("Object.keys(Object.prototype).length") == 0
    assert hand.pane.view.guard.blocked == set()
    assert hand.pane.view.page.url().toString() == "dispatch://map/page.html"
    assert not ear.heard


def test_tooltips_and_names_of_towns(hand: Hand, texts: list[str]) -> None:
    assert len(hand.shown()["named"]) > 10
    pinned = [int(stop) for stop, value in hand.day.stops.items() if value.pin is not None]
    for stop in pinned:
        begins = f"{stop} {texts[stop - 1]}"[:40].replace("\0", "")
        hand.move(QPoint(2, 2), pressed=False)
        hand.move(hand.at(stop), pressed=False)
        hand.until(lambda shown, begins=begins: shown["tip"].replace("\0", "").startswith(begins))


def test_what_a_click_is_asked_for(hand: Hand, texts: list[str]) -> None:
    for text in texts:
        hand.pane.ask_place(text, lambda place: None)
        hand.until(lambda shown, text=text: shown["pill"] == text)
    hand.pane.view.stop_asking()


def test_what_a_drop_would_do(hand: Hand) -> None:
    """Each stop in the pool over a stop of a driver; those without a place would get it."""
    day = hand.day
    onto = hand.at(int(day.plan.route(hostile_day.shifts(["x"])[0].id).stops[-1]))
    for stop in (id for id in day.stops if day.stops[id].pin is None):
        hand.drag_in([stop], onto)
        named = day.stops[stop].order.reference
        hand.until(lambda shown, named=named: named in shown["pill"])
    for shift in day.shifts.values():
        last = day.plan.route(shift.id).stops[-1]
        hand.drag_in([StopId(len(day.stops))], hand.at(int(last)))
        name = shift.driver.name
        hand.until(lambda shown, name=name: shown["pill"].startswith(name))


def test_names_of_areas(hand: Hand, texts: list[str]) -> None:
    for n, text in enumerate(texts[:40]):
        area = Area("slow", around(hostile_day.place(n), 200), 1.2, text[:60])
        road_changes.add(hand.desk.session, Wanted(area), _NOW)
    hand.until(lambda shown: len(shown["areas"]) == 40)
    assert any("<script" in name for _, name, _ in hand.shown()["areas"])


def test_whose_a_base_map_is(hand: Hand, texts: list[str]) -> None:
    for text in texts:
        hand.pane.view.set_base(tiles.Base(credit=text))
        hand.until(lambda shown, text=text: shown["credit"] == text)
    hand.pane.view.set_base(tiles.Base())
