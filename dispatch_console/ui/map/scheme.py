"""The map's own address space, `dispatch://map/`: page, scripts, fonts, data and tiles, all from the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

from dispatch_console import resources

SCHEME: Final = b"dispatch"
HOST: Final = "map"
PAGE: Final = "dispatch://map/page.html"

#: What is served under the data path: called anew for each request, on the window's thread.
Maker = Callable[[], bytes]
#: (zoom, column, row) → a tile with its media type, or None where there is none.
TileMaker = Callable[[int, int, int], tuple[bytes, bytes] | None]

_TYPES: Final[dict[str, bytes]] = {
    ".html": b"text/html",
    ".js": b"text/javascript",
    ".css": b"text/css",
    ".ttf": b"font/ttf",
    ".png": b"image/png",
}
#: No map has a finer zoom.
_DEEPEST: Final = 24
_TILE = re.compile(r"/tiles/([0-9]{1,2})/([0-9]{1,8})/([0-9]{1,8})")
_FILE = re.compile(r"/(app|leaflet|protomaps|fonts)/([A-Za-z0-9_-]{1,60}\.(?:js|css|ttf|png))")


def register_scheme() -> None:
    """Make `dispatch:` known to the browser engine. Before QApplication, once; later calls do nothing."""
    if QWebEngineUrlScheme.schemeByName(SCHEME).name():
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers requests for `dispatch://map/…`; anything it does not know is not found."""

    def __init__(self, data: dict[str, Maker], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self.tiles: TileMaker | None = None

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        answer = self._answer(url.path()) if url.host() == HOST else None
        if answer is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        kind, device = answer
        # The reply must outlive the job's reading of it, and no longer. Whole devices only: the engine seeks in
        # them to answer range requests.
        device.setParent(job)
        job.reply(kind, device)

    def _answer(self, path: str) -> tuple[bytes, QIODevice] | None:
        if path == "/page.html":
            return b"text/html", QFile(str(resources.path("map", "page.html")))
        if path == "/qwebchannel.js":  # pages of an own scheme may not load it from qrc: themselves
            return b"text/javascript", QFile(":/qtwebchannel/qwebchannel.js")
        if path.startswith("/data/") and path.removeprefix("/data/") in self._data:
            return b"application/json", _buffer(self._data[path.removeprefix("/data/")]())
        if match := _TILE.fullmatch(path):
            return self._tile(*(int(part) for part in match.groups()))
        if match := _FILE.fullmatch(path):
            return _file(match[1], match[2])
        return None

    def _tile(self, zoom: int, column: int, row: int) -> tuple[bytes, QIODevice] | None:
        if self.tiles is None or zoom > _DEEPEST or max(column, row) >> zoom:
            return None
        found = self.tiles(zoom, column, row)
        return (found[1], _buffer(found[0])) if found is not None else None


def _file(folder: str, name: str) -> tuple[bytes, QIODevice] | None:
    path = resources.path("fonts", name) if folder == "fonts" else resources.path("map", folder, name)
    return (_TYPES[Path(name).suffix], QFile(str(path))) if path.is_file() else None


def _buffer(content: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    return buffer
