"""A draft in rows: what moves, whom to phone, how the day is late before and after."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.rules import minutes
from dispatch_console.services.wizards.draft import Draft, Phone, Spot
from dispatch_console.ui.wizards import common
from dispatch_console.ui.wizards.common import tr


class Move(NamedTuple):
    """`before`, `after`: `LS 14`; `was`, `will`: `11:39`; `late`: how much, as words, or empty."""

    name: str
    before: str
    after: str
    was: str
    will: str
    late: str


class Call(NamedTuple):
    who: str
    number: str
    sentence: str
    done: bool


def moves(day: Day, draft: Draft) -> tuple[Move, ...]:
    """Stops that change their driver, in the order of the routes they come to; meetings among them."""
    found: list[Move] = []
    for moved in draft.moved:
        after = draft.after
        stop = after.stops.get(moved.stop) or day.stops[moved.stop]
        late_s = 0
        if moved.after is not None and moved.after.number:
            late_s = after.schedules[moved.after.route].visits[moved.after.number - 1].late_s
        late = tr("{n} min late").format(n=minutes(late_s)) if late_s else ""
        found.append(
            Move(
                stop.label,
                _spot(day, moved.before),
                _spot(after, moved.after),
                _time(day, moved.before),
                _time(after, moved.after),
                late,
            )
        )
    return tuple(found)


def calls(phones: Collection[Phone], done: Collection[Phone]) -> tuple[Call, ...]:
    return tuple(Call(p.who, p.number or tr("no number"), p.sentence, p in done) for p in phones)


def routes(draft: Draft) -> tuple[str, ...]:
    """`Ines Falk: 81.0 → 92.4 km, back 14:29 → 15:29`, a line for each route that changes."""
    lines: list[str] = []
    for one in draft.effects:
        km = " → ".join(f"{m / 1000:.1f}" for m in one.drive_m)
        end = " → ".join(common.hhmm(draft.after, at) for at in one.end)
        late = tr(", late {a} → {b}").format(a=one.late[0], b=one.late[1]) if one.late[0] != one.late[1] else ""
        text = tr("{who}: {km} km, back {end}{late}")
        lines.append(text.format(who=draft.after.shifts[one.route].driver.name, km=km, end=end, late=late))
    return tuple(lines)


def lateness(draft: Draft) -> str:
    """`late 7 → 9 · one undo step`"""
    return tr("late {a} → {b} · one undo step").format(a=draft.late[0], b=draft.late[1])


def customers(draft: Draft) -> int:
    """How many stops of customers move."""
    after = draft.after
    return sum(1 for m in draft.moved if _kind(after, m.stop) is not OrderKind.HANDOVER)


def _kind(day: Day, stop: StopId) -> OrderKind | None:
    found = day.stops.get(stop)
    return found.order.kind if found is not None else None


def _spot(day: Day, spot: Spot | None) -> str:
    if spot is None:
        return tr("new")
    if not spot.number:
        return tr("no driver")
    return f"{day.shifts[spot.route].driver.initials} {numbers.at(day, spot.route, spot.number - 1)}"


def _time(day: Day, spot: Spot | None) -> str:
    """When he gets there; of a meeting the time agreed."""
    if spot is None or not spot.number:
        return "–"
    visit = day.schedules[spot.route].visits[spot.number - 1]
    meets = _kind(day, visit.stop) is OrderKind.HANDOVER
    return common.hhmm(day, visit.begin if meets else visit.arrive)
