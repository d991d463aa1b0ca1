"""Cells in all the notations met so far. Each line of a table is one rule; add a line before you add a rule."""

from __future__ import annotations

import datetime as dt

import pytest

from dispatch_console.domain.orders import OrderKind, Priority
from dispatch_console.intake.notations import choices, countries, houses, money, phones, places, quantities
from dispatch_console.intake.notations.dates import DateOrder, day, settle_order
from dispatch_console.intake.notations.numbers import decimal_mark, number
from dispatch_console.intake.notations.quantities import Style
from dispatch_console.intake.notations.text import LONGEST, clean, clean_block, fold, is_cut
from dispatch_console.intake.notations.weekdays import weekdays
from dispatch_console.intake.notations.windows import between, clock, windows
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.table import Cell

TODAY = dt.date(2026, 11, 20)
MOMENT = dt.datetime.combine(TODAY, dt.time(8, 30))


def _hm(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


WINDOWS = """
8-12 Uhr | 08:00-12:00
von 8 bis 12 | 08:00-12:00
08.00-12.00 Uhr | 08:00-12:00
zwischen 11:30 und 12:15 Uhr | 11:30-12:15
zw. 8 u. 12 Uhr | 08:00-12:00
ab 14:00 Uhr | 14:00-24:00
nach 16:00 | 16:00-24:00
bis 09:00 Uhr | 00:00-09:00
spätestens 12:00 | 00:00-12:00
Mo-Fr 8-12 | 08:00-12:00
08:00-10:00, 14:00-17:00 | 08:00-10:00 14:00-17:00
08:00-10:00 + 14:00-17:00 | 08:00-10:00 14:00-17:00
08:00-10:00 / 14:00-17:00 | 08:00-10:00 14:00-17:00
8-12 und 14-17 | 08:00-12:00 14:00-17:00
0900-1200 1400-1700 | 09:00-12:00 14:00-17:00
vormittags | 00:00-12:00
Vormittag (8-12) | 08:00-12:00
abends | 18:00-24:00
entre 9h et 12h | 09:00-12:00
de 8h 30 à 12h | 08:30-12:00
9h00 à 12h00 et 14h00 à 18h00 | 09:00-12:00 14:00-18:00
avant 10h30 | 00:00-10:30
jusqu'à 12h | 00:00-12:00
à partir de 16h | 16:00-24:00
après-midi | 12:00-24:00
lun. au ven. 8h-12h | 08:00-12:00
tra le 9 e le 12 | 09:00-12:00
dalle ore 9:30 alle ore 12 | 09:30-12:00
9/12 - 15/18 | 09:00-12:00 15:00-18:00
entro le 12:30 | 00:00-12:30
8,30 - 12,30 | 08:30-12:30
dopo le 14 | 14:00-24:00
mattina | 00:00-12:00
entre las 9 y las 12 | 09:00-12:00
de 9 a 12 y de 16 a 19 | 09:00-12:00 16:00-19:00
a partir de las 14 | 14:00-24:00
hasta las 12 | 00:00-12:00
por la tarde | 12:00-24:00
de 3 a 5 de la tarde | 15:00-17:00
das 9h às 12h | 09:00-12:00
entre as 9h e as 12h | 09:00-12:00
até às 12h | 00:00-12:00
depois das 14h | 14:00-24:00
na 14 uur | 14:00-24:00
tussen 9 en 12 uur | 09:00-12:00
8u30-12u | 08:30-12:00
's ochtends | 00:00-12:00
klo 8–12 | 08:00-12:00
klo 12 mennessä | 00:00-12:00
klo 14 jälkeen | 14:00-24:00
ennen klo 12 | 00:00-12:00
iltapäivällä | 12:00-24:00
8am-10am,2pm-5pm | 08:00-10:00 14:00-17:00
11:30am–12:15pm | 11:30-12:15
9:00 AM - 1:00 PM | 09:00-13:00
1-5pm | 13:00-17:00
9am-5 | 09:00-17:00
8 a.m. - 12 p.m. | 08:00-12:00
12 noon - 2 pm | 12:00-14:00
before noon | 00:00-12:00
by 10:30 AM | 00:00-10:30
AM | 00:00-12:00
3-5 in the afternoon | 15:00-17:00
14:00 | 14:00-15:00
08:00- | 08:00-24:00
-12:00 | 00:00-12:00
17:30-00:00 | 17:30-24:00
14:00-24:00 | 14:00-24:00
23.11.2026 08:00-12:00 | 08:00-12:00
12/03/2026 8:00 AM - 12/03/2026 6:00 PM | 08:00-18:00
2026-11-23T08:00/2026-11-23T12:00 | 08:00-12:00
lun 23/11 9:00-12:00 | 09:00-12:00
9:00 a. m. - 1:00 p. m. | 09:00-13:00
8.00u - 12.00u | 08:00-12:00
8:00:00 AM - 12:00:00 PM | 08:00-12:00
"""

NO_WINDOW = (
    "|-|ganztägig|egal|all day|anytime|toute la journée|tutto il giorno|todo el día|o dia todo|hele dag|koko päivä"
    "|0:00-24:00|00:00-23:59|Vormittag oder Nachmittag|n/a"
).split("|")

BAD_WINDOWS = {
    "14:00-11:00": "the end is not after the start",
    "18-16h": "the end is not after the start",
    "5pm-2pm": "the end is not after the start",
    "25:00-26:30": "25:00 is not an hour",
    "14-26 Uhr": "26 is not an hour",
    "12:60-13:00": "60 is not a minute",
    "irgendwann mal": "is not a time window",
    "zwischen 8 und 10 oder 14 und 16": "can be read in more than one way",
    "entre las 9": "has no end",
}


@pytest.mark.parametrize("line", WINDOWS.strip().splitlines())
def test_windows(line: str) -> None:
    written, _, meant = line.partition(" | ")
    found = windows(written)
    assert isinstance(found, tuple) and not isinstance(found, Fault), found
    assert " ".join(f"{_hm(window.start)}-{_hm(window.end)}" for window in found) == meant


@pytest.mark.parametrize("written", NO_WINDOW)
def test_whole_day_is_no_window(written: str) -> None:
    assert windows(written) is None


@pytest.mark.parametrize(("written", "message"), BAD_WINDOWS.items())
def test_bad_windows(written: str, message: str) -> None:
    found = windows(written)
    assert isinstance(found, Fault)
    assert (found.problem, found.message) == (Problem.BAD_WINDOW, message)


def test_bad_windows_come_with_what_may_be_meant() -> None:
    assert _suggestions(windows("14-26 Uhr")) == ("14:00-16:00",)
    assert _suggestions(windows("9-5"))[:2] == ("09:00-17:00", "05:00-09:00")


def _suggestions(found: object) -> tuple[str, ...]:
    assert isinstance(found, Fault)
    return found.suggestions


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("8:00 AM", 28800),
        ("13:00", 46800),
        ("14", 50400),
        ("1330", 48600),
        (800.0, 28800),
        (0.5, 43200),
        (1.0, 86400),
        ("24:00", 86400),
        ("12/03/2026 8:00 AM", 28800),
        ("9h", 32400),
        ("klo 9", 32400),
        (dt.time(8, 30), 30600),
        (MOMENT, 30600),
        ("12/03/2026", None),
        ("", None),
    ],
)
def test_clock(cell: Cell, seconds: int | None) -> None:
    assert clock(cell) == seconds


def test_window_of_two_columns() -> None:
    assert between(28800, None) == (28800, 86400)
    assert between(None, 28800) == (0, 28800)
    assert between(None, None) is None
    assert isinstance(between(28800, 28800), Fault)


DATES = """
11-20: heute
11-21: tomorrow | 2026-11-21 18:00:10 +0100
11-23: 23.11.2026 | November 23, 2026 | 2026-11-23 | 2026-11-23T08:00:00+01:00 | 23.11. | 46349 | 23 11 2026
11-23: Mo, 23. Nov. 2026 | 23 de noviembre de 2026 | lunedì 23 novembre 2026 | maanantaina 23.11.2026 | 23-Nov-26
11-23: lun. 23/11/2026 | 23/11/2026 14h | segunda-feira, 23 de novembro de 2026 | 23. marraskuuta 2026
11-24: 24.11.26 | 20261124 | mar 24 nov 2026 | 24.11.2026 08.00 Uhr
12-01: 1st Dec 2026 | 1er décembre 2026
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_dates(line: str) -> None:
    meant, _, written = line.partition(": ")
    found = [day(text, DateOrder.DMY, TODAY) for text in written.split(" | ")]
    assert [str(date) for date in found] == [f"2026-{meant}"] * len(found)


@pytest.mark.parametrize(
    ("written", "message", "first_suggestion"),
    [
        ("31.11.2026", "November has 30 days", "2026-11-30"),
        ("29.02.2027", "February has 28 days in 2027", "2027-02-28"),
        ("12/31/2026", "cannot be read as day/month, as the other rows are", "2026-12-31"),
        ("00.11.2026", "0 is not a day of a month", None),
        ("bald", "is not a date", None),
        ("20261131", "November has 30 days", "2026-11-30"),
    ],
)
def test_bad_dates(written: str, message: str, first_suggestion: str | None) -> None:
    found = day(written, DateOrder.DMY, TODAY)
    assert isinstance(found, Fault)
    assert (found.problem, found.message) == (Problem.BAD_DATE, message)
    assert next(iter(found.suggestions), None) == first_suggestion


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/12/2026", "15/12/2026", "12/31/2026"], "dmy"),
        (["12/03/2026 8:00 AM", "11/23/2026 08:00"], "mdy"),
        (["03/12/2026", "04/12/2026", "05/12/2026"], "dmy"),  # three days in a row, not a day of three months
        (["12/03/2026", "12/04/2026"], "mdy"),
        (["26-11-23", "26-11-24"], "ymd"),
        ([], "dmy"),
    ],
)
def test_one_column_has_one_order(texts: list[str], order: str) -> None:
    assert settle_order(texts, TODAY) == order


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1.249,00", ".", 1249),
        ("1,249.00", ",", 1249),
        ("1'249.50", ".", 1249.5),
        ("1 249,5", ".", 1249.5),
        ("12,5", ".", 12.5),
        ("1.249", ",", 1249),
        ("1.249", ".", 1.249),
        ("0,023", ".", 0.023),
        ("3-", ".", -3),
        ("−2", ".", -2),
        ("(3)", ".", -3),
        (".5", ".", 0.5),
        ("1.249.000", ".", 1_249_000),
        ("1.2E+3", ".", 1200),
    ],
)
def test_numbers(written: str, decimal: str, value: float) -> None:
    assert number(written, decimal) == value


def test_what_is_no_number_comes_with_what_may_be_meant() -> None:
    assert _suggestions(quantities.grams("12,5,0")) == ("12,50 kg", "125,0 kg")
    assert _suggestions(number("5 oder 6")) == ("5", "6")
    assert _suggestions(number("1O")) == ("10",)
    assert _suggestions(quantities.grams("-3")) == ("3 kg",)


def test_the_column_shows_its_decimal_mark() -> None:
    assert decimal_mark(["12,5", "1.249"]) == ","
    assert decimal_mark(["12.5", "1,249"]) == "."
    assert decimal_mark(["1,500", "2,250"]) == ","  # were these thousands, one would be below a thousand
    assert decimal_mark(["1,500", "20"], otherwise=".") == "."


@pytest.mark.parametrize(
    ("written", "unit", "grams"),
    [
        ("5,1 kg", "", 5100),
        ("850 g", "", 850),
        ("0,85 t", "", 850_000),
        ("12 lbs", "", 5443),
        ("9400", "g", 9400),
        ("kg 5", "", 5000),
        ("2", "", 2000),
        ("-", "", None),
        ("", "", None),
        (4.0, "", 4000),
        ("1,5", "t", 1_500_000),
    ],
)
def test_weights(written: Cell, unit: str, grams: int | None) -> None:
    assert quantities.grams(written, Style(",", unit)) == grams


@pytest.mark.parametrize(
    ("written", "unit", "litres"),
    [("0,035", "", 35), ("98", "liter", 98), ("10,5 m³", "", 10500), ("20 dm3", "", 20)],
)
def test_volumes(written: str, unit: str, litres: int) -> None:
    assert quantities.litres(written, Style(",", unit)) == litres


def test_pieces_are_whole() -> None:
    assert quantities.pieces("2 Kolli") == 2
    assert quantities.pieces(3.0) == 3
    for bad in ("2,5", "twee", "x2"):
        assert isinstance(quantities.pieces(bad, Style(",")), Fault)


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        ("3", "", 180),
        ("3 Min.", "", 180),
        ("0:07", "", 420),
        ("00:07:00", "", 420),
        ("180", "s", 180),
        ("1h30", "", 5400),
        ("90 s", "", 90),
        ("PT5M", "", 300),
        ("5'", "", 300),
        (dt.time(0, 5), "", 300),
        ("7:30", "", 450),
        (4.0, "", 240),
    ],
)
def test_service_times(written: Cell, unit: str, seconds: int) -> None:
    assert quantities.duration(written, Style(",", unit)) == seconds


@pytest.mark.parametrize(
    ("written", "country", "meant"),
    [
        ("+423 237 554 8", "", "+4232375548"),
        ("00423 37 35 56 9", "LI", "+4233735569"),
        ("792 556 1", "LI", "+4237925561"),
        ("31655544479.0", "NL", "+31655544479"),
        ("3.1655544479E+10", "NL", "+31655544479"),
        ("3.16556E+10", "NL", ""),
        ("0655-564634", "NL", "+31655564634"),
        ("37/35523", "LI", "+4233735523"),
        ("353010051", "FR", "+33353010051"),
        ("+49 (0)171 3920012", "DE", "+491713920012"),
        ("079 555 12 34 / 044 555 12 34", "CH", "+41795551234"),
        ("06 5550101", "IT", "+39065550101"),
        ("34612555102", "ES", "+34612555102"),
        ("07700 900123", "GB", "+447700900123"),
        ("079 555 12 34", "", "079 555 12 34"),
        ("Tel. 089 99998123", "DE", "+498999998123"),
        ("", "DE", ""),
    ],
)
def test_phones(written: str, country: str, meant: str) -> None:
    assert phones.phone(written, country) == meant


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("03. Mai", "3-5"),
        ("1. Mrz", "1-3"),
        (dt.date(2026, 3, 1), "1-3"),
        ("5-Mar", "3-5"),
        ("Mai 12", "5-12"),
        ("13-15", "13-15"),
        ("16 B", "16 B"),
        (15.0, "15"),
        ("2026-05-03", "3-5"),
        (dt.date(2013, 5, 1), "5-13"),
    ],
)
def test_house_numbers_that_became_dates_are_put_back(cell: Cell, meant: str) -> None:
    assert houses.put_back(cell) == meant


def test_house_numbers_and_additions() -> None:
    joined = [
        houses.house_number(*pair) for pair in (("10", "a"), ("1", "k16"), ("10", "2"), ("10a", "a"), ("7", ""))
    ]
    assert joined == ["10a", "1-k16", "10-2", "10a", "7"]


@pytest.mark.parametrize(
    ("written", "lat"),
    [
        ("47,1393", 47.1393),
        ("47.1419° N", 47.1419),
        ("N 47 8.5", 47.141667),
        ("47°08'30\"", 47.141667),
        ("S 33.5", -33.5),
    ],
)
def test_latitudes(written: str, lat: float) -> None:
    assert places.latitude(written) == pytest.approx(lat, abs=1e-6)


def test_bad_coordinates() -> None:
    assert _suggestions(places.latitude("47.141.993")) == ("47.141993",)
    for bad in ("147.13", "nördlich", "9.5E"):
        assert isinstance(places.latitude(bad), Fault)


@pytest.mark.parametrize(
    "written",
    ["47.14, 9.52", "47,14; 9,52", "POINT(9.52 47.14)", "geo:47.14,9.52", "https://maps.example.org/?q=47.14,9.52"],
)
def test_pairs_of_coordinates(written: str) -> None:
    assert places.pair(written) == (47.14, 9.52)


@pytest.mark.parametrize(
    "written",
    [
        "48°07'30\"N 11°34'12\"E",
        "N 48° 7.5' E 11° 34.2'",
        "48.125 N, 11.57 E",
        "N48,125 / E11,57",
        "48 07 30 N / 11 34 12 E",
    ],
)
def test_pairs_with_their_sides(written: str) -> None:
    assert places.pair(written) == pytest.approx((48.125, 11.57))


def test_countries_and_postcodes() -> None:
    names = (
        "FL LIE Liechtenstein A Österreich D GER Suomi Pays-Bas Nederland UK Spanien España USA Italien xx".split()
    )
    assert [countries.country(n) or "-" for n in names] == (
        "LI LI LI AT AT DE DE FI NL NL GB ES ES US IT -".split()
    )
    assert countries.postcode("1170", "FR") == "01170"
    assert countries.postcode("100", "FI") == "00100"
    assert countries.postcode("D-80331", "DE") == "80331"
    assert countries.postcode("9490", "LI") == "9490"
    assert countries.country_in_address("Zollstrasse 36, 9490 Vaduz, Liechtenstein") == "LI"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("9490 Vaduz", ("9490", "Vaduz")),
        ("D-80331 München", ("80331", "München")),
        ("5411 AM Zeeland", ("5411 AM", "Zeeland")),
        ("Braga 4700-034", ("4700-034", "Braga")),
        ("London SW1A 1AA", ("SW1A 1AA", "London")),
        ("Vaduz", ("", "Vaduz")),
        ("Springfield, IL 62704", ("62704", "Springfield")),
    ],
)
def test_postcode_and_town_in_one_cell(written: str, parts: tuple[str, str]) -> None:
    assert countries.split_town(written) == parts


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CHF 1.249,00", (124900, "CHF")),
        ("49.90 €", (4990, "EUR")),
        ("12,-", (1200, "")),
        ("Fr. 12.50", (1250, "CHF")),
        ("£12", (1200, "GBP")),
        ("1249,00", (124900, "")),
        (19.95, (1995, "")),
    ],
)
def test_money(written: Cell, meant: tuple[int, str]) -> None:
    assert money.money(written, ",") == meant


def test_kinds() -> None:
    assert choices.kind("Rücknahme") is OrderKind.COLLECTION
    assert choices.kind("entrega") is OrderKind.DELIVERY
    assert choices.kind("TRUE", flag="collection") is OrderKind.COLLECTION
    assert choices.kind("FALSE", flag="collection") is OrderKind.DELIVERY
    assert choices.kind("R", choices.kind_letters(["C", "R", "C"])) is OrderKind.COLLECTION
    assert choices.kind("A", choices.kind_letters(["X"], "L/A")) is OrderKind.COLLECTION
    assert isinstance(choices.kind("Inventur"), Fault)
    assert choices.kind("") is None


def test_priorities() -> None:
    words = "hoch baja haute muito urgente alta M kriittinen spoed".split()
    assert [choices.priority(w) for w in words] == [
        Priority.HIGH,
        Priority.LOW,
        Priority.HIGH,
        None,
        Priority.CRITICAL,
        Priority.HIGH,
        Priority.NORMAL,
        Priority.CRITICAL,
        Priority.CRITICAL,
    ]
    assert choices.priority("1", 3) is Priority.HIGH
    assert choices.priority("3", 3) is Priority.LOW


def test_skills_are_words_as_written() -> None:
    assert choices.skills(["2-Mann, Kühlung", "lift/cold;lift", "keine", "-"]) == (
        "2-Mann",
        "Kühlung",
        "lift",
        "cold",
    )


def test_cash_on_delivery() -> None:
    ways = [
        "cod",
        "Cash on Delivery (COD)",
        "Nachnahme",
        "contre-remboursement",
        "Contrassegno",
        "ps_cashondelivery",
    ]
    assert all(map(choices.is_cash_on_delivery, ways))
    assert not any(map(choices.is_cash_on_delivery, ["bacs", "PayPal", "Stripe", "Kreditkarte", ""]))


def test_weekdays() -> None:
    assert weekdays("Mo-Fr") == {0, 1, 2, 3, 4}
    assert weekdays("lun. à mer., sam") == {0, 1, 2, 5}
    assert weekdays("Sat-Mon") == {5, 6, 0}
    assert isinstance(weekdays("oft"), Fault)


def test_text_loses_only_its_wrapping() -> None:
    assert clean(" \xa0Im\u202f Pardiel\t") == "Im Pardiel"
    assert clean("'9490") == "9490"
    assert clean('="01000"') == "01000"
    assert clean("'s-Hertogenbosch") == "'s-Hertogenbosch"
    assert clean_block("Code 4711#\r\n  Hintereingang ") == "Code 4711#\nHintereingang"
    assert fold("Straße Nº 5 – ÅNGSTRÖM") == "strasse no 5 - angstrom"


def test_what_is_longer_than_any_name_is_cut() -> None:
    """Patterns may take a time that grows with the square of what they read."""
    assert len(clean("Weg " * 1_000)) == LONGEST
    assert is_cut("x" * 501)
    assert not is_cut("x" * 500 + " " * 500)
    assert not is_cut(12.5)
    assert len(clean_block("note " * 1_000)) == 4_999


def test_signs_that_cannot_be_seen_fall_away() -> None:
    """No database keeps the first, no page the last; those between turn a line round."""
    assert clean("Muster\0weg\x07 \u202e1\u202c \u2066a\u2069 \ud800") == "Musterweg 1 a"
    assert clean_block("eins\0\nzwei\u202e\n\u200bdrei") == "eins\nzwei\ndrei"
