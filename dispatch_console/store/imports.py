"""Imports as they are remembered, and their bad rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import ImportId
from dispatch_console.store.base import Connected
from dispatch_console.store.import_rows import record_of, reject_of
from dispatch_console.store.schema import DayRow, ImportRow, OrderRow, PersonalRow, RejectRow
from dispatch_console.store.values import ImportRecord, Reject


class Imports(Connected):
    """Imports are written with the change they make: see `Days.save_change`."""

    def list_imports(self, depot: DepotId) -> list[ImportRecord]:
        """All imports of a depot, undone ones too, newest first."""
        query = select(ImportRow).where(ImportRow.depot_id == depot).order_by(ImportRow.id.desc())
        with self.read() as db:
            return [record_of(row) for row in db.scalars(query)]

    def days_of_import(self, id: ImportId) -> list[dt.date]:
        """The days in which orders of an import stand now."""
        query = select(DayRow.date).join(OrderRow, OrderRow.day_id == DayRow.id).where(OrderRow.source == id)
        with self.read() as db:
            return list(db.scalars(query.distinct().order_by(DayRow.date)))

    def rejects(self, id: ImportId) -> list[Reject]:
        """The rows of a file that did not become orders, in the order of the file."""
        query = select(RejectRow, PersonalRow).outerjoin(PersonalRow, PersonalRow.reject_id == RejectRow.id)
        query = query.where(RejectRow.import_id == id).order_by(RejectRow.row, RejectRow.id)
        with self.read() as db:
            return [reject_of(row, person) for row, person in db.execute(query)]
