"""Which road services there are, what each allows, and the one that a dispatcher chose. Loads nothing of theirs."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack.manifest import ATTRIBUTION

PREFIX = "remote"


@dataclass(frozen=True, slots=True)
class Kind:
    """A service. Limits are those it documents for everybody; smaller ones are found when it refuses.

    `address`: its public one; empty where everybody runs one of his own. `vehicles`: ours → its word. `block`: so
    many origins, goals and pairs in one question; `course`: so many places in one question for a way. `pause_s`:
    between two questions to its public address. `keeps`: its terms let times be kept on the disk; `draws`: let
    its lines be drawn on a map that is not its own. `measures`: it tells how far from a place its road is.
    """

    key: str
    title: str
    attribution: str
    vehicles: Mapping[str, str]
    block: tuple[int, int, int]
    course: int
    address: str = ""
    pause_s: float = 0.0
    keeps: bool = True
    draws: bool = True
    measures: bool = False
    note: str = ""


_OSRM = Kind(
    "osrm", "OSRM", ATTRIBUTION, {"car": "driving", "truck": "driving", "bicycle": "driving"},
    block=(50, 50, 10_000), course=50, measures=True,
    note="Whose roads they are is up to who set the server up, whatever vehicle is chosen here.",
)  # fmt: skip
_VALHALLA = Kind(
    "valhalla", "Valhalla", ATTRIBUTION, {"car": "auto", "truck": "truck", "bicycle": "bicycle"},
    block=(50, 50, 2_500), course=20,
)  # fmt: skip
_ORS = Kind(
    "ors", "openrouteservice", ATTRIBUTION,
    {"car": "driving-car", "truck": "driving-hgv", "bicycle": "cycling-regular"},
    block=(50, 50, 3_500), course=50, address="https://api.openrouteservice.org", pause_s=1.5,
    note="A day's questions are counted; one holds 50 × 50 places, so 300 places are 36 questions.",
)  # fmt: skip
_GRAPHHOPPER = Kind(
    "graphhopper", "GraphHopper", ATTRIBUTION, {"car": "car", "truck": "truck", "bicycle": "bike"},
    block=(30, 30, 900), course=5, address="https://graphhopper.com/api/1", pause_s=1.0,
    note="Each question costs credits: half of the pairs of places in it, or less.",
)  # fmt: skip
_GOOGLE = Kind(
    "google", "Google", "Map data © Google", {"car": "driving", "bicycle": "bicycling"},
    block=(25, 25, 625), course=2, address="https://routes.googleapis.com", keeps=False, draws=False,
    note="Every pair of places is billed: 300 places are 90,000. Nothing may be kept, and lines stay straight.",
)  # fmt: skip
_HERE = Kind(
    "here", "HERE", "© HERE", {"car": "carFast", "truck": "truckFast", "bicycle": "bicycle"},
    block=(100, 100, 10_000), course=20, address="https://router.hereapi.com/v8", keeps=False,
    note="Every pair of places is billed: 300 places are 90,000. Nothing is kept on this computer.",
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (_OSRM, _VALHALLA, _ORS, _GRAPHHOPPER, _GOOGLE, _HERE)}


@dataclass(frozen=True, slots=True)
class Service:
    """A service as it is asked. `key` is told to the service and to nobody else; it is no part of any text."""

    kind: Kind
    address: str
    vehicle: str = "car"
    key: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """What matrices, plans and plan.json carry: the same for the same roads, without address and key."""
        said = (PREFIX, self.kind.key, self.vehicle)
        if self.address == self.kind.address:
            return ":".join(said)
        return ":".join((*said, hashlib.sha256(self.address.encode()).hexdigest()[:8]))

    @property
    def word(self) -> str:
        """The vehicle as the service calls it."""
        return self.kind.vehicles[self.vehicle]


def service(kind: str, address: str = "", vehicle: str = "car", key: str = "") -> Service:
    """A service, checked as far as can be without asking it. UserError, one sentence, for what cannot be."""
    known = KINDS.get(kind)
    if known is None:
        raise UserError(f"There is no road service called “{kind}”. Choose one of: {', '.join(KINDS)}.")
    if vehicle not in known.vehicles:
        offered = ", ".join(known.vehicles)
        raise UserError(f"{known.title} has no roads for a {vehicle}. Choose one of: {offered}.")
    where, secret = (address.strip() or known.address).rstrip("/"), key.strip()
    _check_address(known, where)
    if not secret and where == known.address:
        raise UserError(f"{known.title} answers only with a key. Type the one that you have from it.")
    if not (secret.isascii() and secret.isprintable()):
        raise UserError("This is no key: it holds letters that none has. Copy it once more.")
    if secret and not _private_way(where):
        raise UserError("The key could be read on its way to this address. Use one that begins with https://.")
    return Service(known, where, vehicle, secret)


def parse(words: str, vehicle: str = "car", key: str = "") -> Service | None:
    """The service that `kind` or `kind:URL` means; None if it means none."""
    kind, _, address = words.partition(":")
    return service(kind, address, vehicle, key) if kind in KINDS else None


def about(name: str) -> dict[str, str]:
    """What a plan says of the service called `name`; empty if it is none."""
    prefix, _, rest = name.partition(":")
    kind, _, vehicle = rest.partition(":")
    if prefix != PREFIX or kind not in KINDS:
        return {}
    known = KINDS[kind]
    return {"service": known.title, "class": vehicle.partition(":")[0], "attribution": known.attribution}


def _check_address(kind: Kind, address: str) -> None:
    if not address:
        raise UserError(f"Where {kind.title} runs is not said. Type its address, as http://server:5000.")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or any(letter.isspace() for letter in address):
        raise UserError("This is no address of a service. It is written http://server:5000.")
    if parts.username is not None or parts.query or parts.fragment:
        raise UserError("The address of a service holds no key or password here. Type the key in its own field.")


def _private_way(address: str) -> bool:
    """Whether nobody on the way can read what is sent there: encrypted, or inside the house."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
