"""Pages of a PDF as pictures and words, for the tests of the printed papers."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import zxingcpp
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QSize, QUrl
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, open_day
from dispatch_console.ui.printing import output
from tests.unit import manifests_day as days

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


_MEASURE = """JSON.stringify([...document.querySelectorAll(SELECTOR)].map(
    box => [box.className, box.scrollWidth, box.clientWidth]))"""


def boxes(page: QWebEnginePage, qtbot: QtBot, markup: str, selector: str) -> list[tuple[str, int, int]]:
    """(class, width of what stands in it, width) of each box that `selector` finds in a page."""
    with qtbot.waitSignal(page.loadFinished):
        page.setHtml(markup, QUrl("file:///"))
    answers: list[str] = []
    page.runJavaScript(_MEASURE.replace("SELECTOR", json.dumps(selector)), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return [(name, wide, room) for name, wide, room in json.loads(answers[0])]


def wide_day() -> Day:
    """Words without a gap, and figures as long as they come."""
    day = days.rich_day()
    word = "Donaudampfschifffahrtsgesellschaftskapitänswitwenheimverzeichnisstelle"
    changes = {
        1: {"name": word, "address": days.Address(word, "7", "1010", word, "AT"), "notes": word * 3},
        2: {"reference": "DE-2026-AUFTRAG-0000012345", "phone": "ask for Heidi, 079 123 45 67 or 079 765 43 21"},
        3: {"cod": days.Money(123_456_789, "CHF"), "size": days.Size(12_345_678, 9999, 250)},
        4: {"skills": ("tail-lift", "cold", "two-man", "age-check", "fragile", "x" * 40)},
        5: {"cod": days.Money(98_765, "EUR"), "company": word, "name": word},
    }
    orders = [days.replace(order, **changes.get(int(order.stop), {})) for order in day.orders.values()]
    return open_day(day.depot, day.date, orders, day.shifts.values(), day.travel, day.plan, approval=day.approval)
