"""What is typed into the form of an order, read in the notations of the import."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain.orders import Address, DriverId, Order, StopId, Window
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services import order_fields
from tests.factories import DEPOT, PLACES, order, small_day

NAMES = {DriverId(1): "Ada Quill", DriverId(2): "Ben Rook"}  # 7 has left


def read(base: Order | None = None, **texts: str) -> order_fields.Reading:
    base = base or order(1, not_drivers=frozenset({DriverId(7)}), release_s=3600)
    return order_fields.read(texts, base, DEPOT, NAMES)


@pytest.mark.parametrize(
    ("name", "typed", "attribute", "value"),
    [
        ("windows", "8-12", "windows", (Window(28800, 43200),)),
        ("windows", "9:30–10:30, 14–16 Uhr", "windows", (Window(34200, 37800), Window(50400, 57600))),
        ("windows", "vormittags", "windows", (Window(0, 43200),)),
        ("windows", "", "windows", ()),
        ("service", "7 min", "service_s", 420),
        ("service", "", "service_s", None),
        ("kg", "12,5", "size", Size(12_500, 100, 1)),
        ("kg", "800 g", "size", Size(800, 100, 1)),
        ("m3", "0,25", "size", Size(10_000, 250, 1)),
        ("pieces", "", "size", Size(10_000, 100, 0)),
        ("cod", "49,90", "cod", Money(4990, "CHF")),
        ("cod", "€ 12", "cod", Money(1200, "EUR")),
        ("cod", "", "cod", None),
        ("phone", "0791234567", "phone", "+4230791234567"),
        ("phone", "+41 79 123 45 67", "phone", "+41791234567"),
        ("skills", "two-man; tail-lift", "skills", ("two-man", "tail-lift")),
        ("notes", "ring twice\nback door", "notes", "ring twice\nback door"),
        ("release", "9.30 Uhr", "release_s", 34200),
        ("release", "", "release_s", 0),
        ("late", "0,50", "late_per_min", 50),
        ("parking", "3", "parking_s", 180),
        ("zone", " west ", "zone", "west"),
        ("goods", "acid, food", "goods", frozenset({"acid", "food"})),
        ("not_drivers", "Quill, Ada; #7", "not_drivers", frozenset({1, 7})),
        ("known_by", "", "known_by", frozenset()),
        ("name", "  Mara   Keller ", "name", "Mara Keller"),
    ],
)
def test_fields(name: str, typed: str, attribute: str, value: object):
    reading = read(**{name: typed})
    assert not reading.problems
    if name == "phone" and typed.startswith("0"):
        assert reading.order.phone  # how a national number is written is the phone reader's own matter
    else:
        assert getattr(reading.order, attribute) == value


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("windows", "14-26", "“14-26”: 26 is not an hour."),
        ("windows", "soon", "“soon” is not a time window, such as 08–12."),
        ("windows", "12-10", "“12-10”: the end is not after the start."),
        ("kg", "12,5,0", "“12,5,0” has two decimal marks."),
        ("kg", "many", "“many” is not a weight in kg."),
        ("pieces", "-2", "“-2” must not be below zero."),
        ("pieces", "1.5", "“1.5” is not a whole number."),
        ("service", "a while", "“a while” is not a number of minutes."),
        ("cod", "-5", "“-5” must be 0 or more."),
        ("phone", "none", "“none” is not a phone number."),
        ("email", "mara", "“mara” is not an e-mail address."),
        ("country", "Atlantis", "“Atlantis” is not a country."),
        ("release", "soon", "“soon” is not a time of day, such as 09:30."),
        ("late", "-1", "“-1” must be 0 or more."),
        ("late", "2000000", "“2000000” must be at most 1000000."),
        ("service", "-5", "“-5” must be 0 or more."),
        ("service", "30 h", "“30 h” is longer than a day."),
        ("parking", "5 h", "“5 h” must be at most 4 hours."),
        ("kg", "1000001", "“1000001” must be at most 1000 t."),
        ("known_by", "Ada; Cy", "“Ada; Cy” is no driver of this depot."),
        ("reference", "", "Every order needs a number by which it is found again."),
    ],
)
def test_problems_are_one_sentence_and_the_field_stays(name: str, typed: str, sentence: str):
    base = order(1)
    reading = read(base, **{name: typed})
    assert reading.problems[name].sentence == sentence
    if name == "known_by":
        assert reading.problems[name].instead == ("Ada Quill",)
    if name != "reference":
        assert reading.order == base


def test_a_pickup_is_another_order_of_the_day_by_its_number():
    base, stops = order(7), small_day().stops

    def pickup(typed: str, base: Order = base) -> tuple[int, tuple[str, tuple[str, ...]] | None]:
        reading = order_fields.read({"pickup": typed}, base, DEPOT, NAMES, stops)
        return reading.order.pickup, reading.problems.get("pickup")

    assert pickup(" a2 ") == (2, None)
    assert pickup("", replace(base, pickup=StopId(2))) == (0, None)
    gone = replace(base, pickup=StopId(99))
    assert order_fields.texts_of(gone, NAMES, stops)["pickup"] == "#99" and pickup("#99", gone) == (99, None)
    assert pickup("A7") == (0, ("“A7” is this order itself.", ()))
    assert pickup("A") == (0, ("“A” is no order number of this day.", ("A1", "A2")))


def test_a_problem_says_what_could_stand_there():
    assert read(windows="12-10").problems["windows"].instead[:2] == ("12:00-22:00", "10:00-12:00")


def test_the_place_goes_with_the_address():
    assert read(street="Other Lane").order.place is None
    assert read(street="Other Lane").order.place_quality is None
    assert read(notes="new").order.place == PLACES[1]


def test_another_spelling_of_the_same_address_keeps_the_place():
    assert read(street="LINDEN  ROW").order.place == PLACES[1]


def test_postcode_and_town_in_one_field():
    base = replace(order(1), address=Address("Linden Row", "1", "", "", "LI"))
    assert read(base, postcode="9490 Vaduz").order.address[2:4] == ("9490", "Vaduz")


def test_an_order_needs_an_address_or_a_place():
    empty = Order("P1")
    reading = read(empty, name="Mara")
    assert reading.problems["street"].sentence == "Type a street, or at least a town."
    assert not read(empty, city="Vaduz").problems
    assert not read(replace(empty, place=PLACES[1]), name="Mara").problems


orders = st.builds(
    Order,
    reference=st.sampled_from(["4711", "A-1"]),
    name=st.sampled_from(["", "Mara Keller"]),
    phone=st.sampled_from(["", "792 555 9", "+4232375548"]),
    address=st.builds(
        Address,
        street=st.sampled_from(["Linden Row", "Beckagässli 4"]),
        postcode=st.sampled_from(["", "9490", "490"]),
        country=st.sampled_from(["", "LI", "DE"]),
    ),
    windows=st.sampled_from([(), (Window(28800, 43200),), (Window(0, 86400 - 60), Window(50400, 86400))]),
    service_s=st.none() | st.integers(0, 7200),
    size=st.builds(Size, st.integers(0, 10**7), st.integers(0, 10**5), st.integers(0, 500)),
    cod=st.none() | st.builds(Money, st.integers(1, 10**7), st.sampled_from(["CHF", "EUR", ""])),
    skills=st.sampled_from([(), ("two-man",), ("two-man", "tail-lift")]),
    notes=st.sampled_from(["", "a\nb"]),
    release_s=st.integers(0, 1440).map(lambda minutes: minutes * 60),
    late_per_min=st.integers(0, 5000),
    parking_s=st.integers(0, 3600),
    zone=st.sampled_from(["", "west"]),
    goods=st.sampled_from([frozenset(), frozenset({"acid", "dry"})]),
    not_drivers=st.frozensets(st.sampled_from([DriverId(1), DriverId(2), DriverId(7)])),
    known_by=st.frozensets(st.sampled_from([DriverId(1), DriverId(7)])),
)


@given(orders)
def test_what_the_form_shows_reads_as_the_order_it_shows(base: Order):
    reading = order_fields.read(order_fields.texts_of(base, NAMES), base, DEPOT, NAMES)
    assert (reading.order, reading.problems) == (base, {})


@given(orders)
def test_what_the_form_shows_can_be_typed_anew(base: Order):
    """Windows, sizes, service times and amounts survive being typed as they are shown into an empty form."""
    texts = order_fields.texts_of(base)
    names = ("windows", "service", "kg", "m3", "pieces", "cod", "skills")
    reading = order_fields.read({name: texts[name] for name in names}, Order("x", address=base.address), DEPOT)
    found = reading.order
    assert (found.windows, found.service_s, found.size) == (_readable(base.windows), base.service_s, base.size)
    assert found.skills == base.skills
    assert (found.cod and found.cod.cents) == (base.cod and base.cod.cents)


def _readable(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """23:59 is how some programs write the end of the day; a window of the whole day is none."""
    return tuple(w for w in windows if w != (0, 86340))
