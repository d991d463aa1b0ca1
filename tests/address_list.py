"""A file of 300 orders at addresses of the sample's town, drawn always alike: 280 written as people write them, and
20 that nobody can be certain of."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from dispatch_console.domain.places import Place
from tests import town

Kind = Literal["clean", "between two", "no such number", "wrong town", "nonsense"]

SEED, CLEAN = 6, 280
UNSURE: dict[Kind, int] = {"between two": 6, "no such number": 6, "wrong town": 4, "nonsense": 4}
HEAD = ("Order no.", "Customer", "Street and number", "Post code", "Town", "Weight kg", "Pieces")
POSTCODES = {
    "Lindmoor": "4100", "Saltby": "4124", "Northcote": "4160", "Millbrook": "4172", "Thornley": "4184",
    "Brackwater": "4148", "Fernhill": "4136", "Oakhaven": "4112", "Westerby": "4130",
}  # fmt: skip
_FIRST = ("Ada", "Ivo", "Lou", "Uma", "Nils", "Edda", "Jon", "Mia", "Otto", "Tess", "Wim", "Zoe")
_LAST = ("Wexley", "Maddox", "Farrow", "Gantry", "Carstone", "Norwell", "Thackray", "Pellam", "Quarry", "Ridd")
_SHORT = (("Street", "St."), ("Road", "Rd"), ("Avenue", "Ave"), ("Drive", "Dr."), ("Lane", "Ln"))
_NONSENSE = ("behind the old station", "see phone call", "Nowhere Gate 99", "as last time")


class House(NamedTuple):
    city: str
    street: str
    number: str
    place: Place


@dataclass(frozen=True)
class Listed:
    """One row. `place`: where it is, if its address says so; `right`: as it should have been written."""

    reference: str
    customer: str
    street: str
    postcode: str
    city: str
    kind: Kind
    place: Place | None
    right: str


def rows(seed: int = SEED) -> list[Listed]:
    """All of the file, the uncertain ones among the others."""
    chance = random.Random(seed)
    houses = _houses()
    made = [_clean(chance, house) for house in chance.sample(houses, CLEAN)]
    for kind, spoilt in _spoilers(chance, houses).items():
        made += [next(spoilt) for _ in range(UNSURE[kind])]
    chance.shuffle(made)
    return [
        Listed(f"W{1001 + n}", f"{chance.choice(_FIRST)} {chance.choice(_LAST)}", *one)
        for n, one in enumerate(made)
    ]


def as_csv(listed: list[Listed]) -> str:
    """The file as an order system writes it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for n, one in enumerate(listed):
        weight = f"{2 + n % 17},5"
        writer.writerow((one.reference, one.customer, one.street, one.postcode, one.city, weight, 1 + n % 4))
    return out.getvalue()


type _Row = tuple[str, str, str, Kind, Place | None, str]


def _houses() -> list[House]:
    """Those of towns with a postcode of their own, in streets that are there once."""
    towns_of: dict[str, set[str]] = defaultdict(set)
    for city, street, _ in town.read().houses:
        towns_of[street].add(city)
    return sorted(
        House(city, street, number, place)
        for (city, street, number), place in town.read().houses.items()
        if city in POSTCODES and len(towns_of[street]) == 1
    )


def _clean(chance: random.Random, house: House) -> _Row:
    """Ugly, but nobody has to ask: shortened, in capitals, the number first, all in one cell, without the town."""
    street, number, code, city = house.street, house.number, POSTCODES[house.city], house.city
    short = next((street.replace(long, cut) for long, cut in _SHORT if street.endswith(long)), street)
    ways: tuple[Callable[[], tuple[str, str, str]], ...] = (
        lambda: (f"{street} {number}", code, city),
        lambda: (f"{number} {street}", code, city),
        lambda: (f"{short} {number}".upper(), code, city.upper()),
        lambda: (f"{short} {number}, {code} {city}", "", ""),
        lambda: (f"  {street.lower()}  no. {number} ", code, city.lower()),
        lambda: (f"{short} {number}", "", city),
        lambda: (f"{street},{number}", f"GB-{code}", city),
    )
    text, postcode, town_named = chance.choice(ways)()
    return text, postcode, town_named, "clean", house.place, _right(house)


def _spoilers(chance: random.Random, houses: list[House]) -> dict[Kind, Iterator[_Row]]:
    return {
        "between two": _between(chance, houses),
        "no such number": _no_number(chance, houses),
        "wrong town": _wrong_town(chance, houses),
        "nonsense": ((text, "", "", "nonsense", None, "") for text in _NONSENSE),
    }


def _between(chance: random.Random, houses: list[House]) -> Iterator[_Row]:
    """A slip that makes of a street's name what is as near to another's, with the number in both."""
    doors: dict[tuple[str, str], dict[str, House]] = defaultdict(dict)
    for house in houses:
        doors[house.city, house.street][house.number] = house
    pairs = [
        (a, b)
        for a, b in combinations(sorted(doors), 2)
        if a[0] == b[0] and len(_differ(a[1], b[1])) in (1, 2) and not doors[a].keys().isdisjoint(doors[b])
    ]
    chance.shuffle(pairs)
    for a, b in pairs:
        at = _differ(a[1], b[1])
        letter = b[1][at[0]] if len(at) == 2 else "x"
        number = sorted(doors[a].keys() & doors[b].keys())[0]
        house = doors[chance.choice((a, b))][number]
        text = f"{a[1][: at[0]]}{letter}{a[1][at[0] + 1 :]} {number}"
        yield text, POSTCODES[a[0]], a[0], "between two", house.place, _right(house)


def _differ(a: str, b: str) -> list[int]:
    """Where two names of one length differ; nothing for others."""
    return [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y] if len(a) == len(b) else []


def _no_number(chance: random.Random, houses: list[House]) -> Iterator[_Row]:
    while True:
        house = chance.choice(houses)
        number = chance.choice(("", " 487", " 912"))
        yield f"{house.street}{number}", POSTCODES[house.city], house.city, "no such number", None, ""


def _wrong_town(chance: random.Random, houses: list[House]) -> Iterator[_Row]:
    while True:
        house = chance.choice(houses)
        city = chance.choice([one for one in sorted(POSTCODES) if one != house.city])
        text = f"{house.street} {house.number}"
        yield text, POSTCODES[city], city, "wrong town", house.place, _right(house)


def _right(house: House) -> str:
    return f"{house.street} {house.number} {house.city}"
