"""Plays a day: the next thing that happens, be it on the road or at the dispatcher's desk, one at a time.

Drivers tell of every stop. When they get there follows from the plan as it is at that moment, so whatever the
dispatcher changes meanwhile is driven; a few minutes more or less come from the stop's number, the same every time.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from dispatch_console.domain import timing
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import OrderKind, StopId
from dispatch_console.domain.reasons import WORDS, Reason
from dispatch_console.domain.schedule import Visit
from dispatch_console.services import proposals, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said

WHO = "Demo"


class Counter(Protocol):
    """Who gives out ids: the store."""

    def new_ids(self, kind: str, n: int) -> Sequence[int]: ...


class Outcome(NamedTuple):
    """How a stop ends that does not go as planned. `pieces`: of a partial one, how many are handed over."""

    kind: FactKind
    reason: Reason
    pieces: int = 0


class Moment(NamedTuple):
    """Something that happened at `at` (elapsed seconds of the plan day), in one sentence; empty: as planned."""

    at: int
    says: str


#: What is done at a moment of the script: at which time, what the narrator says, and the deed itself.
Scene = tuple[int, str, Callable[["Player"], object]]


class Player:
    """`scenes`: the script. `outcomes`: by order number, what does not go as planned at the door. `on_back` is told
    of every van that comes back.

    `at` is the time of the last thing that happened; `next_at` of the one to come, None at the end of the script.
    """

    def __init__(
        self,
        session: DaySession,
        counter: Counter,
        scenes: Sequence[Scene],
        outcomes: dict[str, Outcome],
        on_back: Callable[[Player, ShiftId], object] | None = None,
        usual: Usuals | None = None,
    ) -> None:
        self.session, self.counter = session, counter
        self.usual = usual or Usuals()
        self.at = 0
        self._outcomes = outcomes
        self._due: dict[tuple[ShiftId, StopId], int] = {}
        self._on_back = on_back
        self._scenes: list[tuple[int, int, str, Callable[[Player], object]]] = []
        self._count = 0
        for at, says, do in scenes:
            self.plan(at, says, do)

    @property
    def day(self) -> Day:
        return self.session.day

    @property
    def said(self) -> Said:
        return Said(WHO, self.at)

    @property
    def next_at(self) -> int | None:
        if not self._scenes:
            return None
        road = self._next_on_road()
        return self._scenes[0][0] if road is None else min(road[0], self._scenes[0][0])

    def plan(self, at: int, says: str, do: Callable[[Player], object]) -> None:
        """One more scene, for a moment that is still to come."""
        self._count += 1
        heapq.heappush(self._scenes, (at, self._count, says, do))

    def step(self) -> Moment | None:
        """Let the next thing happen; None: the day is over."""
        if not self._scenes:
            return None
        road = self._next_on_road()
        if road is not None and road[0] < self._scenes[0][0]:
            self._go_to(road[0])
            return Moment(self.at, road[1]())
        at, _, says, do = heapq.heappop(self._scenes)
        self._go_to(at)
        do(self)
        return Moment(self.at, says)

    def play(self, tell: Callable[[Moment], object] = lambda _: None) -> None:
        """Everything, as fast as it can."""
        while (moment := self.step()) is not None:
            tell(moment)

    def route(self, driver: str) -> ShiftId:
        return next(id for id, shift in self.day.shifts.items() if shift.driver.name == driver)

    def stop(self, reference: str) -> StopId:
        return next(order.stop for order in self.day.orders.values() if order.reference == reference)

    def _go_to(self, at: int) -> None:
        self.at = max(self.at, at)
        if self.at // 60 > self.day.now // 60:
            self.session.tick(self.at)

    # -- on the road ---------------------------------------------------------------------------------

    def _next_on_road(self) -> tuple[int, Callable[[], str]] | None:
        """(when, what) of the first thing that any driver does."""
        found = [one for id in self.day.shifts if (one := self._of_driver(id)) is not None]
        return min(found, key=lambda one: one[0], default=None)

    def _of_driver(self, id: ShiftId) -> tuple[int, Callable[[], str]] | None:
        day = self.day
        timed = day.schedules[id]
        if not timed.visits or day.baseline is None or day.facts.stuck(id):
            return None
        state = day.facts.state(id)
        if state is FactKind.IN_DEPOT:
            return max(timed.start, self.at), lambda: self._route(id, FactKind.OUT)
        if state is not FactKind.OUT:
            return None
        visit = next((v for v in timed.visits if not v.done), None)
        if visit is None:
            return max(timed.end, self.at), lambda: self._route(id, FactKind.BACK)
        if visit.stop not in day.facts.arrived:
            # Settled when he sets off: the forecast is never behind the clock, so it would run away from him.
            due = self._due.setdefault((id, visit.stop), visit.arrive + _jitter(visit.stop))
            return max(due, day.facts.delays.get(id, 0), self.at), lambda: self._arrives(visit)
        stop = day.stops[visit.stop]
        begin, _ = timing.begin(stop.windows, day.facts.arrived[visit.stop])
        return max(begin + stop.service_s, self.at), lambda: self._ends(id, visit)

    def _route(self, id: ShiftId, kind: FactKind) -> str:
        statuses.on_route(self.session, id, kind, self.said)
        if kind is FactKind.BACK and self._on_back is not None:
            self._on_back(self, id)
        return f"{self.day.shifts[id].driver.name} {'leaves' if kind is FactKind.OUT else 'is back'}."

    def _arrives(self, visit: Visit) -> str:
        statuses.status(self.session, visit.stop, FactKind.ARRIVED, self.said)
        return ""

    def _ends(self, id: ShiftId, visit: Visit) -> str:
        order = self.day.stops[visit.stop].order
        outcome = self._outcomes.pop(order.reference, None)
        if outcome is None or order.kind is OrderKind.HANDOVER:
            statuses.status(self.session, visit.stop, FactKind.DELIVERED, self.said)
            return ""
        kind, reason, pieces = outcome
        statuses.status(self.session, visit.stop, kind, self.said, reason=reason, pieces=pieces)
        proposal = proposals.propose(self.day, visit.stop, kind, reason, usual=self.usual)
        proposals.accept(self.session, proposal, said=self.said)
        driver = self.day.shifts[id].driver.name
        what = f"{driver} phones: {order.reference} {order.recipient}, {kind.value}, {WORDS[reason]}."
        return f"{what} {proposal.sentence}".strip()


def _jitter(stop: StopId) -> int:
    """Drivers are 3 min early to 5 min late: seconds."""
    return (stop * 7 % 9 - 3) * 60
