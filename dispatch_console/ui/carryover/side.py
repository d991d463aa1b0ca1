"""What becomes of the order that is chosen: its way, day, window and note, and the best next slots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from dispatch_console.domain import nextsteps, saying
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import NextKind, NextStep
from dispatch_console.services.slots import Slot
from dispatch_console.ui import texts
from dispatch_console.ui.carryover.model import Line
from dispatch_console.ui.models import words
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Field, Text
from dispatch_console.ui.widgets.marks import Line as Rule

_tr = texts.of("Carryover")

WIDTH = 360
#: So many working days can be chosen from, and so many slots are offered.
_DAYS, _SLOTS = 10, 6
_DATED = (NextKind.AGAIN, NextKind.HOLD)


class Side(QWidget):
    """`decided(step)`: another way for the order that is chosen. `slots_wanted()`: look for the best ones."""

    decided = Signal(object)
    windows_typed = Signal(str)
    slots_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._line: Line | None = None
        self._usual, self._today = Usuals(), dt.date.min
        self.title = Text("", "pane")
        self.why = Text("", "secondary", "tx2")
        self.kind, self.day = QComboBox(), QComboBox()
        for kind, name in _names().items():
            self.kind.addItem(name, kind.value)
        self.within = Field(self.tr("any time"))
        self.within.setToolTip(self.tr("Such as 08–12, or 8:30-10; empty: any time."))
        self.note = Field(self.tr("what the driver should know"))
        self.search = Button(self.tr("Find the best slots"), "ph.magnifying-glass", size=24, key="S")
        self.told = Text("", "secondary", "tx2")
        self.told.setWordWrap(True)
        self.slots = [Button("", size=24) for _ in range(_SLOTS)]
        self._offered: tuple[Slot, ...] = ()
        self._lay_out()
        self._connect()
        self.show_line(None, Usuals(), dt.date.min)

    def show_line(self, line: Line | None, usual: Usuals, today: dt.date) -> None:
        """`today`: the day that is open; days after it can be chosen."""
        same = line is not None and self._line is not None and line.going.order == self._line.going.order
        self._line, self._usual, self._today = line, usual, today
        self.title.setText(f"{line.reference} · {line.name}" if line else self.tr("No order is chosen"))
        self.why.setText(self._reason(line))
        if not same:
            self.offer(None)
        can = line is not None and not line.going.is_carried
        for box in (self.kind, self.day, self.within, self.note, self.search):
            box.setEnabled(can)
        if line is not None:
            self._show_step(line.going.step)

    def offer(self, found: Sequence[Slot] | None, told: str = "") -> None:
        """Show slots; None: none were looked for yet."""
        self._offered = tuple(found or ())[:_SLOTS]
        if found is not None and not found and not told:
            told = self.tr("No driver works on the coming days.")
        self.told.setText(told)
        self.told.setVisible(bool(told))
        for n, button in enumerate(self.slots):
            button.setVisible(n < len(self._offered))
            if n < len(self._offered):
                button.set_label(f"{n + 1}  {_slot(self._offered[n])}")
                button.setToolTip(plain(_more(self._offered[n])))

    def take_slot(self, n: int) -> None:
        """Make the `n`-th slot (from 0) the next step."""
        if self._line is not None and n < len(self._offered) and self.search.isEnabled():
            slot = self._offered[n]
            note = self.tr("driver {name}").format(name=slot.driver)
            self.decided.emit(NextStep(NextKind.AGAIN, slot.date, (slot.window,), note=note))

    def step(self) -> NextStep | None:
        """What the fields say; the window stays as it is known until it is typed anew."""
        if self._line is None:
            return None
        known, kind = self._line.going.step, NextKind(self.kind.currentData())
        kept: str | None = self.day.currentData()
        date = dt.date.fromisoformat(kept) if kept else None
        note = self.note.text().strip()
        windows = known.windows if kind is NextKind.AGAIN else ()
        return NextStep(
            kind,
            date if kind is NextKind.AGAIN else None,
            windows,
            date if kind is NextKind.HOLD else None,
            note if kind in _DATED else "",
        )

    # -- inside --------------------------------------------------------------------------------------

    def _show_step(self, step: NextStep) -> None:
        self.kind.setCurrentIndex(self.kind.findData(step.kind.value))
        self.day.clear()
        for date in self._days(step):
            self.day.addItem(saying.date(date), date.isoformat())
        date = step.day or step.until
        self.day.setCurrentIndex(max(0, self.day.findData(date.isoformat())) if date is not None else 0)
        self.within.setText(saying.windows(step.windows))
        self.note.setText(step.note)
        open_ = self.kind.isEnabled()
        self.day.setEnabled(open_ and step.kind in _DATED)
        self.within.setEnabled(open_ and step.kind is NextKind.AGAIN)
        self.note.setEnabled(open_ and step.kind in _DATED)

    def _days(self, step: NextStep) -> list[dt.date]:
        some = [nextsteps.working_day(self._today, n, self._usual.weekdays) for n in range(1, _DAYS + 1)]
        other = step.day or step.until
        return sorted({*some, *([other] if other is not None else [])})

    def _reason(self, line: Line | None) -> str:
        if line is None:
            return self.tr("Choose one with the arrows.")
        tried = self.tr("tried {n}×").format(n=line.attempts) if line.attempts else self.tr("not tried yet")
        if line.going.is_carried:
            return self.tr("{why}, {tried}. It is in its new day already.").format(why=line.going.why, tried=tried)
        state = self.tr("decided") if line.sure else self.tr("proposed")
        return f"{line.going.why}, {tried} · {state}"

    def _connect(self) -> None:
        self.kind.activated.connect(self._on_kind)
        self.day.activated.connect(self._emit)
        self.note.editingFinished.connect(self._emit)
        self.within.editingFinished.connect(self._on_window)
        self.search.clicked.connect(self.slots_wanted)
        for n, button in enumerate(self.slots):
            button.clicked.connect(lambda _=False, at=n: self.take_slot(at))

    def _on_kind(self) -> None:
        """Another way begins with its usual day."""
        step = self.step()
        if step is None or self._line is None:
            return
        if step.kind in _DATED:
            date = nextsteps.working_day(self._today, 1 if step.kind is NextKind.AGAIN else 2, self._usual.weekdays)
            again = step.kind is NextKind.AGAIN
            step = replace(step, day=date if again else None, until=None if again else date)
        self.decided.emit(step)

    def _on_window(self) -> None:
        if self._line is not None and self.within.text().strip() != saying.windows(self._line.going.step.windows):
            self.windows_typed.emit(self.within.text().strip())

    def _emit(self) -> None:
        step = self.step()
        if step is not None and self._line is not None and step != self._line.going.step:
            self.decided.emit(step)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.why)
        column.addSpacing(8)
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(8)
        rows.setColumnStretch(1, 1)
        names = (self.tr("Becomes"), self.tr("Day"), self.tr("Window"), self.tr("Note, driver"))
        for n, (name, field) in enumerate(zip(names, (self.kind, self.day, self.within, self.note), strict=True)):
            label = Text(name, "data", "tx2")
            label.setBuddy(field)
            field.setAccessibleName(name)
            rows.addWidget(label, n, 0)
            rows.addWidget(field, n, 1)
        column.addLayout(rows)
        column.addSpacing(12)
        column.addWidget(Rule())
        column.addSpacing(8)
        column.addWidget(self.search, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)
        for button in self.slots:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))


def _names() -> dict[NextKind, str]:
    return {
        NextKind.AGAIN: _tr("Goes out again"),
        NextKind.HOLD: _tr("Held in the depot until"),
        NextKind.PICKUP_POINT: _tr("To the pick-up point"),
        NextKind.RETURN: _tr("Back to the sender"),
        NextKind.CANCEL: _tr("Cancelled"),
    }


def _slot(slot: Slot) -> str:
    text = _tr("{day}, {window} · {driver} · {minutes} min").format(
        day=saying.date(slot.date),
        window=saying.window(slot.window),
        driver=slot.driver,
        minutes=words.signed_minutes(slot.added_s),
    )
    return f"{text} · {_tr('breaks a rule')}" if slot.broken else text


def _more(slot: Slot) -> str:
    """What else it costs, and which rules it breaks."""
    km = f"{slot.added_m / 1000:+.1f}".replace("-", "−")
    cost = f"{slot.added_cost / 100:+.2f}".replace("-", "−")
    rules = ", ".join(words.short(broken) for broken in slot.broken) or _tr("breaks no rule")
    return _tr("{km} km, cost {cost}; {rules}").format(km=km, cost=cost, rules=rules)
