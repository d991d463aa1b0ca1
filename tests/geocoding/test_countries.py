"""Addresses of twelve countries as people there write them: each is found, and found for certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_console.domain.orders import Address
from tests.geocoding.region import opened, row

#: Country → postcode, town and streets of a small place in it.
PLACES = {
    "DE": ("79098", "Freiburg im Breisgau", ("Bertoldstraße", "Straße des 17. Juni", "Münsterplatz", "Salzstraße")),
    "AT": ("6900", "Bregenz", ("Rathausstraße", "Sankt-Anna-Straße", "Kornmarktplatz", "Bergmannstraße")),
    "CH": ("8001", "Zürich", ("Bahnhofstrasse", "Rue du Rhône", "Lindenhofgasse", "Via Nassa")),
    "LI": ("9490", "Vaduz", ("Äulestrasse", "Städtle", "Fürst-Franz-Josef-Strasse", "Im Riet")),
    "NL": ("1017AB", "Amsterdam", ("Kerkstraat", "Burgemeester van der Venlaan", "1e Dwarsstraat", "Dorpsplein")),
    "BE": ("9000", "Gent", ("Veldstraat", "Avenue Louise", "Sint-Pietersplein", "Coupure")),
    "FR": ("75002", "Paris", ("Rue de la Paix", "Avenue de l'Opéra", "Boulevard Saint-Denis",
    "Place des Victoires")),
    "PT": ("1100-060", "Lisboa", ("Rua do Ouro", "Avenida da Liberdade", "Praça do Comércio", "Travessa do Carmo")),
    "ES": ("28013", "Madrid", ("Calle Mayor", "Plaza de España", "Paseo del Prado", "Avenida de América")),
    "IT": ("00184", "Roma", ("Via Nazionale", "Piazza Venezia", "Viale Trastevere", "Corso Vittorio Emanuele")),
    "GB": ("AB12CD", "Lindmoor", ("High Street", "Station Road", "St Mary's Close", "Victoria Gardens")),
    "US": ("62701", "Springfield", ("North Main Street", "5th Avenue", "Lincoln Boulevard", "Oak Court")),
}  # fmt: skip

#: Country → (as written, the street and number meant).
WRITTEN = {
    "DE": (("Bertoldstr. 12, 79098 Freiburg", 0, "12"), ("BERTOLDSTRASSE 12a|||Freiburg i. Br.", 0, "12a"),
    ("Strasse des 17. Juni 14|||Freiburg", 1, "14"),
           ("Muensterpl.|12|D-79098|Freiburg", 2, "12"),
           ("Salz Str.|14||Freiburg im Breisgau|Deutschland", 3, "14")),
    "AT": (("Rathausstr. 12/3/5|||Bregenz", 0, "12"), ("St. Anna Strasse 14, A-6900 Bregenz", 1, "14"),
    ("Kornmarktpl.|12|6900||Österreich", 2, "12"),
           ("Bergmanstraße 12 Top 4|||Bregenz", 3, "12")),
    "CH": (("Bahnhofstr. 12, 8001 Zuerich", 0, "12"), ("12, rue du Rhône, 8001 Zürich", 1, "12"),
    ("Lindenhofg. 14|||Zürich", 2, "14"), ("V. Nassa 12|||Zürich", 3, "12")),
    "LI": (("Aeulestr. 12, FL-9490 Vaduz", 0, "12"), ("Staedtle 14|||Vaduz (FL)", 1, "14"),
    ("Fürst Franz Josef Str.|12a|9490||FL", 2, "12a")),
    "NL": (("Kerkstr. 12-3, 1017 AB Amsterdam", 0, "12-3"), ("Burg. v.d. Venln 14|||Amsterdam", 1, "14"),
    ("Eerste Dwarsstraat 12|||Amsterdam", 2, "12"), ("Dorpspl.|12 a|1017||NL", 3, "12a")),
    "BE": (("Veldstraat 12 bus 3, 9000 Gent", 0, "12"), ("12 av. Louise, 9000 Gent, Belgique", 1, "12"),
    ("St.-Pietersplein 14, B-9000 Gent", 2, "14")),
    "FR": (("12 bis rue de la Paix, 75002 Paris", 0, "12bis"), ("14, av. de l’Opera|||Paris 2e", 1, "14"),
    ("Bd St-Denis|12|75002||F", 2, "12"), ("12 pl. Victoires|||Paris", 3, "12")),
    "PT": (("R. do Ouro, 12, 3º Esq., 1100-060 Lisboa", 0, "12"), ("Av. Liberdade 14|||Lisboa", 1, "14"),
    ("Pç. Comercio|12|1100||Portugal", 2, "12"), ("Tv. do Carmo, n.º 12|||Lisboa", 3, "12")),
    "ES": (("C/ Mayor, 12, 3º B, 28013 Madrid", 0, "12"), ("Pza. España nº 14|||Madrid", 1, "14"),
    ("Pso. del Prado|12|28013||España", 2, "12"), ("Avda. América, 12|||Madrid", 3, "12")),
    "IT": (("V. Nazionale 12/A, 00184 Roma", 0, "12a"), ("P.za Venezia, 14|||Roma", 1, "14"),
    ("V.le Trastevere|12|00184||Italia", 2, "12"), ("C.so Vittorio Emanuele 12|||Roma", 3, "12")),
    "GB": (("Flat 3, 12 High St, Lindmoor AB1 2CD", 0, "12"), ("14 Station Rd|||Lindmoor", 1, "14"),
    ("12a Saint Marys Cl|||Lindmoor|UK", 2, "12a"), ("12 Victoria Gdns|||Lindmoor", 3, "12")),
    "US": (("12 N Main St Apt 4, Springfield, IL 62701", 0, "12"), ("14 Fifth Ave|||Springfield", 1, "14"),
    ("12 Lincoln Blvd #3, Springfield, IL 62701-1234, USA", 2, "12"), ("12 Oak Ct|||Springfield", 3, "12")),
}  # fmt: skip


@pytest.mark.parametrize("country", PLACES)
def test_the_ways_of_a_country(country: str, tmp_path: Path) -> None:
    postcode, city, streets = PLACES[country]
    numbers = "8 10 12 12a 12-3 12bis 14 16 18"
    houses = [
        house
        for n, street in enumerate(streets)
        for house in row(street, numbers, (47.0, 9.0 + 0.01 * n), postcode, city, country)
    ]
    index = opened(tmp_path, houses)
    for written, street, number in WRITTEN[country]:
        hit = index.find(Address(*written.split("|")))[0]
        assert (hit.quality, hit.certain) == ("house", True), (written, hit)
        meant = next(one for one in houses if (one.street, one.number) == (streets[street], number))
        assert hit.place == pytest.approx(meant.place, abs=1e-6), (written, hit)
        assert all(text in hit.matched for text in (streets[street], number, postcode, city))
    index.close()
