"""Who computes travel times. A plan names its provider and never mixes two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import estimate

#: The way for each pair of places, None where there is none.
Legs = Callable[[Sequence[tuple[Place, Place]]], "list[Leg | None]"]
#: The matrix of all places if it is there without asking anybody.
Known = Callable[[Sequence[Place]], "TravelMatrix | None"]


@dataclass(frozen=True, slots=True)
class Provider:
    """`matrix(places)` computes all; `extend(matrix, places)` adds places to a matrix of the same provider.

    `legs`: None where there are no roads to follow. `known`: what it knows without asking; None where asking is
    quick.
    """

    name: str
    matrix: Callable[[Sequence[Place]], TravelMatrix]
    extend: Callable[[TravelMatrix, Sequence[Place]], TravelMatrix]
    legs: Legs | None = None
    known: Known | None = None


ESTIMATE = Provider(estimate.NAME, estimate.matrix, estimate.extend)

_PROVIDERS = {ESTIMATE.name: ESTIMATE}


def provider(name: str) -> Provider:
    """The provider called `name`. Raises UserError for one that is not there."""
    try:
        return _PROVIDERS[name]
    except KeyError:
        pass
    if name.startswith("pack:"):
        pack = name.split(":")[1]
        raise UserError(f"The roads of this plan ({pack}) are not here. Choose a region under Settings → Region.")
    if name.startswith("remote:"):
        service = name.split(":")[1]
        raise UserError(f"The road service of this plan ({service}) is not in use here. Choose it, or other roads.")
    known = ", ".join(_PROVIDERS)
    raise UserError(f"There are no roads called “{name}” here. Choose one of: {known}.")


def register(provider: Provider) -> None:
    """From now on `provider` answers to its name."""
    _PROVIDERS[provider.name] = provider


def unregister(provider: Provider) -> None:
    """Nobody is answered by `provider` any more; nothing happens if another one has taken its name."""
    if provider is not ESTIMATE and _PROVIDERS.get(provider.name) is provider:
        del _PROVIDERS[provider.name]
