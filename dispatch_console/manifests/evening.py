"""Planned against actual on the day summary, once the day has facts: values as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain.sizes import Money


class Against(NamedTuple):
    """A figure as it was planned and as it has become, and by how much more (`+12`, `−0.4`, `0`); a dash or nothing
    where it is not known. `sure` False: a forecast, or a figure that nobody has read."""

    planned: str = "–"
    actual: str = "–"
    more: str = ""
    sure: bool = True


class RouteEvening(NamedTuple):
    """One route. Counts are stops: `presumed` of those `open` nobody phoned about, by the clock they are done.

    `due` and `counted` are cash by currency, `short` what is too little (negative) or too much; `counted` None:
    nobody has counted yet. `tours`: how often it leaves the start place; it is on the `tour`th, 0: not left yet.
    """

    letter: str
    driver: str
    vehicle: str
    state: str
    done: int
    failed: int
    open: int
    presumed: int
    start: Against
    back: Against
    km: Against
    due: tuple[Money, ...] = ()
    counted: tuple[Money, ...] | None = None
    short: tuple[Money, ...] = ()
    tours: int = 1
    tour: int = 1


class EveningSums(NamedTuple):
    """Of all routes. `again` and `returned` are orders: those with another day, those on their way to the sender;
    `pieces_back` of `pieces_due` were ticked when the sheets came back."""

    done: int
    failed: int
    open: int
    km: Against
    due: tuple[Money, ...]
    counted: tuple[Money, ...]
    short: tuple[Money, ...]
    again: int
    returned: int
    pieces_back: int
    pieces_due: int
    tours: int = 0


@dataclass(frozen=True, slots=True)
class Evening:
    """`at`: as of when (`Mon 23 Nov 15:32`)."""

    at: str
    rows: tuple[RouteEvening, ...]
    sums: EveningSums
