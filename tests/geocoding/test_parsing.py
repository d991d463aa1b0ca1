"""Addresses taken apart, whatever stands in whichever column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain.orders import Address
from dispatch_console.geocoding.parsing import MOST_READINGS, readings

TEXTS = st.text(alphabet=st.sampled_from("aBéß 0123456789,.-/;'()\n#"), max_size=24)


@given(st.builds(Address, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), st.sampled_from(["", "LI", "GB", "US", "NL"]))
def test_any_text_has_readings(address: Address, country: str) -> None:
    found = readings(address, country)
    assert len(found) <= MOST_READINGS
    assert len({(one.street, one.number) for one in found}) == len(found)


@given(st.builds(Address, *[st.text(max_size=12)] * 5))
def test_any_script_has_readings(address: Address) -> None:
    assert len(readings(address)) <= MOST_READINGS


@pytest.mark.parametrize(
    ("address", "country", "street", "number", "postcode", "city"),
    [
        (Address("Dorfstrasse", "12", "9490", "Vaduz", "LI"), "", "Dorfstrasse", "12", "9490", "Vaduz"),
        (Address("Dorfstr. 12, FL-9490 Vaduz"), "", "Dorfstr.", "12", "9490", "Vaduz"),
        (Address("Dorfstr. 12 9490 Vaduz"), "", "Dorfstr.", "12", "9490", "Vaduz"),
        (Address("12 Dorfstrasse", "", "9490", "Vaduz"), "", "Dorfstrasse", "12", "9490", "Vaduz"),
        (Address("12", "Dorfstrasse", "", "Vaduz"), "", "Dorfstrasse", "12", "", "Vaduz"),
        (Address("12-14a", "Dorfstrasse", "", ""), "", "Dorfstrasse", "12-14a", "", ""),
        (Address("Dorfstrasse 12", "A"), "", "Dorfstrasse", "12a", "", ""),
        (Address("Dorfstrasse", "12", "", "9490 Vaduz"), "", "Dorfstrasse", "12", "9490", "Vaduz"),
        (Address("Dorfstrasse 12", "12", "9490", "9490 Vaduz"), "", "Dorfstrasse", "12", "9490", "Vaduz"),
        (Address("Dorfstrasse 12, Vaduz"), "", "Dorfstrasse", "12", "", "Vaduz"),
        (
            Address("Firma Muster AG, Dorfstr. 12 a, Hinterhaus", "", "", "Schaan"),
            "",
            "Dorfstr.",
            "12a",
            "",
            "Schaan",
        ),
        (Address("c/o Huber, Dorfstr. 12", "", "FL-9490", "Vaduz (FL)"), "", "Dorfstr.", "12", "9490", "Vaduz"),
        (Address("Straße des 17. Juni 135"), "DE", "Straße des 17. Juni", "135", "", ""),
        (
            Address("Wiedner Hauptstr. 12/3/5", "", "A-1040", "Wien"),
            "",
            "Wiedner Hauptstr.",
            "12/3/5",
            "1040",
            "Wien",
        ),
        (Address("Kerkstraat 1 bus 3, 1017 AB Amsterdam"), "NL", "Kerkstraat", "1", "1017AB", "Amsterdam"),
        (Address("1e Dwarsstraat 12"), "NL", "1e Dwarsstraat", "12", "", ""),
        (Address("12 bis rue de la Paix, 75002 Paris, France"), "", "rue de la Paix", "12bis", "75002", "Paris"),
        (Address("Rua do Ouro 12, 1100-060 Lisboa"), "", "Rua do Ouro", "12", "1100-060", "Lisboa"),
        (Address("Calle Mayor, 5, 3º B", "", "28013", "Madrid"), "ES", "Calle Mayor", "5", "28013", "Madrid"),
        (Address("Via Roma 12/A", "", "00184", "Roma"), "", "Via Roma", "12a", "00184", "Roma"),
        (Address("Flat 3, 12 High Street, London SW1A 1AA"), "GB", "High Street", "12", "SW1A1AA", "London"),
        (Address("123 Main St Apt 4, Springfield, IL 62701"), "US", "Main St", "123", "62701", "Springfield"),
        (Address("12 5th Avenue, New York, NY 10011"), "US", "5th Avenue", "12", "10011", "New York"),
        (Address("Postfach 12", "", "9490", "Vaduz"), "", "", "", "9490", "Vaduz"),
    ],
)
def test_the_likeliest_reading(
    address: Address, country: str, street: str, number: str, postcode: str, city: str
) -> None:
    first = readings(address, country)[0]
    assert (first.street, first.number.text, first.postcode, first.city) == (street, number, postcode, city)


@pytest.mark.parametrize(
    ("address", "country"),
    [(Address("Weg 1", "", "FL-9490"), "LI"), (Address("Weg 1, 1040 Wien, Österreich"), "AT"),
     (Address("Weg 1", "", "", "", "Frankreich"), "FR"), (Address("Weg 1", "", "9490", "Vaduz"), "")],
)  # fmt: skip
def test_the_country_wherever_it_is_named(address: Address, country: str) -> None:
    assert readings(address)[0].country == country
