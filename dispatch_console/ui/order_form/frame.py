"""The frame around a form at the right edge: head, foot with the buttons, a warning, keys, place and ground."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, IconButton, PaneHead, Text

WIDTH = 380


class FormFrame(QWidget):
    """A panel at the right of `parent`, over what lies there unless somebody gives it a place beside; the work goes
    on.

    `leave_wanted`: Esc, Cancel or the cross; `save_wanted`: Ctrl+Enter or Save; `remove_wanted`: Remove.
    """

    leave_wanted = Signal()
    save_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click on a button must not send the focus elsewhere
        self.head = PaneHead("")
        self.close_button = IconButton("ph.x", self.tr("Close (Esc)"))
        self.close_button.clicked.connect(self.leave_wanted)
        self.head.add_tool(self.close_button)
        self.save_button = Button(self.tr("Save"), kind="primary", size=32, key="Ctrl+↵")
        self.save_button.clicked.connect(self.save_wanted)
        self.cancel_button = Button(self.tr("Cancel"), size=32, key="Esc")
        self.cancel_button.clicked.connect(self.leave_wanted)
        self.remove_button = Button(self.tr("Remove"), "ph.trash", kind="quiet", size=32)
        self.remove_button.clicked.connect(self.remove_wanted)
        self.warning = Text("", "secondary", "amb")
        self.warning.setWordWrap(True)
        self.warning.setContentsMargins(12, 6, 12, 0)
        self.warning.hide()
        if parent is not None:
            parent.installEventFilter(self)

    def put_in(self, inside: QWidget) -> None:
        """What stands between head and foot."""
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(inside, 1)
        whole.addWidget(self.warning)
        whole.addLayout(foot)

    def warn(self, text: str) -> None:
        """A sentence above the foot; empty: nothing."""
        self.warning.setText(text)
        self.warning.setVisible(bool(text))

    def place_at_edge(self) -> None:
        """Over the right edge of the parent it was made for, unless it has a place beside what is there."""
        parent = self.parentWidget()
        if parent is not None and parent is self._ground:
            self.setGeometry(parent.width() - WIDTH, 0, WIDTH, parent.height())

    def give_back_focus(self) -> None:
        """To what it was made for, where the keys of the window are."""
        if self._ground is not None:
            self._ground.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus, whatever the window uses them for; and who types beside a
        field moves no stop of the plan behind the form."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _kept(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        elif _mine(event):
            self.save_wanted.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self.place_at_edge()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, 1, self.height(), look.colour("line"))


def _kept(event: QKeyEvent) -> bool:
    """Its own keys, and all plain letters, digits and Delete."""
    with_others = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    plain = not with_others and (event.text().isprintable() and bool(event.text()))
    return _mine(event) or plain or (not with_others and event.key() == Qt.Key.Key_Delete)


def _mine(event: QKeyEvent) -> bool:
    """Ctrl+Enter, and Esc."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() == Qt.Key.Key_Escape or (
        enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )
