"""The small pictures of the proofs of a sheet, and where to drop more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dispatch_console.services.proofs import Proof, ProofKind
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import KeyCap, Text, paint

TILE = QSize(130, 112)
_TEXT = 18
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Tile(QWidget):
    """Enter, Space or a double click opens it large; M, the menu key or a right click asks whose it is.

    `looked(proof)` · `asked(proof, place on the screen)`.
    """

    looked = Signal(object)
    asked = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._proof: Proof | None = None
        self._name, self._image = "", QImage()
        self.setFixedSize(TILE.width(), TILE.height() + _TEXT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_proof(self, proof: Proof, name: str, image: QImage | None) -> None:
        self._proof, self._name, self._image = proof, name, image or QImage()
        keys = self.tr("Enter: large. M or a right click: whose it is.")
        self.setToolTip(plain("\n".join(part for part in (proof.name or name, keys) if part)))
        self.setAccessibleName(name)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._proof is not None:
            self.looked.emit(self._proof)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        if self._proof is not None:
            mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            self.asked.emit(self._proof, event.globalPos() if mouse else self._middle())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._proof is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif event.key() in _OPEN:
            self.looked.emit(self._proof)
        elif event.key() == Qt.Key.Key_M:
            self.asked.emit(self._proof, self._middle())
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _middle(self) -> QPoint:
        return self.mapToGlobal(QPoint(TILE.width() // 2, TILE.height() // 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = QRect(0, 0, TILE.width(), TILE.height())
        paint.box(painter, frame, look.colour("raise"), look.colour("line"))
        if self._proof is not None and self._proof.kind is ProofKind.CODE:
            centre = Qt.AlignmentFlag.AlignCenter
            paint.text(painter, frame.adjusted(6, 0, -6, 0), self._proof.note, "page", "tx", centre)
        elif self._image.isNull():
            paint.icon_at(
                painter, "ph.image", "tx3", QRect(frame.center().x() - 10, frame.center().y() - 10, 20, 20)
            )
        else:
            shown = QRect(QPoint(0, 0), self._image.size().boundedTo(TILE - QSize(4, 4)))
            shown.moveCenter(frame.center())
            painter.drawImage(shown, self._image)
        if self.hasFocus():
            paint.focus_ring(painter, frame)
        area = QRect(0, TILE.height() + 2, TILE.width(), _TEXT - 2)
        paint.text(painter, area, self._name, "secondary", "tx2")


class DropHere(QWidget):
    """A dashed frame; a click asks for files."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addStretch(1)
        for part in (Text(self.tr("Drop scans here, or press"), "data", "tx2"), KeyCap("Ctrl+O")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        row.addStretch(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pen = QPen(look.colour("tx3"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), paint.ROUND, paint.ROUND)
