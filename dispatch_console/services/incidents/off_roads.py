"""What the roads say of a day: places that none of them leads to."""

from __future__ import annotations

from collections.abc import Iterator

from dispatch_console.domain import off_road
from dispatch_console.domain.day import Day
from dispatch_console.domain.saying import listed
from dispatch_console.services.incidents.values import NAMED, Deed, Incident, Kind


def of_roads(day: Day) -> Iterator[Incident]:
    """A start that no road leads to, and stops that none leads to; all of them one incident each."""
    yield from _starts(day)
    yield from _stops(day)


def _starts(day: Day) -> Iterator[Incident]:
    told = tuple(day.starts_off_road.values())
    if told:
        yield Incident(Kind.START_OFF_ROAD, "No road to the start", "", " ".join(told), Deed.REMIND)


def _stops(day: Day) -> Iterator[Incident]:
    ids = tuple(stop for stop in day.off_road if stop not in day.facts.ended and not day.stops[stop].settled)
    if not ids:
        return
    first = day.stops[ids[0]]
    assert first.away is not None
    what = "1 order lies off the roads" if len(ids) == 1 else f"{len(ids)} orders lie off the roads"
    named = listed([day.stops[stop].order.reference for stop in ids], NAMED)
    sentence = f"{named}: set the pins nearer to a road that a {first.away.vehicle} may drive"
    if len(ids) == 1:
        sentence = first.off_road
    short = f"{named}: {off_road.brief(first.away)}" if len(ids) == 1 else ""
    yield Incident(Kind.OFF_ROAD, what, "", sentence, Deed.DROP_PINS, False, ids, short=short, brief=named)
