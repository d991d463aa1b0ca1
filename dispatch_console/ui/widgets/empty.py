"""What an empty pane shows: a hint at what to do next, and the button that does it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint
from dispatch_console.ui.widgets.marks import Text

_TEXT_WIDTH = 304
_LINE = 18
_LOW = 150


class EmptyState(QWidget):
    """An icon of 32, a title, a sentence that says what to do, and buttons of 32 (the first may be primary).

    In a low pane the icon is 20.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        buttons: Iterable[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = _Icon(icon)
        self._title = Text(title, "empty")
        self._title.setWordWrap(True)
        self._title.setMinimumHeight(20)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._sentence = Paragraph(sentence)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self._title)
        column.addSpacing(6)
        column.addWidget(self._sentence)
        column.addSpacing(16)
        column.addLayout(self._buttons)
        column.addStretch(1)
        self.set_buttons(buttons)

    def set_text(self, title: str, sentence: str, icon: str = "") -> None:
        self._title.setText(title)
        self._sentence.set_text(sentence)
        if icon:
            self._icon.set_icon(icon)

    def set_buttons(self, buttons: Iterable[QWidget]) -> None:
        """Show these buttons instead of those before."""
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:  # None: the stretch
                old.deleteLater()
        self._buttons.addStretch(1)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._icon.set_side(20 if self.height() < _LOW else 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))


class _Icon(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._side = name, 32
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str) -> None:
        self._name = name
        self.update()

    def set_side(self, side: int) -> None:
        if side != self._side:
            self._side = side
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.icon_at(QPainter(self), self._name, "tx3", QRect(0, 0, self._side, self._side))


class Paragraph(QWidget):
    """Centred text of 12 px in lines of 18, at most 304 wide; as high as its lines."""

    def __init__(self, text: str, token: str = "tx2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._token = text, token
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width).lineCount() * _LINE

    def sizeHint(self) -> QSize:
        return QSize(_TEXT_WIDTH, self.heightForWidth(_TEXT_WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look.colour(self._token))
        layout = self._laid_out(self.width())
        for at in range(layout.lineCount()):
            line = layout.lineAt(at)
            x = (self.width() - line.naturalTextWidth()) / 2
            y = at * _LINE + (_LINE - line.height()) / 2
            line.draw(painter, QPointF(x, y))

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._text, look.font("data"))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(min(width, _TEXT_WIDTH))
        layout.endLayout()
        return layout
