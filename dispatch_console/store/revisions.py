"""The revision of a day: counted up by whoever writes to it, which also locks it until he is done.

Who decides on the day as a whole (an approval, an import) names the one he has seen; for everything else
`comparing` looks at what is touched.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dispatch_console.domain.day import DayState
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.store.base import insert_into, new_command, was_done
from dispatch_console.store.fleet_rows import Frame
from dispatch_console.store.schema import AuditRow, DayRow, DepotRow


class Claimed(NamedTuple):
    """A day that is locked for the writer: its row id, and the revision that it is at by his change."""

    day: int
    revision: int


def claim(
    db: Session, depot: DepotId, date: dt.date, command_id: str, seen: int | None = None, **values: object
) -> Claimed | None:
    """Count the day up, whatever it is at, or only from the revision `seen`, and write `values` of its row.

    None: this very command is done already. Raises StaleChange if the day has another revision than `seen`.
    """
    if was_done(db, command_id):
        return None
    ensure(db, depot, date)
    step = update(DayRow).where(DayRow.depot_id == depot, DayRow.date == date)
    if seen is not None:
        step = step.where(DayRow.revision == seen)
    step = step.values(revision=DayRow.revision + 1, **values).returning(DayRow.id, DayRow.revision)
    found = db.execute(step, execution_options={"synchronize_session": False}).first()
    if found is None:
        raise StaleChange(_who_was_faster(db, depot, date))
    return Claimed(*found)


def bump(db: Session, depot: DepotId, date: dt.date) -> int:
    """Count a day up because something came to it from elsewhere; its row id."""
    claimed = claim(db, depot, date, new_command())
    assert claimed is not None, "a new command is not done yet"
    return claimed.day


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
