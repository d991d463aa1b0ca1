"""Pages of a PDF as pictures and words, for the tests of the printed papers."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import zxingcpp
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from dispatch_console.ui.printing import output

#: What the web engine says of a machine without graphics.
ENGINE_NOISE = [
    "Sandboxing disabled by user",
    "QRhi",
    "Failed to create RHI",
    "Vulkan",
    "GBM is not supported",
    "GPUInfo not initialized",
    "^This plugin does not support ",
]

#: Shape (height, width, 3), values 0 … 255.
type Picture = np.ndarray[Any, np.dtype[np.uint8]]


def texts(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def pictures(pdf: bytes, dpi: int) -> list[Picture]:
    """Each page as it would be printed."""
    document, buffer = QPdfDocument(), QBuffer()
    output.load(document, buffer, pdf)
    return [_picture(document, page, dpi) for page in range(document.pageCount())]


def codes_on(picture: Picture) -> list[str]:
    """What a scanner reads of a page."""
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def _picture(document: QPdfDocument, page: int, dpi: int) -> Picture:
    points = document.pagePointSize(page)
    size = QSize(round(points.width() * dpi / 72), round(points.height() * dpi / 72))
    image = QImage(size, QImage.Format.Format_RGB888)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(size.height(), image.bytesPerLine())
    return rows[:, : size.width() * 3].reshape(size.height(), size.width(), 3).copy()
