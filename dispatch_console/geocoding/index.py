"""The index of addresses of a region, opened for looking up."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Hit, HitQuality
from dispatch_console.geocoding import countries, scoring
from dispatch_console.geocoding.folding import Name, name
from dispatch_console.geocoding.houses import Door, Found, house_in
from dispatch_console.geocoding.index_build import FORMAT
from dispatch_console.geocoding.parsing import Parsed, readings
from dispatch_console.geocoding.scoring import Scored

#: Hits of one address, as many as the keys of the queue.
MOST = 8
#: Streets looked at for one address, and of these those whose houses are.
_BY_TRIGRAMS, _BY_SCAN, _WITH_HOUSES = 60, 8, 12
#: A street of the named town that is this much alike ends the search in others.
_ALIKE = 0.8
#: A reading this good ends the search for a better one.
_GOOD = 0.97


class Street(NamedTuple):
    """A street of one town. `also`: its other names. `towns`: the names of the town, `own` of them, then those of
    places close by."""

    id: int
    text: str
    name: Name
    also: tuple[Name, ...]
    town: str
    towns: tuple[Name, ...]
    own: int
    postcodes: tuple[str, ...]
    country: str
    middle: Place


class _Find(NamedTuple):
    street: Street
    found: Found
    scored: Scored
    parsed: Parsed


class Index:
    """Opened for reading, by one thread. Cheap to open: houses are read when they are asked for."""

    def __init__(self, path: Path, default_country: str = "") -> None:
        """UserError if the file is none of ours, or of another version."""
        self._db = _open(path)
        self._default = default_country
        self.streets = {street.id: street for street in _streets(self._db)}
        self._trigrams = _meta(self._db, "trigrams") == "1"
        self._town_words: dict[str, tuple[str, ...]] = {}
        self._by_town: dict[str, list[int]] = defaultdict(list)
        self._by_postcode: dict[str, list[int]] = defaultdict(list)
        for street in self.streets.values():
            for town in street.towns:
                self._by_town[town.short].append(street.id)
                self._town_words[town.short] = town.words
            for postcode in street.postcodes:
                self._by_postcode[postcode].append(street.id)
        self.countries = frozenset(street.country for street in self.streets.values()) - {""}
        self._shapes = frozenset(countries.shape(countries.head(code)) for code in self._by_postcode)
        # Names by street; second names by numbers below zero, each with its street.
        self._second = [(street.id, one) for street in self.streets.values() for one in street.also]
        self._seconds: dict[int, list[int]] = defaultdict(list)
        for at, (id, _) in enumerate(self._second, 1):
            self._seconds[id].append(-at)
        names = {street.id: street.name for street in self.streets.values()}
        names.update((-at, one) for at, (_, one) in enumerate(self._second, 1))
        self._raws = {id: one.raw for id, one in names.items()}
        self._shorts = {id: one.short for id, one in names.items()}
        self._names = frozenset(self._shorts.values())
        self._towns = self._db.execute("select name, postcode, lat, lon from towns").fetchall()
        self._cities = lru_cache(maxsize=512)(self._like_city)
        self._codes = lru_cache(maxsize=512)(self._like_postcode)
        self._doors = lru_cache(maxsize=512)(self._read_doors)

    def close(self) -> None:
        self._db.close()

    def find(self, address: Address, most: int = MOST) -> list[Hit]:
        """Places the address may mean, the best first; empty if nothing here fits."""
        best: dict[int, _Find] = {}
        asked = readings(address, self._default or self._usual())
        for parsed in asked:
            if self._is_abroad(parsed):
                return []
            for one in self._streets_for(parsed):
                before = best.get(one.street.id)
                if before is None or one.scored.score > before.scored.score:
                    best[one.street.id] = one
            if any(one.scored.score >= _GOOD for one in best.values()):
                break
        finds = sorted(best.values(), key=lambda one: (-one.scored.score, one.street.id))
        hits = self._hits([one for one in finds if one.scored.score >= scoring.LEAST], most)
        return hits or self._town_hits(asked)[:most]

    def _is_abroad(self, parsed: Parsed) -> bool:
        """Whether the address names a country that is not here. Some write the neighbour's (CH for a town of LI):
        a slip, where both postcode and town are here."""
        if parsed.country in ("", *self.countries) or not self.countries:
            return False
        here = max(self._cities(parsed.city).values(), default=0.0) if parsed.city else 0.0
        return here < 0.9 or (bool(parsed.postcode) and parsed.postcode not in self._by_postcode)

    def _usual(self) -> str:
        return next(iter(self.countries)) if len(self.countries) == 1 else ""

    def _streets_for(self, parsed: Parsed) -> list[_Find]:
        asked = name(parsed.street)
        if not asked.raw:
            return []
        cities = self._cities(parsed.city) if parsed.city else None
        codes = self._codes(parsed.postcode) if parsed.postcode else None
        rough: list[tuple[float, Street, scoring.Likeness, float]] = []
        for id in self._candidates(asked, cities, codes):
            street = self.streets[id]
            like = scoring.likest(asked, street.name, street.also)
            town = scoring.town_share(_best_city(street, cities), _best_code(street, codes))
            rough.append((scoring.score(like, town, "street"), street, like, town))
        rough.sort(key=lambda one: (-one[0], one[1].id))
        inside = countries.rules(parsed.country or self._default or self._usual()).inside or parsed.number.door
        found: list[_Find] = []
        for _, street, like, town in rough[:_WITH_HOUSES]:
            house = house_in(self._doors(street.id), street.middle, parsed.number, parsed.postcode, inside)
            score = scoring.score(like, town, house.quality)
            scored = Scored(score, like, town, house.quality, house.place, bool(house.others))
            found.append(_Find(street, house, scored, parsed))
        return found

    def _candidates(
        self, asked: Name, cities: dict[str, float] | None, codes: dict[str, float] | None
    ) -> Iterable[int]:
        """Streets of the town that are written most alike; if none is, those of anywhere that share trigrams."""
        pool: set[int] = set()
        for town, share in (cities or {}).items():
            if share >= 0.8:
                pool.update(self._by_town[town])
        for code, share in (codes or {}).items():
            if share >= 0.9:
                pool.update(self._by_postcode[code])
        ids: dict[int, None] = {}
        if pool:
            near = self._most_alike(asked, pool)
            ids.update(dict.fromkeys(near))
            if max(near.values(), default=0.0) >= _ALIKE:
                return ids
        ids.update(dict.fromkeys(self._by_trigrams(asked.short)))
        if not pool:
            ids.update(dict.fromkeys(self._most_alike(asked, None)))
        return ids

    def _most_alike(self, asked: Name, pool: Iterable[int] | None) -> dict[int, float]:
        """Street → how alike it is, of `pool` or of all."""
        found: dict[int, float] = {}
        for text, forms in ((asked.short, self._shorts), (asked.raw, self._raws)):
            among = forms if pool is None else {id: forms[id] for one in pool for id in (one, *self._also(one))}
            near = process.extract(text, among, scorer=OSA.normalized_similarity, limit=_BY_SCAN, score_cutoff=0.4)
            for _, share, id in near:
                street = id if id > 0 else self._second[-id - 1][0]
                found[street] = max(share, found.get(street, 0.0))
        return found

    def _also(self, id: int) -> Sequence[int]:
        return self._seconds.get(id, ())

    def _by_trigrams(self, short: str) -> list[int]:
        grams = dict.fromkeys(short[at : at + 3] for at in range(len(short) - 2))
        if not self._trigrams or not grams:
            return []
        wanted = " OR ".join(f'"{gram}"' for gram in grams)
        rows = self._db.execute(
            f"select rowid from names where names match ? order by rank limit {_BY_TRIGRAMS}", (wanted,)
        )
        return [row[0] for row in rows]

    def _like_city(self, city: str) -> dict[str, float]:
        asked = name(city).short
        if not asked:
            return {}
        found = process.extract(
            asked, self._by_town.keys(), scorer=OSA.normalized_similarity, limit=None, score_cutoff=0.5
        )
        shares = {str(town): float(share) for town, share, _ in found if town}
        words = name(city).words
        for town, others in self._town_words.items():  # Frankfurt am Main is Frankfurt
            if town != asked and scoring.is_cut(words, others):
                shares[town] = max(shares.get(town, 0.0), scoring.CUT)
        return shares

    def _like_postcode(self, postcode: str) -> dict[str, float]:
        shares: dict[str, float] = {}
        head = countries.head(postcode)
        for known in self._by_postcode:
            if known == postcode:
                shares[known] = 1.0
            elif countries.head(known) == head:
                shares[known] = 0.9
            else:
                same = next(
                    (at for at, (a, b) in enumerate(zip(head, known, strict=False)) if a != b),
                    min(len(head), len(known)),
                )
                shares[known] = 0.7 * same / max(len(head), 4)
        return shares

    def _read_doors(self, id: int) -> tuple[Door, ...]:
        row = self._db.execute("select doors from streets where id = ?", (id,)).fetchone()
        return tuple(Door(text, Place(lat, lon), bool(on), code) for text, lat, lon, on, code in json.loads(row[0]))

    def _hits(self, finds: Sequence[_Find], most: int) -> list[Hit]:
        """The finds as hits; a number that is in its street twice is two."""
        scored = [one.scored for one in finds]
        hits: list[Hit] = []
        for at, one in enumerate(finds[:most]):
            others = scored[:at] + scored[at + 1 :]
            sure = at == 0 and scoring.certain(one.scored, others) and self._not_against(one)
            confidence = (
                scoring.confidence(one.scored, others) if at == 0 else 0.5 * scoring.confidence(one.scored, others)
            )
            if at == 0 and not sure:
                confidence = min(confidence, 0.95)
            matched = _matched(one.street, one.found.number, one.found.postcode)
            hits.append(Hit(one.found.place, one.found.quality, sure, confidence, matched, one.street.country))
            hits += [
                Hit(place, one.found.quality, False, confidence / 2, matched, one.street.country)
                for place in one.found.others
            ]
        return hits[:most]

    def _not_against(self, find: _Find) -> bool:
        """Whether neither country, postcode nor the street's name says that the address is elsewhere."""
        parsed, street = find.parsed, find.street
        if find.scored.street.slips and name(parsed.street).short in self._names:
            return False  # there is a street that is written so, in another town
        if parsed.country and parsed.country != (street.country or parsed.country):
            return False
        code = parsed.postcode
        if not code or not street.postcodes:
            return True
        if any(countries.head(known) == countries.head(code) for known in street.postcodes):
            return True
        return code not in self._by_postcode and countries.shape(countries.head(code)) in self._shapes

    def _town_hits(self, asked: Sequence[Parsed]) -> list[Hit]:
        """The town alone, where nothing is known of the street."""
        if not asked:
            return []
        parsed = asked[0]
        city = name(parsed.city or ("" if parsed.number.text else parsed.street)).short
        hits: list[Hit] = []
        for text, postcode, lat, lon in self._towns:
            like = OSA.normalized_similarity(city, name(text).short) if city else 0.0
            by_code = bool(parsed.postcode) and postcode == parsed.postcode
            if like >= 0.8 or (by_code and not city):
                quality: HitQuality = "place"
                hits.append(
                    Hit(
                        Place(lat, lon),
                        quality,
                        False,
                        round(0.3 * max(like, by_code), 3),
                        f"{postcode} {text}".strip(),
                    )
                )
        return sorted(hits, key=lambda hit: -hit.confidence)


def _best_city(street: Street, cities: dict[str, float] | None) -> float | None:
    if cities is None:
        return None
    own = max(cities.get(town.short, 0.0) for town in street.towns[: street.own])
    near = max((cities.get(town.short, 0.0) for town in street.towns[street.own :]), default=0.0)
    return max(own, near * scoring.ALIAS)


def _best_code(street: Street, codes: dict[str, float] | None) -> float | None:
    if codes is None:
        return None
    if not street.postcodes:
        return scoring.NO_TOWN
    return max(codes.get(code, 0.0) for code in street.postcodes)


def _matched(street: Street, house: str, postcode: str) -> str:
    """The address as it would be written there."""
    parts = (house, street.text) if countries.rules(street.country).number_first else (street.text, house)
    code = postcode or (street.postcodes[0] if len(street.postcodes) == 1 else "")
    town = f"{code} {street.town}".strip()
    return ", ".join(part for part in (" ".join(part for part in parts if part), town) if part)


def _open(path: Path) -> sqlite3.Connection:
    try:
        if not path.is_file():
            raise UserError(f"{path} is not there. Build the region again.")
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        if _meta(db, "format") == str(FORMAT):
            return db
        db.close()
    except sqlite3.Error as error:
        raise UserError(f"The addresses in {path} cannot be read. Build the region again.") from error
    raise UserError(f"The addresses in {path} were made by another version. Build the region again.")


def _meta(db: sqlite3.Connection, key: str) -> str:
    row = db.execute("select value from meta where key = ?", (key,)).fetchone()
    return row[0] if row else ""


def _streets(db: sqlite3.Connection) -> Iterable[Street]:
    rows = db.execute("select id, name, also, town, town_also, postcodes, near, country, lat, lon from streets")
    for id, text, also, town, town_also, postcodes, near, country, lat, lon in rows:
        own = (name(town), *_named(town_also))
        towns = tuple(dict.fromkeys((*own, *_named(near))))
        codes = tuple(postcodes.split("|")) if postcodes else ()
        middle = Place(lat, lon)
        yield Street(id, text, name(text), _named(also), town, towns, len(own), codes, country, middle)


def _named(texts: str) -> tuple[Name, ...]:
    return tuple(name(one) for one in texts.split("|") if one)
