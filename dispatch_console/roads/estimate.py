"""Travel times without a map: great circle × a factor for bends, driven at a speed that grows with distance.

Measured on roads: a drive is 1.18 times the great circle in the median and averages 41 km/h over some 10 km. Short
legs are slower, long ones faster: v(d) = 18 + 52 · d / (d + 12.6) km/h for d km of road, which is 22 km/h over
1 km, 41 km/h over 10 km and 60 km/h over 50 km. d / v(d) is concave, so a detour is never quicker.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import TravelMatrix

NAME = "estimate"

EARTH_M = 6_371_008.8
BENDS = 1.18
SLOWEST_KMH, GAIN_KMH, HALF_KM = 18.0, 52.0, 12.6

#: Rows computed at once: keeps the temporaries small beside a matrix of thousands of places.
_BLOCK = 256

_Pair = tuple[NDArray[np.int32], NDArray[np.int32]]


def matrix(places: Sequence[Place]) -> TravelMatrix:
    """The matrix of all `places` (each once)."""
    n = len(places)
    durations, distances = np.empty((n, n), np.int32), np.empty((n, n), np.int32)
    for row in range(0, n, _BLOCK):
        block = slice(row, row + _BLOCK)
        durations[block], distances[block] = _between(places[block], places)
    return TravelMatrix(places, durations, distances, NAME)


def extend(known: TravelMatrix, places: Sequence[Place]) -> TravelMatrix:
    """`known` with those of `places` that it does not hold yet, behind its own. Computes only what is new."""
    new = [place for place in dict.fromkeys(places) if place not in known.index]
    if not new:
        return known
    n, everywhere = len(known.places), [*known.places, *new]
    rows, columns = _between(new, everywhere), _between(known.places, new)
    grown = [
        _grown(old, n, row, column)
        for old, row, column in zip((known.durations, known.distances), rows, columns, strict=True)
    ]
    return TravelMatrix(everywhere, grown[0], grown[1], known.provider)


def _grown(
    old: NDArray[np.int32], n: int, rows: NDArray[np.int32], columns: NDArray[np.int32]
) -> NDArray[np.int32]:
    """`old` of shape (n, n) with new `rows` (k, n + k) below and `columns` (n, k) at its right."""
    size = n + len(rows)
    grown = np.empty((size, size), np.int32)
    grown[:n, :n], grown[:n, n:], grown[n:] = old, columns, rows
    return grown


def _between(origins: Sequence[Place], goals: Sequence[Place]) -> _Pair:
    """(seconds, metres), each int32 of shape (len(origins), len(goals)). Haversine formula."""
    a, b = _radians(origins), _radians(goals)
    half_lat = np.sin((a[:, None, 0] - b[None, :, 0]) / 2) ** 2
    half_lon = np.sin((a[:, None, 1] - b[None, :, 1]) / 2) ** 2
    chord = half_lat + np.cos(a[:, None, 0]) * np.cos(b[None, :, 0]) * half_lon
    km = (2 * EARTH_M * BENDS / 1000) * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    seconds = 3600 * km / (SLOWEST_KMH + GAIN_KMH * km / (km + HALF_KM))
    return np.rint(seconds).astype(np.int32), np.rint(km * 1000).astype(np.int32)


def _radians(places: Sequence[Place]) -> NDArray[np.float64]:
    return np.radians(np.array(places, np.float64).reshape(-1, 2))
