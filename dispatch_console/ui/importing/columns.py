"""The head of the table: above each column the field it is taken for, below it the file's own name for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from dispatch_console.services.importing_picture import SURE, Column
from dispatch_console.ui.importing import small
from dispatch_console.ui.importing.painting import PAD
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint

HEIGHT = 52
_BUTTON = 24
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ColumnHead(QHeaderView):
    """`wanted(section, point)`: the field of this column is to be chosen, in a menu at `point` (global)."""

    wanted = Signal(int, QPoint)

    def __init__(self, column: Callable[[int], Column | None], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._column = column
        self._over = -1
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(44)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.viewport().setMouseTracking(True)
        self.setMouseTracking(True)

    def button_of(self, section: int) -> QRect:
        """Where the field button of a section is drawn."""
        x, width = self.sectionViewportPosition(section), self.sectionSize(section)
        return QRect(x + PAD, 5, width - 2 * PAD, _BUTTON)

    def ask(self, section: int) -> None:
        """Open the choice of fields for a section, as a click or Alt+↓ does."""
        if self._column(section) is not None:
            below = self.button_of(section).bottomLeft() + QPoint(0, 2)
            self.wanted.emit(section, self.viewport().mapToGlobal(below))

    # --- painting ---

    def paintEvent(self, e: QPaintEvent) -> None:
        """The head of the row numbers stays at the left, over what is scrolled below it."""
        super().paintEvent(e)
        if self.count():
            area = QRect(0, 0, self.sectionSize(0), self.height())
            self.paintSection(QPainter(self.viewport()), area, 0)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.fillRect(rect, look.colour("raise"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        column = self._column(logicalIndex)
        if column is None:
            painter.setFont(look.font("secondary"))
            painter.setPen(look.colour("tx2"))
            painter.drawText(rect.adjusted(0, 0, -PAD, -1), _RIGHT, self.tr("Row"))
        else:
            self._paint_column(painter, rect, column, logicalIndex == self._over)
        painter.restore()

    def _paint_column(self, painter: QPainter, rect: QRect, column: Column, over: bool) -> None:
        doubt = bool(column.field) and column.confidence < SURE
        button = QRect(rect.left() + PAD, rect.top() + 5, rect.width() - 2 * PAD, _BUTTON)
        fill = look.colour("ambbg" if doubt else "hover" if over else "pane")
        paint.box(painter, button, fill, look.colour("amb" if doubt else "line"))
        font, token = (small.bold(), "tx") if column.field else (look.font("secondary"), "tx3")
        _text(painter, button.adjusted(7, 0, -20, 0), column.short or self.tr("not used"), font, token)
        caret = QRect(button.right() - 16, button.center().y() - 4, 10, 10)
        paint.icon_at(painter, "ph.caret-down", "amb" if doubt else "tx3", caret)
        below = QRect(button.left(), button.bottom() + 2, button.width(), 19)
        if column.field:
            sure = f"{column.confidence}%"
            painter.setFont(look.font("secondary"))
            painter.setPen(look.colour("amb" if doubt else "tx2"))
            painter.drawText(below, _RIGHT, sure)
            below.adjust(0, 0, -QFontMetrics(look.font("secondary")).horizontalAdvance(sure) - 6, 0)
        _text(painter, below, column.header, look.font("secondary"), "tx2")

    # --- the pointer ---

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._section_under(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(event)
        section = self._section_under(event.position().toPoint())
        if section >= 0 and not resizing and event.button() == Qt.MouseButton.LeftButton:
            self.ask(section)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, section: int) -> None:
        if section != self._over:
            self._over = section
            self.viewport().update()

    def _section_under(self, point: QPoint) -> int:
        section = self.logicalIndexAt(point) if point.x() >= self.sectionSize(0) else 0
        return section if section > 0 and self.button_of(section).contains(point) else -1


def _text(painter: QPainter, area: QRect, text: str, font: QFont, token: str) -> None:
    painter.setFont(font)
    painter.setPen(look.colour(token))
    painter.drawText(area, _LEFT, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width()))
