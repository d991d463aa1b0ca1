"""Whether a vehicle can come to a place: how far the nearest road is, and whether that road leads anywhere."""

from __future__ import annotations

from typing import Literal, NamedTuple

from dispatch_console.domain.places import Place

#: A place farther from a road is not driven to.
FAR_M = 500.0


class Snap(NamedTuple):
    """`metres`: to the nearest road; None if there is none for many kilometres around."""

    place: Place
    metres: float | None
    problem: Literal["", "far", "island"]


def sentence(snap: Snap, address: str, klass: str) -> str:
    """What a dispatcher is told of a place that cannot be driven to; "" if it can."""
    if snap.problem == "island":
        return f"{address} lies where no {klass} can come and go (a separate piece of road). Move its pin."
    if snap.problem == "far":
        away = "nowhere near" if snap.metres is None else f"{snap.metres:,.0f} m away"
        return f"{address}: the nearest road is {away}. Set its pin on a road."
    return ""
