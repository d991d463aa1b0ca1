"""The form of an order: whose order it is, finding the customer, saving, leaving."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address, DriverId, Order, OrderId, OrderKind
from dispatch_console.services import order_fields, orders
from dispatch_console.services.order_places import Answer
from dispatch_console.services.orders import Known, Numbers, Store
from dispatch_console.services.unfinished import TypedOrder
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.order_form import actions
from dispatch_console.ui.order_form.customer_search import CustomerSearch
from dispatch_console.ui.order_form.finding import Finding
from dispatch_console.ui.order_form.frame import FormFrame
from dispatch_console.ui.order_form.parts import ADDRESS, OrderFields
from dispatch_console.ui.order_form.place_line import PlaceLine
from dispatch_console.ui.widgets.arranging import pile, scrolling_form

log = logging.getLogger(__name__)


class OrderForm(FormFrame):
    """`open_new` and `open_order` show it, Esc leaves it (`closed`). All it does is one step of the history."""

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._later = Later(self)
        self.finding = Finding(desk, store)
        self._base: Order | None = None
        self._shown: dict[str, str] = {}
        self._names: dict[DriverId, str] = {}
        self._in_trouble: QWidget | None = None
        self._numbers: Future[Numbers] | None = None
        self._saving = self._touched = self._warned = False
        self._remembered: tuple[Address, Known | None] | None = None
        self.setObjectName("order_form")
        self._build()
        actions.register(desk, self)
        self.hide()
        desk.theme_changed.connect(self.update)

    def _build(self) -> None:
        self.leave_wanted.connect(self.leave)
        self.save_wanted.connect(self.save)
        self.remove_wanted.connect(self.remove)
        self.search = CustomerSearch(self._store, lambda: self._desk.day.depot.id, self._sorry)
        self.search.recalled.connect(self._take_customer)
        self.search.nobody.connect(self._take_typed)
        self.search.typed.connect(self._on_typed)
        self.fields = OrderFields()
        self.fields.left.connect(self._on_left)
        self.fields.typed.connect(self._on_typed)
        self.place = PlaceLine()
        self.fields.place.addWidget(self.place)
        inside = QWidget()
        pile(inside, self.search, self.fields, grows=self.fields)
        self._scroll = scrolling_form(inside)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_trouble)
        self.put_in(self._scroll)

    # --- opening and leaving ---

    def open_new(self) -> None:
        """An empty form for one more order; the cursor waits for the caller's number or name."""
        reference = orders.free_reference(self._desk.day)
        self._show(Order(reference, day=self._desk.day.date, address=self._home()), is_new=True)
        self.search.focus()

    def open_order(self, id: OrderId) -> None:
        """Show an order of the day to be changed."""
        order = self._desk.day.orders.get(id)
        if order is None:
            self._desk.message.emit(self.tr("This order is no longer part of this day."), "error")
            return
        self._show(order, is_new=False)
        self.fields.boxes["name"].focus()

    def edit_current(self) -> None:
        """Show the order that the window's selection is about."""
        stop = self._desk.current
        if stop is not None and stop in self._desk.day.stops:
            self.open_order(self._desk.day.stops[stop].order.id)

    def leave(self) -> None:
        """Close. What was typed and not saved is named once before it goes."""
        if self._touched and not self._warned:
            self._warned = True
            self.warn(self.tr("What you typed is not saved. Esc again drops it, Ctrl+Enter saves it."))
            return
        self._close()

    def _close(self) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget() or QWidget())
        self.hide()
        self._base = None
        if had_focus:
            self.give_back_focus()
        self.closed.emit()

    def _show(self, order: Order, *, is_new: bool) -> None:
        self._base, self._remembered = order, None
        self._names |= {shift.driver.id: shift.driver.name for shift in self._desk.day.shifts.values()}
        self._shown = self._texts_of(order)
        self._touched = self._warned = self._saving = False
        self.head.set_title(self.tr("New order") if is_new else self.tr("Order {ref}").format(ref=order.reference))
        self.head.set_count("" if is_new else order.recipient)
        self.search.begin()
        self.search.setVisible(is_new)
        self.remove_button.setVisible(not is_new)
        self.fields.show_order(order, self._shown)
        self.fields.rules.pickup.offer(self._others(order))
        self.place.show_place(order.place_quality if order.place else None, known=True)
        self._clear_problems()
        self.warn("")
        self.save_button.set_why_not(None)
        self._touched = False
        needs = is_new or orders.shares_stop(self._desk.day, order)
        self._numbers = self._store.submit(lambda: orders.reserve(self._store)) if needs else None
        names = self._store.submit(lambda: orders.driver_names(self._store, self._desk.day.depot.id))
        self._later.when(names, self._know, self._sorry)
        self.place_at_edge()
        self.show()
        self.raise_()
        self.opened.emit()

    def _know(self, names: dict[DriverId, str]) -> None:
        """Names of drivers who are not there today are known a moment later; what was typed meanwhile stays."""
        self._names |= names
        if self._base is None:
            return
        shown = self._texts_of(self._base)
        for name in ("not_drivers", "known_by"):
            if self.fields.boxes[name].text == self._shown[name]:
                self.fields.boxes[name].set_text(shown[name])
            self._shown[name] = shown[name]

    def _texts_of(self, order: Order) -> dict[str, str]:
        return order_fields.texts_of(order, self._names, self._desk.day.stops)

    def _others(self, order: Order) -> list[Order]:
        """At whose stops the goods of `order` may come on board."""
        stops = self._desk.day.stops
        others = (one for id, stop in stops.items() if id != order.stop and not stop.pickup for one in stop.orders)
        return [one for one in others if one.kind is not OrderKind.HANDOVER]

    @property
    def is_new(self) -> bool:
        return self._base is not None and not self._base.id

    def _home(self) -> Address:
        return Address(country=self._desk.day.depot.country)

    # --- what outlasts the program ---

    def typed(self) -> TypedOrder | None:
        """What is typed and not saved; None: nothing."""
        if self._base is None or not self._touched:
            return None
        texts = {name: text for name, text in self.fields.texts().items() if text != self._shown[name]}
        return TypedOrder(int(self._base.id), self._desk.day.date.isoformat(), texts, *self.fields.chosen())

    def take_up(self, typed: TypedOrder) -> None:
        """Show what was typed when the program ended, to be gone on with."""
        id = OrderId(typed.order)
        if id in self._desk.day.orders:
            self.open_order(id)
        else:
            self.open_new()
        self.fields.fill_in(typed.texts, typed.kind, typed.priority)
        self._touched = True

    # --- the customer ---

    def _take_customer(self, earlier: Order) -> None:
        """Who and where, as last time; what and when are the caller's to say."""
        if self._base is None or not self.is_new:
            return
        self._base = order_fields.as_last_time(self._base, earlier)
        kept = self._texts_of(self._base)
        for name in order_fields.SAID_ANEW:
            kept[name] = self.fields.boxes[name].text
        for name, text in kept.items():
            self.fields.boxes[name].set_text(text)
        self._shown = self._texts_of(self._base)
        self.place.show_place(earlier.place_quality if earlier.place else None, known=True)
        self._touched = True
        self.fields.boxes["windows"].focus()

    def _take_typed(self, text: str) -> None:
        """Nobody was found: what was typed goes where it belongs, and the form goes on."""
        is_phone = sum(c.isdigit() for c in text) >= 5 and not any(c.isalpha() for c in text)
        if text:
            self.fields.boxes["phone" if is_phone else "name"].set_text(text)
        self.fields.boxes["name" if is_phone else "phone"].focus()

    # --- reading what is typed ---

    def _reading(self, base: Order) -> order_fields.Reading:
        """What was typed since the form opened, on `base`: values that others changed meanwhile stay theirs."""
        texts = {name: text for name, text in self.fields.texts().items() if text != self._shown[name]}
        kind, priority = self.fields.chosen()
        base = replace(base, kind=kind, priority=priority)
        day = self._desk.day
        return order_fields.read(texts, base, day.depot, self._names, day.stops)

    def _on_typed(self) -> None:
        self._touched, self._warned = True, False
        self.warn("")

    def _on_left(self, name: str) -> None:
        if self._base is None or not self.isVisible():
            return
        reading = self._reading(self._base)
        changed = self.fields.boxes[name].text != self._shown[name]
        problem = reading.problems.get(name) if changed else None
        box = self.fields.boxes[name]
        box.show_problem(*problem) if problem else box.show_problem()
        self._in_trouble = box if problem else None
        if name in ADDRESS and changed:
            self._look_up(reading.order)

    def _show_trouble(self) -> None:
        """There is room now for a sentence below a field, and what it offers."""
        if self._in_trouble is not None:
            self._scroll.ensureWidgetVisible(self._in_trouble, 0, 8)

    def _look_up(self, order: Order) -> None:
        """Say where this address is, if it has had a place before or the region is certain of it."""
        if order.place is not None or (self._remembered is not None and self._remembered[0] == order.address):
            return

        def show(found: Answer) -> None:
            self._remembered = (order.address, found.known)
            quality = found.known.quality if found.known else None
            self.place.show_place(quality, known=False, places=found.places)
            if found.note:
                self._desk.message.emit(found.note, "error")

        self._later.when(self.finding.ask(order.address, online=True), show, self._sorry)

    def _clear_problems(self) -> None:
        for box in self.fields.boxes.values():
            box.show_problem()

    # --- saving ---

    def save(self) -> None:
        """Make the order so, as one step. What cannot be read is said beside its field, and nothing is saved."""
        base = self._current()
        if base is None or self._saving:
            return
        reading = self._reading(base)
        self._clear_problems()
        for name, problem in reading.problems.items():
            self.fields.boxes[name].show_problem(*problem)
        if reading.problems:
            self.warn("")
            first = next(name for name in self.fields.boxes if name in reading.problems)
            self.fields.boxes[first].focus()
            return
        self._saving = True
        self.save_button.set_why_not(self.tr("It is being saved."))
        order = reading.order
        asked, known = self._remembered or (None, None)
        if order.place is not None or (asked == order.address and known is not None):
            self._with_numbers(order, known)
            return
        place = self.finding.ask(order.address, online=False)
        self._later.when(place, lambda found: self._with_numbers(order, found.known), self._not_saved)

    def _current(self) -> Order | None:
        """The order as it is now, which others may have changed since the form opened."""
        if self._base is None or self.is_new:
            return self._base
        now = self._desk.day.orders.get(self._base.id)
        if now is None:
            self.warn(self.tr("This order was removed in the meantime. Esc closes the form."))
            self._warned = True
        return now

    def _with_numbers(self, order: Order, known: Known | None) -> None:
        if order.place is None and known is not None:
            order = replace(order, place=known.place, place_quality=known.quality)
        if self._numbers is None:
            self._with_times(order, None)
        else:
            self._later.when(self._numbers, lambda numbers: self._with_times(order, numbers), self._not_saved)

    def _with_times(self, order: Order, numbers: Numbers | None) -> None:
        places = () if order.place is None else (order.place,)
        self._desk.with_times(lambda: places, lambda: self._apply(order, numbers), self._not_saved)

    def _apply(self, order: Order, numbers: Numbers | None) -> None:
        session = self._desk.session
        if order.id or numbers is None:
            made = orders.edit(session, order, numbers, self)
        else:
            made = orders.add(session, order, numbers, self)
        self._touched = False
        self._close()
        self._desk.select((made.stop,), made.stop, self)
        self._desk.reveal.emit(int(made.stop))
        waits = "" if made.place else self.tr(" It waits in the pool for its place: Alt+P.")
        self._desk.message.emit(self.tr("Order {ref} is saved.").format(ref=made.reference) + waits, "info")

    def _not_saved(self, error: BaseException) -> None:
        self._saving = False
        self.save_button.set_why_not(None)
        self._sorry(error)

    def remove(self) -> None:
        """Take the order out of the day. Undo brings it back."""
        base = self._base
        if base is not None and base.id and self._take_out(base):
            self._close()

    def remove_current(self) -> None:
        """Take the order that the window's selection is about out of the day."""
        stop = self._desk.current
        if stop is not None and stop in self._desk.day.stops:
            self._take_out(self._desk.day.stops[stop].order)

    def _take_out(self, order: Order) -> bool:
        try:
            others = orders.remove(self._desk.session, order.id, self)
        except UserError as error:
            self._desk.sorry(error)
            return False
        told = self.tr("Order {ref} is removed. {others} Ctrl+Z brings all back.")
        if not others:
            told = self.tr("Order {ref} is removed. Ctrl+Z brings it back.")
        self._desk.message.emit(told.format(ref=order.reference, others=others), "info")
        return True

    def _sorry(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.warn(error.message)
            return
        log.error("the order form failed", exc_info=error)
        self.warn(self.tr("That went wrong inside the program; nothing was changed. See the log."))
