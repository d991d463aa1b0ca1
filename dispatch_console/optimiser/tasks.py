"""The question put to a search, as plain values that a process can hand to another.

Places are rows of the problem's matrix, drivers are indices of `Problem.vehicles`, stops are indices of
`Problem.tasks`. Times are integer seconds of the plan day, money is integer cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.fleet import Costs, ShiftId
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


class Held(NamedTuple):
    """What of a route stays in any case, and its schedule: rules it breaks by itself are not the search's fault."""

    route: Route
    schedule: RouteSchedule


@dataclass(frozen=True, slots=True)
class Problem:
    """`basis` holds the stops, shifts and places concerned and nothing else. `held` goes with `vehicles`: what
    results are checked against before they are handed on. `emptied`: routes of absent drivers, which keep their
    heads only. `left_alone`: routes that are not touched because what is held there is impossible by itself.
    `workers`: how many processes may search at the same time.
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
