"""The page of one route in the window's stack."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services.lookup import Store
from dispatch_console.services.order_history import route as history
from dispatch_console.services.order_history.route import RouteHistory
from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.order_page.model import grouped, line_of, tip_of, words_of
from dispatch_console.ui.order_page.timeline import HistoryList
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, PageHead
from dispatch_console.ui.widgets.arranging import either, pile
from dispatch_console.ui.widgets.grouped import GroupedModel
from dispatch_console.ui.widgets.own_page import OwnPage

_tr = texts.of("RoutePage")

ID = "board.history"
#: Several changes in a row are read once.
_SOON_MS = 150
_PEOPLE = 160


def register(desk: Desk, open_route: Callable[[ShiftId], object]) -> None:
    """Add the action: the page of the current route."""

    def why_not() -> Reason:
        return None if desk.current_route else _tr("Select a driver's lane or one of his stops first.")

    def run() -> None:
        if desk.current_route:
            open_route(desk.current_route)

    text, hint = _tr("History of this route"), _tr("who did what to it, with arrivals")
    icon = "ph.clock-counter-clockwise"
    desk.actions.add(Action(ID, text, run, "Shift+H", icon, hint, _tr("Board"), why_not, "audit changes log"))


class RoutePage(OwnPage):
    """`opened`: the page wants to be shown · `closed`: back to the day. It follows the day while it is shown."""

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._later = Later(self)
        self._asked: ShiftId | None = None
        self.seen: RouteHistory | None = None
        self.head = PageHead(self.tr("Route"))
        self.people = QComboBox()
        self.people.setAccessibleName(self.tr("Whose changes are shown"))
        self.people.setMinimumWidth(_PEOPLE)
        self.copy = Button(self.tr("Copy as text"), "ph.copy", size=32, key="Ctrl+C")
        for tool in (self.people, self.copy):
            self.head.add_tool(tool)
        self.rows = GroupedModel(words_of, tip_of, self)
        self.list = HistoryList(self.rows, _tr("History of the route"))
        words = self.tr("What is done to the route is listed here once it is saved.")
        self.empty = EmptyState("ph.clock-counter-clockwise", self.tr("Nothing was done to this route yet"), words)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self._body = either(self.list, self.empty)
        pile(self, self.head, self._body, grows=self._body)
        self.setFocusProxy(self.list)
        self.head.back.connect(self.closed)
        self.copy.clicked.connect(self.copy_text)
        self.people.activated.connect(self._fill)
        desk.day_changed.connect(self._on_day)
        desk.theme_changed.connect(self.update)

    def open_route(self, route: ShiftId) -> None:
        """Show the page with this route of the open day."""
        self._asked = route
        self.people.setCurrentIndex(0)
        self.opened.emit()
        self._ask()

    def close_page(self) -> None:
        """Ask the store for nothing more: it is closed next."""
        self._soon.stop()
        self._asked = None

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.key() == Qt.Key.Key_Escape:
            return self.closed.emit
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return self.copy_text if control and event.key() == Qt.Key.Key_C else None

    def copy_text(self) -> None:
        """What is listed as text, for a mail."""
        if self.seen is not None:
            lines = [line_of(row) for row in self.rows.rows]
            QGuiApplication.clipboard().setText(history.as_text(self.seen, lines))
            self._desk.message.emit(self.tr("The history is on the clipboard."), "info")

    # -- inside --------------------------------------------------------------------------------------

    def _ask(self) -> None:
        route, store, day = self._asked, self._store, self._desk.day
        if route is not None:
            answer = store.submit(lambda: history.load(store, day.depot.id, day.date, route))
            self._later.when(answer, lambda seen: self._on_seen(route, seen), self._desk.sorry)

    def _on_seen(self, route: ShiftId, seen: RouteHistory | None) -> None:
        """An answer to a question that nobody asks any more is dropped."""
        if route != self._asked:
            return
        self.seen = seen
        if seen is not None:
            self.head.set_title(seen.driver)
            self.head.set_note(saying.date(seen.date))
        self._name_people(seen.people if seen is not None else ())
        self._fill()

    def _name_people(self, people: tuple[str, ...]) -> None:
        chosen = self.people.currentText()
        self.people.clear()
        self.people.addItems([self.tr("Everybody"), *people])
        self.people.setCurrentIndex(max(0, self.people.findText(chosen)))
        self.people.setVisible(len(people) > 1)

    def _fill(self, _chosen: int = 0) -> None:
        who = self.people.currentText() if self.people.currentIndex() > 0 else ""
        events = [one for one in (self.seen.events if self.seen is not None else ()) if who in ("", one.who)]
        self.rows.show(grouped(events, self.seen.timezone) if self.seen is not None else [])
        self._body.setCurrentWidget(self.list if events else self.empty)
        self.copy.set_why_not(None if events else self.tr("There is nothing to copy."))
        if events and not self.list.currentIndex().isValid():
            self.list.choose_row(1)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if self.isVisible():
            if after.date != before.date:
                self.closed.emit()
            else:
                self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))
