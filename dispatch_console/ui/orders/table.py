"""The table of orders: rows of 24 px, painted whole; selects, drags out, takes drops as 'unassign'."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.ui.board import menus
from dispatch_console.ui.board.ghost import drag_of
from dispatch_console.ui.board.paint_card import elided, width, write
from dispatch_console.ui.board.tips import HoverTip
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import mime, tooltips
from dispatch_console.ui.models.arranging import Column, Group
from dispatch_console.ui.models.orders_model import OrdersModel
from dispatch_console.ui.models.why import Why
from dispatch_console.ui.orders import paint_row
from dispatch_console.ui.orders.columns import Slot, slots
from dispatch_console.ui.orders.paint_row import Mood
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets.options import known
from dispatch_console.ui.widgets.overlay import OverlayBar

ROW = 24
_TEXT_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class OrdersTable(QListView):
    """`needs`: px that figures need by column, see `columns.slots`. The selection is the desk's."""

    def __init__(self, desk: Desk, model: OrdersModel, why: Why, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.rows, self._why = desk, model, why
        self.needs: Mapping[Column, int] = {}
        self.row_height = ROW
        self._behind = False
        self._leaving: frozenset[StopId] = frozenset()
        self._dropping = False
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self._set_up()
        OverlayBar(self, Qt.Orientation.Vertical, shy=True)
        self._tip = HoverTip(self.viewport())
        model.rearranged.connect(self._on_rearranged)
        desk.selection_changed.connect(self._on_selection)
        desk.reveal.connect(self._on_reveal)
        desk.theme_changed.connect(self.viewport().update)
        why.known.connect(self._on_known)
        self.follow_selection()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Orders"))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def slots_now(self) -> dict[Column, Slot]:
        return slots(self.viewport().width(), self.needs)

    def set_row_height(self, height: int) -> None:
        """24 px (compact) unless told; 32 is comfortable, 18 shows the most."""
        self.row_height = height
        self.verticalScrollBar().setSingleStep(height)
        self.scheduleDelayedItemsLayout()

    # --- the selection is the desk's ---

    def _on_rearranged(self) -> None:
        """Rows have come and gone. The selection follows once they are laid out: selecting at once lays all of them
        out, and then the list does it again, because what is told of the rows comes behind."""
        self._behind = True
        self.scheduleDelayedItemsLayout()

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self.catch_up()

    def catch_up(self) -> None:
        """Before anything is made of the selection of the rows: it is the desk's again."""
        if self._behind:
            self.follow_selection()

    def follow_selection(self) -> None:
        """Show the desk's selection on the rows that are there."""
        self._behind = False
        wanted = self.rows.rows_of(self.desk.selected)
        if wanted != sorted({index.row() for index in self.selectionModel().selectedIndexes()}):
            self._select_rows(wanted)
        at = self._row_of(self.desk.current)
        if at is not None and at != self.currentIndex().row():
            self.setAutoScroll(False)  # who works down the pool stays there; `scroll_to` is asked for by itself
            index = self.rows.index(at, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.setAutoScroll(True)

    def _select_rows(self, rows: list[int]) -> None:
        chosen = QItemSelection()
        first = last = -2
        for row in rows:
            if row != last + 1:
                self._add_range(chosen, first, last)
                first = row
            last = row
        self._add_range(chosen, first, last)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _add_range(self, chosen: QItemSelection, first: int, last: int) -> None:
        if first >= 0:
            chosen.select(self.rows.index(first, 0), self.rows.index(last, 0))

    def _on_reveal(self, stop: int) -> None:
        self.scroll_to(StopId(stop))

    def _on_selection(self, initiator: object) -> None:
        if initiator is self:
            self.viewport().update()
            return
        self.follow_selection()
        self.viewport().update()
        if self.desk.current is not None:
            self.scroll_to(self.desk.current)

    def _tell_desk(self, *, keep_hidden: bool) -> None:
        """What was selected here is now the selection of all panes; with `keep_hidden` orders not on show stay."""
        self.catch_up()
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        stops = self.rows.stops_at(rows)
        if keep_hidden:
            on_show = set(self.rows.stops_at(range(self.rows.rowCount())))
            stops += [stop for stop in self.desk.selected if stop not in on_show]
        index = self.currentIndex()
        current = self.rows.stop_at(index.row()) if index.isValid() else None
        self.desk.select(stops, current if current in stops else None, self)

    def _row_of(self, stop: StopId | None) -> int | None:
        rows = self.rows.rows_of(frozenset({stop})) if stop is not None else []
        return rows[0] if rows else None

    def scroll_to(self, stop: StopId) -> None:
        row = self._row_of(stop)
        if row is not None:
            self.scrollTo(self.rows.index(row, 0))

    def place_beside(self, stop: StopId) -> QPoint:
        """Where on the screen a popup about a stop opens: below its row, or at the top if it has none here."""
        row = self._row_of(stop)
        rect = self.visualRect(self.rows.index(row, 0)) if row is not None else QRect(0, 0, 1, 1)
        return self.viewport().mapToGlobal(QPoint(24, max(0, rect.bottom() + 1)))

    def enter(self) -> None:
        """Take the focus, on the first order if none of those on show is selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._row_of(self.desk.current) is None:
            first = next((r for r in range(self.rows.rowCount()) if self.rows.stop_at(r) is not None), None)
            if first is not None:
                self.setCurrentIndex(self.rows.index(first, 0))
                self._tell_desk(keep_hidden=False)

    # --- pointer and keys ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tip.hide()
        self.catch_up()
        index = self.indexAt(event.position().toPoint())
        line = self.rows.line(index.row()) if index.isValid() else None
        if isinstance(line, Group):
            if event.button() is Qt.MouseButton.LeftButton:
                self.rows.fold(line)
            return
        if event.button() is Qt.MouseButton.RightButton and self.selectionModel().isSelected(index):
            return
        super().mousePressEvent(event)
        self._tell_desk(keep_hidden=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._tell_desk(keep_hidden=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        stop = self.rows.stop_at(index.row()) if index.isValid() else None
        if stop is not None:
            self.desk.open_stop(stop)
        elif index.isValid():
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        stop = self.rows.stop_at(index.row()) if index.isValid() and not event.buttons() else None
        at = event.globalPosition().toPoint()
        if stop is None:
            self._tip.over(None, at, str)
        else:
            self._tip.over(("stop", stop), at, lambda: self.tell(stop))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            return True  # ours come after 500 ms
        if event.type() is QEvent.Type.Leave:
            self._tip.hide()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.catch_up()
        index = self.currentIndex()
        line = self.rows.line(index.row()) if index.isValid() else None
        key = event.key()
        if isinstance(line, Group) and key in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Return,
            Qt.Key.Key_Space,
        ):
            folded = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(Qt.Key(key))
            self.rows.fold(line, folded)
        elif key == Qt.Key.Key_Escape and self.desk.selected:
            self.desk.select((), initiator=None)
        elif key == Qt.Key.Key_Delete:
            self.desk.run("board.unassign")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.desk.current is not None:
            self.desk.open_stop(self.desk.current)
        elif (
            event.text().isprintable()
            and event.text()
            and not event.modifiers() & _TEXT_KEYS
            and key != Qt.Key.Key_Space
        ):
            event.ignore()  # letters and figures are keys of the window, not a search in the list
        else:
            super().keyPressEvent(event)
            self._tell_desk(keep_hidden=False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._tip.hide()
        if self.desk.selected:
            menus.popup(menus.stop_menu(self.desk, self.viewport()), event.globalPos())

    # --- tooltips ---

    def tell(self, stop: StopId) -> str:
        """What a stop's tooltip and F2 say."""
        day, offers = self.desk.day, self._why.offers(stop)
        if day.plan.where.get(stop, POOL) != POOL or day.stops[stop].place is None:
            return tooltips.of_stop(day, stop, offers)
        return tooltips.of_reasons(day, stop, offers, self._why.reasons(stop))

    def _on_known(self, stop: int) -> None:
        if self._tip.key == ("stop", StopId(stop)):
            self._tip.refresh()

    # --- dragging ---

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        stops = self.desk.selection_in_order()
        if not stops:
            return
        self._tip.hide()
        drag = drag_of(self.viewport(), self.desk.day, stops)
        self._leaving = frozenset(stops)
        self.viewport().update()
        drag.exec(Qt.DropAction.MoveAction)
        self._leaving = frozenset()
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        where = self.desk.day.plan.where
        leaving = [s for s in mime.unpacked(event.mimeData(), self.desk.day.stops) if where[s] != POOL]
        self._set_dropping(bool(leaving))
        if leaving:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dropping(False)
        if self.rows.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, -1, 0, QModelIndex()):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def _set_dropping(self, dropping: bool) -> None:
        if dropping != self._dropping:
            self._dropping = dropping
            self.viewport().update()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._dropping:
            self._paint_drop(painter)
        elif not self.rows.shown and self.rows.view.sought:
            text = self.tr("No order holds “{text}”. Esc clears the filter.").format(text=self.rows.view.sought)
            write(painter, 12, 28, elided(text, "secondary", self.width() - 24), "secondary", "tx3")
        painter.end()

    def _paint_drop(self, painter: QPainter) -> None:
        area = self.viewport().rect()
        painter.setPen(look.colour("acc"))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.drawRect(area.adjusted(1, 1, -2, -2))
        words = self.tr("Drop to unassign")
        box = QRect(0, 0, round(width(words, "badge")) + 20, 24)
        box.moveCenter(QPoint(area.center().x(), area.top() + 24))
        painter.fillRect(box, look.colour("accbg"))
        write(painter, box.left() + 10, box.top() + 16, words, "badge", "acc")

    def paint_line(self, painter: QPainter, rect: QRect, row: int, hovered: bool) -> None:
        """One row of the table."""
        line, ratio = self.rows.line(row), self.devicePixelRatioF()
        if isinstance(line, Group):
            folded = line.key in self.rows.folded
            note = self.tr("why, on hover or F2") if line.title == "Unassigned" else ""
            paint_row.paint_group(painter, rect, line, self.rows.count(line), folded, note, ratio)
            return
        order = self.rows.order(line)
        standing = self.rows.standing(order.stop)
        word = "" if standing.slot else self.rows.state_word(order.stop)
        at_current = self.hasFocus() and row == self.currentIndex().row() and order.stop not in self.desk.selected
        mood = Mood(
            order.stop in self.desk.selected,
            hovered,
            at_current,
            order.stop in self._leaving,
        )
        paint_row.paint_order(painter, rect, order, standing, word, self.slots_now(), mood, ratio)


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: OrdersTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, self._table.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        over = bool(known(option).state & QStyle.StateFlag.State_MouseOver)
        self._table.paint_line(painter, known(option).rect, index.row(), over)
