"""What other consoles have done since: found by the audit, read from the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import OrderId
from dispatch_console.store import comparing, reading, revisions, road_changes
from dispatch_console.store.base import Connected
from dispatch_console.store.baseline import baseline_of
from dispatch_console.store.schema import AuditRow, DayRow
from dispatch_console.store.values import Done, News

#: Of more commands than these nobody reads on: the day is better loaded anew.
_MOST = 1000

#: What the parts of an entry of the audit are about, by the word they begin with; see `changes.for_audit`.
_PLAN = frozenset({"route", "order", "shift"})
_FLEET = frozenset({"driver", "vehicle", "pattern"})
_WHOLE = frozenset({"depot", "planning"})


def newest(db: Session) -> int:
    """The number of the newest command."""
    return db.scalar(select(func.max(AuditRow.id))) or 0


class Following(Connected):
    """Commands are numbered in the order in which they hold, see `engine`, so none is ever missed."""

    def news(self, depot: DepotId, date: dt.date, since: int) -> News:
        """What others have done to a day, or to its depot, after the command `since`."""
        with self.read() as db:
            upto = newest(db)
            query = select(AuditRow).where(AuditRow.id > since, AuditRow.console != self.console)
            rows = db.scalars(query.order_by(AuditRow.id).limit(_MOST + 1)).all()
            if len(rows) > _MOST:
                return News(upto, whole=True)
            day = db.scalar(select(DayRow).where(DayRow.depot_id == depot, DayRow.date == date))
            here = [row for row in rows if row.day_id is None or (day is not None and row.day_id == day.id)]
            if day is not None and any(_erases(row, day.id) for row in here):
                return News(upto, _done(here), whole=True)
            words = {word for row in rows for word in _words(row) if row in here or word == "roads"}
            if day is None or not words:
                return News(upto, _done(here), fleet=bool(words & _FLEET), whole=bool(words & _WHOLE))
            return _news(db, depot, day, upto, here, words)


def _news(db: Session, depot: DepotId, day: DayRow, upto: int, rows: Sequence[AuditRow], words: set[str]) -> News:
    frame = revisions.frame(db, depot, day.date)
    plan = not words.isdisjoint(_PLAN)
    orders = sorted({id for row in rows for kind, id in _touched(row) if kind == "order"})
    there = comparing.orders_by_id(db, day.id, orders)
    return News(
        upto,
        _done(rows),
        day.revision,
        reading.routes_of(db, day.id) if plan else None,
        reading.shifts_of(db, day.id, frame) if plan else None,
        {OrderId(id): there.get(OrderId(id)) for id in orders},
        reading.facts_of(db, day.id, frame) if "fact" in words else None,
        reading.approval_of(db, day) if "state" in words else None,
        baseline_of(day.baseline, frame) if "state" in words else None,
        road_changes.on(db, depot, day.date) if "roads" in words else None,
        fleet=not words.isdisjoint(_FLEET),
        marks="incident" in words,
        whole=not words.isdisjoint(_WHOLE),
    )


def _done(rows: Iterable[AuditRow]) -> tuple[Done, ...]:
    return tuple(Done(row.at, row.who, row.what, frozenset(_touched(row))) for row in rows)


def _words(row: AuditRow) -> set[str]:
    """Facts are told by their ids alone."""
    parts = [*row.before, *row.after]
    found = {word for part in parts if isinstance(part, dict) for word in cast("dict[str, Any]", part)}
    return found | ({"fact"} if any(isinstance(part, int) for part in parts) else set[str]())


def _erases(row: AuditRow, day: int) -> bool:
    """Whether customers of a day were erased, see `erasing`."""
    told = (cast("dict[str, Any]", part) for part in row.after if isinstance(part, dict) and "erased" in part)
    return any(day in part.get("days", ()) for part in told)


def _touched(row: AuditRow) -> set[tuple[str, int]]:
    """(`route`, `order` or `shift`, id) of all that a command touched."""
    found: set[tuple[str, int]] = set()
    for part in (*row.before, *row.after):
        if not isinstance(part, dict):
            continue
        told = cast("dict[str, Any]", part)
        found |= {(kind, told[kind]) for kind in ("route", "shift") if kind in told}
        if "order" in told:
            found.add(("order", told["order"]["id"]))
    return found
