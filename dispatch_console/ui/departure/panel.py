"""Before the vans leave: a list beside the panes of what is worth a look. Nothing in it blocks anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import day as day_service
from dispatch_console.services import departure
from dispatch_console.services.departure import Kind, Problem
from dispatch_console.ui.departure import deeds
from dispatch_console.ui.departure.list import ProblemList
from dispatch_console.ui.departure.model import ProblemModel
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.widgets import Button, EmptyState, IconButton, KeyCap, PaneHead, Text
from dispatch_console.ui.widgets.arranging import either, pile
from dispatch_console.ui.widgets.foot import PanelFoot

_SOON_MS = 30
#: Papers that run out → the field of the form that says until when.
_FIELDS = {Kind.LICENCE: "licence", Kind.INSPECTION: "inspection"}


class DeparturePanel(QWidget):
    """`shown(bool)`: it wants to be seen, or is done with. `record_wanted(route, field)`: the form of its driver
    and vehicle. `sheets_wanted(routes)`: they are to be printed; none: all that are usual."""

    shown = Signal(bool)
    record_wanted = Signal(int, str)
    sheets_wanted = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._routes: tuple[ShiftId, ...] | None = None
        self.head = PaneHead(self.tr("Before departure"), 0)
        self._close = IconButton("ph.x", self.tr("Close (Esc)"))
        self.head.add_tool(self._close)
        self.model = ProblemModel(self)
        self.list = ProblemList(self.model)
        self.empty = EmptyState(
            "ph.check-circle",
            self.tr("Nothing to look at"),
            self.tr("Loads, times, places, skills, licences, inspections and sheets are in order."),
        )
        self._body = either(self.list, self.empty)
        self.footer = _Footer()
        pile(self, self.head, self._body, self.footer, grows=self._body)
        self.setFocusProxy(self.list)
        self._soon = QTimer(self)  # several changes in a row are looked at once
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._connect()

    def open(self, routes: tuple[ShiftId, ...] | None = None) -> None:
        """Show what is to be looked at in `routes`; None: in the day and all vans that are still here, or in those
        on the road once all have left."""
        day = self._desk.day
        self._routes = routes or (None if day_service.in_depot(day) else tuple(day_service.out(day)) or None)
        self.refresh()
        self.shown.emit(True)
        if self.model.problems:
            self.list.choose(0)
        self.list.setFocus()

    def warn(self, routes: tuple[ShiftId, ...] | None) -> None:
        """The same if there is anything to look at, without taking the keys from where they are. Of a day that has
        gone out there is one sentence: the board is what counts then."""
        found = departure.problems(self._desk.day, routes)
        if not found:
            return
        if routes is not None and not day_service.in_depot(self._desk.day):
            text = self.tr("All vans are out. {n} to look at: F7 lists them.")
            self._desk.message.emit(text.format(n=len(found)), "info")
            return
        self._routes = routes
        self.refresh()
        self.shown.emit(True)

    def refresh(self) -> None:
        """Look at the day again."""
        self._soon.stop()
        day = self._desk.day
        row = self.list.currentIndex().row()
        routes = None if self._routes is None else tuple(id for id in self._routes if id in day.shifts)
        if self.model.replace(departure.problems(day, routes)) and 0 <= row < len(self.model.problems):
            self.list.choose(row)
        found = self.model.problems
        self.head.set_count(len(found))
        self._body.setCurrentWidget(self.list if found else self.empty)
        self.footer.show_day(day)

    def go(self, row: int) -> None:
        """To what a row is about: the stop in its lane or in the list of orders, the lane, the form, the sheets."""
        problem: Problem = self.model.problems[row]
        desk, stop = self._desk, problem.stop
        if stop is not None and stop in desk.day.stops:
            if problem.route == POOL:
                self._go_to_orders()
            desk.select([stop], stop, self)
            desk.reveal.emit(int(stop))
            return
        desk.select((), None, self, problem.route or None)
        if problem.kind in _FIELDS:
            self.record_wanted.emit(int(problem.route), _FIELDS[problem.kind])
        elif problem.kind is Kind.SHEET:
            self.sheets_wanted.emit([problem.route] if problem.route else [])

    def _go_to_orders(self) -> None:
        """The list stands where the orders are: it gives way, F7 brings it back."""
        self.leave()
        if "view.show_orders" in self._desk.actions:
            self._desk.actions["view.show_orders"].run()

    def leave(self) -> None:
        self.shown.emit(False)

    def _connect(self) -> None:
        self._desk.day_changed.connect(self._on_day)
        self._desk.theme_changed.connect(self.list.viewport().update)
        self.list.chosen.connect(self.go)
        self._close.clicked.connect(self.leave)
        self.footer.out.clicked.connect(self._set_out)

    def _set_out(self) -> None:
        routes = self._desk.day.shifts if self._routes is None else self._routes
        self._desk.do(deeds.set_out, self._desk, routes)

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        gone_out = day_service.in_depot(before) and not day_service.in_depot(after) and day_service.out(after)
        if before.date != after.date or gone_out:
            self.leave()
        elif self.isVisible():
            self._soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


class _Footer(PanelFoot):
    """What can be done next; and that nothing here stands in the way."""

    def __init__(self) -> None:
        super().__init__()
        self.note = Text("", "secondary", "tx3")
        self.out = Button(self.tr("All vans out"), "ph.truck", size=32)
        self.stand(KeyCap("Enter"), self.note, right=self.out)
        self.note.setText(self.tr("goes there. It warns, and blocks nothing."))

    def show_day(self, day: Day) -> None:
        left = len(day_service.in_depot(day))
        self.out.setVisible(day.state in (DayState.APPROVED, DayState.OUT) and left > 0)
        if day.state is DayState.OUT:
            self.out.set_label(self.tr("The other {n} out").format(n=left))
        else:
            self.out.set_label(self.tr("All vans out"))
