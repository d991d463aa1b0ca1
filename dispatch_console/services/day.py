"""The states of a day and of its routes: draft, approved, out, back, debriefed, closed.

Approving has its own way back, until the first sheet is printed. Everything after it is told by facts with who and
when; what was told by mistake is corrected by a later fact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import reschedule
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.services.statuses import Said, leaving, when


def approve(session: DaySession, who: str, now: dt.datetime, initiator: object = None) -> None:
    """Freeze the plan of now as the day's baseline. Raises UserError with the reason of `why_not_approve`."""
    _allow(why_not_approve(session.day))
    approval = replace(session.day.approval, state=DayState.APPROVED, by=who, at=now)
    session.set_approval(approval, initiator)


def withdraw(session: DaySession, initiator: object = None) -> None:
    """Make the day a draft again. Raises UserError once a sheet is printed: drivers may hold it."""
    _allow(why_not_withdraw(session.day))
    session.set_approval(Approval(), initiator)


def why_not_approve(day: Day) -> str | None:
    """The sentence that says why the day cannot be approved now; None: it can."""
    if day.approval.state is not DayState.DRAFT:
        return "This day is approved already."
    if not any(route.stops for route in day.routes):
        return "No route has a stop yet. Plan the day first."
    return None


def why_not_withdraw(day: Day) -> str | None:
    """The sentence that says why an approval cannot be taken back now; None: it can."""
    if day.approval.state is DayState.DRAFT:
        return "This day is not approved."
    if day.state is not DayState.APPROVED:
        return "Vans have left with this plan. Change it from here on instead."
    if day.approval.printed:
        return "Sheets of this plan are printed already. Change the plan and print the changed sheets instead."
    return None


# --- out, back, closed ---


@for_good
def set_out(
    session: DaySession,
    routes: Iterable[ShiftId],
    said: Said,
    *,
    at: int | None = None,
    initiator: object = None,
) -> None:
    """The vans of `routes` have left the depot at `at` (default: now; on a day without a clock each when it is to
    leave). Those that are out already stay as they are. Raises UserError with the reason of `why_not_out`.
    """
    chosen, day = tuple(routes), session.day
    _allow(why_not_out(day, chosen))
    _tell(session, in_depot(day, chosen), FactKind.OUT, said, at, initiator)


@for_good
def set_back(
    session: DaySession,
    routes: Iterable[ShiftId],
    said: Said,
    *,
    at: int | None = None,
    initiator: object = None,
) -> None:
    """The vans of `routes` are back in the depot. Raises UserError with the reason of `why_not_back`."""
    chosen = tuple(routes)
    _allow(why_not_back(session.day, chosen))
    _tell(session, out(session.day, chosen), FactKind.BACK, said, at, initiator)


@for_good
def take_back(session: DaySession, route: ShiftId, said: Said, initiator: object = None) -> None:
    """A state was told by mistake: who was back is out still, who was out has not left.

    Raises UserError with the reason of `why_not_take_back`.
    """
    _allow(why_not_take_back(session.day, route))
    facts = session.day.facts
    if facts.state(route) is FactKind.BACK:
        _tell(session, [route], FactKind.OUT, said, facts.left_at(route), initiator)
    else:
        _tell(session, [route], FactKind.IN_DEPOT, said, None, initiator)


@for_good
def close(session: DaySession, said: Said, initiator: object = None) -> None:
    """Close the whole day. Raises UserError with the reason of `why_not_close`."""
    _allow(why_not_close(session.day))
    _tell(session, [POOL], FactKind.DAY_CLOSED, said, None, initiator)


@for_good
def reopen(session: DaySession, said: Said, initiator: object = None) -> None:
    """Open a closed day again, to correct something. Raises UserError if it is not closed."""
    _allow(why_not_reopen(session.day))
    _tell(session, [POOL], FactKind.DAY_REOPENED, said, None, initiator)


def in_depot(day: Day, routes: Iterable[ShiftId] | None = None) -> list[ShiftId]:
    """The routes with stops whose vans have not left, of `routes` or of all, in lane order."""
    return _in_state(day, FactKind.IN_DEPOT, routes)


def out(day: Day, routes: Iterable[ShiftId] | None = None) -> list[ShiftId]:
    """The routes whose vans are on the road, of `routes` or of all, in lane order."""
    return _in_state(day, FactKind.OUT, routes)


def why_not_out(day: Day, routes: Sequence[ShiftId] | None = None) -> str | None:
    """The sentence that says why none of `routes` (None: all) can be set out; None: one can."""
    if (reason := _not_running(day)) is not None:
        return reason
    if in_depot(day, routes):
        return None
    if routes is None or len(routes) != 1:
        return "All vans with stops have left already."
    if not day.plan.route(routes[0]).stops:
        return f"{_driver(day, routes[0])} has no stops today."
    return f"{_driver(day, routes[0])} has left already."


def why_not_back(day: Day, routes: Sequence[ShiftId] | None = None) -> str | None:
    """The sentence that says why none of `routes` (None: all) can be set back; None: one can."""
    if (reason := _not_running(day)) is not None:
        return reason
    if out(day, routes):
        return None
    if routes is None or len(routes) != 1:
        return "No van is on the road."
    gone = day.facts.state(routes[0]) is not FactKind.IN_DEPOT
    return f"{_driver(day, routes[0])} {'is back already' if gone else 'has not left yet'}."


def why_not_take_back(day: Day, route: ShiftId) -> str | None:
    """The sentence that says why the last state of a route stays; None: it can be taken back."""
    if (reason := _not_running(day)) is not None:
        return reason
    state = day.facts.state(route)
    if state is FactKind.IN_DEPOT:
        return f"{_driver(day, route)} has not left yet."
    if state in (FactKind.DEBRIEFED, FactKind.CLOSED):
        return "The sheet of this route is debriefed. Open it there to correct something."
    visited = any(stop in day.facts.arrived for stop in day.plan.route(route).stops)
    if state is FactKind.OUT and visited:
        return f"{_driver(day, route)} has been at stops already. Correct their statuses first."
    return None


@for_good
def goes_again(session: DaySession, route: ShiftId, said: Said, initiator: object = None) -> None:
    """The van of a route goes again. Raises UserError with the reason of `why_not_repaired`."""
    _allow(why_not_repaired(session.day, route))
    _tell(session, [route], FactKind.REPAIRED, said, None, initiator)


@for_good
def well_again(session: DaySession, route: ShiftId, said: Said, initiator: object = None) -> None:
    """The driver of a route can go on after all. Raises UserError with the reason of `why_not_well`."""
    _allow(why_not_well(session.day, route))
    _tell(session, [route], FactKind.WELL, said, None, initiator)


def why_not_repaired(day: Day, route: ShiftId) -> str | None:
    """The sentence that says why there is nothing to repair; None: the van of the route stands."""
    if (reason := _not_running(day)) is not None:
        return reason
    return (
        None if route in day.facts.down else f"Nobody said that {day.shifts[route].vehicle.name} has broken down."
    )


def why_not_well(day: Day, route: ShiftId) -> str | None:
    """The sentence that says why nobody has to get well; None: the driver of the route was told to be sick."""
    if (reason := _not_running(day)) is not None:
        return reason
    return None if route in day.facts.sick else f"Nobody said that {_driver(day, route)} is sick."


def why_not_close(day: Day) -> str | None:
    """The sentence that says what keeps the day open; None: it can be closed."""
    if (reason := _not_running(day)) is not None:
        return reason
    driven = [route for route in day.routes if route.stops]
    left = [route.id for route in driven if day.facts.state(route.id) is not FactKind.CLOSED]
    if left:
        names = ", ".join(_driver(day, id) for id in left[:3]) + (f" and {len(left) - 3} more" if left[3:] else "")
        return f"{'These routes are' if len(left) > 1 else 'This route is'} not closed yet: {names}."
    open_ = reschedule.open_orders(day)
    if open_:
        some = f"{day.orders[open_[0]].reference} and {len(open_) - 1} more are"
        one = f"{day.orders[open_[0]].reference} is"
        return f"{some if len(open_) > 1 else one} still open. Say first what becomes of every order."
    return None


def why_not_reopen(day: Day) -> str | None:
    """The sentence that says why there is nothing to open again; None: the day is closed."""
    return None if day.state is DayState.CLOSED else "This day is not closed."


def _in_state(day: Day, state: FactKind, routes: Iterable[ShiftId] | None) -> list[ShiftId]:
    wanted = None if routes is None else frozenset(routes)
    return [
        route.id
        for route in day.routes
        if (wanted is None or route.id in wanted)
        and day.facts.state(route.id) is state
        and (route.stops or state is not FactKind.IN_DEPOT)
    ]


def _tell(
    session: DaySession,
    routes: Iterable[ShiftId],
    kind: FactKind,
    said: Said,
    at: int | None,
    initiator: object,
) -> None:
    """One step for all routes, so that the window follows once."""
    day = session.day
    times = {route: when(day, said, kind, route) if at is None else at for route in routes}
    facts = (
        Fact(NO_STOP, route, kind, time, recorded=said.heard(time), who=said.who) for route, time in times.items()
    )
    session.record([leaving(session.day, fact) for fact in facts], said.now, initiator)


def _not_running(day: Day) -> str | None:
    if day.approval.state is DayState.DRAFT:
        return "This plan is a draft. Approve it first."
    if day.state is DayState.CLOSED:
        return "This day is closed. Open it again to change something."
    return None


def _driver(day: Day, route: ShiftId) -> str:
    return day.shifts[route].driver.name


def _allow(reason: str | None) -> None:
    if reason is not None:
        raise UserError(reason)
