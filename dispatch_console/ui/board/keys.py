"""The board's keys, and the same as actions of the window for the palette and the page of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from dispatch_console.domain.edits import Pin
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import day as day_service
from dispatch_console.services import dispatch
from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.board import walk
from dispatch_console.ui.board.stage import Stage
from dispatch_console.ui.board.walk import Way
from dispatch_console.ui.departure import deeds
from dispatch_console.ui.desk import Desk

_tr = texts.of("Board")

_Key = Qt.Key
_WAYS: dict[int, Way] = {
    _Key.Key_Up: "up",
    _Key.Key_Down: "down",
    _Key.Key_Left: "left",
    _Key.Key_Right: "right",
    _Key.Key_Home: "home",
    _Key.Key_End: "end",
    _Key.Key_PageUp: "page_up",
    _Key.Key_PageDown: "page_down",
}
GROUP = "Board"


class KeyStage(Stage, Protocol):
    """A board whose anchor of a range the keys share with the mouse."""

    @property
    def pointer(self) -> Anchor: ...


class Anchor(Protocol):
    """Where a range of Shift starts."""

    anchor: StopId | None


def press(view: KeyStage, event: QKeyEvent) -> bool:
    """Handle a key on the board; False: it was none of ours."""
    mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    way = _WAYS.get(event.key())
    if way is not None and not mods & Qt.KeyboardModifier.AltModifier:
        _walk(view, way, mods)
        return True
    desk = view.desk
    if event.key() == _Key.Key_Space:
        if desk.current is not None:
            desk.select(desk.selected ^ {desk.current}, desk.current, view)
        return True
    if event.key() in (_Key.Key_Return, _Key.Key_Enter) and desk.current is not None:
        desk.open_stop(desk.current)
        return True
    if event.key() == _Key.Key_Escape and desk.selected:
        desk.select((), initiator=view)
        return True
    if event.key() == _Key.Key_A and mods == Qt.KeyboardModifier.ControlModifier:
        return _select_lane(view)
    return _run_action(desk, event)


def _walk(view: KeyStage, way: Way, mods: Qt.KeyboardModifier) -> None:
    desk = view.desk
    there = walk.step(view.lanes, desk.current, way)
    if there is None:
        return
    lane = next(lane for lane in view.lanes if there in lane.stops)
    if mods & Qt.KeyboardModifier.ShiftModifier and (anchor := view.pointer.anchor) in lane.stops:
        desk.select(walk.between(lane, anchor, there) if anchor is not None else (there,), there, view)
    elif mods & Qt.KeyboardModifier.ControlModifier:
        desk.select(desk.selected, there, view)
    else:
        view.pointer.anchor = there
        desk.select((there,), there, view)
    view.scroll_to(there)


def _select_lane(view: KeyStage) -> bool:
    """Ctrl+A: all stops of the lane in talk."""
    desk = view.desk
    route = _route_in_talk(desk)
    if route is None:
        return False
    desk.select(desk.day.plan.route(route).stops, desk.current, view, route)
    return True


def _run_action(desk: Desk, event: QKeyEvent) -> bool:
    """Keys that the window has not taken as shortcuts, as in a detached pane."""
    pressed = QKeySequence(event.keyCombination())
    if event.key() == _Key.Key_Delete:
        pressed = QKeySequence("U")
    for action in desk.actions:
        if action.group == GROUP and action.keys and QKeySequence(action.keys) == pressed:
            desk.run(action.id)
            return True
    return False


def register(desk: Desk, scroll_to: Callable[[StopId], None], lanes: Callable[[], list[ShiftId]]) -> None:
    """Add the board's actions. `lanes`: the routes as they stand, for moving to the neighbour."""

    def moved(run: Callable[[], object]) -> Callable[[], object]:
        def and_show() -> None:
            run()
            if desk.current is not None:
                scroll_to(desk.current)

        return and_show

    def add(
        id: str, text: str, run: Callable[[], object], keys: str, icon: str, why_not: Callable[[], Reason]
    ) -> None:
        desk.actions.add(Action(f"board.{id}", text, run, keys, icon, group=GROUP, why_not=why_not))

    def planned() -> Reason:
        return _no_planned_stop(desk)

    add("up", _tr("Move stop up"), moved(lambda: _shift(desk, -1)), "Alt+Up", "ph.arrow-up", planned)
    add("down", _tr("Move stop down"), moved(lambda: _shift(desk, 1)), "Alt+Down", "ph.arrow-down", planned)
    left, right = _tr("Move stop to the lane on the left"), _tr("Move stop to the lane on the right")
    add("left", left, moved(lambda: _across(desk, lanes(), -1)), "Alt+Left", "ph.arrow-left", planned)
    add("right", right, moved(lambda: _across(desk, lanes(), 1)), "Alt+Right", "ph.arrow-right", planned)
    add("unassign", _tr("Unassign"), lambda: _unassign(desk), "U", "ph.arrow-u-up-left", planned)
    add("pin", _tr("Pin to driver, to position, unpin"), lambda: _pin(desk), "P", "ph.push-pin-fill", planned)
    add("lock", _tr("Lock or unlock route"), lambda: _lock(desk), "L", "ph.lock-open", lambda: _no_route(desk))
    _register_states(desk, add)
    for slot in range(1, 11):
        desk.actions.add(
            Action(
                f"board.send_{slot}",
                _tr("Send selection to driver {slot}").format(slot=slot),
                lambda slot=slot: _send(desk, slot),
                str(slot % 10),
                "ph.arrow-bend-up-right",
                group=GROUP,
                why_not=lambda slot=slot: _cannot_send(desk, slot),
            )
        )


_Add = Callable[[str, str, Callable[[], object], str, str, Callable[[], Reason]], None]


def _register_states(desk: Desk, add: _Add) -> None:
    """Where the van of the route in talk is."""

    def of_route(run: Callable[[ShiftId], object]) -> Callable[[], object]:
        def go() -> None:
            route = _route_in_talk(desk)
            if route is not None:
                run(route)

        return go

    def why(reason: Callable[[ShiftId], Reason]) -> Callable[[], Reason]:
        def ask() -> Reason:
            route = _route_in_talk(desk)
            return _no_route(desk) if route is None else reason(route)

        return ask

    out = of_route(lambda route: deeds.set_out(desk, [route]))
    back = of_route(lambda route: deeds.set_back(desk, [route]))
    undo = of_route(lambda route: deeds.take_back(desk, route))
    not_out = why(lambda route: day_service.why_not_out(desk.day, [route]))
    not_back = why(lambda route: day_service.why_not_back(desk.day, [route]))
    not_undo = why(lambda route: day_service.why_not_take_back(desk.day, route))
    add("out", _tr("Van of this route is out"), out, "Shift+O", "ph.truck", not_out)
    add("back", _tr("Van of this route is back"), back, "Shift+B", "ph.arrow-left", not_back)
    add("not_out", _tr("Van has not left, or is not back, after all"), undo, "", "ph.arrow-u-up-left", not_undo)


# --- why an action cannot run ---


def _no_planned_stop(desk: Desk) -> Reason:
    if not desk.selected:
        return _tr("Select a stop first.")
    where = desk.day.plan.where
    if all(where.get(stop, POOL) == POOL for stop in desk.selected):
        return _tr("The selected stops have no driver.")
    return None


def _no_route(desk: Desk) -> Reason:
    return None if _route_in_talk(desk) is not None else _tr("Select a stop or click a driver first.")


def _cannot_send(desk: Desk, slot: int) -> Reason:
    if not desk.selected:
        return _tr("Select stops first.")
    if _shift_of(desk, slot) is None:
        return _tr("There is no driver {slot} today.").format(slot=slot)
    return None


# --- what they do ---


def _shift_of(desk: Desk, slot: int) -> ShiftId | None:
    return next((id for id, shift in desk.day.shifts.items() if shift.slot == slot), None)


def _in_lane(desk: Desk) -> tuple[ShiftId, list[StopId]] | None:
    """The route in talk and the selected stops that stand in it."""
    where = desk.day.plan.where
    chosen = desk.selection_in_order()
    current = desk.current if desk.current in desk.selected else next(iter(chosen), None)
    route = where.get(current, POOL) if current is not None else POOL
    if route == POOL:
        route = next((where[stop] for stop in chosen if where[stop] != POOL), POOL)
    return None if route == POOL else (route, [stop for stop in chosen if where[stop] == route])


def _shift(desk: Desk, by: int) -> None:
    """Move the selected stops of a lane one place up or down, together."""
    found = _in_lane(desk)
    if found is None:
        return
    route, stops = found
    order = desk.day.plan.route(route).stops
    at = order.index(stops[0]) - 1 if by < 0 else order.index(stops[-1]) + 2
    if 0 <= at <= len(order):
        desk.do(dispatch.move, desk.session, stops, route, at)


def _across(desk: Desk, lanes: list[ShiftId], by: int) -> None:
    """To the best place in the neighbour lane."""
    found = _in_lane(desk)
    if found is None:
        return
    there = lanes.index(found[0]) + by
    if 0 <= there < len(lanes):
        desk.do(dispatch.move, desk.session, found[1], lanes[there], None)


def _send(desk: Desk, slot: int) -> None:
    to = _shift_of(desk, slot)
    if to is not None and desk.selected:
        desk.do(dispatch.move, desk.session, desk.selection_in_order(), to, None)


def _unassign(desk: Desk) -> None:
    desk.do(dispatch.unassign, desk.session, desk.selection_in_order())


def _route_in_talk(desk: Desk) -> ShiftId | None:
    """The route of the current stop as it stands now, else the one whose head was clicked."""
    route = desk.day.plan.where.get(desk.current, POOL) if desk.current is not None else desk.current_route
    return route if route in desk.day.shifts else None


def _lock(desk: Desk) -> None:
    route = _route_in_talk(desk)
    if route is not None:
        desk.do(dispatch.set_locked, desk.session, route, not desk.day.plan.route(route).locked)


def _pin(desk: Desk) -> None:
    """None → driver → position → none; the stop in talk says where in the round all are."""
    plan = desk.day.plan
    stops = [stop for stop in desk.selection_in_order() if plan.where[stop] != POOL]
    if not stops:
        return
    lead = desk.current if desk.current in stops and desk.current is not None else stops[0]
    route = plan.route(plan.where[lead])
    now = Pin.POSITION if lead in route.fixed else Pin.DRIVER if lead in route.pinned else Pin.NONE
    then = {Pin.NONE: Pin.DRIVER, Pin.DRIVER: Pin.POSITION, Pin.POSITION: Pin.NONE}[now]
    desk.do(dispatch.set_pin, desk.session, stops, then)
