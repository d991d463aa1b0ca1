"""Statuses by phone: the strip below the toolbar, 124 high. Four fields, who it is, the keys, one sentence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain.day import DayState
from dispatch_console.services import phone
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.phone import guide, words
from dispatch_console.ui.phone.box import Box, Labelled
from dispatch_console.ui.phone.flow import FIELDS, Field
from dispatch_console.ui.phone.legend import Legend
from dispatch_console.ui.phone.saying import Saying
from dispatch_console.ui.phone.talk import PhoneServices, Talk
from dispatch_console.ui.phone.waiting import WaitingRow
from dispatch_console.ui.phone.who import Who
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Line

#: Heights: in a wide and in a narrow window, and closed with half-typed entries waiting.
WIDE, NARROW, CLOSED = 124, 96, 32
_WIDTHS: dict[Field, int] = {Field.WHAT: 104, Field.LETTER: 128, Field.DETAIL: 128, Field.TIME: 104}
_WHO_WIDE, _WHO_NARROW = 340, 250


class PhoneStrip(QWidget):
    """Follows its `Talk`. Closed it shows only what waits half-typed, or nothing at all."""

    closed = Signal()

    def __init__(self, desk: Desk, services: PhoneServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.talk = Talk(desk, services, self)
        self._narrow = False
        self._before: QWidget | None = None
        self._make()
        self._lay_out()
        self._add_actions()
        self._connect()
        self._show()

    # -- making --------------------------------------------------------------------------------------

    def _make(self) -> None:
        names = {Field.WHAT: self.tr("Order or scan"), Field.LETTER: self.tr("Status"), Field.TIME: self.tr("Time")}
        self._labelled = {field: Labelled(names.get(field, ""), _WIDTHS[field]) for field in FIELDS}
        self.boxes: dict[Field, Box] = {field: one.box for field, one in self._labelled.items()}
        self.waiting = WaitingRow()
        self.who = Who()
        self.legend = Legend()
        self.saying = Saying()

    def _lay_out(self) -> None:
        self._typing = QWidget()
        fields = QHBoxLayout(self._typing)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(8)
        for one in self._labelled.values():
            fields.addWidget(one)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in ((left, (self._typing, self.waiting)), (right, (self.legend, self.saying))):
            column.setSpacing(4)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        self._rules = [Line(upright=True), Line(upright=True)]
        self._row = row = QHBoxLayout(self)
        row.setSpacing(14)
        row.addLayout(left)
        row.addWidget(self._rules[0])
        row.addWidget(self.who)
        row.addWidget(self._rules[1])
        row.addLayout(right, 1)

    def _add_actions(self) -> None:
        group, hint = self.tr("Phone"), self.tr("order number, letter, reason")
        text = self.tr("Status by phone")
        self._desk.actions.add(Action("phone.open", text, self.answer, "F3", "ph.phone", hint, group))
        self._desk.actions.add(
            Action(
                "phone.recall",
                self.tr("Go on with a half-typed status"),
                self.recall,
                "Ctrl+Up",
                "ph.hourglass",
                group=group,
                why_not=lambda: None if self.talk.queue else self.tr("No half-typed status waits."),
            )
        )

    def _connect(self) -> None:
        talk = self.talk
        for field, box in self.boxes.items():
            box.textEdited.connect(partial(talk.type, field))
            box.key_pressed.connect(self._on_key)
            box.entered.connect(partial(self._on_entered, field))
        talk.changed.connect(self._on_changed)
        self.waiting.wanted.connect(self.recall)
        self.legend.clicked.connect(talk.press)
        self.who.picked.connect(talk.choose)
        self._desk.theme_changed.connect(self._repaint)
        self._desk.now_changed.connect(self._show)
        self._desk.scans.scanned.connect(self.scanned)

    # -- opening and closing -------------------------------------------------------------------------

    def answer(self) -> None:
        """The phone rings. Whoever is typing a status keeps it half-typed and begins a new one."""
        inside = self._holds_focus()
        self._remember_focus()
        self.talk.answer(anew=inside)

    def recall(self, index: int = 0) -> None:
        """Go on with a half-typed entry."""
        self._remember_focus()
        self.talk.recall(index)

    def scanned(self, code: str) -> None:
        """A barcode that no page wanted."""
        self._remember_focus()
        self.talk.scanned(code)

    def _remember_focus(self) -> None:
        if not self.talk.is_open:
            self._before = QApplication.focusWidget()

    def _holds_focus(self) -> bool:
        return any(box.hasFocus() for box in self.boxes.values())

    def _leave(self) -> None:
        before = self._before
        if self.talk.leave():
            self._before = None
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            self.closed.emit()

    # -- keys ----------------------------------------------------------------------------------------

    def _on_key(self, event: QKeyEvent) -> None:
        """Keys that move rather than type. An event that is accepted is done."""
        talk, key = self.talk, event.key()
        event.accept()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            talk.enter()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers() and talk.choices:
            talk.mark(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            talk.tab(1 if key == Qt.Key.Key_Tab else -1)
        elif key == Qt.Key.Key_Space:
            talk.step(1)
        elif key == Qt.Key.Key_Backspace and not self.boxes[talk.field].text():
            talk.step(-1)
        elif event.text() == "*":
            talk.toggle_whole()
        else:
            event.ignore()

    def _on_entered(self, field: Field) -> None:
        """A field got the focus by the mouse."""
        if field != self.talk.field:
            self.talk.field = field
            self._show_legend()

    def _on_changed(self) -> None:
        self._show()
        if self.talk.is_open:
            box = self.boxes[self.talk.field]
            if not box.hasFocus():
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                box.end(False)

    # -- what is shown -------------------------------------------------------------------------------

    def set_narrow(self, narrow: bool) -> None:
        """96 high in a narrow window, with the keys of one field at a time."""
        self._narrow = narrow
        self._show()

    def _show(self) -> None:
        is_open = self.talk.is_open
        for part in (self._typing, self.who, self.legend, self.saying, *self._rules):
            part.setVisible(is_open)
        self.waiting.show_entries(self.talk.queue.entries, self._desk.day.date)
        self.setVisible(is_open or bool(self.talk.queue))
        self.setFixedHeight((NARROW if self._narrow else WIDE) if is_open else CLOSED)
        top = 4 if not is_open else 5 if self._narrow else 8
        self._row.setContentsMargins(12, top, 12, 4)
        self.who.setFixedWidth(_WHO_NARROW if self._narrow else _WHO_WIDE)
        if is_open:
            self._show_boxes()
            self._show_who()
            self._show_legend()
            self._show_saying()

    def _show_boxes(self) -> None:
        day, entry = self._desk.day, self.talk.entry
        one = phone.letter(day, entry.hit, entry.letter) if entry.letter else None
        for field, text in zip(FIELDS, (entry.what, entry.letter, entry.detail, entry.time), strict=True):
            self.boxes[field].show_text(text)
        self._labelled[Field.DETAIL].set_name(words.detail_name(one))
        self.boxes[Field.LETTER].set_hint(words.letter_word(one))
        self.boxes[Field.DETAIL].set_hint(words.detail_hint(one, entry.detail))
        self.boxes[Field.TIME].set_hint(words.time_hint(self._desk, entry))
        now = self._desk.now
        at = phone.due(day, entry) if now is None else now
        self.boxes[Field.TIME].set_ghost("" if at is None else self._desk.hhmm(at))

    def _show_who(self) -> None:
        talk, desk = self.talk, self._desk
        choices = talk.choices
        if talk.entry.hit is not None:
            self.who.show_lines(words.lines(desk, talk.entry))
        elif choices:
            more = len(talk.hits) - len(choices)
            self.who.show_choices([words.choice(desk, hit) for hit in choices], talk.marked, words.more(more))
        else:
            self.who.show_lines([*words.nobody(talk.entry.what), *words.found_elsewhere(talk.elsewhere)])

    def _show_legend(self) -> None:
        talk = self.talk
        settled = self._narrow and talk.way is not None
        self.legend.set_rows(
            guide.rows(self._desk.day, talk.entry, talk.field, narrow=self._narrow, settled=settled)
        )

    def _show_saying(self) -> None:
        talk, desk, say = self.talk, self._desk, self.saying.say
        entry, reading, way = talk.entry, talk.read(talk.entry), talk.way
        if talk.note or (reading.problem and not entry.blank):
            say("problem", talk.note or reading.problem)
        elif desk.day.approval.state is DayState.DRAFT:
            say("problem", self.tr("This plan is a draft. Approve it first: then the day can be followed."))
        elif talk.doubt:
            keys = words.way_keys(way, narrow=self._narrow) if way is not None else words.plain_keys()
            after = words.then(way, short=self._narrow) if way is not None else ""
            say("doubt", f"{talk.doubt} {after}".strip(), keys)
        elif way is not None:
            say("next", words.then(way), words.way_keys(way, narrow=self._narrow))
        elif talk.written:
            kind = "doubt" if talk.doubted else "written"
            say(kind, f"{talk.written} {talk.doubted}".strip())
        elif entry.letter and (was := phone.correction(desk.day, entry)) is not None:
            say("correction", words.corrects(desk, was), words.plain_keys() if reading.ready else ())
        elif reading.ready:
            say("next", words.will_write(desk, entry, reading), words.plain_keys())
        else:
            say("none", "")

    def _repaint(self) -> None:
        for part in (self, *self.findChildren(QWidget)):
            part.update()

    def sizeHint(self) -> QSize:
        return QSize(800, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
