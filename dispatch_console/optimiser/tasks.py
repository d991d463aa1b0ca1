"""The question put to a search, as plain values that a process can hand to another.

Places are rows of the problem's matrix, drivers are indices of `Problem.vehicles`, stops are indices of
`Problem.tasks`. Times are integer seconds of the plan day, money is integer cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.fleet import Costs, DrivingBreaks, ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import Basis, RouteSchedule
from dispatch_console.domain.sizes import Size

#: Later than any time, more than any load; sums of a few of them stay exact in 64 bits.
NEVER = 1 << 40


class Task(NamedTuple):
    """A stop to be planned.

    `drivers`: who may take it, ascending. `rank`: 0 (optional) … 3 (critical). `held`: it may not be left out.
    `still`: nor moved against the other still stops of its route; only new neighbours may come. `away`: cents that
    it costs to give it to anybody but the driver `home`.

    `release_s`, `late_per_min`, `parking_s`, `goods`: as of a stop. `not_before`: nobody gets there sooner.
    `pick`: the task at which its goods come on board; −1: none, −2: one that cannot stand before it, −3: they did
    on the tour that its van is on. `gives`: goods of other tasks come on board there. `prize`: cents for leaving
    it out; 0: as the rank says. `prior`, `eta`: the task before it and when it began in the published plan (−1:
    not in it, −2: it was the first); `moved`, `minute`: cents if another comes before it, and for each minute
    sooner or later.
    """

    stop: StopId
    at: int
    windows: tuple[Window, ...]
    service_s: int
    delivery: Size
    collection: Size
    drivers: tuple[int, ...]
    rank: int = 1
    held: bool = False
    still: bool = False
    home: int = -1
    away: int = 0
    release_s: int = 0
    late_per_min: int = 0
    parking_s: int = 0
    goods: frozenset[str] = frozenset()
    not_before: int = 0
    pick: int = -1
    gives: bool = False
    prize: int = 0
    prior: int = -1
    eta: int = -1
    moved: int = 0
    minute: int = 0


def prize_of(task: Task) -> int:
    """Cents for leaving a task out; 0: it counts by its rank. What is held, or goes with others, has no price."""
    return 0 if task.held or task.gives or task.pick != -1 else task.prize


class Rest(NamedTuple):
    """A break: it lasts `duration` and begins between `first` and `latest`."""

    duration: int
    first: int
    latest: int


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A route to be planned behind its fixed `head`.

    `leave`: when he can leave `start_at` for the first planned stop without having had his break; `rested`: with
    it (`NEVER` if it cannot lie before). Service at the first planned stop begins at `not_before` or later.
    `end_at` −1: open end. `paid_from`: start of paid time; it slides with waiting at the first stop if there is no
    head. `limits`, `head_peak`, `head_load`: most that may be on board, most while the head is driven, and what
    stays on board after it. `costs`: what the search counts with. `start`: the sequence it begins with. `places`:
    task → its index, kept.

    `rested_late`, `rested_s`: seconds later, and driven more, in the head with the break than without. `parked`:
    where he stands behind the head (−1: nowhere). `law`: his breaks are by driving time; then he has `driven` so
    long since the last one, with the first `part` of the next behind him. `tours` that may still begin, the one
    under way counted, at `depot`, with `reload_s` between them; `base`: when this one leaves, `gone`: it has, and
    waits for nothing. `head_goods` are on it. `head_s`, `head_late`, `head_soft`: seconds driven in the head,
    what lateness and the weights cost there. `max_drive_s`, `max_drive_m`: of the whole route. `overtime`: (from
    when, cents an hour).
    """

    shift: ShiftId
    start_at: int
    end_at: int
    leave: int
    paid_from: int
    shift_end: int
    rest: Rest | None = None
    rested: int = NEVER
    not_before: int = 0
    limits: Size = Size(NEVER, NEVER, NEVER)
    head_peak: Size = Size()
    head_load: Size = Size()
    head_m: int = 0
    max_stops: int = NEVER
    costs: Costs = Costs()
    head: tuple[StopId, ...] = ()
    start: tuple[int, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    rested_late: int = 0
    rested_s: int = 0
    parked: int = -1
    law: DrivingBreaks | None = None
    driven: int = 0
    part: bool = False
    tours: int = 1
    depot: int = -1
    reload_s: int = 0
    base: int | None = None
    gone: bool = False
    head_goods: frozenset[str] = frozenset()
    head_s: int = 0
    head_late: int = 0
    head_soft: int = 0
    max_drive_s: int = NEVER
    max_drive_m: int = NEVER
    overtime: tuple[int, int] = (0, 0)


class Held(NamedTuple):
    """What of a route stays in any case, and its schedule: rules it breaks by itself are not the search's fault."""

    route: Route
    schedule: RouteSchedule


@dataclass(frozen=True, slots=True)
class Problem:
    """`basis` holds the stops, shifts and places concerned and nothing else. `held` goes with `vehicles`: what
    results are checked against before they are handed on. `emptied`: routes of absent drivers, which keep their
    heads only. `left_alone`: routes that are not touched because what is held there is impossible by itself.
    `workers`: how many threads may search at the same time. `rounds`: search so many instead of by time, alone: the
    same seed then finds the same plan.
    """

    vehicles: tuple[Vehicle, ...]
    tasks: tuple[Task, ...]
    basis: Basis
    held: tuple[Held, ...]
    emptied: tuple[Route, ...] = ()
    left_alone: tuple[ShiftId, ...] = ()
    seconds: float = 30.0
    seed: int = 1
    workers: int = 2
    rounds: int = 0

    @property
    def durations(self) -> NDArray[np.int32]:
        """Seconds between places, shape (n, n)."""
        return self.basis.travel.durations

    @property
    def distances(self) -> NDArray[np.int32]:
        """Metres between places, shape (n, n)."""
        return self.basis.travel.distances


#: Stops left out by rank, critical first: smaller is better.
Missed = tuple[int, int, int, int]


class Found(NamedTuple):
    """A plan that breaks no rule. `sequences` holds whole routes, heads included; `cost` is theirs, in cents.

    `missed`: stops left out, by rank (critical first). `at`: seconds since the search began. `score`: what the
    search makes small; it is the cost, unless the fleet has none (see `problem.build`).
    """

    sequences: dict[ShiftId, tuple[StopId, ...]]
    unassigned: tuple[StopId, ...]
    missed: Missed
    cost: int
    drive_m: int
    at: float
    score: int = 0

    @property
    def worth(self) -> tuple[Missed, int]:
        """Smaller is better: fewer critical stops left out before all, then high, normal, optional, then cost."""
        return self.missed, self.score

    @property
    def assigned(self) -> int:
        return sum(len(stops) for stops in self.sequences.values())
