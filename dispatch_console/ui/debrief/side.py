"""The side of the debrief: pieces back, cash, the van and the day. Enter in a field goes to the next one."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services.debrief import cash, goods, typing, van
from dispatch_console.services.debrief.cash import EXPLANATIONS, Purse
from dispatch_console.services.debrief.goods import Return
from dispatch_console.services.debrief.van import Reading
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.later import Later
from dispatch_console.ui.models.words import listed_name, wall
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Field, IconButton, PaneHead, Text

log = logging.getLogger(__name__)

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
        self.returnPressed.connect(self.focusNextChild)

    def show_text(self, text: str) -> None:
        """What holds; what is being typed over it stays."""
        if text != self.text() and not (self.hasFocus() and self.isModified()):
            self.setText(text)
        self._shown = text

    def _weigh(self, text: str) -> None:
        """What is typed is bold, what could be is not."""
        self.setFont(look.font("key" if text else "data"))

    def _on_finished(self) -> None:
        typed = self.text().strip()
        if typed == self._shown or not self.isModified():
            return
        self.setModified(False)
        if not self._keep(typed):
            self.setText(self._shown)


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
        wanted, here = sum(one.expected for one in found), sum(len(one.here) for one in found)
        self.total.setText(self.tr("{n} of {all} back").format(n=here, all=wanted) if found else self.tr("none"))
        self.total.set_token("amb" if any(one.missing for one in found) else "tx3" if not found else "ok")


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
        here, wanted = sum(len(one.here) for one in group), sum(one.expected for one in group)
        self.tick.set_icon("ph.check-bold" if not missing else "ph.square" if not here else "ph.barcode")
        lead = group[0].row
        if lead.collects:
            n = len(group)
            word = self.tr("Collections, 1 order") if n == 1 else self.tr("Collections, {n} orders").format(n=n)
            self.word.setText(word)
        else:
            self.word.setText(f"{lead.order.reference}   {listed_name(lead.order.recipient)}")
        self.say(self.tr("{n} of {all}").format(n=here, all=wanted))


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
        self._due.say(f"{purse.currency} {words.cents(purse.due)}")
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
        return self._count(lambda: typing.amount(text, "cash"), self._purse.note)

    def _on_why(self, _index: int = 0) -> None:
        note = self.why.currentText().strip()
        if self._purse.counted is not None and note != self._purse.note:
            counted = self._purse.counted
            self._count(lambda: counted, note)

    def _count(self, read: Callable[[], int], note: str) -> bool:
        state, route, currency = self._state, self._state.route, self._purse.currency
        if route is None:
            return False

        def count() -> None:
            cash.count(state.desk.session, route, read(), state.said, currency=currency, note=note, initiator=state)

        return state.desk.do(count)


class VanBox(QWidget):
    """Odometer, fuel, back, defects. The odometer out is where the last day left it, until it is typed."""

    def __init__(self, state: SheetState, store: van.Store) -> None:
        super().__init__()
        self._state, self._store = state, store
        self._later = Later(self)
        self._before: Reading | None = None
        self.head = PaneHead(self.tr("Van and day"))
        self._which = Text("", "data", "tx3")
        self.head.add_tool(self._which)
        tr = self.tr
        self.out = SideField(tr("Odometer out"), lambda text: self._odometer(FactKind.ODOMETER_OUT, text))
        self.home = SideField(tr("Odometer in"), lambda text: self._odometer(FactKind.ODOMETER_IN, text))
        self.fuel = SideField(tr("Fuel, litres"), self._fuel)
        self.back = SideField(tr("Back at"), self._back)
        self.nil = Button(tr("nil defects"), "ph.square", kind="quiet")
        self.nil.clicked.connect(self._on_nil)
        self.defects = SideField(tr("Defects"), self._defects, 230)
        self.defects.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.defects.setPlaceholderText(tr("what is broken"))
        self._driven = SideLine(tr("Driven, km"))
        self._out_line = SideLine(tr("Odometer out"), self.out)
        self._back_line = SideLine(tr("Back at"), self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        for line in (
            self._out_line,
            SideLine(tr("Odometer in"), self.home),
            self._driven,
            SideLine(tr("Fuel, litres"), self.fuel),
            self._back_line,
            SideLine(tr("Vehicle check"), self.nil),
            SideLine(tr("Defects"), self.defects),
        ):
            column.addWidget(line)
        state.opened.connect(self._ask)
        state.changed.connect(self.refresh)

    @property
    def out_word(self) -> str:
        """What stands beside the odometer out, with the day of a reading that nobody has made today."""
        return self._out_line.word.text()

    def _ask(self) -> None:
        """Where the vehicle's odometer stood when its last day ended."""
        route = self._state.route
        self._before = None
        if route is None:
            return

        def show(found: Reading | None) -> None:
            if route == self._state.route:
                self._before = found
                self.refresh()

        self._later.when(van.last_reading(self._store, self._state.day, route), show, self._sorry)

    def _sorry(self, error: BaseException) -> None:
        log.warning("the last reading of an odometer could not be found: %s", error)

    def refresh(self) -> None:
        state, shift = self._state, self._state.shift
        for field in (self.out, self.home, self.fuel, self.back, self.nil, self.defects):
            field.setEnabled(shift is not None and not state.is_closed)
        if shift is None or state.route is None:
            self._which.setText("")
            return
        now, day = van.van(state.day, state.route), state.day
        self._which.setText(" · ".join(part for part in (shift.vehicle.name, shift.vehicle.plate) if part))

        def clock(seconds: int | None) -> str:
            return wall(seconds, day.date, day.depot.timezone) if seconds is not None else ""

        plan = self.tr(" (plan {km})").format(km=round(now.planned_m / 1000)) if now.planned_m is not None else ""
        self._driven.word.setText(self.tr("Driven, km") + plan)
        self._driven.say(_km(now.driven_km) or "–")
        plan = self.tr(" (plan {at})").format(at=clock(now.planned_end)) if now.planned_end is not None else ""
        self._back_line.word.setText(self.tr("Back at") + plan)
        before = self._before if now.odometer_out is None else None
        since = self.tr(" (as of {day})").format(day=saying.date(before.date)) if before is not None else ""
        self._out_line.word.setText(self.tr("Odometer out") + since)
        self.out.setPlaceholderText(_km(before.km) if before is not None else "")
        self.out.show_text(_km(now.odometer_out))
        self.home.show_text(_km(now.odometer_in))
        self.fuel.show_text(words.cents(now.fuel) if now.fuel is not None else "")
        self.back.show_text(clock(now.back))
        self.back.setPlaceholderText(clock(now.forecast_end))
        self.nil.set_icon("ph.check-square-fill" if now.nil_defects else "ph.square")
        self.defects.show_text(now.defects)

    def _do(self, call: Callable[[ShiftId], object]) -> bool:
        route = self._state.route
        return route is not None and self._state.desk.do(call, route)

    def _odometer(self, kind: FactKind, text: str) -> bool:
        session, said = self._state.desk.session, self._state.said

        def read(route: ShiftId) -> None:
            km = typing.whole(text, "odometer")
            van.read_odometer(session, route, kind, km, said, self._state, self._before)

        return self._do(read)

    def _fuel(self, text: str) -> bool:
        session, said = self._state.desk.session, self._state.said
        return self._do(lambda route: van.fuel(session, route, typing.amount(text, "fuel"), said, self._state))

    def _back(self, text: str) -> bool:
        state = self._state
        session, said = state.desk.session, state.said
        return self._do(lambda route: van.came_back(session, route, typing.time_of(state.day, text), said, state))

    def _on_nil(self) -> None:
        route = self._state.route
        if route is not None and van.van(self._state.day, route).nil_defects:
            self.defects.setFocus(Qt.FocusReason.OtherFocusReason)  # only a defect takes it back
        else:
            self._defects("")

    def _defects(self, text: str) -> bool:
        return self._do(
            lambda route: van.check(self._state.desk.session, route, text, self._state.said, self._state)
        )


def _km(value: int | None) -> str:
    return f"{value:,}".replace(",", " ") if value is not None else ""
