"""Proofs in the store. Lists come without the data, which is read one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId, ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.proofs import MOST_BYTES, Proof, ProofId, ProofKind
from dispatch_console.store import revisions
from dispatch_console.store.base import Connected, Entry, new_command, now, record, was_done
from dispatch_console.store.schema import AuditRow, DayRow, OrderRow, ProofRow
from dispatch_console.store.types import JsonMap

_GONE = "This proof is not in the store any more. Look at the list again."
_TOO_LARGE = f"This file is larger than {MOST_BYTES // 1_000_000} MB. Save it smaller and add it again."


class Proofs(Connected):
    """A proof belongs to a route of a day, and to one of its orders if it is of that one alone."""

    def add_proof(
        self, depot: DepotId, date: dt.date, proof: Proof, data: bytes, who: str, command_id: str
    ) -> Proof:
        """Keep a proof; it comes back with its id. The same command a second time gives what it gave before.

        Raises UserError for more than `MOST_BYTES`, or an order that is not in the store.
        """
        if len(data) > MOST_BYTES:
            raise UserError(_TOO_LARGE)
        with self.write() as db:
            if was_done(db, command_id):
                after = db.scalars(select(AuditRow.after).where(AuditRow.command_id == command_id)).one()
                return _one(db, ProofId(after[0]["proof"]))
            _check_order(db, proof.order)
            row = ProofRow(
                day_id=revisions.ensure(db, depot, date),
                shift_id=proof.route,
                order_id=proof.order,
                kind=proof.kind.value,
                name=proof.name,
                media_type=proof.media_type,
                data=data,
                note=proof.note,
                added_at=now(),
                who=who,
            )
            db.add(row)
            db.flush()
            kept = replace(proof, id=ProofId(row.id), size=len(data), at=row.added_at, who=who)
            record(db, Entry(who, "Proof added", command_id, [], [_told(kept)]), row.day_id)
            return kept

    def proofs_of_day(self, depot: DepotId, date: dt.date, route: ShiftId | None = None) -> list[Proof]:
        """Those of a day, or of one of its routes with its orders, in the order in which they came."""
        query = _listed().join(DayRow, DayRow.id == ProofRow.day_id)
        query = query.where(DayRow.depot_id == depot, DayRow.date == date)
        if route is not None:
            query = query.where(ProofRow.shift_id == route)
        with self.read() as db:
            return _proofs(db, query)

    def proofs_of_order(self, order: OrderId) -> list[Proof]:
        """Those of one order; the sheets that it stands on are of its route."""
        with self.read() as db:
            return _proofs(db, _listed().where(ProofRow.order_id == order))

    def proof_data(self, id: ProofId) -> bytes:
        """Raises UserError if it is gone."""
        with self.read() as db:
            data = db.scalar(select(ProofRow.data).where(ProofRow.id == id))
        if data is None:
            raise UserError(_GONE)
        return data

    def assign_proof(self, id: ProofId, route: ShiftId, order: OrderId | None, kind: ProofKind, who: str) -> Proof:
        """Say by hand whose proof it is and of what kind. Raises UserError if it, or the order, is gone."""
        with self.write() as db:
            before = _one(db, id)
            _check_order(db, order)
            row = db.get_one(ProofRow, id)
            row.shift_id, row.order_id, row.kind = route, order, kind.value
            after = replace(before, route=route, order=order, kind=kind)
            record(db, Entry(who, "Proof assigned", new_command(), [_told(before)], [_told(after)]), row.day_id)
            return after

    def remove_proof(self, id: ProofId, who: str) -> None:
        """Take out what was added by mistake; that it was there stays in the audit."""
        with self.write() as db:
            before = _one(db, id)
            row = db.get_one(ProofRow, id)
            record(db, Entry(who, "Proof removed", new_command(), [_told(before)], []), row.day_id)
            db.delete(row)


def listed(db: Session, *which: ColumnElement[bool]) -> list[Proof]:
    """Those for which all of `which` holds, in the order in which they came, without their data."""
    return _proofs(db, _listed().where(*which))


def _listed() -> Select[tuple[int, int, str, str, str, int | None, str, int, dt.datetime, str]]:
    return select(
        ProofRow.id,
        ProofRow.shift_id,
        ProofRow.kind,
        ProofRow.name,
        ProofRow.media_type,
        ProofRow.order_id,
        ProofRow.note,
        func.length(ProofRow.data),
        ProofRow.added_at,
        ProofRow.who,
    ).order_by(ProofRow.id)


def _proofs(
    db: Session, query: Select[tuple[int, int, str, str, str, int | None, str, int, dt.datetime, str]]
) -> list[Proof]:
    return [
        Proof(
            ShiftId(route),
            ProofKind(kind),
            name,
            media_type,
            None if order is None else OrderId(order),
            note,
            size,
            at,
            who,
            ProofId(id),
        )
        for id, route, kind, name, media_type, order, note, size, at, who in db.execute(query)
    ]


def _one(db: Session, id: ProofId) -> Proof:
    found: Sequence[Proof] = _proofs(db, _listed().where(ProofRow.id == id))
    if not found:
        raise UserError(_GONE)
    return found[0]


def _check_order(db: Session, order: OrderId | None) -> None:
    if order is not None and db.scalar(select(OrderRow.id).where(OrderRow.id == order)) is None:
        raise UserError("The order of this proof is not saved, or gone. Choose another.")


def _told(proof: Proof) -> JsonMap:
    """What the audit says of a proof: nothing that is in it."""
    return {"proof": proof.id, "route": proof.route, "order": proof.order, "kind": proof.kind.value}
