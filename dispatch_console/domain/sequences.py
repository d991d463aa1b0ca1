"""Two orders of the same stops."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch_console.domain.orders import StopId


def steady(before: Sequence[StopId], after: Sequence[StopId]) -> frozenset[StopId]:
    """The stops that keep their order among each other: a longest common subsequence of the two sequences."""
    place = {stop: i for i, stop in enumerate(before)}
    ends: list[int] = []  # ends[k]: index in `after` of the end of the best run of length k + 1
    back: dict[int, int] = {}
    for i, stop in enumerate(after):
        if stop not in place:
            continue
        k = next((k for k, e in enumerate(ends) if place[after[e]] > place[stop]), len(ends))
        if k:
            back[i] = ends[k - 1]
        ends[k : k + 1] = [i]
    kept: set[StopId] = set()
    at = ends[-1] if ends else None
    while at is not None:
        kept.add(after[at])
        at = back.get(at)
    return frozenset(kept)
