"""The road engine as the program sees it: questions to a process of its own, which is started again if it dies.

All calls block: for the pool, never for the window's thread.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from dispatch_console.domain.errors import Bug, UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads.engine import bounds, cache, polyline, process, wire
from dispatch_console.roads.engine.cache import Cache
from dispatch_console.roads.pack import manifest
from dispatch_console.roads.places_check import Snap, off_road

log = logging.getLogger(__name__)

#: Says whether an answer is not wanted any more.
Cancel = Callable[[], bool]

#: How often it is asked, in seconds.
_LOOK_S = 0.1
_STUCK_LOOK_S = 0.5
_END_S = 5.0
#: A matrix that grows by more than one of so many places is reckoned as a whole.
_MANY = 8
#: Legs whose line is remembered.
_LEGS = 20_000

STOPPED = (
    "The road engine stopped. The day keeps its times; try again, or choose another pack under Settings → Region."
)
CLOSED = "These roads are not in use any more. The day keeps its times; try again."


class Cancelled(Exception):
    """Whoever asked does not want the answer any more."""


class _Died(Exception):
    """The process ended before it answered."""


def _never() -> bool:
    return False


class Engine:
    """The roads of one pack. `today`: class → the folder of today's roads, used instead of those of the pack; `key`
    then names them (see `pack.today`)."""

    def __init__(
        self, folder: Path, cache_folder: Path, today: Sequence[tuple[str, Path]] = (), key: str = ""
    ) -> None:
        """Raises UserError if the pack cannot be used: see `manifest.read` and `check_sizes`."""
        self.folder = folder
        self.manifest = manifest.read(folder)
        manifest.check_sizes(folder, self.manifest)
        self._key = key
        self._opening = wire.Opening(folder, cache_folder, self.manifest.id, key, tuple(today))
        self._cache = Cache(cache_folder)
        self._lock = threading.Lock()
        self._worker: _Worker | None = None
        self._closed = False
        self._legs: OrderedDict[tuple[str, str, Place, Place], Leg | None] = OrderedDict()

    def provider(self, klass: str) -> str:
        """The name of the roads of a class: what matrices, plans and plan.json carry."""
        return wire.provider(self.manifest.id, klass, self._key)

    def open(self) -> None:
        """Start the process, so that the first question does not wait for it."""
        self._running()

    @property
    def pid(self) -> int | None:
        """The process that answers, None if none does now."""
        worker = self._worker
        return worker.process.pid if worker is not None else None

    def check(self, klass: str, places: Sequence[Place]) -> list[Snap]:
        """Each place with its way to the nearest road. 1,000 places: 0.2 s."""
        return list(cast("tuple[Snap, ...]", self._ask(wire.Check(klass, tuple(places)))))

    def matrix(self, klass: str, places: Sequence[Place], cancel: Cancel = _never) -> TravelMatrix:
        """The matrix of all `places` (each once), from the disk if it is there. 1,000 places: 1 s; 2,000: 4 s.

        Places without a road are told (`off_road`); ways from and to them are those of the nearest one. Raises
        Cancelled as `cancel` wishes.
        """
        name = self.provider(klass)
        times = self._cache.get(name, places)
        if times is None:
            answer = self._ask(wire.Matrix(klass, tuple(places)), cancel)
            stored = cache.read(answer.path, places) if isinstance(answer, wire.Stored) else answer
            if not isinstance(stored, wire.Times):
                raise UserError(f"{self._opening.cache} cannot be read. Make room there, or restart the program.")
            times = stored
        return self._as_matrix(klass, places, times)

    def extend(self, known: TravelMatrix, places: Sequence[Place]) -> TravelMatrix:
        """`known`, one of this engine's, with those of `places` that it does not hold, behind its own."""
        new = tuple(place for place in dict.fromkeys(places) if place not in known.index)
        if not new:
            return known
        klass = wire.class_of(known.provider)
        if len(new) * _MANY >= len(known.places):  # nearly all of it is new: as a whole it is kept on the disk
            return self.matrix(klass, (*known.places, *new))
        grown = cast("wire.Grown", self._ask(wire.Extend(klass, known.places, new)))
        held = known.durations[None] if known.durations_by is None else known.durations_by
        order = self._periods(klass, len(grown.rows))
        durations = _join(held, grown.rows[order], grown.columns[order])
        distances = _join(known.distances[None], grown.row_metres, grown.column_metres)[0]
        everywhere = (*known.places, *new)
        lost = {**known.off_road, **off_road(new, grown.away, klass)}
        within = durations if known.bounds else durations[0]
        return TravelMatrix(everywhere, within, distances, known.provider, known.bounds, lost)

    def legs(self, klass: str, pairs: Sequence[tuple[Place, Place]], bucket: str = "") -> list[Leg | None]:
        """The way for each pair, None where there is none: 40 take 20 ms, and nothing the second time."""
        keys = [(klass, bucket, *pair) for pair in pairs]
        with self._lock:
            known = {key: self._legs[key] for key in keys if key in self._legs}
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing:
            question = wire.Legs(klass, tuple((a, b) for _, _, a, b in missing), bucket)
            found = cast("tuple[tuple[int, int, str] | None, ...]", self._ask(question))
            for key, leg in zip(missing, found, strict=True):
                known[key] = None if leg is None else Leg(leg[0], leg[1], polyline.decode(leg[2]))
            with self._lock:
                self._legs.update(known)
                while len(self._legs) > _LEGS:
                    self._legs.popitem(last=False)
        return [known[key] for key in keys]

    def close(self) -> None:
        """End the process for good: who still waits gets Cancelled, who asks later UserError. That may be a thread
        that nobody waits for any more; it must not start a process that nobody ends."""
        with self._lock:
            self._closed = True
            ended, self._worker = self._worker, None
        if ended is not None:
            ended.closed = True
            ended.close()

    def _as_matrix(self, klass: str, places: Sequence[Place], times: wire.Times) -> TravelMatrix:
        name, durations, distances = self.provider(klass), times.durations, times.distances
        lost = off_road(places, times.away, klass)
        if len(durations) == 1:
            return TravelMatrix(places, durations[0], distances, name, off_road=lost)
        order = self._periods(klass, len(durations))
        return TravelMatrix(places, durations[order], distances, name, self.manifest.buckets.bounds, lost)

    def _periods(self, klass: str, count: int) -> list[int]:
        """Which of the `count` tables of an answer counts in which period of the day."""
        if count == 1:
            return [0]
        there = [name for name in self.manifest.buckets.names if name in self.manifest.classes[klass].sets]
        return [there.index(name) for _, name in self.manifest.buckets.periods]

    def _ask(self, question: wire.Question, cancel: Cancel = _never) -> Any:
        """The answer; asked once more if the process ends over it, and then given up."""
        for _ in range(2):
            running = self._running()
            try:
                answer = running.ask(question, cancel, bounds.longest_s(question, self.manifest))
            except _Died:
                if running.closed:
                    raise Cancelled from None
                log.warning("the road engine ended while it was asked for %s", type(question).__name__)
                self._drop(running)
                continue
            if isinstance(answer, wire.Failed):
                raise Bug(answer.message) if answer.ours else UserError(answer.message)
            return answer
        raise UserError(STOPPED)

    def _running(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise UserError(CLOSED)
            if self._worker is None:
                self._worker = _Worker(self._opening)
            return self._worker

    def _drop(self, dead: _Worker) -> None:
        """Several may find out at once that it is dead: one of them clears up."""
        with self._lock:
            if self._worker is not dead:
                return
            self._worker = None
        dead.close()


def _join(held: wire.Numbers, rows: wire.Numbers, columns: wire.Numbers) -> wire.Numbers:
    """(b, n, n) with new rows (b, k, n + k) below and columns (b, n, k) at its right."""
    return np.concatenate((np.concatenate((held, columns), axis=2), rows), axis=1)


class _Waiting(NamedTuple):
    """Who waits for an answer, since when and how long at most."""

    answer: Future[Any]
    asked: float
    longest_s: float


class _Worker:
    """One process, and who waits for which of its answers."""

    def __init__(self, opening: wire.Opening) -> None:
        self.closed = False  # on purpose, by whoever needs it no more
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self.process = context.Process(target=process.main, args=(theirs, opening), name="roads", daemon=True)
        self.process.start()
        theirs.close()
        self._numbers = itertools.count()
        self._waiting: dict[int, _Waiting] = {}
        self._lock = threading.Lock()
        self._heard = time.monotonic()
        # Another one than the lock: who hands out answers must not wait for a question that nobody reads yet, as
        # the process may itself wait for room for the next answer.
        self._sending = threading.Lock()
        self._dead = False
        self._reader = threading.Thread(target=self._read, args=(self._pipe,), name="roads", daemon=True)
        self._reader.start()

    def ask(self, question: wire.Question, cancel: Cancel, longest_s: float) -> Any:
        """The answer. Raises _Died if the process ends, or is ended as it has said nothing to anybody for
        `longest_s`; Cancelled if the answer is not wanted any more."""
        number, answer = next(self._numbers), Future[Any]()
        with self._lock:
            if self._dead:
                raise _Died
            self._waiting[number] = _Waiting(answer, time.monotonic(), longest_s)
        self._send((number, question))  # if that fails, the process is gone, and the reader says so to who waits
        while True:
            try:
                return answer.result(_LOOK_S)
            except NotYet:
                if cancel():
                    self._forget(number)
                    raise Cancelled from None

    def _forget(self, number: int) -> None:
        with self._lock:
            self._waiting.pop(number, None)
        self._send(wire.Cancel(number))

    def _send(self, message: tuple[int, wire.Question] | wire.Cancel) -> None:
        with self._sending, suppress(OSError):
            self._pipe.send(message)

    def _read(self, pipe: Connection) -> None:
        """Hand each answer to who waits for it, until the process ends; then none of them waits any longer."""
        try:
            while True:
                if not pipe.poll(_STUCK_LOOK_S):
                    self._end_if_stuck()
                    continue
                number, answer = pipe.recv()
                self._heard = time.monotonic()
                with self._lock:
                    waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    waiting.answer.set_result(answer)
        except (EOFError, OSError):
            pass
        with self._lock:
            self._dead = True
            left = list(self._waiting.values())
            self._waiting.clear()
        for waiting in left:
            waiting.answer.set_exception(_Died())

    def _end_if_stuck(self) -> None:
        """Also who cannot even put his question then hears that it has died."""
        now = time.monotonic()
        with self._lock:
            stuck = any(now > max(one.asked, self._heard) + one.longest_s for one in self._waiting.values())
        if stuck:
            log.warning("the road engine does not answer any more")
            self.process.kill()

    def close(self) -> None:
        """End the process. Who still waits gets _Died."""
        self.process.kill()
        self.process.join(_END_S)
        self._reader.join(_END_S)
        self._pipe.close()
