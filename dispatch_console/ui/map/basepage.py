"""Writes the map's base page with folium: `python -m dispatch_console.ui.map.basepage`.

The page never changes while the program runs, and importing folium takes as long as opening the window may. So
folium makes it once, into resources/map/page.html; a test holds that file to what is written here.
No order ever gets into it: data comes later, as JSON.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import cast

import folium
from branca.element import Element, Figure

from dispatch_console import resources

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
#: Anything that names a host: an address with a scheme, or one that takes the page's own.
_HOST = re.compile(r"[\w+.-]+://[^\s\"'<>]*|(?<=[\"'(])//[^\s\"'<>]+")


class BasePage(folium.Map):
    """A Leaflet map that fills its window, with our files only: no tiles, no controls, no animation."""

    default_js = [
        ("leaflet", "/leaflet/leaflet.js"),
        ("protomaps", "/protomaps/protomaps-leaflet.js"),
        ("qwebchannel", "/qwebchannel.js"),
    ]
    default_css = [("leaflet_css", "/leaflet/leaflet.css"), ("map_css", "/app/map.css")]

    def __init__(self) -> None:
        super().__init__(
            location=[0.0, 0.0],
            zoom_start=3,
            tiles=None,
            zoom_control=False,
            font_size="11px",
            attribution_control=False,
            keyboard=False,
            box_zoom=False,
            double_click_zoom=False,
            inertia=False,
            fade_animation=False,
            zoom_animation=False,
            zoom_snap=0,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=100,
            max_zoom=20,
        )
        self._id = "base"  # folium's own ids are random; the page shall be the same each time
        figure = cast(Figure, self.get_root())
        figure.header.add_child(Element('<script type="module" src="/app/main.js"></script>'), name="main_js")

    def html(self) -> str:
        """The whole page. AssertionError if it names any host."""
        html = "\n".join(line.strip() for line in self.get_root().render().splitlines() if line.strip()) + "\n"
        assert not hosts(html), f"the map's page names hosts: {hosts(html)}"
        return html.replace(
            "<head>\n", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy(html)}">\n', 1
        )


def policy(html: str) -> str:
    """What the page may run: our files, and what folium wrote into it, by its hashes. Pictures: see `guard.Guard`.

    In the page and not in a header: the engine turns the values of our headers into lower case, hashes too.
    """
    digests = (hashlib.sha256(text.encode()).digest() for text in _INLINE.findall(html))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "connect-src 'self'; img-src 'self' data: https: http:; base-uri 'none'; form-action 'none'"
    )


def hosts(html: str) -> list[str]:
    """Every address in `html` that names a host."""
    return _HOST.findall(html)


def path() -> Path:
    return resources.path("map", "page.html")


if __name__ == "__main__":
    path().write_text(BasePage().html(), encoding="utf-8", newline="\n")
