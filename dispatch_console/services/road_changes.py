"""What the dispatcher says of a day's roads: closed, to be avoided, slower; each a step of the history.

Nothing here reckons times: whoever holds the roads follows the day (see `regions.today_roads`).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dispatch_console.domain import road_changes, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import RoadChange, RoadChangeId, outline
from dispatch_console.services.session import DaySession

#: Room around the stops of a zone, in metres.
_ZONE_M = 200
_ONE_DAY = dt.timedelta(days=1)


class Wanted(NamedTuple):
    """What is to be said: an area, and the last day it counts on (None: the open day alone)."""

    area: Area
    until: dt.date | None = None


def add(session: DaySession, wanted: Wanted, now: dt.datetime, initiator: object = None) -> RoadChange:
    """Say it of the open day. Raises UserError for an outline that is none, and while something is tried out."""
    made = _new(session.day, wanted, now)
    session.apply(PlanChange(name(made.area), roads=(Swap(None, made),)), initiator)
    return made


def change(
    session: DaySession, id: RoadChangeId, wanted: Wanted, now: dt.datetime, initiator: object = None
) -> RoadChange:
    """Say something else of it from the open day on; earlier days keep what was said then. Raises UserError."""
    day = session.day
    before = find(day, id)
    if wanted == Wanted(before.area, before.until):
        return before
    made = _new(day, wanted, now)
    if before.first == day.date:
        made = replace(made, id=id, made=before.made)
        swaps = (Swap(before, made),)
    else:
        swaps = (Swap(before, _until_yesterday(before, day)), Swap(None, made))
    session.apply(PlanChange(f"Change “{name(before.area)}”", roads=swaps), initiator)
    return made


def remove(session: DaySession, id: RoadChangeId, initiator: object = None) -> None:
    """The roads are as usual there from the open day on. Raises UserError if it is gone already."""
    day = session.day
    before = find(day, id)
    after = None if before.first == day.date else _until_yesterday(before, day)
    session.apply(PlanChange(f"Remove “{name(before.area)}”", roads=(Swap(before, after),)), initiator)


def find(day: Day, id: RoadChangeId) -> RoadChange:
    """Raises UserError if it is gone."""
    for one in day.road_changes:
        if one.id == id:
            return one
    raise UserError("This is not in the list of roads any more. Look at the list and do it again.")


def name(area: Area) -> str:
    """`Closed: Mill Bridge`, `+20 %: snow`."""
    words = {"closed": "Closed", "avoid": "Avoid"}
    said = words.get(area.kind) or f"+{road_changes.percent(area)} %"
    return f"{said}: {area.note}" if area.note else said


def days(one: RoadChange, date: dt.date) -> str:
    """`this day only` or `until Wed 25 Nov`, as seen from `date`."""
    return "this day only" if one.until == date else f"until {saying.date(one.until)}"


def since(one: RoadChange, date: dt.date, timezone: str) -> str:
    """When it was said, as the clock on the wall showed it: `06:52`, of another day `Mon 23 Nov 06:52`."""
    local = one.made.astimezone(ZoneInfo(timezone))
    return local.strftime("%H:%M") if local.date() == date else f"{saying.date(local.date())} {local:%H:%M}"


def factor(typed: str) -> float:
    """`+20 %` or `20`: how many times as long all takes. Raises UserError."""
    found = re.fullmatch(r"\+?\s*(\d{1,4})\s*%?", typed.strip())
    if found is None:
        raise UserError(f"“{typed.strip()}” is no percentage. Write how much longer it takes, such as 20 %.")
    return road_changes.slower_by(int(found[1]))


def zones(day: Day) -> list[str]:
    """The zones in which the day has stops with a place, by name."""
    return sorted({stop.zone for stop in day.stops.values() if stop.zone and stop.order.place}, key=str.casefold)


def zone_corners(day: Day, zone: str) -> tuple[Place, ...]:
    """A zone is drawn nowhere: the outline of its stops of the day, with some room. UserError if it has none."""
    places = [s.order.place for s in day.stops.values() if s.zone == zone and s.order.place is not None]
    if not places:
        raise UserError(f"No stop of this day with a place on the map lies in zone {zone}. Draw the area instead.")
    return outline(places, _ZONE_M)


def at(day: Day, place: Place) -> Sequence[RoadChange]:
    """What is said of the roads at a place."""
    return [one for one in day.road_changes if road_changes.holds(one.area.corners, place)]


def _new(day: Day, wanted: Wanted, now: dt.datetime) -> RoadChange:
    places = [day.depot.place, *(stop.order.place for stop in day.stops.values() if stop.order.place is not None)]
    road_changes.check(wanted.area, places)
    until = wanted.until or day.date
    if until < day.date:
        raise UserError(
            f"It cannot end before it begins: {saying.date(day.date)} is the first day it can count on."
        )
    return RoadChange(RoadChangeId(uuid.uuid4().hex), wanted.area, day.date, until, now)


def _until_yesterday(one: RoadChange, day: Day) -> RoadChange:
    return replace(one, until=day.date - _ONE_DAY)
