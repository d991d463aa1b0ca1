"""An erasure reaches every word that tells of a customer, and leaves what the figures rest on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_console.geocoding import addresses
from dispatch_console.services import days, evening
from dispatch_console.services.order_history import history
from dispatch_console.store.base import new_command
from dispatch_console.store.erasing import Erased
from dispatch_console.store.schema import Base
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.marked import MARKS, Lived
from tests.store.filling import WHO
from tests.store.test_no_customer_in_the_audit import told_of_customers

HOME, DAY = factories.DEPOT.id, factories.DAY
TOMORROW = DAY + dt.timedelta(days=1)
LATER = dt.date(2100, 1, 1)  # files and pins are as old as this test


@pytest.fixture
def lived(store: Store, tmp_path: Path) -> Lived:
    return Lived(store, tmp_path).live()


def erase(store: Store, before: dt.date = LATER, **more: bool) -> Erased:
    return store.erase_before(before, addresses.key, WHO, new_command(), **more)


def rows(store: Store) -> dict[str, int]:
    with Session(store.engine) as db:
        return {
            name: db.scalar(select(func.count()).select_from(t)) or 0 for name, t in Base.metadata.tables.items()
        }


def test_nothing_is_left_of_anybody(lived: Lived) -> None:
    before = rows(lived.store)
    gone = erase(lived.store)
    assert told_of_customers(lived.store) == {}
    assert (gone.rows, gone.proofs, gone.sheets, gone.addresses, gone.kept) == (6, 4, 1, 1, 0)
    lost = {name: before[name] - n for name, n in rows(lived.store).items() if before[name] != n}
    assert lost == {"personal": 6, "proofs": 4, "address_book": 1, "mappings": 1, "audit": -1}


def test_figures_stand_and_the_pages_open(lived: Lived) -> None:
    store, order = lived.store, lived.order(4)
    was = days.open_day(store, HOME, DAY)
    erase(store)
    now = days.open_day(store, HOME, DAY)
    before, after = evening.of_day(was), evening.of_day(now)
    assert before is not None
    assert after is not None
    assert after.sums._replace(km=before.sums.km) == before.sums
    for old, new in zip(before.rows, after.rows, strict=True):
        assert new._replace(km=old.km, back=old.back) == old
        assert abs(float(new.km.actual) - float(old.km.actual)) < 3, "places are known to about a kilometre"
    assert now.orders[order].recipient == "erased"
    seen = history.load(store, order)
    assert seen is not None
    assert seen.order.recipient == "erased"
    assert any(event.title == "Plan approved" for event in seen.events)


def test_what_is_younger_or_still_to_be_done_stays(lived: Lived) -> None:
    before = told_of_customers(lived.store)
    assert erase(lived.store, DAY) == Erased()
    assert told_of_customers(lived.store) == before
    gone = erase(lived.store, TOMORROW)
    left = days.open_day(lived.store, HOME, TOMORROW)
    assert gone.orders > 0
    assert all("Zqx" in order.name for order in left.orders.values())
    assert len(left.orders) == 2, "the one of the file, and the one that was carried over"


def test_a_second_time_there_is_nothing_to_do(lived: Lived) -> None:
    store = lived.store
    erase(store)
    told, entries = rows(store), len(store.audit(1000))
    assert erase(store) == Erased()
    assert rows(store) == told
    assert len(store.audit(1000)) == entries


def test_trying_it_out_changes_nothing(lived: Lived) -> None:
    before, count = told_of_customers(lived.store), rows(lived.store)
    assert erase(lived.store, try_out=True) == erase(lived.store, try_out=True)
    assert (told_of_customers(lived.store), rows(lived.store)) == (before, count)
    assert erase(lived.store) != Erased()


def test_the_audit_tells_who_and_how_much_and_no_names(lived: Lived) -> None:
    gone = erase(lived.store)
    (entry,) = lived.store.audit(1)
    assert (entry.who, entry.what) == (WHO, f"Erase customers before {LATER}")
    (told,) = entry.after
    assert told["erased"] == gone._asdict()
    assert len(told["days"]) == 2, "the day of the orders and the next one"


def test_the_day_counts_on_so_that_no_console_writes_it_back(lived: Lived) -> None:
    revision = lived.store.load_day(HOME, DAY).revision
    erase(lived.store)
    assert lived.store.load_day(HOME, DAY).revision == revision + 1


def test_who_has_a_day_of_theirs_open_loads_it_anew(lived: Lived, url: str) -> None:
    """Steps that were undone must not bring them back: what is known of the day goes whole."""
    other = open_store(url)
    try:
        seen = other.load_day(HOME, DAY).seen
        erase(lived.store, TOMORROW)
        assert other.news(HOME, DAY, seen).whole
        assert not other.news(HOME, TOMORROW, seen).whole
        assert {order.recipient for order in other.load_orders(HOME, DAY)} == {"erased"}
    finally:
        other.close()


# --- one customer ---


def test_one_customer_goes_and_the_others_stay(lived: Lived) -> None:
    store, order = lived.store, lived.order(1)
    (person,) = store.find_people("Zqxname 1")
    assert (person.name, person.orders, person.first) == ("Zqxname 1", (order,), DAY)
    gone = store.erase_person(person, TOMORROW, addresses.key, WHO, new_command())
    assert gone.orders == 1
    assert "Zqxname 1" not in [one.name for one in store.find_people("Zqxname 1")]
    left = days.open_day(store, HOME, DAY).orders
    assert [o.recipient for o in left.values() if o.recipient == "erased"] == ["erased"]
    assert left[order].is_erased
    (entry,) = store.audit(1)
    assert entry.what == "Erase a customer"


def test_orders_of_today_need_their_customer(lived: Lived) -> None:
    (person,) = lived.store.find_people("Zqxname 1")
    gone = lived.store.erase_person(person, DAY, addresses.key, WHO, new_command())
    assert gone == Erased(kept=1)
    assert lived.store.find_people("Zqxname 1") == [person]


@pytest.mark.parametrize(
    "said", ["zqxname 2", "+423 777 000 12", "zqxmail2@example.org", "A2", "Zqxstreet 2, 9290"]
)
def test_a_customer_is_found_by_anything_that_is_known(lived: Lived, said: str) -> None:
    assert [person.name for person in lived.store.find_people(said)] == ["Zqxname 2"]


def test_rows_of_files_that_never_became_orders_are_found_too(lived: Lived) -> None:
    (stranger,) = lived.store.find_people("Zqxname 43")
    assert stranger.orders == ()
    gone = lived.store.erase_person(stranger, TOMORROW, addresses.key, WHO, new_command())
    assert gone == Erased(rows=1)
    assert lived.store.find_people("Zqxname 43") == []


# --- the file ---


def test_the_file_holds_nothing_of_it_any_more(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    Lived(store, tmp_path).live()
    assert traces(tmp_path), "the test would see it"
    erase(store)
    store.scrub()
    assert traces(tmp_path) == []
    store.close()
    assert traces(tmp_path) == []


def traces(folder: Path) -> list[str]:
    """The files of stores below a folder, journals too, in whose bytes a customer can be recognised."""
    files = [file for file in folder.rglob("*.db*") if file.is_file()]
    return [file.name for file in files if any(mark.encode() in file.read_bytes().lower() for mark in MARKS)]
