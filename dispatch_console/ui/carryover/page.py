"""The page of the carry-over list in the window's stack."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import NextKind, NextStep
from dispatch_console.services import carryover, reschedule, slots
from dispatch_console.services.carryover import Prepared, Store
from dispatch_console.services.slots import Slot
from dispatch_console.ui.actions import Reason
from dispatch_console.ui.carryover.model import rows_of, words_of
from dispatch_console.ui.carryover.side import Side
from dispatch_console.ui.carryover.table import CarryoverList, ListHead
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, Line, PageHead
from dispatch_console.ui.widgets.arranging import beside, either, pile
from dispatch_console.ui.widgets.grouped import GroupedModel
from dispatch_console.ui.widgets.own_page import OwnPage

log = logging.getLogger(__name__)


class CarryoverPage(OwnPage):
    """`opened`: the page wants to be shown · `closed`: back to the day. Every edit is a decision at once, undone by
    Ctrl+Z; Ctrl+Enter writes all of them and puts the orders into their days.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._later = Later(self)
        self._busy = False
        self.head = PageHead(self.tr("Carry-over list"))
        self.make = Button(self.tr("Carry over"), "ph.arrow-bend-up-right", kind="primary", size=32, key="Ctrl+↵")
        self.head.add_tool(self.make)
        self.rows = GroupedModel(words_of, parent=self)
        self.list = CarryoverList(self.rows)
        self.side = Side()
        self.empty = EmptyState(
            "ph.check-circle",
            self.tr("Nothing goes on"),
            self.tr("Failed orders, the rest of partial ones and those without a driver are listed here."),
        )
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Look at the day again."""
        day, here = self._desk.day, self.list.line
        row = self.list.currentIndex().row()
        self.rows.show(rows_of(day, self._desk.usuals, self._decided_on))
        self._body.setCurrentWidget(self._filled if self.rows.rows else self.empty)
        self.head.set_note(self._note())
        self.make.set_label(self._words())
        self.make.set_why_not(self.why_not())
        if self.rows.rows:
            self.list.choose(here.going.order if here is not None else None, max(0, row))
        self._on_chosen()

    def why_not(self) -> Reason:
        """Why there is nothing to carry over now; None: there is."""
        if self._busy:
            return self.tr("It is being written.")
        if any(not one.is_written for one in self._goings()):
            return None
        return self.tr("Nothing of this day goes on, or all of it is in its new day already.")

    def carry_over(self) -> None:
        """Write all that is listed into its days."""
        if self.why_not() is not None:
            self._desk.message.emit(self.why_not() or "", "info")
            return
        self._busy = True
        self.make.set_why_not(self.why_not())
        goings, store = self._goings(), self._store
        ready = store.submit(lambda: carryover.prepare(store, goings))
        self._later.when(ready, self._on_prepared, self._on_trouble)

    def find_slots(self) -> None:
        """Look for the best slots of the order that is chosen, beside the window."""
        line = self.list.line
        if line is None or line.going.is_carried:
            return
        day, usual, store, now = self._desk.day, self._desk.usuals, self._store, self._desk.clock()
        order = day.orders[line.going.order]
        if order.place is None:
            self.side.offer((), self.tr("The order has no place yet: drop its pin on the map first."))
            return
        self.side.offer((), self.tr("Looking at the coming days…"))
        found = store.submit(lambda: slots.slots(store, day, order, usual=usual, now=now))
        self._later.when(found, lambda some: self._on_slots(order.id, some), self._on_trouble)

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            return self.carry_over
        if key == Qt.Key.Key_Escape:
            return self.closed.emit
        if control or self.focusWidget() is not self.list:
            return None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.side.kind.setFocus
        if key == Qt.Key.Key_S:
            return self.find_slots
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_6:
            return lambda: self.side.take_slot(key - Qt.Key.Key_1)
        return None

    # -- inside --------------------------------------------------------------------------------------

    @property
    def _decided_on(self) -> dt.date:
        """No next day is proposed that is over by now."""
        return max(self._desk.today, self._desk.day.date)

    def _goings(self) -> tuple[carryover.Going, ...]:
        return carryover.going(self._desk.day, self._desk.usuals, self._decided_on)

    def _note(self) -> str:
        day = self._desk.day
        parts = [saying.date(day.date)]
        out = len(carryover.still_out(day))
        if out:
            text = self.tr("{n} not told of yet: they can go on once somebody says how they ended")
            parts.append(text.format(n=saying.count(out, "order")))
        return " · ".join(parts)

    def _words(self) -> str:
        days = sorted({g.step.day for g in self._goings() if not g.is_written and g.step.day is not None})
        if len(days) == 1:
            return self.tr("Carry over to {day}").format(day=saying.date(days[0]))
        return self.tr("Carry over")

    def _lay_out(self) -> None:
        left, self._filled = QWidget(), QWidget()
        pile(left, ListHead(), self.list, grows=self.list)
        beside(self._filled, left, Line(upright=True), self.side, grows=left)
        self._body = either(self._filled, self.empty)
        pile(self, self.head, self._body, grows=self._body)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.head.back.connect(self.closed)
        self.make.clicked.connect(self.carry_over)
        self.list.chosen.connect(self._on_chosen)
        self.side.decided.connect(self._on_decided)
        self.side.windows_typed.connect(self._on_windows)
        self.side.slots_wanted.connect(self.find_slots)
        self._desk.day_changed.connect(self._on_day)
        self._desk.theme_changed.connect(self._repaint)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _repaint(self) -> None:
        self.list.viewport().update()
        self.update()

    def _on_chosen(self) -> None:
        line = self.list.line
        self.side.show_line(line, self._desk.usuals, self._decided_on)

    def _on_decided(self, step: NextStep) -> None:
        line = self.list.line
        if line is not None:
            self._desk.do(reschedule.decide, self._desk.session, [line.going.order], step, self)
            self.refresh()

    def _on_windows(self, typed: str) -> None:
        step = self.side.step()
        try:
            windows = reschedule.read_windows(typed)
        except UserError as error:
            self._desk.message.emit(error.message, "error")
            self.refresh()
            return
        if step is not None and step.kind is NextKind.AGAIN:
            self._on_decided(replace(step, windows=windows))

    def _on_slots(self, order: object, found: list[Slot]) -> None:
        line = self.list.line
        if line is not None and line.going.order == order:
            self.side.offer(found)

    def _on_prepared(self, prepared: Prepared) -> None:
        self._busy = False
        done: list[str] = []
        desk = self._desk

        def commit() -> None:
            by_day = carryover.commit(desk.session, prepared, self)
            to = self.tr("{orders} to {day}")
            done.extend(
                to.format(orders=saying.count(n, "order"), day=saying.date(day)) for day, n in by_day.items()
            )

        if desk.do(commit):
            text = self.tr("Carried over: {0}.").format(", ".join(done)) if done else self.tr("All is decided.")
            desk.message.emit(text, "info")
        self.refresh()

    def _on_trouble(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, UserError):
            self._desk.message.emit(error.message, "error")
        else:
            log.error("the carry-over list could not be worked on", exc_info=error)
            self._desk.message.emit(self.tr("That went wrong inside the program. See the log."), "error")
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))
