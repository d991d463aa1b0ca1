"""Which time zone a place is in, as far as that can be told without a map: that of the nearest zone's own city."""

from __future__ import annotations

import importlib.resources
import math
import re
import zoneinfo
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place


class _Zone(NamedTuple):
    country: str
    place: Place
    name: str


def nearest(place: Place, countries: Collection[str]) -> str:
    """The zone whose city is nearest to `place`, of those of `countries` (ISO two-letter) if there are any."""
    zones = [zone for zone in _zones() if zone.country in countries] or _zones()
    return min(zones, key=lambda zone: _squared(zone.place, place)).name if zones else "UTC"


def check(name: str) -> str:
    """`name` if it is a time zone. Raises UserError."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(f"“{name}” is not a time zone. They are called like Europe/Vaduz.") from None
    return name


@cache
def _zones() -> tuple[_Zone, ...]:
    """From the zone database's own table: country, place of the zone's city, name."""
    lines = (line.split("\t") for line in _table().splitlines() if line and not line.startswith("#"))
    return tuple(_Zone(parts[0], _place(parts[1]), parts[2].strip()) for parts in lines if len(parts) > 2)


def _table() -> str:
    """`zone.tab`, from the system or from the package that brings the zones where the system has none."""
    for folder in zoneinfo.TZPATH:
        file = Path(folder) / "zone.tab"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    try:
        return (importlib.resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    except (ModuleNotFoundError, OSError):
        return ""


def _place(text: str) -> Place:
    """`+4709+00931` or `+404251-0740023`: degrees, minutes and perhaps seconds of latitude and longitude."""
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?([+-])(\d\d\d)(\d\d)(\d\d)?", text)
    if found is None:
        return Place(0.0, 0.0)
    south, lat, lat_m, lat_s, west, lon, lon_m, lon_s = found.groups(default="0")
    return Place(_degrees(south, lat, lat_m, lat_s), _degrees(west, lon, lon_m, lon_s))


def _degrees(sign: str, degrees: str, minutes: str, seconds: str) -> float:
    size = int(degrees) + int(minutes) / 60 + int(seconds) / 3600
    return -size if sign == "-" else size


def _squared(a: Place, b: Place) -> float:
    east = (a.lon - b.lon + 180) % 360 - 180
    return (a.lat - b.lat) ** 2 + (east * math.cos(math.radians(b.lat))) ** 2
