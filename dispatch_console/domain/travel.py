"""Travel times and distances between places, whoever computed them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.places import Place

#: "Cannot be reached": more than any day, small enough that sums stay far from overflow.
UNREACHABLE = 10**7


class TravelMatrix:
    """Durations in seconds and distances in metres between places; immutable, asymmetric allowed.

    `durations` and `distances` are int32 arrays of shape (n, n): entry [i, j] leads from place i to place j.
    `provider` names who computed them; a plan never mixes two providers.

    Where durations change over the day, they are given as (b, n, n), one matrix for each of `bounds`: from so many
    seconds of the plan day on it counts (the first one also before), ascending. They are kept as `durations_by`;
    `durations` is the shortest time of the day for each pair: what bounds and neighbours are reckoned with.

    `off_road`: those of its places that no road reaches. A stop there is scheduled as one without a place.
    """

    def __init__(
        self,
        places: Sequence[Place],
        durations: NDArray[np.int32],
        distances: NDArray[np.int32],
        provider: str,
        bounds: Sequence[int] = (),
        off_road: Mapping[Place, OffRoad] | None = None,
    ) -> None:
        n, by_time = len(places), (len(bounds),) if bounds else ()
        if durations.shape != (*by_time, n, n) or distances.shape != (n, n):
            raise ValueError(f"a matrix of {n} places has shape ({n}, {n}), not {durations.shape}")
        if any(a >= b for a, b in pairwise(bounds)):
            raise ValueError(f"the bounds of durations over the day are ascending, not {tuple(bounds)}")
        self.places = tuple(places)
        self.bounds = tuple(bounds)
        self.durations_by: NDArray[np.int32] | None = durations if bounds else None
        self.durations: NDArray[np.int32] = durations.min(axis=0) if bounds else durations
        self.distances = distances
        self.provider = provider
        self.off_road: Mapping[Place, OffRoad] = off_road or {}

    @cached_property
    def index(self) -> dict[Place, int]:
        """Place → row and column."""
        return {place: i for i, place in enumerate(self.places)}

    def row(self, origin: int) -> tuple[list[int], list[int]]:
        """(durations, distances) from `origin` as plain lists: for whoever looks at all of them."""
        return self.durations[origin].tolist(), self.distances[origin].tolist()

    def leg(self, origin: Place, to: Place, at: int | None = None) -> tuple[int, int]:
        """(seconds, metres) from one place to another; KeyError if the matrix does not hold them.

        `at`: when `origin` is left (seconds of the plan day); it matters only where there are `bounds`. None: the
        shortest time of the day.
        """
        i, j = self.index[origin], self.index[to]
        if at is None or self.durations_by is None:
            return self.durations.item(i, j), self.distances.item(i, j)
        return self.durations_by.item(max(0, bisect_right(self.bounds, at) - 1), i, j), self.distances.item(i, j)

    def among(self, rows: NDArray[np.intp]) -> TravelMatrix:
        """The matrix of some of its places only: `rows` are their indices, in the new order."""
        chosen, places = np.ix_(rows, rows), [self.places[k] for k in rows]
        by_time = self.durations_by
        durations = self.durations[chosen] if by_time is None else by_time[:, rows[:, None], rows]
        return TravelMatrix(places, durations, self.distances[chosen], self.provider, self.bounds, self.off_road)

    def __getstate__(self) -> dict[str, object]:
        """Without what is only kept for speed: a worker that gets a matrix makes its own."""
        state: dict[str, object] = dict(self.__dict__)
        state.pop("index", None)
        return state

    def covers(self, places: Sequence[Place]) -> bool:
        return all(place in self.index for place in places)
