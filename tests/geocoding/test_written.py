"""Addresses as lists of many countries write them, taken apart: the first reading is the one meant."""

from __future__ import annotations

import pytest

from dispatch_console.domain.orders import Address
from dispatch_console.geocoding import scoring
from dispatch_console.geocoding.folding import name
from dispatch_console.geocoding.parsing import readings

#: street|number|postcode|city|country → street, number, postcode, city.
WRITTEN = {
    "111-35 209th Place||11429": ("209th Place", "111-35", "11429", ""),
    "104|7th Avenue South|10014": ("7th Avenue South", "104", "10014", ""),
    "92-40|242nd Street|11426": ("242nd Street", "92-40", "11426", ""),
    "1201 NW 23rd Ave|||Portland": ("NW 23rd Ave", "1201", "", "Portland"),
    "109th Avenue 203-06, 11412": ("109th Avenue", "203-06", "11412", ""),
    "Hauptstr. 5, 95500": ("Hauptstr.", "5", "95500", ""),
    "R. Dr. António José de Almeida 12 - 3º Esq": ("R. Dr. António José de Almeida", "12", "", ""),
    "R. do Ouro 12 3.º|||Lisboa": ("R. do Ouro", "12", "", "Lisboa"),
    "C/ Mayor 5, 2º B||28013|Madrid": ("C/ Mayor", "5", "28013", "Madrid"),
    "12 bis rue de l'Église": ("rue de l'Église", "12bis", "", ""),
    "Flat 2, 14a St John's Rd||SW11 1AA|London": ("St John's Rd", "14a", "SW111AA", "London"),
    "Via Roma, s.n.c.|||Roma": ("Via Roma", "", "", "Roma"),
    "Via Roma 12/A|||Roma": ("Via Roma", "12a", "", "Roma"),
    "Rue Neuve 12 bus 3|||1000 Bruxelles": ("Rue Neuve", "12", "1000", "Bruxelles"),
    "Bahnhofstr. 3|||8001 Zürich": ("Bahnhofstr.", "3", "8001", "Zürich"),
    "Highway 9, 6114|||95018-9704 Felton": ("Highway 9", "6114", "95018-9704", "Felton"),
    "|12|3122|Gansbach": ("Gansbach", "12", "3122", "Gansbach"),
    "Nr. 12||3122|Gansbach": ("Gansbach", "12", "3122", "Gansbach"),
}


@pytest.mark.parametrize(("written", "meant"), WRITTEN.items())
def test_the_first_reading_is_the_one_meant(written: str, meant: tuple[str, str, str, str]) -> None:
    first = readings(Address(*written.split("|")))[0]
    assert (first.street, first.number.text, first.postcode, first.city) == meant


@pytest.mark.parametrize(
    ("asked", "known", "same"),
    [("West 11h Street", "West 11th Street", True), ("West 11tj Street", "West 10th Street", False),
     ("Pº de Gracia", "Paseo de Gracia", True), ("Cº Viejo", "Camino Viejo", True)],
)  # fmt: skip
def test_the_number_in_a_name_tells_streets_apart(asked: str, known: str, *, same: bool) -> None:
    like = scoring.alike(name(asked), name(known))
    assert (like.slips <= scoring.SLIPS) == same
