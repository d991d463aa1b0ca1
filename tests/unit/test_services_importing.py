"""An import is one step: previewed, made, undone whole, on other days too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.domain.day import Approval, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address, Order
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.geocoding import addresses
from dispatch_console.intake.fields import Field
from dispatch_console.services import days, dispatch, fleet, importing, importing_undo, orders, placing
from dispatch_console.services.importing import Outcome, Preview
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, assert_same

HOME, DAY = factories.DEPOT.id, factories.DAY
NEXT = DAY + dt.timedelta(1)
AT = dt.datetime(2026, 11, 23, 5, 45, tzinfo=dt.UTC)
HEAD = "order;name;street;number;postcode;town;lat;lon;date;window;kg;phone\n"
ADA = "41;Ada Quill;Linden Row;1;4101;Lindmoor;50.100001;10.000001;23.11.2026;08:00-12:00;10;+423 555 01 01\n"
BEN = "42;Ben Rook;Linden Row;2;4102;Lindmoor;50.200001;10.000001;23.11.2026;;20;\n"
CY = "43;Cy Fern;Moorstr.;7 a;4100;Lindmoor;;;23.11.2026;;5;\n"
DEE = "44;Dee Holm;Moorstr.;9;4100;Lindmoor;50.400001;10.000001;24.11.2026;;5;\n"
BAD = "45;Eve Bad;Moorstr.;11;4100;Lindmoor;;;31.11.2026;;5;\n"


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    fleet.save_depot(store, None, factories.DEPOT, WHO)
    yield store
    store.close()


@pytest.fixture
def session(store: Store) -> DaySession:
    return DaySession(days.open_day(store, HOME, DAY), StoreSaver(store, WHO))


class Files:
    """Writes files, and imports them into a session."""

    def __init__(self, folder: Path, store: Store, session: DaySession) -> None:
        self.folder, self.store, self.session = folder, store, session

    def preview(self, text: str, name: str = "orders.csv") -> Preview:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        table = importing.read(path)
        guess = importing.guess(self.store, table, DAY, "LI")
        return importing.preview(self.store, self.session.day, table, guess.mapping, DAY)

    def bring(self, text: str, name: str = "orders.csv") -> Outcome:
        prepared = importing.prepare(self.store, self.session.day, self.preview(text, name))
        return importing.commit(self.session, prepared, WHO, AT)


@pytest.fixture
def files(tmp_path: Path, store: Store, session: DaySession) -> Files:
    return Files(tmp_path, store, session)


def _wait(store: Store) -> None:
    store.submit(lambda: None).result()


def _by_reference(session: DaySession) -> dict[str, Order]:
    return {order.reference: order for order in session.day.orders.values()}


def test_orders_come_into_the_pool_and_into_the_store(store: Store, session: DaySession, files: Files) -> None:
    outcome = files.bring(HEAD + ADA + BEN + CY)
    orders = _by_reference(session)
    assert list(orders) == ["41", "42", "43"]
    assert orders["41"].place == Place(50.100001, 10.000001)
    assert (orders["41"].place_quality, orders["43"].place) == ("file", None)
    assert session.day.plan.pool.stops == tuple(order.stop for order in orders.values())
    assert {order.source for order in orders.values()} == {outcome.record.id}
    assert (outcome.without_place, outcome.elsewhere) == (1, {})
    assert session.history.done[-1].label == "Import orders.csv"
    _wait(store)
    assert_same(days.open_day(store, HOME, DAY), session.day)


def test_rows_without_a_day_get_the_open_one_and_others_go_to_theirs(
    store: Store, session: DaySession, files: Files
) -> None:
    no_day = BEN.replace("23.11.2026", "")
    assert files.preview(HEAD + ADA + no_day + DEE).result.rejected == ()
    outcome = files.bring(HEAD + ADA + no_day + DEE)
    assert {o.reference: o.day for o in session.day.orders.values()} == {"41": DAY, "42": DAY}
    assert outcome.elsewhere == {NEXT: 1}
    _wait(store)
    other = days.open_day(store, HOME, NEXT)
    assert [(o.reference, o.day) for o in other.orders.values()] == [("44", NEXT)]
    assert other.plan.pool.stops == tuple(other.stops)
    assert other.revision == 1


def test_undo_takes_all_of_it_back_and_redo_brings_it_again(
    store: Store, session: DaySession, files: Files
) -> None:
    before = session.day
    outcome = files.bring(HEAD + ADA + DEE + BAD)
    session.undo()
    _wait(store)
    assert session.day.orders == before.orders == {}
    assert store.load_day(HOME, DAY).orders == store.load_day(HOME, NEXT).orders == ()
    assert [record.undone for record in store.list_imports(HOME)] == [True]
    assert len(store.rejects(outcome.record.id)) == 1
    session.redo()
    _wait(store)
    assert [record.undone for record in store.list_imports(HOME)] == [False]
    assert len(store.rejects(outcome.record.id)) == 1
    assert [o.reference for o in store.load_day(HOME, NEXT).orders] == ["44"]
    assert_same(days.open_day(store, HOME, DAY), session.day)


def test_undo_also_takes_stops_out_of_a_route_of_another_day(
    store: Store, session: DaySession, files: Files
) -> None:
    files.bring(HEAD + ADA + DEE)
    _wait(store)
    other = DaySession(days.open_day(store, HOME, NEXT), StoreSaver(store, WHO))
    stop = next(iter(other.day.stops))
    dispatch.unassign(other, [stop])
    placing.set_pin(other, stop, Place(50.5, 10.1))
    _wait(store)
    session.undo()
    _wait(store)
    assert (store.load_day(HOME, NEXT).orders, store.load_day(HOME, NEXT).plan.pool.stops) == ((), ())


def test_bad_rows_are_kept_as_they_were(store: Store, files: Files) -> None:
    outcome = files.bring(HEAD + ADA + BAD)
    _wait(store)
    counts = {name: n for name, n in outcome.record.counts.items() if n}
    assert counts == {"orders": 1, "new": 1, "rejected": 1}
    (reject,) = store.rejects(outcome.record.id)
    assert (reject.row, reject.column, reject.problem, reject.text) == (3, "date", "bad_date", "31.11.2026")
    assert reject.cells[:3] == ("45", "Eve Bad", "Moorstr.")
    assert store.list_imports(HOME) == [outcome.record]


def test_the_same_file_again_changes_nothing(session: DaySession, files: Files) -> None:
    files.bring(HEAD + ADA + BEN + CY)
    before = session.day
    seen = files.preview(HEAD + ADA + BEN + CY).comparison
    assert (len(seen.new), len(seen.changed), len(seen.unchanged), seen.gone) == (0, 0, 3, ())
    files.bring(HEAD + ADA + BEN + CY)
    assert session.day.orders == before.orders
    assert session.day.plan.pool == before.plan.pool


def test_a_later_file_shows_new_changed_and_gone_and_keeps_the_plan(
    store: Store, session: DaySession, files: Files
) -> None:
    files.bring(HEAD + ADA + BEN)
    before = _by_reference(session)
    ada = ADA.replace(";10;", ";12.5;").replace("Ada Quill", "Ada Married")
    seen = files.preview(HEAD + ada + CY).comparison
    assert [match.after.reference for match in seen.new] == ["43"]
    assert [match.after.reference for match in seen.changed] == ["41"]
    assert [order.reference for order in seen.gone] == ["42"]
    files.bring(HEAD + ada + CY)
    after = _by_reference(session)
    assert list(after) == ["41", "42", "43"]  # gone ones are shown, not removed
    assert after["41"] == replace(before["41"], name="Ada Married", size=before["41"].size._replace(grams=12_500))
    session.undo()
    assert _by_reference(session) == before
    _wait(store)
    assert_same(days.open_day(store, HOME, DAY), session.day)


def test_what_the_file_has_no_column_for_stays(session: DaySession, files: Files) -> None:
    files.bring(HEAD + ADA)
    before = _by_reference(session)["41"]
    assert before.phone
    short = "order;name;street;number;postcode;town;kg\n41;Ada Quill;Linden Row;1;4101;Lindmoor;11\n"
    files.bring(short, "short.csv")
    after = _by_reference(session)["41"]
    assert after == replace(before, size=before.size._replace(grams=11_000))


def test_a_place_set_by_hand_is_better_than_the_files(session: DaySession, files: Files) -> None:
    files.bring(HEAD + ADA)
    stop = _by_reference(session)["41"].stop
    placing.set_pin(session, stop, Place(50.15, 10.05))
    files.bring(HEAD + ADA.replace(";10;", ";11;"))
    order = _by_reference(session)["41"]
    assert (order.place, order.place_quality, order.size.grams) == (Place(50.15, 10.05), "pin", 11_000)
    files.bring(HEAD + ADA.replace("Linden Row;1;", "Linden Row;99;"))
    assert _by_reference(session)["41"].place == Place(50.100001, 10.000001)


def test_a_known_address_gets_its_pin(store: Store, session: DaySession, files: Files) -> None:
    store.remember_place(addresses.key(Address("Moorstraße 7a", "", "4100")), Place(50.6, 10.6), WHO)
    outcome = files.bring(HEAD + CY)
    order = _by_reference(session)["43"]
    assert (order.place, order.place_quality, outcome.without_place) == (Place(50.6, 10.6), "pin", 0)
    assert session.day.travel.covers([Place(50.6, 10.6)])


def test_equal_visits_are_one_stop(session: DaySession, files: Files) -> None:
    files.bring(HEAD + ADA + ADA.replace("41;", "51;") + BEN)
    orders = _by_reference(session)
    assert orders["41"].stop == orders["51"].stop != orders["42"].stop
    assert len(session.day.plan.pool.stops) == 2
    files.bring(HEAD + ADA.replace("41;", "61;"), "later.csv")
    assert _by_reference(session)["61"].stop == orders["41"].stop


def test_an_order_does_not_join_a_visit_of_an_approved_plan(session: DaySession, files: Files) -> None:
    files.bring(HEAD + ADA)
    session.set_approval(Approval(DayState.APPROVED, "Ada"))
    files.bring(HEAD + ADA.replace("41;", "61;"), "later.csv")
    orders = _by_reference(session)
    assert orders["61"].stop != orders["41"].stop
    assert session.day.plan.where[orders["61"].stop] == POOL


def test_an_order_that_no_longer_fits_its_visit_leaves_it(session: DaySession, files: Files) -> None:
    moved = ADA.replace("41;", "51;")
    files.bring(HEAD + ADA + moved)
    files.bring(HEAD + ADA + moved.replace("Linden Row;1;", "Linden Row;77;"))
    orders = _by_reference(session)
    assert orders["51"].stop != orders["41"].stop
    assert session.day.plan.pool.stops == (orders["41"].stop, orders["51"].stop)
    # and a third that is like the old visit joins the one that stayed
    files.bring(HEAD + ADA.replace("41;", "71;"), "later.csv")
    assert _by_reference(session)["71"].stop == orders["41"].stop


def test_orders_without_a_reference_get_one_and_are_met_again(session: DaySession, files: Files) -> None:
    text = (
        "name;street;number;postcode;town;kg\n"
        "Ada Quill;Linden Row;1;4101;Lindmoor;{}\n"
        "Ben Rook;Linden Row;2;4102;Lindmoor;5\n"
    )
    first = files.bring(text.format(10))
    assert list(_by_reference(session)) == [f"#{first.record.id}-2", f"#{first.record.id}-3"]
    before = _by_reference(session)
    seen = files.preview(text.format(11)).comparison
    assert (len(seen.new), len(seen.changed), len(seen.unchanged)) == (0, 1, 1)
    files.bring(text.format(11))
    assert list(_by_reference(session)) == list(before)


def test_a_mapping_is_remembered_by_the_header(store: Store, session: DaySession, files: Files) -> None:
    seen = files.preview(HEAD + ADA)
    phone = seen.table.headers.index("phone")
    changed = seen.mapping.with_field(phone, Field.NOTES)
    preview = importing.preview(store, session.day, seen.table, changed, DAY)
    importing.prepare(store, session.day, preview)
    again = importing.guess(store, seen.table, DAY, "LI")
    assert again.remembered
    assert again.mapping.uses == changed.uses
    assert importing.guess(store, files.preview("x" + HEAD + ADA).table, DAY).remembered is False


def test_what_was_changed_since_the_preview_counts(store: Store, session: DaySession, files: Files) -> None:
    files.bring(HEAD + ADA)
    prepared = importing.prepare(store, session.day, files.preview(HEAD + ADA.replace(";10;", ";12;") + BEN))
    ahead = importing.make(session.day, prepared, WHO, AT)
    placing.set_pin(session, _by_reference(session)["41"].stop, Place(50.15, 10.05))
    importing.commit(session, prepared, WHO, AT, made=ahead)  # which is of no use any more
    order = _by_reference(session)["41"]
    assert (order.place, order.size.grams) == (Place(50.15, 10.05), 12_000)
    assert session.day.travel.covers([Place(50.15, 10.05), Place(50.200001, 10.000001)])


def test_what_was_made_ahead_is_taken_as_it_is(store: Store, session: DaySession, files: Files) -> None:
    prepared = importing.prepare(store, session.day, files.preview(HEAD + ADA + BEN))
    before = session.day
    made = importing.make(before, prepared, WHO, AT)
    assert session.day is before  # nothing has happened
    assert importing.commit(session, prepared, WHO, AT, made=made) is made.outcome
    assert session.day is made.after
    session.undo()
    assert (session.day.orders, session.day.plan.pool.stops) == ({}, ())


def test_a_file_of_nothing_but_faults_is_not_taken(store: Store, session: DaySession, files: Files) -> None:
    before = session.day
    with pytest.raises(UserError, match="No row of this file"):
        files.bring(HEAD + ADA.replace(";10;", ";-10;"))
    assert session.day is before


def test_an_import_is_removed_after_a_restart(store: Store, session: DaySession, files: Files) -> None:
    kept = files.bring(HEAD + ADA + BEN.replace("42;Ben", "43;Cy"))
    gone = files.bring(HEAD + ADA.replace("41;", "51;") + BEN + DEE, "second.csv")
    _wait(store)
    session.replace_day(days.open_day(store, HOME, DAY))
    known = _by_reference(session)
    orders.edit(session, replace(known["43"], pickup=known["42"].stop))
    before = session.day
    assert [r.id for r in importing_undo.list_imports(store, HOME)] == [gone.record.id, kept.record.id]
    removal = importing_undo.find(store, session.day, gone.record.id)
    assert importing_undo.remove(session, removal) == 0
    _wait(store)
    # order 51 shared its visit with 41, which stays
    left = _by_reference(session)
    assert list(left) == ["41", "43"]
    assert session.day.plan.pool.stops == (left["41"].stop, left["43"].stop)
    assert not left["43"].pickup  # whose goods came on board at 42
    assert store.load_day(HOME, NEXT).orders == ()
    assert store.list_imports(HOME)[0].undone
    assert_same(days.open_day(store, HOME, DAY), session.day)
    with pytest.raises(UserError, match="not there any more"):
        importing_undo.find(store, session.day, gone.record.id)
    session.undo()
    _wait(store)
    assert session.day.orders == before.orders
    assert [o.reference for o in store.load_day(HOME, NEXT).orders] == ["44"]
    assert not store.list_imports(HOME)[0].undone


def test_an_import_and_its_rejects_are_saved_together_or_not_at_all(
    store: Store, session: DaySession, files: Files
) -> None:
    prepared = importing.prepare(store, session.day, files.preview(HEAD + ADA + DEE + BAD))
    theirs = DaySession(days.open_day(store, HOME, DAY), StoreSaver(store, "Ben"))
    importing.commit(theirs, importing.prepare(store, theirs.day, files.preview(HEAD + BEN)), "Ben", AT)
    _wait(store)
    importing.commit(session, prepared, WHO, AT)
    _wait(store)
    assert [o.reference for o in store.load_day(HOME, DAY).orders] == ["42"]
    assert store.load_day(HOME, NEXT).orders == ()
    assert [record.who for record in store.list_imports(HOME)] == ["Ben"]
    assert store.rejects(prepared.id) == []
