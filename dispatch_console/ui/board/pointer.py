"""What the mouse does on the board: select, toggle, drag, hover, menus."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch
from dispatch_console.ui.board import menus, walk
from dispatch_console.ui.board.geometry import Hit
from dispatch_console.ui.board.ghost import drag_of
from dispatch_console.ui.board.lanes import Lane
from dispatch_console.ui.board.stage import Stage
from dispatch_console.ui.board.tips import HoverTip
from dispatch_console.ui.models import running, tooltips
from dispatch_console.ui.models.why import Why

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Pointer(QObject):
    """`hovered`: (route, kind of row, index) under the pointer. `anchor`: where a range of Shift starts."""

    def __init__(self, view: Stage, why: Why, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._why = view, why
        self._tip = HoverTip(view.viewport())
        self.hovered: tuple[ShiftId, str, int] | None = None
        self.anchor: StopId | None = None
        self._pressed: StopId | None = None
        self._pressed_at = QPoint()
        self._narrow = False  # a press on one of several selected: choose it alone on release, if no drag follows
        why.known.connect(self._on_known)

    def forget(self) -> None:
        """The pointer left, or what was under it changed."""
        self._hover(None)
        self._tip.hide()

    # --- buttons ---

    def press(self, event: QMouseEvent) -> None:
        self._tip.hide()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed, self._narrow = None, False
        desk = self._view.desk
        hit = self._view.geometry_now.hit(event.position().toPoint())
        if hit is None or hit.part in ("rest", "reload"):
            if not event.modifiers() & (_CTRL | _SHIFT):
                desk.select((), initiator=self._view)
            return
        lane = self._view.lanes[hit.lane]
        if hit.part == "lock":
            desk.do(dispatch.set_locked, desk.session, lane.id, not lane.route.locked)
        elif hit.part == "head":
            desk.select((), initiator=self._view, route=lane.id)
        elif hit.part == "fold":
            self._view.toggle_fold(lane.id)
        else:
            self._press_card(lane, _stop(lane, hit), event)

    def _press_card(self, lane: Lane, stop: StopId, event: QMouseEvent) -> None:
        desk = self._view.desk
        self._pressed, self._pressed_at = stop, event.position().toPoint()
        ctrl, shift = bool(event.modifiers() & _CTRL), bool(event.modifiers() & _SHIFT)
        if shift and self.anchor in lane.stops and self.anchor is not None:
            kept = desk.selected if ctrl else frozenset[StopId]()
            desk.select(kept.union(walk.between(lane, self.anchor, stop)), stop, self._view)
            return
        self.anchor = stop
        if ctrl:
            desk.select(desk.selected ^ {stop}, stop, self._view)
        elif stop in desk.selected and len(desk.selected) > 1:
            self._narrow = True
        else:
            desk.select((stop,), stop, self._view)

    def release(self, event: QMouseEvent) -> None:
        if self._narrow and self._pressed is not None:
            self._view.desk.select((self._pressed,), self._pressed, self._view)
        self._pressed, self._narrow = None, False

    def double_click(self, event: QMouseEvent) -> None:
        """On a card: open its order. On a head: select its stops."""
        hit = self._view.geometry_now.hit(event.position().toPoint())
        if hit is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        lane = self._view.lanes[hit.lane]
        if hit.part == "card":
            self._view.desk.open_stop(_stop(lane, hit))
        elif hit.part == "head" and lane.stops:
            self._view.desk.select(lane.stops, lane.stops[0], self._view)
        elif hit.part == "lock":
            self.press(event)

    # --- moving ---

    def move(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
                self._drag(self._pressed)
            return
        hit = self._view.geometry_now.hit(at)
        self._hover(hit)
        self._tip_over(hit, event.globalPosition().toPoint())

    def _drag(self, pressed: StopId) -> None:
        """Drag the selection, in driving order; blocks until it is dropped or given up."""
        self._pressed, self._narrow = None, False
        self.forget()
        desk = self._view.desk
        stops = desk.selection_in_order() if pressed in desk.selected else [pressed]
        drag = drag_of(self._view.viewport(), desk.day, stops)
        self._view.set_leaving(frozenset(stops))
        drag.exec(Qt.DropAction.MoveAction)
        self._view.set_leaving(frozenset())

    def _hover(self, hit: Hit | None) -> None:
        view = self._view
        found = None
        if hit is not None and hit.row is not None and hit.part in ("card", "fold"):
            found = (view.lanes[hit.lane].id, hit.row.kind, hit.row.at)
        if found == self.hovered:
            return
        for touched in (self.hovered, found):
            if touched is not None:
                view.repaint_lane(touched[0])
        self.hovered = found
        shape = Qt.CursorShape.PointingHandCursor if hit is not None and hit.part == "lock" else None
        view.viewport().setCursor(shape or Qt.CursorShape.ArrowCursor)

    def _tip_over(self, hit: Hit | None, at: QPoint) -> None:
        if hit is None or hit.part == "rest":
            self._tip.over(None, at, str)
            return
        lane = self._view.lanes[hit.lane]
        desk = self._view.desk
        if hit.part == "lock":
            says = self.tr("Unlock the route") if lane.route.locked else self.tr("Lock the route (L)")
            self._tip.over(("lock", lane.id), at, lambda: says)
        elif hit.part == "fold":
            self._tip.over(("fold", lane.id), at, lambda: running.folded(*lane.folded))
        elif hit.part == "reload":
            nth = hit.row.nth if hit.row is not None else 0
            self._tip.over(("reload", lane.id, nth), at, lambda: lane.reload_says(nth))
        elif hit.part == "head":
            self._tip.over(
                ("head", lane.id), at, lambda: tooltips.of_route(desk.shown, lane.id, desk.editors(lane.id))
            )
        else:
            stop = _stop(lane, hit)
            self._tip.over(("stop", stop), at, lambda: self._tell(stop))

    def _tell(self, stop: StopId) -> str:
        desk = self._view.desk
        return tooltips.of_stop(desk.shown, stop, self._why.offers(stop), since=desk.known_since(stop))

    def _on_known(self, stop: int) -> None:
        if self._tip.key == ("stop", StopId(stop)):
            self._tip.refresh()

    # --- menus ---

    def context_menu(self, event: QContextMenuEvent) -> None:
        self._tip.hide()
        view, desk = self._view, self._view.desk
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        hit = view.geometry_now.hit(event.pos()) if not by_key else None
        if hit is not None and hit.part in ("head", "lock"):
            menus.popup(menus.lane_menu(desk, view.lanes[hit.lane].id, view.viewport()), event.globalPos())
            return
        if hit is not None and hit.part == "card":
            stop = _stop(view.lanes[hit.lane], hit)
            if stop not in desk.selected:
                desk.select((stop,), stop, view)
        if desk.selected and (by_key or (hit is not None and hit.part == "card")):
            menus.popup(menus.stop_menu(desk, view.viewport()), event.globalPos())


def _stop(lane: Lane, hit: Hit) -> StopId:
    assert hit.row is not None, "a card is a row"
    return lane.stops[hit.row.at]
