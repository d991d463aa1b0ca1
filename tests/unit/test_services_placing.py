"""A pin set once is known for good, and undone with its step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.geocoding import addresses
from dispatch_console.services import days, placing
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, assert_same, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
HERE, THERE = Place(50.55, 10.05), Place(50.56, 10.06)
ADDRESS = Address("Moorstraße", "7 a", "4100", "Lindmoor")


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


@pytest.fixture
def session(store: Store) -> DaySession:
    """The small day with stops 7 and 8 at one address without a place, spelled in two ways, and 9 at another."""
    small_store(store)
    lost = [
        factories.order(7, address=ADDRESS, place=None, place_quality=None),
        factories.order(8, address=Address("MOORSTR. 7A", "", "4100"), place=None, place_quality=None),
        factories.order(9, place=None, place_quality=None),
    ]
    change = PlanChange("Lost", orders=tuple(Swap(None, order) for order in lost))
    store.save_change(change, HOME, DAY, 1, WHO, "lost")
    return DaySession(days.open_day(store, HOME, DAY), StoreSaver(store, WHO))


def _stored(store: Store) -> None:
    store.submit(lambda: None).result()


def test_a_pin_places_every_order_of_the_address(store: Store, session: DaySession) -> None:
    assert session.day.without_place == (7, 8, 9)
    placing.set_pin(session, StopId(7), HERE)
    day = session.day
    assert day.without_place == (9,)
    assert [(day.orders[OrderId(n)].place, day.orders[OrderId(n)].place_quality) for n in (7, 8)] == [
        (HERE, "pin")
    ] * 2
    assert day.travel.covers([HERE])
    assert session.history.done[-1].label == "Pin A7 and 1 more"
    _stored(store)
    assert_same(days.open_day(store, HOME, DAY), day)
    assert store.places_of([addresses.key(ADDRESS)]) == {addresses.key(ADDRESS): HERE}


def test_undo_takes_the_pin_out_of_the_address_book_too(store: Store, session: DaySession) -> None:
    key = addresses.key(ADDRESS)
    before = session.day
    placing.set_pin(session, StopId(7), HERE)
    placing.set_pin(session, StopId(8), THERE)
    _stored(store)
    assert store.places_of([key]) == {key: THERE}
    session.undo()
    _stored(store)
    assert store.places_of([key]) == {key: HERE}
    session.undo()
    _stored(store)
    assert store.places_of([key]) == {}
    assert session.day.orders == before.orders
    session.redo()
    _stored(store)
    assert store.places_of([key]) == {key: HERE}
    assert_same(days.open_day(store, HOME, DAY), session.day)


def test_a_stop_without_an_address_is_placed_alone(store: Store, session: DaySession) -> None:
    for number in (9,):
        order = session.day.orders[OrderId(number)]
        session.apply(PlanChange("Clear", orders=(Swap(order, replace(order, address=Address())),)))
    placing.set_pin(session, StopId(9), HERE)
    assert session.day.without_place == (7, 8)
    _stored(store)
    assert store.places_of(["", addresses.key(ADDRESS)]) == {}


def test_a_point_off_the_earth_is_refused(session: DaySession) -> None:
    before = session.day
    with pytest.raises(UserError, match="not on the map"):
        placing.set_pin(session, StopId(7), Place(0.0, 0.0))
    assert session.day is before


def test_pins_set_on_another_day_are_found_and_used(store: Store, session: DaySession) -> None:
    store.remember_place(addresses.key(ADDRESS), HERE, WHO)
    pins = placing.known_pins(store, session.day)
    assert pins == {StopId(7): HERE, StopId(8): HERE}
    placing.use_known(session, pins)
    assert session.day.without_place == (9,)
    assert session.history.done[-1].label == "Pins of 2 known addresses"
    placing.use_known(session, pins)
    assert len(session.history.done) == 1
    _stored(store)
    assert_same(days.open_day(store, HOME, DAY), session.day)
