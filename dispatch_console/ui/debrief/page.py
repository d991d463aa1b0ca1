"""The debrief page in the window's stack: routes, the grid of the sheet, the side; keys and scans."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from dispatch_console.domain.day import DayState
from dispatch_console.services.debrief import sheet, typing
from dispatch_console.services.proofs import Store
from dispatch_console.ui.debrief import actions, words
from dispatch_console.ui.debrief.attaching import Attaching
from dispatch_console.ui.debrief.footer import Footer
from dispatch_console.ui.debrief.grid import Grid, Sums
from dispatch_console.ui.debrief.head import Head, key_of
from dispatch_console.ui.debrief.large import LOOKING, LargeView
from dispatch_console.ui.debrief.next_steps import NextSteps
from dispatch_console.ui.debrief.proofs_box import ProofsBox
from dispatch_console.ui.debrief.routes import Routes
from dispatch_console.ui.debrief.rows_model import FILTERS
from dispatch_console.ui.debrief.scans import SheetScans
from dispatch_console.ui.debrief.side import CashBox, Pieces
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.debrief.van_box import VanBox
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import EmptyState, Line, PaneHead, Segments
from dispatch_console.ui.widgets.arranging import either, pile, scrolling_form
from dispatch_console.ui.widgets.own_page import OwnPage

SIDE, SIDE_NARROW, NARROW = 440, 340, 1600
FILES = "Pictures and PDF (*.jpg *.jpeg *.png *.tif *.tiff *.webp *.bmp *.gif *.pdf);;All files (*)"
_PAGE = 10
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class DebriefPage(OwnPage):
    """Signals: `opened` the page wants to be shown · `closed` back to the day · `status_changed`."""

    opened = Signal()
    closed = Signal()
    status_changed = Signal()

    def __init__(self, desk: Desk, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.state = SheetState(desk, self)
        self.attaching = Attaching(store, self)
        self.scans = SheetScans(self.state, self.attaching.store, self.opened.emit, self)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self._lay_out()
        self._connect()
        actions.register(self)

    def _build(self) -> None:
        state = self.state
        self.head = Head(state)
        self.routes = Routes(state)
        self.grid = Grid(state)
        self.sums = Sums(state, self.grid)
        self.next_steps = NextSteps(state)
        self.tabs = Segments([self.tr("All"), self.tr("Exceptions"), self.tr("Cash")])
        self.grid_head = PaneHead(self.tr("All delivered except…"))
        self.grid_head.add_tool(self.tabs)
        self.pieces, self.cash, self.van = Pieces(state), CashBox(state), VanBox(state, self.attaching.store)
        self.proofs = ProofsBox(state, self.attaching)
        self.large = LargeView(self.proofs, self.attaching)
        self.footer = Footer(state)
        self.empty = EmptyState("ph.barcode", self.tr("No sheet on the table"), "")

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid_head)
        column.addWidget(self.grid, 1)
        column.addWidget(self.sums)
        column.addWidget(self.next_steps)
        column.addSpacerItem(_rest())
        self._middle = either(self.empty, middle, self.large)
        inside = QWidget()
        boxes = QVBoxLayout(inside)
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(0)
        for box in (self.pieces, self.cash, self.van, self.proofs):
            boxes.addWidget(box)
        boxes.addStretch(1)
        self._side = QWidget()
        pile(self._side, scroll := scrolling_form(inside), self.footer, grows=scroll)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.routes)
        body.addWidget(Line(upright=True))
        body.addWidget(self._middle, 1)
        body.addWidget(Line(upright=True))
        body.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(body, 1)
        self._fit()

    def _connect(self) -> None:
        self.head.back.connect(self.closed)
        self.head.entry.pressed.connect(self.press)
        self.tabs.chosen.connect(self._on_tab)
        self.grid.entered.connect(self.head.entry.setFocus)
        self.proofs.listed.connect(self.grid.rows.set_proofs)
        self.proofs.browse.connect(self.browse)
        self.proofs.looked.connect(self.large.look)
        self.proofs.grown.connect(self._order_tabs)
        self.large.opened.connect(self.refresh)
        self.large.closed.connect(self._on_looked)
        for button in (self.footer.close_route, self.footer.later, self.head.reopen):
            button.clicked.connect(self.go_on)
        self.state.leaving.connect(self._finish_field)
        self.state.opened.connect(self._on_opened)
        self.state.changed.connect(self.refresh)
        self.cash.grown.connect(self._order_tabs)
        self._order_tabs()
        self.desk.theme_changed.connect(self.update)
        self.desk.scans.register(self, self.scans.scan, self.scans.claim)

    # -- what is shown -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        if self.state.route is None:
            self.refresh()
        self.routes.refresh()
        self.proofs.reload()
        self.head.entry.setFocus()

    def refresh(self) -> None:
        rows = self.state.rows
        exceptions = sum(row.is_exception for row in rows)
        cash = sum(row.order.cod is not None for row in rows)
        for at, (word, n) in enumerate(
            ((self.tr("All"), len(rows)), (self.tr("Exceptions"), exceptions), (self.tr("Cash"), cash))
        ):
            self.tabs.rename(at, f"{word} {n}" if n or not at else word)
        self.grid_head.set_count(exceptions or "")
        self._middle.setCurrentIndex(
            2 if self.large.proof is not None else 1 if self.state.route is not None else 0
        )
        advice = self.tr("Scan a returned sheet: its route opens. Or choose one at the left.")
        if self.desk.day.approval.state is DayState.DRAFT:
            advice = self.tr("This plan is a draft, so no sheet can have come back. Approve the plan first.")
        self.empty.set_text(self.tr("No sheet on the table"), advice)
        self.status_changed.emit()

    def status(self) -> tuple[list[str], str]:
        """For the window's status bar."""
        day = self.desk.day
        kinds = [words.state(day, id)[1] for id in sheet.routes(day)]
        told = [
            self.tr("{n} routes closed").format(n=kinds.count("closed")),
            self.tr("{n} back, {out} out").format(n=kinds.count("waits"), out=kinds.count("out")),
        ]
        return told, self.tr("nothing failed can be forgotten: every exception has a next step")

    def _on_looked(self) -> None:
        """Back to the sheet."""
        self.refresh()
        if self.isVisible() and not self.large.give_back_focus():
            self.head.entry.setFocus()

    def _on_opened(self) -> None:
        self.large.close_proof()
        self.tabs.choose(0)
        self.grid.rows.set_filter("all")
        self.refresh()
        if self.isVisible():
            self.head.entry.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < NARROW
        self.routes.fold(narrow)
        self._side.setFixedWidth(SIDE_NARROW if narrow else SIDE)
        self.head.set_narrow(narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))

    def _order_tabs(self) -> None:
        """From the entry through what is typed at the side to closing: the way of a sheet."""
        van = self.van
        cash = [widget for purse in self.cash.purses for widget in (purse.counted, purse.why)]
        way: list[QWidget] = [self.head.entry, *cash, van.out, van.home, van.fuel, van.back, van.nil, van.defects]
        way += [*self.proofs.tiles, self.footer.close_route, self.footer.later]
        for one, following in pairwise(way):
            QWidget.setTabOrder(one, following)

    def _on_tab(self, at: int) -> None:
        self.grid.rows.set_filter(FILTERS[at])

    # -- keys and scans ------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """A key of the entry. Enter on an empty one accepts what is proposed for the exceptions."""
        if self.state.is_closed:
            self.desk.message.emit(self.tr("This route is closed. Open it again to correct something."), "info")
        elif key == "\n" and self.state.entry.blank:
            self.state.accept_all()
        elif typing.lettered(self.state.entry, key, self.state.named):
            self.state.press(key)
        elif key in ("b", "B") and self.state.row is not None and not self.state.entry.letter:
            self.state.tick(self.state.row.order.id)
        elif key in ("n", "N") and self.state.row is not None and not self.state.entry.letter:
            self.next_steps.change(self.state.order)
        else:
            self.state.press(key)

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == _CONTROL:
            return self.close_route
        if key == Qt.Key.Key_O and held == _CONTROL:
            return self.browse
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = 1 if key == Qt.Key.Key_Down else -1
            return (lambda: self.routes.step(by)) if held == _ALT else None if held else lambda: self.step(by)
        if key == Qt.Key.Key_L and held == _CONTROL:
            return self.look
        if held:
            return self._typed(event)
        if self.large.proof is not None and key in LOOKING:
            return lambda: self.large.press(key)
        plain: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_F9: self.state.deliver_others,
            Qt.Key.Key_F8: self.next_exception,
            Qt.Key.Key_PageUp: lambda: self.step(-_PAGE),
            Qt.Key.Key_PageDown: lambda: self.step(_PAGE),
        }
        return plain.get(key) or self._typed(event)

    def _typed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """A character typed where no field is: it belongs to the entry."""
        key = key_of(event)
        if not key or isinstance(QApplication.focusWidget(), QLineEdit):
            return None

        def press() -> None:
            self.large.close_proof()
            self.head.entry.setFocus()
            self.press(key)

        return press

    def step(self, by: int) -> None:
        self.state.step(by, self.grid.rows.shown)

    def next_exception(self) -> None:
        """The next row that is open or an exception."""
        rows = [row for row in self.grid.rows.shown if row.fact is None or row.is_exception]
        at = [row.order.id for row in self.grid.rows.shown]
        here = at.index(self.state.order) if self.state.order in at and self.state.order is not None else -1
        later = [row for row in rows if at.index(row.order.id) > here] or rows
        if later:
            self.state.choose(later[0].order.id)

    def leave(self) -> None:
        """Esc: forget what is half typed, then leave a field, then the page."""
        if self.state.clear():
            return
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self.head.entry and self.isAncestorOf(focus):
            self.head.entry.setFocus()
            return
        self.closed.emit()

    # -- deeds ---------------------------------------------------------------------------------------

    def close_route(self) -> None:
        """Close it, and go to the next sheet that waits."""
        self._finish_field()
        if self.state.close_route() and self.isVisible():
            self.go_on()

    def go_on(self) -> None:
        """To where the next key belongs: the entry of the sheet on the table; of a closed one, the page."""
        (self if self.head.entry.isHidden() else self.head.entry).setFocus()

    def _finish_field(self) -> None:
        """What is typed at the side counts first."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit) and focus is not self.head.entry and self.isAncestorOf(focus):
            self.head.entry.setFocus()

    def browse(self) -> None:
        paths = self.desk.files.open_many(self, "proofs", self.tr("Add scans and photos"), FILES)
        if paths:
            self.take_files([Path(path) for path in paths])

    def take_files(self, paths: list[Path]) -> None:
        wish = self.proofs.wish()
        if wish is None:
            self.desk.message.emit(self.tr("Scan or choose a sheet first; then drop its pictures."), "error")
            return
        self.desk.message.emit(self.tr("Looking for barcodes…"), "info")
        self.attaching.add(paths, wish)

    def look(self) -> None:
        """The proofs of the sheet, large."""
        if self.proofs.proofs:
            self.large.look(self.proofs.proofs[0])
        else:
            self.desk.message.emit(self.tr("This sheet has no proof yet: Ctrl+O adds one."), "info")

    def close_page(self) -> None:
        """Free what the page holds outside itself; it cannot be used afterwards."""
        self.attaching.close()


def _rest() -> QSpacerItem:
    """What is left below, after the grid has all that it can use."""
    return QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
