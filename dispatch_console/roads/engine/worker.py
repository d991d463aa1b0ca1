"""The engine's own process: opens the sets of a pack and answers one question after the other.

A matrix is reckoned in blocks; between two blocks small questions are answered, so that nobody waits for it.
"""

from __future__ import annotations

import logging
import traceback
from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import UNREACHABLE
from dispatch_console.roads.engine import hub
from dispatch_console.roads.engine.cache import Cache
from dispatch_console.roads.engine.tables import RoadSet
from dispatch_console.roads.engine.wire import (
    Answer,
    Cancel,
    Check,
    Extend,
    Failed,
    Grown,
    Legs,
    Matrix,
    Opening,
    Question,
    Stored,
    Times,
    provider,
)
from dispatch_console.roads.pack import manifest
from dispatch_console.roads.pack.manifest import FREE, SET
from dispatch_console.roads.places_check import Snap, number

log = logging.getLogger(__name__)

#: Places whose nearest road is remembered.
_REMEMBERED = 50_000

#: Works on a question, yielding now and then; what it returns is the answer.
Work = Generator[None, None, Answer]


def run(pipe: Connection, opening: Opening) -> None:
    """Answer until the other end closes the pipe."""
    answering = _Answering(pipe, _Pack(opening))
    try:
        while True:
            answering.take(pipe.recv())
    except (EOFError, OSError):
        return


class _Answering:
    """Questions in, answers out. A long one is worked on until others come; long ones come one after the other."""

    def __init__(self, pipe: Connection, pack: _Pack) -> None:
        self._pipe = pipe
        self._pack = pack
        self._long: list[tuple[int, Matrix]] = []

    def take(self, message: tuple[int, Question] | Cancel) -> None:
        self._sort_in(message)
        while self._long:
            number, question = self._long[0]
            self._answer(number, lambda question=question: self._pack.matrix(question), busy=True)
            if self._long and self._long[0][0] == number:
                self._long.pop(0)

    def _sort_in(self, message: tuple[int, Question] | Cancel) -> None:
        """Answer what is short at once; put what is long into the queue; take out what is cancelled."""
        if isinstance(message, Cancel):
            self._long = [entry for entry in self._long if entry[0] != message.number]
            return
        number, question = message
        if isinstance(question, Matrix):
            self._long.append((number, question))
        elif isinstance(question, Check):
            self._answer(number, lambda: self._pack.check(question))
        elif isinstance(question, Extend):
            self._answer(number, lambda: self._pack.extend(question))
        else:
            self._answer(number, lambda: self._pack.legs(question))

    def _answer(self, number: int, begin: Callable[[], Work], *, busy: bool = False) -> None:
        try:
            work = begin()
            while True:
                try:
                    next(work)
                except StopIteration as done:
                    self._pipe.send((number, done.value))
                    return
                while busy and self._pipe.poll():
                    self._sort_in(self._pipe.recv())
                if busy and (not self._long or self._long[0][0] != number):
                    return  # cancelled
        except (EOFError, OSError):
            raise
        except UserError as error:
            self._pipe.send((number, Failed(error.message)))
        except Exception:
            self._pipe.send((number, Failed(traceback.format_exc(), ours=True)))


class _Pack:
    """The sets of a pack, opened when they are first asked for."""

    def __init__(self, opening: Opening) -> None:
        self._folder = opening.folder
        self._cache = Cache(opening.cache)
        self._id, self._key = opening.id, opening.key
        self._today = dict(opening.today)
        self._manifest = manifest.read(opening.folder)
        self._sets: dict[tuple[str, str, bool], RoadSet] = {}
        self._hubs: dict[str, Place] = {}
        self._snaps: dict[tuple[str, Place | None], OrderedDict[Place, Snap]] = {}

    def check(self, question: Check) -> Work:
        snaps = self._snap(question.klass, question.places)
        return tuple(snaps)
        yield

    def matrix(self, question: Matrix) -> Work:
        places, buckets = question.places, self._buckets(question.klass)
        n = len(places)
        durations = np.full((len(buckets), n, n), UNREACHABLE, np.int32)
        distances = np.full((n, n), UNREACHABLE, np.int32)
        snaps = self._at_home(question.klass, places)
        good = [i for i, snap in enumerate(snaps) if snap.metres is not None]
        yield
        for b, bucket in enumerate(buckets):
            targets = [durations[b]] if b else [durations[b], distances]
            yield from self._fill(question.klass, bucket, snaps, good, good, targets)
        _zero(durations, distances)
        times = Times(durations, distances, _away(snaps))
        path = self._cache.put(provider(self._id, question.klass, self._key), places, times)
        return times if path is None else Stored(path)

    def extend(self, question: Extend) -> Work:
        places, buckets = (*question.known, *question.new), self._buckets(question.klass)
        n, k = len(question.known), len(question.new)
        # As whole rows and columns of the grown matrix; what is not asked for is never touched.
        snaps = self._at_home(question.klass, places)
        good = [i for i, snap in enumerate(snaps) if snap.metres is not None]
        new, known = [i for i in good if i >= n], [i for i in good if i < n]
        rows = np.full((len(buckets) + 1, k, n + k), UNREACHABLE, np.int32)
        columns = np.full((len(buckets) + 1, n, k), UNREACHABLE, np.int32)
        for b, bucket in enumerate(buckets):
            of_rows = [rows[b]] if b else [rows[b], rows[-1]]
            of_columns = [columns[b]] if b else [columns[b], columns[-1]]
            yield from self._fill(question.klass, bucket, snaps, new, good, of_rows, first_row=n)
            yield from self._fill(question.klass, bucket, snaps, known, new, of_columns, first_column=n)
        _zero(rows[:, :, n:])
        return Grown(rows[:-1], columns[:-1], rows[-1:], columns[-1:], _away(snaps[n:]))

    def legs(self, question: Legs) -> Work:
        roads = self._open(question.klass, question.bucket or FREE)
        snaps = self._snap(question.klass, [place for pair in question.pairs for place in pair])
        return tuple(roads.leg(*pair) for pair in zip(snaps[::2], snaps[1::2], strict=True))
        yield

    def _fill(
        self,
        klass: str,
        bucket: str,
        snaps: Sequence[Snap],
        sources: list[int],
        goals: list[int],
        targets: list[NDArray[np.int32]],
        first_row: int = 0,
        first_column: int = 0,
    ) -> Generator[None, None, None]:
        """Write the table of some of the places into `targets`: durations, and distances if there are two."""
        if not sources or not goals:
            return
        roads = self._open(klass, bucket)
        used = sorted({*sources, *goals})
        at = {index: i for i, index in enumerate(used)}
        from_, to = [at[i] for i in sources], [at[i] for i in goals]
        columns = np.array(goals) - first_column
        for first, block in roads.blocks([snaps[i] for i in used], from_, to, metres=len(targets) == 2):
            rows = np.array(sources[first : first + len(block[0])]) - first_row
            for target, values in zip(targets, block, strict=True):
                target[np.ix_(rows, columns)] = values
            yield

    def _at_home(self, klass: str, places: Sequence[Place]) -> list[Snap]:
        """Of a day's places. Where most lie on another piece of the network than the pack's hub (a depot on an
        island, all its stops there), those that cannot be reached from there are cut off."""
        snaps = self._snap(klass, places)
        cut_off = [snap.place for snap in snaps if snap.problem == "island"]
        if 2 * len(cut_off) <= len(places):
            return snaps
        others = self._snap(klass, places, cut_off[0])
        return min((snaps, others), key=lambda found: sum(snap.problem == "island" for snap in found))

    def _snap(self, klass: str, places: Sequence[Place], home: Place | None = None) -> list[Snap]:
        known = self._snaps.setdefault((klass, home), OrderedDict())
        new = [place for place in dict.fromkeys(places) if place not in known]
        if new:
            known.update(zip(new, self._check(klass, new, home), strict=True))
        found = [known[place] for place in places]
        while len(known) > _REMEMBERED:
            known.popitem(last=False)
        return found

    def _check(self, klass: str, places: Sequence[Place], home: Place | None) -> list[Snap]:
        roads, usual_hub = self._open(klass, FREE), home or self._class(klass).hub
        if klass not in self._today:
            return roads.check(places, usual_hub)
        if klass not in self._hubs:  # that of the pack may lie in what is closed
            self._hubs[klass] = hub.among(roads, (usual_hub, *places))
        snaps = roads.check(places, self._hubs[klass])
        lost = [snap.place for snap in snaps if snap.problem]
        usual = self._open(klass, FREE, usual=True).check(lost, usual_hub) if lost else []
        closed = {snap.place for snap in usual if not snap.problem}
        return [snap._replace(problem="closed") if snap.place in closed else snap for snap in snaps]

    def _buckets(self, klass: str) -> list[str]:
        """Those that this class has sets for."""
        return [name for name in self._manifest.buckets.names if name in self._class(klass).sets]

    def _class(self, klass: str) -> manifest.RoadClass:
        try:
            return self._manifest.classes[klass]
        except KeyError:
            known = ", ".join(self._manifest.classes)
            raise UserError(
                f"{self._folder} has no roads for a {klass}, only for: {known}. Choose one of these, or build it "
                "again."
            ) from None

    def _open(self, klass: str, bucket: str, *, usual: bool = False) -> RoadSet:
        """`usual`: the roads of the pack, whatever is closed today."""
        today = None if usual else self._today.get(klass)
        key = (klass, bucket, today is None)
        if key not in self._sets:
            below = self._class(klass).sets[bucket]
            if today is None:
                # Before the engine reads them: a changed file would end this process, or give wrong times.
                manifest.check_hashes(self._folder, self._manifest, f"{below}/")
            folder = self._folder / below if today is None else today / bucket
            try:
                self._sets[key] = RoadSet(folder, SET, changeable=today is not None)
            except RuntimeError as error:
                log.warning("%s cannot be opened: %s", folder, error)
                raise manifest.changed(self._folder, folder.name) from error
        return self._sets[key]


def _away(snaps: Sequence[Snap]) -> NDArray[np.int32]:
    return np.array([number(snap) for snap in snaps], np.int32)


def _zero(*tables: NDArray[Any]) -> None:
    """From a place to itself it is no way, be there a road or not."""
    for table in tables:
        diagonal = np.arange(table.shape[-2])
        table[..., diagonal, diagonal] = 0
