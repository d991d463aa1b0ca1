"""Places of imported orders: the address book first, then the region's index; the rest waits with candidates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Hit
from dispatch_console.geocoding import addresses
from dispatch_console.services import days, finding_places, fleet, importing, placing
from dispatch_console.services.finding_places import NOWHERE, Finder
from dispatch_console.services.importing import Outcome
from dispatch_console.services.places_queue import PlacesQueue
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.geocoding import packs
from tests.geocoding.test_index import HOUSES, LINES, TOWNS
from tests.store.filling import WHO, assert_same

AT = dt.datetime(2026, 11, 23, 5, 45, tzinfo=dt.UTC)
ORDERS = (
    "order;name;street;number;postcode;town\n"
    "41;Ada;Dorfstr.;3;9490;Vaduz\n"
    "42;Ben;Dorfstrasse;77;9490;Vaduz\n"
    "43;Cy;Bxrgstrasse;5;9490;Vaduz\n"
    "44;Dee;Nowhere Lane;5;1000;Elsewhere\n"
)
CERTAIN = Hit(Place(47.2, 9.6), "house", True, 0.99, "Nowhere Lane 5, 1000 Elsewhere")


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return finding_places.of_pack(packs.write(tmp_path_factory.mktemp("packs") / "town", HOUSES, LINES, TOWNS))


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    fleet.save_depot(store, None, factories.DEPOT, WHO)
    yield store
    store.close()


@pytest.fixture
def session(store: Store) -> DaySession:
    return DaySession(days.open_day(store, factories.DEPOT.id, factories.DAY), StoreSaver(store, WHO))


def bring(store: Store, session: DaySession, folder: Path, finder: Finder, text: str = ORDERS) -> Outcome:
    path = folder / "orders.csv"
    path.write_text(text, encoding="utf-8")
    table = importing.read(path)
    guess = importing.guess(store, table, factories.DAY, "LI")
    seen = importing.preview(store, session.day, table, guess.mapping, factories.DAY)
    return importing.commit(session, importing.prepare(store, session.day, seen, finder), WHO, AT)


def placed(session: DaySession) -> dict[str, str | None]:
    return {order.reference: order.place_quality for order in session.day.orders.values()}


def test_an_import_places_what_is_certain_and_keeps_the_candidates_of_the_rest(
    store: Store, session: DaySession, tmp_path: Path, finder: Finder
) -> None:
    empty = session.day
    outcome = bring(store, session, tmp_path, finder)
    assert placed(session) == {"41": "house", "42": None, "43": None, "44": None}
    assert outcome.without_place == 3
    hits = outcome.found.unsure
    assert hits[addresses.key(Address("Dorfstrasse", "77", "9490", "Vaduz"))][0].quality == "street"
    assert len(hits[addresses.key(Address("Bxrgstrasse", "5", "9490", "Vaduz"))]) >= 2
    assert hits[addresses.key(Address("Nowhere Lane", "5", "1000", "Elsewhere"))] == ()
    assert_same(days.open_day(store, factories.DEPOT.id, factories.DAY), session.day)
    session.undo()
    assert session.day.orders == empty.orders
    session.redo()
    assert placed(session)["41"] == "house"


def test_without_a_region_nothing_changes(store: Store, session: DaySession, tmp_path: Path) -> None:
    outcome = bring(store, session, tmp_path, NOWHERE)
    assert set(placed(session).values()) == {None}
    assert outcome.found == finding_places.Found()


def test_a_pin_of_the_address_book_comes_first(
    store: Store, session: DaySession, tmp_path: Path, finder: Finder
) -> None:
    bring(store, session, tmp_path, NOWHERE)
    stop = next(o.stop for o in session.day.orders.values() if o.reference == "41")
    placing.set_pin(session, stop, Place(47.3, 9.3))
    again = DaySession(
        days.open_day(store, factories.DEPOT.id, factories.DAY + dt.timedelta(1)), StoreSaver(store, WHO)
    )
    text = ORDERS.replace("order;", "date;order;").replace("\n4", "\n24.11.2026;4")
    bring(store, again, tmp_path, finder, text)
    order = next(o for o in again.day.orders.values() if o.reference == "41")
    assert (order.place, order.place_quality) == (Place(47.3, 9.3), "pin")


def test_a_day_that_is_there_is_placed_as_one_step(
    store: Store, session: DaySession, tmp_path: Path, finder: Finder
) -> None:
    bring(store, session, tmp_path, NOWHERE)
    before = session.day
    placing.use_found(session, finding_places.unplaced(session.day, finder).placed)
    assert placed(session)["41"] == "house"
    session.undo()
    assert session.day.orders == before.orders


def test_the_queue_gives_one_after_the_other_until_none_is_left(
    store: Store, session: DaySession, tmp_path: Path, finder: Finder
) -> None:
    queue = PlacesQueue()
    queue.learn(bring(store, session, tmp_path, finder).found)
    queue.begin(session.day)
    first, second, third = queue.waiting
    assert queue.after(None) == first
    placing.accept(session, first.stop, first.hits[0])
    assert session.day.stops[first.stop].place == first.hits[0].place
    assert queue.follow(session.day) == frozenset()
    assert (queue.after(first.stop), queue.after(third.stop), queue.of(first.stop)) == (second, second, None)
    queue.put_off(second.stop)
    assert (queue.after(first.stop), queue.counts) == (third, (3, 1, 1))
    session.undo()
    store.submit(lambda: None).result()
    assert queue.follow(session.day) == {first.stop}
    assert [one.stop for one in queue.waiting] == [first.stop, third.stop]
    queue.take_up()
    assert queue.waiting == (first, second, third)
    assert store.places_of([addresses.key(session.day.stops[first.stop].order.address)]) == {}


def test_the_net_is_asked_last_and_not_again_when_it_is_away(finder: Finder) -> None:
    asked: list[str] = []

    def online(address: Address) -> list[Hit]:
        asked.append(address.street)
        if len(asked) == 2:
            raise UserError("The net is away.")
        return [CERTAIN]

    wanted = [
        Address(street, "5", "9490", "Vaduz") for street in ("Dorfstrasse", "Away Lane", "Far Lane", "Lost Lane")
    ]
    found = finding_places.find(Finder(finder.index, "LI", online), wanted)
    assert asked == ["Away Lane", "Far Lane"]
    assert [hit.matched for hit in found.placed.values()] == ["Dorfstrasse 5, 9490 Vaduz", CERTAIN.matched]
    assert len(found.unsure) == 2
    assert found.note == "The net is away."
