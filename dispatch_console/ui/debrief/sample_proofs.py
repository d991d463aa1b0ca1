"""Pictures as a scanner would give them, for the picture of the page: a signed sheet and a signature."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPainterPath, QPen

from dispatch_console.services import proofs
from dispatch_console.services.proofs import File, How, ProofKind, Target
from dispatch_console.ui.debrief.attaching import Wish

_INK = QColor("#1B3A8A")


def add(store: proofs.Store, wish: Wish) -> None:
    """One sheet and the signature of the order in talk. On the store's thread it takes a moment."""
    proofs.add(store, wish.day, _file("sheet.png", sheet()), _of(wish, ProofKind.SHEET), wish.who)
    if wish.order is not None:
        target = Target(wish.route, wish.order, ProofKind.SIGNATURE, How.BARCODE)
        proofs.add(store, wish.day, _file("signature.png", signature()), target, wish.who)


def sheet() -> QImage:
    """A page with a head, bars, and a line and a signature for each stop."""
    image, painter = _paper(560, 480)
    painter.fillRect(QRect(40, 36, 180, 18), Qt.GlobalColor.black)
    for i in range(40):
        painter.fillRect(QRect(360 + 4 * i, 30, 1 + i * 7 % 3, 44), Qt.GlobalColor.black)
    for i in range(9):
        y = 110 + 40 * i
        painter.fillRect(QRect(40, y, 90 + i * 23 % 60, 8), QColor("#55595E"))
        painter.fillRect(QRect(220, y, 120, 8), QColor("#9A9FA5"))
        painter.fillRect(QRect(40, y + 22, 480, 1), QColor("#C8CBCE"))
        _sign(painter, 400, y + 4, 0.6)
    painter.end()
    return image


def signature() -> QImage:
    image, painter = _paper(560, 480)
    _sign(painter, 90, 240, 2.6)
    painter.end()
    return image


def _paper(width: int, height: int) -> tuple[QImage, QPainter]:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#FBFAF5"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return image, painter


def _sign(painter: QPainter, x: float, y: float, scale: float) -> None:
    path = QPainterPath(QPointF(x, y))
    for i in range(5):
        at = x + 28 * scale * i
        rise = (18 + i * 13 % 22) * scale
        path.cubicTo(at + 6 * scale, y - rise, at + 14 * scale, y - rise, at + 16 * scale, y + 8 * scale)
        path.lineTo(at + 28 * scale, y - 4 * scale)
    painter.setPen(QPen(_INK, 1.5 + 1.5 * scale))
    painter.drawPath(path)


def _of(wish: Wish, kind: ProofKind) -> Target:
    return Target(wish.route, None, kind, How.BARCODE)


def _file(name: str, image: QImage) -> File:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return File(name, "image/png", bytes(buffer.data().data()))
