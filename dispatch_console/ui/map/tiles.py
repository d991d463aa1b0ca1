"""Base maps the user may choose: an online address in OSM's style, a raster .mbtiles or .pmtiles file, or none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from PySide6.QtCore import QUrl

from dispatch_console.domain.errors import UserError
from dispatch_console.ui.map import guard
from dispatch_console.ui.map.mbtiles import MbTiles
from dispatch_console.ui.map.pmtiles import PmTiles

OSM_CREDIT: Final = "© OpenStreetMap contributors"

#: What a tile's first bytes say of its kind, and the media type to serve it as.
_KINDS: Final = ((b"\x89PNG", b"image/png"), (b"\xff\xd8", b"image/jpeg"), (b"RIFF", b"image/webp"))
_TAG = re.compile(r"<[^>]*>")


class TileFile(Protocol):
    """A file of tiles, open for reading."""

    min_zoom: int
    max_zoom: int
    attribution: str

    def tile(self, zoom: int, column: int, row: int) -> bytes | None: ...

    def close(self) -> None: ...


class Base(NamedTuple):
    """A base map ready for use: where the page gets tiles, from which host (empty: from us), and whose they are."""

    url: str = ""
    min_zoom: int = 0
    max_zoom: int = 19
    credit: str = ""
    host: str = ""
    file: TileFile | None = None

    def tile(self, zoom: int, column: int, row: int) -> tuple[bytes, bytes] | None:
        """(picture, media type) of a tile of our own file."""
        content = self.file.tile(zoom, column, row) if self.file is not None else None
        return (content, media_type(content)) if content else None


def open_base(choice: str) -> Base:
    """`choice`: empty (no base map), an address with {z}, {x} and {y}, or a path. UserError says what is wrong."""
    choice = choice.strip()
    if not choice:
        return Base()
    if re.match(r"https?://", choice):
        return _online(choice)
    path = Path(choice)
    if not path.is_file():
        raise UserError(f"The map file {path.name} is not there any more. Choose another one under Layers.")
    file = _open(path)
    return Base("/tiles/{z}/{x}/{y}", file.min_zoom, file.max_zoom, credit(file.attribution), file=file)


def media_type(content: bytes) -> bytes:
    """The media type of a picture by its first bytes; empty for anything else, vector tiles above all."""
    return next((kind for head, kind in _KINDS if content.startswith(head)), b"")


def credit(attribution: str) -> str:
    """A file's own words on whose data it holds, as plain text; OpenStreetMap's as its licence asks."""
    text = " ".join(_TAG.sub(" ", attribution).replace("&copy;", "©").split())
    return OSM_CREDIT if "openstreetmap" in text.casefold() else text[:200]


def _online(template: str) -> Base:
    if not all(part in template for part in ("{z}", "{x}", "{y}")):
        raise UserError("A tile address needs {z}, {x} and {y} in it, as in https://tile.example/{z}/{x}/{y}.png.")
    filled = template.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0")
    url = QUrl(filled, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or not url.host() or "{" in filled:
        raise UserError("This is not a tile address. It looks like https://tile.example/{z}/{x}/{y}.png.")
    return Base(template, 0, 19, OSM_CREDIT, guard.host_of(url))


def _open(path: Path) -> TileFile:
    kinds = {".mbtiles": MbTiles, ".pmtiles": PmTiles}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise UserError("Choose a map file that ends in .mbtiles or .pmtiles.")
    file = kind(path)
    sample = file.any_tile()
    if sample is None or not media_type(sample):
        file.close()
        raise UserError(f"{path.name} holds no pictures (vector tiles perhaps). Choose a file of raster tiles.")
    return file
