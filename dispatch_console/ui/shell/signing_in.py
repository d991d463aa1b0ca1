"""Before the window opens: a server wants a password, or cannot be used, and somebody says how to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from dispatch_console.domain.errors import UserError
from dispatch_console.services import connecting, workstation
from dispatch_console.services.connecting import Question, Typed
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

#: Where a choice of the user is remembered: an address without a password; empty: his own file.
KEY = "store/address"

_WIDE = 480


def address(memory: Memory) -> str:
    """The store of this workstation: as the user chose it, else as it was rolled out; empty: his own file."""
    return memory.text(KEY, workstation.load().store)


def choose(memory: Memory, where: str) -> None:
    """Remember a store, unless it is what was rolled out: who never chose another follows the next roll-out."""
    chosen = connecting.shown(where) if where else ""
    if chosen == workstation.load().store:
        memory.forget(KEY)
    else:
        memory.set_text(KEY, chosen)


def opened[T](open_store: Callable[[str | None], T], where: str, memory: Memory | None) -> T | None:
    """What `open_store` gives for the address of a server, its password asked for if need be.

    `memory`: where another address, once it works, is kept; None: this one was named for this once. None comes back
    if the user quits.
    """
    while True:
        try:
            store = open_store(connecting.answered(where, ask) if where else None)
        except UserError as error:
            dialog = TroubleDialog(error.message, where, changes=memory is not None)
            if not dialog.exec():
                return None
            where = dialog.address.text().strip() if memory is not None else where
        else:
            if memory is not None:
                choose(memory, where)
            return store


def ask(question: Question) -> Typed | None:
    """By a dialog. Nothing typed, or Cancel: None."""
    dialog = PasswordDialog(question)
    if not dialog.exec() or not dialog.password.text():
        return None
    return Typed(dialog.password.text(), dialog.keep.isChecked())


class _Dialog(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.applicationName())
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def words(self, text: str, token: str) -> Text:
        words = Text(text, "data", token)
        words.setWordWrap(True)
        words.setFixedWidth(_WIDE)
        return words

    def lay_out(self, rows: Sequence[QWidget]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        for row in rows:
            column.addWidget(row)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), look.colour("pane"))
        self.setPalette(palette)

    def go(self, text: str) -> Button:
        """The button that Enter presses, too."""
        button = Button(text, kind="primary")
        button.clicked.connect(self.accept)
        return button

    def leave(self, text: str) -> Button:
        button = Button(text)
        button.clicked.connect(self.reject)
        return button


class PasswordDialog(_Dialog):
    """Asks for one password. What is typed is shown as dots and held by the answer alone."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Password of {login}").format(login=question.login)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(title)
        self.password.returnPressed.connect(self.accept)
        self.keep = QCheckBox(self.tr("Keep it in this system's keyring"))
        self.keep.setVisible(question.can_keep)
        why = self.words(question.why, "tx")
        where = self.words(self.tr("Server: {server}").format(server=question.server), "tx2")
        buttons = in_a_row(self.go(self.tr("Sign in")), self.leave(self.tr("Cancel")))
        self.lay_out([Text(title, "page", "tx"), why, where, self.password, self.keep, buttons])
        self.password.setFocus()


class TroubleDialog(_Dialog):
    """The store cannot be opened: why, and another try, at another address if `changes`."""

    def __init__(self, why: str, where: str, *, changes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = QLineEdit(_shown(where))
        self.address.setAccessibleName(self.tr("Address of the store"))
        self.address.setReadOnly(not changes)
        self.address.returnPressed.connect(self.accept)
        title = self.tr("The shared store cannot be opened")
        note = self.words(self.tr("Without an address: the store of this user on this computer."), "tx3")
        note.setVisible(changes)
        buttons = in_a_row(self.go(self.tr("Try again")), self.leave(self.tr("Quit")))
        self.lay_out([Text(title, "page", "tx"), self.words(why, "tx"), self.address, note, buttons])
        self.address.setFocus()


def _shown(where: str) -> str:
    try:
        return connecting.shown(where)
    except UserError:  # as it was typed a moment ago: it is to be mended
        return where
