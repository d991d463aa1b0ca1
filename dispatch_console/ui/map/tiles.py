"""Base maps the user may choose: the map of the region pack, an online address in OSM's style, a .mbtiles or
.pmtiles file (pictures, or vector tiles in a schema that is known here), or none."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol

from PySide6.QtCore import QUrl

from dispatch_console.domain.errors import UserError
from dispatch_console.ui.map import guard
from dispatch_console.ui.map.mbtiles import MbTiles
from dispatch_console.ui.map.pmtiles import PmTiles

OSM_CREDIT: Final = "© OpenStreetMap contributors"

#: The choice of no base map at all; an empty choice takes the region's map where there is one.
PLAIN: Final = "plain"

#: What a tile's first bytes say of its kind, and the media type to serve it as.
_KINDS: Final = ((b"\x89PNG", b"image/png"), (b"\xff\xd8", b"image/jpeg"), (b"RIFF", b"image/webp"))
_VECTOR: Final = b"application/octet-stream"
_MOST: Final = 16 << 20  # bytes that a vector tile may unpack to
_TAG = re.compile(r"<[^>]*>")

#: What a vector tile's layers are called: those of a region pack, and those of Protomaps' maps of the world.
Schema = Literal["", "region", "protomaps"]
_SCHEMAS: Final[tuple[tuple[Schema, frozenset[str]], ...]] = (
    ("region", frozenset({"land", "water", "roads", "places"})),
    ("protomaps", frozenset({"earth", "water", "roads", "landuse"})),
)


class TileFile(Protocol):
    """A file of tiles, open for reading. `layers`: names of the layers if it holds vector tiles."""

    min_zoom: int
    max_zoom: int
    attribution: str
    layers: frozenset[str]

    def tile(self, zoom: int, column: int, row: int) -> bytes | None: ...

    def any_tile(self) -> bytes | None: ...

    def close(self) -> None: ...


class Base(NamedTuple):
    """A base map ready for use: where the page gets tiles, from which host (empty: from us), and whose they are.

    `kind`: pictures, or vector tiles in `schema`, which the page draws itself.
    """

    url: str = ""
    min_zoom: int = 0
    max_zoom: int = 19
    credit: str = ""
    host: str = ""
    file: TileFile | None = None
    kind: Literal["raster", "vector"] = "raster"
    schema: Schema = ""

    def tile(self, zoom: int, column: int, row: int) -> tuple[bytes, bytes] | None:
        """(content, media type) of a tile of our own file. A vector tile that is not there is an empty one."""
        content = self.file.tile(zoom, column, row) if self.file is not None else None
        if self.kind == "vector":
            return unpacked(content or b""), _VECTOR
        return (content, media_type(content)) if content else None


def open_base(choice: str, region: Path | None = None) -> Base:
    """`choice`: empty (the region's map, or none), `PLAIN`, an address with {z}, {x} and {y}, or a path.

    `region`: the map file of the region pack in use. UserError says what is wrong.
    """
    choice = choice.strip()
    if choice == PLAIN or not (choice or region):
        return Base()
    if re.match(r"https?://", choice):
        return _online(choice)
    path = Path(choice) if choice else region
    assert path is not None
    if not path.is_file():
        raise UserError(f"The map file {path.name} is not there any more. Choose another one under Layers.")
    file = _open(path)
    known = schema(file.layers)
    told = credit(file.attribution)
    if not known:
        return Base("/tiles/{z}/{x}/{y}", file.min_zoom, file.max_zoom, told, file=file)
    # Maps in these schemas are made of OpenStreetMap's data, whether the file says so or not.
    return Base("/tiles/{z}/{x}/{y}", file.min_zoom, file.max_zoom, told or OSM_CREDIT, "", file, "vector", known)


def media_type(content: bytes) -> bytes:
    """The media type of a picture by its first bytes; empty for anything else, vector tiles above all."""
    return next((kind for head, kind in _KINDS if content.startswith(head)), b"")


def schema(layers: frozenset[str]) -> Schema:
    """Which of the schemas that the page can draw has these layers; empty: none."""
    for name, needed in _SCHEMAS:
        if needed <= layers:
            return name
    return ""


def unpacked(content: bytes) -> bytes:
    """A vector tile as the page reads it; empty if it is damaged, or unpacks to more than any tile is."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = packed.decompress(content, _MOST)
    except zlib.error:
        return b""
    return b"" if packed.unconsumed_tail or not packed.eof else plain


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
    if schema(file.layers) or (sample is not None and media_type(sample)):
        return file
    file.close()
    raise UserError(
        f"{path.name} holds no pictures, nor vector tiles in a schema that is known here. Choose a file of raster "
        "tiles, or the map of a region pack."
    )
