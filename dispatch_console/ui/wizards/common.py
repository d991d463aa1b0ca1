"""What the wizards' words have in common."""

from __future__ import annotations

from collections.abc import Callable

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Capacity, Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.sizes import Size
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.whereabouts import whereabouts
from dispatch_console.ui import texts
from dispatch_console.ui.wizards.view import Sketch, Take, Way

tr = texts.of("Wizards")


def chip(shift: Shift) -> tuple[int, str]:
    return shift.slot, shift.driver.initials


def hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)


def kg(grams: int) -> str:
    return f"{-(-grams // 1000):,}"


def load(size: Size) -> str:
    """`186 kg · 15 pcs`"""
    return tr("{kg} kg · {n} pcs").format(kg=kg(size.grams), n=size.pieces)


def free_kg(free: Capacity) -> str:
    return "–" if free.grams is None else f"{free.grams // 1000:,}"


def free_all(free: Capacity) -> str:
    """`Free now: 602 kg, 3.1 m³, 12 pieces`; what is not limited is left out."""
    parts = [
        None if free.grams is None else tr("{n} kg").format(n=f"{free.grams // 1000:,}"),
        None if free.litres is None else tr("{n} m³").format(n=f"{free.litres / 1000:.1f}"),
        None if free.pieces is None else tr("{n} pieces").format(n=free.pieces),
    ]
    known = [part for part in parts if part]
    return tr("Free now: {what}").format(what=", ".join(known)) if known else tr("No limit is known.")


def stops(n: int) -> str:
    if not n:
        return "–"
    return tr("1 stop") if n == 1 else tr("{n} stops").format(n=n)


def minutes(seconds: int) -> str:
    return str(round(seconds / 60))


def signed(seconds: int) -> str:
    """`+12`, `−3`"""
    whole = round(seconds / 60)
    return f"+{whole}" if whole >= 0 else f"−{-whole}"


def names(day: Day, ids: tuple[StopId, ...]) -> str:
    return ", ".join(day.stops[id].label for id in ids)


def taken(day: Day, draft: Draft) -> dict[ShiftId, list[StopId]]:
    """Route that gets stops of customers → which."""
    found: dict[ShiftId, list[StopId]] = {}
    for moved in draft.moved:
        if moved.after is not None and moved.after.number and moved.stop in day.stops:
            found.setdefault(moved.after.route, []).append(moved.stop)
    return found


def takes(day: Day, draft: Draft) -> tuple[Take, ...]:
    """Per route that gets stops: which, and how much that is."""
    made: list[Take] = []
    for route, ids in taken(day, draft).items():
        total = Size()
        for id in ids:
            total = total.plus(day.stops[id].size)
        made.append(Take(chip(draft.after.shifts[route]), names(day, tuple(ids)), load(total)))
    return tuple(made)


def sketch(day: Day, draft: Draft, icon: str) -> Sketch | None:
    """The ways of all who come to the first meeting of a draft."""
    if not draft.meetings:
        return None
    meet = draft.meetings[0].place
    ways: list[Way] = []
    for meeting in draft.meetings:
        for route, stop in ((meeting.taker, meeting.stop), (meeting.giver, meeting.giver_stop)):
            if stop:
                ways.append(Way(chip(draft.after.shifts[route]), _way(day, draft, route, stop)))
    return Sketch(meet, tuple(dict.fromkeys(ways)), icon)


def _way(day: Day, draft: Draft, route: ShiftId, stop: StopId) -> tuple[Place, ...]:
    where = whereabouts(day, route)
    order = draft.after.plan.route(route).stops
    on_the_way = order[where.next : order.index(stop) + 1]
    places = [draft.after.stops[id].place for id in on_the_way]
    return (_from(day, route), *(place for place in places if place is not None))


def _from(day: Day, route: ShiftId) -> Place:
    """About where a van is now: between the place behind and the one ahead, by the time gone."""
    where = whereabouts(day, route)
    if where.stands or where.due <= where.left:
        return where.behind
    share = min(1.0, max(0.0, (day.now - where.left) / (where.due - where.left)))
    lat = where.behind.lat + share * (where.ahead.lat - where.behind.lat)
    return Place(lat, where.behind.lon + share * (where.ahead.lon - where.behind.lon))


class Kept[T]:
    """One answer, kept as long as the question is the same: views and drafts ask for the same assignment."""

    def __init__(self) -> None:
        self._day: Day | None = None
        self._key: object = None
        self._answer: list[T] = []

    def of(self, day: Day, key: object, make: Callable[[], T]) -> T:
        if self._day is not day or self._key != key or not self._answer:
            self.put(day, key, make())
        return self._answer[0]

    def put(self, day: Day, key: object, answer: T) -> None:
        """What the answer to a question is, where it is known already."""
        self._day, self._key, self._answer = day, key, [answer]
