"""What is scanned at a returned sheet, or while its page is not shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from dispatch_console.domain import saying
from dispatch_console.domain.orders import OrderId
from dispatch_console.services import lookup
from dispatch_console.services.debrief import sheet
from dispatch_console.services.lookup import OrderHit, RouteHit
from dispatch_console.services.proofs import Store
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.later import Later


class SheetScans(QObject):
    """`open_page()`: the page of the sheets is wanted."""

    def __init__(
        self, state: SheetState, store: Store, open_page: Callable[[], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._desk, self._store, self._open = state, state.desk, store, open_page
        self._later = Later(self)

    def scan(self, code: str) -> bool:
        """A sheet opens its route, an order's code chooses its row, a piece is back; all else gets a sentence."""
        parts = lookup.code(code)
        hit = lookup.scan(self._desk.day, code)
        if parts is None:
            text = self.tr("{code} is no barcode of ours. Scan it again, or type the number.")
            self._desk.message.emit(text.format(code=code), "error")
        elif isinstance(hit, RouteHit):
            self._sheet(hit, code)
        elif hit is None and parts.letter != "P":
            self._stranger(code)
        elif self._state.route is None:
            self._desk.message.emit(self.tr("Scan a sheet first."), "error")
        elif isinstance(hit, OrderHit) and not hit.piece:
            self._order(hit)
        else:
            self._state.piece(OrderId(parts.number), parts.part)
        return True

    def _stranger(self, code: str) -> None:
        """Of which day it is, if of any."""
        store, depot, say = self._store, self._desk.day.depot.id, self._desk.message.emit

        def show(found: list[lookup.Found]) -> None:
            if found:
                text = self.tr("{code} is of {day}. Open that day (Ctrl+G), then scan it again.")
                say(text.format(code=code, day=saying.date(found[0].date)), "error")
            else:
                say(
                    self.tr("{code} is of no day of this depot. Look at the paper again.").format(code=code),
                    "error",
                )

        self._later.when(store.submit(lambda: lookup.elsewhere(store, depot, code)), show, lambda _: show([]))

    def claim(self, code: str) -> bool:
        """A sheet of a van that is back, scanned while another page is shown: this one opens with it."""
        hit = lookup.scan(self._desk.day, code)
        if not isinstance(hit, RouteHit) or not sheet.is_home(self._desk.day, hit.route):
            return False
        self._open()
        return self.scan(code)

    def _sheet(self, hit: RouteHit, code: str) -> None:
        day, parts = self._desk.day, lookup.code(code)
        said = self._state.said
        self._state.open(hit.route, self.tr("opened by scan {at}").format(at=self._desk.hhmm(said.now)))
        newest = day.approval.printed.get(hit.route, 0)
        if parts is not None and parts.letter == "S" and parts.part < newest:
            text = self.tr("This is version {n}; version {newest} was printed later. Look for that one too.")
            self._desk.message.emit(text.format(n=parts.part, newest=newest), "error")

    def _order(self, hit: OrderHit) -> None:
        if any(row.order.id == hit.order for row in self._state.rows):
            self._state.choose(hit.order)
            return
        order, where = self._desk.day.orders[hit.order], self._desk.day.plan.where.get(hit.stop)
        who = self._desk.driver(where) if where in self._desk.day.shifts and where is not None else ""
        text = self.tr("{name} is on {who}'s sheet.") if who else self.tr("{name} is on no sheet of this day.")
        self._desk.message.emit(text.format(name=order.reference, who=who), "error")
