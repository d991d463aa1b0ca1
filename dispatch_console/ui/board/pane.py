"""The pane around the board: its head with the order of the lanes, the board, a hint where there are no drivers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.services.answers import why_no_choice
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.answers import AnswerPopup
from dispatch_console.ui.board import keys, lane_order
from dispatch_console.ui.board.emptiness import asking
from dispatch_console.ui.board.geometry import LANE, LANE_NARROW, LANE_PREVIEW
from dispatch_console.ui.board.lane_order import Order
from dispatch_console.ui.board.view import BoardView
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import why
from dispatch_console.ui.widgets import Button, EmptyState, IconButton, PaneHead
from dispatch_console.ui.widgets.arranging import either, pile

#: Below this width lanes are narrower.
_NARROW = 900


class BoardPane(QWidget):
    """`detach_wanted`: the pane should become a window of its own."""

    detach_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.head = PaneHead(self.tr("Routes"), len(desk.day.shifts))
        self.view = BoardView(desk, why.of(desk))
        self._sort = Button(lane_order.NAMES["driver"], kind="quiet", caret=True, token="tx3")
        self._all = Button("", "ph.funnel", kind="quiet")
        self._all.setToolTip(self.tr("All routes, or only those that the preview touches"))
        self._all.hide()
        self._detach = IconButton("ph.arrows-out", self.tr("Open in a window of its own"))
        self._hint = self.tr("Add drivers and vehicles, or say who works on this weekday. Lanes appear here.")
        self.empty = EmptyState(
            "ph.truck",
            self.tr("No drivers"),
            self._hint,
            [asking(desk, "fleet.open", self.tr("Drivers and shifts…"))],
        )
        self._set_up()
        keys.register(desk, self.view.scroll_to, lambda: [lane.id for lane in self.view.lanes])
        self._register()
        desk.day_changed.connect(self._on_day)
        desk.preview_changed.connect(self._on_preview)
        desk.colleagues_changed.connect(self.view.viewport().update)
        self._follow(desk.day)

    def _set_up(self) -> None:
        self._sort.setToolTip(self.tr("In which order the lanes stand"))
        self._sort.set_menu(self._order_menu())
        self._all.clicked.connect(self._toggle_all)
        self.head.add_tool(self._all)
        self.head.add_tool(self._sort)
        self.head.add_tool(self._detach)
        self._detach.clicked.connect(self.head.detach_wanted)
        self.head.detach_wanted.connect(self.detach_wanted)
        self._body = either(self.view, self.empty)
        pile(self, self.head, self._body, grows=self._body)
        self.setFocusProxy(self.view)

    def _register(self) -> None:
        def why_not() -> Reason:
            stop = self.desk.current
            return self.tr("Select a stop first.") if stop is None else why_no_choice(self.desk.day, stop)

        text = self.tr("Why this driver, who could take it instead")
        add = self.desk.actions.add
        add(
            Action("board.choice", text, self.open_choice, "Shift+F2", "ph.swap", group=keys.GROUP, why_not=why_not)
        )

    def open_choice(self) -> AnswerPopup | None:
        """Shift+F2: why the stop in talk has its driver, and who else could take it, beside its card."""
        stop = self.desk.current
        if stop is None:
            return None
        self.view.scroll_to(stop)
        popup = AnswerPopup(self.desk, stop, self)
        popup.open_at(self.view.viewport().mapToGlobal(self.view.geometry_now.beside(stop)))
        return popup

    def set_note(self, note: str) -> None:
        """A few words after the title in place of the number of routes; empty: the number again."""
        self.head.set_count(note or len(self.desk.day.shifts))

    def _on_preview(self) -> None:
        """`8 of 12, touched by the preview`, with lanes wide enough for what it says of a card."""
        seen = self.desk.previewed
        everybody = len(self.desk.day.shifts)
        shown = self.tr("{n} of {all}, touched by the preview")
        self.set_note("" if seen is None else shown.format(n=len(seen.touched), all=everybody))
        self._all.setVisible(seen is not None)
        self._all.set_label(
            self.tr("Show the touched ones") if self.view.all_lanes else self.tr("Show all {n}").format(n=everybody)
        )
        self._set_width()

    def _toggle_all(self) -> None:
        self.view.show_all_lanes(not self.view.all_lanes)
        self._on_preview()

    def set_order(self, order: Order) -> None:
        """Put the lanes in another order."""
        self._sort.set_label(lane_order.NAMES[order])
        self.view.set_order(order)

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order, name in lane_order.NAMES.items():
            action = menu.addAction(name, lambda order=order: self.set_order(order))
            action.setCheckable(True)
            action.setChecked(order == self.view.order)
            group.addAction(action)
        return menu

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if len(before.shifts) != len(after.shifts) or before.date != after.date:
            self._follow(after)

    def _follow(self, day: Day) -> None:
        self.head.set_count(len(day.shifts))
        for tool in (self._sort, self._detach):
            tool.setVisible(bool(day.shifts))
        self.empty.set_text(self.tr("No drivers on {day}").format(day=saying.date(day.date)), self._hint)
        self._body.setCurrentWidget(self.view if day.shifts else self.empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_width()
        super().resizeEvent(event)

    def _set_width(self) -> None:
        if self.desk.previewed is not None:
            self.view.set_lane_width(LANE_PREVIEW)
        else:
            self.view.set_lane_width(LANE_NARROW if self.width() < _NARROW else LANE)
