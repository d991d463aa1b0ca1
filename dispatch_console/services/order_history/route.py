"""One route through its day: every command that touched it, and what was told of it, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dispatch_console.domain import clock, saying
from dispatch_console.domain.facts import NO_STOP, Fact
from dispatch_console.domain.fleet import DepotId, Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import WORDS
from dispatch_console.services.order_history.facts import of_route
from dispatch_console.services.order_history.plan import eta, etas, maps, saved_late, undoes
from dispatch_console.services.order_history.values import Event, Line
from dispatch_console.store.store import Store
from dispatch_console.store.tracing_routes import TracedRoute
from dispatch_console.store.values import AuditEntry

#: So many stops of a command are named; the others are counted.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class RouteHistory:
    """`events` from the newest to the oldest. `driver`: of now."""

    date: dt.date
    timezone: str
    driver: str
    events: tuple[Event, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Who did something, by name."""
        return tuple(sorted({event.who for event in self.events if event.who}))


def load(store: Store, depot: DepotId, date: dt.date, route: ShiftId) -> RouteHistory | None:
    """None: nothing of the day is saved yet. Touches the database."""
    traced = store.trace_route(depot, date, route)
    if traced is None:
        return None
    lines = _Lines(traced)
    events = [*lines.commands(), *lines.sheets(), *lines.told()]
    newest_first = sorted(events, key=lambda event: event.at)[::-1]  # of one moment the later told is first
    return RouteHistory(date, traced.depot.timezone, lines.driver(route), tuple(newest_first))


class _Lines:
    def __init__(self, traced: TracedRoute) -> None:
        self._traced = traced
        self._shifts: Mapping[ShiftId, Shift] = {shift.id: shift for shift in traced.shifts}

    def driver(self, route: ShiftId) -> str:
        shift = self._shifts.get(route)
        return shift.driver.name if shift is not None else "a driver who is gone"

    def commands(self) -> Iterator[Event]:
        audit = self._traced.audit
        for at, entry in enumerate(audit):
            line, title, detail = self._command(entry)
            if title:
                undone = "Undone: " if undoes(entry, audit[:at]) else ""
                saved = saved_late(entry, audit)
                yield Event(entry.at, line, f"{undone}{title}", detail, entry.who, saved=saved)

    def sheets(self) -> Iterator[Event]:
        for number, at, who in self._traced.sheets:
            yield Event(at, Line.PRINTED, f"Sheet {number} printed", "", who)

    def told(self) -> Iterator[Event]:
        """Facts of the route and of its stops."""
        for fact in self._traced.facts:
            at, known = (self._instant(seconds) for seconds in (fact.at, fact.recorded))
            late = known if fact.recorded and known - at >= dt.timedelta(minutes=2) else None
            line, title = self._said(fact)
            if title:
                yield Event(at, line, title, fact.note, fact.who, late)

    def _said(self, fact: Fact) -> tuple[Line, str]:
        shift = self._shifts.get(fact.route)
        if fact.stop == NO_STOP:
            return of_route(fact, shift, self._traced.date, self._traced.depot.timezone)
        reason = f": {WORDS[fact.reason]}" if fact.reason is not None else ""
        return Line.ARRIVED, f"{self._name(fact.stop)} {fact.kind.value.replace('_', ' ')}{reason}"

    def _command(self, entry: AuditEntry) -> tuple[Line, str, str]:
        """What it was, in its own words, and what it did to this route."""
        was, became = (_part(parts, self._traced.route) for parts in (entry.before, entry.after))
        if entry.what == "Approval":
            before, after = (_state(parts) for parts in (entry.before, entry.after))
            words = "The plan is a draft again" if after == "draft" else "Plan approved"
            return Line.APPROVED, words if before != after else "", ""
        if was is None and became is None:
            return Line.EDITED, entry.what, "the shift"
        did = self._moved(entry, was or {}, became or {}) or _held(was or {}, became or {})
        return Line.PLANNED, entry.what, did

    def _moved(self, entry: AuditEntry, was: Mapping[str, Any], became: Mapping[str, Any]) -> str:
        """`1042 from Driver 2, ETA 10:15 → 09:50; 1043 to Driver 5, ETA 10:30`"""
        old, new = _stops(was), _stops(became)
        before, after = _everywhere(entry.before), _everywhere(entry.after)
        said: list[str] = []
        for stop in new:
            if stop not in old:
                origin = self._where(entry.before, stop)
                said.append(self._one(stop, f" from {origin}" if origin else "", before, after))
        for stop in old:
            if stop not in new:
                said.append(self._one(stop, f" to {self._where(entry.after, stop) or 'nobody'}", before, after))
        both = [stop for stop in new if stop in old]
        if both != [stop for stop in old if stop in new]:
            said += [self._one(stop, "", before, after) for stop in _overtaken(old, new)]
        if len(said) > _NAMED + 1:
            said = [*said[:_NAMED], f"{len(said) - _NAMED} more"]
        return "; ".join(said)

    def _one(self, stop: StopId, way: str, before: Mapping[StopId, int], after: Mapping[StopId, int]) -> str:
        when = eta(before.get(stop), after.get(stop), self._traced.date, self._traced.depot.timezone)
        return f"{self._name(stop)}{way}" + (f", {when}" if when else "")

    def _where(self, parts: Sequence[Any], stop: StopId) -> str:
        found = next((part["route"] for part in maps(parts) if stop in part.get("stops", ())), None)
        return "" if found is None else "the pool" if found == POOL else self.driver(ShiftId(found))

    def _name(self, stop: StopId) -> str:
        return self._traced.references.get(stop, "an order that is gone")

    def _instant(self, seconds: int) -> dt.datetime:
        return clock.to_instant(seconds, self._traced.date, self._traced.depot.timezone)


def as_text(seen: RouteHistory, rows: Sequence[str]) -> str:
    """Plain text for a mail: `rows` as they are shown."""
    return "\n".join([f"{seen.driver}, {saying.date(seen.date)} {seen.date.year}", "", *rows])


def _part(parts: Sequence[Any], route: ShiftId) -> Mapping[str, Any] | None:
    return next((part for part in maps(parts) if part.get("route") == route), None)


def _state(parts: Sequence[Any]) -> str:
    return next((part["state"] for part in maps(parts) if "state" in part), "draft")


def _stops(part: Mapping[str, Any]) -> list[StopId]:
    return [StopId(stop) for stop in part.get("stops", ())]


def _everywhere(parts: Sequence[Any]) -> dict[StopId, int]:
    """Stop → arrival, on all routes of one side of a command."""
    return {stop: arrive for part in maps(parts) for stop, arrive in etas(part).items()}


def _overtaken(old: Sequence[StopId], new: Sequence[StopId]) -> list[StopId]:
    """Stops that stand before others than they did, in their new order."""
    both = [stop for stop in new if stop in old]
    was = {stop: at for at, stop in enumerate(stop for stop in old if stop in new)}
    return [stop for at, stop in enumerate(both) if was[stop] != at]


def _held(was: Mapping[str, Any], became: Mapping[str, Any]) -> str:
    if was.get("locked", False) != became.get("locked", False):
        return "locked" if became.get("locked") else "no longer locked"
    pins = any(was.get(name, []) != became.get(name, []) for name in ("pinned", "fixed"))
    return "pins" if pins else ""
