"""The counts of an import: a row of 40 each at the side, or a strip of five above the table of a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from dispatch_console.services.importing_picture import BUCKETS, Mark, Picture
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, paint

HEIGHT = 40
NAMES: dict[Mark, str] = {
    Mark.NEW: "New",
    Mark.CHANGED: "Changed",
    Mark.SAME: "Same",
    Mark.DUPLICATE: "Duplicates",
    Mark.REJECTED: "Rejected",
}
_ICONS: dict[Mark, str] = {
    Mark.NEW: "ph.plus-circle",
    Mark.CHANGED: "ph.pencil-simple",
    Mark.SAME: "ph.equals",
    Mark.DUPLICATE: "ph.copy",
    Mark.REJECTED: "ph.warning-circle-fill",
}
_TOKENS: dict[Mark, str] = {Mark.CHANGED: "acc", Mark.REJECTED: "red"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BucketRow(QAbstractButton):
    """Icon, name, a note below, the count at the right. `chosen(bucket)` when clicked."""

    chosen = Signal(object)

    def __init__(self, bucket: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bucket: Mark = bucket
        self.count, self.note, self._lit = 0, "", False
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.chosen.emit(self.bucket))

    def show_count(self, count: int, note: str) -> None:
        self.count, self.note = count, note
        self.setAccessibleName(f"{NAMES[self.bucket]}: {count}, {note}")
        self.setToolTip(plain(note))
        self.update()

    def set_lit(self, lit: bool) -> None:
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = "accbg" if self._lit else "hover" if self.underMouse() else "pane"
        painter.fillRect(self.rect(), look.colour(ground))
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, look.colour("line2"))
        token = _TOKENS.get(self.bucket, "tx2") if self.count else "tx2"
        paint.icon_at(painter, _ICONS[self.bucket], token, QRect(11, 12, 16, 16))
        count = str(self.count)
        right = self.width() - 8
        paint.text(
            painter, QRect(right - 80, 0, 80, HEIGHT - 1), count, "page", _ink(self.bucket, self.count), _RIGHT
        )
        room = right - 50 - round(QFontMetricsF(look.font("page")).horizontalAdvance(count))
        paint.text(painter, QRect(38, 4, room, 16), NAMES[self.bucket], "key", "tx", _LEFT)
        paint.text(painter, QRect(38, 20, room, 16), self.note, "secondary", "tx2", _LEFT)
        if paint.shows_focus(self):
            paint.focus_ring(painter, self.rect(), 0)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


class ReadRow(QWidget):
    """`Orders read 248`: what the counts above add up to."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self._count = 0

    def show_count(self, count: int) -> None:
        self._count = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line2"))
        paint.text(painter, self.rect().adjusted(12, 0, 0, -1), self.tr("Orders read"), "key", "tx", _LEFT)
        paint.text(painter, self.rect().adjusted(0, 0, -8, -1), str(self._count), "page", "tx", _RIGHT)


class CountStrip(QWidget):
    """The five counts side by side, 32 high, and the export of bad rows. `chosen(bucket)` when one is clicked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(32)
        self.cells = {bucket: _Count(bucket) for bucket in BUCKETS}
        self.export = Button(self.tr("Export"), "ph.export", kind="quiet", tip=self.tr("Save the rejected rows"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 1)
        row.setSpacing(0)
        for cell in self.cells.values():
            cell.clicked.connect(lambda _=False, bucket=cell.bucket: self.chosen.emit(bucket))
            row.addWidget(cell, 1)
        row.addWidget(self.export)

    def show_picture(self, picture: Picture) -> None:
        for bucket, cell in self.cells.items():
            cell.show_count(picture.counts.get(bucket, 0), picture.notes.get(bucket, ""))
        self.export.setVisible(bool(picture.problems))
        self.setToolTip(plain(picture.sentence))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))


class _Count(QAbstractButton):
    def __init__(self, bucket: Mark) -> None:
        super().__init__()
        self.bucket: Mark = bucket
        self._count = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_count(self, count: int, note: str) -> None:
        self._count = count
        self.setAccessibleName(f"{NAMES[self.bucket]}: {count}")
        self.setToolTip(plain(note))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("hover" if self.underMouse() else "pane"))
        token = _TOKENS.get(self.bucket, "tx2") if self._count else "tx2"
        paint.icon_at(painter, _ICONS[self.bucket], token, QRect(12, self.height() // 2 - 7, 14, 14))
        font = look.font("data")
        paint.text(painter, self.rect().adjusted(32, 0, 0, 0), NAMES[self.bucket], "data", "tx", _LEFT)
        x = 38 + QFontMetrics(font).horizontalAdvance(NAMES[self.bucket])
        ink = _ink(self.bucket, self._count)
        paint.text(painter, self.rect().adjusted(x, 0, 0, 0), str(self._count), "key", ink, _LEFT)
        if paint.shows_focus(self):
            paint.focus_ring(painter, self.rect(), 0)

    def mouseMoveEvent(self, e: QMouseEvent) -> None:
        super().mouseMoveEvent(e)
        self.update()


def _ink(bucket: Mark, count: int) -> str:
    return _TOKENS.get(bucket, "tx") if count else "tx3"
