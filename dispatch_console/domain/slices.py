"""Long work in slices: generators that yield now and then, so that a window can do it piece by piece."""

from __future__ import annotations

from collections.abc import Generator


def at_once[T](work: Generator[None, None, T]) -> T:
    """Do all of it; what it returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
