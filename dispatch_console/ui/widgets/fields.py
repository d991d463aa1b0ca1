"""Fields to type in, and rows of alternatives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint
from dispatch_console.ui.widgets.buttons import Button


class Field(QLineEdit):
    """A line to type in, 28 high: an icon at the left and the key that leads here at the right, both if wanted.

    The key cap hides while there is text. `size`: its height.
    """

    def __init__(
        self, placeholder: str = "", icon: str = "", key: str = "", *, size: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._key = icon, key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(look.font("data"))
        self.setFixedHeight(size)
        self.setProperty("ours", True)  # the style sheet leaves it alone
        right = marks.key_width(key) + 12 if key else 8
        self.setTextMargins(27 if icon else 7, 0, right - 2, 0)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z and Ctrl+Y are the text's as long as there is typing to take back; then they are the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            spent = event.matches(undo) and not self.isUndoAvailable()
            if spent or (event.matches(redo) and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour("field"), look.colour("line"))
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())
        middle = self.height() // 2
        if self._icon:
            paint.icon_at(painter, self._icon, "tx3", QRect(9, middle - 7, 14, 14))
        if self._key and not self.text():
            width = marks.key_width(self._key)
            marks.paint_key(painter, QRect(self.width() - width - 9, middle - 9, width, 18), self._key)
        painter.end()
        super().paintEvent(event)


class Segments(QWidget):
    """A row of alternatives of which one is on (`All 264 | Rejected 5 | …`), 24 high. `chosen(index)` tells."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._buttons: list[Button] = []
        for index, name in enumerate(names):
            button = Button(name)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _=False, at=index: self.chosen.emit(at))
            self._buttons.append(button)
            self._row.addWidget(button)
        if self._buttons:
            self._buttons[0].setChecked(True)

    @property
    def index(self) -> int:
        """Which one is on."""
        return next(i for i, button in enumerate(self._buttons) if button.isChecked())

    def choose(self, index: int) -> None:
        """Turn one on, without a signal."""
        self._buttons[index].setChecked(True)

    def rename(self, index: int, name: str) -> None:
        self._buttons[index].set_label(name)

    def set_key_focus(self) -> None:
        self._buttons[self.index].setFocus(Qt.FocusReason.ShortcutFocusReason)
