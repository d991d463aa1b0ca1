"""Those who search side by side: one thread each, compiled code that holds no lock, nothing copied between them.

Either everyone has the whole problem, from a seed of his own, and now and then all go on from the best state; or,
where there are many short routes, they share one state and each has the routes of a region, cut anew every second
or so around another place; or, where routes are few and long, each makes plans of his own, and then children of the
best of all (`elite`).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic
from typing import NamedTuple

import numpy as np

from dispatch_console.optimiser.clock import Clock, State
from dispatch_console.optimiser.core.anneal import fill, rounds, snapshot
from dispatch_console.optimiser.core.compile import Ints
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.ground import ground, restore, sequence, stand, with_neighbours
from dispatch_console.optimiser.core.place import ALL
from dispatch_console.optimiser.core.state import *
from dispatch_console.optimiser.elite import Elite, stand_as_child
from dispatch_console.optimiser.first_plan import BATCH, fill_in, fill_in_best, keep
from dispatch_console.optimiser.regions import NOBODY, Regions
from dispatch_console.optimiser.report import Sequences
from dispatch_console.optimiser.tasks import Problem

#: A ruin takes out so many tasks on average, in strings of at most so many (Christiaens and Vanden Berghe 2020).
_CUTS, _LONGEST = 10.0, 10.0
#: Where routes are shorter than that and nothing binds but capacity, rounds of fewer tasks get further.
_CUTS_SHORT, _SHORT = 7.0, 10.0
#: In so many rounds of a hundred two routes exchange tails instead, where routes are long: short ones it holds up.
#: In regions there is less time for each route.
_TAILS, _LONG, _LONG_IN_REGIONS = 10, 15.0, 30.0
#: Temperatures at the start and at the end, in costs of the mean way to a task: where times bind, states that are
#: near in cost lie far apart, and it takes more heat to come from one to the other.
_HEAT_TIMED, _HEAT_FREE = (3.0, 0.03), (0.3, 0.01)
#: Many short routes with times have no time for that.
_HEAT_MANY = (0.5, 0.01)
#: As long as there are few tasks there is time for more of it.
_FEW, _FEW_TIMED, _FEW_FREE = 250, (6.0, 0.06), (0.3, 0.02)
#: A plan to begin with is worth something: it is warmed so much only.
_WARM = 0.01
#: If no more than such a share of the tasks is missing at the start, the search begins around these, as a whole and
#: without idle vans, for such a share of its time.
_LOOSE, _AROUND = 0.1, 0.8
#: How often a disturbed plan is filled anew, in another order each time.
_TRIES = 6
#: If that leaves out what had a place in one of them, rounds look for room, for so many seconds.
_ROOM_S = 0.015
#: How long compiled code runs before it looks up, and rounds it begins with.
_LOOK_S, _FIRST_ROUNDS = 0.02, 50
#: Everyone goes on from the best state so many times in a search; more often where there are many tasks.
_MEETINGS, _MEETINGS_MANY = 5, 10
#: A region is searched so long, in a short search for such a share of it. Problems with fewer tasks, or fewer
#: routes for each, are searched as a whole; up to so many more where routes are short and bound by times, but by
#: nothing that has to be walked.
_REGION_S, _REGION_SHARE, _REGION_TASKS, _REGION_ROUTES = 1.0, 0.03, 500, 8
_REGION_TASKS_TIMED = 1500
#: Where routes are long, and there is no plan to begin with, each makes so many plans in such a share of the time
#: each, and then children, in such a share each, from such a share of the heat on.
_ELITE_PLANS, _ELITE_SHARE, _CHILD_SHARE, _CHILD_HEAT = 4, 0.05, 0.025, 0.1
#: Rounds at a look where they are counted, not timed.
_COUNTED = 200
#: How long looking for last gaps may take, also if somebody waits, and how many tasks are looked at in one go.
_LAST_S, _LAST_HURRIED_S, _LAST = 0.1, 0.02, 20


class Cooling(NamedTuple):
    """Temperatures, in parts of a cent, from one share of a search to another."""

    hot: float
    cold: float
    begin: float
    end: float

    def at(self, share: float) -> float:
        return self.hot * (self.cold / self.hot) ** ((share - self.begin) / (self.end - self.begin))


class Crew:
    def __init__(self, problem: Problem, over: Callable[[], bool]) -> None:
        self._problem = problem
        self.ground = ground(problem, over)
        self._size = 1 if problem.rounds else max(1, problem.workers)
        self._stands = [stand(problem, self.ground, problem.seed)]
        self._tasks, self._vans = len(problem.tasks), len(problem.vehicles)
        here = self._stands[0].here
        self._warm = int(here[H_MISSING]) * 2 < self._tasks
        self._loose = self._stands[0].missing[: self._stands[0].here[H_MISSING]].copy()
        self._closed = self._loose[:0]
        #: All that may move, while rounds begin only around what came loose.
        self._around: Ints | None = None
        #: A large problem of which it ended before anybody knew who is near whom: every stop would get a van alone.
        self._blind = False
        self._news: State | None = None
        self._regions = Regions(self.ground, self._stands[0], self._size)
        snapshot(self._stands[0])
        self.best = self._state(self._stands[0])

    @property
    def begins(self) -> bool:
        """Whether there is a plan already: something is planned, or nothing can be."""
        s = self._stands[0]
        return bool(s.routes[:, COUNT].any() or not s.here[H_MISSING])

    # -- the first plan

    def fill(self, clock: Clock, better: Callable[[], None]) -> None:
        """Put in what is missing, the important ones first. If that takes long, `better` hears of the plan before.

        Of a disturbed plan the search goes on without the vans that are idle, as far as it gets.
        """
        if self._tasks + self._vans > ALL:
            self.ground = with_neighbours(self.ground, clock.over, self._size)
            if clock.over():
                self._blind = True
                return
        g, s = self.ground, self._stands[0]
        if s.here[H_MISSING] > BATCH and self.begins:
            better()
        if not self._disturbed():
            fill_in(g, s, clock.over)
            self._settle(s)
            return
        before = keep(s)
        left = fill_in_best(g, s, clock.over, _TRIES)
        self._settle(s)
        better()
        if len(left):
            self._make_room(s, left, clock)
        before.bring_back(s)
        self._closed = np.flatnonzero((s.routes[:, COUNT] == 0) & (g.vans[:, V_HEAD] == 0))
        s.routes[self._closed, OWNER] = NOBODY
        fill_in_best(g, s, clock.over, _TRIES)

    def _make_room(self, s: Stand, tasks: Ints, clock: Clock) -> None:
        """Change the plan around tasks that had a place in another one, until less is left out or time is over."""
        if self.ground.near.shape[1] == 1:
            self.ground = with_neighbours(self.ground, clock.over, self._size)
        movable = self._begin_around(tasks)
        end, heat, lost = monotonic() + _ROOM_S, self._scale()[0], self.best.lost
        while self.best.lost == lost and monotonic() < end and not clock.over():
            rounds(self.ground, s, _FIRST_ROUNDS, heat, self._average(), _CUTS, _LONGEST, 0)
            if (state := self._state(s)).worth < self.best.worth:
                self.best = state
        self._begin_anywhere(movable)

    def _disturbed(self) -> bool:
        """Whether it is a plan of which only a few tasks have come loose."""
        return self._warm and 0 < len(self._loose) <= _LOOSE * self._tasks

    def _settle(self, s: Stand) -> None:
        state = self._state(s, links=s.nodes[:, NEXT].copy())
        if state.worth < self.best.worth:
            self.best = state
            snapshot(s)

    # -- the search

    def run(self, clock: Clock, better: Callable[[], None]) -> None:
        """Search until the clock is over; `better` whenever `best` has become better, and often besides."""
        if not self._stands[0].here[H_FREE] or not self._vans:
            return
        if self.ground.near.shape[1] == 1:
            self.ground = with_neighbours(self.ground, clock.over, self._size)
        self._cooling = Cooling(*self._scale(), 0.0, 1.0)
        self._around = self._begin_around(self._loose) if self._disturbed() else None
        with ThreadPoolExecutor(self._size, thread_name_prefix="search") as pool:
            while not clock.over():
                if self._around is not None and clock.share >= _AROUND:
                    self._begin_anywhere(self._around)
                    self._open()
                    self._around = None
                if self._by_region():
                    self._in_regions(pool, clock, better)
                elif self._has_elite():
                    self._breed(pool, clock, better)
                else:
                    self._together(pool, clock, better)
        better()

    def _begin_around(self, tasks: Ints) -> Ints:
        """Let rounds begin only at some tasks, which were missing. All that may move."""
        s = self._stands[0]
        movable = s.free[: s.here[H_FREE]].copy()
        loose = np.intersect1d(movable, tasks)
        if len(loose):
            s.free[: len(loose)], s.here[H_FREE] = loose, len(loose)
        return movable

    def _begin_anywhere(self, movable: Ints) -> None:
        for s in self._stands:
            s.free[: len(movable)], s.here[H_FREE] = movable, len(movable)

    def _open(self) -> None:
        """Vans that were kept out may drive."""
        for s in self._stands:
            s.routes[self._closed, OWNER] = 0
        self._closed = self._closed[:0]

    def _by_region(self) -> bool:
        flags = self.ground.flags
        timed = flags[TIMED] and not flags[RICH] and self._average() < _LONG
        if (
            self._size == 1
            or self._around is not None
            or self._tasks < (_REGION_TASKS_TIMED if timed else _REGION_TASKS)
        ):
            return False
        return int((self._stands[0].routes[:, COUNT] > 0).sum()) >= self._size * _REGION_ROUTES

    def _has_elite(self) -> bool:
        return not self._warm and not self.ground.flags[RICH] and self._average() >= _LONG

    def _average(self) -> float:
        counts = self._stands[0].routes[:, COUNT]
        used = int((counts > 0).sum())
        return float(counts.sum()) / used if used else 1.0

    def _scale(self) -> tuple[float, float]:
        """Temperatures at the start and at the end, in parts of a cent."""
        g, nodes, n = self.ground, self._stands[0].nodes, self._tasks
        placed = np.flatnonzero(nodes[:n, ROUTE] >= 0)
        if not len(placed):
            return 1.0, 1.0
        vans = g.vans[nodes[placed, ROUTE]]
        before, at = nodes[nodes[placed, PREV], AT], nodes[placed, AT]
        legs = nodes[placed, LEG] * vans[:, V_KM] * METRE + g.fast[before, at] * vans[:, V_HOUR] * SECOND
        mean = float(np.minimum(legs, CENT * 100_000_000).mean())
        if n <= _FEW:
            hot, cold = _FEW_TIMED if g.flags[TIMED] else _FEW_FREE
        elif g.flags[TIMED]:
            hot, cold = _HEAT_TIMED if self._average() >= _LONG else _HEAT_MANY
        else:
            hot, cold = _HEAT_FREE
        return max(1.0, mean * (cold + (hot - cold) * _WARM if self._warm else hot)), max(1.0, mean * cold)

    def _spell(self, s: Stand, clock: Clock, until: float, cooling: Cooling) -> None:
        """One thread's work, in looks of some milliseconds, until the share `until` of the search is over."""
        average = self._average()
        tails = _TAILS if average >= (_LONG_IN_REGIONS if self._by_region() else _LONG) else 0
        cuts = _CUTS_SHORT if average < _SHORT and not self.ground.flags[TIMED] else _CUTS
        seen, count = int(s.here[H_BETTER]), _COUNTED if clock.rounds else _FIRST_ROUNDS
        while not clock.ended and (share := clock.share) < min(1.0, until):
            began = monotonic()
            rounds(self.ground, s, count, cooling.at(share), average, cuts, _LONGEST, tails)
            took = monotonic() - began
            if clock.rounds:
                clock.done += count
            else:
                count = max(1, min(2 * count, int(count * _LOOK_S / max(took, 1e-6))))
            if s.here[H_BETTER] != seen:
                seen = int(s.here[H_BETTER])
                self._tell(self._state(s))

    def _tell(self, state: State) -> None:
        news = self._news
        if news is None or state.worth < news.worth:
            self._news = state

    def _watch(self, work: list[Future[None]], clock: Clock, better: Callable[[], None]) -> None:
        while wait(work, timeout=_LOOK_S).not_done:
            self._hear(better)
            clock.over()
        for one in work:
            one.result()
        self._hear(better)

    def _hear(self, better: Callable[[], None]) -> None:
        news, self._news = self._news, None
        if news is not None and news.worth < self.best.worth:
            self.best = news
        better()

    def _together(self, pool: ThreadPoolExecutor, clock: Clock, better: Callable[[], None]) -> None:
        """Everyone has the whole problem, and begins with the best state."""
        self._staff()
        meetings = _MEETINGS if self._tasks < _REGION_TASKS else _MEETINGS_MANY
        until = (int(clock.share * meetings) + 1) / meetings
        crew = self._stands[: self._size]
        self._watch([pool.submit(self._spell, s, clock, until, self._cooling) for s in crew], clock, better)
        if self._size > 1:
            self._meet()

    def _staff(self) -> None:
        """Everyone stands where the first one does."""
        while len(self._stands) < self._size:
            self._stands.append(stand(self._problem, self.ground, self._problem.seed + 7919 * len(self._stands)))
            self._take_over(self._stands[-1], self._stands[0])

    def _meet(self) -> None:
        """All go on from where the best one stands."""
        stands = sorted(self._stands, key=lambda s: tuple(s.here[H_BEST_3 : H_BEST + 1]))
        for other in stands[1:]:
            self._take_over(other, stands[0])

    def _take_over(self, s: Stand, other: Stand) -> None:
        """`s` goes on from the state of `other`, with its own random numbers."""
        random, stamp = int(s.here[H_RANDOM]), int(s.here[H_STAMP])
        place = int(s.here[H_FRAME])
        s.nodes[:], s.routes[:], s.here[:] = other.nodes, other.routes, other.here
        s.missing[:], s.free[:], s.best[:] = other.missing, other.free, other.best
        s.here[H_RANDOM], s.here[H_STAMP], s.here[H_FRAME] = random, stamp, place

    def _in_regions(self, pool: ThreadPoolExecutor, clock: Clock, better: Callable[[], None]) -> None:
        """Everyone has the routes of a region, for a second."""
        parts = self._regions.share_out(self._closed)
        until = clock.share + min(_REGION_S / max(1e-9, clock.seconds), _REGION_SHARE)
        self._watch([pool.submit(self._spell, s, clock, until, self._cooling) for s in parts], clock, better)
        self._regions.gather(parts, self._closed)
        self._settle(self._stands[0])
        better()

    def _breed(self, pool: ThreadPoolExecutor, clock: Clock, better: Callable[[], None]) -> None:
        """Everyone makes plans from the first one, then children of the best of all, to the end."""
        self._staff()
        elite, first = Elite(), self._stands[0].nodes[:, NEXT].copy()
        crew = self._stands[: self._size]
        self._watch([pool.submit(self._breeder, s, elite, first, clock) for s in crew], clock, better)

    def _breeder(self, s: Stand, elite: Elite, first: Ints, clock: Clock) -> None:
        random = np.random.default_rng(int(s.here[H_RANDOM]) & 0x7FFFFFFF)
        hot, cold = self._cooling.hot, self._cooling.cold
        plans = 0
        while not clock.ended and (share := clock.share) < 1.0:
            parents = elite.parents(random) if plans >= _ELITE_PLANS else None
            if parents is None:
                restore(self.ground, s, first)
                snapshot(s)
                cooling = Cooling(hot, cold, share, share + _ELITE_SHARE)
            else:
                stand_as_child(self.ground, s, *parents, random)
                cooling = Cooling(max(cold, hot * _CHILD_HEAT), cold, share, share + _CHILD_SHARE)
            plans += 1
            self._spell(s, clock, cooling.end, cooling)
            elite.add(self._state(s))

    # -- at the end

    def last_gaps(self, hurried: bool) -> None:
        """No stop is left out that would still fit somewhere as the best plan stands. `hurried`: as far as it goes
        at once."""
        if self._blind:
            return
        s = self._stands[0]
        self._open()
        self._go_to_best(s)
        missing = s.missing[: s.here[H_MISSING]].astype(np.int32)
        end = monotonic() + (_LAST_HURRIED_S if hurried else _LAST_S)
        for first in range(0, len(missing), _LAST):
            if monotonic() < end:
                part = missing[first : first + _LAST]
                fill(self.ground, s, part, len(part))
        self._settle(s)

    def _go_to_best(self, s: Stand) -> None:
        """Make `s` stand where the best state was."""
        restore(self.ground, s, self.best.links)

    def _state(self, s: Stand, links: Ints | None = None) -> State:
        here = s.here
        if links is None:
            a, b, c, d, cost = (int(here[k]) for k in range(H_BEST_3, H_BEST + 1))
            return State((a, b, c, d), cost, s.best.copy())
        a, b, c, d, cost = (int(here[k]) for k in range(H_LOST_3, H_COST + 1))
        return State((a, b, c, d), cost, links)

    def sequences(self) -> Callable[[], Sequences]:
        """The best plan: tasks by van."""
        links, n, s = self.best.links, self._tasks, self._stands[0]
        return lambda: [sequence(s, n, van, links) for van in range(self._vans)]

    @property
    def score(self) -> int:
        """What the best plan costs as the search counts, in cents."""
        return self.best.cost // CENT
