"""Second names of streets and places, and houses whose street a relation names."""

from __future__ import annotations

from pathlib import Path

import osmium
import pytest
from osmium.osm.mutable import Node, Relation, Way

from dispatch_console.roads.pack import reading
from dispatch_console.roads.pack.extract import Extract

_NUMBER = "addr:housenumber"


def _read(folder: Path, relation: dict[str, str], members: list[tuple[str, int, str]]) -> Extract:
    """A street of two languages with a house on a node (10), and two on buildings (20, 21)."""
    path = folder / "street.osm.pbf"
    street = {"highway": "residential", "name": "Rue Neuve", "name:nl": "Nieuwstraat", "alt_name": "La Neuve;R9"}
    town = {"place": "town", "name": "Biel/Bienne", "name:de": "Biel", "name:zh": "比尔"}
    corners = {k: (4.0 + 0.001 * k, 50.0 + 0.001 * (k % 2)) for k in range(1, 9)}
    with osmium.SimpleWriter(str(path)) as writer:
        for id, at in corners.items():
            writer.add_node(Node(id=id, location=at, tags={}))
        writer.add_node(Node(id=10, location=(4.001, 50.0), tags={_NUMBER: "1"}))
        writer.add_node(Node(id=11, location=(4.002, 50.0), tags=town))
        writer.add_way(Way(id=20, nodes=[1, 2, 3, 1], tags={"building": "yes", _NUMBER: "2"}))
        own = {"building": "yes", _NUMBER: "3", "addr:street": "Quai Vert", "addr:city": "Liège"}
        writer.add_way(Way(id=21, nodes=[4, 5, 6, 4], tags=own))
        writer.add_way(Way(id=22, nodes=[7, 8], tags=street))
        writer.add_relation(Relation(id=30, members=members, tags=relation))
    return reading.read(path)


_ALL = [("n", 10, "house"), ("w", 20, "house"), ("w", 21, "house"), ("w", 22, "street")]


@pytest.mark.parametrize("named", [{}, {"name": "Rue du Port"}])
def test_houses_take_what_is_missing_from_the_relation_of_their_street(
    named: dict[str, str], tmp_path: Path
) -> None:
    said = {"type": "associatedStreet", "addr:city": "Bruxelles", "addr:postcode": "1000", **named}
    houses = {house.number: house[:4] for house in _read(tmp_path, said, _ALL).houses}
    street = named.get("name", "Rue Neuve")
    assert houses == {
        "1": (street, "1", "1000", "Bruxelles"),
        "2": (street, "2", "1000", "Bruxelles"),
        "3": ("Quai Vert", "3", "1000", "Liège"),
    }


def test_houses_of_no_street_are_left_out(tmp_path: Path) -> None:
    extract = _read(tmp_path, {"type": "site", "name": "Mill"}, _ALL)
    assert [house.number for house in extract.houses] == ["3"]


def test_second_names_are_read_in_the_languages_of_lists(tmp_path: Path) -> None:
    extract = _read(tmp_path, {"type": "street"}, [])
    assert set(extract.streets[0].also) == {"Nieuwstraat", "La Neuve", "R9"}
    assert extract.towns[0].also == ("Biel",)
