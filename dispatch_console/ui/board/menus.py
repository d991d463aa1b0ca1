"""Context menus of stops and of lanes. Where an action of the window does the same, the menu runs that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from dispatch_console.domain.day import DayState
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import day as day_service
from dispatch_console.services import dispatch
from dispatch_console.ui import texts
from dispatch_console.ui.departure import deeds
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import tooltips
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look

_tr = texts.of("Menus")

#: Actions that other parts of the window may have added.
OPTIMISE = "plan.selected"
PRINT = "print.open"
WHY = "orders.why"
CHOICE = "board.choice"
EDIT = "order.edit"
HISTORY = "order.history"
ROUTE_HISTORY = "board.history"
#: Wizards of one order, and of one route.
OF_STOP = ("wizard.urgent", "wizard.cancel", "wizard.split")
OF_ROUTE = ("wizard.breakdown", "wizard.sick", "wizard.late", "wizard.swap")


def popup(menu: QMenu, at: QPoint) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)


def stop_menu(desk: Desk, parent: QWidget) -> QMenu:
    """For the selected stops, wherever they stand."""
    menu = QMenu(parent)
    stops = desk.selection_in_order()
    where = {desk.day.plan.where[stop] for stop in stops}
    send = menu.addMenu(look.icon("ph.arrow-bend-up-right"), _tr("Send to"))
    for id, shift in desk.day.shifts.items():
        if where == {id}:
            continue
        text = tooltips.driver_line(shift) + (_tr(" (absent)") if shift.absent else "")
        send.addAction(_plain(text), lambda to=id: desk.do(dispatch.move, desk.session, stops, to, None))
    planned = where != {POOL}
    _add(menu, _tr("Unassign"), lambda: desk.do(dispatch.unassign, desk.session, stops), "U", enabled=planned)
    menu.addSeparator()
    for pin, text in (
        (Pin.DRIVER, _tr("Pin to driver")),
        (Pin.POSITION, _tr("Pin to position")),
        (Pin.NONE, _tr("Unpin")),
    ):
        _add(menu, text, lambda pin=pin: desk.do(dispatch.set_pin, desk.session, stops, pin), "P", enabled=planned)
    menu.addSeparator()
    if desk.current is not None:
        current = desk.current
        _add(menu, _tr("Show everywhere"), lambda: desk.reveal.emit(int(current)))
    for id in (CHOICE if planned else WHY, HISTORY, EDIT, OPTIMISE):
        add_known(menu, desk, id)
    if OF_STOP[0] in desk.actions:
        menu.addSeparator()
    for id in OF_STOP:
        add_known(menu, desk, id)
    return menu


def lane_menu(desk: Desk, route: ShiftId, parent: QWidget) -> QMenu:
    """For one driver's route."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    session, shift, plan = desk.session, desk.day.shifts[route], desk.day.plan.route(route)
    has = bool(plan.stops)
    _add(
        menu,
        _tr("Unlock route") if plan.locked else _tr("Lock route"),
        lambda: desk.do(dispatch.set_locked, session, route, not plan.locked),
        "L",
    )
    _add(menu, _tr("Reverse"), lambda: desk.do(dispatch.reverse, session, route), enabled=len(plan.stops) > 1)
    swap = menu.addMenu(look.icon("ph.swap"), _tr("Swap stops with"))
    for id, other in desk.day.shifts.items():
        if id != route:
            line = _plain(tooltips.driver_line(other))
            swap.addAction(line, lambda to=id: desk.do(dispatch.swap_routes, session, route, to))
    swap.setEnabled(len(desk.day.shifts) > 1)
    menu.addSeparator()
    _add(
        menu,
        _tr("Back today") if shift.absent else _tr("Absent today"),
        lambda: desk.do(dispatch.set_absent, session, route, not shift.absent),
    )
    _states(menu, desk, route)
    menu.addSeparator()
    _add(menu, _tr("Select all stops"), lambda: desk.select(plan.stops, None, None, route), enabled=has)
    _add(
        menu,
        _tr("Unassign all stops"),
        lambda: desk.do(dispatch.unassign, session, plan.stops),
        enabled=has,
    )
    menu.addSeparator()
    for id, text in ((OPTIMISE, _tr("Optimise this route")), (PRINT, _tr("Print this sheet"))):
        if id in desk.actions:
            _add(menu, text, lambda id=id: _run_for_route(desk, id, route), enabled=has)
    if ROUTE_HISTORY in desk.actions:
        action = desk.actions[ROUTE_HISTORY]
        _add(menu, action.text, lambda: _run_for_route(desk, ROUTE_HISTORY, route), action.keys)
    known = [desk.actions[id] for id in OF_ROUTE if id in desk.actions]
    if known:
        menu.addSeparator()
    for action in known:
        _add(menu, action.text, lambda id=action.id: _run_for_route(desk, id, route), action.keys, enabled=has)
    return menu


def _states(menu: QMenu, desk: Desk, route: ShiftId) -> None:
    """Out, back, and the way back from both; going on after a breakdown: what can be told now, or why not."""
    day = desk.day
    if day.approval.state is DayState.DRAFT or not day.plan.route(route).stops:
        return
    menu.addSeparator()
    entries = (
        (_tr("Van is out"), "Shift+O", lambda: deeds.set_out(desk, [route]), day_service.why_not_out(day, [route])),
        (
            _tr("Van is back"),
            "Shift+B",
            lambda: deeds.set_back(desk, [route]),
            day_service.why_not_back(day, [route]),
        ),
        (
            deeds.take_back_text(desk, route),
            "",
            lambda: deeds.take_back(desk, route),
            day_service.why_not_take_back(day, route),
        ),
        (
            _tr("Van repaired"),
            "",
            lambda: day_service.goes_again(desk.session, route, desk.said(), desk),
            day_service.why_not_repaired(day, route),
        ),
        (
            _tr("Driver well again"),
            "",
            lambda: day_service.well_again(desk.session, route, desk.said(), desk),
            day_service.why_not_well(day, route),
        ),
    )
    for text, keys, run, reason in entries:
        entry = _add(menu, text, lambda run=run: desk.do(run), keys, enabled=reason is None)
        entry.setToolTip(plain(reason or ""))


def add_known(menu: QMenu, desk: Desk, id: str) -> None:
    """An action of the window, if it is there; greyed with its reason in the tooltip while it cannot run."""
    if id not in desk.actions:
        return
    action = desk.actions[id]
    entry = _add(menu, action.text, lambda: desk.run(id), action.keys)
    reason = action.why_not()
    entry.setEnabled(reason is None)
    entry.setToolTip(plain(reason or action.hint))


def _run_for_route(desk: Desk, id: str, route: ShiftId) -> None:
    """Run an action that works on the selection for all of one route."""
    desk.select(desk.day.plan.route(route).stops, None, None, route)
    desk.run(id)


def _add(menu: QMenu, text: str, run: Callable[[], object], keys: str = "", *, enabled: bool = True):
    entry = menu.addAction(f"{text}\t{keys}" if keys else text, run)
    entry.setEnabled(enabled)
    return entry


def _plain(text: str) -> str:
    return text.replace("&", "&&")
