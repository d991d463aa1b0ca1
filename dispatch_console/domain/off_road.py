"""Places that no road reaches: what is known of them, and how a dispatcher is told."""

from __future__ import annotations

from typing import NamedTuple


class OffRoad(NamedTuple):
    """Why a `vehicle` cannot come to a place: the nearest road is `metres` away (None: none is anywhere near), or
    leads nowhere (`island`); `closed`: only what is closed on this day is in the way."""

    metres: int | None
    island: bool = False
    vehicle: str = "van"
    closed: bool = False


def words(away: OffRoad) -> str:
    """As the second half of a sentence: `1.4 km from the nearest road that a van may drive`."""
    if away.closed:
        return f"cut off for a {away.vehicle} by what is closed on this day"
    if away.island:
        return f"on a road that no {away.vehicle} can come to from the others"
    if away.metres is None:
        return f"nowhere near a road that a {away.vehicle} may drive"
    return f"{_far(away.metres)} from the nearest road that a {away.vehicle} may drive"


def brief(away: OffRoad) -> str:
    """The same where there is little room: `1.4 km from a road`."""
    if away.island:
        return "cut off from the other roads"
    return "far from all roads" if away.metres is None else f"{_far(away.metres)} from a road"


def of_stop(name: str, away: OffRoad) -> str:
    """What is told of a stop."""
    return f"{name} is {words(away)}: {_remedy(away)}. Until then no way to it is counted."


def of_start(name: str, away: OffRoad) -> str:
    """What is told of a place where drivers start."""
    if away.closed:
        return f"{name} is {words(away)}: look at the roads of this day (Ctrl+Shift+R)."
    counted = "" if away.island else " Until then ways are counted from that road on."
    return f"{name} is {words(away)}: set its place {_where(away)}.{counted}"


def _remedy(away: OffRoad) -> str:
    if away.closed:
        return "look at the roads of this day (Ctrl+Shift+R), or let it go another day"
    return f"set its pin {_where(away)}, or see whether the vehicle is right"


def _where(away: OffRoad) -> str:
    return "on another road" if away.island else "nearer to a road"


def _far(metres: int) -> str:
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km"
