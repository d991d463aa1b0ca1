"""Headers as programs and people write them: capitals, blanks, missing accents, cut off, misspelt."""

# ruff: noqa: E501  (headers of files, as they come)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from dispatch_console.domain.orders import DriverId, Order
from dispatch_console.intake import grammar
from dispatch_console.intake.drivers import by_name
from dispatch_console.intake.guess import guess
from dispatch_console.intake.mapping import sources
from dispatch_console.intake.orders import to_orders
from tests.unit.intake.lands import LANDS
from tests.unit.intake.lists import make
from tests.unit.intake.tables import TODAY, orders_of, table_of


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


WAYS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "underscores": lambda text: re.sub(r"\W+", "_", text).strip("_").lower(),
    "without accents": _plain,
    "with a star": lambda text: text + " *",
    "over two lines": lambda text: text.replace(" ", "\n"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("land", LANDS)
def test_the_same_header_written_in_another_way(tmp_path: Path, land: str, way: str) -> None:
    listing = make(land, 3)
    path = tmp_path / "orders.csv"
    path.write_bytes(listing.text().encode("utf-8"))
    header = listing.cells[listing.header_row - 1]
    listing.cells[listing.header_row - 1] = [WAYS[way](text) for text in header]
    changed = table_of(tmp_path, listing.text().replace("\r\n", "\n"), name="changed.csv")
    original = table_of(tmp_path, make(land, 3).text().replace("\r\n", "\n"))
    uses = [[use and use.field for use in guess(table, TODAY).uses] for table in (original, changed)]
    assert uses[0] == uses[1]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Lieferdtaum", "day"), ("Copmany", "company"), ("Gewciht (kg)", "weight"), ("Empf.", "name"), ("Anz. Pal.", "pieces"),
        ("Posta elettr", "email"), ("Código posta", "postcode"), ("Dest.", "name"), ("POS-GEW KG", "weight_line"),
        ("kg je Paket", "weight_each"), ("Gewicht/Stk", "weight_each"), ("D.O. No.", "reference"), ("N.º de porta", "house_number"),
        ("Nº de calle", "house_number"), ("Ship-to Country/Region Code", "country"), ("L/A", "kind"), ("completeAfter", "window_from"),
        ("Te innen bedrag", "cod"), ("PLZ/ORT", "town"), ("Bijzonderheden voertuig", "skills"), ("Data prevista consegna", "day"),
    ],
)  # fmt: skip
def test_single_headers(header: str, field: str) -> None:
    fields = grammar.read(header).fields
    assert max(fields, key=lambda name: fields[name]) == field or fields[field] >= 70


#: Ready at, zone, goods class, not with driver, usual driver, parking, late price.
RULES = [
    "Ready at|Zone|Goods class|Not with driver|Usual driver|Parking time|Late penalty",
    "Ware verfügbar ab|Gebiet|Gefahrgut|Fahrer ausgeschlossen|Stammfahrer|Parkzeit (min)|Verspätung je Minute",
    "Disponible à partir de|Zone de livraison|Matières dangereuses|Chauffeur exclu|Chauffeur habituel|Temps de stationnement|Pénalité de retard",
    "Gereed vanaf|Bezorggebied|Gevaarlijke stoffen|Niet met chauffeur|Vaste chauffeur|Parkeertijd|Boete per minuut",
    "Disponível a partir de|Zona de entrega|Mercadorias perigosas|Motorista excluído|Motorista habitual|Tempo de estacionamento|Multa por atraso",
    "Disponible desde|Zona de reparto|Mercancías peligrosas|Conductor excluido|Conductor habitual|Tiempo de aparcamiento|Penalización por retraso",
    "Disponibile dalle|Zona di consegna|Merci pericolose|Autista escluso|Autista abituale|Tempo di parcheggio|Penale per ritardo",
    "Saatavilla alkaen|Toimitusalue|Vaaralliset aineet|Estetty kuljettaja|Vakiokuljettaja|Pysäköintiaika|Myöhästymismaksu",
]


@pytest.mark.parametrize("headers", RULES)
def test_what_an_order_asks_of_the_plan_in_eight_languages(tmp_path: Path, headers: str) -> None:
    rows = "1;Ute;Weg 1;Vaduz;08-12;10:00;Ost;Farbe;Ada Quill;Ben Rook;3;0,50\n2;Max;Weg 2;Vaduz;;;;;;;;\n"
    table = table_of(tmp_path, f"Auftrag;Name;Straße;Ort;Zeitfenster;{headers.replace('|', ';')}\n" + rows)
    known = by_name([(DriverId(1), "Ada Quill"), (DriverId(2), "Ben Rook")])
    order, plain = (read.order for read in to_orders(table, guess(table, TODAY), TODAY, known).orders)
    assert (order.release_s, order.zone, order.goods) == (10 * 3600, "Ost", {"Farbe"})
    assert (order.not_drivers, order.known_by, order.parking_s, order.late_per_min) == ({1}, {2}, 180, 50)
    assert order.windows and plain == Order("2", name="Max", address=plain.address)


def test_when_the_customer_is_there_is_no_release(tmp_path: Path) -> None:
    """`Available from` and `until` are a window."""
    text = "Order;Name;Street;Town;Available from;Available until\n1;Ute;Way 1;Leeds;08:00;12:00\n"
    uses = guess(table_of(tmp_path, text), TODAY).uses
    assert [use and str(use.field) for use in uses][-2:] == ["window_from", "window_to"]


@pytest.mark.parametrize(
    "header",
    ["Bestelldatum", "Order Date", "Date de commande", "Data ordine", "Created at", "Tilauspäivä", "Fecha pedido"],
)
def test_the_day_of_the_order_is_not_the_day_of_delivery(header: str) -> None:
    fields = grammar.read(header).fields
    assert max(fields, key=lambda name: fields[name]) == "-"


#: Lines of goods from ERP systems.
GOODS = [
    "ORDINE|RIGA|RAGSOC|REFERENTE|INDIRIZZO|NAZ|CAP/CITTA|TEL|DATA CONS|ORARIO|COD ART|DESCRIZIONE|QTA|UM|PESO RIGA KG",
    "PEDIDO|LIN|RAZON SOCIAL|CONTACTO|DIRECCION|PAIS|CP/POBLACION|TFNO|F.ENTREGA|HORARIO|ARTICULO|DESCRIPCION|CANT|UM|PESO LINEA KG",
    "COMMANDE|LIGNE|RAISON SOCIALE|NOM|ADRESSE|PAYS|CP/VILLE|TEL|DATE LIV|CRENEAU|ARTICLE|DESIGNATION|QTE|UNITE|POIDS LIGNE KG",
    "ORDER|REGEL|BEDRIJF|NAAM|ADRES|LAND|PC/PLAATS|TEL|LEVERDATUM|TIJDVAK|ARTIKEL|OMSCHRIJVING|AANTAL|EENH|GEW REGEL KG",
    "ENCOMENDA|LINHA|EMPRESA|NOME|MORADA|PAIS|CP/LOCALIDADE|TEL|DATA ENT|HORARIO|ARTIGO|DESIGNACAO|QTD|UN|PESO LINHA KG",
    "TILAUS|RIVI|YRITYS|NIMI|OSOITE|MAA|POSTINRO/KAUPUNKI|PUH|TOIMPVM|AIKA|TUOTE|NIMIKE|MAARA|YKS|RIVIPAINO KG",
    "ORDERNO|LINE|COMPANY|NAME|STREET|CTRY|ZIP/CITY|TEL|DELDATE|DELTIME|ITEM|DESCRIPTION|QTY|UOM|LINE WEIGHT KG",
    "Beleg|Zeile|Firma|Ansprechpartner|Lieferanschrift|Land|PLZ + Ort|Telefon|Liefertermin|Zeitfenster|Art.-Nr.|Artikelbez.|Liefermenge|Einh.|Positionsgewicht (kg)",
]

ROWS = """
0001|010||Anna Probst|Via Roma 1|IT|00184 Roma|06 5550101|20261123|0900-1200|PLT-2|Pot 30 cm|2|PZ|     9,12
0001|020||Anna Probst|Via Roma 1|IT|00184 Roma|06 5550101|20261123|0900-1200|BK-1|Book A5|1|PZ|     1,10
0002|010|Muster & Co|Ben Testov|Via Po 2|IT|20121 Milano|02 5550102|20261124||BK-1|Book A5|3|PZ|     3,30
0003|010|Muster & Co|Ben Testov|Via Po 2|IT|20121 Milano|02 5550102|20261131||BK-1|Book A5|3|PZ|     3,30
0004|010||Eva Testov|Via Po 3|IT|20121 Milano|02 5550102|20261124|08:00-10:00|BK-1|Book A5|3|PZ|     3,30
0004|020||Eva Testov|Via Po 3|IT|20121 Milano|02 5550102|20261124|08:00-10:00|BK-3|Book A6|1|PZ|     0,30
"""


@pytest.mark.parametrize("headers", GOODS)
def test_lines_of_goods_in_eight_languages(tmp_path: Path, headers: str) -> None:
    table = table_of(tmp_path, "*** EXPORT ***\n-----\n" + headers + ROWS, encoding="cp1252")
    mapping = guess(table, TODAY)
    names = headers.split("|")
    expected = {
        "reference": names[0], "company": names[2], "name": names[3], "street": names[4], "country": names[5], "postcode": names[6],
        "city": names[6], "phone": names[7], "day": names[8], "windows": names[9], "item_sku": names[10],
        "item_description": names[11], "item_quantity": names[12], "weight_kg": names[14],
    }  # fmt: skip
    assert sources(mapping) == expected
    result = orders_of(table, mapping)
    assert [(read.rows, read.order.size.grams) for read in result.orders] == [
        ((4, 5), 10220),
        ((6,), 3300),
        ((8, 9), 3600),
    ]
    assert [(error.row, str(error.problem)) for error in result.rejected] == [(7, "bad_date")]
