"""The side of the debrief: the van and the day."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services.debrief import typing, van
from dispatch_console.services.debrief.van import Reading
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.side import SideField, SideLine
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.later import Later
from dispatch_console.ui.models.words import wall
from dispatch_console.ui.widgets import Button, PaneHead, Text

log = logging.getLogger(__name__)


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
