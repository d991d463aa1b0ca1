"""What an import leaves behind besides the orders of the open day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import ImportId
from dispatch_console.store.base import insert_many
from dispatch_console.store.schema import ImportRow, PersonalRow, RejectRow
from dispatch_console.store.values import ImportPart, ImportRecord, Reject


def write_part(db: Session, depot: DepotId, part: ImportPart) -> None:
    """Write an import's record and bad rows, or, the second time, whether it is undone."""
    this = part.record
    again = (
        update(ImportRow).where(ImportRow.id == this.id).values(undone=this.undone, version=ImportRow.version + 1)
    )
    if not db.execute(again.returning(ImportRow.id)).all():
        db.add(_import_row(this, depot))
        db.flush()
        _write_rejects(db, this.id, part.rejects)


def record_of(row: ImportRow) -> ImportRecord:
    return ImportRecord(
        ImportId(row.id), row.file, row.fingerprint, row.mapping, row.counts, row.at, row.who, row.undone
    )


def reject_of(row: RejectRow, person: PersonalRow | None) -> Reject:
    """`person` is None after an erasure."""
    text, *cells = (person.cells if person is not None else None) or [""]
    return Reject(row.row, row.column, row.problem, row.reason, text, tuple(cells))


def _import_row(record: ImportRecord, depot: DepotId) -> ImportRow:
    return ImportRow(
        id=record.id,
        depot_id=depot,
        at=record.at,
        who=record.who,
        file=record.file,
        fingerprint=record.fingerprint,
        mapping=dict(record.mapping),
        counts=dict(record.counts),
        undone=record.undone,
    )


def _write_rejects(db: Session, id: ImportId, rejects: Sequence[Reject]) -> None:
    """Cells may hold anything, names above all: they go where personal values are, the text at fault first."""
    rows = [
        RejectRow(import_id=id, row=r.row, column=r.column, problem=r.problem, reason=r.reason) for r in rejects
    ]
    db.add_all(rows)
    db.flush()
    cells = [
        {"reject_id": row.id, "cells": [reject.text, *reject.cells]}
        for row, reject in zip(rows, rejects, strict=True)
    ]
    insert_many(db, PersonalRow, cells)
