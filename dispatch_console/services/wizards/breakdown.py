"""A van that cannot go on: broken down, or its driver sick on the way. What is on board, who takes what, where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Capacity, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.own_words import ON_BOARD
from dispatch_console.domain.places import Place
from dispatch_console.domain.saying import listed
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import travel
from dispatch_console.services.wizards import changes, draft
from dispatch_console.services.wizards.draft import Draft, count, hhmm
from dispatch_console.services.wizards.goods import Aboard, aboard, free_now, size_of
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.vans import Rendezvous, Van, able, at_depot, share
from dispatch_console.services.wizards.whereabouts import stands_at, there_at, whereabouts

#: So many vans, the nearest, are looked at for the first proposal, and so many in pairs.
_NEAR, _PAIRED = 5, 3
#: So many meet one van at the most.
_MOST = 4
#: So many are told between when they can be met.
_MET = 12


class Case(NamedTuple):
    """What the dispatcher said. `place`: where the van stands. `reachable`: its goods can be reached.

    `first`: the index of the first stop of its route that is not done.
    """

    route: ShiftId
    place: Place
    reachable: bool
    first: int


class Candidate(NamedTuple):
    """A van that might take something over: seconds away from where the other stands, what fits into it now."""

    route: ShiftId
    away_s: int
    free: Capacity
    back: int


class Plan(NamedTuple):
    """Who takes what. `back`: when each van that takes something is back then. `left`: nobody can take it."""

    vans: tuple[Van, ...]
    left: tuple[StopId, ...]

    def takes(self, route: ShiftId) -> tuple[StopId, ...]:
        return next((tuple(van.taken) for van in self.vans if van.id == route), ())

    def back(self, route: ShiftId) -> int | None:
        return next((van.planned.end for van in self.vans if van.id == route and van.taken), None)

    @property
    def rank(self) -> tuple[int, int, int]:
        """Fewest left, least broken, least added time."""
        late = sum(draft.late_s(van.planned) - draft.late_s(van.was) for van in self.vans if van.taken)
        return len(self.left), max(0, late), sum(van.added_s for van in self.vans if van.taken)


def case(day: Day, route: ShiftId, *, reachable: bool = True) -> Case:
    """What is known of the van of `route`, for the dispatcher to put right."""
    goods = aboard(day, route)
    stops = day.plan.route(route).stops
    first = min((stops.index(stop) for stop in (*goods.open, *goods.meet, *goods.later)), default=len(stops))
    return Case(route, stands_at(day, route), reachable, first)


def goods(day: Day, said: Case) -> Aboard:
    return aboard(day, said.route, said.first)


def candidates(day: Day, said: Case) -> list[Candidate]:
    """Every van that can take anything over, the nearest first."""
    times = _times(day, said)
    found = [
        Candidate(
            id,
            there_at(whereabouts(day, id), said.place, times, day.now) - day.now,
            free_now(day, id),
            day.schedules[id].end,
        )
        for id in able(day, besides=said.route)
    ]
    return sorted(found, key=lambda one: (one.away_s, one.route))


def meetable(day: Day, said: Case, near: Sequence[Candidate], ids: Ids) -> dict[ShiftId, tuple[int, int] | None]:
    """Between when the nearest of the candidates can be met where the van stands, and late nowhere for it."""
    times = _times(day, said)
    vans = [Van(day, one.route, times, _rendezvous(day, said, ids, 0)) for one in near[:_MET]]
    return {van.id: van.met_between() for van in vans}


def assign(day: Day, said: Case, takers: Sequence[ShiftId], ids: Ids) -> Plan:
    """Give out to `takers` what others can do: all if the goods can be reached, else what is still to collect."""
    times = _times(day, said)
    what = goods(day, said)
    vans = [Van(day, id, times, _where(day, said, what, id, ids, k)) for k, id in enumerate(_met(takers, ids))]
    return _shared(day, said, what, vans)


def proposal(day: Day, said: Case, ids: Ids) -> Plan:
    """The best that one near van, or two of the nearest, can do; more of them where that leaves less behind.

    Each van is looked at once, with the first number for its meeting: vans do not depend on one another. Who is
    chosen gets numbers of his own at the end, so it is what `assign` gives.
    """
    what = goods(day, said)
    near = [one.route for one in candidates(day, said) if has_room(day, one, what)][:_NEAR]
    if not near or not what.open:
        return Plan((), what.open)
    times = _times(day, said)
    vans = {id: Van(day, id, times, _where(day, said, what, id, ids, 0)) for id in near}

    def shared(takers: Sequence[ShiftId]) -> Plan:
        return _shared(day, said, what, [vans[id].again() for id in takers])

    singles = sorted((shared([id]) for id in near), key=lambda one: one.rank)
    best = [one.vans[0].id for one in singles[:_PAIRED]]
    pairs = [shared(_met(pair, ids)) for pair in combinations(best, 2)]
    found = min([*singles, *pairs], key=lambda one: one.rank)
    while found.left:
        here = [van.id for van in found.vans if van.taken]
        more = [shared(_met([*here, id], ids)) for id in near if id not in here and len(here) < _MOST]
        better = min(more, key=lambda one: one.rank, default=found)
        if len(better.left) >= len(found.left):
            break
        found = better
    own = [van.meeting(_where(day, said, what, van.id, ids, k)) for k, van in enumerate(found.vans)]
    return found._replace(vans=tuple(own))


def has_room(day: Day, one: Candidate, what: Aboard) -> bool:
    """Whether a van can take any of the stops at all: one that is full is no proposal, however near it is."""
    most = day.shifts[one.route].max_stops
    if most is not None and len(day.plan.route(one.route).stops) >= most:
        return False
    sizes = (day.stops[stop].delivery for stop in what.open)
    fits = (all(free is None or need <= free for free, need in zip(one.free, size, strict=True)) for size in sizes)
    return not what.out or any(fits)


def _shared(day: Day, said: Case, what: Aboard, vans: Sequence[Van]) -> Plan:
    stops = what.open if said.reachable or not what.out else what.collect
    order = day.plan.route(said.route).stops
    return Plan(tuple(vans), share(vans, sorted(stops, key=order.index)))


def _met(takers: Sequence[ShiftId], ids: Ids) -> Sequence[ShiftId]:
    """As many of them as there are numbers for meetings."""
    return takers[: len(ids.stops) // 2]


def _where(day: Day, said: Case, what: Aboard, id: ShiftId, ids: Ids, k: int) -> Rendezvous | None:
    """Where a van gets goods that are not in it; `k`: how many others have the numbers before."""
    return _rendezvous(day, said, ids, k) if what.out else at_depot(day, id, ids, k)


def plan(day: Day, said: Case, takers: Sequence[ShiftId], ids: Ids) -> Draft:
    """The change by which `takers` take over. What nobody can take stays where it is and goes again another day.

    Raises UserError if nothing is left to do on the route.
    """
    what = goods(day, said)
    if not what.open and not what.later:
        raise UserError(f"{_van(day, said.route)} has no open stop. There is nothing to hand over.")
    found = assign(day, said, takers, ids)
    return draft_of(day, said, found, f"Breakdown {day.shifts[said.route].vehicle.name}")


def draft_of(day: Day, said: Case, found: Plan, what_happened: str) -> Draft:
    """`found` as a change, named after `what_happened`."""
    what = goods(day, said)
    takers = [van for van in found.vans if van.taken]
    given = [stop for van in takers for stop in van.taken]
    left = [stop for stop in what.open if stop not in set(given)]
    names = listed((day.shifts[van.id].driver.name for van in takers), draft.NAMED)
    label = f"{what_happened}: to {names}" if takers else f"{what_happened}: {count(len(left), 'stop')} put off"
    givers = [changes.without(day, said.route, (*given, *what.later))]
    if what.later:  # their goods are in the depot: anybody may still load them
        givers.append(changes.to_pool(day, what.later))
    note = f"{ON_BOARD}{day.shifts[said.route].vehicle.name}" if what.out else ""
    change = changes.handed_over(
        day,
        label,
        givers,
        takers,
        changes.put_off(day, left, note),
    )
    meetings = tuple(m for van in takers if (m := changes.meeting_of(day, said.route, van)) is not None)
    stands = said.route if what.out else None
    return draft.make(day, change, [*_told(day, said, takers, left, what)], meetings, stands)


def _told(day: Day, said: Case, takers: Sequence[Van], left: Sequence[StopId], what: Aboard) -> list[str]:
    lines: list[str] = []
    for van in takers:
        shift = day.shifts[van.id]
        names = draft.named(day, van.taken)
        meets = changes.meeting_of(day, said.route, van)
        where = "" if meets is None else f" Meets at {hhmm(day, meets.at)}, {count(meets.pieces, 'piece')}."
        lines.append(f"{shift.driver.name} takes {names}, {back(day, van)}.{where}")
    if left:
        names = draft.named(day, left)
        why = "fits none of the vans chosen" if takers else "nobody takes it over"
        why = why if said.reachable else "cannot be reached"
        lines.append(f"Not today, {why}: {names}. Goes again on the next working day.")
    if what.meet:
        names = draft.named(day, what.meet)
        lines.append(f"Not taken over yet, so still with somebody else: {names}. Look at them by hand.")
    if what.later:
        names = draft.named(day, what.later)
        lines.append(f"Of a later tour, still in the depot: {names}. They have no driver then: plan them anew.")
    stays = [*what.failed, *what.collected]
    if stays and what.out:
        names = draft.named(day, stays)
        lines.append(f"Stays on board and has to come back: goods of {names}.")
    return lines


def back(day: Day, van: Van) -> str:
    """`back 17:20 instead of 16:45`."""
    was, now = hhmm(day, van.was.end), hhmm(day, van.planned.end)
    return f"back {now} instead of {was}" if now != was else f"back {now} as before"


def load_of(day: Day, van: Van) -> str:
    """`186 kg · 15 pcs`: what a van takes over."""
    size = size_of(day, tuple(van.taken))
    return f"{-(-size.grams // 1000)} kg · {size.pieces} pcs"


def _rendezvous(day: Day, said: Case, ids: Ids, k: int) -> Rendezvous:
    driver = day.shifts[said.route].driver
    return Rendezvous(
        said.place, day.now, f"Meet {driver.name}", driver.phone, (ids.orders[k], ids.stops[k]), True, k
    )


def _times(day: Day, said: Case) -> TravelMatrix:
    return travel.covering(day.travel, (said.place, day.depot.place))


def _van(day: Day, route: ShiftId) -> str:
    shift = day.shifts[route]
    return f"{shift.vehicle.name} ({shift.driver.name})"
