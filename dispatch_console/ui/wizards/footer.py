"""The foot of the panel: on to the next stage, papers, and what the plan does to lateness."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from dispatch_console.services.wizards.draft import Draft
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.foot import PanelFoot
from dispatch_console.ui.wizards import words


class Footer(PanelFoot):
    """`yes`: on; `no`: back; `papers`: print."""

    yes = Signal()
    no = Signal()
    papers = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.go = Button(self.tr("Preview the plan"), kind="primary", size=32, key="Ctrl+↵")
        self.leave = Button(self.tr("Back"), size=32, key="Esc")
        self.sheets = Button("", "ph.printer", size=32)
        self.note = Text("", "data", "tx2")
        self.note.setMinimumWidth(0)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.note.setWordWrap(True)
        self.stand(self.go, self.leave, self.sheets, right=self.note, wide=True)
        self.go.clicked.connect(self.yes)
        self.leave.clicked.connect(self.no)
        self.sheets.clicked.connect(self.papers)

    def show_waiting(self) -> None:
        """Nothing is known yet."""
        self.go.set_label(self.tr("Preview the plan"))
        self.go.set_why_not(self.tr("It is still being worked out."))
        self.leave.hide()
        self.sheets.hide()
        self.say_busy("")

    def say_busy(self, text: str) -> None:
        self.note.set_token("tx2")
        self.note.setToolTip("")
        self.note.setText(text)

    def show_choosing(self, made: Draft | None, reason: str | None) -> None:
        """`reason`: why there is nothing to look at."""
        self.go.set_label(self.tr("Preview the plan"))
        self.go.set_why_not(reason)
        self.leave.hide()
        self._sheets(made, self.tr("Accept the plan first."))
        self._say(made)

    def show_preview(self, made: Draft) -> None:
        self.go.set_label(self.tr("Accept"))
        self.go.set_why_not(None)
        self.leave.set_label(self.tr("Back"))
        self.leave.show()
        self.sheets.hide()
        self._say(made)

    def show_done(self, made: Draft, *, can_print: bool) -> None:
        self.go.set_label(self.tr("Done"))
        self.go.set_why_not(None)
        self.leave.hide()
        self._sheets(made, None if can_print else self.tr("Printing is not ready."))
        self.note.set_token("tx2")
        self.note.setToolTip("")
        self.note.setText(self.tr("Space ticks a call that was made") if made.phones else "")

    def _sheets(self, made: Draft | None, reason: str | None) -> None:
        number = 2 * sum(meets.carried for meets in made.meetings) if made is not None else 0
        self.sheets.setVisible(bool(number))
        self.sheets.set_label(self.tr("{n} hand-over sheets").format(n=number))
        self.sheets.set_why_not(reason)

    def _say(self, made: Draft | None) -> None:
        self.note.setToolTip("")
        self.note.setText(words.lateness(made) if made is not None else "")
        worse = made is not None and made.late[1] > made.late[0]
        self.note.set_token("red" if worse else "tx2")
