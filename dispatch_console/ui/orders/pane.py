"""The pane around the table of orders: its head, the filter, and a hint where there are no orders."""

from __future__ import annotations

from functools import partial
from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QDragEnterEvent,
    QDropEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.answers import AnswerPopup
from dispatch_console.ui.board.emptiness import asking
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import why, words
from dispatch_console.ui.models.arranging import Column, Grouping
from dispatch_console.ui.models.orders_model import HEADS, OrdersModel
from dispatch_console.ui.orders.columns import SPILL
from dispatch_console.ui.orders.head import TableHead
from dispatch_console.ui.orders.table import OrdersTable
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, Field, IconButton, PaneHead
from dispatch_console.ui.widgets.arranging import either, pile

_WIDEST_REF = 64  # px; longer references lose their beginning
_TYPING_MS = 80  # the filter waits so long for the next letter
_GROUPINGS: dict[Grouping, str] = {
    "state": "State",
    "driver": "Driver",
    "town": "Town",
    "window": "Window",
    "none": "No groups",
}


class OrdersPane(QWidget):
    """`files_dropped(list of paths)`: to be imported. `detach_wanted`: the pane should become a window."""

    files_dropped = Signal(list)
    detach_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._why = why.of(desk)
        self.model = OrdersModel(desk, self._why, self)
        self.head = PaneHead(self.tr("Orders"), self.model.total)
        self.filter = Field(self.tr("Filter"), "ph.funnel", "/")
        self.titles = TableHead()
        self.table = OrdersTable(desk, self.model, self._why)
        self.empty = EmptyState(
            "ph.file-arrow-down",
            self.tr("No orders"),
            self.tr("Drop a CSV, Excel or ODS file here, or pick one."),
            [asking(desk, "import.open", self.tr("Import…"), key="Ctrl+I", primary=True)],
        )
        self._group = Button(_GROUPINGS["state"], "ph.rows", kind="quiet", caret=True)
        self._sort = IconButton("ph.sort-ascending", self.tr("Sort"))
        self._typing = QTimer(self)
        self._columns: dict[Column, QAction] = {}
        self._downwards = QAction(self.tr("Descending"), self)
        self._set_up()
        self._register()
        desk.day_changed.connect(self._on_day)
        desk.theme_changed.connect(self.update)
        self._follow(desk.day)

    def _set_up(self) -> None:
        self.setAcceptDrops(True)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.filter_now)
        self.filter.textChanged.connect(self._typing.start)
        self.filter.installEventFilter(self)
        self.titles.sort_wanted.connect(self._sort_by_click)
        self._group.setToolTip(self.tr("What the orders are grouped by"))
        self._group.set_menu(self._group_menu())
        self._sort.set_menu(self._sort_menu())
        self.head.add_tool(self._group)
        self.head.add_tool(self._sort)
        self.head.detach_wanted.connect(self.detach_wanted)
        self._lay_out()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        search = _Strip()
        row = QHBoxLayout(search)
        row.setContentsMargins(8, 6, 8, 7)
        row.addWidget(self.filter)
        full = QWidget()
        pile(full, search, self.titles, self.table, grows=self.table)
        self._body = either(full, self.empty)
        pile(self, self.head, self._body, grows=self._body)

    # --- how it is looked at ---

    def group_by(self, grouping: Grouping) -> None:
        self._group.set_label(_GROUPINGS[grouping])
        self.model.arrange(grouping=grouping)
        self._show_count()

    def sort_by(self, column: Column, *, descending: bool = False) -> None:
        self.model.arrange(column=column, descending=descending)
        self.titles.show_view(self.model.view)
        self._checked(column, descending)

    def filter_now(self) -> None:
        """Apply what stands in the filter."""
        self._typing.stop()
        self.model.arrange(sought=self.filter.text().strip())
        self._show_count()
        self.table.viewport().update()

    def _sort_by_click(self, at: int) -> None:
        view, column = self.model.view, Column(at)
        self.sort_by(column, descending=column is view.column and not view.descending)

    def _show_count(self) -> None:
        shown, total = self.model.shown, self.model.total
        self.head.set_count(total if shown == total else self.tr("{n} of {all}").format(n=shown, all=total))

    # --- the day ---

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if before.orders is not after.orders or before.date != after.date:
            self._follow(after)

    def _follow(self, day: Day) -> None:
        metrics = QFontMetricsF(look.font("data"))
        refs = (order.reference for order in day.orders.values())
        grams = max((order.size.grams for order in day.orders.values()), default=0)
        needs = {
            Column.REF: min(_WIDEST_REF, round(metrics.horizontalAdvance(max(refs, key=len, default="")))),
            Column.KG: round(metrics.horizontalAdvance(words.kilograms(grams))),
            Column.STATE: ceil(metrics.horizontalAdvance(words.impossible())) - SPILL if day.unassigned else 0,
        }
        self.table.needs = needs
        self.titles.set_needs(needs)
        self._show_count()
        self._body.setCurrentIndex(0 if day.orders else 1)
        for tool in (self._group, self._sort):
            tool.setVisible(bool(day.orders))
        hint = self.tr("Drop a CSV, Excel or ODS file here, or pick one.")
        self.empty.set_text(self.tr("No orders for {day}").format(day=saying.date(day.date)), hint)

    # --- keys and menus ---

    def _register(self) -> None:
        def has_current() -> Reason:
            return None if self.desk.current is not None else self.tr("Select a stop first.")

        add = self.desk.actions.add
        add(Action("orders.filter", self.tr("Filter orders"), self._focus_filter, "/", "ph.funnel", group="Orders"))
        add(
            Action(
                "orders.why",
                self.tr("Why is it unassigned, who could take it"),
                self.open_why,
                "F2",
                "ph.warning-circle-fill",
                group="Orders",
                why_not=has_current,
            )
        )
        for grouping, name in _GROUPINGS.items():
            text = self.tr("Group orders by {name}").format(name=name.lower())
            text = self.tr("Orders without groups") if grouping == "none" else text
            run = partial(self.group_by, grouping)
            add(Action(f"orders.group_{grouping}", text, run, icon="ph.rows", group="Orders"))

    def _focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def open_why(self) -> AnswerPopup | None:
        """F2: the answer about the stop in talk, beside its row."""
        stop = self.desk.current
        if stop is None:
            return None
        self.table.scroll_to(stop)
        popup = AnswerPopup(self.desk, stop, self)
        popup.open_at(self.table.place_beside(stop))
        return popup

    def _group_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for grouping, name in _GROUPINGS.items():
            action = menu.addAction(name, lambda grouping=grouping: self.group_by(grouping))
            action.setCheckable(True)
            action.setChecked(grouping == self.model.view.grouping)
            group.addAction(action)
        return menu

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for column in Column:
            name = HEADS[column] or self.tr("Flags")
            action = menu.addAction(name, lambda column=column: self._sort_from_menu(column))
            action.setCheckable(True)
            group.addAction(action)
            self._columns[column] = action
        menu.addSeparator()
        self._downwards.setCheckable(True)
        self._downwards.triggered.connect(lambda: self._sort_from_menu(self.model.view.column))
        menu.addAction(self._downwards)
        self._checked(self.model.view.column, self.model.view.descending)
        return menu

    def _sort_from_menu(self, column: Column) -> None:
        self.sort_by(column, descending=self._downwards.isChecked())

    def _checked(self, column: Column, descending: bool) -> None:
        self._columns[column].setChecked(True)
        self._downwards.setChecked(descending)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys in the filter: Esc clears it, then leaves; Down and Enter go to the first order."""
        if (
            watched is not self.filter
            or not isinstance(event, QKeyEvent)
            or event.type() is not QEvent.Type.KeyPress
        ):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            if not self.filter.text():
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.filter.clear()
            self.filter_now()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.filter_now()
            self.table.enter()
            return True
        return super().eventFilter(watched, event)

    # --- files dropped on the pane ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)


class _Strip(QWidget):
    """The strip of 41 px that holds the filter, with a rule below."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
