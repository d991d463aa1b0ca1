"""The map's words → our kinds, and from which zoom each is drawn: one table for roads, tiles and addresses."""

from __future__ import annotations

from typing import NamedTuple, get_args

from dispatch_console.domain.region import RoadKind, TownKind

#: Kinds of roads in the order of their numbers in arrays (`Ways.kind`, segments).
ROAD_KINDS: tuple[RoadKind, ...] = get_args(RoadKind)


class RoadWord(NamedTuple):
    """What a value of `highway` stands for. `link`: a ramp of that kind. `zoom`: drawn from this one on."""

    kind: RoadKind
    zoom: int
    link: bool = False


ROADS: dict[str, RoadWord] = {
    "motorway": RoadWord("motorway", 8),
    "trunk": RoadWord("trunk", 8),
    "primary": RoadWord("primary", 8),
    "secondary": RoadWord("secondary", 9),
    "tertiary": RoadWord("tertiary", 11),
    "motorway_link": RoadWord("motorway", 10, link=True),
    "trunk_link": RoadWord("trunk", 10, link=True),
    "primary_link": RoadWord("primary", 11, link=True),
    "secondary_link": RoadWord("secondary", 11, link=True),
    "tertiary_link": RoadWord("tertiary", 12, link=True),
    "unclassified": RoadWord("residential", 12),
    "residential": RoadWord("residential", 12),
    "road": RoadWord("residential", 12),
    "living_street": RoadWord("living_street", 13),
    "busway": RoadWord("service", 13),
    "pedestrian": RoadWord("pedestrian", 13),
    "service": RoadWord("service", 14),
    "track": RoadWord("track", 14),
    "cycleway": RoadWord("path", 14),
    "bridleway": RoadWord("path", 15),
    "footway": RoadWord("path", 15),
    "path": RoadWord("path", 15),
    "steps": RoadWord("path", 15),
}
FERRY = RoadWord("ferry", 10)

RAILS, RAIL_ZOOM = frozenset({"rail", "light_rail", "tram", "narrow_gauge"}), 10

#: kind → first zoom.
PLACES: dict[TownKind, int] = {
    "city": 8,
    "town": 8,
    "village": 10,
    "suburb": 12,
    "quarter": 13,
    "hamlet": 13,
    "locality": 14,
}
#: Other words that stand for one of these.
_PLACE_WORDS: dict[str, TownKind] = {
    **{kind: kind for kind in PLACES},
    "borough": "suburb",
    "neighbourhood": "quarter",
    "isolated_dwelling": "hamlet",
}

_WOOD = frozenset({"forest", "wood"})
_GREEN = frozenset(
    {
        "grass", "meadow", "park", "garden", "cemetery", "recreation_ground", "village_green", "scrub", "heath",
        "pitch", "golf_course", "orchard", "vineyard", "grassland", "allotments", "plant_nursery",
    }
)  # fmt: skip
_BUILT = frozenset({"residential", "commercial", "industrial", "retail", "farmyard", "construction", "railway"})
_FARM = frozenset({"farmland"})
_ROCK = frozenset({"bare_rock", "scree", "glacier", "sand", "beach", "shingle", "quarry"})
_LAKES = frozenset({"reservoir", "basin"})
_RIVERS = frozenset({"river", "canal"})
_STREAMS = frozenset({"stream", "ditch", "drain"})

#: kind → first zoom, of areas.
LAND = {"wood": 8, "built": 9, "green": 11, "farm": 10, "rock": 9}


def road(highway: str | None, route: str | None = None) -> RoadWord | None:
    """What a way with these tags is as a road; None: none."""
    if highway:
        return ROADS.get(highway)
    return FERRY if route == "ferry" else None


def place(word: str) -> TownKind | None:
    """What a value of `place` stands for; None: nothing that addresses name."""
    return _PLACE_WORDS.get(word)


def land(landuse: str | None, natural: str | None, leisure: str | None) -> str | None:
    """`wood`, `green`, `built`, `farm`, `rock`; None: not drawn."""
    for word in (landuse, natural, leisure):
        if not word:
            continue
        for kind, words in (
            ("wood", _WOOD),
            ("green", _GREEN),
            ("built", _BUILT),
            ("farm", _FARM),
            ("rock", _ROCK),
        ):
            if word in words:
                return kind
    return None


def is_lake(landuse: str | None, natural: str | None, waterway: str | None) -> bool:
    """Whether an area is of water."""
    return natural == "water" or waterway in ("riverbank", "dock") or landuse in _LAKES


def stream(waterway: str | None) -> tuple[str, int] | None:
    """(`river` or `stream`, first zoom) of a water line."""
    if waterway in _RIVERS:
        return "river", 8
    return ("stream", 13) if waterway in _STREAMS else None
