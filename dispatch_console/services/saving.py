"""Makes changes durable in the order in which they are made, without anybody waiting.

With an outbox, what is on its way to the store is also kept on this workstation until it has arrived: a store that
is away is waited for, whether the program is closed meanwhile or killed.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, wait
from threading import Lock, RLock
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import StaleChange, StoreAway, UserError
from dispatch_console.domain.facts import Fact
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import PlanChange
from dispatch_console.store.base import new_command
from dispatch_console.store.baseline import approved
from dispatch_console.store.commands import Command, Refused, Told, write
from dispatch_console.store.outbox import Outbox, open_outbox
from dispatch_console.store.store import Store
from dispatch_console.store.values import NO_TIMES, Approved, Eta, Times

log = logging.getLogger(__name__)

_SHORTLY_S = 1.0
_OURS = "The last change could not be saved because of a fault in the program. See the log."


class SaveState(NamedTuple):
    """`pending` changes are not durable yet; `saved_at` (aware) is when the last one became so.

    `trouble` says why the oldest pending one could not be saved: it is tried again with the next change or by
    `retry`. `away_since` (aware): since when the store cannot be reached; None: it can. `refused`: what the store
    did not take, until somebody has looked at it. `refusal`: why, of the first one that the day on the screen still
    rests on: it must be loaded anew.
    """

    pending: int = 0
    saved_at: dt.datetime | None = None
    trouble: UserError | None = None
    away_since: dt.datetime | None = None
    refused: tuple[Refused, ...] = ()
    refusal: UserError | None = None


class _Job(NamedTuple):
    """`kept`: when it outlasts the program; None: it does not."""

    command: Command
    kept: Future[None] | None


class _Fault(UserError):
    """Ours: trying again would not help."""


def outbox_for(store: Store) -> tuple[Outbox | None, str]:
    """Where edits of a shared store wait, see `open_outbox`; a file on this computer needs none."""
    return (None, "") if store.url.get_backend_name() == "sqlite" else open_outbox(store.url)


class StoreSaver:
    """The `Saver` of a session that shows days of `store`.

    `report` hears of every change of state, on whichever thread it happens (the caller's or the database's).
    `outbox` keeps what is pending, see there; None: it is lost with the program.
    """

    def __init__(
        self,
        store: Store,
        who: str,
        report: Callable[[SaveState], None] = lambda _: None,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        outbox: Outbox | None = None,
    ) -> None:
        self._store = store
        self._who = who
        self._report = report
        self._clock = clock
        self._outbox = outbox
        self._queue: deque[_Job] = deque()
        self._lock = Lock()
        self._telling = RLock()  # as who hears of it may change it
        self._state = SaveState()
        self._retrying: Future[None] | None = None
        store.reached = self._on_reached

    @property
    def state(self) -> SaveState:
        return self._state

    @property
    def kept(self) -> bool:
        """Whether nothing would be lost if the program ended now."""
        with self._lock:
            kept = [job.kept for job in self._queue]
        if self._outbox is None and self._state.refused:
            return False
        return all(one is not None and one.done() and one.exception() is None for one in kept)

    def why_not_end(self, timeout_s: float) -> str | None:
        """What would be lost if the program ended now, in a sentence; None: nothing, all is saved or kept.

        Waits for the store for `timeout_s` at most, and only shortly if what is pending is kept anyway.
        """
        with self._lock:
            keeping = [job.kept for job in self._queue if job.kept is not None]
        wait(keeping, _SHORTLY_S)
        if self.kept and self._state.away_since is not None:
            return None
        try:
            self.flush(_SHORTLY_S if self.kept else timeout_s)
        except TimeoutError:
            return None if self.kept else "The store does not answer."
        except UserError as error:
            return None if self.kept else error.message
        return None

    def resume(self) -> int:
        """Send what waited in the outbox when the program ended, before a day is loaded; how many changes.

        Comes back when all is sent or something is in the way.
        """
        if self._outbox is None:
            return 0
        waiting, refused = self._outbox.load()
        with self._lock:
            self._queue.extend(_Job(command, self._outbox.keep(command)) for command in waiting)
            self._state = self._state._replace(pending=len(self._queue), refused=tuple(refused))
        self._tell()
        self._store.submit(self._work).result()
        return len(waiting)

    def change(self, change: PlanChange, before: Day, after: Day) -> None:
        """Queue a change that led from `before` to `after`."""
        times = Times(_etas(change, before), _etas(change, after))
        self._add(change, after, after.revision - change.on_day, times)

    def approval(self, after: Day) -> None:
        """Queue the state and the printed sheets of `after`."""
        self._add(approved(after), after, after.revision - 1)

    def facts(self, facts: Sequence[Fact], change: PlanChange | None, after: Day) -> None:
        """Queue facts, with the change of the plan that belongs to them."""
        self._add(Told(tuple(facts), change), after, after.revision)

    def retry(self) -> Future[None]:
        """Try what is pending now, or whether the store can be reached again."""
        if self._retrying is None or self._retrying.done():
            self._retrying = self._store.submit(self._work)
        return self._retrying

    def flush(self, timeout_s: float | None = None) -> None:
        """Wait until all is durable. Raises the UserError that is in the way, or what was refused."""
        self._store.submit(self._work).result(timeout_s)
        wrong = self._state.trouble or self._state.refusal
        if wrong is not None:
            raise wrong

    def day_loaded(self) -> None:
        """The day is loaded anew: what is shown no longer rests on what was refused."""
        self._change_state(refusal=None)

    def forget_refused(self, seen: Collection[Refused] | None = None) -> None:
        """Somebody has looked at what was refused, or done it again; None: at all of it."""
        with self._lock:
            left = tuple(one for one in self._state.refused if seen is not None and one not in seen)
            gone = [one.command.id for one in self._state.refused if one not in left]
            self._state = self._state._replace(refused=left)
        if self._outbox is not None:
            self._outbox.drop(gone)
        self._tell()

    def close(self) -> None:
        """Let go of the outbox; what is in it waits for the next start."""
        if self._outbox is not None:
            self._outbox.close()

    def _add(self, what: PlanChange | Approved | Told, day: Day, revision: int, times: Times = NO_TIMES) -> None:
        command = Command(new_command(), day.depot.id, day.date, revision, self._who, self._clock(), what, times)
        with self._lock:
            self._queue.append(_Job(command, self._outbox.keep(command) if self._outbox else None))
            self._state = self._state._replace(pending=len(self._queue))
        self._tell()
        self._store.submit(self._work)

    def _work(self) -> None:
        """On the database thread: write from the oldest on, until all is written or something is in the way."""
        if self._state.away_since is not None and not self._queue:
            self._ask()
        while (job := self._oldest()) is not None:
            trouble = self._try(job)
            self._done(job, trouble)
            if trouble is not None and not _refused(trouble):
                return

    def _ask(self) -> None:
        try:
            self._store.ping()
        except UserError as error:
            log.info("still away: %s", error.message)

    def _oldest(self) -> _Job | None:
        with self._lock:
            return self._queue[0] if self._queue else None

    def _try(self, job: _Job) -> UserError | None:
        try:
            _wait_kept(job)
            write(self._store, job.command)
        except UserError as error:
            return error
        except Exception:
            log.exception("a change could not be saved")
            return _Fault(_OURS)
        return None

    def _done(self, job: _Job, trouble: UserError | None) -> None:
        command = job.command
        if self._outbox is not None and trouble is None:
            self._outbox.drop([command.id])
        with self._lock:
            state = self._state
            if trouble is None:
                self._queue.popleft()
                state = state._replace(saved_at=self._clock())
            elif _refused(trouble):
                self._queue.popleft()
                refused = (*state.refused, Refused(command, trouble.message))
                state, trouble = state._replace(refused=refused, refusal=state.refusal or trouble), None
                if self._outbox is not None:
                    self._outbox.refuse(command.id, refused[-1].why)
            self._state = state._replace(pending=len(self._queue), trouble=trouble)
        self._tell()

    def _on_reached(self, error: StoreAway | None) -> None:
        """After each use of the store, whoever made it."""
        if (error is None) == (self._state.away_since is None):
            return
        self._change_state(away_since=None if error is None else self._clock())
        if error is None and self._queue:
            self._store.submit(self._work)

    def _tell(self) -> None:
        """One after the other, so that what is heard last is how it is: several threads have something to say."""
        with self._telling:
            self._report(self._state)

    def _change_state(self, **values: object) -> None:
        with self._lock:
            self._state = self._state._replace(**values)
        self._tell()


def _refused(trouble: UserError) -> bool:
    """Whether it will never be taken; what follows may be all the same."""
    return isinstance(trouble, StaleChange | _Fault)


def _wait_kept(job: _Job) -> None:
    """It goes to the store only once it is in the outbox; where it cannot be kept, the store is all the better."""
    error = job.kept.exception() if job.kept is not None else None
    if error is not None:
        log.warning("a change cannot wait on this computer: %s", error)


def _etas(change: PlanChange, day: Day) -> dict[ShiftId, list[Eta]]:
    """The arrivals on the routes that a change touches; of a stop without a place there is none."""
    touched = [day.schedules[id] for id in change.touched if id in day.schedules]
    return {one.route: [(visit.stop, visit.arrive) for visit in one.visits] for one in touched}
