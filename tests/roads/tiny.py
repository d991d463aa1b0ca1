"""A hand-written extract, small enough to know by heart. 0.01 degrees of latitude and 0.0147 of longitude are about
1,112 m each.

                5 ── 6
                │           1-2-3-4  Hill Road, residential, a bridge
    4 ───────── 3           4-1      High Street, primary, one-way
    │         ╱ │    8      1-3      Low Lane, residential, 3 m high at most
    │       ╱   │    │      3-5-6    Gate Lane, private
    │     ╱     │    7      7-8      Lost Lane, an island of the network
    1 ───────── 2
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

from dispatch_console.domain.places import Place

NODES = {
    1: (47.00, 9.00),
    2: (47.00, 9.0147),
    3: (47.01, 9.0147),
    4: (47.01, 9.00),
    5: (47.012, 9.0147),
    6: (47.012, 9.018),
    7: (47.005, 9.03),
    8: (47.006, 9.03),
    # A building by Hill Road, and a wood.
    20: (47.0005, 9.005),
    21: (47.0005, 9.0052),
    22: (47.0007, 9.0052),
    23: (47.0007, 9.005),
    30: (47.02, 9.0),
    31: (47.02, 9.01),
    32: (47.03, 9.01),
}
WAYS: dict[int, tuple[list[int], dict[str, str]]] = {
    100: ([1, 2, 3, 4], {"highway": "residential", "name": "Hill Road", "bridge": "yes"}),
    101: ([4, 1], {"highway": "primary", "name": "High Street", "oneway": "yes"}),
    102: ([3, 5, 6], {"highway": "service", "name": "Gate Lane", "access": "private"}),
    103: ([7, 8], {"highway": "residential", "name": "Lost Lane"}),
    104: ([1, 3], {"highway": "residential", "name": "Low Lane", "maxheight": "3"}),
    110: (
        [20, 21, 22, 23, 20],
        {"building": "yes", "addr:street": "Hill Road", "addr:housenumber": "7", "addr:country": "li"},
    ),
    111: ([30, 31, 32, 30], {"landuse": "forest"}),
    112: ([30, 31], {"waterway": "river"}),
}
SIDE_M = 1112

#: By the corners of the square, at the end of the private lane.
CORNERS = tuple(Place(*NODES[id]) for id in (1, 2, 3, 4))
YARD = Place(*NODES[6])
#: On the island, and 2 km from all roads.
ISLAND = Place(47.0055, 9.03)
FAR = Place(47.03, 9.03)


def write(path: Path, *, roads: bool = True, houses: bool = True) -> Path:
    """The extract as a file."""
    writer = osmium.SimpleWriter(str(path))
    try:
        for id, (lat, lon) in NODES.items():
            writer.add_node(Node(id=id, version=1, location=(lon, lat), tags={}))
        if houses:
            said = {"addr:street": "High Street", "addr:housenumber": "12;14", "addr:city": "Town"}
            writer.add_node(Node(id=40, version=1, location=(9.0005, 47.005), tags=said))
        town = {"place": "village", "name": "Town", "postal_code": "9490"}
        writer.add_node(Node(id=41, version=1, location=(9.005, 47.005), tags=town))
        for id, (nodes, tags) in WAYS.items():
            kept = {key: value for key, value in tags.items() if houses or not key.startswith("addr:")}
            if roads or "highway" not in tags:
                writer.add_way(Way(id=id, version=1, nodes=nodes, tags=kept))
    finally:
        writer.close()
    return path


def plan_words(folder: Path, places: Mapping[str, Place]) -> list[str]:
    """Files for `plan` with an order at each of `places` and a van at corner 1, as its arguments."""
    rows = [f'{name},{name} Lane 1,Town,2026-11-23,"{place.lat}","{place.lon}"' for name, place in places.items()]
    orders, fleet = folder / "orders.csv", folder / "fleet.csv"
    orders.write_text("\n".join(["order,street,city,date,lat,lon", *rows]) + "\n", encoding="utf-8")
    fleet.write_text(
        'driver,vehicle,shift_start,shift_end,start_location\nAda Quill,Van 1,08:00,16:00,"47.0,9.0"\n',
        encoding="utf-8",
    )
    return ["--orders", str(orders), "--fleet", str(fleet)]
