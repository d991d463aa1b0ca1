"""Streets and towns of two languages, and names that are not the one on the sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_console.domain.orders import Address
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import StreetLine, Town
from dispatch_console.geocoding.folding import parts
from tests.geocoding.region import opened, row

_AT = (50.85, 4.35)


def _line(text: str, *also: str) -> StreetLine:
    return StreetLine(text, "residential", (Place(*_AT), Place(50.851, 4.35)), also)


@pytest.mark.parametrize("asked", ["Rue Neuve", "Nieuwstraat", "Nieuwstr.", "r. neuve", "Rue Neuve - Nieuwstraat"])
@pytest.mark.parametrize("town", ["Bruxelles", "Brussel", "Bruxelles - Brussel"])
def test_either_language_of_a_name_is_certain(asked: str, town: str, tmp_path: Path) -> None:
    index = opened(tmp_path, row("Rue Neuve - Nieuwstraat", "1 2 3 12", _AT, "1000", "Bruxelles - Brussel", "BE"))
    hit = index.find(Address(asked, "12", "1000", town))[0]
    index.close()
    assert (hit.quality, hit.certain, hit.matched) == (
        "house",
        True,
        "Rue Neuve - Nieuwstraat 12, 1000 Bruxelles - Brussel",
    )


@pytest.mark.parametrize(
    "line",
    [_line("Rue Neuve", "Nieuwstraat"), _line("Rue Neuve - Nieuwstraat"), _line("Nieuwstraat", "Rue Neuve")],
)
def test_houses_have_one_name_and_the_road_another(line: StreetLine, tmp_path: Path) -> None:
    index = opened(tmp_path, row("Rue Neuve", "1 2 3", _AT, "1000", "Bruxelles", "BE"), (line,))
    hit = index.find(Address("Nieuwstraat", "3", "1000", "Bruxelles"))[0]
    index.close()
    assert (hit.quality, hit.certain, hit.matched) == ("house", True, "Rue Neuve 3, 1000 Bruxelles")


def test_a_street_of_that_name_comes_before_one_that_was_called_so(tmp_path: Path) -> None:
    houses = row("Marktweg", "1 3 5", (50.86, 4.35), "1000", "Lindmoor") + row(
        "Neuweg", "1 3 5", _AT, "1000", "Lindmoor"
    )
    index = opened(tmp_path, houses, (_line("Neuweg", "Marktweg"),))
    hits = index.find(Address("Marktweg", "3", "1000", "Lindmoor"))
    index.close()
    assert [hit.matched for hit in hits[:2]] == ["Marktweg 3, 1000 Lindmoor", "Neuweg 3, 1000 Lindmoor"]
    assert not any(hit.certain for hit in hits)


def test_a_town_is_known_by_its_names_in_other_languages(tmp_path: Path) -> None:
    town = Town("Genève", "city", Place(*_AT), "1200", ("Genf", "Geneva"))
    index = opened(tmp_path, row("Rue du Rhône", "1 3 5", _AT, "1204", "Genève", "CH"), (), (town,))
    assert all(
        index.find(Address("Rue du Rhone", "3", "", city))[0].certain for city in ("Genf", "Geneva", "Genève")
    )
    assert not index.find(Address("Rue du Rhone", "3", "", "Lausanne"))[0].certain
    index.close()


@pytest.mark.parametrize(
    ("text", "names"),
    [("Rue Neuve - Nieuwstraat", ("Rue Neuve", "Nieuwstraat")), ("Biel/Bienne", ("Biel", "Bienne")),
     ("Fürst-Franz-Josef-Strasse", ()), ("Weg A - B", ()), ("Straße 12/14", ())],
)  # fmt: skip
def test_names_in_a_name(text: str, names: tuple[str, ...]) -> None:
    assert parts(text) == names
