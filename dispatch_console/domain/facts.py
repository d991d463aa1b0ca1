"""What has happened. Facts are appended and never undone, only corrected by a later fact: the last word counts.

A fact belongs to a stop (and, where a stop serves several, to one of its orders), to a route as a whole (stop 0),
or to the day (route and stop 0). Drivers phone in what is out of the ordinary, some of them every stop; what nobody
told is presumed, see `timing.calls`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.reasons import Reason

#: Stands for "all of the route" and, as an order, for "all orders of the stop".
NO_STOP, ALL_ORDERS = StopId(0), OrderId(0)


class FactKind(StrEnum):
    """Of a stop, of an order, of a route, of a route's vehicle or driver, of the returned sheet, of the day."""

    ARRIVED = "arrived"
    DELIVERED = "delivered"  # or collected: all that was to do is done
    PARTIAL = "partial"  # `value` pieces done, `items` by line
    FAILED = "failed"
    SKIPPED = "skipped"  # passed by, not tried
    REOPENED = "reopened"  # to do again: customer came back, or a wrong entry

    PIECE_BACK = "piece_back"  # of an order: piece number `value` is back in the depot; -value: it is not after all
    CASH_TAKEN = "cash_taken"  # of an order: `value` cents
    CALLED = "called"  # somebody was phoned; `note` is what was said

    OUT = "out"  # left the depot; `items`: the stops that the driver had then, in their order
    BACK = "back"
    DEBRIEFED = "debriefed"
    CLOSED = "closed"
    IN_DEPOT = "in_depot"  # not out after all

    BROKEN_DOWN = "broken_down"
    REPAIRED = "repaired"
    SICK = "sick"
    WELL = "well"
    DELAYED = "delayed"  # will not be at the next stop before `value` (seconds of the plan day)

    ODOMETER_OUT = "odometer_out"  # `value` km
    ODOMETER_IN = "odometer_in"  # `value` km
    FUEL = "fuel"  # `value` centilitres
    DEFECT = "defect"
    NIL_DEFECT = "nil_defect"
    CASH_COUNTED = "cash_counted"  # `value` cents; `note` explains a difference

    DAY_CLOSED = "day_closed"
    DAY_REOPENED = "day_reopened"


#: The kinds after which the driver has left the stop.
ENDED = frozenset({FactKind.DELIVERED, FactKind.PARTIAL, FactKind.FAILED, FactKind.SKIPPED})
#: The states of a route, in their order.
ROUTE_STATES = (FactKind.IN_DEPOT, FactKind.OUT, FactKind.BACK, FactKind.DEBRIEFED, FactKind.CLOSED)


@dataclass(frozen=True, slots=True)
class Fact:
    """At `at` (elapsed seconds of the plan day) this happened at `stop` on route `route`.

    `value` is in the unit that the kind says. `recorded` (seconds of the plan day) and `who` tell when it became
    known and by whom; `id` is 0 until the store has given one.
    """

    stop: StopId
    route: ShiftId
    kind: FactKind
    at: int
    note: str = ""
    id: int = 0
    reason: Reason | None = None
    order: OrderId = ALL_ORDERS
    value: int = 0
    items: tuple[int, ...] = ()
    place: Place | None = None
    recorded: int = 0
    who: str = ""


class Delay(NamedTuple):
    """At `told` a driver first said that he will be late at his next stop: by his last word not before `until`
    (seconds of the plan day)."""

    told: int
    until: int


@dataclass(frozen=True)
class Facts:
    """All facts of a day in the order in which they were recorded."""

    entries: tuple[Fact, ...] = field(default=())

    @cached_property
    def seen(self) -> dict[StopId, int]:
        """Stop → when the driver arrived, where somebody told of the arrival itself; the last word counts."""
        times: dict[StopId, int] = {}
        for fact in self.entries:
            if fact.kind is FactKind.ARRIVED:
                times[fact.stop] = fact.at
            elif fact.kind is FactKind.REOPENED:
                times.pop(fact.stop, None)
        return times

    @cached_property
    def arrived(self) -> dict[StopId, int]:
        """Stop → by when the driver had arrived; the last word counts. What ended without an arrival told of counts
        from its end on; when he came is reckoned by `timing.calls`."""
        times = dict(self.seen)
        for stop, at in self.ended.items():
            times[stop] = min(times.get(stop, at), at)
        return times

    @cached_property
    def outcomes(self) -> dict[tuple[StopId, OrderId], Fact]:
        """(stop, order or ALL_ORDERS) → how it ended. A word on the whole stop replaces those on its orders."""
        found: dict[tuple[StopId, OrderId], Fact] = {}
        parts: dict[StopId, list[OrderId]] = {}
        for fact in self.entries:
            if fact.kind not in ENDED and fact.kind is not FactKind.REOPENED:
                continue
            if fact.order == ALL_ORDERS:
                for order in parts.pop(fact.stop, ()):
                    found.pop((fact.stop, order), None)
            elif fact.order not in parts.get(fact.stop, ()):
                parts.setdefault(fact.stop, []).append(fact.order)
            if fact.kind is FactKind.REOPENED:
                found.pop((fact.stop, fact.order), None)
            else:
                found[fact.stop, fact.order] = fact
        return found

    @cached_property
    def _by_stop(self) -> dict[StopId, Fact]:
        """Stop → the last of its outcomes in force."""
        last: dict[StopId, Fact] = {}
        for (stop, _), fact in self.outcomes.items():
            known = last.get(stop)
            if known is None or (known.at, known.id) <= (fact.at, fact.id):
                last[stop] = fact
        return last

    def outcome(self, stop: StopId, order: OrderId = ALL_ORDERS) -> Fact | None:
        """How an order of a stop ended (ALL_ORDERS: the stop); None: it has not."""
        if order == ALL_ORDERS:
            return self._by_stop.get(stop)
        return self.outcomes.get((stop, order)) or self.outcomes.get((stop, ALL_ORDERS))

    @cached_property
    def ended(self) -> dict[StopId, int]:
        """Stop → when it was delivered, failed or passed by; the last word counts."""
        return {stop: fact.at for stop, fact in self._by_stop.items()}

    @cached_property
    def failed(self) -> frozenset[StopId]:
        """Stops that ended without being done: goods to deliver are still on board, goods to collect are not."""
        undone = (FactKind.FAILED, FactKind.SKIPPED)
        return frozenset(stop for stop, fact in self._by_stop.items() if fact.kind in undone)

    @cached_property
    def _told_last(self) -> dict[StopId, Fact]:
        """Stop → the last word on it: arrived, over, or to do again."""
        return {
            fact.stop: fact
            for fact in self.entries
            if fact.kind in ENDED or fact.kind in (FactKind.ARRIVED, FactKind.REOPENED)
        }

    @cached_property
    def reopened(self) -> frozenset[StopId]:
        """Stops whose last word is that they are to do again."""
        return frozenset(s for s, fact in self._told_last.items() if fact.kind is FactKind.REOPENED)

    @cached_property
    def again(self) -> dict[StopId, int]:
        """Stop that the driver was at, or passed, and that is to do again → since when."""
        reopened = {stop: self._told_last[stop] for stop in self.reopened}
        return {s: fact.at for s, fact in reopened.items() if fact.reason is not Reason.WRONG_ENTRY}

    @cached_property
    def attempts(self) -> dict[StopId, int]:
        """Stop → how often it failed at the door; corrected entries do not count."""
        counted: dict[StopId, int] = {}
        failing: set[StopId] = set()
        for fact in self.entries:
            if fact.kind is FactKind.FAILED and fact.stop not in failing:
                failing.add(fact.stop)
                counted[fact.stop] = counted.get(fact.stop, 0) + 1
            elif fact.kind is FactKind.REOPENED and fact.reason is not Reason.WRONG_ENTRY:
                failing.discard(fact.stop)
            elif fact.stop in failing and (
                fact.kind in ENDED - {FactKind.FAILED} or fact.kind is FactKind.REOPENED
            ):
                failing.discard(fact.stop)
                counted[fact.stop] -= 1
        return {stop: n for stop, n in counted.items() if n}

    @cached_property
    def last(self) -> dict[tuple[ShiftId, FactKind], Fact]:
        """(route, kind) → the last fact of that kind on the route as a whole."""
        return {(fact.route, fact.kind): fact for fact in self.entries if fact.stop == NO_STOP}

    @cached_property
    def states(self) -> dict[ShiftId, Fact]:
        """Route → the fact that says where it is now: out, back, debriefed, closed."""
        return {f.route: f for f in self.entries if f.stop == NO_STOP and f.kind in ROUTE_STATES}

    def state(self, route: ShiftId) -> FactKind:
        fact = self.states.get(route)
        return fact.kind if fact is not None else FactKind.IN_DEPOT

    def left_at(self, route: ShiftId) -> int | None:
        """When the van left the depot; None: nobody said so."""
        if self.state(route) is FactKind.IN_DEPOT:
            return None
        fact = self.last.get((route, FactKind.OUT))
        return fact.at if fact is not None else None

    @cached_property
    def down(self) -> dict[ShiftId, Fact]:
        """Route → the fact that its vehicle has broken down, as long as it is not repaired."""
        return self._lasting(FactKind.BROKEN_DOWN, FactKind.REPAIRED)

    @cached_property
    def sick(self) -> dict[ShiftId, Fact]:
        """Route → the fact that its driver cannot go on, as long as he is not well again."""
        return self._lasting(FactKind.SICK, FactKind.WELL)

    @property
    def day_closed(self) -> Fact | None:
        """The fact that the whole day is closed, unless it was opened again."""
        return self._lasting(FactKind.DAY_CLOSED, FactKind.DAY_REOPENED).get(ShiftId(0))

    def stuck(self, route: ShiftId) -> bool:
        """Whether nothing of a route can be driven: the van is down or the driver sick."""
        return route in self.down or route in self.sick

    @cached_property
    def stood(self) -> dict[ShiftId, tuple[tuple[int, int], ...]]:
        """Route → the times (from, until) in which its van was down or its driver sick, those that are over; in
        order, none in another one."""
        ends = {FactKind.REPAIRED: FactKind.BROKEN_DOWN, FactKind.WELL: FactKind.SICK}
        since: dict[tuple[ShiftId, FactKind], int] = {}
        found: dict[ShiftId, list[tuple[int, int]]] = {}
        for fact in self.entries:
            if fact.kind in (FactKind.BROKEN_DOWN, FactKind.SICK):
                since[fact.route, fact.kind] = fact.at
            elif fact.kind in ends:
                begin = since.pop((fact.route, ends[fact.kind]), fact.at)
                if begin < fact.at:
                    found.setdefault(fact.route, []).append((begin, fact.at))
        return {route: joined(times) for route, times in found.items()}

    @cached_property
    def held(self) -> dict[ShiftId, tuple[Delay, ...]]:
        """Route → what its driver said about being late, of each next stop the last word; forgotten when he is
        heard of again."""
        found: dict[ShiftId, list[Delay]] = {}
        for fact in self.entries:
            if fact.kind is FactKind.DELAYED:
                known = found.get(fact.route, [])
                before = [delay for delay in known if delay.until <= fact.at]
                told = min((delay.told for delay in known[len(before) :]), default=fact.at)
                found[fact.route] = [*before, Delay(told, fact.value)]
            elif fact.kind is FactKind.ARRIVED or fact.kind in ENDED:
                found.pop(fact.route, None)
        return {route: tuple(delays) for route, delays in found.items()}

    @cached_property
    def delays(self) -> dict[ShiftId, int]:
        """Route → the next stop that its driver spoke of is not reached before this."""
        return {route: delays[-1].until for route, delays in self.held.items()}

    @cached_property
    def hears(self) -> dict[ShiftId, dict[StopId, int]]:
        """Route → stop → since when its driver knows of it, besides his papers: he left with it, or was phoned."""
        found: dict[ShiftId, dict[StopId, int]] = {}
        calls: dict[ShiftId, list[Fact]] = {}
        for fact in self.entries:
            if fact.stop != NO_STOP:
                continue
            if fact.kind is FactKind.CALLED and fact.reason is Reason.WRONG_ENTRY:
                del calls.get(fact.route, [])[-1:]
            elif fact.kind in (FactKind.CALLED, FactKind.OUT):
                calls.setdefault(fact.route, []).append(fact)
        for route, told in calls.items():
            for fact in reversed(told):
                found.setdefault(route, {}).update(dict.fromkeys(map(StopId, fact.items), fact.at))
        return found

    @cached_property
    def by_stop(self) -> dict[StopId, tuple[Fact, ...]]:
        """Stop → all that was said of it, in the order in which it was said."""
        found: dict[StopId, list[Fact]] = {}
        for fact in self.entries:
            if fact.stop != NO_STOP:
                found.setdefault(fact.stop, []).append(fact)
        return {stop: tuple(facts) for stop, facts in found.items()}

    def add(self, more: Iterable[Fact]) -> Facts:
        return Facts((*self.entries, *more))

    def _lasting(self, begins: FactKind, ends: FactKind) -> dict[ShiftId, Fact]:
        found: dict[ShiftId, Fact] = {}
        for fact in self.entries:
            if fact.kind is begins:
                found[fact.route] = fact
            elif fact.kind is ends:
                found.pop(fact.route, None)
        return found


def joined(times: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Times (from, until) in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(times):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((begin, end))
    return tuple(found)
