"""The side of the debrief: pieces back and cash. Enter in a field goes to the next one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.services.debrief import cash, goods, typing
from dispatch_console.services.debrief.cash import EXPLANATIONS, Purse
from dispatch_console.services.debrief.goods import Return
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.models.words import listed_name
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Field, IconButton, PaneHead, Text

LINE = 28


class SideLine(QWidget):
    """A word at the left, a value at the right."""

    def __init__(self, word: str, value: QWidget | None = None) -> None:
        super().__init__()
        self.setFixedHeight(LINE)
        self.word, self.value = Text(word), value or Text("", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.addWidget(self.word)
        row.addStretch(1)
        row.addWidget(self.value)

    def say(self, text: str, token: str = "tx") -> None:
        if isinstance(self.value, Text):
            self.value.setText(text)
            self.value.set_token(token)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, look.colour("line2"))


class SideField(Field):
    """A field of the side. `keep(text)` is called when what was typed is left or entered, and only then.

    It returns whether the text was taken; if not, the field shows again what holds.
    """

    def __init__(self, name: str, keep: Callable[[str], bool], width: int = 110) -> None:
        super().__init__(size=24)
        self.setAccessibleName(name)
        self.setFixedWidth(width)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textChanged.connect(self._weigh)
        self._keep, self._shown = keep, ""
        self.editingFinished.connect(self._on_finished)
        self.returnPressed.connect(self._on_return)

    def show_text(self, text: str) -> None:
        """What holds; what is being typed over it stays."""
        if text != self.text() and not (self.hasFocus() and self.isModified()):
            self.setText(text)
        self._shown = text

    def _weigh(self, text: str) -> None:
        """What is typed is bold, what could be is not."""
        self.setFont(look.font("key" if text else "data"))

    def _on_return(self) -> None:
        """On to the next field, unless what was typed is refused: it is typed again."""
        if self._finish():
            self.focusNextChild()

    def focusNextPrevChild(self, next: bool) -> bool:
        """What was typed is handed over first: it may bring a field that comes next."""
        self._finish()
        return super().focusNextPrevChild(next)

    def _on_finished(self) -> None:
        self._finish()

    def _finish(self) -> bool:
        """Hand over what was typed, once; False: it was refused."""
        typed = self.text().strip()
        if typed == self._shown or not self.isModified():
            return True
        self.setModified(False)
        if self._keep(typed):
            return True
        self.setText(self._shown)
        return False


class Pieces(QWidget):
    """What must come back: a line each, ticked by a click; collections together."""

    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self.head = PaneHead(self.tr("Pieces back"))
        self.total = Text("", "key")
        self.head.add_tool(self.total)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._lines: list[_PieceLine] = []
        state.changed.connect(self.refresh)

    def refresh(self) -> None:
        state = self._state
        found = goods.returns(state.day, state.route) if state.route is not None else ()
        groups = [[one] for one in found if not one.row.collects]
        collected = [one for one in found if one.row.collects]
        groups += [collected] if collected else []
        while len(self._lines) < len(groups):
            line = _PieceLine(state)
            self._lines.append(line)
            self._column.addWidget(line)
        for i, line in enumerate(self._lines):
            line.setVisible(i < len(groups))
            if i < len(groups):
                line.show_group(groups[i])
        excess = sum(one.excess for one in found)
        wanted, here = sum(one.wanted for one in found), sum(len(one.here) for one in found) - excess
        text = self.tr("{n} of {all} back").format(n=here, all=wanted) if found else self.tr("none")
        self.total.setText(text + (self.tr(", {n} too many").format(n=excess) if excess else ""))
        off = excess or any(one.missing for one in found)
        self.total.set_token("amb" if off else "tx3" if not found else "ok")


class _PieceLine(SideLine):
    def __init__(self, state: SheetState) -> None:
        super().__init__("")
        self._state = state
        self._group: list[Return] = []
        self.tick = IconButton("ph.square", self.tr("All of it is here, counted by eye (B)"))
        self.tick.clicked.connect(lambda: state.tick(*(one.row.order.id for one in self._group)))
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(0, self.tick)
        layout.setContentsMargins(6, 0, 12, 1)

    def show_group(self, group: list[Return]) -> None:
        self._group = group
        missing = sum(one.missing for one in group)
        excess = sum(one.excess for one in group)
        here, wanted = sum(len(one.here) for one in group), sum(one.wanted for one in group)
        self.tick.set_icon(
            "ph.warning-fill"
            if excess
            else "ph.check-bold"
            if not missing
            else "ph.square"
            if not here
            else "ph.barcode"
        )
        lead = group[0].row
        if lead.collects:
            n = len(group)
            word = self.tr("Collections, 1 order") if n == 1 else self.tr("Collections, {n} orders").format(n=n)
            self.word.setText(word)
        else:
            self.word.setText(f"{lead.order.reference}   {listed_name(lead.order.recipient)}")
        self.say(self.tr("{n} of {all}").format(n=here, all=wanted), "amb" if excess else "tx")


class CashBox(QWidget):
    """The purses of the route, one below another; without cash due it says so. `grown()`: one more was made."""

    grown = Signal()

    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self.head = PaneHead(self.tr("Cash on delivery"))
        self.stops = Text("", "data", "tx3")
        self.head.add_tool(self.stops)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self.purses: list[PurseLines] = []
        state.changed.connect(self.refresh)

    def refresh(self) -> None:
        state = self._state
        found = cash.purses(state.day, state.route) if state.route is not None else ()
        while len(self.purses) < len(found):
            lines = PurseLines(state)
            self.purses.append(lines)
            self._column.addWidget(lines)
            self.grown.emit()
        for i, lines in enumerate(self.purses):
            lines.setVisible(i < len(found))
            if i < len(found):
                lines.show_purse(found[i], closed=state.is_closed)
        stops = sum(purse.stops for purse in found)
        word = self.tr("1 stop") if stops == 1 else self.tr("{n} stops").format(n=stops)
        self.stops.setText(word if stops else self.tr("none due"))


class PurseLines(QWidget):
    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self._purse = Purse("", 0, 0)
        self._due = SideLine(self.tr("Expected"))
        self.counted = SideField(self.tr("Cash counted"), self._on_counted)
        self._difference = SideLine(self.tr("Difference"))
        self._difference.word.setFont(look.font("key"))
        self.why = QComboBox()
        self.why.setEditable(True)
        self.why.addItems(["", *(self.tr(text) for text in EXPLANATIONS)])
        self.why.setFixedWidth(230)
        self.why.setAccessibleName(self.tr("Explained by"))
        field = self.why.lineEdit()
        if field is not None:
            field.setPlaceholderText(self.tr("choose, or type why"))
            field.returnPressed.connect(self.why.focusNextChild)
            field.editingFinished.connect(self._on_why)
        self.why.activated.connect(self._on_why)
        self._why_line = SideLine(self.tr("Explained by"), self.why)
        self._why_line.setFixedHeight(36)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in (self._due, SideLine(self.tr("Counted"), self.counted), self._difference, self._why_line):
            column.addWidget(line)

    def show_purse(self, purse: Purse, *, closed: bool) -> None:
        self._purse = purse
        self._due.say(words.money(purse.due, purse.currency))
        self.counted.show_text(words.cents(purse.counted) if purse.counted is not None else "")
        off = purse.difference != 0
        self._difference.setVisible(purse.counted is not None)
        self._difference.say(words.cents(purse.difference), "amb" if off else "ok")
        self._difference.word.set_token("amb" if off else "tx")
        self._why_line.setVisible(off or bool(purse.note))
        agreed = self.tr("the customers paid so") if off and purse.difference == purse.agreed else ""
        if not self.why.hasFocus():
            self.why.setCurrentText(purse.note or agreed)
        self.counted.setEnabled(not closed)
        self.why.setEnabled(not closed)

    def _on_counted(self, text: str) -> bool:
        held = self._purse
        # Another difference wants an explanation of its own.
        return self._count(lambda: typing.amount(text, "cash"), lambda n: held.note if n == held.counted else "")

    def _on_why(self, _index: int = 0) -> None:
        note = self.why.currentText().strip()
        if self._purse.counted is not None and note != self._purse.note:
            counted = self._purse.counted
            self._count(lambda: counted, lambda _: note)

    def _count(self, read: Callable[[], int], note: Callable[[int], str]) -> bool:
        state, route, currency = self._state, self._state.route, self._purse.currency
        if route is None:
            return False

        def count() -> None:
            cents = read()
            session, said, why = state.desk.session, state.said, note(cents)
            cash.count(session, route, cents, said, currency=currency, note=why, initiator=state)

        return state.desk.do(count)
