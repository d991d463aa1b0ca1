"""Who writes a day names the revision he has seen; a day that has moved on refuses."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dispatch_console.domain.day import DayState
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.store.base import insert_into, was_done
from dispatch_console.store.fleet_rows import Frame
from dispatch_console.store.schema import AuditRow, DayRow, DepotRow


def claim(db: Session, depot: DepotId, date: dt.date, revision: int, command_id: str) -> int | None:
    """Count the day up from `revision`; its row id. None: this very command is done already.

    Raises StaleChange if the day has another revision.
    """
    step = update(DayRow).where(DayRow.depot_id == depot, DayRow.date == date, DayRow.revision == revision)
    day = db.scalar(step.values(revision=revision + 1).returning(DayRow.id))
    if day is None and revision == 0:
        day = _insert(db, depot, date, 1)
    if day is None and not was_done(db, command_id):
        raise StaleChange(_who_was_faster(db, depot, date))
    return day


def check(db: Session, depot: DepotId, date: dt.date, revision: int) -> DayRow:
    """The day's row, which must be at `revision`. Raises StaleChange."""
    ensure(db, depot, date)
    query = select(DayRow).where(DayRow.depot_id == depot, DayRow.date == date, DayRow.revision == revision)
    row = db.scalar(query.with_for_update())
    if row is None:
        raise StaleChange(_who_was_faster(db, depot, date))
    return row


def bump(db: Session, depot: DepotId, date: dt.date) -> int:
    """Count a day up whatever its revision is, because something came to it from elsewhere; its row id."""
    ensure(db, depot, date)
    step = update(DayRow).where(DayRow.depot_id == depot, DayRow.date == date)
    return db.execute(step.values(revision=DayRow.revision + 1).returning(DayRow.id)).scalar_one()


def ensure(db: Session, depot: DepotId, date: dt.date) -> int:
    """The row id of a day, which is made if need be."""
    found = db.scalar(select(DayRow.id).where(DayRow.depot_id == depot, DayRow.date == date))
    made = found or _insert(db, depot, date, 0)
    return made or db.execute(select(DayRow.id).where(DayRow.depot_id == depot, DayRow.date == date)).scalar_one()


def frame(db: Session, depot: DepotId, date: dt.date) -> Frame:
    timezone = db.scalar(select(DepotRow.timezone).where(DepotRow.id == depot))
    if timezone is None:
        raise UserError("This depot is not in the store. Choose another.")
    return Frame(date, timezone)


def _insert(db: Session, depot: DepotId, date: dt.date, revision: int) -> int | None:
    """None: somebody else has just made it."""
    values = {
        "depot_id": depot,
        "date": date,
        "revision": revision,
        "state": DayState.DRAFT.value,
        "approved_by": "",
    }
    statement = insert_into(db, DayRow).values(values).on_conflict_do_nothing()
    return db.scalar(statement.returning(DayRow.__table__.c.id))


def _who_was_faster(db: Session, depot: DepotId, date: dt.date) -> str:
    last = db.execute(
        select(AuditRow.who, AuditRow.what)
        .join(DayRow, DayRow.id == AuditRow.day_id)
        .where(DayRow.depot_id == depot, DayRow.date == date)
        .order_by(AuditRow.id.desc())
        .limit(1)
    ).first()
    what = f"{last.who} changed this day in the meantime (“{last.what}”)." if last else "This day was changed."
    return f"{what} Look at it and do it again."
