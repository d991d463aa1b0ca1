"""Settings → The store: this workstation's own file, or a server that several share."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dispatch_console.domain.errors import PasswordWanted, UserError
from dispatch_console.services import clocks
from dispatch_console.services.connecting import Reached, State
from dispatch_console.ui.later import Later
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

_FIELD = 536
_EXAMPLE = "postgresql://login@server/database?sslmode=verify-full&sslrootcert=C:/dispatch/ca.crt"


@dataclass(frozen=True)
class StoreDeeds:
    """`address` is that of the next start, without a password; empty: this user's own file. `use` and `test` raise
    UserError for what is no address; `test` goes there on a thread of its own."""

    address: Callable[[], str]
    use: Callable[[str], object]
    test: Callable[[str], Future[Reached]]
    do: Callable[[Callable[[], object]], bool]


class StoreSection(QWidget):
    def __init__(self, deeds: StoreDeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._later = Later(self)
        self.address = QLineEdit()
        self.address.setPlaceholderText(_EXAMPLE)
        self.address.setAccessibleName(self.tr("Address of a shared store"))
        self.address.setFixedWidth(_FIELD)
        self.test = Button(self.tr("Test the connection"), size=24)
        self.use = Button(self.tr("Use it from the next start on"), size=24)
        self.own = Button(self.tr("Use this computer's own file again"), kind="link")
        self.said = Text("", "secondary", "tx2")
        self.said.setWordWrap(True)
        self.said.hide()
        self.test.clicked.connect(self._on_test)
        self.use.clicked.connect(lambda: self._take(self.address.text().strip()))
        self.own.clicked.connect(lambda: self._take(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.address)
        column.addWidget(in_a_row(self.test, self.use, self.own))
        column.addWidget(self.said)
        note = self.tr(
            "Ask whoever keeps your server for the address. A password is not kept with it:"
            " it is asked for at the start, and kept in the system's keyring if you like."
        )
        column.addWidget(Text(note, "secondary", "tx3"))
        self.refresh()

    def refresh(self) -> None:
        """Show what will be opened next."""
        if not self.address.hasFocus():
            self.address.setText(self._deeds.address())
        self.own.setVisible(bool(self._deeds.address()))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _take(self, address: str) -> None:
        if self._deeds.do(lambda: self._deeds.use(address)):
            self.address.setText(self._deeds.address())
            self.own.setVisible(bool(address))
            self._say(self.tr("Close the program and open it again: then it works on that store."))

    def _on_test(self) -> None:
        def test() -> None:
            answer = self._deeds.test(self.address.text().strip())
            self.test.set_why_not(self.tr("The server is being asked."))
            self._say(self.tr("Asking the server…"))
            self._later.when(answer, self._on_reached, self._on_trouble)

        self._deeds.do(test)

    def _on_reached(self, found: Reached) -> None:
        self.test.set_why_not(None)
        self._say(" ".join(self._words(found)))

    def _on_trouble(self, error: BaseException) -> None:
        self.test.set_why_not(None)
        if isinstance(error, PasswordWanted):
            self._say(self.tr("The server answers. It will ask for your password at the start."))
        elif isinstance(error, UserError):
            self._say(error.message)
        else:
            self._say("")
            self._deeds.do(lambda: _raise(error))

    def _words(self, found: Reached) -> list[str]:
        states = {
            State.EMPTY: self.tr("The server answers, but there is no store in this database yet."),
            State.OLDER: self.tr("The server answers. Its store is of an older version of this program."),
            State.NEWER: self.tr("The server answers. Its store is of a newer version of this program."),
            State.FOREIGN: self.tr("The server answers, but this database belongs to another program."),
            State.CURRENT: self.tr("The server answers, and its store fits."),
        }
        said = [states[found.state]]
        if found.state is State.CURRENT:
            may = self.tr("You may work on it."), self.tr("You may only look at it.")
            said.append(may[0] if found.may_write else may[1])
        if not found.encrypted:
            said.append(self.tr("The connection is not encrypted: add sslmode=verify-full."))
        clock = clocks.sentence(found.ahead_s)
        return [*said, clock] if clock else said


def _raise(error: BaseException) -> None:
    raise error
