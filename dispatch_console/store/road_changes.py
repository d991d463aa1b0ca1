"""What is said of roads, as rows and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Swap
from dispatch_console.domain.region import Area, AreaKind
from dispatch_console.domain.road_changes import RoadChange, RoadChangeId
from dispatch_console.store.base import Row
from dispatch_console.store.schema import DayRow, RoadChangeRow
from dispatch_console.store.types import JsonList


def on(db: Session, depot: DepotId, date: dt.date) -> tuple[RoadChange, ...]:
    """What counts on a day, the oldest first."""
    query = select(RoadChangeRow).where(RoadChangeRow.depot_id == depot, RoadChangeRow.first_day <= date)
    query = query.where(RoadChangeRow.until_day >= date).order_by(RoadChangeRow.made_at, RoadChangeRow.id)
    return tuple(map(_of_row, db.scalars(query)))


def write(db: Session, depot: DepotId, date: dt.date, swaps: Sequence[Swap[RoadChange]]) -> None:
    """Write them. Raises StaleChange if one is not as its `before` says.

    Another day on which one counts too is counted up, so that who has it open looks at it before he changes it.
    """
    for swap in swaps:
        _write(db, depot, swap)
    sides = [side for swap in swaps for side in swap if side is not None]
    if not sides:
        return
    first, until = min(side.first for side in sides), max(side.until for side in sides)
    others = update(DayRow).where(DayRow.depot_id == depot, DayRow.date != date)
    others = others.where(DayRow.date.between(first, until))
    db.execute(others.values(revision=DayRow.revision + 1), execution_options={"synchronize_session": False})


def for_audit(swaps: Sequence[Swap[RoadChange]]) -> tuple[JsonList, JsonList]:
    """(before, after) without the notes, in which people write what they like."""
    before = [{"roads": _plain(swap.before)} for swap in swaps if swap.before is not None]
    after = [{"roads": _plain(swap.after)} for swap in swaps if swap.after is not None]
    return before, after


def _write(db: Session, depot: DepotId, swap: Swap[RoadChange]) -> None:
    some = swap.after if swap.after is not None else swap.before
    assert some is not None, "a swap has at least one side"
    row = db.get(RoadChangeRow, some.id, with_for_update=True)
    if (None if row is None else _of_row(row)) != swap.before:
        raise StaleChange("Somebody changed the roads of this day in the meantime. Look at them and do it again.")
    if swap.after is None:
        if row is not None:
            db.delete(row)
    elif row is None:
        db.add(RoadChangeRow(**_row(swap.after), depot_id=depot))
    else:
        for name, value in _row(swap.after).items():
            setattr(row, name, value)
    db.flush()


def _row(change: RoadChange) -> Row:
    area = change.area
    return {
        "id": change.id,
        "kind": area.kind,
        "corners": [list(corner) for corner in area.corners],
        "factor": area.factor,
        "note": area.note,
        "first_day": change.first,
        "until_day": change.until,
        "made_at": change.made,
    }


def _of_row(row: RoadChangeRow) -> RoadChange:
    area = Area(cast(AreaKind, row.kind), tuple(Place(lat, lon) for lat, lon in row.corners), row.factor, row.note)
    return RoadChange(RoadChangeId(row.id), area, row.first_day, row.until_day, row.made_at)


def _plain(change: RoadChange) -> Row:
    days = {"first_day": change.first.isoformat(), "until_day": change.until.isoformat()}
    told = {key: value for key, value in _row(change).items() if key != "note"}
    return {**told, **days, "made_at": change.made.isoformat()}
