"""F2 on a stop: why it has no driver and what would let it fit, or why it has this one and who else could.

It stands beside what was asked about until Esc or a click elsewhere; Enter and the numbers do what it offers.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.sizes import symbol
from dispatch_console.services import answers, dispatch
from dispatch_console.services.answers import Change, Choice, Verdict
from dispatch_console.ui.answers import found, words
from dispatch_console.ui.answers.others import Others
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import tooltips, why
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Line, Text

_WIDTH = 460
_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_Space)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerPopup(QFrame):
    """About one stop; it fills itself as more becomes known."""

    def __init__(self, desk: Desk, stop: StopId, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._stop = desk, stop
        self._why, self._answers = why.of(desk), found.of(desk)
        self._column, self._corner = QVBoxLayout(self), QPoint()
        self._change: Change | None = None
        self._choice: Choice | None = None
        self.customer, self.reasons = _rich(), _rich()
        self.verdict = _wrapped("key", "tx")
        self.sentence, self.then = _wrapped("data", "tx"), _wrapped("secondary", "tx2")
        self.warning = _wrapped("data", "amb")
        self.do = Button(self.tr("Do it"), kind="primary", key="Enter")
        self.others = Others()
        self.hint = _wrapped("secondary", "tx3")
        self._lay_out()
        self.do.clicked.connect(self._do)
        self.others.chosen.connect(self.choose)
        self._why.known.connect(self._on_known)
        self._answers.known.connect(self._on_known)
        self._fill()

    def _lay_out(self) -> None:
        self.setFixedWidth(_WIDTH)
        column = self._column
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        offer = QHBoxLayout()
        offer.setSpacing(12)
        offer.addWidget(self.sentence, 1)
        offer.addWidget(self.do, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.customer)
        column.addSpacing(4)
        column.addWidget(Line())
        column.addSpacing(4)
        column.addWidget(self.verdict)
        column.addLayout(offer)
        for part in (self.then, self.warning, self.others, self.hint, self.reasons):
            column.addWidget(part)

    @property
    def text(self) -> str:
        """All that it says."""
        parts = (self.customer, self.verdict, self.sentence, self.then, self.warning, self.hint, self.reasons)
        return "\n".join(part.text() for part in parts if part.text() and not part.isHidden())

    def open_at(self, corner: QPoint) -> None:
        """Show it with its top left there, moved so that all of it is on the screen."""
        self._corner = corner
        self._place()
        self.show()

    def _place(self) -> None:
        self._column.activate()
        self.resize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
        rect = QRect(self._corner, self.size())
        screen = self.screen().availableGeometry()
        rect.moveRight(min(rect.right(), screen.right()))
        rect.moveBottom(min(rect.bottom(), screen.bottom()))
        self.move(rect.topLeft())

    # -- what it says --------------------------------------------------------------------------------

    def _on_known(self, stop: int) -> None:
        if stop == self._stop:
            self._fill()
            if self.isVisible():
                self._place()

    def _fill(self) -> None:
        day, stop = self._desk.day, self._stop
        for part in (self.verdict, self.sentence, self.then, self.warning, self.do, self.others, self.hint):
            part.hide()
        self._change = self._choice = None
        if stop not in day.stops:
            self.close()
        elif day.plan.where[stop] != POOL or day.stops[stop].place is None:
            self._fill_planned()
        else:
            self._fill_unassigned()

    def _fill_unassigned(self) -> None:
        day, stop = self._desk.day, self._stop
        self.customer.setText(tooltips.of_customer(day, stop))
        self.reasons.setText(tooltips.of_whys(day, self._why.offers(stop), self._why.reasons(stop)))
        answer = self._answers.fit(stop)
        if answer is None:
            self._say(self.verdict, self.tr("Trying what would let it fit …"))
            return
        self._say(self.verdict, words.verdict(day, answer))
        change = self._change = answer.change
        if change is None:
            self._say(self.sentence, self.tr("No single change lets it fit."))
            return
        then = words.then(day, change)
        if answer.verdict is Verdict.FITS:
            self._say(self.sentence, then)
        else:
            self._say(self.sentence, self.tr("Smallest change: {what}").format(what=words.change(day, change)))
            self._say(self.then, then)
        self.do.set_why_not(answers.why_not_do(day, change))
        self.do.show()

    def _fill_planned(self) -> None:
        day, stop = self._desk.day, self._stop
        self.customer.setText(tooltips.of_planned(day, stop))
        self.reasons.hide()
        reason = answers.why_no_choice(day, stop)
        if reason is not None:
            self._say(self.verdict, reason)
            return
        driver = day.shifts[day.plan.where[stop]].driver.name
        self._say(self.verdict, self.tr("Why {driver}?").format(driver=driver))
        choice = self._choice = self._answers.choice(stop)
        if choice is None:
            self._say(self.sentence, self.tr("Trying every driver …"))
            return
        self._say(self.sentence, f"{words.takes(day, choice)} {words.judgement(day, choice)}")
        self._say(self.warning, words.on_board(day, choice))
        currency = day.depot.currency
        self.others.show_others(words.others(day, choice), symbol(currency))
        if choice.others:
            keys = "1" if len(choice.others) == 1 else f"1–{len(choice.others)}"
            hint = self.tr("{keys} gives it to that driver, Ctrl+Z takes that back.")
            self._say(self.hint, hint.format(keys=keys))

    def _say(self, part: QLabel, text: str) -> None:
        part.setText(text)
        part.setVisible(bool(text))

    # -- what it does --------------------------------------------------------------------------------

    def choose(self, index: int) -> None:
        """Give the stop to that driver, at the place that is told."""
        if self._choice is None or index >= len(self._choice.others):
            return
        other = self._choice.others[index]
        self.close()
        self._desk.do(dispatch.move, self._desk.session, [self._stop], other.route, other.at)

    def _do(self) -> None:
        change = self._change
        if change is None or not self.do.isEnabled():
            return
        self.close()
        self._desk.do(answers.do, self._desk.session, change)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER and self._change is not None:
            self._do()
        elif key in _CLOSING or key in _ENTER:
            self.close()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and self._choice is not None:
            self.choose(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.setPen(look.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _rich() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setFont(look.font("data"))
    return label


def _wrapped(role: look.Role, token: str) -> Text:
    text = Text("", role, token)
    text.setWordWrap(True)
    return text
