"""The changed sheet: what a driver under way gets instead of the sheet in his hands.

It holds what is still to do, in driving order under the printed numbers, with what was added, removed and moved
marked by words; what is done stands in one line each, and the old sheet stays valid for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dispatch_console.domain import clock, trips
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, OrderKind, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import WORDS
from dispatch_console.domain.schedule import RouteSchedule, schedule
from dispatch_console.domain.sequences import steady
from dispatch_console.domain.sizes import Money, Size, symbol
from dispatch_console.manifests import codes, driver_sheet, figures, lines
from dispatch_console.manifests.differences import has_moved, visits_ahead
from dispatch_console.manifests.driver_sheet import BreakLine, ReloadLine
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.lines import Head, Imprint, StopLine
from dispatch_console.manifests.sketch import Sketch, sketch
from dispatch_console.manifests.ways import STRAIGHT, Ways

Mark = Literal["", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A stop still to do, or one that is not any more (`removed`). `says`: what the driver has to know of it."""

    line: StopLine
    mark: Mark = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class DoneLine:
    number: str
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is to do after the last stop that is over, by one version of the sheet."""

    stops: int
    deliver: Load
    collect: Load
    cod: tuple[Money, ...]
    km10: int
    back: str


@dataclass(frozen=True, slots=True)
class ChangedSheet:
    """`before` and `after` are versions; `first` is the number of the first stop to do, `last` of the last over."""

    head: Head
    before: int
    first: str
    last: str
    at: str
    changes: tuple[ChangedLine, ...]
    done: tuple[DoneLine, ...]
    old: ToDo
    new: ToDo
    aboard: str
    lines: tuple[ChangedLine, ...]
    breaks: tuple[BreakLine, ...]
    reloads: tuple[ReloadLine, ...]
    whole: ToDo
    currencies: str
    phone: str
    depot_phone: str
    map: Sketch | None
    map_credit: str = ""

    @property
    def retimed(self) -> int:
        """Stops of which nothing has changed but the arrival."""
        return sum(1 for one in self.lines if one.line.was and not one.mark)

    def between(self, index: int) -> tuple[BreakLine | ReloadLine, ...]:
        """What lies before the line of `index`, in the order of the day."""
        return driver_sheet.between(index, self.breaks, self.reloads)


def changed_sheet(day: Day, route: ShiftId, imprint: Imprint, ways: Ways = STRAIGHT) -> ChangedSheet:
    """Raises KeyError for a route that was never printed."""
    said = day.approval.said[route]
    printed = dict(said.etas)
    all_lines = {line.stop: line for line in lines.route_lines(day, route)}
    ahead = [all_lines[visit.stop] for visit in visits_ahead(day, route)]
    here = {line.stop for line in ahead}
    over = [line for stop, line in all_lines.items() if stop not in here]
    old = [stop for stop, _ in said.etas if stop in day.stops and stop not in {line.stop for line in over}]
    still = steady([s for s in old if s in here], [line.stop for line in ahead])
    marked = [_marked(day, line, printed, still, ahead) for line in ahead]
    merged = _with_removed(day, route, marked, old, dict(said.numbers), printed)
    changed = tuple(one for one in merged if one.mark)
    cod = figures.cash(money for one in merged for money in one.line.cod)
    shift = day.shifts[route]
    return ChangedSheet(
        head=lines.head(
            day, route, tuple(ahead) or tuple(all_lines.values()), imprint, codes.sheet(route, imprint.version or 0)
        ),
        before=day.approval.printed.get(route, 0),
        first=ahead[0].number if ahead else "",
        last=over[-1].number if over else "",
        at=_hhmm(day, day.now) if day.now else "",
        changes=changed,
        done=tuple(DoneLine(line.number, line.name, _how(day, route, line.stop)) for line in over),
        old=_old(day, route, old),
        new=_to_do(day, day.schedules[route], ahead),
        aboard=_aboard(day, route, over, ahead, merged),
        lines=merged,
        breaks=_breaks(day, route, merged),
        reloads=_reloads(day, route, tuple(all_lines.values()), merged),
        whole=_to_do(day, day.schedules[route], list(all_lines.values()), whole=True),
        currencies=symbol(cod[0].currency) if len(cod) == 1 else "",
        phone=lines.phone_text(shift.driver.phone, day.depot.country),
        depot_phone=lines.phone_text(day.depot.phone, day.depot.country),
        map=sketch(day, route, ahead, _removed_lines(merged), ways) if ahead else None,
    )


# --- lines ---


def _marked(
    day: Day, line: StopLine, printed: dict[StopId, str], still: frozenset[StopId], ahead: Sequence[StopLine]
) -> ChangedLine:
    was = printed.get(line.stop)
    if was is None:
        return ChangedLine(line, "added", _added(day, line))
    if has_moved(was, line.eta):
        line = replace(line, was=was)
    if line.stop not in still:
        at = next(i for i, one in enumerate(ahead) if one.stop == line.stop)
        after = f"Now after stop {ahead[at - 1].number}." if at else "Now first."
        return ChangedLine(line, "moved", after)
    return ChangedLine(line)


def _with_removed(
    day: Day,
    route: ShiftId,
    ahead: list[ChangedLine],
    old: Sequence[StopId],
    numbers: dict[StopId, str],
    printed: dict[StopId, str],
) -> tuple[ChangedLine, ...]:
    """The removed stops stand where they were, behind the nearest of their old predecessors."""
    merged = list(ahead)
    here = {one.line.stop for one in ahead}
    for at, stop in enumerate(old):
        if stop in here:
            continue
        before = next((s for s in reversed(old[:at]) if any(one.line.stop == s for one in merged)), None)
        place = 0 if before is None else 1 + next(i for i, one in enumerate(merged) if one.line.stop == before)
        line = lines.line_of(day, numbers.get(stop, "–"), stop)
        line = replace(line, eta="", was=printed.get(stop, ""))
        merged.insert(place, ChangedLine(line, "removed", _removed(day, route, line)))
    return tuple(merged)


def _removed_lines(merged: Sequence[ChangedLine]) -> list[StopLine]:
    return [one.line for one in merged if one.mark == "removed"]


def _added(day: Day, line: StopLine) -> str:
    stop = day.stops[line.stop]
    if stop.order.kind is OrderKind.HANDOVER:
        return "Meet here and take over the goods of the stops marked below."
    if stop.pickup:
        return "The goods come on board where the vans meet."
    return f"Collect {_goods(line.collect)}." if line.only_collects else "New on this route."


def _removed(day: Day, route: ShiftId, line: StopLine) -> str:
    stop = day.stops[line.stop]
    to = day.plan.where.get(line.stop, POOL)
    step = stop.order.next
    cancelled = step is not None and step.kind is NextKind.CANCEL
    if to not in (POOL, route):
        why = f"Goes to {day.shifts[to].driver.name}."
    else:
        why = "Cancelled." if cancelled else "Not today."
    goods = _goods(line.deliver)
    if line.only_collects or line.deliver == Load():
        return f"{why} Do not visit."
    if stop.pickup and to not in (POOL, route):
        return f"{why} Do not visit. Hand over {goods} where the vans meet."
    if day.shifts[route].tours > 1:  # it may have been meant for a later tour, and be in the depot
        return f"{why} Do not visit. Bring {goods} back if on board.{' No cash.' if line.cod else ''}"
    return f"{why} Do not visit. Keep {goods} on board and bring it back.{' No cash.' if line.cod else ''}"


def _goods(load: Load) -> str:
    """`2 pieces (9.6 kg)`, as words in a sentence."""
    return f"{load.pieces} {'piece' if load.pieces == 1 else 'pieces'} ({figures.kg(load.kg10)} kg)"


def _how(day: Day, route: ShiftId, stop: StopId) -> str:
    told = day.facts.outcome(stop)
    if told is not None:
        word = f"{told.kind.value}{f', {WORDS[told.reason]}' if told.reason else ''}"
        return f"{_hhmm(day, told.at)} {word}"
    if stop in day.facts.arrived:
        return f"{_hhmm(day, day.facts.arrived[stop])} in progress"
    visit = next(v for v in day.schedules[route].visits if v.stop == stop)
    return f"{_hhmm(day, visit.depart)} not phoned in"


# --- figures ---


def _to_do(day: Day, timed: RouteSchedule, todo: Sequence[StopLine], *, whole: bool = False) -> ToDo:
    """The figures of `todo` in a route driven as `timed`. `whole`: with the way to the stops that are over."""
    wanted = {line.stop for line in todo}
    home = timed.drive_m - sum(v.drive_m for v in timed.visits)
    metres = sum(v.drive_m for v in timed.visits if whole or v.stop in wanted) + home
    return ToDo(
        len(todo),
        figures.total(line.deliver for line in todo),
        figures.total(line.collect for line in todo),
        figures.cash(money for line in todo for money in line.cod),
        figures.tenths_of_km(metres),
        _hhmm(day, timed.end),
    )


def _old(day: Day, route: ShiftId, old: Sequence[StopId]) -> ToDo:
    """What the old sheet would have him do, driven from where he is now."""
    ahead = {v.stop for v in visits_ahead(day, route)}
    over = tuple(stop for stop in day.plan.route(route).stops if stop not in ahead)
    way = day.plan.route(route).with_stops((*over, *old))
    timed = schedule(way, day.leaving[route], day.basis)
    return _to_do(day, timed, [lines.line_of(day, "", stop) for stop in old])


def _aboard(
    day: Day, route: ShiftId, over: Sequence[StopLine], ahead: Sequence[StopLine], merged: Sequence[ChangedLine]
) -> str:
    """`41 pieces on board for delivery, 2 to bring back (12)`: the count the driver can check in his van. What
    later tours load is not on board yet."""
    tour = trips.under_way(day.schedules[route], len(over), day.now)
    deliver = sum(one.deliver.pieces for one in ahead if one.tour == tour and not day.stops[one.stop].pickup)
    back = [
        (one.line.number, one.line.deliver.pieces)
        for one in merged
        if one.mark == "removed" and one.line.deliver.pieces and "bring it back" in one.says
    ]
    failed = Size()
    for line in over:
        if line.stop in day.facts.failed and line.tour == tour:
            failed = failed.plus(day.stops[line.stop].delivery)
    total = deliver + sum(n for _, n in back) + failed.pieces
    text = f"{total} pieces on board = {deliver} to deliver"
    if back:
        text += f" + {sum(n for _, n in back)} to bring back ({', '.join(number for number, _ in back)})"
    if failed.pieces:
        text += f" + {failed.pieces} not delivered so far"
    later = sum(line.at_start.pieces for line in ahead if line.tour > tour)
    if later:
        text += f"; {later} more {'is' if later == 1 else 'are'} loaded later, see RELOAD"
    return f"{text}."


def _breaks(day: Day, route: ShiftId, merged: Sequence[ChangedLine]) -> tuple[BreakLine, ...]:
    """Breaks still to come, by the index of the line they stand before."""
    timed = day.schedules[route]
    places = [(pause, _line_at(timed, pause.before, merged)) for pause in timed.pauses]
    return tuple(driver_sheet.break_line(day, pause, at) for pause, at in places if at is not None)


def _reloads(
    day: Day, route: ShiftId, stops: Sequence[StopLine], merged: Sequence[ChangedLine]
) -> tuple[ReloadLine, ...]:
    """Reloads still to come, by the index of the line they stand before."""
    timed = day.schedules[route]
    found = [(line, _line_at(timed, line.before, merged)) for line in driver_sheet.reload_lines(day, route, stops)]
    return tuple(replace(line, before=at) for line, at in found if at is not None)


def _line_at(timed: RouteSchedule, visit: int, merged: Sequence[ChangedLine]) -> int | None:
    """Where the visit of an index stands on the sheet: behind all lines is the way home; None: it is over."""
    if visit >= len(timed.visits):
        return len(merged)
    stop = timed.visits[visit].stop
    return next((i for i, one in enumerate(merged) if one.line.stop == stop), None)


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)
