"""Small regions, written down: streets with houses in a row, and their index."""

from __future__ import annotations

from pathlib import Path

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import House, StreetLine, Town
from dispatch_console.geocoding.index import Index
from dispatch_console.geocoding.index_build import build

#: Degrees of latitude in 100 m.
HECTOMETRE = 100 / 111_195


def row(
    street: str, numbers: str, at: tuple[float, float], postcode: str = "", city: str = "", country: str = ""
) -> list[House]:
    """Houses from `at` to the north, 40 m apart."""
    lat, lon = at
    return [
        House(street, number, postcode, city, country, Place(lat + i * 0.4 * HECTOMETRE, lon), True)
        for i, number in enumerate(numbers.split())
    ]


def opened(
    folder: Path,
    houses: list[House],
    streets: tuple[StreetLine, ...] = (),
    towns: tuple[Town, ...] = (),
    country: str = "",
) -> Index:
    build(houses, streets, towns, folder / "addresses.sqlite", country)
    return Index(folder / "addresses.sqlite")
