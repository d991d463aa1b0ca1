"""Rows painted one below another in a frame that scrolls: one is chosen, one lies under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look


class PaintedRows(QAbstractScrollArea):
    """Whoever has rows says how high they are (`set_rows`), paints one (`paint_row`) and puts it into words
    (`words_of`: the tooltip, and what is spoken). `at` is the chosen row, `over` where the pointer is; −1 and a
    point outside: none. Arrows and Home walk; a row that is not `can_choose` is passed over."""

    def __init__(self, name: str, step: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.at = -1
        self.over = QPoint(-1, -1)
        self._tops: list[int] = [0]
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.verticalScrollBar().setSingleStep(step)
        self.viewport().setMouseTracking(True)

    # -- what each kind of rows says of itself -------------------------------------------------------

    def paint_row(self, painter: QPainter, index: int) -> None:
        """The ground is there already."""

    def words_of(self, _index: int) -> str:
        """A row as a sentence."""
        return ""

    def tip_at(self, index: int, _point: QPoint) -> str:
        """What is shown over a point of the viewport that lies on this row."""
        return self.words_of(index)

    def can_choose(self, index: int) -> bool:
        return 0 <= index < self.count

    def on_chosen(self, index: int) -> None:
        """The row was walked to or clicked."""

    # -- rows ----------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        return len(self._tops) - 1

    def set_rows(self, heights: Sequence[int], at: int) -> None:
        """Other rows; `at` is the chosen one of them."""
        self._tops = [0, *accumulate(heights)]
        self.at = at
        self._fit()
        self._speak()
        self.viewport().update()

    def choose(self, index: int) -> None:
        """Walk to a row, bring it into sight and tell of it."""
        if not self.can_choose(index):
            return
        self.at = index
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(min(self._tops[index], max(bar.value(), self._tops[index + 1] - page)))
        self._speak()
        self.viewport().update()
        self.on_chosen(index)

    def rect_of(self, index: int) -> QRect:
        """Where a row stands in the viewport."""
        top = self._tops[index] - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._tops[index + 1] - self._tops[index])

    def row_at(self, point: QPoint) -> int:
        """The row under a point of the viewport; −1: none."""
        return next((i for i in range(self.count) if self.rect_of(i).contains(point)), -1)

    # -- keys and mouse ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down:
            self._walk(1)
        elif key == Qt.Key.Key_Up:
            self._walk(-1)
        elif key == Qt.Key.Key_Home:
            self.at = -1
            self._walk(1)
        else:
            event.ignore()

    def _walk(self, by: int) -> None:
        at = self.at + by
        while 0 <= at < self.count and not self.can_choose(at):
            at += by
        self.choose(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(QPoint(-1, -1))
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.row_at(event.pos())
            tip = self.tip_at(index, event.pos()) if index >= 0 else ""
            QToolTip.showText(event.globalPos(), plain(tip), self.viewport())
            return True
        return super().viewportEvent(event)

    def _hover(self, point: QPoint) -> None:
        self.over = point
        self.viewport().update()

    # -- the widget ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.colour("pane"))
        for index in range(self.count):
            if self.rect_of(index).intersects(event.rect()):
                self.paint_row(painter, index)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.at < 0 and self.can_choose(0) and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.at = 0
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _fit(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._tops[-1] - page))

    def _speak(self) -> None:
        self.setAccessibleDescription(self.words_of(self.at) if 0 <= self.at < self.count else "")
