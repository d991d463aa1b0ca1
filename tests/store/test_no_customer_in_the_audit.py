"""Whatever is done with an order: the audit, which is kept for good, tells nothing of its customer."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from dispatch_console.store.schema import Base
from dispatch_console.store.store import Store
from tests.marked import Lived, leaks


def told_of_customers(store: Store) -> dict[str, list[str]]:
    """Table.column → its values in which a customer can be recognised, bytes included."""
    found: dict[str, list[str]] = {}
    with Session(store.engine) as db:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                kind = str(column.type)
                values = db.scalars(select(column if kind == "BLOB" else cast(column, Text)))
                texts = (str(bytes(value), "latin-1") if kind == "BLOB" else str(value) for value in values)
                if some := leaks(texts):
                    found[f"{table.name}.{column.name}"] = some
    return found


#: Where people write what they like, besides `personal`: an erasure reaches all of it.
WRITTEN = {
    "address_book.address",
    "facts.note",
    "imports.file",
    "orders.items",
    "orders.next_note",
    "proofs.data",
    "proofs.name",
    "proofs.note",
    "road_changes.note",
}


def test_customers_stand_in_personal_and_in_what_people_write_alone(store: Store, tmp_path: Path) -> None:
    lived = Lived(store, tmp_path).live()
    found = told_of_customers(store)
    assert len(store.audit(1000)) >= 50, "every kind of edit was made"
    assert {name for name in found if not name.startswith("personal.")} == WRITTEN
    assert len(found["personal.name"]) >= len(lived.session.day.orders)
