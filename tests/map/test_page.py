"""The page itself: what it is made of, what it may load, how it comes up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo

from dispatch_console import resources
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.map import basepage, scheme
from dispatch_console.ui.map.guard import Guard
from dispatch_console.ui.theme import look
from tests.map import days
from tests.map.conftest import Hand


def test_the_page_is_as_folium_writes_it() -> None:
    assert basepage.path().read_text(encoding="utf-8") == basepage.BasePage().html()


def test_the_page_names_no_host() -> None:
    assert basepage.hosts(basepage.path().read_text(encoding="utf-8")) == []
    assert basepage.hosts('<script src="https://cdn.example/x.js"></script><img src="//a.example/b">') == [
        "https://cdn.example/x.js",
        "//a.example/b",
    ]


def test_our_scripts_name_no_host_and_write_no_html() -> None:
    for path in resources.path("map", "app").iterdir():
        text = path.read_text(encoding="utf-8")
        assert basepage.hosts(text) == [], path.name
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert word not in text, (path.name, word)


def test_small_day_is_drawn(hand: Hand) -> None:
    shown = hand.shown()
    assert shown["stops"] == 6
    assert shown["lines"] == 2
    assert [(id, slot, stops) for id, slot, stops in shown["routes"]] == [(1, 1, [1, 2, 3]), (2, 2, [4, 5])]
    assert sorted(shown["places"]) == ["1", "2", "3", "4", "5", "6"]
    # Six places and the depot lie on one meridian, the depot in the south.
    assert shown["depot"][1] > shown["places"]["1"][1] > shown["places"]["6"][1]
    assert hand.pane.head.count == "5 stops, 1 open"


def test_many_stops_are_all_drawn(open_map: Callable[[Day], Hand]) -> None:
    hand = open_map(days.town_day(400, 20))
    shown = hand.shown()
    assert shown["stops"] == 398  # two have no place
    assert shown["lines"] == 20
    assert shown["backdrop"] is True
    assert shown["labels"] >= 8
    assert hand.pane.head.count == "392 stops, 6 open"


def test_theme_follows_the_window(hand: Hand) -> None:
    assert hand.shown()["dark"] is False
    look.set_dark(True)
    hand.desk.theme_changed.emit()
    hand.until(lambda shown: shown["dark"] is True)
    ground = hand.js("getComputedStyle(document.documentElement).getPropertyValue('--map_land')")
    assert ground == look.colour("map_land").name().upper()


def test_nothing_foreign_is_asked_for(hand: Hand) -> None:
    assert hand.pane.view.guard.blocked == set()
    hand.desk.select([StopId(1)])
    hand.pane.view.look_at("in")
    hand.until(lambda shown: shown["selected"] == [1])
    assert hand.pane.view.guard.blocked == set()


@pytest.mark.logs_warnings
def test_a_foreign_request_gets_nowhere(hand: Hand) -> None:
    hand.js("(window.answer = 'open', fetch('https://tiles.example/x').catch(() => window.answer = 'refused'), 1)")
    hand.qtbot.waitUntil(lambda: hand.js("window.answer") == "refused")
    hand.js("(() => { const i = new Image(); i.onerror = () => window.image = 'refused'; "
            "i.src = 'https://tiles.example/x.png'; return 1; })()")  # fmt: skip
    hand.qtbot.waitUntil(lambda: hand.js("window.image || ''") == "refused")
    assert hand.pane.view.guard.blocked == {"tiles.example"}


def test_the_page_stays_where_it_is(hand: Hand) -> None:
    hand.js("(location.href = 'https://tiles.example/', 1)")
    hand.js("(window.open('https://tiles.example/'), 1)")
    hand.qtbot.wait(200)
    assert hand.pane.view.page.url() == QUrl(scheme.PAGE)
    assert hand.shown()["stops"] == 6


@pytest.mark.parametrize(
    ("host", "url", "picture", "allowed"),
    [
        ("", "dispatch://map/app/main.js", False, True),
        ("", "dispatch://other/app/main.js", False, False),
        ("", "https://tile.example/1/2/3.png", True, False),
        ("tile.example:443", "https://tile.example/1/2/3.png", True, True),
        ("tile.example:443", "https://tile.example/1/2/3.js", False, False),
        ("tile.example:443", "https://tile.example:8443/1/2/3.png", True, False),
        ("tile.example:443", "https://evil.example/tile.example/3.png", True, False),
        ("", "file:///etc/passwd", True, False),
        ("", "data:text/html,x", True, False),
    ],
)
def test_allow_list(host: str, url: str, picture: bool, allowed: bool) -> None:
    guard = Guard()
    guard.tile_host = host
    kinds = QWebEngineUrlRequestInfo.ResourceType
    kind = kinds.ResourceTypeImage if picture else kinds.ResourceTypeScript
    assert guard.allows(QUrl(url), kind) is allowed


@pytest.mark.parametrize(
    "path", ["/../page.html", "/app/../page.html", "/app/%2e%2e/x.js", "/data/other.json", "/x"]
)
def test_unknown_addresses_are_not_found(hand: Hand, path: str) -> None:
    hand.js("(window.got = '', 1)")
    hand.js(f"(fetch('{path}').then(r => window.got = r.ok ? 'found' : 'none', () => window.got = 'none'), 1)")
    hand.qtbot.waitUntil(lambda: hand.js("window.got") != "")
    expected = (
        "found" if path == "/../page.html" or path == "/app/../page.html" else "none"
    )  # the engine resolves ..
    assert hand.js("window.got") == expected
