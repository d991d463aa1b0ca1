"""The proofs of the sheet on the table: what there is, whose it is, what comes in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.services import proofs
from dispatch_console.services.proofs import Proof, ProofId, ProofKind
from dispatch_console.ui.debrief.attaching import Attached, Attaching, How, Wish
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.debrief.tiles import TILE, DropHere, Tile
from dispatch_console.ui.later import Later
from dispatch_console.ui.widgets import Field, PaneHead, Text

_COLUMNS = 3


class ProofsBox(QWidget):
    """Signals: `listed(proofs)` what the route has · `browse()` files are wanted · `looked(proof)` one is to be
    shown large · `grown()` there is one more tile than before.
    """

    listed = Signal(object)
    browse = Signal()
    looked = Signal(object)
    grown = Signal()

    def __init__(self, state: SheetState, attaching: Attaching) -> None:
        super().__init__()
        self._state, self._attaching = state, attaching
        self._later = Later(self)
        self.proofs: list[Proof] = []
        self._how: dict[ProofId, How] = {}
        self._images: dict[ProofId, QImage] = {}
        self.tiles: list[Tile] = []
        self.head = PaneHead(self.tr("Proof"))
        self._count = Text("", "data", "tx3")
        self.head.add_tool(self._count)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(12, 8, 12, 0)
        self._grid.setSpacing(8)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.code = Field(self.tr("One-time code of the order in talk"), "ph.password", size=28)
        self.code.hide()
        self.code.returnPressed.connect(self._on_code)
        self._drop = DropHere()
        self._drop.clicked.connect(self.browse)
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 8, 12, 8)
        holder.setSpacing(8)
        holder.addWidget(self.code)
        holder.addWidget(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self._grid)
        column.addLayout(holder)
        state.opened.connect(self.reload)
        attaching.attached.connect(self._on_attached)
        attaching.refused.connect(self._on_refused)
        attaching.drawn.connect(self._on_drawn)

    def reload(self) -> None:
        """Ask the store for what this route has."""
        route, day = self._state.route, self._state.day
        if route is None:
            self._show([])
            return
        asked = proofs.of_route(self._attaching.store, day, route)
        self._later.when(
            asked, lambda found: self._show(found) if route == self._state.route else None, self._sorry
        )

    @property
    def all_drawn(self) -> bool:
        return all(proof.id in self._images for proof in self.proofs if proof.kind is not ProofKind.CODE)

    def wish(self) -> Wish | None:
        """What dropped files are for; None: there is no sheet on the table."""
        state = self._state
        if state.route is None:
            return None
        return Wish(state.day, state.route, state.order, state.desk.who())

    def ask_code(self) -> None:
        """A field for the one-time code that the customer of the order in talk gave."""
        if self._state.row is None:
            self._state.desk.message.emit(self.tr("Choose the stop first: type its number."), "info")
            return
        self.code.setVisible(True)
        self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_code(self) -> None:
        row, state = self._state.row, self._state
        if row is None or state.route is None:
            return
        route, text = state.route, self.code.text()

        def add() -> None:
            kept = proofs.add_code(self._attaching.store, state.day, route, row.order.id, text, state.desk.who())
            self._later.when(kept, lambda _: self.reload(), self._sorry)
            self.code.clear()
            self.code.hide()

        state.desk.do(add)

    def _show(self, found: list[Proof]) -> None:
        self.proofs = found
        while len(self.tiles) < len(found):
            tile = Tile()
            tile.asked.connect(self._on_asked)
            tile.looked.connect(self.looked)
            at = len(self.tiles)
            self.tiles.append(tile)
            self._grid.addWidget(tile, at // _COLUMNS, at % _COLUMNS)
            self.grown.emit()
        for i, tile in enumerate(self.tiles):
            tile.setVisible(i < len(found))
            if i < len(found):
                tile.show_proof(found[i], self.name(found[i]), self._images.get(found[i].id))
                if found[i].kind is not ProofKind.CODE and found[i].id not in self._images:
                    self._attaching.draw(found[i], TILE)
        n = len(found)
        by_code = n and all(self._how.get(proof.id) is How.BARCODE for proof in found)
        count = self.tr("1 proof") if n == 1 else self.tr("{n} proofs").format(n=n) if n else ""
        self._count.setText(count + (self.tr(", matched by barcode") if by_code else ""))
        self.listed.emit(found)

    def beside(self, proof: Proof, by: int) -> Proof:
        """The one `by` further on, round the corner; itself if it is gone."""
        ids = [one.id for one in self.proofs]
        return self.proofs[(ids.index(proof.id) + by) % len(ids)] if proof.id in ids else proof

    def note(self, proof: Proof) -> str:
        """`2 of 3 · IMG_1.jpg · Mara, Mon 23 Nov, 14:31`."""
        ids = [one.id for one in self.proofs]
        which = self.tr("{i} of {n}").format(i=ids.index(proof.id) + 1, n=len(ids)) if proof.id in ids else ""
        depot = ZoneInfo(self._state.day.depot.timezone)
        at = proof.at.astimezone(depot) if proof.at is not None else None
        when = f"{saying.date(at.date())}, {at:%H:%M}" if at is not None else ""
        return " · ".join(part for part in (which, proof.name, ", ".join(filter(None, (proof.who, when)))) if part)

    def name(self, proof: Proof) -> str:
        sheets = [one for one in self.proofs if one.order is None]
        if proof.order is None:
            at, n = sheets.index(proof) + 1, len(sheets)
            return self.tr("Sheet {i} of {n}").format(i=at, n=n) if n > 1 else self.tr("Sheet")
        order = self._state.day.orders.get(proof.order)
        word = {ProofKind.SIGNATURE: self.tr("Signature"), ProofKind.CODE: self.tr("Code")}
        return f"{word.get(proof.kind, self.tr('Photo'))} {order.reference if order is not None else ''}".strip()

    def _on_attached(self, attached: Attached) -> None:
        proof, how = attached
        self._how[proof.id] = how
        self.reload()
        state = self._state
        words = {
            How.BARCODE: self.tr("{file}: {whose}, by its barcode."),
            How.NAME: self.tr("{file}: {whose}, by its name."),
            How.HAND: self.tr(
                "{file}: {whose}. No barcode was found in it; M or a right click changes whose it is."
            ),
        }
        order = state.day.orders.get(proof.order) if proof.order is not None else None
        whose = order.reference if order is not None else state.desk.driver(proof.route)
        state.desk.message.emit(words[how].format(file=proof.name, whose=whose), "info")

    def _on_refused(self, text: str) -> None:
        self._state.desk.message.emit(text, "error")

    def _on_drawn(self, id: int, image: QImage) -> None:
        self._images[ProofId(id)] = image
        for tile, proof in zip(self.tiles, self.proofs, strict=False):
            if proof.id == id:
                tile.show_proof(proof, self.name(proof), image)

    def _on_asked(self, proof: Proof, at: QPoint) -> None:
        """What can be done with a proof."""
        state, store, who = self._state, self._attaching.store, self._state.desk.who()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = state.row

        def then[T](call: Callable[[], Future[T]]) -> None:
            self._later.when(call(), lambda _: self.reload(), self._sorry)

        if row is not None:
            for kind, word in ((ProofKind.PHOTO, self.tr("&Photo of {name}")),
                               (ProofKind.SIGNATURE, self.tr("&Signature of {name}"))):  # fmt: skip
                text = word.format(name=row.order.reference.replace("&", "&&"))
                call = partial(proofs.assign, store, proof.id, proof.route, row.order.id, kind, who)
                menu.addAction(text, partial(then, call))
        call = partial(proofs.assign, store, proof.id, proof.route, None, ProofKind.SHEET, who)
        menu.addAction(self.tr("Of the &whole sheet"), partial(then, call))
        menu.addSeparator()
        menu.addAction(self.tr("&Remove"), partial(then, partial(proofs.remove, store, proof.id, who)))
        menu.popup(at)

    def _sorry(self, error: BaseException) -> None:
        message = getattr(error, "message", self.tr("The proofs could not be read. See the log."))
        self._state.desk.message.emit(message, "error")
