"""The actions by which a day goes from approved to closed."""

from __future__ import annotations

from collections.abc import Callable

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import day as day_service
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.departure import deeds
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.hooks import Hooks

_tr = texts.of("Commands")


def register(desk: Desk, hooks: Hooks, open_state: Callable[[], object]) -> None:
    """Add them, save those that somebody has brought along already."""

    def add(
        id: str,
        text: str,
        run: Callable[[], object],
        keys: str,
        icon: str,
        hint: str,
        why_not: Callable[[], Reason],
    ) -> None:
        if f"day.{id}" not in desk.actions:
            desk.actions.add(Action(f"day.{id}", text, run, keys, icon, hint, _tr("Day"), why_not))

    def day_of_routes() -> Reason:
        day = desk.day
        return None if any(route.stops for route in day.routes) else _tr("No route has a stop yet.")

    add(
        "check",
        _tr("What to look at before the vans leave"),
        hooks.check,
        "F7",
        "ph.checks",
        _tr("loads, times, papers, sheets"),
        day_of_routes,
    )
    add(
        "out",
        _tr("All vans are out"),
        lambda: deeds.set_out(desk, desk.day.shifts),
        "Ctrl+Shift+O",
        "ph.truck",
        _tr("those that are still here"),
        lambda: day_service.why_not_out(desk.day),
    )
    add(
        "back",
        _tr("All vans are back"),
        lambda: deeds.set_back(desk, desk.day.shifts),
        "Ctrl+Shift+H",
        "ph.arrow-left",
        _tr("those that are still out"),
        lambda: day_service.why_not_back(desk.day),
    )
    add(
        "close",
        _tr("Close the day"),
        lambda: day_service.close(desk.session, desk.said(), desk),
        "Ctrl+Shift+E",
        "ph.lock-fill",
        _tr("when every route is closed"),
        lambda: day_service.why_not_close(desk.day),
    )
    add(
        "reopen",
        _tr("Open the day again"),
        lambda: day_service.reopen(desk.session, desk.said(), desk),
        "",
        "ph.lock-open",
        _tr("to correct something"),
        lambda: day_service.why_not_reopen(desk.day),
    )

    def in_talk(why_not: Callable[[Day, ShiftId], Reason]) -> Reason:
        route = desk.current_route
        if route is None or route not in desk.day.shifts:
            return _tr("Select a driver first: click on the head of a lane, or on one of his stops.")
        return why_not(desk.day, route)

    def tell(service: Callable[[DaySession, ShiftId, Said, object], None]) -> None:
        route = desk.current_route
        assert route is not None, "the action says so before"
        desk.do(service, desk.session, route, desk.said(), desk)

    add(
        "repaired",
        _tr("Van repaired"),
        lambda: tell(day_service.goes_again),
        "",
        "ph.wrench",
        _tr("the van of the driver in talk goes again"),
        lambda: in_talk(day_service.why_not_repaired),
    )
    add(
        "well",
        _tr("Driver well again"),
        lambda: tell(day_service.well_again),
        "",
        "ph.first-aid",
        _tr("the driver in talk goes on"),
        lambda: in_talk(day_service.why_not_well),
    )
    add("state", _tr("How far the day is, who said so"), open_state, "Ctrl+Shift+Y", "ph.circle-fill", "", _never)


def _never() -> Reason:
    return None
