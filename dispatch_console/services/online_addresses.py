"""Whether addresses are looked up on the net as well, and where. Off until somebody switches it on."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from dispatch_console.domain.errors import UserError
from dispatch_console.services.finding_places import Online
from dispatch_console.services.logs import APP

#: The service that OpenStreetMap runs for everybody, for a few questions.
PUBLIC = "https://nominatim.openstreetmap.org"


@dataclass(frozen=True, slots=True)
class Service:
    """`url`: of a service that answers as Nominatim does. `email`: whom its operators may write to, if anybody."""

    on: bool = False
    url: str = PUBLIC
    email: str = ""


OFF = Service()


def checked(service: Service) -> Service:
    """The service as it is kept. UserError for an address or an e-mail that cannot be meant: addresses of customers
    leave the house by https only."""
    url = service.url.strip().rstrip("/") or PUBLIC
    email = service.email.strip()
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise UserError(f"Write the address of the service such as {PUBLIC}.")
    if parts.scheme == "http" and not _is_in_the_house(host):
        raise UserError("Outside the house addresses are looked up by https:// only. Write the address so.")
    if email and not re.fullmatch(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+", email):
        raise UserError("Write an e-mail address such as dispatch@depot.example, or leave it empty.")
    return Service(service.on, url, email)


def geocoder(service: Service, folder: Path | None = None) -> Online | None:
    """Who looks addresses up there; None if that is off. Answers are kept in `folder`, by default the user's."""
    if not service.on:
        return None
    from dispatch_console.geocoding.online import OnlineGeocoder

    kept = folder or platformdirs.user_cache_path(APP, appauthor=False)
    with suppress(OSError):  # then it is asked again next time
        kept.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(service.url.encode()).hexdigest()[:8]
    return OnlineGeocoder(kept / f"addresses-{mark}.sqlite", service.url, service.email)


def forget(folder: Path | None = None) -> None:
    """Throw away what services have answered: the addresses in it are those of customers. It is asked again."""
    kept = folder or platformdirs.user_cache_path(APP, appauthor=False)
    for file in kept.glob("addresses-*.sqlite*"):
        with suppress(OSError):  # in use, by a window that will ask less
            file.unlink()


def _is_in_the_house(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
