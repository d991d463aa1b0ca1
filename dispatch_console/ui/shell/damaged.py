"""Before the window opens: the store's file has come to harm, or is gone, and somebody says how to go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dispatch_console.domain.errors import DamagedStore, UserError
from dispatch_console.services import rescue
from dispatch_console.services.rescue import Rescue
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Text

_WIDE = 560


def opened[T](open_store: Callable[[], T], where: str | Path | None, second: Path | None) -> T | None:
    """What `open_store` gives; where its file has come to harm, after the user has chosen. None: he quits."""
    if rescue.is_gone(where):
        return _after_asking(open_store, where, second)
    try:
        return open_store()
    except DamagedStore:
        return _after_asking(open_store, where, second)


def _after_asking[T](open_store: Callable[[], T], where: str | Path | None, second: Path | None) -> T | None:
    asked = DamagedDialog(rescue.look(where, second), dt.datetime.now(dt.UTC))
    return open_store() if asked.exec() else None


class DamagedDialog(QDialog):
    """Accepted once there is a store to open. What cannot be done is said, and something else can be chosen."""

    def __init__(self, found: Rescue, now: dt.datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = found
        self.setWindowTitle(QCoreApplication.applicationName())
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.trouble = self._words("", "red")
        self.trouble.hide()
        self.bring_back = Button(
            self.tr("Bring back the backup of {when}").format(when=rescue.offer(found, now)), kind="primary"
        )
        self.bring_back.setVisible(found.good is not None)
        self.begin_anew = Button(self.tr("Start with an empty store"))
        self.quit = Button(self.tr("Quit"))
        self.bring_back.clicked.connect(lambda: self._do(lambda: rescue.bring_back(found)))
        self.begin_anew.clicked.connect(lambda: self._do(lambda: rescue.begin_anew(found)))
        self.quit.clicked.connect(self.reject)
        title = self.tr("Your store is not there") if found.gone else self.tr("Your store is damaged")
        said = [self._words(line, "tx2") for line in rescue.more(found, now)]
        self._lay_out([Text(title, "page", "tx"), self._words(rescue.what_happened(found), "tx"), *said])
        (self.bring_back if found.good is not None else self.quit).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as in every other window."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _do(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except UserError as error:
            self.trouble.setText(error.message)
            self.trouble.show()
        else:
            self.accept()

    def _words(self, text: str, token: str) -> Text:
        words = Text(text, "data", token)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return words

    def _lay_out(self, words: Sequence[QWidget]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        for line in (*words, self.trouble):
            line.setFixedWidth(_WIDE)
            column.addWidget(line)
        column.addSpacing(6)
        for button in (self.bring_back, self.begin_anew, self.quit):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), look.colour("pane"))
        self.setPalette(palette)
