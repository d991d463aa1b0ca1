"""Pictures out of files: pages in grey for the reader of barcodes, and small ones to look at. Any thread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtPdf import QPdfDocument

from dispatch_console.domain.errors import UserError
from dispatch_console.services.proofs import PDF, File

#: A scanned sheet has its code on one of the first pages; pages are drawn so many px wide, and at most so high: a
#: file may say that a page is a strip of any length.
_PAGES, _PAGE = 4, QSize(1700, 6800)
#: Photos are read no larger: the bars of our codes are a millimetre wide.
_MOST_PX = 3000


def grey_pages(file: File) -> Iterator[NDArray[np.uint8]]:
    """Each page as an array of shape (height, width). Raises UserError for a damaged file."""
    for image in _images(file.data, file.media_type, file.name):
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
        yield np.ascontiguousarray(rows[:, : grey.width()])


def thumbnail(data: bytes, media_type: str, size: QSize) -> QImage:
    """The first page as large as fits into `size`; empty if it cannot be drawn."""
    try:
        image = next(_images(data, media_type, ""))
    except (UserError, StopIteration):
        return QImage()
    mode, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, mode, smooth)


def _images(data: bytes, media_type: str, name: str) -> Iterator[QImage]:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    if media_type == PDF:
        yield from _pages(buffer, name)
        return
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid() and max(whole.width(), whole.height()) > _MOST_PX:
        reader.setScaledSize(whole.scaled(_MOST_PX, _MOST_PX, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UserError(f"{name} is damaged and cannot be opened. Scan it again.")
    yield image


def _pages(buffer: QBuffer, name: str) -> Iterator[QImage]:
    document = QPdfDocument()
    try:
        document.load(buffer)
        if document.error() is not QPdfDocument.Error.None_ or not document.pageCount():
            raise UserError(f"{name} is damaged or locked and cannot be opened. Scan it again.")
        for number in range(min(_PAGES, document.pageCount())):
            size = document.pagePointSize(number).scaled(QSizeF(_PAGE), Qt.AspectRatioMode.KeepAspectRatio).toSize()
            yield _on_white(document.render(number, size.expandedTo(QSize(1, 1))))
    finally:
        document.close()


def _on_white(image: QImage) -> QImage:
    """A page as paper: what is not printed on is white, not see-through."""
    page = QImage(image.size(), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, image)
    painter.end()
    return page
