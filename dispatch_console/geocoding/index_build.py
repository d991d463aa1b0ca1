"""Building the index of addresses of a region: one row for each street of a town, with its houses.

addresses.sqlite    meta(key, value)
                    streets(id, name, also, town, town_also, postcodes, near, country, lat, lon, doors JSON)
                    names, FTS5 by trigrams, where SQLite has it: rowid = streets.id
                    towns(name, kind, postcode, lat, lon)
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import House, StreetLine, Town, TownKind
from dispatch_console.geocoding import countries
from dispatch_console.geocoding.folding import name, numbers, parts, postcode
from dispatch_console.geocoding.grid import Grid
from dispatch_console.geocoding.houses import SAME_M, Door, metres

#: Raised with every change of what stands in the file: packs of another version are built again.
FORMAT = 3

#: How far in metres a place of this kind gives its name to streets around it.
_REACH: dict[TownKind, float] = {
    "city": 12_000, "town": 6_000, "village": 4_000, "suburb": 2_500, "hamlet": 2_000,
    "quarter": 1_500, "locality": 800,
}  # fmt: skip
_POSTAL: frozenset[TownKind] = frozenset(("city", "town", "village"))
_ALIASES = 3
_SCHEMA = """
create table meta(key text primary key, value text not null);
create table streets(id integer primary key, name text not null, also text not null, town text not null,
    town_also text not null, postcodes text not null, near text not null, country text not null,
    lat real not null, lon real not null, doors text not null);
create table towns(name text not null, kind text not null, postcode text not null,
    lat real not null, lon real not null);
"""


class Counts(NamedTuple):
    """What an index holds."""

    houses: int
    streets: int
    towns: int


class _At(NamedTuple):
    """Where an address belongs."""

    postcode: str
    city: str
    country: str


class _Street:
    """A street of one town, while it is collected."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.also: set[str] = set()
        self.towns: Counter[str] = Counter()
        self.postcodes: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()
        self.doors: list[Door] = []
        self.points: list[Place] = []

    def add(self, street: str, at: _At, place: Place) -> None:
        self.names[street] += 1
        self.towns[at.city] += 1
        self.points.append(place)
        if at.postcode:
            self.postcodes[at.postcode] += 1
        if at.country:
            self.countries[at.country] += 1


def build(
    houses: Sequence[House],
    streets: Iterable[StreetLine],
    towns: Sequence[Town],
    out: Path,
    country: str = "",
    progress: Callable[[float], None] = lambda _: None,
) -> Counts:
    """Write the index to `out`, which is replaced. `country`: two letters for houses that do not name theirs.

    `progress` hears the share done, 0 to 1, and may raise to stop. OSError, sqlite3.Error if the disk is full.
    """
    streets = list(streets)
    usual = country or _usual_country(houses)
    placed = _settle(houses, towns, usual, progress)
    progress(0.5)
    groups: dict[tuple[str, str], _Street] = defaultdict(_Street)
    for house, at in zip(houses, placed, strict=True):
        if not house.street:
            continue
        group = groups[name(house.street).short, name(at.city).short]
        group.add(house.street, at, house.place)
        own = postcode(house.postcode) or at.postcode
        group.doors += [Door(one.text, house.place, house.outlined, own) for one in numbers(house.number)]
    _add_lines(groups, streets, houses, placed, towns, usual)
    progress(0.7)
    counts = _write(groups, towns, out)
    progress(1.0)
    return counts


def _usual_country(houses: Sequence[House]) -> str:
    named = Counter(
        code for house in houses if (code := countries.code(house.country)) not in ("", countries.STRANGE)
    )
    return named.most_common(1)[0][0] if named else ""


def _settle(
    houses: Sequence[House], towns: Sequence[Town], usual: str, progress: Callable[[float], None]
) -> list[_At]:
    """Postcode, city and country of each house: its own, else its neighbours', else those of the place it is in."""
    known = Grid((house.place, at) for at, house in enumerate(houses) if house.city and house.postcode)
    cities = Grid((house.place, at) for at, house in enumerate(houses) if house.city)
    places = Grid(((town.place, at) for at, town in enumerate(towns)), cell_m=4_000)
    found: list[_At] = []
    for at, house in enumerate(houses):
        if at % 2_000 == 0:
            progress(0.5 * at / len(houses))
        code = countries.code(house.country).strip(countries.STRANGE) or usual
        own = _At(postcode(house.postcode), house.city.strip(), code)
        if not (own.city and own.postcode):
            own = _from_neighbours(house, own, houses, known if known.size else cities)
        if not own.city:
            own = _from_places(house.place, own, towns, places)
        found.append(own)
    return found


def _from_neighbours(house: House, own: _At, houses: Sequence[House], known: Grid) -> _At:
    """From five neighbours within 1.5 km; one of the same street is 300 m nearer than it is."""
    near = [
        (far - (300 if houses[n].street == house.street else 0), n) for far, n in known.near(house.place, 1_500, 24)
    ]
    near = sorted(pair for pair in near if not own.city or houses[pair[1]].city == own.city)[:5]
    if not near:
        return own
    cities = Counter(houses[n].city.strip() for _, n in near)
    city = own.city or cities.most_common(1)[0][0]
    codes = Counter(postcode(houses[n].postcode) for _, n in near if houses[n].city.strip() == city)
    return own._replace(city=city, postcode=own.postcode or (codes.most_common(1)[0][0] if codes else ""))


def _from_places(place: Place, own: _At, towns: Sequence[Town], places: Grid) -> _At:
    """From the town whose reach covers it best; of hamlets and suburbs only where there is no town."""
    best: tuple[bool, float, int] | None = None
    for far, n in places.near(place, 12_000, 40):
        share = far / _REACH[towns[n].kind]
        if share <= 1 and (best is None or (towns[n].kind not in _POSTAL, share, n) < best):
            best = (towns[n].kind not in _POSTAL, share, n)
    if best is None:
        return own
    town = towns[best[2]]
    return own._replace(city=town.name, postcode=own.postcode or postcode(town.postcode))


def _add_lines(
    groups: dict[tuple[str, str], _Street], streets: Sequence[StreetLine], houses: Sequence[House],
    placed: Sequence[_At], towns: Sequence[Town], usual: str,
) -> None:  # fmt: skip
    """Named ways: streets without a house on the map, each in the town of the nearest houses, else places."""
    settled = Grid((house.place, at) for at, house in enumerate(houses) if placed[at].city)
    places = Grid(((town.place, at) for at, town in enumerate(towns)), cell_m=4_000)
    with_doors = frozenset(groups)
    for line in streets:
        middle = line.points[len(line.points) // 2]
        near = settled.near(middle, 1_000, 3)
        at = placed[near[0][1]] if near else _from_places(middle, _At("", "", usual), towns, places)
        key = (name(line.name).short, name(at.city).short)
        if not key[0]:
            continue
        if key not in with_doors:
            groups[key].add(line.name, at, middle)
        _add_other_names(groups, line, key)


def _add_other_names(groups: dict[tuple[str, str], _Street], line: StreetLine, key: tuple[str, str]) -> None:
    """To the way's own street; and to that by one of its other names, where houses say that."""
    others = {*line.also, *parts(line.name)}
    for other in ("", *others):
        group = groups.get((name(other).short, key[1])) if other else groups[key]
        if group is not None:
            group.also |= others | ({line.name} if other else set())


def _write(groups: dict[tuple[str, str], _Street], towns: Sequence[Town], out: Path) -> Counts:
    out.unlink(missing_ok=True)
    aliases = Grid(((town.place, at) for at, town in enumerate(towns)), cell_m=4_000)
    called: dict[str, set[str]] = defaultdict(set)
    for town in towns:
        called[name(town.name).short].update(town.also)
    with closing(sqlite3.connect(out)) as db, db:
        db.executescript(_SCHEMA)
        trigrams = _has_trigrams(db)
        houses = 0
        for row, ((key, _), street) in enumerate(sorted(groups.items()), 1):
            doors = _without_twins(street.doors)
            houses += len(doors)
            middle = _middle(street.points)
            first, city = _first(street.names), _first(street.towns)
            also = _others(first, {*street.names, *street.also, *parts(first)})
            town_also = _others(city, {*street.towns, *parts(city), *called[name(city).short]} if city else ())
            near = [
                towns[n].name for far, n in aliases.near(middle, 3_000, _ALIASES) if far <= _REACH[towns[n].kind]
            ]
            db.execute(
                "insert into streets values (?,?,?,?,?,?,?,?,?,?,?)",
                (
                    row, first, "|".join(also), city, "|".join(town_also), "|".join(sorted(street.postcodes)),
                    "|".join(near),
                    _first(street.countries), middle.lat, middle.lon, _packed(doors),
                ),
            )  # fmt: skip
            if trigrams:
                shorts = " ".join((key, *(name(one).short for one in also)))
                db.execute("insert into names(rowid, name) values (?,?)", (row, shorts))
        db.executemany(
            "insert into towns values (?,?,?,?,?)",
            [(t.name, t.kind, postcode(t.postcode), t.place.lat, t.place.lon) for t in towns],
        )
        kept = {"format": FORMAT, "trigrams": int(trigrams), "houses": houses}
        db.executemany("insert into meta values (?,?)", [(key, str(value)) for key, value in kept.items()])
    return Counts(houses, len(groups), len(towns))


def _has_trigrams(db: sqlite3.Connection) -> bool:
    try:
        db.execute("create virtual table names using fts5(name, tokenize='trigram', detail='none')")
    except sqlite3.OperationalError:
        return False
    return True


def _others(first: str, names: Iterable[str]) -> list[str]:
    """Names that are written otherwise than the first even when folded, each once."""
    found = {name(one).short: one for one in sorted(names, reverse=True)}
    return sorted(one.replace("|", " ") for short, one in found.items() if short not in ("", name(first).short))


def _first(counted: Counter[str]) -> str:
    return min(counted, key=lambda text: (-counted[text], text), default="")


def _middle(points: Sequence[Place]) -> Place:
    """The point that is nearest to the mean: one on the street."""
    lat = math.fsum(p.lat for p in points) / len(points)
    lon = math.fsum(p.lon for p in points) / len(points)
    return min(points, key=lambda p: (metres(p, Place(lat, lon)), p))


def _without_twins(doors: Sequence[Door]) -> list[Door]:
    """A number that is on the map as a building and as a shop in it is one: the building stays."""
    kept: dict[str, list[Door]] = {}
    for door in sorted(doors, key=lambda one: (one.number, not one.outlined, one.place)):
        same = kept.setdefault(door.number, [])
        if all(metres(door.place, other.place) > SAME_M for other in same):
            same.append(door)
    return [door for same in kept.values() for door in same]


def _packed(doors: Sequence[Door]) -> str:
    rows = [[d.number, round(d.place.lat, 7), round(d.place.lon, 7), int(d.outlined), d.postcode] for d in doors]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
