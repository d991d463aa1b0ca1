"""Two ways of writing a name, a number or a postcode are equal when folded, others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.geocoding import countries
from dispatch_console.geocoding.folding import fold, name, number, numbers, postcode


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(text.upper().lower()) == fold(text.lower())


@given(st.text(max_size=40))
def test_names_are_words_without_blanks(text: str) -> None:
    made = name(text)
    assert made.short == "".join(made.words)
    assert not any(c.isspace() for form in made[:3] for c in form)
    assert bool(made.core) == bool(made.short)


@given(st.text(max_size=30))
def test_any_text_has_a_number_or_none(text: str) -> None:
    found = number(text)
    assert bool(found.text) == (found != number(""))
    assert number(found.text).text == found.text


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Dorfstrasse", "Dorfstr."), ("Dorfstraße", "DORF STR"), ("Land Strasse", "Landstr."), ("Müllergasse",
        "Muellerg."),
        ("Kirchweg", "Kirchw."), ("Marktplatz", "Marktpl."), ("Sankt Martinsring", "St. Martins-Ring"),
        ("Kerkstraat", "Kerkstr."), ("Burgemeester van der Venstraat", "Burg. v.d. Venstr."), ("Blazoenlaan",
        "Blazoenln"),
        ("Rue de la Paix", "R. Paix"), ("Avenue de l'Église", "Av. de l’Eglise"), ("Boulevard Saint-Michel",
        "Bd St Michel"),
        ("Chemin des Vignes", "Ch. des Vignes"), ("Place du Général de Gaulle", "Pl. du Gal de Gaulle"),
        ("Avenida da Liberdade", "Av. Liberdade"), ("Rua Augusta", "R. Augusta"), ("Praça do Comércio",
        "Pç. Comercio"),
        ("Calle de Alcalá", "C/ Alcala"), ("Plaza Mayor", "Pza. Mayor"), ("Paseo del Prado", "Pso. Prado"),
        ("Via Roma", "V. Roma"), ("Viale Europa", "V.le Europa"), ("Piazza Dante", "P.za Dante"),
        ("Corso Italia", "C.so Italia"),
        ("High Street", "High St"), ("Station Road", "Station Rd."), ("Victoria Gardens", "Victoria Gdns"),
        ("Fifth Avenue", "5th Ave"), ("North Main Street", "N Main St"), ("Straße", "Strasse"), ("Ægirsgade",
        "Aegirsgade"),
    ],
)  # fmt: skip
def test_the_same_street(a: str, b: str) -> None:
    assert name(a).core == name(b).core != ""


@pytest.mark.parametrize(
    ("a", "b"),
    [("Bergstrasse", "Burgstrasse"), ("Im Sand", "Im Land"), ("High Street", "High Road"), ("5th Ave", "6th Ave")],
)  # fmt: skip
def test_other_streets(a: str, b: str) -> None:
    assert not set(name(a)[:3]) & set(name(b)[:3])


@pytest.mark.parametrize(
    ("text", "form", "last"),
    [
        ("12", "12", 0), ("12 A", "12a", 0), ("12/a", "12a", 0), ("Nr. 12a", "12a", 0), ("n° 5", "5", 0),
        ("12-14", "12-14", 14),
        ("12 – 14", "12-14", 14), ("20-19", "20-19", 0), ("15-r4", "15-r4", 0), ("12 bis", "12bis", 0),
        ("12/3/5", "12/3/5", 0),
        ("12 bus 3", "12", 0), ("12, 3º B", "12", 0), ("12 Top 4", "12", 0), ("39A/B", "39a/b", 0), ("12 1/2",
        "12-1/2", 0),
        ("s/n", "", 0), ("", "", 0), ("A12", "", 0), ("4711", "4711", 0),
    ],
)  # fmt: skip
def test_numbers_have_one_form(text: str, form: str, last: int) -> None:
    assert (number(text).text, number(text).last) == (form, last)


def test_several_numbers_of_one_object_are_several_houses() -> None:
    assert [one.text for one in numbers("76, 76a; 76b")] == ["76", "76a", "76b"]
    assert [one.text for one in numbers("71-75")] == ["71-75"]


@pytest.mark.parametrize(
    ("text", "form", "head"),
    [
        ("FL-9490", "9490", "9490"), ("D 10115", "10115", "10115"), ("1017 ab", "1017AB", "1017"), ("1100-060",
        "1100-060", "1100"),
        ("sw1a 1aa", "SW1A1AA", "SW1A"), ("62701-1234", "62701-1234", "62701"), ("AE1 2BC", "AE12BC", "AE1"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_postcodes(text: str, form: str, head: str) -> None:
    assert (postcode(text), countries.head(postcode(text))) == (form, head)


def test_a_word_is_shortened_alike_in_all_countries() -> None:
    said: dict[str, str] = {}
    for rules in countries.RULES.values():
        for form, *words in (entry.split() for entry in rules.forms):
            for word in words:
                assert said.setdefault(fold(word), form) == form, word


@pytest.mark.parametrize(
    ("text", "code"),
    [("LI", "LI"), ("Fürstentum Liechtenstein", "LI"), ("FL", "LI"), ("Österreich", "AT"), ("Holland", "NL"),
     ("U.K.", "GB"), ("D", "DE"), ("España", "ES"), ("", ""), ("Narnia", countries.STRANGE)],
)  # fmt: skip
def test_countries_by_name(text: str, code: str) -> None:
    assert countries.code(text) == code
