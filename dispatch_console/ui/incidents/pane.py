"""The Incidents pane: head, list, or a word that all is quiet."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QTimer
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day
from dispatch_console.services import incidents as service
from dispatch_console.services.incidents import Incident
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents.deeds import Deeds
from dispatch_console.ui.incidents.delegate import IncidentDelegate
from dispatch_console.ui.incidents.model import IncidentModel
from dispatch_console.ui.incidents.view import IncidentList
from dispatch_console.ui.widgets import EmptyState, KeyCap, PaneHead
from dispatch_console.ui.widgets.arranging import either, pile


class IncidentsPane(QWidget):
    """Follows the day; choosing an incident selects and shows what it is about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._snoozed: dict[object, dt.date] = {}
        self.head = PaneHead(self.tr("Incidents"), 0)
        self._key = KeyCap("F4")
        self.head.add_tool(self._key)
        self.model = IncidentModel(self)
        self.list = IncidentList(self.model, IncidentDelegate(self.model, self))
        self.deeds = Deeds(desk, self, self._snooze)
        self.empty = EmptyState(
            "ph.check-circle", self.tr("All quiet"), self.tr("Late, failed or unplaced orders are listed here.")
        )
        self._body = either(self.list, self.empty)
        pile(self, self.head, self._body, grows=self._body)
        self.setFocusProxy(self.list)
        self._soon = QTimer(self)  # several changes in a row are looked at once
        self._soon.setSingleShot(True)
        self._soon.setInterval(30)
        self._soon.timeout.connect(self.refresh)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Look at the day again."""
        today = self._today()
        found = [i for i in service.incidents(self._desk.day) if self._snoozed.get(i.key) != today]
        self.model.replace(found)
        self.head.set_count(len(found))
        self._key.setVisible(bool(found))
        self._body.setCurrentWidget(self.list if found else self.empty)

    def show_next(self) -> None:
        """Choose the incident after the current one, the first after the last."""
        if self.model.incidents:
            self.list.choose((self.list.currentIndex().row() + 1) % len(self.model.incidents))

    def _connect(self) -> None:
        desk = self._desk
        desk.day_changed.connect(self._on_day)
        desk.theme_changed.connect(self.list.repaint_all)
        self.list.chosen.connect(self._on_chosen)
        self.list.wanted.connect(self._on_wanted)
        group = self.tr("Incidents")
        add = desk.actions.add
        add(Action("incidents.focus", self.tr("Go to the incidents"), self._go_here, "F4", "ph.clock", group=group))
        add(
            Action(
                "incidents.next",
                self.tr("Show the next problem"),
                self.show_next,
                "F8",
                "ph.arrow-right",
                group=group,
                why_not=lambda: None if self.model.incidents else self.tr("All quiet: there is no problem."),
            )
        )

    def _go_here(self) -> None:
        """The window knows where the pane is: in a tab, in a window of its own."""
        if "view.show_incidents" in self._desk.actions:
            self._desk.actions["view.show_incidents"].run()
        else:
            self.list.setFocus()
        if self.model.incidents and not self.list.currentIndex().isValid():
            first = self.model.index(0, 0)
            self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        self._soon.start()

    def _on_chosen(self, row: int) -> None:
        incident = self.model.incidents[row]
        stops = [stop for stop in incident.stops if stop in self._desk.day.stops]
        self._desk.select(stops, stops[0] if stops else None, self, incident.route or None)
        if stops:
            self._desk.reveal.emit(int(stops[0]))

    def _on_wanted(self, row: int) -> None:
        index: QModelIndex = self.model.index(row, 0)
        corner = self.list.visualRect(index).bottomRight()
        self.deeds.do(self.model.incidents[row], self.list.viewport().mapToGlobal(corner))

    def _snooze(self, incident: Incident) -> None:
        self._snoozed[incident.key] = self._today()
        self.refresh()

    def _today(self) -> dt.date:
        return self._desk.clock().astimezone(ZoneInfo(self._desk.day.depot.timezone)).date()
