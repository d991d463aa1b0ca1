"""Telling where the vans are: the same for the menus, the keys and the palette."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import day as day_service
from dispatch_console.ui import texts
from dispatch_console.ui.desk import Desk

_tr = texts.of("Departure")


def set_out(desk: Desk, routes: Iterable[ShiftId]) -> None:
    """The vans have left; whoever warns looks at those that leave only now. Raises UserError."""
    chosen = tuple(routes)
    leaving = tuple(day_service.in_depot(desk.day, chosen))
    day_service.set_out(desk.session, chosen, desk.said(), initiator=desk)
    desk.departing.emit(leaving)


def set_back(desk: Desk, routes: Iterable[ShiftId]) -> None:
    """The vans are back. Raises UserError."""
    day_service.set_back(desk.session, tuple(routes), desk.said(), initiator=desk)


def take_back(desk: Desk, route: ShiftId) -> None:
    """The last state of a route was told by mistake. Raises UserError."""
    day_service.take_back(desk.session, route, desk.said(), desk)


def take_back_text(desk: Desk, route: ShiftId) -> str:
    """What taking back means for a route as it stands."""
    is_back = desk.day.facts.state(route) is FactKind.BACK
    return _tr("Not back yet after all") if is_back else _tr("Has not left after all")
