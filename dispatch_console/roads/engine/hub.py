"""Finds a place in the largest piece of a road network: what cannot come from there and go there is an island."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import UNREACHABLE
from dispatch_console.roads.engine.tables import RoadSet
from dispatch_console.roads.pack.segments import Segments
from dispatch_console.roads.places_check import FAR_M, Snap

#: So many pieces of road are asked for ways to one another.
_SAMPLE = 150


def find(folder: Path, stem: str, pieces: Segments) -> Place:
    """Of some pieces of road, drawn always alike, the middle of the one that most others can reach and be reached
    from. For a process that may hold the road engine."""
    both = np.flatnonzero((pieces.speed > 0).all(axis=1))
    open_to_all = both if len(both) else np.arange(len(pieces))
    drawn = np.random.default_rng(1).permutation(open_to_all)[:_SAMPLE]
    middles = (pieces.start[drawn].astype(np.int64) + pieces.end[drawn]) / 2e7
    places = [Place(round(lat, 7), round(lon, 7)) for lat, lon in middles.tolist()]
    return among(RoadSet(folder, stem, changeable=False), places)


def among(roads: RoadSet, places: Sequence[Place]) -> Place:
    """The one of `places` that most others can reach and be reached from, of those at a road; the first if none is.
    Of many places a part is looked at."""
    some = list(dict.fromkeys(places))
    snaps = [Snap(place, 0, "") for place in some[:: -(-len(some) // _SAMPLE)] if _is_near(roads, place)]
    if not snaps:
        return some[0]
    everyone = range(len(snaps))
    reached = roads.seconds(snaps, everyone, everyone) < UNREACHABLE
    return snaps[int(np.argmax(np.minimum(reached.sum(axis=0), reached.sum(axis=1))))].place


def _is_near(roads: RoadSet, place: Place) -> bool:
    metres = roads.nearest(place)
    return metres is not None and metres <= FAR_M
