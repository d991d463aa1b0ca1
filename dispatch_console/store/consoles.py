"""Who else is at work on the store: each console says so, and counts as gone when it has been silent for long."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dispatch_console.domain.fleet import DepotId, ShiftId
from dispatch_console.store.base import Connected, clock_of, now, upsert
from dispatch_console.store.schema import ConsoleRow
from dispatch_console.store.values import Colleague

#: Who was not heard of for so long has gone without a word.
SILENT_S = 60


class Consoles(Connected):
    """Times are the database's own, so that it does not matter what a console's clock says."""

    def say_here(self, who: str, depot: DepotId, date: dt.date, route: ShiftId) -> None:
        """This console shows that day, and this route is in hand (0: none). To be said again from time to time."""
        with self.write() as db:
            at = _clock(db)
            row = {"id": self.console, "who": who, "depot_id": depot, "date": date, "shift_id": route}
            opened = db.scalar(select(ConsoleRow.opened_at).where(ConsoleRow.id == self.console)) or at
            upsert(db, ConsoleRow, [{**row, "opened_at": opened, "seen_at": at}], ("id",))
            silent = at - dt.timedelta(seconds=SILENT_S)
            db.execute(delete(ConsoleRow).where(ConsoleRow.seen_at < silent, ConsoleRow.id != self.console))

    def say_gone(self) -> None:
        with self.write() as db:
            db.execute(delete(ConsoleRow).where(ConsoleRow.id == self.console))

    def colleagues(self) -> list[Colleague]:
        """The other consoles, those that came first at the top."""
        with self.read() as db:
            silent = _clock(db) - dt.timedelta(seconds=SILENT_S)
            query = select(ConsoleRow).where(ConsoleRow.id != self.console, ConsoleRow.seen_at >= silent)
            rows = db.scalars(query.order_by(ConsoleRow.opened_at, ConsoleRow.id))
            return [
                Colleague(row.id, row.who, DepotId(row.depot_id), row.date, ShiftId(row.shift_id), row.opened_at)
                for row in rows
            ]


def _clock(db: Session) -> dt.datetime:
    found = db.execute(select(clock_of(db))).scalar_one()
    return found.astimezone(dt.UTC) if isinstance(found, dt.datetime) else now()
