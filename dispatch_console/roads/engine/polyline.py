"""The road engine's way of writing a line as text (Google's polyline with six decimals)."""

from __future__ import annotations

import numpy as np

from dispatch_console.domain.places import Place

_SCALE = 1e6


def decode(text: str) -> tuple[Place, ...]:
    """The places of a line. Raises ValueError for a text that is none."""
    digits = np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int64) - 63
    last = np.flatnonzero(digits < 32)  # the end of each number
    if len(last) % 2 or (len(digits) and (not len(last) or last[-1] != len(digits) - 1)):
        raise ValueError("not a line")
    if not len(last):
        return ()
    first = np.concatenate((np.zeros(1, np.int64), last[:-1] + 1))
    place_in_number = np.arange(len(digits)) - np.repeat(first, last - first + 1)
    values = np.add.reduceat((digits & 31) << (5 * place_in_number), first)
    steps = np.where(values & 1, ~(values >> 1), values >> 1)
    degrees = np.cumsum(steps.reshape(-1, 2), axis=0) / _SCALE
    return tuple(map(Place._make, degrees.tolist()))
