"""Who computes travel times. A plan names its provider and never mixes two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import estimate


@dataclass(frozen=True, slots=True)
class Provider:
    """`matrix(places)` computes all; `extend(matrix, places)` adds places to a matrix of the same provider."""

    name: str
    matrix: Callable[[Sequence[Place]], TravelMatrix]
    extend: Callable[[TravelMatrix, Sequence[Place]], TravelMatrix]


ESTIMATE = Provider(estimate.NAME, estimate.matrix, estimate.extend)

_PROVIDERS = {ESTIMATE.name: ESTIMATE}


def provider(name: str) -> Provider:
    """The provider called `name`. Raises UserError for one that is not there."""
    try:
        return _PROVIDERS[name]
    except KeyError:
        known = ", ".join(_PROVIDERS)
        raise UserError(f"There are no roads called “{name}” here. Choose one of: {known}.") from None
