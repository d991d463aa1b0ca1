"""What was done to an order, as lines of its history: came in, changed, given to drivers, decided, approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, cast

from dispatch_console.domain import clock, nextsteps, saying
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, NextStep, OrderId, StopId, Window
from dispatch_console.domain.plan import POOL
from dispatch_console.services.order_history.values import Event, Line
from dispatch_console.store.tracing import TracedDay
from dispatch_console.store.values import AuditEntry

#: Columns of an order, as a change of them is named; what is not here is nobody's business.
_PARTS = {
    "reference": "order number", "kind": "kind", "asked_day": "day", "windows": "window", "service_s": "stop time",
    "grams": "weight", "litres": "volume", "pieces": "pieces", "priority": "priority", "skills": "skills",
    "cod_cents": "cash", "items": "items", "attempts": "attempts", "name": "name", "company": "company",
    "phone": "phone", "email": "e-mail", "street": "address", "house_number": "address", "postcode": "address",
    "city": "address", "country": "address", "lat": "place", "lon": "place", "notes": "note",
    "release_s": "when it is ready", "late_per_min": "price of lateness", "parking_s": "parking", "zone": "zone",
    "goods": "class of goods", "not_drivers": "excluded drivers", "known_by": "usual drivers",
    "pickup_stop": "where it is picked up",
}  # fmt: skip

#: Between giving a command and saving it so much is nothing to speak of.
_LATE = dt.timedelta(minutes=2)
_PLAYED = dt.timedelta(days=1)


class Stood(NamedTuple):
    """Where the visit stands in a route (number from 1), and how it is held there. Route POOL: unassigned."""

    route: ShiftId
    number: int = 0
    before: frozenset[int] = frozenset()  # the stops in front of it
    held: str = ""
    eta: int | None = None  # seconds of the plan day


@dataclass(slots=True)
class PlanLines:
    """Reads the audit of one day from the oldest entry on and remembers where the visit stands."""

    day: TracedDay
    timezone: str
    events: list[Event] = field(default_factory=list[Event])
    stood: list[tuple[dt.datetime, ShiftId]] = field(default_factory=list[tuple[dt.datetime, ShiftId]])
    _next: dict[str, Any] = field(default_factory=dict[str, Any])

    def read(self) -> PlanLines:
        entries = self.day.audit
        for at, entry in enumerate(entries):
            self._one(entry, undone=undoes(entry, entries[:at]))
        return self

    def route_at(self, at: dt.datetime) -> ShiftId:
        """The route in which the visit stood then; before anything is known of it: the one in which it stands."""
        known = [route for since, route in self.stood if since <= at]
        if known:
            return known[-1]
        return self.day.route.id if not self.stood else POOL

    def _one(self, entry: AuditEntry, *, undone: bool) -> None:
        if entry.what == "Approval":
            self._approval(entry)
            return
        label = f"undone: {entry.what}" if undone else entry.what
        self._order(entry, label, undone=undone)
        self._routes(entry, label)

    def _add(self, entry: AuditEntry, line: Line, title: str, detail: str = "") -> None:
        self.events.append(Event(entry.at, line, title, detail, entry.who, saved=self._saved(entry)))

    def _saved(self, entry: AuditEntry) -> dt.datetime | None:
        return saved_late(entry, self.day.audit)

    # -- the order itself ----------------------------------------------------------------------------

    def _order(self, entry: AuditEntry, label: str, *, undone: bool) -> None:
        before, after = (_order_in(parts, self.day.order.id) for parts in (entry.before, entry.after))
        if before is None and after is not None:
            if undone:
                self._add(entry, Line.CAME, "Is back", label)
            else:
                self._add(entry, Line.CAME, *self._came(entry))
        elif before is not None and after is None:
            self._add(entry, Line.CAME, "Taken out of the day", label)
        elif before is not None and after is not None:
            self._changed(entry, before, after, label)

    def _came(self, entry: AuditEntry) -> tuple[str, str]:
        order, imported = self.day.order, self.day.imported
        if order.origin:
            return f"Carried over to {saying.date(self.day.date)}", f"attempt {order.attempts + 1}"
        if imported is not None:
            return f"Imported from {imported.file}", ""
        return "Came in", entry.what

    def _changed(self, entry: AuditEntry, before: Mapping[str, Any], after: Mapping[str, Any], label: str) -> None:
        decided = {key: value for key, value in after.items() if key.startswith("next_")}
        if decided:
            self._next |= decided
            step = self._noted(_step(self._next))
            told = f"To do next: {nextsteps.short(step)}" if step is not None else "The decision is taken back"
            self._add(entry, Line.DECIDED, told)
        if after.get("carried"):
            self._add(entry, Line.DECIDED, "Carried over", label)
        elif "carried" in after:
            self._add(entry, Line.DECIDED, "Carried over no more", label)
        changed = [key for key in after if before.get(key) != after[key]] + list(after.get("personal", ()))
        names = dict.fromkeys(_PARTS[key] for key in changed if key in _PARTS)
        if names:
            said = [_told(name, before, after) for name in names]
            self._add(entry, Line.EDITED, f"Changed: {', '.join(said)}", "" if label.startswith("Edit") else label)

    def _noted(self, step: NextStep | None) -> NextStep | None:
        """With its note, if it still is what is decided: the audit keeps none."""
        now = self.day.order.next
        same = step is not None and now is not None and replace(now, note="", carried=step.carried) == step
        return now if same else step

    # -- where it stands -----------------------------------------------------------------------------

    def _routes(self, entry: AuditEntry, label: str) -> None:
        old, new = (_stands(parts, self.day.stops) for parts in (entry.before, entry.after))
        if new is None and old is None:
            return
        if new is not None:
            self.stood.append((entry.at, new.route))
        old, new = old or Stood(POOL), new or Stood(POOL)
        if old.route != new.route:
            self._add(entry, Line.PLANNED, self._moved(old, new) + self._eta(old, new), label)
        elif new.route != POOL and _overtakes(entry, old, new):
            driver = self._driver(new.route)
            title = f"Stop {old.number} → {new.number} of {driver}"
            self._add(entry, Line.PLANNED, title + self._eta(old, new), label)
        elif old.held != new.held:
            self._add(entry, Line.PINNED, new.held or "Held no more", "")

    def _moved(self, old: Stood, new: Stood) -> str:
        if new.route == POOL:
            return f"Taken off {self._driver(old.route)}, unassigned"
        to = f"{self._driver(new.route)}, stop {new.number}"
        return f"Given to {to}" if old.route == POOL else f"From {self._driver(old.route)} to {to}"

    def _eta(self, old: Stood, new: Stood) -> str:
        told = eta(old.eta, new.eta, self.day.date, self.timezone)
        return f", {told}" if told else ""

    def _driver(self, route: ShiftId) -> str:
        return driver(self.day, route)

    def _approval(self, entry: AuditEntry) -> None:
        was, became = (_state(parts) for parts in (entry.before, entry.after))
        if was == became:
            return  # papers were printed: they tell of it themselves
        if became == "draft":
            self._add(entry, Line.APPROVED, "The plan is a draft again")
            return
        planned = self.day.planned
        where = f"{self._driver(planned.route)}, stop {planned.number}" if planned is not None else "unassigned"
        self._add(entry, Line.APPROVED, "Plan approved", where)


def sheets(day: TracedDay) -> Iterator[Event]:
    """On which papers the order was given to whom."""
    for sheet in day.sheets:
        title = f"On sheet {sheet.version} of {driver(day, sheet.route)}"
        yield Event(sheet.at, Line.PRINTED, title, f"stop {sheet.number}", sheet.who)


def driver(day: TracedDay, route: ShiftId) -> str:
    return next((shift.driver.name for shift in day.shifts if shift.id == route), "a driver who is gone")


def eta(before: int | None, after: int | None, date: dt.date, timezone: str) -> str:
    """`ETA 10:15 → 09:50`, `ETA 09:50` where there was none or it stays; empty where there is none now."""
    if after is None:
        return ""
    was, now = (clock.hhmm(t, date, timezone) if t is not None else "" for t in (before, after))
    return f"ETA {was} → {now}" if was and was != now else f"ETA {now}"


def saved_late(entry: AuditEntry, others: Sequence[AuditEntry]) -> dt.datetime | None:
    """When a command was saved, if that is not when it was given: it waited for the store, or a clock is wrong.

    Where not one command of the day was saved when it was given, the day is played by a clock of its own.
    """
    if entry.recorded is None or abs(entry.recorded - entry.at) <= _LATE:
        return None
    apart = (abs(one.recorded - one.at) for one in others if one.recorded is not None)
    return entry.recorded if min(apart, default=_LATE) <= _PLAYED else None


def undoes(entry: AuditEntry, earlier: Sequence[AuditEntry]) -> bool:
    """Whether it takes back the last step of its name that was not taken back yet."""
    same = [one for one in earlier if one.what == entry.what]
    return bool(same) and same[-1].before == entry.after and same[-1].after == entry.before


def _overtakes(entry: AuditEntry, old: Stood, new: Stood) -> bool:
    """Whether it changed places with a stop that stood in the route before and still does: not if others merely
    came or went in front of it.
    """
    both = _stops_of(entry.before, old.route) & _stops_of(entry.after, new.route)
    return old.before & both != new.before & both


# --- the shape of the audit (see `store.changes.for_audit`) ---


def _order_in(parts: Sequence[Any], order: OrderId) -> Mapping[str, Any] | None:
    for part in maps(parts):
        told = part.get("order")
        if isinstance(told, dict) and cast("Mapping[str, Any]", told).get("id") == order:
            return cast("Mapping[str, Any]", told)
    return None


def _stands(parts: Sequence[Any], stops: Sequence[StopId]) -> Stood | None:
    for part in maps(parts):
        sequence: Sequence[int] = part.get("stops", ())
        for stop in stops:
            if "route" in part and stop in sequence:
                at = sequence.index(stop)
                known = etas(part).get(stop)
                return Stood(ShiftId(part["route"]), at + 1, frozenset(sequence[:at]), _held(part, stop), known)
    return None


def _held(part: Mapping[str, Any], stop: StopId) -> str:
    if stop in part.get("fixed", ()):
        return "Held at its place"
    return "Held with its driver" if stop in part.get("pinned", ()) else ""


def _stops_of(parts: Sequence[Any], route: ShiftId) -> frozenset[int]:
    return frozenset(stop for part in maps(parts) if part.get("route") == route for stop in part.get("stops", ()))


def _state(parts: Sequence[Any]) -> str:
    return next((part["state"] for part in maps(parts) if "state" in part), "draft")


def etas(part: Mapping[str, Any]) -> dict[StopId, int]:
    """Stop → arrival, in seconds of the plan day."""
    return {StopId(stop): arrive for stop, arrive in part.get("etas", ())}


def maps(parts: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    return (cast("Mapping[str, Any]", part) for part in parts if isinstance(part, dict))


def _step(told: Mapping[str, Any]) -> NextStep | None:
    """What the columns of a decision say."""
    if not told.get("next_kind"):
        return None
    windows = tuple(Window(*window) for window in told.get("next_windows") or ())
    return NextStep(NextKind(told["next_kind"]), _date(told, "next_day"), windows, _date(told, "next_until"))


def _date(told: Mapping[str, Any], column: str) -> dt.date | None:
    text = told.get(column)
    return dt.date.fromisoformat(text) if text else None


def _told(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """`window 08–12 → 10–14`; of the others only that they changed: what they were is not kept for good."""
    if name == "window":
        return f"window {_windows(before)} → {_windows(after)}"
    if name == "pieces":
        return f"pieces {before['pieces']} → {after['pieces']}"
    return name


def _windows(told: Mapping[str, Any]) -> str:
    return saying.windows([Window(*window) for window in told.get("windows", ())]) or "any time"
