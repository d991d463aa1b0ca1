"""Orders of all days in the window: the page of one order, and what the search finds beyond the open day."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.services.lookup import Found, Store
from dispatch_console.services.order_history import history
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.order_page import actions
from dispatch_console.ui.route_page import page as route_page
from dispatch_console.ui.route_page.page import RoutePage
from dispatch_console.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from dispatch_console.domain.day import Day
    from dispatch_console.ui.order_page.page import OrderPage

PAGE, ROUTE_PAGE = "history", "route_history"


class Past:
    """The page is made when it is first wanted."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self._desk, self._store = desk, store
        self._window: MainWindow | None = None
        self._page: OrderPage | None = None
        self._route_page: RoutePage | None = None
        self._waiting: tuple[dt.date, StopId, bool] | None = None
        desk.history_wanted.connect(self._on_wanted)
        desk.day_changed.connect(self._on_day)
        actions.register(desk, self.open_order)
        route_page.register(desk, self.open_route)

    def wire(self, window: MainWindow) -> None:
        self._window = window
        window.palette_box.use_finder(self.find)

    def close(self) -> None:
        for page in (self._page, self._route_page):
            if page is not None:
                page.close_page()

    def find(self, text: str) -> Future[list[Found]]:
        """Orders of all days that hold `text`, on the database's thread."""
        store, depot = self._store, self._desk.day.depot.id
        return store.submit(lambda: history.find(store, depot, text))

    def make_page(self) -> QWidget:
        from dispatch_console.ui.order_page.page import OrderPage

        self._page = page = OrderPage(self._desk, self._store)
        page.day_wanted.connect(self._show_there)
        page.edit_wanted.connect(self._edit_there)
        return page

    def open_order(self, order: OrderId) -> None:
        assert self._window is not None
        self._window.pages.make(PAGE)
        assert self._page is not None
        self._page.open_order(order)

    def make_route_page(self) -> QWidget:
        self._route_page = RoutePage(self._desk, self._store)
        return self._route_page

    def open_route(self, route: ShiftId) -> None:
        assert self._window is not None
        self._window.pages.make(ROUTE_PAGE)
        assert self._route_page is not None
        self._route_page.open_route(route)

    # -- from the page to the day --------------------------------------------------------------------

    def _on_wanted(self, order: int) -> None:
        self.open_order(OrderId(order))

    def _show_there(self, date: dt.date, stop: int) -> None:
        self._go_to(date, StopId(stop), edit=False)

    def _edit_there(self, date: dt.date, stop: int) -> None:
        self._go_to(date, StopId(stop), edit=True)

    def _go_to(self, date: dt.date, stop: StopId, *, edit: bool) -> None:
        """Show the stop on its day, which is opened first if it is another."""
        window = self._window
        assert window is not None
        window.show_main()
        self._waiting = (date, stop, edit)
        if date == self._desk.day.date:
            self._arrive()
        else:
            window.hooks.go_to(date)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if self._waiting is not None and after.date == self._waiting[0]:
            self._arrive()

    def _arrive(self) -> None:
        if self._waiting is None:
            return
        _, stop, edit = self._waiting
        self._waiting = None
        desk = self._desk
        if stop not in desk.day.stops:
            desk.message.emit("This order is no longer part of this day.", "info")
            return
        desk.select((stop,), stop, self)
        if edit:
            desk.open_stop(stop)
        else:
            desk.reveal.emit(int(stop))
