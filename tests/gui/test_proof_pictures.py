"""Pictures that were made to hurt are drawn small, or refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.services.proofs import PDF, File
from dispatch_console.ui.debrief import pictures


@pytest.mark.parametrize(
    ("width", "height"), [(595, 842), (10, 14_000), (14_000, 10), (3, 14_400), (14_400, 14_400)]
)
def test_a_page_of_any_shape_is_a_page(qtbot: QtBot, width: int, height: int) -> None:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width, height)
    writer.write(made)
    (page,) = pictures.grey_pages(File("scan.pdf", PDF, made.getvalue()))
    assert page.shape[0] * page.shape[1] <= 1700 * 6800
    assert not pictures.thumbnail(made.getvalue(), PDF, QSize(200, 200)).isNull()


@pytest.mark.qt_log_ignore("QImageIOHandler: Rejecting image", extend=True)
def test_a_picture_that_unpacks_to_gigabytes_is_refused(qtbot: QtBot) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    side = 40_000
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    png = b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")
    with pytest.raises(UserError, match="is damaged and cannot be opened"):
        list(pictures.grey_pages(File("bomb.png", "image/png", png)))
    assert pictures.thumbnail(png, "image/png", QSize(200, 200)).isNull()
