"""The map's own addresses lead to the map's own files, and nowhere else."""

from __future__ import annotations

import json

import pytest

from dispatch_console import resources
from dispatch_console.ui.map.scheme import SchemeHandler
from tests.map.conftest import Hand

OUT = [
    "/../page.html.bak", "/app/../../../etc/passwd", "/app/%2e%2e/%2e%2e/pyproject.toml", "/app/..%2fpage.html",
    "/app/%2e%2e%5cpage.html", "/app/..\\..\\page.html", "/app//etc/passwd", "//etc/passwd", "/etc/passwd", "/app/",
    "/C:/Windows/win.ini", "/app/C:%5cWindows%5cwin.ini", "/app/main.js%00.png", "/app/main.js\0.png", "/app/CON",
    "/app/con.js", "/app/main.js.", "/app/main.js::$DATA", "/\\\\127.0.0.1\\share\\x.js", "/app/../../fonts/x.ttf",
    "/fonts/../THIRD-PARTY.md", "/leaflet/" + "a" * 100_000 + ".js", "/data/../page.html", "/data/", "/data/day",
    "/data/__class__", "/data/day.json/", "/tiles/1/2", "/tiles/99/0/0", "/tiles/1/2/0", "/tiles/-1/0/0",
    "/tiles/0/0/0.png", "/tiles/22/9999999/0", "/tiles/１/0/0", "/page.html/", "/PAGE.HTML",
    "/app/MAIN.js%20",
    "/sheets/macros.html.j2", "/sample/orders.csv", "/app/map.css?../../x/../y", "/qwebchannel.js/..",
]  # fmt: skip


@pytest.fixture
def handler(qapp: object) -> SchemeHandler:
    handler = SchemeHandler({"day.json": lambda: b"{}"})
    handler.tiles = lambda zoom, column, row: (b"tile", b"image/png")
    return handler


@pytest.mark.parametrize("path", OUT, ids=lambda path: path[:30])
def test_nothing_else_is_served(handler: SchemeHandler, path: str) -> None:
    assert handler._answer(path) is None


def test_what_is_served(handler: SchemeHandler) -> None:
    for path in (
        "/page.html",
        "/app/main.js",
        "/leaflet/leaflet.js",
        "/data/day.json",
        "/tiles/1/1/1",
        "/tiles/24/0/0",
    ):
        assert handler._answer(path) is not None


@pytest.mark.logs_warnings
def test_the_page_gets_nothing_else_either(hand: Hand) -> None:
    """As the engine understands addresses: whatever it makes of them, the answer is a file of ours or none. What is
    asked for last is answered last."""
    hosts = ["dispatch://map", "dispatch://other", "dispatch://map@other", "file://"]
    urls = [host + path for host in hosts for path in OUT if "\0" not in path and len(path) < 1_000]
    get = "url => fetch(url).then(answer => answer.text()).then(text => window.got.push(text), () => null)"
    hand.pane.view.page.runJavaScript(f"window.got = []; {json.dumps(urls)}.forEach({get}); 0")
    hand.pane.view.page.runJavaScript(f"({get})('/app/map.css').then(() => {{ window.last = true; }}); 0")
    hand.qtbot.waitUntil(lambda: hand.js("Boolean(window.last)"))
    ours = {resources.path("map", *at).read_text(encoding="utf-8") for at in (("app", "map.css"), ("page.html",))}
    assert set(hand.js("window.got")) <= ours
