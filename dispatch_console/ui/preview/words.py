"""What the preview says, as texts: totals that add up, and a line for each route and stop. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services.planning import Options, Scope
from dispatch_console.services.preview import Left, Moved, RouteRow, Spot, Totals
from dispatch_console.ui import texts
from dispatch_console.ui.models import words
from dispatch_console.ui.planning.words import MINUS, Figure, hours
from dispatch_console.ui.previewed import Previewed

_tr = texts.of("Preview")

#: (slot, initials, number in the route or none)
Chip = tuple[int, str, str]


@dataclass(frozen=True)
class RouteLine:
    """A route that changes; it has a tick. `beside`: the initials of those it goes together with."""

    route: ShiftId
    group: frozenset[ShiftId]
    chip: Chip
    name: str
    beside: str
    km: str
    end: tuple[str, str]


@dataclass(frozen=True)
class StopLine:
    """A stop under its route. `before` None: it is `new` there. `after` None: it has no driver then.

    `leaves`: it is told grey under the route that it leaves. `saved` in minutes as shown; `good`: more than none.
    `km`: kilometres that it saves.
    `stays`: it does not move, its time alone changes, by `saved`. `follows`: it keeps its printed number, and this
    says where it comes now.
    """

    stop: StopId
    name: str
    reference: str
    before: Chip | None
    after: Chip | None
    eta: tuple[str, str] = ("", "")
    saved: str = ""
    km: str = ""
    good: bool = False
    leaves: bool = False
    stays: bool = False
    follows: str = ""
    late: bool = False


@dataclass(frozen=True)
class HeadLine:
    """A head over the lines that follow, with their number."""

    text: str
    count: int


Line = RouteLine | StopLine | HeadLine


def title(options: Options, clock: str) -> str:
    """`Preview: re-optimise from 11:20`"""
    if options.scope is Scope.ROUTES:
        routes = words.count(len(options.routes), "route")
        return _tr("Preview: re-optimise {routes} from {time}").format(routes=routes, time=clock)
    return _tr("Preview: re-optimise from {time}").format(time=clock)


def figures(seen: Previewed) -> list[Figure]:
    """The table. The three figures in minutes add up, as they are shown, to the minutes saved."""
    before, after = seen.seen.before, seen.seen.after
    saved = minutes_saved(seen)
    shown = str(saved) if saved >= 0 else f"{MINUS}{-saved}"
    return [
        _minutes(_tr("Driving"), before.times.drive_s, after.times.drive_s, hours),
        _minutes(_tr("Waiting"), before.times.wait_s, after.times.wait_s, _short),
        _minutes(_tr("Late, still open"), before.times.late_s, after.times.late_s, _short),
        Figure(_tr("Minutes saved"), "", "", shown, None if not saved else saved > 0, strong=True),
        _count(_tr("Stops that will be late"), before.late_stops, after.late_stops),
        _count(_tr("Distance, km"), round(before.drive_m / 1000), round(after.drive_m / 1000)),
        _back(seen.after, before, after),
        _count(_tr("Orders without a route"), _orders(seen.before), _orders(seen.after)),
    ]


def minutes_saved(seen: Previewed) -> int:
    """Of the whole plan, as the three figures above it are shown."""
    parts = zip(seen.seen.before.times, seen.seen.after.times, strict=True)
    return sum(round(was / 60) - round(will / 60) for was, will in parts)


def lines(seen: Previewed) -> list[Line]:
    """Route by route what moves there and what leaves; then the stops whose time alone changes much.

    What the lines save adds up, as it is shown, to the minutes saved.
    """
    found: list[Line] = []
    minutes = shares([share.seconds for share in seen.saved.values()], minutes_saved(seen))
    saved = dict(zip(seen.saved, minutes, strict=True))
    for row in seen.seen.rows:
        found.append(_route(seen, row))
        found += [_moved(seen, moved, saved.get(moved.stop, 0)) for moved in row.moved]
        found += [_left(seen, row.route, left, saved.get(left.stop, 0)) for left in row.left]
    if seen.seen.shifted:
        found.append(HeadLine(_tr("Not moved, ETA changes 15 min or more"), len(seen.seen.shifted)))
        found += [_shifted(seen, *one) for one in seen.seen.shifted]
    return found


def shares(seconds: Sequence[int], whole: int) -> list[int]:
    """Whole minutes, one for each of `seconds` and next to it, that add up to `whole`."""
    minutes = [one // 60 for one in seconds]
    nearest = sorted(range(len(seconds)), key=lambda i: -(seconds[i] % 60))
    missing = whole - sum(minutes)
    for turn in range(abs(missing) if nearest else 0):
        minutes[nearest[turn % len(nearest)]] += 1 if missing > 0 else -1
    return minutes


def spoken(line: Line) -> str:
    """A line as a sentence: the tooltip, and what is spoken."""
    if isinstance(line, HeadLine):
        return f"{line.text}: {line.count}"
    if isinstance(line, RouteLine):
        was, will = line.end
        way = will if was == will else f"{was} → {will}"
        told = _tr("{name}: {km}, back {way}.").format(name=line.name, km=line.km, way=way)
        return told + (_tr(" Accepted or not together {others}.").format(others=line.beside) if line.beside else "")
    shown = [f"{chip[1]} {chip[2]}".strip() for chip in (line.before, line.after) if chip is not None]
    places = " → ".join([shown[0], line.follows] if line.follows else shown)
    if line.leaves:
        told = _tr("{name}, {number}, leaves: {places}")
        return told.format(name=line.name, number=line.reference, places=places)
    said = f"{line.name}, {line.reference}: {places}, {' → '.join(eta for eta in line.eta if eta)}"
    if line.stays:
        return _tr("{said}: not moved, {by}").format(said=said, by=line.saved)
    told = _tr("{said}. Its share of the driving, waiting and lateness saved, minutes: {n}; kilometres: {km}")
    return told.format(said=said, n=line.saved, km=line.km)


def caption(seen: Previewed) -> str:
    """`5 moved, 2 new`"""
    parts = [_tr("{n} moved").format(n=seen.seen.moved)]
    if seen.seen.new:
        parts.append(_tr("{n} new").format(n=seen.seen.new))
    return ", ".join(parts)


def _route(seen: Previewed, row: RouteRow) -> RouteLine:
    day = seen.before
    others = [id for id in day.shifts if id in row.group and id != row.route]
    beside = _tr("with {names}").format(names=", ".join(_initials(day, id) for id in others)) if others else ""
    km = round(row.drive_m[1] / 1000) - round(row.drive_m[0] / 1000)
    change = "±0" if not km else f"{'+' if km > 0 else MINUS}{abs(km)}"
    ends = _end(seen.before, row.route), _end(seen.after, row.route)
    name = day.shifts[row.route].driver.name
    return RouteLine(
        row.route, row.group, _chip(day, row.route), name, beside, _tr("{n} km").format(n=change), ends
    )


def _end(day: Day, route: ShiftId) -> str:
    timed = day.schedules[route]
    return _hhmm(day, timed.end) if timed.visits else "–"


def _moved(seen: Previewed, moved: Moved, saved: int) -> StopLine:
    """`saved`: minutes."""
    was = _at(seen.before, moved.before) if moved.before is not None else None
    will, etas = _at(seen.after, moved.after), _etas(seen, moved.before, moved.after)
    late = _is_late(seen.after, moved.after)
    by, km, place = words.signed_minutes(saved * 60), _km(seen, moved.stop), _place(seen, moved)
    name = _name(seen, moved.stop)
    return StopLine(moved.stop, *name, was, will, etas, by, km, saved > 0, follows=place, late=late)


def _place(seen: Previewed, moved: Moved) -> str:
    """`after 8`, of a stop that keeps its number while its place changes."""
    if not seen.keeps_number(moved):
        return ""
    if moved.after.number == 1:
        return _tr("first")
    return _tr("after {n}").format(n=numbers.at(seen.after, moved.after.route, moved.after.number - 2))


def _left(seen: Previewed, home: ShiftId, left: Left, saved: int) -> StopLine:
    """`saved`: minutes; told where nobody has the stop then, else it stands where the stop goes."""
    after = _at(seen.after, left.after) if left.after is not None else None
    by = "" if after is not None else words.signed_minutes(saved * 60)
    km = "" if after is not None else _km(seen, left.stop)
    here = _chip(seen.before, home)
    return StopLine(left.stop, *_name(seen, left.stop), here, after, ("", ""), by, km, saved > 0, leaves=True)


def _km(seen: Previewed, stop: StopId) -> str:
    share = seen.saved.get(stop)
    return words.signed_kilometres(share.metres) if share is not None else ""


def _shifted(seen: Previewed, stop: StopId, was: Spot, will: Spot) -> StopLine:
    by = _tr("{n} m").format(n=words.signed_minutes(will.arrive - was.arrive))
    late, etas = _is_late(seen.after, will), _etas(seen, was, will)
    return StopLine(stop, *_name(seen, stop), None, _at(seen.after, will), etas, by, stays=True, late=late)


def _etas(seen: Previewed, was: Spot | None, will: Spot) -> tuple[str, str]:
    return (_hhmm(seen.before, was.arrive) if was is not None else "", _hhmm(seen.after, will.arrive))


def _is_late(day: Day, spot: Spot) -> bool:
    return day.schedules[spot.route].visits[spot.number - 1].late_s > 0


def _name(seen: Previewed, stop: StopId) -> tuple[str, str]:
    value = seen.after.stops[stop]
    return words.listed_name(value.label), value.order.reference


def _chip(day: Day, route: ShiftId, number: str = "") -> Chip:
    return day.shifts[route].slot, _initials(day, route), number


def _at(day: Day, spot: Spot) -> Chip:
    return _chip(day, spot.route, numbers.at(day, spot.route, spot.number - 1))


def _initials(day: Day, route: ShiftId) -> str:
    return day.shifts[route].driver.initials


def _minutes(name: str, before: int, after: int, say: Callable[[int], str]) -> Figure:
    more = round(after / 60) - round(before / 60)
    return Figure(name, say(before), say(after), _signed(more), None if not more else more < 0)


def _short(seconds: int) -> str:
    return _tr("{n} min").format(n=f"{round(seconds / 60):,}")


def _count(name: str, before: int, after: int) -> Figure:
    more = after - before
    return Figure(name, f"{before:,}", f"{after:,}", _signed(more), None if not more else more < 0)


def _back(day: Day, before: Totals, after: Totals) -> Figure:
    more = round(after.last_back / 60) - round(before.last_back / 60)
    name = _tr("Last van back")
    was, will = _hhmm(day, before.last_back), _hhmm(day, after.last_back)
    return Figure(name, was, will, _signed(more) if more else "", None if not more else more < 0)


def _signed(more: int) -> str:
    return "" if not more else f"{'+' if more > 0 else MINUS}{abs(more):,}"


def _orders(day: Day) -> int:
    return sum(len(day.stops[stop].orders) for stop in day.unassigned)


def _hhmm(day: Day, seconds: int) -> str:
    return words.wall(seconds, day.date, day.depot.timezone)
