"""Draws the program's icon for Windows from `resources/icons/program.svg`: `.venv/bin/python packaging/icon.py`.

The file comes out the same each time; a test compares what is in the repository with what this draws.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
DRAWING = ROOT / "resources" / "icons" / "program.svg"
ICON = ROOT / "packaging" / "windows" / "dispatch-console.ico"

#: What Windows shows between a title bar at 100 % and a folder of large icons.
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
#: From this size on as PNG; smaller ones as plain pixels, which every reader of icons knows.
_PNG_FROM = 256
#: Dots a metre, of 96 an inch.
_DOTS = 3780


def drawn(size: int) -> QImage:
    """The drawing, `size` pixels wide and high, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.setDotsPerMeterX(_DOTS)  # else those of the screen that the drawing happens to be made on
    image.setDotsPerMeterY(_DOTS)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    return image


def icon() -> bytes:
    """The file: a header of 6 bytes, 16 bytes for each picture, the pictures."""
    pictures = [_picture(size) for size in SIZES]
    offset = 6 + 16 * len(SIZES)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(SIZES)) + entries + b"".join(pictures)


def _picture(size: int) -> bytes:
    return _png(drawn(size)) if size >= _PNG_FROM else _pixels(drawn(size))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _pixels(image: QImage) -> bytes:
    """A bitmap from the last line to the first, and an empty mask: what shows through is in the pixels."""
    size = image.width()
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 4 * size * size, 0, 0, 0, 0)
    lines = [bytes(image.constScanLine(row))[: 4 * size] for row in reversed(range(size))]
    mask = bytes((size + 31) // 32 * 4 * size)
    return header + b"".join(lines) + mask


def main() -> int:
    ICON.write_bytes(icon())
    return 0


if __name__ == "__main__":
    sys.exit(main())
