"""What is known of customers as persons goes for good; what the figures rest on stays.

Of an order stay its number, sizes, times and goods without their descriptions, and of its place the cell of about a
kilometre in which it lies, so that the kilometres of past days stay about what they were. Notes, proofs, cells of
files and addresses go. The audit holds ids alone, and keeps them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Date,
    and_,
    bindparam,
    delete,
    false,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

from dispatch_console.domain import own_words
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address, Item, NextKind
from dispatch_console.domain.places import ERASED
from dispatch_console.store.base import Connected, Entry, record, table, was_done
from dispatch_console.store.people import Person, names, people, rows_of
from dispatch_console.store.schema import (
    AddressRow,
    DayRow,
    FactRow,
    ImportRow,
    MappingRow,
    OrderRow,
    PersonalRow,
    ProofRow,
    RejectRow,
    RoadChangeRow,
    RouteRow,
)

#: What names an address in the address book, see `geocoding.addresses`.
Key = Callable[[Address], str]

#: So many rows are in hand at once.
_CHUNK = 5_000
#: Decisions that bring an order back to a later day.
_TO_COME = (NextKind.HOLD.value, NextKind.AGAIN.value)
_PERSONAL = (
    "name", "company", "phone", "email", "street", "house_number", "postcode", "city", "country", "notes",
)  # fmt: skip


class Erased(NamedTuple):
    """How much went: orders, rows of files, notes, proofs (`sheets` of whole routes among them), addresses.

    `kept`: orders of the customer, or of that age, that are still to be done and keep everything.
    """

    orders: int = 0
    rows: int = 0
    notes: int = 0
    proofs: int = 0
    sheets: int = 0
    addresses: int = 0
    kept: int = 0


@dataclass(frozen=True)
class _Scope:
    """What is erased, as conditions on the tables. `pins`: candidates, by their names in the address book."""

    orders: ColumnElement[bool]
    facts: ColumnElement[bool]
    proofs: ColumnElement[bool]
    rejects: ColumnElement[bool]
    imports: ColumnElement[bool]
    pins: frozenset[str]
    kept: int


class Erasing(Connected):
    def erase_before(self, date: dt.date, key: Key, who: str, command_id: str, *, try_out: bool = False) -> Erased:
        """Erase everything of days before `date`, and addresses, files and notes on roads that are older and that
        nothing left needs. The same command a second time does nothing. `try_out`: only tell what would go.
        """
        with self.write() as db:
            if was_done(db, command_id):
                return Erased()
            _prepare(db)
            gone, days = _erase(db, _of_age(db, date), key)
            _forget_before(db, date)
            return _told(db, gone, days, Entry(who, f"Erase customers before {date}", command_id), try_out)

    def find_people(self, words: str) -> list[Person]:
        """Customers who have all words of a text in name, phone, e-mail, address or the number of an order."""
        with self.read() as db:
            return people(db, words)

    def names_of_customers(self) -> frozenset[str]:
        """Everything by which customers are known, for leaving it out elsewhere: see `people.names`."""
        with self.read() as db:
            return names(db)

    def erase_person(
        self, person: Person, today: dt.date, key: Key, who: str, command_id: str, *, try_out: bool = False
    ) -> Erased:
        """Erase one customer, but not his orders of today or later: they need him. See `erase_before`."""
        with self.write() as db:
            if was_done(db, command_id):
                return Erased()
            _prepare(db)
            gone, days = _erase(db, _of_person(db, person, today, key), key)
            return _told(db, gone, days, Entry(who, "Erase a customer", command_id), try_out)

    def scrub(self) -> None:
        """Give back what erased rows have left in the file: nothing of them can be read there any more.

        Raises UserError while another program holds the store.
        """
        from dispatch_console.store import scrubbing

        scrubbing.scrub(self.engine)


def _told(db: Session, gone: Erased, days: Sequence[int], entry: Entry, try_out: bool) -> Erased:
    """Who has one of the days open finds it among `days`."""
    if try_out:
        db.rollback()
    elif any(gone._replace(kept=0)):
        record(db, entry._replace(after=[{"erased": gone._asdict(), "days": list(days)}]))
    return gone


def _prepare(db: Session) -> None:
    """SQLite overwrites what it deletes; on a server one must be allowed to touch what has happened."""
    if db.get_bind().dialect.name == "sqlite":
        db.execute(text("PRAGMA secure_delete=ON"))
    elif not db.scalar(text("SELECT has_column_privilege('facts', 'note', 'UPDATE')")):
        raise UserError("Customers are erased by an admin of the store. Ask whoever keeps the server.")


def _erase(db: Session, scope: _Scope, key: Key) -> tuple[Erased, Sequence[int]]:
    """What went, and of the orders of which days. They first take their next version, so that no console writes
    them back as it knows them.
    """
    ids = select(OrderRow.id).where(scope.orders)
    known = select(PersonalRow.order_id).where(PersonalRow.order_id.in_(ids), _not_erased())
    of_them = DayRow.id.in_(select(OrderRow.day_id).where(OrderRow.id.in_(known)))
    days = db.scalars(select(DayRow.id).where(of_them).order_by(DayRow.id)).all()
    _run(db, update(DayRow).where(of_them).values(revision=DayRow.revision + 1))
    said = and_(scope.orders, OrderRow.next_note != "", OrderRow.next_note.not_like(f"{own_words.ON_BOARD}%"))
    notes = _run(db, _counted(OrderRow, said, next_note="")) + _say_nothing(db, scope.facts)
    _run(db, _counted(OrderRow, OrderRow.id.in_(known)))
    _describe_no_goods(db, OrderRow.id.in_(known))
    orders = _run(db, update(PersonalRow).where(PersonalRow.order_id.in_(known)).values(_nobody()))
    sheets = _run(db, delete(ProofRow).where(scope.proofs, ProofRow.order_id.is_(None)))
    proofs = sheets + _run(db, delete(ProofRow).where(scope.proofs))
    rejects = select(RejectRow.id).where(scope.rejects)
    rows = _run(db, delete(PersonalRow).where(PersonalRow.reject_id.in_(rejects)))
    _run(db, _counted(ImportRow, and_(scope.imports, ImportRow.file != ""), file="", mapping={}))
    return Erased(orders, rows, notes, proofs, sheets, _forget_pins(db, scope.pins, key), scope.kept), days


def _run(db: Session, statement: UpdateBase) -> int:
    """How many rows it touched."""
    result = db.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount


def _counted(model: Any, which: ColumnElement[bool], **values: Any) -> UpdateBase:
    """Rows with a version get their next one."""
    count = {"version": model.version + 1} if "version" in table(model).c else {}
    return update(model).where(which).values({**values, **count})


def _not_erased() -> ColumnElement[bool]:
    return PersonalRow.quality.is_distinct_from(ERASED)


def _nobody() -> dict[str, Any]:
    number = select(func.lower(OrderRow.reference)).where(OrderRow.id == PersonalRow.order_id).scalar_subquery()
    cell = {"lat": func.round(PersonalRow.lat * 100) / 100, "lon": func.round(PersonalRow.lon * 100) / 100}
    return {**dict.fromkeys(_PERSONAL, ""), **cell, "cells": None, "quality": ERASED, "search": number}


# --- what is erased ---


def _of_age(db: Session, date: dt.date) -> _Scope:
    midnight = _midnight(date)
    old = OrderRow.day_id.in_(select(DayRow.id).where(DayRow.date < date))
    open_stops = select(OrderRow.stop_id).where(old, _to_come(date))
    open_orders = select(OrderRow.id).where(old, _to_come(date))
    days = select(DayRow.id).where(DayRow.date < date)
    pins = db.scalars(select(AddressRow.address).where(AddressRow.set_at < midnight))
    return _Scope(
        and_(old, ~_to_come(date)),
        and_(FactRow.day_id.in_(days), FactRow.stop_id.not_in(open_stops)),
        and_(ProofRow.day_id.in_(days), or_(ProofRow.order_id.is_(None), ProofRow.order_id.not_in(open_orders))),
        RejectRow.import_id.in_(select(ImportRow.id).where(ImportRow.at < midnight)),
        ImportRow.at < midnight,
        frozenset(pins),
        db.scalars(select(func.count()).select_from(open_orders.subquery())).one(),
    )


def _of_person(db: Session, person: Person, today: dt.date, key: Key) -> _Scope:
    past = OrderRow.day_id.in_(select(DayRow.id).where(DayRow.date < today))
    his = and_(OrderRow.id.in_(person.orders), past, ~_to_come(today))
    ids = list(db.scalars(select(OrderRow.id).where(his)))
    stops = list(db.scalars(select(OrderRow.stop_id).where(his)))
    days = list(db.scalars(select(OrderRow.day_id).where(his).distinct()))
    notes = db.execute(select(FactRow.id, FactRow.note).where(FactRow.day_id.in_(days), FactRow.note != ""))
    files = db.execute(select(ImportRow.id, ImportRow.file).where(ImportRow.file != ""))
    return _Scope(
        OrderRow.id.in_(ids),
        or_(FactRow.stop_id.in_(stops), FactRow.id.in_([id for id, note in notes if person.is_named(note)])),
        or_(ProofRow.order_id.in_(ids), ProofRow.id.in_(_sheets(db, days, {*stops}))),
        RejectRow.id.in_(rows_of(db, person)),
        ImportRow.id.in_([id for id, file in files if person.is_named(file)]),
        frozenset(key(address) for address in person.addresses) - {""},
        len(person.orders) - len(ids),
    )


def _sheets(db: Session, days: list[int], stops: set[int]) -> list[int]:
    """Scanned sheets of the routes in which the stops stand."""
    routes = db.execute(select(RouteRow.day_id, RouteRow.shift_id, RouteRow.stops).where(RouteRow.day_id.in_(days)))
    his = {(day, shift) for day, shift, there in routes if not stops.isdisjoint(there)}
    proofs = db.execute(
        select(ProofRow.id, ProofRow.day_id, ProofRow.shift_id).where(
            ProofRow.day_id.in_(days), ProofRow.order_id.is_(None)
        )
    )
    return [id for id, day, shift in proofs if (day, shift) in his]


def _to_come(date: dt.date) -> ColumnElement[bool]:
    """Orders of earlier days that go again, or are held, on `date` or later, and were not carried over yet."""
    when = func.coalesce(OrderRow.next_until, OrderRow.next_day, type_=Date)
    return and_(OrderRow.next_kind.in_(_TO_COME), OrderRow.carried == 0, func.coalesce(when >= date, false()))


def _midnight(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), dt.UTC)


# --- what is more than a value in a column ---


def _describe_no_goods(db: Session, which: ColumnElement[bool]) -> None:
    """Of each line of goods stay its number and quantity."""
    orders, last = table(OrderRow), 0
    write = orders.update().where(orders.c.id == bindparam("its"))
    write = write.values(items=bindparam("plain"), version=orders.c.version + 1)
    while True:
        query = select(OrderRow.id, OrderRow.items).where(which, OrderRow.id > last).order_by(OrderRow.id)
        rows = db.execute(query.limit(_CHUNK)).all()
        if not rows:
            return
        last = rows[-1][0]
        changed = [{"its": id, "plain": plain} for id, items in rows if (plain := list(_plain(items))) != items]
        if changed:
            db.connection().execute(write, changed)


def _say_nothing(db: Session, which: ColumnElement[bool]) -> int:
    """Of the notes of facts stay the words of the program's own; how many changed."""
    facts, last, n = table(FactRow), 0, 0
    write = facts.update().where(facts.c.id == bindparam("its")).values(note=bindparam("own"))
    while True:
        query = select(FactRow.id, FactRow.kind, FactRow.note).where(which, FactRow.note != "", FactRow.id > last)
        rows = db.execute(query.order_by(FactRow.id).limit(_CHUNK)).all()
        if not rows:
            return n
        last = rows[-1][0]
        told = ((id, note, own_words.of_fact(kind, note)) for id, kind, note in rows)
        changed = [{"its": id, "own": own} for id, note, own in told if own != note]
        n += len(changed)
        if changed:
            db.connection().execute(write, changed)


def _plain(items: Iterable[Any]) -> Iterator[list[Any]]:
    for item in map(Item._make, items):
        yield [item.sku, "" if item.sku else ERASED, item.quantity]


def _forget_pins(db: Session, pins: frozenset[str], key: Key) -> int:
    """Take those of the pins out of the address book that no order is left for."""
    if not pins:
        return 0
    parts = (
        PersonalRow.street,
        PersonalRow.house_number,
        PersonalRow.postcode,
        PersonalRow.city,
        PersonalRow.country,
    )
    query = select(*parts).where(PersonalRow.order_id.is_not(None), _not_erased()).distinct()
    used = {key(Address(*row)) for row in db.execute(query.execution_options(yield_per=_CHUNK))}
    gone = sorted(pins - used)
    for at in range(0, len(gone), _CHUNK):
        _run(db, delete(AddressRow).where(AddressRow.address.in_(gone[at : at + _CHUNK])))
    return len(gone)


def _forget_before(db: Session, date: dt.date) -> None:
    """How files were read that have not come since, headers and all; notes on roads that are as usual again."""
    _run(db, delete(MappingRow).where(MappingRow.used_at < _midnight(date)))
    old = and_(RoadChangeRow.until_day < date, RoadChangeRow.note != "")
    _run(db, _counted(RoadChangeRow, old, note=""))
