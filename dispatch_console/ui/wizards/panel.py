"""The panel of the wizards: choose, look at the plan, accept, then papers and phone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.places import Place
from dispatch_console.services.planning import Planner
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import draft as drafts
from dispatch_console.services.wizards import meeting
from dispatch_console.services.wizards.draft import Draft, Phone
from dispatch_console.services.wizards.meeting import Meeting
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, IconButton, PaneHead
from dispatch_console.ui.widgets.arranging import scrolling_form
from dispatch_console.ui.wizards import telling, words
from dispatch_console.ui.wizards.body import Body
from dispatch_console.ui.wizards.footer import Footer
from dispatch_console.ui.wizards.stuck import StuckCase
from dispatch_console.ui.wizards.thinking import Thinking
from dispatch_console.ui.wizards.view import Case, Told
from dispatch_console.ui.wizards.work import Answer

log = logging.getLogger(__name__)

WIDTH = 540
#: The day has changed: it is looked at again when it has been quiet for so long.
_SOON_MS = 250

Stage = Literal["choose", "preview", "done"]
#: Hands the papers of a plan that was accepted to the printer.
PrintMeetings = Callable[[Day, Sequence[Meeting]], object]


class WizardPanel(QWidget):
    """Not modal: what happens meanwhile is taken in. Esc goes one stage back, Ctrl+Enter on.

    `shown(bool)`: the panel wants to be seen (540 wide, in the map's place), or is done with. `place_wanted(text)`:
    a place is to be clicked on the map, which is told by `place_found`.
    """

    shown = Signal(bool)
    place_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        who: Callable[[], str],
        print_meetings: PrintMeetings | None = None,
        planner: Callable[[], Planner] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._who, self._print = desk, who, print_meetings
        self.case: Case | None = None
        self.stage: Stage = "choose"
        self.accepted: Draft | None = None
        self.thinking = Thinking(desk, planner, self)
        self._going = self._waiting = False
        self._fresh = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
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

    @property
    def is_open(self) -> bool:
        return self.case is not None or self._waiting

    @property
    def busy(self) -> bool:
        """Whether something is still worked out, or will be in a moment: what is shown is not the last word."""
        return self._waiting or self.thinking.busy or self._soon.isActive()

    def wait(self, title: str) -> None:
        """Be there before a wizard is: it needs the store first."""
        self._begin(None)
        self._waiting = True
        self.head.set_title(title)
        self.again.hide()
        self.body.show_waiting(self.tr("Working out who can help…"))
        self.footer.show_waiting()
        self.shown.emit(True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, case: Case) -> None:
        """Begin with `case`; what was pressed while it was waited for holds. Left again if it can do nothing."""
        going, seen = self._going, self._waiting
        self._begin(case)
        self._going = going and seen
        if not seen:
            self.shown.emit(True)
        self._ask()

    def leave(self) -> None:
        self._begin(None)
        self.shown.emit(False)

    def stop(self) -> None:
        """The window is closed: nothing of this panel may go on."""
        self._begin(None)
        self.thinking.stop()

    def _begin(self, case: Case | None) -> None:
        self.case, self.stage, self.accepted = case, "choose", None
        self._called = set()
        self._going = self._waiting = False
        self._fresh = True
        self._soon.stop()
        self.thinking.forget()

    def back(self) -> None:
        """One stage back; from the first and the last one away."""
        self._going = False
        if self.stage == "preview":
            self.stage = "choose"
            self.refresh()
            self.body.set_key_focus()
        else:
            self.leave()

    def go_on(self) -> None:
        """From choosing to the plan, from the plan to making it, then away. While something is worked out, one step
        is remembered."""
        answer = self.thinking.answer
        if self.stage == "done":
            self.leave()
        elif answer is None or answer.day is not self._desk.day:
            self._going = True
            if not self.thinking.busy and not self._waiting:
                self._ask()
        elif answer.made is None or answer.reason is not None:
            self._desk.message.emit(answer.reason or "", "error")
        elif self.stage == "choose":
            self._preview(answer.made)
        else:
            self._accept(answer)

    def _ask(self) -> None:
        """Work the case out on the day of now; what is shown stays until that is done."""
        self._soon.stop()
        if self.case is not None:
            self.thinking.ask(self.case)

    def _on_begun(self, answer: Answer) -> None:
        if self.stage == "choose" and self._fresh:
            self._show(answer)

    def _on_settled(self, answer: Answer) -> None:
        self.case = answer.case
        going = self._going
        now = answer.day is self._desk.day
        self._going = going and not now
        self.refresh()
        if self._fresh:
            self._fresh = False
            self.body.set_key_focus()
        if not now:
            self._soon.start()
        elif going:
            self.go_on()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            text = error.message
        else:
            log.error("a wizard could not be worked out", exc_info=error)
            text = self.tr("That went wrong inside the program; nothing was changed. See the log.")
        self._desk.message.emit(text, "error")
        self.leave()

    def print_sheets(self) -> None:
        """The hand-over sheets of the plan that was accepted."""
        if self.accepted is not None:
            self._print_carried(self.accepted.meetings)

    def print_of(self, route: ShiftId) -> None:
        """The hand-over sheets of a route, whoever gives."""
        here = (meets for meets in meeting.of_day(self._desk.day) if route in (meets.giver, meets.taker))
        self._print_carried(here)

    def _print_carried(self, meetings: Iterable[Meeting]) -> None:
        carried = [meets for meets in meetings if meets.carried]
        if carried and self._print is not None:
            self._desk.do(self._print, self._desk.day, carried)
        else:
            self._desk.message.emit(self.tr("No goods change over on this route."), "info")

    # -- what is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the answer in its stage."""
        answer = self.thinking.answer
        if self.stage == "done":
            self._show_done()
        elif answer is not None and self.stage == "preview" and answer.made is not None:
            self._show_preview(answer.made)
        elif answer is not None:
            self.stage = "choose"
            self._show(answer)

    def _show(self, answer: Answer) -> None:
        self.head.set_title(answer.view.title)
        self.body.show_view(answer.view, words.calls(answer.view.phones, self._called))
        self._show_again()
        self.footer.show_choosing(answer.made, answer.reason)

    def _show_again(self) -> None:
        told = self.case.over(self._desk.day) if isinstance(self.case, StuckCase) else None
        self.again.setVisible(told is not None)
        if told is not None:
            repaired = told.kind is FactKind.REPAIRED
            self.again.set_label(self.tr("Van repaired") if repaired else self.tr("Driver well again"))

    def _preview(self, made: Draft) -> None:
        self.stage = "preview"
        self._show_preview(made)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_preview(self, made: Draft) -> None:
        day = self._desk.day
        self.body.show_draft(
            made.label,
            words.moves(day, made),
            words.routes(made),
            (*made.sentences, *telling.announced(self.case.tells(day) if self.case is not None else None)),
            words.calls(made.phones, ()),
            live=False,
        )
        self.footer.show_preview(made)

    def _show_done(self) -> None:
        made = self.accepted
        assert made is not None, "done is what was accepted"
        self.again.hide()
        self.body.show_draft(made.label, (), (), made.sentences, words.calls(made.phones, self._called), live=True)
        self.footer.show_done(made, can_print=self._print is not None)

    # -- what the dispatcher does --------------------------------------------------------------------

    def _accept(self, answer: Answer) -> None:
        """What was told goes first: it has happened, whatever becomes of the plan. The plan is the one shown."""
        made, told = answer.made, answer.case.tells(self._desk.day)
        assert made is not None, "only a plan is accepted"
        if told is not None and not self._desk.do(self._tell, told):
            return
        if self._desk.do(drafts.accept, self._desk.session, made, self):
            self.accepted, self.stage = made, "done"
            self._desk.message.emit(self.tr("{label}: done, one undo step.").format(label=made.label), "info")
            self.refresh()
            (self.body.calls if made.phones else self).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._ask()

    def _tell(self, told: Told) -> None:
        telling.tell(self._desk.session, told, self._said(), self)

    def _said(self) -> Said:
        return self._desk.said()._replace(who=self._who())

    def go_again(self) -> None:
        """The van or driver goes on after all: told, and nothing is left to plan."""
        told = self.case.over(self._desk.day) if isinstance(self.case, StuckCase) else None
        if told is not None and self._desk.do(self._tell, told):
            self.leave()

    def _on_choice(self, index: int) -> None:
        if self.case is None:
            return
        told: list[Told | None] = []
        case = self.case
        if self._desk.do(lambda: told.append(case.choose(index))) and told[0] is not None:
            self._desk.do(self._tell, told[0])
        self._ask()

    def _on_pick(self, which: int, index: int) -> None:
        if self.case is None:
            return
        if which == 0 and self.body.picks_place and index == self.body.last_of(which):
            self.ask_place()
            return
        self.case.pick(which, index)
        self._ask()

    def ask_place(self) -> None:
        """Let the place where the van stands be clicked on the map."""
        if isinstance(self.case, StuckCase):
            van = self._desk.day.shifts[self.case.route].vehicle.name
            self.place_wanted.emit(self.tr("Click where {van} stands  (Esc goes back)").format(van=van))

    def place_found(self, place: Place | None) -> None:
        """What was clicked; None: nothing, the case stays as it was."""
        if place is not None and isinstance(self.case, StuckCase):
            self.case.set_place(place)
            self._ask()
        self.body.set_key_focus()

    def _on_tick(self, key: int) -> None:
        if self.case is not None:
            self.case.tick(key)
            self._ask()

    def toggle_replan(self) -> None:
        """Let the search go over the routes of those who take over, or not."""
        shown = self.body.replans
        if isinstance(self.case, StuckCase) and shown is not None:
            self.case.set_replan(not shown)
            self._ask()

    def _on_called(self, index: int) -> None:
        """A call made is a fact; it is ticked once and stays."""
        answer = self.thinking.answer
        phones = self.accepted.phones if self.accepted is not None else answer.view.phones if answer else ()
        if index >= len(phones) or phones[index] in self._called:
            return
        phone = phones[index]
        if not self._desk.do(telling.note_call, self._desk.session, phone, self._said(), self):
            return
        self._called.add(phone)
        self.refresh()

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
        self._soon.timeout.connect(self._ask)
        self.thinking.begun.connect(self._on_begun)
        self.thinking.settled.connect(self._on_settled)
        self.thinking.failed.connect(self._on_failed)
        self.thinking.slow.connect(self.footer.say_busy)
        self.body.replan_wanted.connect(self.toggle_replan)
        self._desk.day_changed.connect(self._on_day)
        self._desk.theme_changed.connect(self.update)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if self.case is None:
            return
        if before.date != after.date or before.depot.id != after.depot.id:
            self.leave()
        elif initiator is not self and self.stage != "done":
            self._soon.start()

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
