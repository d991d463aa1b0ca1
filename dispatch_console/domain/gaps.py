"""The gaps of one route, judged for one stop: what would get worse with it there, and by how much.

Where routes are plain (no tours, no breaks by driving time, no times of day …) `insertion.Trial` judges, quickly:
what it says no to is certain. Elsewhere the route is scheduled.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from dispatch_console.domain.broken import never
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.insertion import Trial, newly_broken, trial_of
from dispatch_console.domain.levers import Lever
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.schedule import Basis, RouteSchedule, schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import UNREACHABLE


class Kind(Enum):
    """What a broken rule is about."""

    TIME = "time"  # late stops, overtime, a break that does not fit
    LOAD = "load"
    SKILL = "skill"
    ZONE = "zone"  # where the vehicle may not go
    STOPS = "stops"
    DRIVING = "driving"
    DISTANCE = "distance"
    OTHER = "other"  # nothing that a single change mends


class Trouble(NamedTuple):
    """What gets worse with a stop in a gap. `over`: what is over and by how much in all, where an amount of one
    thing can mend it; `missing` skills. `peak`: most on board then, `end`: when the driver is back."""

    kinds: frozenset[Kind]
    over: tuple[tuple[Lever, int], ...]
    missing: frozenset[str]
    end: int
    peak: Size


_KINDS = {
    Rule.WINDOW: Kind.TIME,
    Rule.SHIFT: Kind.TIME,
    Rule.BREAK: Kind.TIME,
    Rule.CAPACITY_KG: Kind.LOAD,
    Rule.CAPACITY_M3: Kind.LOAD,
    Rule.CAPACITY_PIECES: Kind.LOAD,
    Rule.SKILL: Kind.SKILL,
    Rule.ZONE: Kind.ZONE,
    Rule.MAX_STOPS: Kind.STOPS,
    Rule.MAX_DRIVING: Kind.DRIVING,
    Rule.MAX_DISTANCE: Kind.DISTANCE,
}
_LEVERS: dict[Rule, Lever] = {
    Rule.CAPACITY_KG: Lever.KG,
    Rule.CAPACITY_M3: Lever.M3,
    Rule.CAPACITY_PIECES: Lever.PIECES,
    Rule.SHIFT: Lever.OVERTIME,
    Rule.MAX_STOPS: Lever.STOPS,
    Rule.MAX_DRIVING: Lever.DRIVING,
    Rule.MAX_DISTANCE: Lever.DISTANCE,
}
_LOADS = (Lever.KG, Lever.M3, Lever.PIECES)
#: Scheduling takes so many times as long for each stop as judging does.
_SLOWER = 8


class Gaps:
    """A route, made ready to try `stop` in each of its gaps."""

    def __init__(self, stop: Stop, route: Route, shift: Shift, basis: Basis) -> None:
        self.route, self.shift, self._stop, self._basis = route, shift, stop, basis
        self.trial: Trial = trial_of(route, basis)
        self.was: RouteSchedule = schedule(route, shift, basis)
        only_skills = all(broken.rule is Rule.SKILL for broken in never(stop, shift))
        self._plain = not self.trial.rich and stop.plain and only_skills
        self._missing = stop.skills - shift.skills
        self._break_fits = all(broken.rule is not Rule.BREAK for broken in self.was.broken)
        places = (basis.stops[id].place for id in route.stops)
        self._way = [shift.start_place, *places, shift.end_place]
        loads = [self.was.load_start, *(visit.load for visit in self.was.visits)]
        self._ahead = list(accumulate(loads, Size.peak))
        self._behind = list(accumulate(reversed(loads), Size.peak))[::-1]

    def effort(self, at: int) -> int:
        """How long a gap takes: about as long as scheduling so many stops."""
        return len(self.route.stops) - at + 4 if self._plain else _SLOWER * (len(self.route.stops) + 1)

    def trouble(self, stop: Stop, at: int) -> Trouble:
        """`stop`: the one of these gaps, perhaps with other windows."""
        return self._judged(stop, at) if self._plain else self._scheduled(stop, at)

    def detour(self, at: int) -> int:
        """Seconds of driving that the way over the stop takes more."""
        here, there, place = self._way[at], self._way[at + 1], self._stop.place
        leg = self._basis.travel.leg
        to = leg(here, place)[0] if here and place else 0
        on = leg(place, there)[0] if there and place else 0
        return to + on - (leg(here, there)[0] if here and there and self.route.stops else 0)

    def reached(self, at: int) -> tuple[int, int]:
        """Between when and when the driver would be at the stop, if nothing but his breaks came between."""
        here, place = self.shift.start_place, self._stop.place
        leaves = self.shift.start
        if at:
            visit = self.was.visits[at - 1]
            leaves, here = visit.depart, self._way[at] or here
        elif (left := self._basis.facts.left_at(self.route.id)) is not None:
            leaves = left
        assert place is not None
        arrive = leaves + self._basis.travel.leg(here, place)[0]
        if not self._plain:
            return leaves - _DAY_S, arrive + _DAY_S
        pause = sum(pause.end - pause.begin for pause in self.was.pauses)
        rest = self.shift.fixed_pause.duration if self.shift.fixed_pause else 0
        return arrive - pause, max(arrive, self._basis.now) + rest

    def _judged(self, stop: Stop, at: int) -> Trouble:
        no_break, late, _, end = self.trial.judge(stop, at)
        kinds, over = self._certain()
        overtime = max(0, end - self.shift.latest_end)
        is_late = late - overtime > self.was.late_s or (no_break and self._break_fits)
        is_over = overtime > (max(0, self.was.end - self.shift.latest_end) if self.was.visits else 0)
        if is_late or is_over:
            kinds.add(Kind.TIME)
        if is_over and not is_late:
            over.append((Lever.OVERTIME, overtime))
        peak = self._ahead[at].plus(stop.delivery).peak(self._behind[at].plus(stop.collection))
        limits = zip(_LOADS, peak, self.shift.vehicle.capacity, self.was.load_peak, strict=True)
        loads = [(lever, m - limit) for lever, m, limit, was in limits if limit is not None and m > max(limit, was)]
        if loads:
            kinds.add(Kind.LOAD)
        if self.detour(at) >= UNREACHABLE // 2:
            kinds.add(Kind.OTHER)
        return Trouble(frozenset(kinds), (*over, *loads), self._missing, end, peak)

    def _certain(self) -> tuple[set[Kind], list[tuple[Lever, int]]]:
        """What is wrong in every gap."""
        kinds: set[Kind] = set()
        over: list[tuple[Lever, int]] = []
        most, n = self.shift.max_stops, len(self.route.stops) + 1
        if most is not None and n > most:
            kinds.add(Kind.STOPS)
            over.append((Lever.STOPS, n - most))
        if self._missing:
            kinds.add(Kind.SKILL)
        return kinds, over

    def _scheduled(self, stop: Stop, at: int) -> Trouble:
        basis, route, shift = self._basis, self.route, self.shift
        basis = replace(basis, stops={**basis.stops, stop.id: stop})
        will = schedule(route.with_stops((*route.stops[:at], stop.id, *route.stops[at:])), shift, basis)
        rules = {broken.rule for broken in newly_broken(self.was, will)}
        kinds = frozenset(_KINDS.get(rule, Kind.OTHER) for rule in rules)
        counted = rules & _LEVERS.keys() if not rules & {Rule.WINDOW, Rule.BREAK} else set[Rule]()
        over = tuple((_LEVERS[broken.rule], broken.by) for broken in will.broken if broken.rule in counted)
        return Trouble(kinds, over, self._missing, will.end, will.load_peak)


_DAY_S = 24 * 3600
