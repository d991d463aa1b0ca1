"""The roads of a pack for one vehicle class, as a provider like any other."""

from __future__ import annotations

from functools import partial

from dispatch_console.roads.engine.client import Engine
from dispatch_console.roads.providers import Provider


def of(engine: Engine, klass: str) -> Provider:
    """All its calls block: see `Engine`."""
    return Provider(
        engine.provider(klass),
        partial(engine.matrix, klass),
        engine.extend,
        partial(engine.legs, klass),
    )
