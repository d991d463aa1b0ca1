"""The Incidents pane: head with tabs, list, a word that all is quiet, and the keys."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Final, Protocol

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.services.incidents import Incident
from dispatch_console.services.incidents.book import IncidentBook, Keeper, Known, Listed
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents.deeds import Deeds
from dispatch_console.ui.incidents.delegate import IncidentDelegate
from dispatch_console.ui.incidents.footer import KeysFooter
from dispatch_console.ui.incidents.model import IncidentModel
from dispatch_console.ui.incidents.view import IncidentList
from dispatch_console.ui.later import Later
from dispatch_console.ui.widgets import EmptyState, KeyCap, PaneHead, Segments
from dispatch_console.ui.widgets.arranging import either, pile

log = logging.getLogger(__name__)

ALL, MINE, SNOOZED = range(3)
#: For so many minutes an incident can be put off.
SNOOZES: Final = (15, 30, 60)


class Records(Protocol):
    """Where what people do with incidents is kept; `load` comes back at once."""

    @property
    def keeper(self) -> Keeper: ...

    def load(self, depot: DepotId, date: dt.date) -> Future[Known]: ...

    def save_usuals(self, depot: DepotId, usual: Usuals) -> Future[None]: ...


class IncidentsPane(QWidget):
    """Follows the day; choosing an incident selects and shows what it is about.

    `take_in_wanted(incident)`: a held order is to go into the open day. `front_wanted`: a key leads here.
    """

    take_in_wanted = Signal(object)
    front_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.book = IncidentBook()
        self._all: list[Listed] = []
        self._records: Records | None = None
        self._asked: tuple[object, dt.date] | None = None
        self._later = Later(self)
        self.head = PaneHead(self.tr("Incidents"), 0)
        self.tabs = Segments([self.tr("All"), self.tr("Mine"), self.tr("Later")])
        self._key = KeyCap("F4")
        self.head.add_tool(self.tabs)
        self.head.add_tool(self._key)
        self.model = IncidentModel(desk.hhmm, self)
        self.list = IncidentList(self.model, IncidentDelegate(self.model, self))
        self.deeds = Deeds(desk, self, self._put_off, self.take_in_wanted.emit)
        self.empty = EmptyState("ph.check-circle", "", "")
        self.footer = KeysFooter(
            (
                ("↑↓", self.tr("walk")),
                ("Enter", self.tr("take it")),
                ("→", self.tr("other")),
                ("O", self.tr("own")),
                ("Z", self.tr("later")),
            )
        )
        self._lay_out()
        self._soon = QTimer(self)  # several changes in a row are looked at once
        self._soon.setSingleShot(True)
        self._soon.setInterval(30)
        self._soon.timeout.connect(self.refresh)
        desk.known_since = self._known_since
        self._connect()
        self.refresh()

    def use(self, records: Records) -> None:
        """Keep what people do with incidents in the store, and learn from it what is kept of the day."""
        self._records = records
        self.book.keeper = records.keeper
        self._learn()

    def change_usuals(self, usual: Usuals) -> None:
        """Other rules of next steps count from now on, and are kept."""
        self._desk.usuals = usual
        self.book.around = replace(self.book.around, usual=usual)
        if self._records is not None:
            kept = self._records.save_usuals(self._desk.day.depot.id, usual)
            self._later.when(kept, lambda _: None, self._on_trouble)
        self.refresh()

    def refresh(self) -> None:
        """Look at the day again."""
        self._all = self.book.look(self._desk.session.real, self._desk.clock())
        self._show()

    def show_next(self) -> None:
        """Choose the incident after the current one, the first after the last."""
        self.front_wanted.emit()
        if self.model.listed:
            self.list.choose((self.list.currentIndex().row() + 1) % len(self.model.listed))

    def _lay_out(self) -> None:
        self._body = either(self.list, self.empty)
        pile(self, self.head, self._body, self.footer, grows=self._body)
        self.setFocusProxy(self.list)

    def _show(self, _tab: int = ALL) -> None:
        who = self._desk.who()
        awake = [one for one in self._all if one.snoozed_until is None]
        mine = [one for one in awake if one.owner and one.owner == who]
        asleep = [one for one in self._all if one.snoozed_until is not None]
        running = self._desk.day.approval.state is not DayState.DRAFT
        self.tabs.setVisible(running or bool(asleep))
        self._key.setVisible(bool(awake) and self.tabs.isHidden())
        self.footer.setVisible(running and bool(self._all))
        self.tabs.rename(MINE, self.tr("Mine {n}").format(n=len(mine)))
        self.tabs.rename(SNOOZED, self.tr("Later {n}").format(n=len(asleep)))
        shown = (awake, mine, asleep)[self.tabs.index if not self.tabs.isHidden() else ALL]
        self.model.replace(shown)
        self.head.set_count(len(awake))
        if not shown:
            self.empty.set_text(*self._nothing())
        self._body.setCurrentWidget(self.list if shown else self.empty)

    def _nothing(self) -> tuple[str, str]:
        if self.tabs.index == MINE and not self.tabs.isHidden():
            return self.tr("Nothing is yours"), self.tr("O takes the incident that is chosen into your hands.")
        if self.tabs.index == SNOOZED and not self.tabs.isHidden():
            return self.tr("Nothing is put off"), self.tr("Z puts an incident off for a while.")
        return self.tr("All quiet"), self.tr("Late, failed or unplaced orders are listed here.")

    def _connect(self) -> None:
        desk = self._desk
        desk.day_changed.connect(self._on_day)
        desk.now_changed.connect(self._soon.start)
        desk.theme_changed.connect(self.list.repaint_all)
        self.tabs.chosen.connect(self._show)
        self.list.chosen.connect(self._on_chosen)
        self.list.wanted.connect(self._on_wanted)
        self.list.owned.connect(self._on_owned)
        self.list.put_off.connect(self._on_put_off)
        self._add("focus", self.tr("Go to the incidents"), self._go_here, "F4", "ph.clock")
        self._add("next", self.tr("Show the next problem"), self.show_next, "F8", "ph.arrow-right", self._why_none)
        take, own, later = self.tr("Enter in the list"), self.tr("O in the list"), self.tr("Z in the list")
        self._add("accept", self.tr("Take what the incident proposes"), self._with(self._on_wanted), hint=take)
        self._add("own", self.tr("Take the incident into my hands"), self._with(self._on_owned), hint=own)
        self._add("snooze", self.tr("Put the incident off"), self._with(self._on_put_off), hint=later)

    def _add(
        self,
        id: str,
        text: str,
        run: Callable[[], object],
        keys: str = "",
        icon: str = "",
        why_not: Callable[[], Reason] | None = None,
        hint: str = "",
    ) -> None:
        group = self.tr("Incidents")
        reason = why_not or (self._why_not_chosen if not keys else lambda: None)
        self._desk.actions.add(Action(f"incidents.{id}", text, run, keys, icon, hint, group, reason))

    def _with(self, act: Callable[[int], object]) -> Callable[[], object]:
        return lambda: act(self.list.currentIndex().row())

    def _why_none(self) -> Reason:
        return None if self.model.listed else self.tr("All quiet: there is no problem.")

    def _why_not_chosen(self) -> Reason:
        if self._why_none() is not None:
            return self._why_none()
        chosen = self.list.currentIndex().row() >= 0
        return None if chosen else self.tr("Choose an incident first: F4.")

    def _go_here(self) -> None:
        """The window knows where the pane is: in a tab, in a window of its own."""
        self.front_wanted.emit()
        if not self._desk.run("view.show_incidents"):
            self.list.setFocus()
        if self.model.listed and not self.list.currentIndex().isValid():
            first = self.model.index(0, 0)
            self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # -- what comes from elsewhere -------------------------------------------------------------------

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if (before.depot.id, before.date) != (after.depot.id, after.date):
            self._learn()
        self._soon.start()

    def _learn(self) -> None:
        """Ask the store for the marks of the day; what is held and what is usual come with them."""
        if self._records is not None:
            day = self._desk.day
            self._asked = day.depot.id, day.date
            self._later.when(self._records.load(day.depot.id, day.date), self._on_learned, self._on_trouble)

    def _on_learned(self, known: Known) -> None:
        day = self._desk.day
        if (known.depot, known.date) == (day.depot.id, day.date) == self._asked:
            self.book.take(day, known.marks)
            self.book.around = known.around
            self._desk.usuals = known.around.usual
            if known.came_over and day.approval.state is DayState.DRAFT:
                self._desk.message.emit(f"{known.came_over}.", "info")
            self.refresh()

    def forget_held(self, order: OrderId) -> None:
        """A held order is in a day now; what undo brings back is known when the day is opened again."""
        held = tuple(h for h in self.book.around.held if h.order.id != order)
        self.book.around = replace(self.book.around, held=held)
        self.refresh()

    def _on_trouble(self, error: BaseException) -> None:
        log.error("what is kept of the incidents could not be read or written", exc_info=error)

    def _known_since(self, stop: StopId) -> int | None:
        broke = self.book.watched.get(stop)
        return broke.since if broke is not None else None

    # -- what is done with them ----------------------------------------------------------------------

    def _on_chosen(self, row: int) -> None:
        incident = self.model.incidents[row]
        stops = [stop for stop in incident.stops if stop in self._desk.day.stops]
        self._desk.select(stops, stops[0] if stops else None, self, incident.route or None)
        if stops:
            self._desk.reveal.emit(int(stops[0]))

    def _on_wanted(self, row: int) -> None:
        way = self.model.choice(row)
        self.deeds.do(self.model.incidents[row], self._corner(row), way)

    def _on_owned(self, row: int) -> None:
        desk = self._desk
        who = desk.who() or self.tr("me")
        self.book.own(desk.day, self.model.incidents[row], who, desk.clock())
        self.refresh()

    def _on_put_off(self, row: int) -> None:
        """Ask for how long; one that is put off already comes back."""
        one = self.model.listed[row]
        if one.snoozed_until is not None:
            self.book.snooze(self._desk.day, one.incident, None, self._desk.who(), self._desk.clock())
            self.refresh()
            return
        menu = QMenu(self)
        for minutes in SNOOZES:
            act = menu.addAction(self.tr("For &{n} min").format(n=minutes))
            act.triggered.connect(lambda _=False, n=minutes: self._put_off(one.incident, n))
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        self.deeds.menu = menu
        menu.popup(self._corner(row))

    def _put_off(self, incident: Incident, minutes: int | None) -> None:
        desk = self._desk
        now = desk.clock()
        until = now + dt.timedelta(minutes=minutes) if minutes is not None else self._tomorrow()
        self.book.snooze(desk.day, incident, until, desk.who(), now)
        self.refresh()

    def _tomorrow(self) -> dt.datetime:
        return clock.midnight(self._desk.today + dt.timedelta(days=1), self._desk.day.depot.timezone)

    def _corner(self, row: int) -> QPoint:
        index: QModelIndex = self.model.index(row, 0)
        return self.list.viewport().mapToGlobal(self.list.visualRect(index).bottomRight())
