"""What the panel says of a run and its result, as texts. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dispatch_console.domain import clock, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import POOL
from dispatch_console.services.planning import Options, Result, Run, Scope, Totals
from dispatch_console.ui import texts

_tr = texts.of("Planning")

#: A true minus, as wide as a plus.
MINUS = "−"


class Figure(NamedTuple):
    """One row of the table. `better`: True, False, or None for neither. `strong`: a sum of the rows above."""

    name: str
    now: str
    after: str
    change: str
    better: bool | None = None
    strong: bool = False


class RouteLine(NamedTuple):
    """A route that changes: stops, kilometres and end, before → after."""

    slot: int
    initials: str
    driver: str
    stops: str
    km: str
    end: str


def title(options: Options) -> str:
    if options.scope is Scope.ROUTES:
        return _tr("Optimise {routes}").format(routes=saying.count(len(options.routes), "route"))
    return _tr("Optimise all routes") if options.scope is Scope.ALL else _tr("Place the unassigned orders")


def live_figures(run: Run, currency: str) -> list[Figure]:
    """The current plan against the best one so far."""
    was, best = run.before, run.points[-1] if run.points else None
    cost, distance = _tr("Cost, {currency}").format(currency=currency), _tr("Distance, km")
    without = _tr("Stops without a driver")
    if best is None:
        now = ((cost, money(was.cost)), (distance, km(was.drive_m)), (without, str(was.unassigned)))
        return [Figure(name, shown, "–", "") for name, shown in now]
    return [
        _figure(cost, was.cost, best.cost, money),
        _figure(distance, was.drive_m, best.metres, km, 1000),
        _figure(without, was.unassigned, best.unassigned, str),
    ]


def has_costs(run: Run) -> bool:
    """Whether any driver costs anything: else all plans cost 0."""
    return any(shift.costs.per_hour or shift.costs.per_km or shift.costs.fixed for shift in run.day.shifts.values())


def is_comparable(run: Run) -> bool:
    """Whether the current plan serves as many stops as the best one."""
    return bool(run.points) and run.points[-1].unassigned == run.before.unassigned


def figures(before: Totals, after: Totals, currency: str) -> list[Figure]:
    """The plan as it is against what accepting would make of it; overtime, lateness and weights if they cost."""
    return [
        _figure(_tr("Cost, {currency}").format(currency=currency), before.cost, after.cost, money),
        *_beyond(before, after, currency),
        _figure(_tr("Distance, km"), before.drive_m, after.drive_m, km, 1000),
        _figure(_tr("Driving"), before.drive_s, after.drive_s, hours, 60),
        _figure(_tr("Waiting, min"), before.wait_s, after.wait_s, minutes, 60),
        _figure(_tr("Stops that are late"), before.late_stops, after.late_stops, str),
        _figure(_tr("Stops without a driver"), before.unassigned, after.unassigned, str),
        _figure(_tr("Drivers on the road"), before.routes, after.routes, str),
    ]


def _beyond(before: Totals, after: Totals, currency: str) -> list[Figure]:
    rows = (
        (_tr("of it overtime, {currency}"), before.overtime, after.overtime),
        (_tr("of it lateness, {currency}"), before.late, after.late),
        (_tr("Soft, {currency}"), before.soft, after.soft),
    )
    return [_figure(name.format(currency=currency), was, will, money) for name, was, will in rows if was or will]


def route_lines(before: Day, result: Result) -> list[RouteLine]:
    """One line for each route that the change touches, in lane order."""
    touched = set(result.change.touched)
    return [_route(before, result.after, id) for id in before.shifts if id in touched]


def summary(result: Result) -> str:
    """What will happen, in one line."""
    if not result.change and result.kept:
        return _tr("A plan was found, but it does not fit what you changed meanwhile: the routes stay as they are.")
    if not result.change:
        return _tr("No better plan was found: the routes stay as they are.")
    placed = result.before_totals.unassigned - result.after_totals.unassigned
    parts = [changing(len(set(result.change.touched) - {POOL}))]
    if placed == 1:
        parts.append(_tr("1 stop gets a driver"))
    elif placed > 1:
        parts.append(_tr("{n} stops get a driver").format(n=placed))
    elif placed < 0:
        parts.append(_tr("{n} stops lose theirs, because a rule would be broken").format(n=-placed))
    if result.moved:
        parts.append(_tr("{n} change driver").format(n=result.moved))
    left = result.after_totals.unassigned
    stays = _tr("1 stays") if left == 1 else _tr("{n} stay").format(n=left)
    why = _tr(" {stays} without a driver: F2 says why.").format(stays=stays) if left else ""
    return ", ".join(parts) + "." + why


def changing(routes: int) -> str:
    """`3 routes change`"""
    return _tr("1 route changes") if routes == 1 else _tr("{n} routes change").format(n=routes)


def notes(run: Run, result: Result | None) -> list[str]:
    """What the dispatcher should know besides."""
    found: list[str] = []
    if result is not None and result.kept:
        found.append(_kept(result))
    if run.left_alone:
        text = _tr("Left as they are, because what is pinned there cannot be driven: {names}.")
        found.append(text.format(names=", ".join(run.left_alone)))
    return found


def _kept(result: Result) -> str:
    text = _tr("Changed meanwhile, or no longer fitting what was, and therefore left as they are: {names}.")
    parts = [text.format(names=", ".join(result.kept))]
    if result.placed:
        stops = saying.count(result.placed, "stop")
        parts.append(_tr("{stops} got another place for that.").format(stops=stops))
    return " ".join((*parts, _tr("Optimise again to plan on from here.")))


def time_left(run: Run) -> str:
    """`12 s · 18 s left`; before the search has begun, what it waits for."""
    if not run.begun:
        return _tr("Loading the search, {n} s so far …").format(n=f"{run.loading_s:.0f}")
    spent, left = f"{run.elapsed_s:.0f}", f"{run.remaining_s:.0f}"
    return _tr("{spent} s · {left} s left").format(spent=spent, left=left)


def money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def km(metres: int) -> str:
    return f"{metres / 1000:,.0f}"


def minutes(seconds: int) -> str:
    return f"{round(seconds / 60):,}"


def hours(seconds: int) -> str:
    """`30 h 05`"""
    whole = round(seconds / 60)
    return f"{whole // 60} h {whole % 60:02d}"


def _figure(name: str, now: int, after: int, text: Callable[[int], str], step: int = 1) -> Figure:
    """`step`: what is shown as one. The change is that of the figures shown, so that the row adds up."""
    more = round(after / step) - round(now / step)
    change = "" if not more else (MINUS if more < 0 else "+") + text(abs(more) * step)
    return Figure(name, text(now), text(after), change, None if not more else more < 0)


def _route(before: Day, after: Day, id: ShiftId) -> RouteLine:
    shift = before.shifts[id]
    was, will = before.schedules[id], after.schedules[id]

    def arrow(a: str, b: str) -> str:
        return b if a == b else f"{a} → {b}"

    def end(day: Day) -> str:
        timed = day.schedules[id]
        return _hhmm(day, timed.end) if timed.visits else "–"

    return RouteLine(
        shift.slot,
        shift.driver.initials,
        shift.driver.name,
        arrow(str(len(was.visits)), str(len(will.visits))),
        arrow(km(was.drive_m), km(will.drive_m)),
        arrow(end(before), end(after)) if was.visits else end(after),
    )


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)
