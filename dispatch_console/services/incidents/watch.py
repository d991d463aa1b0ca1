"""Since when a forecast has been breaking a window, and by how much at first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.rules import minutes
from dispatch_console.services.incidents import forecasts
from dispatch_console.services.incidents.values import hhmm


class Broke(NamedTuple):
    """At `since` (seconds of the plan day) a stop was first seen to come `by` seconds after its window."""

    since: int
    by: int


def watch(known: Mapping[StopId, Broke], day: Day) -> Mapping[StopId, Broke]:
    """What is known after a look at `day`: who is late no more is forgotten, who is late stays as first seen."""
    late = forecasts.late_stops(day)
    if late.keys() == known.keys():
        return known
    return {stop: known.get(stop) or Broke(day.now, by) for stop, by in late.items()}


def sentence(day: Day, broke: Broke) -> str:
    """`known since 11:20, 13 min late then`: for tooltips."""
    return f"known since {hhmm(day, broke.since)}, {minutes(broke.by)} min late then"
