"""Travel times and distances between places, whoever computed them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.places import Place

#: "Cannot be reached": more than any day, small enough that sums stay far from overflow.
UNREACHABLE = 10**7


class TravelMatrix:
    """Durations in seconds and distances in metres between places; immutable, asymmetric allowed.

    `durations` and `distances` are int32 arrays of shape (n, n): entry [i, j] leads from place i to place j.
    `provider` names who computed them; a plan never mixes two providers.
    """

    def __init__(
        self,
        places: Sequence[Place],
        durations: NDArray[np.int32],
        distances: NDArray[np.int32],
        provider: str,
    ) -> None:
        n = len(places)
        if durations.shape != (n, n) or distances.shape != (n, n):
            raise ValueError(f"a matrix of {n} places has shape ({n}, {n}), not {durations.shape}")
        self.places = tuple(places)
        self.durations = durations
        self.distances = distances
        self.provider = provider
        self._rows: dict[int, tuple[list[int], list[int]]] = {}

    @cached_property
    def index(self) -> dict[Place, int]:
        """Place → row and column."""
        return {place: i for i, place in enumerate(self.places)}

    def row(self, origin: int) -> tuple[list[int], list[int]]:
        """(durations, distances) from `origin` as plain lists: single look-ups in NumPy are slow."""
        row = self._rows.get(origin)
        if row is None:
            row = (self.durations[origin].tolist(), self.distances[origin].tolist())
            self._rows[origin] = row
        return row

    def leg(self, origin: Place, to: Place) -> tuple[int, int]:
        """(seconds, metres) from one place to another; KeyError if the matrix does not hold them."""
        i, j = self.index[origin], self.index[to]
        seconds, metres = self.row(i)
        return seconds[j], metres[j]

    def __getstate__(self) -> dict[str, object]:
        """Without what is only kept for speed: a worker that gets a matrix makes its own."""
        state: dict[str, object] = dict(self.__dict__)
        state.pop("index", None)
        return {**state, "_rows": {}}

    def covers(self, places: Sequence[Place]) -> bool:
        return all(place in self.index for place in places)
