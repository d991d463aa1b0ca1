"""What people did with the incidents of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import delete, select

from dispatch_console.domain.fleet import DepotId
from dispatch_console.store import revisions
from dispatch_console.store.base import Connected, Entry, Row, record, upsert, was_done
from dispatch_console.store.schema import DayRow, IncidentRow
from dispatch_console.store.values import Mark


class Marks(Connected):
    """Marks stand beside the plan: they do not count the day's revision up."""

    def incident_marks(self, depot: DepotId, date: dt.date) -> dict[str, Mark]:
        """The marks of a day by the name of the incident."""
        query = select(IncidentRow).join(DayRow, DayRow.id == IncidentRow.day_id)
        query = query.where(DayRow.depot_id == depot, DayRow.date == date).order_by(IncidentRow.key)
        with self.read() as db:
            return {r.key: Mark(r.since, r.owner, r.snoozed_until, r.first_by) for r in db.scalars(query)}

    def save_marks(
        self,
        depot: DepotId,
        date: dt.date,
        marks: Mapping[str, Mark | None],
        who: str,
        what: str,
        command_id: str,
    ) -> None:
        """Write these marks and leave the others; None forgets one. `what` is for the audit; empty: it is only the
        program that noted when it saw something. The same command a second time changes nothing.
        """
        with self.write() as db:
            if was_done(db, command_id):
                return
            day = revisions.ensure(db, depot, date)
            rows = [_row(day, key, mark) for key, mark in marks.items() if mark is not None]
            upsert(db, IncidentRow, rows, ("day_id", "key"))
            gone = [key for key, mark in marks.items() if mark is None]
            if gone:
                db.execute(delete(IncidentRow).where(IncidentRow.day_id == day, IncidentRow.key.in_(gone)))
            if what:
                after = [{"incident": key, **_plain(mark)} for key, mark in marks.items()]
                record(db, Entry(who, what, command_id, [], after), day)


def _row(day: int, key: str, mark: Mark) -> Row:
    return {
        "day_id": day,
        "key": key,
        "since": mark.since,
        "owner": mark.owner,
        "snoozed_until": mark.snoozed_until,
        "first_by": mark.by,
    }


def _plain(mark: Mark | None) -> Row:
    until = mark.snoozed_until if mark is not None else None
    return {"owner": mark.owner if mark is not None else "", "snoozed": until.isoformat() if until else None}
