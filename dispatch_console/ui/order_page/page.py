"""The page of one order in the window's stack."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.formulas import harmless
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.proofs import Proof, ProofId
from dispatch_console.services.lookup import Store
from dispatch_console.services.order_history import history
from dispatch_console.services.order_history.values import OrderHistory
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.models import words
from dispatch_console.ui.order_page.model import as_text, rows_of, tip_of, words_of
from dispatch_console.ui.order_page.now import NowBand
from dispatch_console.ui.order_page.pictures import OnePicture, Pictures, name_of
from dispatch_console.ui.order_page.side import NARROW, WIDTH, Side
from dispatch_console.ui.order_page.timeline import HistoryList
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, Line, PageHead
from dispatch_console.ui.widgets.arranging import beside, either, pile
from dispatch_console.ui.widgets.grouped import GroupedModel
from dispatch_console.ui.widgets.own_page import OwnPage

log = logging.getLogger(__name__)

#: Several changes in a row are read once.
_SOON_MS = 150


class OrderPage(OwnPage):
    """`opened`: the page wants to be shown · `closed`: back to the day · `day_wanted(date, stop)`: show the order
    there · `edit_wanted(date, stop)`: and its form. What is shown is read on the database's thread.
    """

    opened = Signal()
    closed = Signal()
    day_wanted = Signal(object, int)
    edit_wanted = Signal(object, int)

    def __init__(self, desk: Desk, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._later = Later(self)
        self._asked: OrderId | None = None
        self.seen: OrderHistory | None = None
        self.pictures = Pictures(store, self)
        self.head = PageHead(self.tr("Order"))
        self.copy = Button(self.tr("Copy as text"), "ph.copy", size=32, key="Ctrl+C")
        self.edit = Button(self.tr("Edit"), "ph.pencil-simple", size=32, key="Ctrl+E")
        self.show_on_day = Button(self.tr("Show on the day"), "ph.arrow-square-out", size=32, key="↵")
        for tool in (self.copy, self.edit, self.show_on_day):
            self.head.add_tool(tool)
        self.band = NowBand()
        self.rows = GroupedModel(words_of, tip_of, self)
        self.list = HistoryList(self.rows)
        self.side = Side()
        self.empty = EmptyState(
            "ph.package",
            self.tr("No order is open"),
            self.tr("Select a stop and press H, or find an order of any day with Ctrl+K."),
        )
        self.picture = OnePicture(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self._lay_out()
        self._connect()
        self._show(None)

    def open_order(self, order: OrderId) -> None:
        """Show the page with this order, whichever of its days it is named by."""
        self._asked = order
        self.opened.emit()
        self._ask()

    def close_page(self) -> None:
        """Ask the store for nothing more: it is closed next."""
        self._soon.stop()
        self._asked = None
        self.pictures.close()

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.picture.isVisible():
            return None
        if key == Qt.Key.Key_Escape:
            return self.closed.emit
        if control and key == Qt.Key.Key_C:
            return self.copy_text
        if control and key == Qt.Key.Key_E:
            return self._edit
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            return self._enter
        return None

    def copy_text(self) -> None:
        """All of the history as text, for a mail."""
        if self.seen is not None:
            QGuiApplication.clipboard().setText(harmless(as_text(self.seen)))
            self._desk.message.emit(self.tr("The history is on the clipboard."), "info")

    # -- inside --------------------------------------------------------------------------------------

    def _ask(self) -> None:
        order, store, live = self._asked, self._store, self._desk.day
        if order is None:
            return
        answer = store.submit(lambda: history.load(store, order, live))
        self._later.when(answer, lambda seen: self._on_seen(order, seen), self._on_trouble)

    def _on_seen(self, order: OrderId, seen: OrderHistory | None) -> None:
        """An answer to a question that nobody asks any more is dropped."""
        if order != self._asked:
            return
        if seen is None:
            self._desk.message.emit(self.tr("This order is not in the store any more."), "error")
        self._show(seen)

    def _on_trouble(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._desk.message.emit(error.message, "error")
            return
        log.error("the history of an order could not be read", exc_info=error)
        self._desk.message.emit(self.tr("The history could not be read. See the log."), "error")

    def _show(self, seen: OrderHistory | None) -> None:
        another = seen is None or self.seen is None or seen.order.identity != self.seen.order.identity
        self.seen = seen
        self._body.setCurrentWidget(self.empty if seen is None else self._filled)
        reason = self.tr("No order is open.") if seen is None else None
        for tool in (self.copy, self.edit, self.show_on_day):
            tool.set_why_not(reason)
        if seen is None:
            self.head.set_title(self.tr("Order"))
            self.head.set_note("")
            return
        order = seen.order
        self.head.set_title(f"{order.reference} · {words.listed_name(order.recipient)}")
        self.head.set_note(order.address.one_line)
        self.band.show_standing(seen.standing, order)
        self.rows.show(rows_of(seen))
        if another:
            self.list.choose_last()
        self.side.show_history(seen)
        for proof in seen.proofs:
            self.pictures.ask(proof)

    def _lay_out(self) -> None:
        below, self._filled = QWidget(), QWidget()
        beside(below, self.list, Line(upright=True), self.side, grows=self.list)
        pile(self._filled, self.band, below, grows=below)
        self._body = either(self._filled, self.empty)
        pile(self, self.head, self._body, grows=self._body)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.head.back.connect(self.closed)
        self.copy.clicked.connect(self.copy_text)
        self.edit.clicked.connect(self._edit)
        self.show_on_day.clicked.connect(self._show_on_day)
        self.list.opened.connect(self._open_proof)
        self.side.opened.connect(self._open_proof)
        self.pictures.drawn.connect(self._on_drawn)
        self.pictures.whole.connect(self._on_whole)
        self.picture.closed.connect(self.list.setFocus)
        self._desk.day_changed.connect(self._on_day)
        self._desk.now_changed.connect(self._on_now)
        self._desk.theme_changed.connect(self.update)

    def _enter(self) -> None:
        """A proof is opened by Enter; on all other lines it shows the order on its day."""
        entry = self.rows.entry(self.list.currentIndex().row())
        if entry is not None and entry.proof is not None:
            self._open_proof(entry.proof)
        else:
            self._show_on_day()

    def _show_on_day(self) -> None:
        if self.seen is not None:
            self.day_wanted.emit(self.seen.date, int(self.seen.stop))

    def _edit(self) -> None:
        if self.seen is not None:
            self.edit_wanted.emit(self.seen.date, int(self.seen.stop))

    def _open_proof(self, proof: Proof) -> None:
        self.picture.open(proof, " · ".join(part for part in (name_of(proof), proof.note) if part))
        self.pictures.ask_whole(proof)

    def _on_drawn(self, id: int, image: QImage) -> None:
        self.side.show_picture(ProofId(id), image)

    def _on_whole(self, id: int, image: QImage) -> None:
        if self.picture.proof is not None and self.picture.proof.id == id:
            self.picture.show_image(image)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        self._on_now()

    def _on_now(self) -> None:
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.seen is not None:
            self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(NARROW if self.width() < 1500 else WIDTH)
        self.picture.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))
