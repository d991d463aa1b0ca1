"""A proof as large as there is room, over the grid: looked at, stepped through, and put away again by Esc."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_console.services.proofs import Proof, ProofKind
from dispatch_console.ui.debrief.attaching import Attaching
from dispatch_console.ui.debrief.proofs_box import ProofsBox
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.marks import KEY_HEIGHT, key_width, paint_key, text_width

_HEAD, _EDGE = 34, 12
#: As large as a sheet is drawn; the view shrinks it to the room that it has.
_DRAWN = QSize(1700, 2400)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
#: What it takes while a proof is looked at: back and forth, and away with it.
LOOKING = (*_STEPS, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LargeView(QWidget):
    """`opened()`, `closed()`: the grid gives way, or is wanted again. `proof` None: nothing is looked at."""

    opened = Signal()
    closed = Signal()

    def __init__(self, proofs: ProofsBox, attaching: Attaching) -> None:
        super().__init__()
        self._proofs, self._attaching = proofs, attaching
        self.proof: Proof | None = None
        self._name, self._note = "", ""
        self._image = QImage()
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def look(self, proof: Proof) -> None:
        """Show a proof; its picture follows when it is drawn."""
        if self.proof is None:
            self._before = QApplication.focusWidget()
        self.proof, self._image = proof, QImage()
        self._name, self._note = self._proofs.name(proof), self._proofs.note(proof)
        self.setAccessibleName(f"{self._name}, {self._note}")
        self.opened.emit()
        self.setFocus()
        self.update()
        if proof.kind is not ProofKind.CODE:
            self._attaching.large(proof, _DRAWN, lambda image: self._show(proof, image))

    def press(self, key: int) -> None:
        """One of `LOOKING`."""
        by = _STEPS.get(Qt.Key(key))
        if by is None or self.proof is None:
            self.close_proof()
        else:
            self.look(self._proofs.beside(self.proof, by))

    def give_back_focus(self) -> bool:
        """To where the keys went before; False: that is not there any more."""
        before, self._before = self._before, None
        if before is None or not before.isVisible():
            return False
        before.setFocus()
        return True

    def _show(self, proof: Proof, image: QImage) -> None:
        if self.proof is not None and proof.id == self.proof.id:
            self._image = image
            self.update()

    @property
    def is_drawn(self) -> bool:
        return not self._image.isNull()

    def close_proof(self) -> None:
        if self.proof is not None:
            self.proof, self._image = None, QImage()
            self.closed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.close_proof()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("bg"))
        painter.fillRect(0, 0, self.width(), _HEAD - 1, look.colour("pane"))
        painter.fillRect(0, _HEAD - 1, self.width(), 1, look.colour("line"))
        self._paint_head(painter)
        if self.proof is None:
            return
        area = self.rect().adjusted(_EDGE, _HEAD + _EDGE, -_EDGE, -_EDGE)
        centre = Qt.AlignmentFlag.AlignCenter
        if self.proof.kind is ProofKind.CODE:
            paint.text(painter, area, self.proof.note, "page", "tx", centre)
        elif self._image.isNull():
            paint.text(painter, area, self.tr("Being drawn…"), "data", "tx3", centre)
        else:
            keep = Qt.AspectRatioMode.KeepAspectRatio
            shown = QRect(area.topLeft(), self._image.size().scaled(area.size(), keep))
            shown.moveCenter(area.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(shown, self._image)

    def _paint_head(self, painter: QPainter) -> None:
        line = QRect(_EDGE, 0, self.width() - 2 * _EDGE, _HEAD - 1)
        keys = (("←", ""), ("→", self.tr("other proofs")), ("Esc", self.tr("back to the sheet")))
        x = line.right()
        for key, word in reversed(keys):
            wide = text_width(word, "data") if word else 0
            paint.text(painter, QRect(x - wide, 0, wide + 2, _HEAD - 1), word, "data", "tx2")
            x -= wide + (5 if word else 0) + key_width(key)
            paint_key(painter, QRect(x, (_HEAD - 1 - KEY_HEIGHT) // 2, key_width(key), KEY_HEIGHT), key)
            x -= 12 if word else 5
        used = paint.text(painter, line.adjusted(0, 0, x - line.right() - 20, 0), self._name, "key", "tx")
        note = QRect(line.left() + used + 10, 0, x - line.left() - used - 20, _HEAD - 1)
        paint.text(painter, note, self._note, "data", "tx3")
