"""Reads an OpenStreetMap extract in one pass. The only place that reads with osmium."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import osmium.filter
import osmium.geom
import osmium.io
import shapely
from numpy.typing import NDArray

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Box, House, RoadKind, StreetLine, Town
from dispatch_console.roads.pack import kinds, naming, source
from dispatch_console.roads.pack.extract import Extract, Layer, Props, Shapes, Ways

#: Told the share done, 0 to 1, now and then; may raise, to stop.
Progress = Callable[[float], None]

#: Only what has one of these is looked at.
_KEYS = (
    "highway", "route", "railway", "waterway", "natural", "landuse", "leisure", "building", "place", "boundary",
    "addr:housenumber", "type",
)  # fmt: skip
_AREA_KEYS = ("natural", "landuse", "leisure", "building", "waterway", "addr:housenumber")

_TELL_EVERY = 20_000
#: How many objects a byte of a file holds, of those that are looked at: only for the progress.
_OBJECTS_A_BYTE = 0.025
#: Street, number, postcode, city and country, as a house has them.
_Words = tuple[str, str, str, str, str]
#: Countries that fewer of the addresses name are typing errors, or neighbours.
_LEAST_SHARE = 0.01


def read(pbf: Path, progress: Progress = lambda done: None) -> Extract:
    """All that is used of `pbf`. Raises UserError for a file that is not an extract or is damaged."""
    source.check(pbf)
    reader = _Reader()
    expected = max(1.0, pbf.stat().st_size * _OBJECTS_A_BYTE)
    try:
        header = osmium.io.Reader(osmium.io.File(str(pbf), "pbf")).header()
        for count, thing in enumerate(_objects(pbf)):
            if not count % _TELL_EVERY:
                progress(min(0.9, count / expected))
            reader.take(thing)
    except (RuntimeError, OSError) as error:  # what osmium raises for all that is wrong with a file
        raise source.damaged(pbf) from error
    extract = reader.finish(_box(header.box()), header.get("osmosis_replication_timestamp") or None)
    progress(1.0)
    return extract


def _objects(pbf: Path) -> Any:
    file = osmium.io.File(str(pbf), "pbf")
    areas = osmium.filter.KeyFilter(*_AREA_KEYS)
    return osmium.FileProcessor(file).with_areas(areas).with_filter(osmium.filter.KeyFilter(*_KEYS))


def _box(box: Any) -> Box | None:
    if not box.valid():
        return None
    low, high = box.bottom_left, box.top_right
    return Box(low.lon, low.lat, high.lon, high.lat)


class _Reader:
    """Gathers what the objects of a file say."""

    def __init__(self) -> None:
        self.shapes = Shapes()
        self._wkb = osmium.geom.WKBFactory()
        self._towns: list[Town] = []
        # Of each house all but its place, which thing of the map it is, whether an area, and its shape.
        self._houses: list[_Words] = []
        self._house_things: list[tuple[str, int]] = []
        self._house_wkb: list[str] = []
        self._outlined: list[bool] = []
        self._way_ids: list[int] = []
        self._way_kinds: list[RoadKind] = []
        self._way_names: list[str] = []
        self._way_also: list[tuple[str, ...]] = []
        self._relations = naming.StreetRelations()
        self._way_wkb: list[str] = []
        self._way_nodes: list[list[int]] = []
        self._countries: Counter[str] = Counter()
        self._take = {"n": self._node, "w": self._way, "a": self._area, "r": self._relation}

    def take(self, thing: Any) -> None:
        self._take[thing.type_str()](thing)

    def _node(self, node: Any) -> None:
        tags = node.tags
        if "addr:housenumber" in tags:
            self._house(tags, ("n", node.id), self._wkb.create_point(node), outlined=False)
        word, name = tags.get("place"), tags.get("name")
        kind = kinds.place(word) if word and name else None
        if kind is not None:
            place = Place(node.location.lat, node.location.lon)
            postcode = tags.get("addr:postcode") or tags.get("postal_code") or ""
            self._towns.append(Town(name, kind, place, postcode, naming.also(tags)))
            self.shapes.places.add(
                self._wkb.create_point(node), (("kind", kind), ("name", name)), kinds.PLACES[kind]
            )

    def _way(self, way: Any) -> None:
        tags = way.tags
        word = kinds.road(tags.get("highway"), tags.get("route"))
        if word is not None:
            if tags.get("area") != "yes":
                self._road(way, tags, word)
        elif tags.get("railway") in kinds.RAILS:
            self._line(way, self.shapes.roads, (("kind", "rail"), *_crossing(tags)), kinds.RAIL_ZOOM)
        elif (water := kinds.stream(tags.get("waterway"))) is not None:
            self._line(way, self.shapes.water, (("kind", water[0]),), water[1])
        elif tags.get("natural") == "coastline":
            self._line(way, self.shapes.coast, (), 8)

    def _road(self, way: Any, tags: Any, word: kinds.RoadWord) -> None:
        wkb = self._line(way, self.shapes.roads, _road_props(tags, word), word.zoom)
        nodes = [node.ref for node in way.nodes] if wkb else []
        if wkb is None:
            return
        self._way_ids.append(way.id)
        self._way_kinds.append(word.kind)
        self._way_names.append(tags.get("name") or "")
        self._way_also.append(naming.also(tags) if "name" in tags else ())
        self._way_wkb.append(wkb)
        self._way_nodes.append(nodes)

    def _line(self, way: Any, layer: Layer, props: Props, zoom: int) -> str | None:
        try:
            wkb = self._wkb.create_linestring(way, osmium.geom.use_nodes.ALL)
        except (RuntimeError, osmium.InvalidLocationError):  # at the border: nodes that the extract does not hold
            return None
        if not _is_round_the_world(way):
            layer.add(wkb, props, zoom)
        return wkb

    def _area(self, area: Any) -> None:
        tags, shapes = area.tags, self.shapes
        try:
            wkb = self._wkb.create_multipolygon(area)
        except RuntimeError:  # no ring
            return
        if "addr:housenumber" in tags:
            thing = ("w" if area.from_way() else "r", area.orig_id())
            self._house(tags, thing, wkb, outlined=True)
        landuse, natural = tags.get("landuse"), tags.get("natural")
        if tags.get("building", "no") != "no":
            shapes.buildings.add(wkb, (), 14)
        elif kinds.is_lake(landuse, natural, tags.get("waterway")):
            shapes.water.add(wkb, (("kind", "lake"),), 8)
        elif (kind := kinds.land(landuse, natural, tags.get("leisure"))) is not None:
            shapes.land.add(wkb, (("kind", kind),), kinds.LAND[kind])

    def _relation(self, relation: Any) -> None:
        tags = relation.tags
        self._relations.take(relation)
        if tags.get("boundary") == "administrative" and tags.get("admin_level") == "2":
            code = tags.get("ISO3166-1") or tags.get("ISO3166-1:alpha2") or ""
            if len(code) == 2:
                self._countries[code.upper()] += 1

    def _house(self, tags: Any, thing: tuple[str, int], wkb: str, *, outlined: bool) -> None:
        street = tags.get("addr:street") or tags.get("addr:place") or ""
        number, postcode = tags["addr:housenumber"], tags.get("addr:postcode") or ""
        country = (tags.get("addr:country") or "").upper()
        self._houses.append((street, number, postcode, tags.get("addr:city") or "", country))
        self._house_things.append(thing)
        self._house_wkb.append(wkb)
        self._outlined.append(outlined)

    def finish(self, box: Box | None, data_until: str | None) -> Extract:
        houses = self._place_houses()
        ways, streets = self._make_ways()
        countries = self._find_countries(houses)
        box = box or _around(ways, houses, self._towns)
        return Extract(streets, houses, tuple(self._towns), ways, self.shapes, box, data_until, countries)

    def _place_houses(self) -> tuple[House, ...]:
        """The houses whose street is known."""
        middles = shapely.get_coordinates(shapely.centroid(shapely.from_wkb(self._house_wkb)))
        names = dict(zip(self._way_ids, self._way_names, strict=True))
        placed = (
            House(*self._with_relation(said, self._relations.said(thing, names)), Place(lat, lon), outlined)
            for said, thing, outlined, (lon, lat) in zip(
                self._houses, self._house_things, self._outlined, middles.tolist(), strict=True
            )
        )
        return tuple(house for house in placed if house.street)

    @staticmethod
    def _with_relation(own: _Words, said: naming.Said | None) -> _Words:
        """What a house says of itself, and of the rest what its street's relation does."""
        if said is None:
            return own
        street, number, postcode, city, country = own
        return street or said.street, number, postcode or said.postcode, city or said.city, country

    def _make_ways(self) -> tuple[Ways, tuple[StreetLine, ...]]:
        counts = np.array([len(nodes) for nodes in self._way_nodes], np.int64)
        first = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        xy = shapely.get_coordinates(shapely.from_wkb(self._way_wkb))
        nodes = np.fromiter((ref for refs in self._way_nodes for ref in refs), np.int64, int(first[-1]))
        ids, numbers = np.array(self._way_ids, np.int64), {kind: i for i, kind in enumerate(kinds.ROAD_KINDS)}
        kind = np.array([numbers[kind] for kind in self._way_kinds], np.uint8)
        ways = Ways(ids, first, nodes, _e7(xy[:, 1]), _e7(xy[:, 0]), kind)
        starts, points = first.tolist(), xy.tolist()
        streets = tuple(
            StreetLine(name, kind, tuple(Place(lat, lon) for lon, lat in points[starts[k] : starts[k + 1]]), also)
            for k, (name, kind, also) in enumerate(
                zip(self._way_names, self._way_kinds, self._way_also, strict=True)
            )
            if name and kind != "ferry"
        )
        return ways, streets

    def _find_countries(self, houses: tuple[House, ...]) -> tuple[str, ...]:
        named = Counter(house.country for house in houses if len(house.country) == 2)
        least = _LEAST_SHARE * named.total()
        return tuple(code for code, count in named.most_common() if count >= least) or tuple(self._countries)


def _is_round_the_world(way: Any) -> bool:
    """Whether a line goes over the 180th meridian: on a flat map it would cross all of it."""
    return any(abs(a.lon - b.lon) > 180 for a, b in itertools.pairwise(way.nodes))


def _e7(degrees: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(degrees * 1e7).astype(np.int32)


def _road_props(tags: Any, word: kinds.RoadWord) -> Props:
    props: list[tuple[str, str | int]] = [("kind", word.kind)]
    props += [(key, value) for key in ("name", "ref") if (value := tags.get(key))]
    oneway = tags.get("oneway")
    if oneway in ("yes", "1", "true"):
        props.append(("oneway", 1))
    elif oneway in ("-1", "reverse"):
        props.append(("oneway", -1))
    if word.link:
        props.append(("link", 1))
    return (*props, *_crossing(tags))


def _crossing(tags: Any) -> Props:
    """Whether a way goes over or under others."""
    return tuple((key, 1) for key in ("bridge", "tunnel") if tags.get(key, "no") != "no")


def _around(ways: Ways, houses: tuple[House, ...], towns: list[Town]) -> Box:
    """The box of all that was read; that of the whole earth for an extract with nothing in it."""
    lat = np.concatenate(
        (ways.lat / 1e7, [house.place.lat for house in houses], [town.place.lat for town in towns])
    )
    lon = np.concatenate(
        (ways.lon / 1e7, [house.place.lon for house in houses], [town.place.lon for town in towns])
    )
    if not len(lat):
        return Box(-180.0, -85.0, 180.0, 85.0)
    return Box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
