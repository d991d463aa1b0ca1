"""Whether a vehicle can come to a place: how far the nearest road is, and whether that road leads anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.places import Place

#: A place farther from a road is not driven to.
FAR_M = 500.0

_ISLAND, _NOWHERE, _CLOSED = -1, -2, -3
_NUMBERS = {"island": _ISLAND, "closed": _CLOSED}


class Snap(NamedTuple):
    """`metres`: to the nearest road; None if there is none for many kilometres around. `closed`: driven to on other
    days."""

    place: Place
    metres: float | None
    problem: Literal["", "far", "island", "closed"]


def number(snap: Snap) -> int:
    """A snap as matrices keep it: 0 for a place that is driven to, the metres of one that is far."""
    if not snap.problem:
        return 0
    if snap.problem in _NUMBERS:
        return _NUMBERS[snap.problem]
    return _NOWHERE if snap.metres is None else round(snap.metres)


def off_road(places: Sequence[Place], numbers: NDArray[np.int32], vehicle: str) -> dict[Place, OffRoad]:
    """Those of `places` that cannot be driven to, by their `number`s."""
    lost = np.flatnonzero(numbers).tolist()
    return {places[k]: _off_road(int(numbers[k]), vehicle) for k in lost}


def numbers(places: Sequence[Place], lost: Mapping[Place, OffRoad]) -> NDArray[np.int32]:
    """The numbers of which `off_road` makes `lost`."""
    found = np.zeros(len(places), np.int32)
    for k, place in enumerate(places) if lost else ():
        away = lost.get(place)
        if away is not None:
            found[k] = _CLOSED if away.closed else _ISLAND if away.island else away.metres or _NOWHERE
    return found


def _off_road(number: int, vehicle: str) -> OffRoad:
    return OffRoad(number if number > 0 else None, number == _ISLAND, vehicle, number == _CLOSED)
