"""The sheet on the table: which route, its rows, the one in talk, what is half typed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.services import proposals
from dispatch_console.services.debrief import cash, closing, goods, outcomes, sheet, typing
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.services.debrief.typing import Cash, Done, Entry, Outcome
from dispatch_console.services.proposals import Proposal
from dispatch_console.services.statuses import Said
from dispatch_console.ui.debrief import words
from dispatch_console.ui.desk import Desk


class SheetState(QObject):
    """Signals: `leaving` the sheet on the table: what is typed beside it counts for it · `opened` another route, or
    none · `changed` the rows, the choice or the entry.

    Every deed goes through `desk.do`: a refusal is one sentence.
    """

    leaving = Signal()
    opened = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.route: ShiftId | None = None
        self.rows: tuple[Row, ...] = ()
        self.order: OrderId | None = None
        self.entry = Entry()
        #: How the sheet came onto the table: `opened by scan 14:31`.
        self.how = ""
        desk.day_changed.connect(self._on_day)

    # -- what there is -------------------------------------------------------------------------------

    @property
    def day(self) -> Day:
        return self.desk.day

    @property
    def shift(self) -> Shift | None:
        return self.day.shifts.get(self.route) if self.route is not None else None

    @property
    def row(self) -> Row | None:
        """The row in talk."""
        return next((row for row in self.rows if row.order.id == self.order), None)

    @property
    def said(self) -> Said:
        now = self.desk.clock()
        return Said(self.desk.who(), clock.to_seconds(now, self.day.date, self.day.depot.timezone))

    @property
    def is_closed(self) -> bool:
        return self.route is not None and sheet.is_closed(self.day, self.route)

    def left(self) -> list[str]:
        """What keeps the route from closing, a sentence each."""
        return [] if self.route is None else closing.why_not_close(self.day, self.route)

    def proposal(self, row: Row) -> Proposal | None:
        """What is usual after the outcome of a row; None: there is nothing to decide."""
        if row.kind is None or not row.is_exception:
            return None
        found = proposals.propose(
            self.day,
            row.stop,
            row.kind,
            row.reason,
            order=row.order.id,
            usual=self.desk.usuals,
            today=self._today(),
        )
        return found if found.step is not None else None

    # -- going about ---------------------------------------------------------------------------------

    def open(self, route: ShiftId | None, how: str = "") -> None:
        """Put the sheet of a route on the table."""
        if self.route is not None:
            self.leaving.emit()
        self._put(route, how)

    def _put(self, route: ShiftId | None, how: str = "") -> None:
        self.route, self.how, self.order, self.entry = route, how, None, Entry()
        self._read()
        self.opened.emit()
        self.changed.emit()

    def choose(self, order: OrderId | None) -> None:
        if order != self.order or not self.entry.blank:
            self.order, self.entry = order, Entry()
            self.changed.emit()

    def step(self, by: int, among: tuple[Row, ...]) -> None:
        """The row `by` further down among those that are shown."""
        if not among:
            return
        here = next((i for i, row in enumerate(among) if row.order.id == self.order), None)
        at = (0 if by > 0 else len(among) - 1) if here is None else max(0, min(len(among) - 1, here + by))
        self.choose(among[at].order.id)

    # -- typing --------------------------------------------------------------------------------------

    @property
    def named(self) -> frozenset[str]:
        """The numbers of the stops on this sheet."""
        return frozenset(row.number for row in self.rows)

    def press(self, key: str) -> None:
        """One more key; what it completes is written down at once."""
        if self.route is None:
            return
        read: list[tuple[Entry, Done | None]] = []
        if not self.desk.do(lambda: read.append(typing.press(self.entry, key, self.row, self.named))):
            return
        ((after, done),) = read
        if done is None and after == self.entry and (why := words.refusal(after, key, self.row)):
            self.desk.message.emit(why, "error")
            return
        self.entry = after
        if done is not None:
            self._write(done)
        elif self.entry.number and not self.entry.letter:
            self.order = typing.find(self.day, self.rows, self.entry.number)
        self.changed.emit()

    def clear(self) -> bool:
        """Forget what is half typed; False: there was nothing."""
        if self.entry.blank:
            return False
        self.entry = Entry()
        self.changed.emit()
        return True

    def _write(self, done: Done) -> None:
        row, route, do = self.row, self.route, self.desk.do
        if row is None or route is None:
            return
        session, id, said = self.desk.session, row.order.id, self.said
        if isinstance(done, Outcome):
            kind, reason, pieces = done
            do(outcomes.tell, session, route, id, kind, said, reason=reason, pieces=pieces, initiator=self)
        elif isinstance(done, Cash):
            do(cash.take, session, route, id, done.cents, said, self)
        else:
            text = done.text
            do(lambda: outcomes.tell_time(session, route, id, typing.time_of(self.day, text), said, self))

    # -- deeds ---------------------------------------------------------------------------------------

    def deliver_others(self) -> None:
        """All that nobody told of was delivered."""
        if self.route is None:
            return
        n: list[int] = []
        session, route = self.desk.session, self.route
        if self.desk.do(lambda: n.append(outcomes.deliver_others(session, route, self.said, self))):
            text = self.tr("{n} orders delivered, at the times forecast.") if n[0] != 1 else self.tr("1 delivered.")
            self.desk.message.emit(text.format(n=n[0]), "info")

    def accept(self, proposal: Proposal) -> None:
        self.desk.do(proposals.accept, self.desk.session, proposal, self, self.said)

    def accept_all(self) -> None:
        """What is usual becomes of everything that is undecided."""
        for row in [row for row in self.rows if row.undecided]:
            if (proposal := self.proposal(row)) is not None:
                self.accept(proposal)

    def tick(self, *orders: OrderId) -> None:
        """All pieces of these orders are here, counted by eye; or not after all."""
        if self.route is not None:
            self.desk.do(goods.tick, self.desk.session, self.route, orders, self.said, self)

    def piece(self, identity: OrderId, number: int) -> None:
        """A piece was scanned."""
        if self.route is None:
            return
        told: list[str] = []
        session, route, said = self.desk.session, self.route, self.said
        if self.desk.do(lambda: told.append(goods.scan(session, route, identity, number, said, self))):
            self.desk.message.emit(told[0], "info")

    def close_route(self) -> bool:
        """Close it and put the next sheet that waits on the table. False: something is left, which is said."""
        if self.route is None:
            return False
        closed = self.route
        if not self.desk.do(closing.close, self.desk.session, closed, self.said, self):
            return False
        name = self.day.shifts[closed].driver.name
        self.desk.message.emit(self.tr("{name}'s route is closed.").format(name=name), "info")
        self._open_next()
        return True

    def reopen(self) -> None:
        if self.route is not None:
            self.desk.do(closing.reopen, self.desk.session, self.route, self.said, self)

    def open_next(self) -> None:
        """The next sheet that waits; if none does, this one stays, which is said."""
        if not self._open_next():
            self.desk.message.emit(self.tr("No other sheet waits: this one stays on the table."), "info")

    def _open_next(self) -> bool:
        following = sheet.next_waiting(self.day, self.route) if self.route is not None else None
        if following is not None:
            self.open(following)
        return following is not None

    # -- following the day ---------------------------------------------------------------------------

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if (before.depot.id, before.date) != (after.depot.id, after.date) or self.route not in after.shifts:
            self._put(None)
            return
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        self.rows = sheet.rows(self.day, self.route) if self.route is not None else ()
        if all(row.order.id != self.order for row in self.rows):
            self.order = None

    def _today(self) -> dt.date:
        return self.desk.clock().astimezone(ZoneInfo(self.day.depot.timezone)).date()
