"""Travel times for a day: computed once, grown when an order gets its pin."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch_console.domain.day import Day
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import providers

DEFAULT = providers.ESTIMATE.name


def matrix(places: Sequence[Place], roads: str = DEFAULT) -> TravelMatrix:
    """The travel matrix of `places`, each once, by the provider called `roads`. UserError for an unknown one."""
    return providers.provider(roads).matrix(list(dict.fromkeys(places)))


def covering(known: TravelMatrix, places: Sequence[Place]) -> TravelMatrix:
    """`known` if it holds all `places`, else grown by the missing ones, computed by its own provider."""
    return known if known.covers(places) else providers.provider(known.provider).extend(known, places)


def for_pin(day: Day, place: Place) -> TravelMatrix:
    """The matrix to hand to `session.apply` together with a change that brings `place`."""
    return covering(day.travel, (place,))
