"""What the store gives and takes besides domain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dispatch_console.domain.baseline import Baseline
from dispatch_console.domain.day import Approval, DayState
from dispatch_console.domain.facts import Fact, Facts
from dispatch_console.domain.fleet import Depot, DepotId, Driver, Shift, ShiftId, ShiftPattern, Vehicle
from dispatch_console.domain.orders import ImportId, Order, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Plan, PlanChange, Route, Swap
from dispatch_console.domain.road_changes import RoadChange
from dispatch_console.domain.weights import Policy


@dataclass(frozen=True, slots=True)
class DayRecord:
    """A depot's day as the store has it: everything but travel times. A day never saved has revision 0.

    `seen` is the newest command of the store when it was read.
    """

    depot: Depot
    date: dt.date
    orders: tuple[Order, ...] = ()
    shifts: tuple[Shift, ...] = ()
    plan: Plan = field(default_factory=Plan)
    facts: Facts = field(default_factory=Facts)
    revision: int = 0
    approval: Approval = field(default_factory=Approval)
    baseline: Baseline | None = None
    policy: Policy = Policy()
    road_changes: tuple[RoadChange, ...] = ()
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval writes: the day's state, what was printed since, and the plan as it is frozen by it.

    `stops` are those of the printed routes. `frozen`: see `baseline.baseline`; it counts where the day was a draft.
    """

    approval: Approval
    stops: Mapping[ShiftId, tuple[StopId, ...]]
    frozen: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class DayCount:
    """One line of the list of days."""

    date: dt.date
    orders: int
    state: DayState
    revision: int


@dataclass(frozen=True, slots=True)
class Found:
    """An order that a search found, and the day it stands in; `identity` is the same on all its days."""

    order: OrderId
    reference: str
    recipient: str
    address: str
    phone: str
    date: dt.date
    identity: OrderId = OrderId(0)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Who and what can drive: drivers and vehicles in use, and the weekdays' patterns, each by id."""

    drivers: tuple[Driver, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    patterns: tuple[ShiftPattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A row of a file that did not become an order, as it was. `row` counts from 1."""

    row: int
    column: str
    problem: str
    reason: str
    text: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import as it is remembered: which file, read how, with what result."""

    id: ImportId
    file: str
    fingerprint: str
    mapping: Mapping[str, Any]
    counts: Mapping[str, int]
    at: dt.datetime
    who: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class ImportPart:
    """What belongs to an import besides the orders it changes: its record, and its bad rows (kept for good, also
    when it is undone).
    """

    record: ImportRecord
    rejects: tuple[Reject, ...] = ()

    def inverse(self) -> ImportPart:
        return replace(self, record=replace(self.record, undone=not self.record.undone))


@dataclass(frozen=True, slots=True)
class OtherDay:
    """Orders of a day that is not open, before and after. New ones wait in its pool; what goes leaves its plan.

    `kept`: only if they are there as they were before, and what goes was neither planned nor visited since.
    """

    date: dt.date
    orders: tuple[Swap[Order], ...]
    kept: bool = False

    def inverse(self) -> OtherDay:
        return replace(self, orders=tuple(swap.inverse() for swap in self.orders))


#: One thing of the fleet before and after, or what the depot plans by; ids are given already (`new_ids`).
FleetSwap = Swap[Driver] | Swap[Vehicle] | Swap[ShiftPattern] | Swap[Policy]


class Mark(NamedTuple):
    """What is kept of an incident: since when it is known, whose it is, until when it is put off (aware instants).

    `by`: what a forecast was off by when it was first seen, in seconds.
    """

    since: dt.datetime
    owner: str = ""
    snoozed_until: dt.datetime | None = None
    by: int = 0


class PinSwap(NamedTuple):
    """The address book's place of a normalised address before and after; None: it has none."""

    address: str
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class WideChange(PlanChange):
    """A change that reaches beyond the open day: written with it, undone and redone with it.

    `fleet` stands alone: drivers, vehicles, patterns and what is planned by are the depot's, so such a change
    leaves the day's revision as it is and can be undone from any day of the depot.
    """

    imported: ImportPart | None = None
    pins: tuple[PinSwap, ...] = ()
    fleet: tuple[FleetSwap, ...] = ()
    elsewhere: tuple[OtherDay, ...] = ()

    def __post_init__(self) -> None:
        plan = self.routes or self.orders or self.shifts or self.roads
        on_day = plan or self.imported or self.pins or self.elsewhere
        assert not (self.fleet and on_day), "a change of the fleet stands alone"

    @property
    def on_day(self) -> bool:
        return not self.fleet

    @property
    def for_good(self) -> bool:
        return bool(self.roads or self.imported or self.pins or self.fleet or self.elsewhere)

    @property
    def policy(self) -> Swap[Policy] | None:
        for before, after in self.fleet:
            if isinstance(before, Policy) and isinstance(after, Policy):
                return Swap(before, after)
        return None

    def inverse(self) -> WideChange:
        back = PlanChange.inverse(self)
        return WideChange(
            back.label,
            back.routes,
            back.orders,
            back.shifts,
            back.roads,
            self.imported.inverse() if self.imported else None,
            tuple(PinSwap(pin.address, pin.after, pin.before) for pin in self.pins),
            tuple(swap.inverse() for swap in reversed(self.fleet)),  # a pattern goes before its driver does
            tuple(other.inverse() for other in self.elsewhere),
        )

    def __bool__(self) -> bool:
        beyond = self.imported is not None or bool(self.pins) or any(s.before != s.after for s in self.fleet)
        beyond = beyond or any(other.orders for other in self.elsewhere)
        return beyond or PlanChange.__bool__(self)


#: A stop and its arrival, in seconds of the plan day.
Eta = tuple[StopId, int]


class Times(NamedTuple):
    """The arrivals on the routes that a change touches, in driving order, before and after it: for the audit."""

    before: Mapping[ShiftId, Sequence[Eta]]
    after: Mapping[ShiftId, Sequence[Eta]]


NO_TIMES = Times({}, {})


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what; `before` and `after` name ids and values, never a customer. `at`: when it was given, by the
    console's clock; `recorded`: when it was written, by the database's.
    """

    at: dt.datetime
    who: str
    what: str
    revision: int | None
    before: Sequence[Any]
    after: Sequence[Any]
    recorded: dt.datetime | None = None


def in_words(facts: Sequence[Fact]) -> str:
    """What the audit calls facts that were told together."""
    return f"{len(facts)} facts" if len(facts) != 1 else f"Stop {facts[0].stop} {facts[0].kind.value}"


@dataclass(frozen=True, slots=True)
class Done:
    """A command of another console: who gave it and when, and the (`route`, `order` or `shift`, id) it touched."""

    at: dt.datetime
    who: str
    what: str
    touched: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class News:
    """What others have done to a day after a command that was seen, up to the command `upto`.

    Where they touched it, the day as it is now: all `routes` and `shifts`, those of the `orders` that were touched
    (None: gone), all `facts`, the approval with its baseline, the `roads`. None: as it was. `fleet`: drivers,
    vehicles or patterns were changed; `marks`: incidents were; `whole`: the day must be loaded anew.
    """

    upto: int
    done: tuple[Done, ...] = ()
    revision: int = 0
    routes: Mapping[ShiftId, Route] | None = None
    shifts: tuple[Shift, ...] | None = None
    orders: Mapping[OrderId, Order | None] = field(default_factory=dict[OrderId, "Order | None"])
    facts: Facts | None = None
    approval: Approval | None = None
    baseline: Baseline | None = None
    roads: tuple[RoadChange, ...] | None = None
    fleet: bool = False
    marks: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another console at work: who sits there, which day it shows, the route in hand (0: none), since when."""

    console: str
    who: str
    depot: DepotId
    date: dt.date
    route: ShiftId
    since: dt.datetime
