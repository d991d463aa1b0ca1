"""Pins, mappings, settings and the search, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from dispatch_console.domain.orders import Address, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.store.filling import WHO, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY


def test_the_last_pin_of_an_address_counts(store: Store) -> None:
    store.remember_place("linden row 1|4100", Place(54.123456789012345, -2.1), WHO)
    store.remember_place("linden row 2|4100", Place(54.2, -2.2), WHO)
    store.remember_place("linden row 1|4100", Place(54.3, -2.3), WHO)
    many = [f"nowhere {n}|" for n in range(25_000)]
    assert store.places_of([*many, "linden row 1|4100", "linden row 2|4100", "linden row 1|4100"]) == {
        "linden row 1|4100": Place(54.3, -2.3),
        "linden row 2|4100": Place(54.2, -2.2),
    }
    assert store.places_of([]) == {}


def test_a_mapping_is_known_by_its_fingerprint(store: Store) -> None:
    store.remember_mapping("a", {"columns": {"0": "name"}, "day_first": True, "none": None})
    store.remember_mapping("a", {"columns": {"0": "company"}})
    assert store.mapping_of("a") == {"columns": {"0": "company"}}
    assert store.mapping_of("b") is None


def test_settings_are_written_one_by_one(store: Store) -> None:
    store.save_settings({"theme": "dark", "sizes": [1, 2.5, {"x": None}], "off": False})
    store.save_settings({"theme": None, "new": "Größe 😀"})
    store.save_settings({})
    assert store.settings() == {"sizes": [1, 2.5, {"x": None}], "off": False, "new": "Größe 😀"}


@pytest.fixture
def searched(store: Store) -> Store:
    small_store(store)
    order = factories.order(
        7,
        reference="4711-B",
        name="Zoë Müller",
        company="Blüten 100% & Co_KG",
        phone="+423 555 01 77",
        address=Address("Straße des 1. Mai", "5", "9490", "Vaduz", "LI"),
    )
    change = PlanChange("Order", orders=(Swap(None, order),))
    store.save_change(change, HOME, DAY + dt.timedelta(1), 0, WHO, new_command())
    return store


@pytest.mark.parametrize(
    "text",
    ["4711", "muller zoe", "MÜLLER", "strasse mai", "9490 bluten", "0423 555-0177", "55501", "100%", "co_kg"],
)
def test_an_order_is_found_by_what_the_caller_says(searched: Store, text: str) -> None:
    found = searched.find_orders(HOME, text)
    assert [(f.reference, f.recipient, f.date) for f in found] == [("4711-B", "Zoë Müller", DAY + dt.timedelta(1))]
    assert found[0].address == "Straße des 1. Mai 5, 9490 Vaduz, LI"


def test_newer_days_come_first_and_no_text_finds_nothing(searched: Store) -> None:
    assert [f.reference for f in searched.find_orders(HOME, "a")][:2] == ["4711-B", "A1"]
    assert len(searched.find_orders(HOME, "customer", limit=4)) == 4
    assert searched.find_orders(HOME, " ") == searched.find_orders(HOME, "nobody") == []


def test_an_order_that_was_renamed_is_found_by_its_new_name(searched: Store) -> None:
    old = factories.order(1)
    new = factories.order(1, name="Quentin")
    searched.save_change(PlanChange("Edit", orders=(Swap(old, new),)), HOME, DAY, 1, WHO, new_command())
    assert [f.order for f in searched.find_orders(HOME, "quentin")] == [StopId(1)]
    assert searched.find_orders(HOME, "customer 1") == []
