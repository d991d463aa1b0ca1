"""The queue of addresses that are not certain: one key takes a place, the next comes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import Order, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Hit
from dispatch_console.services import placing
from dispatch_console.services.places_queue import PlacesQueue, Unsure
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import MapPane
from dispatch_console.ui.places.list import HitList
from dispatch_console.ui.places.looking import Known, Looking, use
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, Field, IconButton, KeyCap, PaneHead, Text
from dispatch_console.ui.widgets.arranging import either, pile
from dispatch_console.ui.widgets.foot import PanelFoot

#: A text rests so long before it is looked up.
_TYPED_MS: Final = 120


class PlacesPanel(QWidget):
    """`shown(bool)`: it wants to be seen, or is done with. The map shows what it offers."""

    shown = Signal(bool)

    def __init__(self, desk: Desk, looking: Looking, map: MapPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._looking, self._map = desk, looking, map
        self.queue = PlacesQueue()
        self._stop: StopId | None = None
        self.is_open = False
        #: The addresses are being looked up: what they may mean is not known yet.
        self.is_looking = False
        self.head = PaneHead(self.tr("Places"))
        self._close = IconButton("ph.x", self.tr("Close (Esc)"))
        self.head.add_tool(self._close)
        self.title = Text("", "key", "tx")
        self.address = Text("", "data", "tx2")
        self.address.setWordWrap(True)
        self.typed = Field(self.tr("Look for another address"), "ph.magnifying-glass", "F2")
        self.list = HitList()
        self.nothing = EmptyState("ph.map-pin", self.tr("Nothing fits this address"), "")
        self.hits = either(self.list, self.nothing)
        self.later = Button(self.tr("Later"), key="Del")
        self.footer = _Footer(self.later)
        self.again = Button(self.tr("Once more"), size=32)
        self.done = EmptyState("ph.check-circle", "", "", [self.again])
        self.body = either(self._lay_out_one(), self.done)
        pile(self, self.head, self.body, grows=self.body)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_TYPED_MS)
        self._rest.timeout.connect(self._look_for_text)
        self._connect()

    def _lay_out_one(self) -> QWidget:
        order = QVBoxLayout()
        order.setContentsMargins(12, 10, 12, 10)
        order.setSpacing(6)
        for part in (self.title, self.address, self.typed):
            order.addWidget(part)
        whole = QWidget()
        pile(whole, order, self.hits, self.footer, grows=self.hits)
        return whole

    def _connect(self) -> None:
        self._desk.day_changed.connect(self._on_day)
        self._desk.region_changed.connect(self._on_region)
        self._desk.theme_changed.connect(self.list.viewport().update)
        self._close.clicked.connect(self.leave)
        self.later.clicked.connect(self.put_off)
        self.again.clicked.connect(self._take_up)
        self.list.taken.connect(self.take)
        self.list.looked.connect(self._on_looked)
        self.list.put_off.connect(self.put_off)
        self.list.edit_wanted.connect(self._edit)
        self.typed.textEdited.connect(self._on_typed)
        self.typed.returnPressed.connect(self._to_list)

    # -- opening, leaving ----------------------------------------------------------------------------

    def open(self) -> None:
        """Begin with the stop in talk, if it has no place, else with the first that has none."""
        self.is_open = self.is_looking = True
        self.queue.begin(self._desk.day)
        self.shown.emit(True)
        current = self._desk.current
        self._show(self.queue.of(current) if current is not None else None)
        self._looking.look_up(self._on_known)

    def leave(self) -> None:
        """What is left waits in the pool."""
        self.is_open = False
        self._stop = None
        self._rest.stop()
        self._clear_map()
        self.shown.emit(False)

    def _clear_map(self) -> None:
        view = self._map.view
        view.stop_asking()
        view.offer_places((), 0, None)
        view.look_at("all")

    # -- one address ---------------------------------------------------------------------------------

    def take(self, row: int) -> None:
        """The address is at this find: from now on its pin."""
        if self._stop is not None and row < len(self.list.hits.hits):
            stop, hit, session = self._stop, self.list.hits.hits[row], self._desk.session
            self._with_times(hit.place, lambda: placing.accept(session, stop, hit, self))

    def _with_times(self, place: Place, act: Callable[[], object]) -> None:
        """A second Enter while the roads are asked is one too many."""
        if not self._desk.timed.waiting:
            self._desk.with_times(lambda: (place,), act)

    def put_off(self) -> None:
        """It stays without a place; the next one comes."""
        if self._stop is not None:
            self.queue.put_off(self._stop)
            self._show(None)

    def _take_up(self) -> None:
        if not self.queue.counts.later:
            self.leave()
            return
        self.queue.take_up()
        self._show(None)

    def _show(self, one: Unsure | None) -> None:
        """One that waits; None: the one that follows."""
        one = one or self.queue.after(self._stop)
        self._looking.forget_text()
        self._rest.stop()
        if one is None:
            self._show_end()
            return
        self._stop = one.stop
        order = self._desk.day.stops[one.stop].order
        self._desk.select([one.stop], one.stop, self)
        self.title.setText(_title(order, len(self._desk.day.stops[one.stop].orders)))
        self.address.setText(order.address.one_line or self.tr("The order has no address."))
        self.typed.setText(order.address.one_line)
        self.body.setCurrentIndex(0)
        self._count()
        self._offer(one.hits)
        self._ask_place(order)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_end(self) -> None:
        self._stop = None
        self._clear_map()
        counts = self.queue.counts
        self.head.set_count("")
        title = self.tr("Every order has its place") if not counts.later else self.tr("That was the last one")
        parts = [self.tr("{n} placed").format(n=counts.placed)] if counts.placed else []
        parts += [self.tr("{n} left for later").format(n=counts.later)] if counts.later else []
        self.done.set_text(title, saying.listed(parts) + "." if parts else "")
        self.again.set_label(self.tr("Those left for later") if counts.later else self.tr("Close"))
        self.body.setCurrentWidget(self.done)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        counts = self.queue.counts
        n = min(counts.placed + counts.later + 1, counts.all)
        self.head.set_count(self.tr("{n} of {all}").format(n=n, all=counts.all))

    # -- what it may be ------------------------------------------------------------------------------

    def _offer(self, hits: Sequence[Hit]) -> None:
        view = self._map.view
        self.list.show_hits(hits)
        self.hits.setCurrentWidget(self.list if hits else self.nothing)
        self.footer.show_takes(bool(hits))
        self.nothing.set_text(*self._no_hits())
        view.offer_places([hit.place for hit in hits], 0, self.take)
        if not hits and self._stop is not None:
            view.look_near(self._desk.day.stops[self._stop].order.address.city)

    def _no_hits(self) -> tuple[str, str]:
        """Why there are none, and what to do."""
        if not self._desk.finder.knows:
            add = self.tr("Click the place on the map. A region pack (Settings → Region) would find addresses.")
            return self.tr("No addresses to look in"), add
        if self.is_looking:
            return self.tr("Looking it up …"), ""
        return self.tr("Nothing fits this address"), self.tr(
            "Correct it above (F2), or click the place on the map."
        )

    def _on_looked(self, row: int) -> None:
        places = [hit.place for hit in self.list.hits.hits]
        self._map.view.offer_places(places, row, self.take, look=False)

    def _ask_place(self, order: Order) -> None:
        text = self.tr("Click the place of {0}, or drag a pin there  (Esc ends)").format(order.reference)
        self._map.view.ask_place(text, self._on_place)

    def _on_place(self, place: Place | None) -> None:
        """A click on the map or a pin let go there; None: Esc."""
        if place is None or self._stop is None:
            self.leave()
            return
        stop, session = self._stop, self._desk.session
        self._with_times(place, lambda: placing.set_pin(session, stop, place, self))

    # -- typing --------------------------------------------------------------------------------------

    def _edit(self) -> None:
        self.typed.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.typed.end(False)

    def _on_typed(self, _text: str) -> None:
        self._rest.start()

    def _look_for_text(self) -> None:
        self._looking.look_for(self.typed.text(), self._offer)

    def _to_list(self) -> None:
        """Enter in the field: to what was found, where Enter takes it."""
        if self._rest.isActive() or self._desk.online is not None:
            self._rest.stop()
            self._looking.look_for(self.typed.text(), self._offer, online=True)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the day goes on -----------------------------------------------------------------------------

    def _on_known(self, known: Known) -> None:
        """Certain ones need nobody; the others stay in the queue with what they may be."""
        self.is_looking = False
        if not self.is_open:
            return
        self.queue.learn(known.found)
        use(self._desk, known, self)
        if known.found.note:
            self._desk.message.emit(known.found.note, "error")
        asked = self.queue.of(self._stop) if self._stop is not None else None
        if asked is None or not self.typed.isModified():  # else somebody corrects it already
            self._show(asked)

    def _on_region(self) -> None:
        if self.is_open:
            self.is_looking = True
            self._looking.look_up(self._on_known)

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if not self.is_open:
            return
        if before.date != after.date or before.depot.id != after.depot.id:
            self.leave()
            return
        if before.stops is after.stops:
            return
        back = self.queue.follow(after)
        if back:
            self._show(self.queue.of(min(back)))
        elif self._stop is None or self.queue.of(self._stop) is None:
            self._show(None)
        else:
            self._count()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


class _Footer(PanelFoot):
    """Which key does what."""

    def __init__(self, later: Button) -> None:
        super().__init__()
        self._keys = KeyCap("Enter"), KeyCap("1–8")
        self._note = Text("", "secondary", "tx3")
        self.stand(*self._keys, self._note, right=later)

    def show_takes(self, any: bool) -> None:
        for key in self._keys:
            key.setVisible(any)
        self._note.setText(self.tr("takes the place") if any else self.tr("Click the place on the map"))


def _title(order: Order, count: int) -> str:
    """`4107 · Quarry Dairy`, and how many orders it stands for."""
    named = " · ".join(part for part in (order.reference, order.recipient) if part)
    return f"{named} (+{count - 1})" if count > 1 else named
