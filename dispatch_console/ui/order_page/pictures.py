"""Pictures of the proofs: small ones at the side, and one over the page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.proofs import Proof, ProofKind
from dispatch_console.services.lookup import Store
from dispatch_console.services.order_history import history
from dispatch_console.ui import texts
from dispatch_console.ui.debrief.pictures import thumbnail
from dispatch_console.ui.later import Later
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint

_tr = texts.of("OrderPage")
log = logging.getLogger(__name__)

TILE = QSize(142, 116)
_TEXT = 18
#: A picture over the page is drawn no larger.
_WHOLE = QSize(1800, 1400)


class Pictures(QObject):
    """`drawn(ProofId, QImage)`, `whole(ProofId, QImage)`: a picture is there. Read on the database's thread, drawn
    on one of its own.
    """

    drawn = Signal(int, QImage)
    whole = Signal(int, QImage)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._later = Later(self)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    def ask(self, proof: Proof) -> None:
        self._ask(proof, TILE - QSize(4, 4), self.drawn.emit)

    def ask_whole(self, proof: Proof) -> None:
        self._ask(proof, _WHOLE, self.whole.emit)

    def close(self) -> None:
        """Finish the one in hand; what waits is left."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _ask(self, proof: Proof, size: QSize, tell: Callable[[int, QImage], object]) -> None:
        if proof.kind is not ProofKind.CODE:
            future: Future[QImage] = self._pool.submit(_draw, self._store, proof, size)
            self._later.when(future, lambda image: tell(proof.id, image), self._on_trouble)

    def _on_trouble(self, error: BaseException) -> None:
        log.warning("a proof could not be drawn: %s", error)


def _draw(store: Store, proof: Proof, size: QSize) -> QImage:
    data = store.submit(lambda: history.picture(store, proof.id)).result()
    return thumbnail(data, proof.media_type, size)


class Tile(QWidget):
    """One small picture with its name."""

    clicked = Signal(object)

    def __init__(self, proof: Proof) -> None:
        super().__init__()
        self._proof, self._image = proof, QImage()
        self.setFixedSize(TILE.width(), TILE.height() + _TEXT)
        self.setToolTip(plain("\n".join(part for part in (proof.name, proof.note) if part)))
        self.setAccessibleName(name_of(proof))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self._proof)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = QRect(0, 0, TILE.width(), TILE.height())
        paint.box(painter, frame, look.colour("raise"), look.colour("line"))
        centre = Qt.AlignmentFlag.AlignCenter
        if self._proof.kind is ProofKind.CODE:
            paint.text(painter, frame.adjusted(6, 0, -6, 0), self._proof.note, "page", "tx", centre)
        elif self._image.isNull():
            spot = QRect(frame.center() - QPoint(10, 10), QSize(20, 20))
            paint.icon_at(painter, "ph.image", "tx3", spot)
        else:
            shown = QRect(QPoint(0, 0), self._image.size())
            shown.moveCenter(frame.center())
            painter.drawImage(shown, self._image)
        area = QRect(0, TILE.height() + 2, TILE.width(), _TEXT - 2)
        paint.text(painter, area, name_of(self._proof), "secondary", "tx2")


class OnePicture(QWidget):
    """A proof over the whole page; any key or click puts it away."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._image = QImage()
        self._told = ""
        self.proof: Proof | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open(self, proof: Proof, told: str) -> None:
        """Cover the page; the picture comes by `show_image`."""
        self.proof, self._told, self._image = proof, told, QImage()
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._leave()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._leave()

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("bg"))
        room = self.rect().adjusted(24, 16, -24, -40)
        centre = Qt.AlignmentFlag.AlignCenter
        below = QRect(24, self.height() - 34, self.width() - 48, 24)
        paint.text(painter, below, self._told, "data", "tx2", centre)
        if self.proof is not None and self.proof.kind is ProofKind.CODE:
            paint.text(painter, room, self.proof.note, "status", "tx", centre)
        elif self._image.isNull():
            paint.text(painter, room, self.tr("The picture is being read…"), "data", "tx3", centre)
        else:
            size = self._image.size()
            if size.width() > room.width() or size.height() > room.height():
                size = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            shown = QRect(QPoint(0, 0), size)
            shown.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(shown, self._image)


def name_of(proof: Proof) -> str:
    """`Photo: box.jpg`."""
    kinds = {
        ProofKind.SHEET: _tr("Signed sheet"),
        ProofKind.PHOTO: _tr("Photo"),
        ProofKind.SIGNATURE: _tr("Signature"),
        ProofKind.CODE: _tr("One-time code"),
    }
    return f"{kinds[proof.kind]}: {proof.name}" if proof.name else kinds[proof.kind]
