"""The panel that holds the form: whose order it is, finding the customer, saving, leaving."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address, DriverId, Order, OrderId
from dispatch_console.services import order_fields, orders
from dispatch_console.services.orders import Known, Numbers, Store
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.order_form import actions
from dispatch_console.ui.order_form.customer_search import CustomerSearch
from dispatch_console.ui.order_form.parts import ADDRESS, OrderFields
from dispatch_console.ui.order_form.place_line import PlaceLine
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, IconButton, PaneHead, Text
from dispatch_console.ui.widgets.arranging import pile, scrolling_form

log = logging.getLogger(__name__)

WIDTH = 380


class OrderForm(QWidget):
    """A panel at the right of `parent`, over what lies there; the work behind it goes on.

    `open_new` and `open_order` show it, Esc and `closed` leave it. Everything it does is one step of the history.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._later = Later(self)
        self._base: Order | None = None
        self._shown: dict[str, str] = {}
        self._names: dict[DriverId, str] = {}
        self._numbers: Future[Numbers] | None = None
        self._saving = self._touched = self._warned = False
        self._remembered: tuple[Address, Known | None] | None = None
        self.setObjectName("order_form")
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click on a button must not send the focus elsewhere
        self._build()
        self._lay_out()
        actions.register(desk, self)
        self.hide()
        if parent is not None:
            parent.installEventFilter(self)
        desk.theme_changed.connect(self.update)

    def _build(self) -> None:
        self.head = PaneHead("")
        self.close_button = IconButton("ph.x", self.tr("Close (Esc)"))
        self.close_button.clicked.connect(self.leave)
        self.head.add_tool(self.close_button)
        self.search = CustomerSearch(self._store, lambda: self._desk.day.depot.id, self._sorry)
        self.search.recalled.connect(self._take_customer)
        self.search.nobody.connect(self._take_typed)
        self.search.typed.connect(self._on_typed)
        self.fields = OrderFields()
        self.fields.left.connect(self._on_left)
        self.fields.typed.connect(self._on_typed)
        self.place = PlaceLine()
        self.fields.place.addWidget(self.place)
        self.save_button = Button(self.tr("Save"), kind="primary", size=32, key="Ctrl+↵")
        self.save_button.clicked.connect(self.save)
        self.cancel_button = Button(self.tr("Cancel"), size=32, key="Esc")
        self.cancel_button.clicked.connect(self.leave)
        self.remove_button = Button(self.tr("Remove"), "ph.trash", kind="quiet", size=32)
        self.remove_button.clicked.connect(self.remove)
        self.warning = Text("", "secondary", "amb")
        self.warning.setWordWrap(True)
        self.warning.setContentsMargins(12, 6, 12, 0)
        self.warning.hide()

    def _lay_out(self) -> None:
        inside = QWidget()
        pile(inside, self.search, self.fields, grows=self.fields)
        scroll = scrolling_form(inside)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.warning)
        whole.addLayout(foot)

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
            self._warn(self.tr("What you typed is not saved. Esc again drops it, Ctrl+Enter saves it."))
            return
        self._close()

    def _close(self) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget() or QWidget())
        self.hide()
        self._base = None
        if had_focus and (parent := self.parentWidget()) is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _show(self, order: Order, *, is_new: bool) -> None:
        self._base, self._remembered = order, None
        self._names |= {shift.driver.id: shift.driver.name for shift in self._desk.day.shifts.values()}
        self._shown = order_fields.texts_of(order, self._names)
        self._touched = self._warned = self._saving = False
        self.head.set_title(self.tr("New order") if is_new else self.tr("Order {ref}").format(ref=order.reference))
        self.head.set_count("" if is_new else order.recipient)
        self.search.begin()
        self.search.setVisible(is_new)
        self.remove_button.setVisible(not is_new)
        self.fields.show_order(order, self._names)
        self.place.show_place(order.place_quality if order.place else None, known=True)
        self._clear_problems()
        self._warn("")
        self.save_button.set_why_not(None)
        self._touched = False
        needs = is_new or orders.shares_stop(self._desk.day, order)
        self._numbers = self._store.submit(lambda: orders.reserve(self._store)) if needs else None
        names = self._store.submit(lambda: orders.driver_names(self._store, self._desk.day.depot.id))
        self._later.when(names, self._know, self._sorry)
        self._place_at_edge()
        self.show()
        self.raise_()
        self.opened.emit()

    def _know(self, names: dict[DriverId, str]) -> None:
        """Names of drivers who are not there today are known a moment later; what was typed meanwhile stays."""
        self._names |= names
        if self._base is None:
            return
        shown = order_fields.texts_of(self._base, self._names)
        for name in ("not_drivers", "known_by"):
            if self.fields.boxes[name].text == self._shown[name]:
                self.fields.boxes[name].set_text(shown[name])
            self._shown[name] = shown[name]

    @property
    def is_new(self) -> bool:
        return self._base is not None and not self._base.id

    def _home(self) -> Address:
        return Address(country=self._desk.day.depot.country)

    # --- the customer ---

    def _take_customer(self, earlier: Order) -> None:
        """Who and where, as last time; what and when are the caller's to say."""
        if self._base is None or not self.is_new:
            return
        self._base = replace(
            self._base,
            name=earlier.name,
            company=earlier.company,
            phone=earlier.phone,
            email=earlier.email,
            address=earlier.address,
            place=earlier.place,
            place_quality=earlier.place_quality,
            service_s=earlier.service_s,
            notes=earlier.notes,
            parking_s=earlier.parking_s,
            zone=earlier.zone,
            not_drivers=earlier.not_drivers,
            known_by=earlier.known_by,
        )
        kept = {**order_fields.texts_of(self._base, self._names), "reference": self.fields.boxes["reference"].text}
        for name in ("windows", "kg", "m3", "pieces", "cod", "skills", "release", "late", "goods"):
            kept[name] = self.fields.boxes[name].text
        for name, text in kept.items():
            self.fields.boxes[name].set_text(text)
        self._shown = order_fields.texts_of(self._base, self._names)
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
        reading = order_fields.read(texts, base, self._desk.day.depot, self._names)
        kind, priority = self.fields.chosen()
        return order_fields.Reading(replace(reading.order, kind=kind, priority=priority), reading.problems)

    def _on_typed(self) -> None:
        self._touched, self._warned = True, False
        self._warn("")

    def _on_left(self, name: str) -> None:
        if self._base is None or not self.isVisible():
            return
        reading = self._reading(self._base)
        changed = self.fields.boxes[name].text != self._shown[name]
        problem = reading.problems.get(name) if changed else None
        box = self.fields.boxes[name]
        box.show_problem(*problem) if problem else box.show_problem()
        if name in ADDRESS and changed:
            self._look_up(reading.order)

    def _look_up(self, order: Order) -> None:
        """Say whether this address has had a place before."""
        if order.place is not None or (self._remembered is not None and self._remembered[0] == order.address):
            return
        day = self._desk.day
        found = self._store.submit(lambda: orders.known_place(self._store, order.address, day))

        def show(known: Known | None) -> None:
            self._remembered = (order.address, known)
            self.place.show_place(known.quality if known else None, known=known is not None)

        self._later.when(found, show, self._sorry)

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
            self._warn("")
            first = next(name for name in self.fields.boxes if name in reading.problems)
            self.fields.boxes[first].focus()
            return
        self._saving = True
        self.save_button.set_why_not(self.tr("It is being saved."))
        order = reading.order
        day = self._desk.day
        place = self._store.submit(lambda: orders.known_place(self._store, order.address, day))
        self._later.when(place, lambda found: self._with_numbers(order, found), self._not_saved)

    def _current(self) -> Order | None:
        """The order as it is now, which others may have changed since the form opened."""
        if self._base is None or self.is_new:
            return self._base
        now = self._desk.day.orders.get(self._base.id)
        if now is None:
            self._warn(self.tr("This order was removed in the meantime. Esc closes the form."))
            self._warned = True
        return now

    def _with_numbers(self, order: Order, known: Known | None) -> None:
        if order.place is None and known is not None:
            order = replace(order, place=known.place, place_quality=known.quality)
        if self._numbers is None:
            self._apply(order, None)
        else:
            self._later.when(self._numbers, lambda numbers: self._apply(order, numbers), self._not_saved)

    def _apply(self, order: Order, numbers: Numbers | None) -> None:
        session = self._desk.session
        try:
            if order.id or numbers is None:
                made = orders.edit(session, order, numbers, self)
            else:
                made = orders.add(session, order, numbers, self)
        except UserError as error:
            self._not_saved(error)
            return
        self._touched = False
        self._close()
        self._desk.select((made.stop,), made.stop, self)
        self._desk.reveal.emit(int(made.stop))
        waits = "" if made.place else self.tr(" It waits in the pool for its pin.")
        self._desk.message.emit(self.tr("Order {ref} is saved.").format(ref=made.reference) + waits, "info")

    def _not_saved(self, error: BaseException) -> None:
        self._saving = False
        self.save_button.set_why_not(None)
        self._sorry(error)

    def remove(self) -> None:
        """Take the order out of the day. Undo brings it back."""
        base = self._base
        if base is not None and base.id and self._desk.do(orders.remove, self._desk.session, base.id, self):
            self._desk.message.emit(
                self.tr("Order {ref} is removed. Ctrl+Z brings it back.").format(ref=base.reference), "info"
            )
            self._close()

    def remove_current(self) -> None:
        """Take the order that the window's selection is about out of the day."""
        stop = self._desk.current
        if stop is not None and stop in self._desk.day.stops:
            self._desk.do(orders.remove, self._desk.session, self._desk.day.stops[stop].order.id, self)

    def _sorry(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._warn(error.message)
            return
        log.error("the order form failed", exc_info=error)
        self._warn(self.tr("That went wrong inside the program; nothing was changed. See the log."))

    def _warn(self, text: str) -> None:
        self.warning.setText(text)
        self.warning.setVisible(bool(text))

    # --- keys, place, paint ---

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus, whatever the window uses them for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _mine(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif _mine(event):
            self.save()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place_at_edge()
        return super().eventFilter(watched, event)

    def _place_at_edge(self) -> None:
        """Over the right edge of the parent, unless its layout has a place for the form."""
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if parent is not None and (layout is None or layout.indexOf(self) < 0):
            self.setGeometry(parent.width() - WIDTH, 0, WIDTH, parent.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, 1, self.height(), look.colour("line"))


def _mine(event: QKeyEvent) -> bool:
    """Ctrl+Enter, and Esc."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() == Qt.Key.Key_Escape or (
        enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )
