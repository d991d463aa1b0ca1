"""What is going on at the phone: the entry that is being typed, those that wait, what Enter would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.services import lookup, phone, proposals, statuses
from dispatch_console.services.lookup import Hit, OrderHit, RouteHit, Store
from dispatch_console.services.phone import Entry, Reading
from dispatch_console.services.proposals import Proposal
from dispatch_console.ui import texts
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.phone import flow, words
from dispatch_console.ui.phone.flow import Field, Step
from dispatch_console.ui.phone.waiting import Queue

MOST_CHOICES = 4
_SOUGHT_AFTER_MS = 200

_tr = texts.of("Phone")


@dataclass(frozen=True)
class PhoneServices:
    """What the strip asks of the window around it. `keep` and `kept`: half-typed entries over a restart."""

    who: Callable[[], str]
    go_to: Callable[[dt.date], object]
    keep: Callable[[str], object]
    kept: str = ""
    store: Store | None = None


class Talk(QObject):
    """`changed()`: show it anew; `field` has the focus. Entries are bound to the day on which they were begun."""

    changed = Signal()

    def __init__(self, desk: Desk, services: PhoneServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self._services = desk, services
        self.queue = Queue(services.keep, services.kept)
        self.entry = Entry(desk.day.date)
        self.field: Field = Field.WHAT
        self.is_open = False
        self.note = ""
        self.written = ""
        #: What speaks against what was written, and how it is taken back.
        self.doubted = ""
        self.elsewhere: list[lookup.Found] = []
        self.marked = 0
        self._way = 0
        self._coming: Entry | None = None
        self._later = Later(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOUGHT_AFTER_MS)
        self._soon.timeout.connect(self._seek)
        desk.day_changed.connect(self._on_day)

    # -- calls come and go ---------------------------------------------------------------------------

    def answer(self, *, anew: bool) -> None:
        """The phone rings. `anew`: a status was being typed: it is kept, and another one begins."""
        if anew:
            self.put_aside()
        self.is_open = True
        self.changed.emit()

    def recall(self, index: int = 0) -> None:
        """Go on with a half-typed entry; the one being typed goes to the end of the queue."""
        if not self.queue:
            return
        entry = self.queue.take(index)
        if not self.entry.blank:
            self.queue.add(self.entry, last=True)
        self._clear()
        self.is_open = True
        if entry.date == self.desk.day.date:
            self._resume(entry)
            return
        self._coming = entry
        self.changed.emit()
        self._services.go_to(entry.date)

    def scanned(self, text: str) -> None:
        """A barcode that no page wanted: whose it is stands in the strip, the status is next."""
        hit = lookup.scan(self.desk.day, text)
        if hit is None or hit != self.entry.hit:
            self.put_aside()
        self.is_open = True
        if hit is not None:
            self.take(flow.choose(self.desk.day, self.entry, hit))
            return
        self.entry = replace(self.entry, what=text)
        self._soon.start()  # it may be of another day
        self.say(flow.missing(self.desk.day, self.entry))

    def leave(self) -> bool:
        """Esc: what is half-typed waits; an empty strip closes, and True is returned."""
        closes = self.entry.blank
        self.put_aside()
        if closes:
            self.is_open = False
        self.changed.emit()
        return closes

    def put_aside(self, day: Day | None = None) -> None:
        """What is half-typed waits; a number that means nobody on its `day` (default: that shown) does not."""
        if not self.entry.blank and not self._means_nobody(day or self.desk.day):
            self.queue.add(self.entry)
        self._clear()

    def _means_nobody(self, day: Day) -> bool:
        entry = self.entry
        known = entry.hit is not None or bool(entry.letter or self.elsewhere)
        return not known and not lookup.find(day, entry.what)

    def _clear(self) -> None:
        self.entry = Entry(self.desk.day.date)
        self.field, self._way, self.marked = Field.WHAT, 0, 0
        self.note, self.written, self.doubted, self.elsewhere = "", "", "", []

    def _resume(self, entry: Entry) -> None:
        day = self.desk.day
        if isinstance(entry.hit, OrderHit) and entry.hit.order not in day.orders:
            entry = replace(entry, hit=None)
        if entry.hit is None and entry.what:
            found = lookup.find(day, entry.what)
            entry = replace(entry, hit=found[0] if len(found) == 1 else None)
        missing = self.read(entry).missing
        field = Field(missing) if missing else flow.next_field(day, entry, Field.TIME, -1)
        self.take(Step(entry, field))

    # -- keys ----------------------------------------------------------------------------------------

    def type(self, field: Field, text: str) -> None:
        """A field holds this after a key."""
        self.take(flow.typed(self.desk.day, self.entry, field, text))

    def press(self, key: str) -> None:
        """A key of the legend: a letter, a digit of the detail, or `*`."""
        if key == "*":
            self.toggle_whole()
        elif key.isalpha():
            self.take(flow.press(self.desk.day, self.entry, self.field, key))
        else:
            begun = self.entry.detail if self.entry.detail == "0" and len(key) == 1 else ""
            one = replace(self.entry, detail="")
            self.take(flow.typed(self.desk.day, one, Field.DETAIL, begun + key))

    def tab(self, by: int) -> None:
        """The next way to go on; where there is nothing to decide, the next field."""
        ways = self.ways
        if len(ways) > 1:
            self._way = (self._way + by) % len(ways)
        else:
            self.field = flow.next_field(self.desk.day, self.entry, self.field, by)
        self.changed.emit()

    def step(self, by: int) -> None:
        """The field beside this one."""
        self.field = flow.next_field(self.desk.day, self.entry, self.field, by)
        self.changed.emit()

    def mark(self, by: int) -> None:
        """Another one of the choices."""
        self.marked = (self.marked + by) % len(self.choices)
        self.changed.emit()

    def choose(self, index: int) -> None:
        self.take(flow.choose(self.desk.day, self.entry, self.choices[index]))

    def toggle_whole(self) -> None:
        """All orders of the stop, or only the one."""
        hit = self.entry.hit
        if isinstance(hit, OrderHit) and len(self.desk.day.stops[hit.stop].orders) > 1:
            whole = phone.order_of(self.desk.day, self.entry) != phone.ALL_ORDERS
            self.take(Step(replace(self.entry, whole=whole, hit=hit._replace(piece=0)), self.field))

    def take(self, step: Step) -> None:
        """Show what a key has led to."""
        is_new = step.entry.hit != self.entry.hit
        if is_new or (step.entry.letter, step.entry.detail) != (self.entry.letter, self.entry.detail):
            self._way = 0
        if step.entry.what != self.entry.what:
            self.marked, self.elsewhere = 0, []
        self.entry, self.field, self.note = step.entry, step.field, step.note
        self.written = self.doubted = ""
        if is_new:
            self._reveal()
        if self.entry.hit is None and len(self.entry.what) > 2 and not self.hits:
            self._soon.start()
        self.changed.emit()

    def say(self, note: str) -> None:
        """A sentence on what stands in the way."""
        self.note = note
        self.changed.emit()

    def _reveal(self) -> None:
        """Board, map and timeline show whom the call is about."""
        hit = self.entry.hit
        if isinstance(hit, OrderHit) and hit.stop in self.desk.day.stops:
            self.desk.select((hit.stop,), hit.stop, self)
            self.desk.reveal.emit(int(hit.stop))
        elif isinstance(hit, RouteHit):
            self.desk.select((), None, self, hit.route)

    # -- what it means -------------------------------------------------------------------------------

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Whom the number can mean, while that is not clear."""
        return () if self.entry.hit is not None else lookup.find(self.desk.day, self.entry.what)

    @property
    def choices(self) -> tuple[Hit, ...]:
        hits = self.hits
        return hits[:MOST_CHOICES] if len(hits) > 1 else ()

    def read(self, entry: Entry) -> Reading:
        day = self.desk.day
        if day.date > self._today():
            return Reading(problem=_tr("This day has not begun: nothing can have happened yet."))
        return phone.read(entry, day, self.desk.now)

    @property
    def ways(self) -> tuple[Proposal, ...]:
        """What can be done next, the usual first and leaving it open last; none where nothing is left to do."""
        hit, reading, day = self.entry.hit, self.read(self.entry), self.desk.day
        if not isinstance(hit, OrderHit) or not reading.ready or reading.letter is None:
            return ()
        order = phone.order_of(day, self.entry)
        kind, today = reading.letter.kind, self._today()
        usual = self.desk.usuals
        found = proposals.propose(day, hit.stop, kind, reading.reason, order=order, usual=usual, today=today)
        if found.step is None:
            return ()
        later = Proposal(_tr("Decide later: it waits among the incidents."), "", None, hit.stop, order)
        return (*found.choices, later)

    @property
    def way(self) -> Proposal | None:
        """The one that Enter accepts."""
        ways = self.ways
        return ways[self._way % len(ways)] if ways else None

    @property
    def doubt(self) -> str:
        """Why the entry can hardly be right, in a sentence; it can be written all the same."""
        hit, reading = self.entry.hit, self.read(self.entry)
        if not isinstance(hit, OrderHit) or not reading.ready or reading.letter is None or reading.at is None:
            return ""
        session, kind = self.desk.session, reading.letter.kind
        return statuses.doubt(session, hit.stop, kind, reading.at, self.desk.now) or ""

    def _today(self) -> dt.date:
        return self.desk.clock().astimezone(ZoneInfo(self.desk.day.depot.timezone)).date()

    # -- writing -------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Choose, go on, or write: whatever is next. A second Enter after something was written does nothing."""
        if self.entry.blank and self.written:
            return
        if self.entry.hit is None:
            self._enter_what()
            return
        reading = self.read(self.entry)
        if reading.ready:
            self._write(reading)
        elif reading.problem:
            self.say(reading.problem)
        else:
            self.field = Field(reading.missing)
            self.changed.emit()

    def _enter_what(self) -> None:
        """The marked one; the day on which the number stands; else what is missing."""
        if self.choices:
            self.choose(self.marked)
        elif self.elsewhere:
            first = self.elsewhere[0]
            self._coming = replace(self.entry, date=first.date, what=first.reference)
            self.entry = Entry(self.desk.day.date)
            self._services.go_to(first.date)
        else:
            self.say(flow.missing(self.desk.day, self.entry))

    def _write(self, reading: Reading) -> None:
        entry, day, way, doubt = self.entry, self.desk.day, self.way, self.doubt
        was = phone.correction(day, entry)
        said = self.desk.said()._replace(who=self._services.who())
        try:
            fact = phone.write(self.desk.session, entry, said, self, comes_later=words.comes_later(way))
        except UserError as error:
            self.say(error.message)
            return
        if way is not None and way.step is not None:
            done = self.desk.do(proposals.accept, self.desk.session, way, self, said)
            way = way if done else None  # else it was said why; the fact waits among the incidents
        if fact.kind is phone.FactKind.BROKEN_DOWN and "wizard.breakdown" in self.desk.actions:
            self.desk.select((), None, self, fact.route)
            self.desk.actions["wizard.breakdown"].run()
        written = words.written(self.desk, entry, fact, was, way, short=bool(doubt))
        self._clear()
        self.written, self.doubted = written, words.takes_back(entry, doubt)
        self.changed.emit()

    # -- what happens meanwhile ----------------------------------------------------------------------

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if before.date != after.date or before.depot.id != after.depot.id:
            coming, self._coming = self._coming, None
            self.put_aside(before)
            if coming is not None and coming.date == after.date:
                self._resume(coming)
                return
        elif initiator is self or not self.is_open:
            return
        elif isinstance(self.entry.hit, OrderHit) and self.entry.hit.order not in after.orders:
            self.entry = replace(self.entry, hit=None)
        self.changed.emit()

    def _seek(self) -> None:
        """An order of another day may have this number."""
        store, depot, what = self._services.store, self.desk.day.depot.id, self.entry.what
        if store is None or self.entry.hit is not None or not what:
            return
        found = store.submit(lambda: lookup.elsewhere(store, depot, what))

        def show(orders: list[lookup.Found]) -> None:
            if what == self.entry.what and self.entry.hit is None:
                self.elsewhere = [one for one in orders if one.date != self.desk.day.date]
                self.changed.emit()

        self._later.when(found, show, lambda _: None)
