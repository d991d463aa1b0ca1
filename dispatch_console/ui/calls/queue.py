"""Incidents and call list in one place: two tabs, one in front of the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day, DayState
from dispatch_console.ui.actions import Action
from dispatch_console.ui.calls.pane import CallsPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents.pane import IncidentsPane
from dispatch_console.ui.plain import plain
from dispatch_console.ui.widgets import Button
from dispatch_console.ui.widgets.arranging import either, pile

#: Below this width the way from the incidents to the call list is an icon.
_WIDE = 375
_MOST = 16_777_215


class QueuePane(QWidget):
    """`detach_wanted`: the pane should become a window of its own."""

    detach_wanted = Signal()

    def __init__(self, desk: Desk, incidents: IncidentsPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.incidents = incidents
        self.calls = CallsPane(desk)
        self._to_calls = Button("", "ph.phone", kind="quiet")
        self._to_incidents = Button("", kind="quiet")
        self._body = either(incidents, self.calls)
        pile(self, self._body, grows=self._body)
        self._wire()
        self._follow()

    def show_calls(self) -> None:
        """Bring the call list to the front, ready for its keys."""
        self._turn_to(self.calls)
        self._desk.run("view.show_incidents")
        self.calls.rows.setFocus()
        if self.calls.rows.at < 0:
            self.calls.rows.choose(0)

    def show_new_calls(self) -> None:
        """The same once the plan has changed, if that gives anybody to phone; of a trial nobody is told."""
        self.calls.refresh()
        if not self._desk.session.trying and any(not call.done for call in self.calls.rows.calls):
            self.show_calls()

    def show_incidents(self) -> None:
        self._turn_to(self.incidents)

    def _turn_to(self, pane: QWidget) -> None:
        self._body.setCurrentWidget(pane)
        self.setFocusProxy(pane)

    def _wire(self) -> None:
        desk = self._desk
        self.incidents.head.add_note(self._to_calls)
        self.calls.head.add_note(self._to_incidents, before=True)
        self.calls.head.set_in_front(True)
        self._to_incidents.setToolTip(self.tr("Back to the incidents (F4)"))
        self._to_calls.clicked.connect(self.show_calls)
        self._to_incidents.clicked.connect(self.show_incidents)
        self.incidents.front_wanted.connect(self.show_incidents)
        self.incidents.head.counted.connect(self._follow)
        self.calls.counted.connect(self._follow)
        desk.day_changed.connect(self._on_day)
        for pane in (self.incidents, self.calls):
            pane.head.detach_wanted.connect(self.detach_wanted)
        text = self.tr("Go to the call list")
        group = self.tr("Call list")
        desk.actions.add(Action("calls.open", text, self.show_calls, "Shift+F4", "ph.phone", group=group))
        self.setFocusProxy(self.incidents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def _on_day(self, _before: Day, after: Day, _initiator: object) -> None:
        if after.approval.state is DayState.DRAFT:
            self.show_incidents()

    def _follow(self, *_: object) -> None:
        """How much there is on the other tab stands where it is seen from this one."""
        calls = self.calls.rows.calls
        is_tab = bool(calls) or bool(self.calls.changed)
        tip = self.tr("Call list: {done} of {all} phoned (Shift+F4)").format(done=self.calls.done, all=len(calls))
        tight = self.width() < _WIDE
        self.incidents.head.set_in_front(is_tab)
        self._to_calls.setVisible(is_tab)
        self._to_calls.set_label(
            self.tr("Call list {done}/{all}").format(done=self.calls.done, all=len(calls))
            if calls
            else self.tr("Call list")
        )
        self._to_calls.set_icon("ph.phone" if tight else "")
        self._to_calls.set_tight(tight)
        self._to_calls.setMaximumWidth(24 if tight else _MOST)
        self._to_calls.setAccessibleName(tip)
        self._to_calls.setToolTip(plain(tip))
        self._to_incidents.set_label(self.tr("Incidents {n}").format(n=self.incidents.head.count).strip())
        self.calls.reprint.set_tight(tight)
        self.calls.reprint.setMaximumWidth(24 if tight else _MOST)
