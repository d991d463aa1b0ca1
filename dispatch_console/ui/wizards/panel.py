"""The panel of the wizards: choose, look at the plan, accept, then papers and phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.services import statuses
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import draft as drafts
from dispatch_console.services.wizards.draft import Draft, Phone
from dispatch_console.services.wizards.meeting import Meeting
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, IconButton, PaneHead
from dispatch_console.ui.widgets.arranging import scrolling_form
from dispatch_console.ui.wizards import words
from dispatch_console.ui.wizards.body import Body
from dispatch_console.ui.wizards.footer import Footer
from dispatch_console.ui.wizards.stuck import StuckCase
from dispatch_console.ui.wizards.view import Case, Told, View

WIDTH = 500

Stage = Literal["choose", "preview", "done"]
#: Hands the papers of a plan that was accepted to the printer.
PrintMeetings = Callable[[Day, Sequence[Meeting]], object]


class WizardPanel(QWidget):
    """Not modal: what happens meanwhile is taken in. Esc goes one stage back, Ctrl+Enter on.

    `shown(bool)`: the panel wants to be seen (500 wide, in the map's place), or is done with.
    """

    shown = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        who: Callable[[], str],
        print_meetings: PrintMeetings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._who, self._print = desk, who, print_meetings
        self.case: Case | None = None
        self.stage: Stage = "choose"
        self.accepted: Draft | None = None
        self._called: set[Phone] = set()
        self.head = PaneHead("")
        self._close = IconButton("ph.x", self.tr("Close (Esc)"))
        self.again = Button("", size=24)  # while a van or driver is told to be stuck: it goes on after all
        self.again.hide()
        self.head.add_tool(self.again)
        self.head.add_tool(self._close)
        self.body = Body()
        self.footer = Footer()
        self._lay_out()
        self._connect()

    # -- opening and leaving -------------------------------------------------------------------------

    def open(self, case: Case) -> None:
        """Begin anew with `case`. Raises UserError if there is nothing it could do."""
        view = case.view(self._desk.day)
        self.case, self.stage, self.accepted = case, "choose", None
        self._called = set()
        self._show(view)
        self.shown.emit(True)
        self.body.set_key_focus()

    def leave(self) -> None:
        self.case = self.accepted = None
        self.shown.emit(False)

    def back(self) -> None:
        """One stage back; from the first and the last one away."""
        if self.stage == "preview":
            self.stage = "choose"
            self.refresh()
            self.body.set_key_focus()
        else:
            self.leave()

    def go_on(self) -> None:
        """From choosing to the plan, from the plan to making it, then away."""
        if self.stage == "choose":
            self._desk.do(self._preview)
        elif self.stage == "preview":
            self._accept()
        else:
            self.leave()

    def print_sheets(self) -> None:
        """The hand-over sheets of the plan that was accepted."""
        made = self.accepted
        carried = [meets for meets in made.meetings if meets.carried] if made is not None else []
        if carried and self._print is not None:
            self._desk.do(self._print, self._desk.day, carried)

    # -- what is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look at the day of now."""
        if self.case is None:
            return
        if self.stage == "done":
            self._show_done()
            return
        try:
            if self.stage == "preview":
                self._show_preview(self.case.draft(self._desk.day))
            else:
                self._show(self.case.view(self._desk.day))
        except UserError as error:
            self.stage = "choose"
            self._desk.message.emit(error.message, "error")
            self.leave()

    def _show(self, view: View) -> None:
        self.head.set_title(view.title)
        self.body.show_view(view)
        self._show_again()
        made, reason = self._draft()
        self.footer.show_choosing(made, reason)

    def _show_again(self) -> None:
        told = self.case.over(self._desk.day) if isinstance(self.case, StuckCase) else None
        self.again.setVisible(told is not None)
        if told is not None:
            repaired = told.kind is FactKind.REPAIRED
            self.again.set_label(self.tr("Van repaired") if repaired else self.tr("Driver well again"))

    def _preview(self) -> None:
        assert self.case is not None
        made = self.case.draft(self._desk.day)
        self.stage = "preview"
        self._show_preview(made)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_preview(self, made: Draft) -> None:
        day = self._desk.day
        self.body.show_draft(
            made.label,
            words.moves(day, made),
            words.routes(made),
            made.sentences,
            words.calls(made.phones, ()),
            live=False,
        )
        self.footer.show_preview(made, self._tells())

    def _show_done(self) -> None:
        made = self.accepted
        if made is None:
            return
        self.again.hide()
        self.body.show_draft(made.label, (), (), made.sentences, words.calls(made.phones, self._called), live=True)
        self.footer.show_done(made, can_print=self._print is not None)

    def _draft(self) -> tuple[Draft | None, str | None]:
        """What could be previewed now, or why not."""
        assert self.case is not None
        try:
            made = self.case.draft(self._desk.day)
        except UserError as error:
            return None, error.message
        return made, None if made.change else self.tr("Nothing would change.")

    # -- what the dispatcher does --------------------------------------------------------------------

    def _accept(self) -> None:
        case = self.case
        if case is None:
            return
        told = case.tells(self._desk.day)
        # Nothing is told of a van whose plan cannot be made after all.
        can = told is None or (self._desk.do(case.draft, self._desk.day) and self._desk.do(self._tell, told))
        if not can:
            return
        made: list[Draft] = []

        def make() -> None:
            made.append(case.draft(self._desk.day))
            drafts.accept(self._desk.session, made[0], self)

        if self._desk.do(make):
            self.accepted, self.stage = made[0], "done"
            self._desk.message.emit(self.tr("{label}: done, one undo step.").format(label=made[0].label), "info")
            self.refresh()
            (self.body.calls if made[0].phones else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, told: Told) -> None:
        now = self._now()
        said = Said(self._who(), now)
        statuses.on_route(
            self._desk.session, told.route, told.kind, said, value=told.value, place=told.place, initiator=self
        )

    def go_again(self) -> None:
        """The van or driver goes on after all: told, and nothing is left to plan."""
        told = self.case.over(self._desk.day) if isinstance(self.case, StuckCase) else None
        if told is not None and self._desk.do(self._tell, told):
            self.leave()

    def _tells(self) -> str:
        """What accepting writes down besides the plan."""
        told = self.case.tells(self._desk.day) if self.case is not None else None
        if told is None:
            return ""
        kinds = {
            FactKind.BROKEN_DOWN: self.tr("writes down: the van stands"),
            FactKind.SICK: self.tr("writes down: the driver is sick"),
        }
        return kinds.get(told.kind, "")

    def _now(self) -> int:
        now = self._desk.now
        return self._desk.day.now if now is None else now

    def _on_choice(self, index: int) -> None:
        if self.case is None:
            return
        told: list[Told | None] = []
        case = self.case
        if self._desk.do(lambda: told.append(case.choose(index))) and told[0] is not None:
            self._desk.do(self._tell, told[0])
        self.refresh()

    def _on_pick(self, which: int, index: int) -> None:
        if self.case is not None:
            self.case.pick(which, index)
            self.refresh()

    def _on_tick(self, key: int) -> None:
        if self.case is not None:
            self.case.tick(key)
            self.refresh()

    def _on_called(self, index: int) -> None:
        """A call made is a fact; it is ticked once and stays."""
        if self.accepted is None or index >= len(self.accepted.phones):
            return
        phone = self.accepted.phones[index]
        if phone in self._called or not self._desk.do(self._note_call, phone):
            return
        self._called.add(phone)
        self.refresh()

    def _note_call(self, phone: Phone) -> None:
        said, session = Said(self._who(), self._now()), self._desk.session
        if phone.stop is not None:
            statuses.status(session, phone.stop, FactKind.CALLED, said, note=phone.sentence, initiator=self)
        elif phone.route is not None:
            statuses.on_route(session, phone.route, FactKind.CALLED, said, note=phone.sentence, initiator=self)

    # -- the widget ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setMinimumWidth(380)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)  # the rule at the left edge
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(scrolling_form(self.body), 1)
        column.addWidget(self.footer)

    def _connect(self) -> None:
        self._close.clicked.connect(self.leave)
        self.again.clicked.connect(self.go_again)
        self.body.chosen.connect(self._on_choice)
        self.body.picked.connect(self._on_pick)
        self.body.ticked.connect(self._on_tick)
        self.body.called.connect(self._on_called)
        self.footer.yes.connect(self.go_on)
        self.footer.no.connect(self.back)
        self.footer.papers.connect(self.print_sheets)
        self._desk.day_changed.connect(self._on_day)
        self._desk.theme_changed.connect(self.update)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if self.case is None:
            return
        if before.date != after.date or before.depot.id != after.depot.id:
            self.leave()
        elif initiator is not self:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, 1, self.height(), look.colour("line"))
