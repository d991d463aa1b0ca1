"""An online road service in use here. Off until somebody chooses one: it learns where customers are.

Nothing of a service is loaded before one is opened.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs

from dispatch_console.roads import providers
from dispatch_console.roads.remote import service as services
from dispatch_console.roads.remote.service import KINDS, Kind, Service
from dispatch_console.services.logs import APP

if TYPE_CHECKING:
    from dispatch_console.domain.day import Day
    from dispatch_console.domain.travel import TravelMatrix
    from dispatch_console.roads.providers import Provider
    from dispatch_console.roads.remote.routing import Remote

__all__ = ["KEY_VARIABLE", "KINDS", "Kind", "Online", "Service"]

#: The key may stand here; nowhere else is it kept.
KEY_VARIABLE = "DISPATCH_ROADS_KEY"
#: The roads of a van are those of a car to services.
_VEHICLES = {"van": "car"}


@dataclass(frozen=True, slots=True)
class Online:
    """A service that can be asked; its roads answer to their name from `answer` on."""

    service: Service
    remote: Remote
    provider: Provider

    @property
    def name(self) -> str:
        return f"{self.service.kind.title} online"

    @property
    def roads(self) -> str:
        """The name of the provider of travel times."""
        return self.remote.name

    def times(self, day: Day) -> TravelMatrix:
        """The times of its roads for all that the day needs. UserError where it does not answer. Takes minutes."""
        return self.remote.matrix(list(dict.fromkeys(day.places())))

    @property
    def asked(self) -> tuple[int, int]:
        """How far a matrix that is asked for now is: questions done and all; 0, 0 if there is none."""
        return self.remote.asked


def chosen(kind: str, address: str, vehicle: str, key: str) -> Service:
    """The service that a dispatcher describes; without a `key`, that of the environment. UserError for none."""
    return services.service(kind, address, vehicle, key.strip() or os.environ.get(KEY_VARIABLE, ""))


def parse(words: str, vehicle: str = "van") -> Service | None:
    """The service that `kind` or `kind:URL` means, with the key of the environment; None if it means none."""
    return services.parse(words, _VEHICLES.get(vehicle, vehicle), os.environ.get(KEY_VARIABLE, ""))


def cache_folder() -> Path:
    """Where this user's matrices are kept."""
    return platformdirs.user_cache_path(APP, appauthor=False) / "matrices"


def open_service(service: Service, cache: Path | None = None) -> Online:
    """Make ready to ask; nothing is asked yet. `cache`: where matrices are kept; None: where this user's are."""
    from dispatch_console.roads.remote.routing import Remote

    remote = Remote(service, cache or cache_folder())
    return Online(service, remote, remote.provider())


def answer(online: Online) -> None:
    """From now on its roads answer to their name."""
    providers.register(online.provider)


def close_service(online: Online) -> None:
    """Its roads answer nobody any more, and who still waits for them is told so."""
    providers.unregister(online.provider)
    online.remote.close()


def to_text(service: Service) -> str:
    """What is kept of it from one start to the next: all but the key."""
    return json.dumps({"kind": service.kind.key, "address": service.address, "vehicle": service.vehicle})


def described(text: str) -> tuple[str, str, str] | None:
    """(kind, address, vehicle) that were kept; None if nothing was, or nothing that can be read."""
    try:
        said: object = json.loads(text or "null")
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    kept = cast("dict[str, object]", said)
    kind, address, vehicle = (str(kept.get(name, "")) for name in ("kind", "address", "vehicle"))
    return (kind, address, vehicle) if kind in KINDS and vehicle in KINDS[kind].vehicles else None


def from_text(text: str) -> Service | None:
    """The service that was kept, if one was. UserError where its key is missing."""
    kept = described(text)
    return None if kept is None else chosen(*kept, key="")
