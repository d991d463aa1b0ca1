"""The rows of the history: a head for each calendar day, and its lines below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dispatch_console.domain import saying
from dispatch_console.domain.proofs import Proof
from dispatch_console.services.order_history.values import Event, Line, OrderHistory
from dispatch_console.ui import texts
from dispatch_console.ui.widgets.grouped import Head

_tr = texts.of("OrderPage")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as it is shown; `told` says who, and when it became known if that was later."""

    time: str
    line: Line
    title: str
    detail: str
    told: str
    corrected: bool = False
    proof: Proof | None = None


Row = Head | Entry


def rows_of(seen: OrderHistory) -> list[Row]:
    """From the oldest to the newest, in the depot's time."""
    return grouped(seen.events, seen.depot.timezone)


def grouped(events: Iterable[Event], timezone: str) -> list[Row]:
    """Events in their order, below a head for each calendar day."""
    zone = ZoneInfo(timezone)
    by_day: dict[dt.date, list[Event]] = {}
    for event in events:
        by_day.setdefault(event.at.astimezone(zone).date(), []).append(event)
    rows: list[Row] = []
    for date, events in by_day.items():
        rows += [Head(saying.date(date), len(events)), *(_entry(event, zone) for event in events)]
    return rows


def _entry(event: Event, zone: ZoneInfo) -> Entry:
    told = event.who
    if event.recorded is not None:
        at = f"{event.recorded.astimezone(zone):%H:%M}"
        told = _tr("{who}, told {at}").format(who=told, at=at) if told else _tr("told {at}").format(at=at)
    if event.saved is not None:
        told = f"{told}, {_given_and_saved(event.at, event.saved, zone)}" if told else ""
    time = f"{event.at.astimezone(zone):%H:%M}"
    return Entry(time, event.line, event.title, event.detail, told, event.corrected, event.proof)


def _given_and_saved(at: dt.datetime, saved: dt.datetime, zone: ZoneInfo) -> str:
    """`given 07:42, saved 08:10`; of another day with its date."""
    given, when = at.astimezone(zone), saved.astimezone(zone)
    told = f"{when:%H:%M}" if given.date() == when.date() else f"{saying.date(when.date())} {when:%H:%M}"
    return _tr("given {at}, saved {saved}").format(at=f"{given:%H:%M}", saved=told)


def as_text(seen: OrderHistory) -> str:
    """All of it as plain text, to be pasted into a mail."""
    order = seen.order
    lines = [f"{order.reference}, {order.recipient}", seen.standing.headline, *seen.standing.more, ""]
    return "\n".join([*lines, *map(line_of, rows_of(seen))])


def line_of(row: Row) -> str:
    """A row as a line of text."""
    if isinstance(row, Head):
        return row.title
    parts = (row.title, row.detail, _tr("corrected later") if row.corrected else "", row.told)
    return f"  {row.time}  {' · '.join(part for part in parts if part)}"


def words_of(entry: Entry) -> str:
    """A row as text, for whoever cannot see its columns."""
    return f"{entry.time} {entry.title} {entry.detail} {entry.told}"


def tip_of(entry: Entry) -> str:
    return "\n".join(part for part in (entry.title, entry.detail, entry.told) if part)
