"""A field of the strip: what was typed in bold, and what it means in grey behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Text, paint

HEIGHT = 36
_PAD = 8
_LABEL = 16


class Box(QLineEdit):
    """36 high. `hint`: `Failed` behind an F. Keys that mean something to the strip are asked of `wanted` first:
    `key_pressed(event)` is emitted and the field takes the key only if it was not accepted.
    """

    key_pressed = Signal(QKeyEvent)
    #: It has the focus now.
    entered = Signal()

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = self._ghost = ""
        self.setFixedSize(width, HEIGHT)
        self.setFont(look.font("status"))
        self.setProperty("ours", True)  # the style sheet leaves it alone
        self.setTextMargins(_PAD - 2, 0, _PAD, 0)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # the style sheet takes the minimum away

    @property
    def hint(self) -> str:
        return self._hint

    def set_hint(self, hint: str) -> None:
        if hint != self._hint:
            self._hint = hint
            self.update()

    def set_ghost(self, ghost: str) -> None:
        """What counts as long as nothing is typed, in the same bold type."""
        if ghost != self._ghost:
            self._ghost = ghost
            self.update()

    def show_text(self, text: str) -> None:
        """Show `text` without moving the cursor of one who is typing it."""
        if text != self.text():
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, Tab and those of the window included."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ours(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            event.ignore()
            self.key_pressed.emit(event)
            if event.isAccepted():
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour("field"), look.colour("line"))
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())
        left = _PAD
        if self._ghost and not self.text():
            area = QRect(left, 0, self.width() - left, self.height())
            left += paint.text(painter, area, self._ghost, "status", "tx") + 8
        elif self.text():
            left += round(QFontMetricsF(look.font("status")).horizontalAdvance(self.text())) + 8
        if self._hint:
            area = QRect(left, 0, self.width() - left - 6, self.height())
            paint.text(painter, area, self._hint, "data", "tx2" if self.isEnabled() else "tx3")
        painter.end()
        super().paintEvent(event)


class Labelled(QWidget):
    """A field under its name, which changes with what is asked for."""

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Text(name, "secondary", "tx2")
        self.name.setFixedHeight(_LABEL)
        self.box = Box(name, width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.box)

    def set_name(self, name: str) -> None:
        self.name.setText(name)
        self.box.setAccessibleName(name)


def _ours(event: QKeyEvent) -> bool:
    """What the strip answers itself: all that is typed, and Tab, Enter, Esc, the arrows up and down."""
    named = (
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    )
    plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return plain == Qt.KeyboardModifier.NoModifier and (event.key() in named or bool(event.text()))
