"""One address, one key, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain.orders import Address
from dispatch_console.geocoding.addresses import key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            Address("Müllerstr. 12 A", "", "FL-9490", "Vaduz"),
            Address("muellerstrasse", "12a", "9490", "VADUZ", "LI"),
        ),
        (Address("Lindenstraße", "3"), Address("LINDENSTRASSE 3")),
        (Address("Linden Str. 3", "", "4100"), Address("Linden Straße", "3", "41 00")),
        (Address("Rue de l'Église", "7", "1000"), Address("rue de l’eglise 7", "", "1000", "Ville", "BE")),
        (Address("High Street 5", "", "SW1A 1AA"), Address("High St", "5", "sw1a1aa")),
        (Address("Hauptstr. 12 – 14", "", "1010"), Address("Hauptstrasse", "12-14", "1010")),
        (Address("Kirchgasse 1,  Hinterhaus"), Address("Kirchgasse 1 Hinterhaus")),
        (Address("Mu\u0308hle 1"), Address("Mühle 1")),
    ],
)
def test_the_same_address(a: Address, b: Address) -> None:
    assert key(a) == key(b) != ""


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Address("Linden Row", "12"), Address("Linden Row", "1", "2")),
        (Address("Linden Row", "1"), Address("Linden Row", "1a")),
        (Address("Linden Row", "12", "4100"), Address("Linden Row", "12", "4101")),
        (Address("Linden Row", "12", "", "Lindmoor"), Address("Linden Row", "12", "", "Northcote")),
        (Address("Linden Row", "12-14"), Address("Linden Row", "1214")),
    ],
)
def test_other_addresses(a: Address, b: Address) -> None:
    assert key(a) != key(b)


def test_nothing_to_find_it_by() -> None:
    assert key(Address()) == key(Address(postcode="4100", city="Lindmoor")) == ""


@given(st.builds(Address, *(st.text(max_size=12) for _ in range(5))))
def test_any_text_has_a_key_that_does_not_depend_on_case_or_blanks(address: Address) -> None:
    spaced = address._replace(street=f"  {address.street}  ")
    assert key(spaced) == key(address)


def test_a_key_is_no_longer_than_an_index_takes() -> None:
    assert len(key(Address("Weg " * 500, "1", "9490", "Vaduz", "LI"))) == 500
