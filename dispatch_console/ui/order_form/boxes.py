"""Fields of forms: the name above; below, what is wrong as one sentence and texts that could stand there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Field, Segments, Text, paint

_MOST_OFFERS = 2


class Box(QWidget):
    """A name above an input, and room for a sentence below it."""

    def __init__(self, name: str, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Text(name, "secondary", "tx2")
        self.name.setBuddy(inside)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addWidget(self.name)
        self.column.addWidget(inside)


class Trouble(QWidget):
    """A sign, a sentence, and offers to click. Hidden while there is nothing to say. `taken(text)`."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = Text("", "secondary", "red")
        self._sentence.setWordWrap(True)
        self._offers = QHBoxLayout()
        self._offers.setSpacing(6)
        self._offers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(17, 2, 0, 2)
        column.setSpacing(4)
        column.addWidget(self._sentence)
        column.addLayout(self._offers)
        self._buttons: list[Button] = []
        self.hide()

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    @property
    def offers(self) -> list[Button]:
        return self._buttons

    def show_problem(self, sentence: str, instead: Sequence[str] = ()) -> None:
        self._sentence.setText(sentence)
        for button in self._buttons:
            self._offers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [Button(text) for text in instead[:_MOST_OFFERS]]
        for at, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, text=instead[at]: self.taken.emit(text))
            self._offers.insertWidget(at, button)
        self.setVisible(bool(sentence))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.icon_at(QPainter(self), "ph.warning-circle-fill", "red", QRect(0, 3, 14, 14))


class FormField(Field):
    """A field that shows when its text cannot be read."""

    left = Signal()

    def __init__(self, placeholder: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, icon, parent=parent)
        self._bad = False

    def set_bad(self, bad: bool) -> None:
        if bad != self._bad:
            self._bad = bad
            self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # a list of completions: he is still typing
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._bad and not self.hasFocus():
            paint.box(QPainter(self), self.rect(), None, look.colour("red"))


class TextBox(Box):
    """A line of text. `left()` when the focus goes; `typed()` with every change by hand."""

    left = Signal()
    typed = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        self.field = FormField(placeholder)
        super().__init__(name, self.field, parent)
        self.field.setAccessibleName(name)
        self.trouble = Trouble()
        self.trouble.taken.connect(self._take)
        self.column.addWidget(self.trouble)
        self.field.left.connect(self.left)
        self.field.textEdited.connect(self.typed)

    @property
    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        if text != self.field.text():
            self.field.setText(text)
            self.field.setCursorPosition(0)

    def show_kept(self, text: str) -> None:
        """Show a text as it is kept; what was typed before cannot be taken back in the field any more."""
        at = self.field.cursorPosition() if text == self.field.text() else 0
        self.field.setText(text)
        self.field.setCursorPosition(at)

    def show_problem(self, sentence: str = "", instead: Sequence[str] = ()) -> None:
        """Say what is wrong; without a sentence: nothing is."""
        self.trouble.show_problem(sentence, instead)
        self.field.set_bad(bool(sentence))

    def focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _take(self, text: str) -> None:
        self.set_text(text)
        self.typed.emit()
        self.left.emit()


class NoteBox(Box):
    """Text of several lines. Tab leaves it."""

    left = Signal()
    typed = Signal()

    def __init__(self, name: str, lines: int = 3, parent: QWidget | None = None) -> None:
        self.field = QPlainTextEdit()
        super().__init__(name, self.field, parent)
        self.field.setAccessibleName(name)
        self.field.setTabChangesFocus(True)
        self.field.setFont(look.font("data"))
        self.field.setFixedHeight(16 * lines + 14)
        self.field.textChanged.connect(self.typed)

    @property
    def text(self) -> str:
        return self.field.toPlainText()

    def set_text(self, text: str) -> None:
        if text != self.field.toPlainText():
            self.field.setPlainText(text)

    def show_problem(self, sentence: str = "", instead: Sequence[str] = ()) -> None:
        """A note is never wrong."""

    def focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)


class ChoiceBox(Box):
    """One of a few. `typed()` when another is chosen."""

    typed = Signal()

    def __init__(self, name: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        self.segments = Segments(names)
        super().__init__(name, self.segments, parent)
        self.column.addStretch(1)
        self.segments.chosen.connect(lambda _=0: self.typed.emit())

    @property
    def index(self) -> int:
        return self.segments.index

    def choose(self, index: int) -> None:
        self.segments.choose(index)


def side_by_side(*boxes: tuple[QWidget, int]) -> QHBoxLayout:
    """Boxes in a row, each with its share of the width, their tops in line."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for box, share in boxes:
        row.addWidget(box, share, Qt.AlignmentFlag.AlignTop)
    return row
