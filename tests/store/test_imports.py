"""An import's traces, on both databases: its record, its bad rows, its other days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from dispatch_console.domain import edits
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import ImportId, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Swap
from dispatch_console.store.base import new_command
from dispatch_console.store.schema import Base, DayRow, RouteRow
from dispatch_console.store.store import Store
from dispatch_console.store.values import ImportPart, ImportRecord, OtherDay, PinSwap, Reject, WideChange
from tests import factories
from tests.store.filling import WHO, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
NEXT = DAY + dt.timedelta(1)
AT = dt.datetime(2026, 11, 23, 5, 45, 1, 5, dt.UTC)
ID = ImportId(5)
RECORD = ImportRecord(ID, "Aufträge.xlsx", "abc", {"uses": [None, ["name", 90, ""]]}, {"orders": 2}, AT, "Ada")
REJECTS = (
    Reject(9, "Datum", "bad_date", "November has 30 days", "31.11.", ("7", "Zoë", "31.11.")),
    Reject(4, "", "too_many_cells", "more cells than the header", "", ()),
)
HERE = factories.order(11, source=ID)
THERE = factories.order(12, source=ID, day=NEXT)
CHANGE = WideChange(
    "Import Aufträge.xlsx",
    orders=(Swap(None, HERE),),
    imported=ImportPart(RECORD, REJECTS),
    elsewhere=(OtherDay(NEXT, (Swap(None, THERE),)),),
)


@pytest.fixture
def imported(store: Store) -> Store:
    small_store(store)
    store.save_change(CHANGE, HOME, DAY, 1, WHO, new_command())
    return store


def test_an_import_leaves_its_traces(imported: Store) -> None:
    assert imported.list_imports(HOME) == [RECORD]
    assert imported.rejects(ID) == [REJECTS[1], REJECTS[0]]
    assert imported.days_of_import(ID) == [DAY, NEXT]
    assert imported.load_day(HOME, DAY).orders[-1] == HERE
    other = imported.load_day(HOME, NEXT)
    assert (other.orders, other.plan, other.revision) == ((THERE,), Plan(), 1)


def test_undo_and_redo_of_an_import(imported: Store) -> None:
    back = CHANGE.inverse()
    assert bool(back)
    imported.save_change(back, HOME, DAY, 2, WHO, new_command())
    assert imported.list_imports(HOME) == [replace(RECORD, undone=True)]
    assert imported.rejects(ID) == [REJECTS[1], REJECTS[0]]
    assert imported.days_of_import(ID) == []
    imported.save_change(back.inverse(), HOME, DAY, 3, WHO, new_command())
    assert back.inverse() == CHANGE
    assert imported.list_imports(HOME) == [RECORD]
    assert len(imported.rejects(ID)) == 2
    assert imported.days_of_import(ID) == [DAY, NEXT]


def test_undo_takes_stops_out_of_the_plan_of_another_day(imported: Store) -> None:
    plan = Plan({POOL: factories.small_day().plan.pool.with_stops((THERE.stop,))})
    moved = edits.move(plan, [THERE.stop], ShiftId(7), 0, "Move")
    drives = Swap(None, factories.shift(1, id=ShiftId(7)))
    moved = replace(moved, routes=tuple(Swap(None, swap.after) for swap in moved.routes), shifts=(drives,))
    imported.save_change(moved, HOME, NEXT, 1, WHO, new_command())
    imported.save_change(CHANGE.inverse(), HOME, DAY, 2, WHO, new_command())
    with imported.read() as db:
        routes = db.execute(select(RouteRow.shift_id, RouteRow.stops).join(DayRow).where(DayRow.date == NEXT))
        assert {row.shift_id: row.stops for row in routes} == {0: [], 7: []}
    assert [day.revision for day in imported.list_days(HOME)] == [3, 3]


def test_the_other_day_says_who_brought_its_orders(imported: Store) -> None:
    said = [(entry.what, entry.after) for entry in imported.audit(2)]
    assert said == [
        ("Import …", [{"order": {"id": 11, "reference": "A11"}}]),
        ("Import …", [{"order": {"id": 12, "reference": "A12"}}]),
    ]


def test_what_is_known_of_customers_is_in_one_table(imported: Store) -> None:
    """An erasure empties `personal`; everything else still works and names nobody."""
    with imported.write() as db:
        db.execute(text("DELETE FROM personal"))
    order = imported.load_day(HOME, DAY).orders[0]
    assert (order.id, order.reference, order.name, order.address.street, order.place) == (1, "A1", "", "", None)
    assert [(r.row, r.text, r.cells) for r in imported.rejects(ID)] == [(4, "", ()), (9, "", ())]
    with imported.read() as db:
        for table in Base.metadata.tables:
            rows = str(db.execute(text(f"SELECT * FROM {table}")).all())
            assert "Customer" not in rows and "Linden Row" not in rows and "Zoë" not in rows, table


def test_pins_are_written_with_the_change_and_undone_with_it(imported: Store) -> None:
    old, new = Place(50.1, 10.1), Place(50.2, 10.2)
    imported.remember_place("a|1", old, WHO)
    pinned = replace(HERE, place=new, place_quality="pin")
    pins = (PinSwap("a|1", old, new), PinSwap("b|2", None, new))
    change = WideChange("Pin", orders=(Swap(HERE, pinned),), pins=pins)
    imported.save_change(change, HOME, DAY, 2, WHO, new_command())
    assert imported.places_of(["a|1", "b|2"]) == {"a|1": new, "b|2": new}
    imported.save_change(change.inverse(), HOME, DAY, 3, WHO, new_command())
    assert imported.places_of(["a|1", "b|2"]) == {"a|1": old}


def test_a_stale_import_leaves_no_trace(imported: Store) -> None:
    late = replace(CHANGE, imported=ImportPart(replace(RECORD, id=ImportId(6)), REJECTS), elsewhere=())
    late = replace(late, orders=(Swap(None, factories.order(13, id=OrderId(13), stop=StopId(13))),))
    with pytest.raises(Exception, match="changed this day"):
        imported.save_change(late, HOME, DAY, 1, WHO, new_command())
    assert imported.list_imports(HOME) == [RECORD]
    assert imported.rejects(ImportId(6)) == []
