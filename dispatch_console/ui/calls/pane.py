"""The call list: whom to phone and what to say, ticked off as it is done; and the sheets that changed."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.formulas import harmless
from dispatch_console.domain.orders import StopId
from dispatch_console.services import calls, reprinting
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.calls.rows import CallRows
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.widgets import Button, EmptyState, PaneHead
from dispatch_console.ui.widgets.arranging import either, pile


class CallsPane(QWidget):
    """Follows the day. `counted(done, all)`. `reprint_wanted(routes)`: print the sheets of these anew."""

    counted = Signal(int, int)
    reprint_wanted = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.changed: list[ShiftId] = []
        self.head = PaneHead(self.tr("Call list"))
        self.reprint = Button("", "ph.printer")
        self.head.add_tool(self.reprint)
        self.rows = CallRows()
        self.empty = EmptyState(
            "ph.phone",
            self.tr("Nobody to phone"),
            self.tr("Once the plan changes under way, drivers and customers to phone are listed here."),
        )
        self._body = either(self.rows, self.empty)
        pile(self, self.head, self._body, grows=self._body)
        self.setFocusProxy(self.rows)
        self._soon = QTimer(self)  # several changes in a row are looked at once
        self._soon.setSingleShot(True)
        self._soon.setInterval(30)
        self._soon.timeout.connect(self.refresh)
        self._connect()
        self.refresh()

    @property
    def done(self) -> int:
        return sum(1 for call in self.rows.calls if call.done)

    def refresh(self) -> None:
        """Look at the day again."""
        day = self._desk.session.real
        found = calls.call_list(day)
        self.rows.show_calls(day, found)
        self.changed = reprinting.to_reprint(day)
        self.head.set_count(f"{self.done}/{len(found)}" if found else "")
        number = len(self.changed)
        self.reprint.set_label(
            self.tr("Reprint 1 sheet") if number == 1 else self.tr("Reprint {n} sheets").format(n=number)
        )
        self.reprint.setVisible(number > 0)
        self._body.setCurrentWidget(self.rows if found else self.empty)
        self.counted.emit(self.done, len(found))

    def _connect(self) -> None:
        desk = self._desk
        desk.day_changed.connect(self._on_day)
        desk.theme_changed.connect(self.rows.viewport().update)
        self.rows.ticked.connect(self._on_ticked)
        self.rows.copied.connect(self._on_copied)
        self.rows.chosen.connect(self._on_chosen)
        self.reprint.clicked.connect(self._reprint)
        group, add = self.tr("Call list"), desk.actions.add
        text = self.tr("Print the sheets that changed")
        add(Action("calls.reprint", text, self._reprint, "Shift+F9", "ph.printer", "", group, self._why_not_print))
        text, hint = self.tr("The call was made, or not after all"), self.tr("Space in the list")
        add(Action("calls.tick", text, self._tick, "", "ph.check-square", hint, group, self._why_not_row))
        text, hint = self.tr("Copy the phone number"), self.tr("Enter in the list")
        add(Action("calls.copy", text, self._copy, "", "ph.copy", hint, group, self._why_not_row))

    def _on_day(self, _before: Day, _after: Day, _initiator: object) -> None:
        self._soon.start()

    def _why_not_print(self) -> Reason:
        return (
            None if reprinting.to_reprint(self._desk.session.real) else self.tr("No sheet on the road has changed.")
        )

    def _why_not_row(self) -> Reason:
        return None if self.rows.at >= 0 else self.tr("Choose a call first: Shift+F4.")

    def _reprint(self) -> None:
        self.refresh()
        self.reprint_wanted.emit([int(route) for route in self.changed])

    def _tick(self) -> None:
        self._on_ticked(self.rows.at)

    def _copy(self) -> None:
        self._on_copied(self.rows.at)

    def _on_ticked(self, row: int) -> None:
        """A call that was made goes to the end of the list; the next one is chosen then."""
        desk, call = self._desk, self.rows.calls[row]
        desk.do(calls.tick, desk.session, call, desk.said(), self)
        self.refresh()
        following = self.rows.calls[row : row + 1]
        if not call.done and following and not following[0].done:
            self.rows.choose(row)

    def _on_copied(self, row: int) -> None:
        call = self.rows.calls[row]
        if not call.phone:
            self._desk.message.emit(self.tr("No number of {who} is known.").format(who=call.who), "info")
            return
        QGuiApplication.clipboard().setText(harmless(call.phone))
        self._desk.message.emit(
            self.tr("{number} of {who} is copied.").format(number=call.phone, who=call.who), "info"
        )

    def _on_chosen(self, row: int) -> None:
        """Show whom it is about in the other panes."""
        call = self.rows.calls[row]
        if call.stop and StopId(call.stop) in self._desk.day.stops:
            self._desk.select([call.stop], call.stop, self)
            self._desk.reveal.emit(int(call.stop))
        elif call.route in self._desk.day.shifts:
            self._desk.select((), None, self, call.route)
