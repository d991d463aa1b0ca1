"""Makes changes durable in the order in which they are made, without anybody waiting."""

from __future__ import annotations

import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.facts import Fact
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import PlanChange
from dispatch_console.store.base import new_command
from dispatch_console.store.baseline import approved
from dispatch_console.store.store import Store
from dispatch_console.store.values import Eta, Times

log = logging.getLogger(__name__)

_OURS = "The last change could not be saved because of a fault in the program. See the log, then reload the day."


class SaveState(NamedTuple):
    """`pending` changes are not durable yet; `saved_at` (aware) is when the last one became so.

    `trouble` says why the oldest pending one could not be saved. Nothing is lost while the program runs: it is
    tried again with the next change or by `retry`. If it is a StaleChange, the day must be reloaded.
    """

    pending: int = 0
    saved_at: dt.datetime | None = None
    trouble: UserError | None = None


class _Job(NamedTuple):
    """What to write. The command id stays the same when it is tried again, so that it happens once."""

    write: Callable[[str], object]
    command_id: str


class StoreSaver:
    """The `Saver` of a session that shows days of `store`.

    `report` hears of every change of state, on whichever thread it happens (the caller's or the database's).
    """

    def __init__(
        self,
        store: Store,
        who: str,
        report: Callable[[SaveState], None] = lambda _: None,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._store = store
        self._who = who
        self._report = report
        self._clock = clock
        self._queue: deque[_Job] = deque()
        self._lock = Lock()
        self._state = SaveState()

    @property
    def state(self) -> SaveState:
        return self._state

    def change(self, change: PlanChange, before: Day, after: Day) -> None:
        """Queue a change that led from `before` to `after`."""
        depot, date, revision, at = after.depot.id, after.date, after.revision - change.on_day, self._clock()
        times = Times(_etas(change, before), _etas(change, after))
        self._add(lambda id: self._store.save_change(change, depot, date, revision, self._who, id, at, times))

    def approval(self, after: Day) -> None:
        """Queue the state and the printed sheets of `after`."""
        what, depot, date, at = approved(after), after.depot.id, after.date, self._clock()
        self._add(lambda id: self._store.save_approval(what, depot, date, after.revision - 1, self._who, id, at))

    def facts(self, facts: Sequence[Fact], change: PlanChange | None, after: Day) -> None:
        """Queue facts, with the change of the plan that belongs to them."""
        depot, date, at, told = after.depot.id, after.date, self._clock(), tuple(facts)
        self._add(lambda id: self._store.add_facts(depot, date, told, self._who, id, change, at))

    def retry(self) -> Future[None]:
        """Try what is pending now."""
        return self._store.submit(self._work)

    def flush(self, timeout_s: float | None = None) -> None:
        """Wait until all is durable. Raises the UserError that is in the way."""
        self.retry().result(timeout_s)
        if self._state.trouble is not None:
            raise self._state.trouble

    def discard(self) -> int:
        """Forget what is pending, because the day is loaded anew; how many changes that were."""
        with self._lock:
            lost = len(self._queue)
            self._queue.clear()
            self._state = self._state._replace(pending=0, trouble=None)
        self._report(self._state)
        return lost

    def _add(self, write: Callable[[str], object]) -> None:
        with self._lock:
            self._queue.append(_Job(write, new_command()))
            self._state = self._state._replace(pending=len(self._queue))
        self._report(self._state)
        self._store.submit(self._work)

    def _work(self) -> None:
        """On the database thread: write from the oldest on, until all is written or something is in the way."""
        if isinstance(self._state.trouble, StaleChange):  # what follows was made on it
            return
        while (job := self._oldest()) is not None:
            trouble = self._try(job)
            self._done(job, trouble)
            if trouble is not None:
                return

    def _oldest(self) -> _Job | None:
        with self._lock:
            return self._queue[0] if self._queue else None

    def _try(self, job: _Job) -> UserError | None:
        try:
            job.write(job.command_id)
        except UserError as error:
            return error
        except Exception:
            log.exception("a change could not be saved")
            return UserError(_OURS)
        return None

    def _done(self, job: _Job, trouble: UserError | None) -> None:
        with self._lock:
            if self._queue and self._queue[0] is job and trouble is None:
                self._queue.popleft()
            saved_at = self._clock() if trouble is None else self._state.saved_at
            self._state = SaveState(len(self._queue), saved_at, trouble if self._queue else None)
        self._report(self._state)


def _etas(change: PlanChange, day: Day) -> dict[ShiftId, list[Eta]]:
    """The arrivals on the routes that a change touches; of a stop without a place there is none."""
    touched = [day.schedules[id] for id in change.touched if id in day.schedules]
    return {one.route: [(visit.stop, visit.arrive) for visit in one.visits] for one in touched}
