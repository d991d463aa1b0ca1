"""Places on the earth: WGS84 degrees."""

from __future__ import annotations

from typing import Literal, NamedTuple

#: How a place was found. `pin`: a dispatcher set it by hand; `file`: coordinates came with the order; `erased`:
#: the customer was erased, and only about where it was is known.
Quality = Literal["pin", "file", "house", "near_house", "street", "place", "erased"]
ERASED: Quality = "erased"


class Place(NamedTuple):
    """A point: latitude and longitude in degrees."""

    lat: float
    lon: float


def is_valid(lat: float, lon: float) -> bool:
    """True if the pair lies on the earth and is not the null island 0/0 of empty fields."""
    return -90 <= lat <= 90 and -180 <= lon <= 180 and not (lat == 0 and lon == 0)
