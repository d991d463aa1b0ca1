"""One road service as a provider like any other: matrices block by block, kept where its terms allow it.

All calls block, a matrix for minutes: for the pool, never for the window's thread.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.roads.engine.cache import Cache
from dispatch_console.roads.engine.wire import Times
from dispatch_console.roads.places_check import FAR_M, Snap, number, numbers, off_road
from dispatch_console.roads.providers import Provider
from dispatch_console.roads.remote.asking import Cells, Question
from dispatch_console.roads.remote.client import NoRoad, Patience, TooBig, nonsense
from dispatch_console.roads.remote.service import Service

#: A whole matrix, and a question for ways, may take so many seconds.
MATRIX_S, LEGS_S = 1_800.0, 60.0
#: What a matrix grows by is waited for: so long, and so much longer for each question.
GROWING_S, EACH_S = 20.0, 10.0
#: So many blocks, matrices and legs are remembered until the program ends.
_BLOCKS, _MATRICES, _LEGS = 4_000, 4, 20_000
#: So many places are measured in one question.
_MEASURED = 100

_Pair = tuple[Place, Place]
_Numbers = NDArray[np.int32]


class Remote:
    """The roads of one service. From any thread. What has been answered is not asked again, also where a matrix
    was given up half way."""

    def __init__(self, service: Service, cache_folder: Path) -> None:
        self.service = service
        self.name = service.name
        self.asked = 0, 0  # questions of the matrix that is asked for: done, all
        self._cache = Cache(cache_folder) if service.kind.keeps else None
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._next = 0.0
        self._most = service.kind.block
        self._roadless: dict[Place, bool] = {}
        self._blocks: OrderedDict[tuple[tuple[Place, ...], tuple[Place, ...]], Cells] = OrderedDict()
        self._matrices: deque[TravelMatrix] = deque(maxlen=_MATRICES)
        self._legs: OrderedDict[_Pair, Leg | None] = OrderedDict()

    def close(self) -> None:
        """Whoever still waits for an answer is told that asking was stopped."""
        self._closed.set()

    def provider(self) -> Provider:
        kind = self.service.kind
        return Provider(
            self.name,
            self.matrix,
            self.extend,
            self.legs if kind.draws else None,
            self.known,
        )

    # -- matrices ------------------------------------------------------------------------------------

    def known(self, places: Sequence[Place]) -> TravelMatrix | None:
        """The matrix of `places` (each once) if it is known without asking."""
        with self._lock:
            newest = list(reversed(self._matrices))
        for one in newest:
            if one.covers(places):
                return one.among(np.array([one.index[place] for place in places], np.intp))
        times = self._cache.get(self.name, places) if self._cache is not None else None
        if times is None:
            return None
        lost = off_road(places, times.away, self.service.vehicle)
        return TravelMatrix(places, times.durations[0], times.distances, self.name, off_road=lost)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """The matrix of all `places` (each once). Places without a road are `UNREACHABLE`. UserError where the
        service does not answer."""
        found = self.known(places)
        if found is None:
            seconds, metres = self._between(((places, places),))[0]
            found = self._keep(places, seconds, metres, self._lost(places, seconds, seconds))
        return found

    def extend(self, known: TravelMatrix, places: Sequence[Place]) -> TravelMatrix:
        """`known`, one of this service's, with those of `places` that it does not hold, behind its own. Only ways
        from and to the new ones are asked for."""
        new = [place for place in dict.fromkeys(places) if place not in known.index]
        if not new:
            return known
        everywhere = (*known.places, *new)
        kept = self.known(everywhere)
        if kept is not None:
            return kept
        rows, columns = self._between(((new, everywhere), (known.places, new)), waited_for=True)
        grown = [
            np.concatenate((np.concatenate((held, column), axis=1), row))
            for held, row, column in zip((known.durations, known.distances), rows, columns, strict=True)
        ]
        lost = self._lost(new, rows[0], grown[0][:, len(known.places) :])
        return self._keep(everywhere, grown[0], grown[1], {**known.off_road, **lost})

    def _lost(self, places: Sequence[Place], out: _Numbers, back: _Numbers) -> dict[Place, OffRoad]:
        """Those that no road leads to, with how far it is where the service tells. `out`: seconds from each to all,
        `back`: from all to each."""
        reached = (out < UNREACHABLE).any(axis=1) | (back < UNREACHABLE).any(axis=0)
        alone = [places[k] for k in np.flatnonzero(~reached).tolist()]
        vehicle = self.service.vehicle
        if not alone:
            return {}
        try:
            snaps = self.check(alone) if self.service.kind.measures else []
        except TooBig:
            snaps = []
        away = np.array([number(snap) for snap in snaps], np.int32)
        cut_off = OffRoad(
            None, island=bool(snaps), vehicle=vehicle
        )  # what is not far has a road that leads nowhere
        return dict.fromkeys(alone, cut_off) | off_road(alone, away, vehicle)

    def _keep(
        self, places: Sequence[Place], seconds: _Numbers, metres: _Numbers, lost: Mapping[Place, OffRoad]
    ) -> TravelMatrix:
        for table in (seconds, metres):
            np.fill_diagonal(table, 0)
        matrix = TravelMatrix(places, seconds, metres, self.name, off_road=lost)
        if self._cache is not None:
            times = Times(matrix.durations[None], matrix.distances, numbers(matrix.places, lost))
            self._cache.put(self.name, matrix.places, times)
        with self._lock:
            self._matrices.append(matrix)
        return matrix

    def _between(
        self, wanted: Sequence[tuple[Sequence[Place], Sequence[Place]]], waited_for: bool = False
    ) -> list[tuple[_Numbers, _Numbers]]:
        """(seconds, metres) of each part that is wanted: (origins, goals). `waited_for`: somebody sits there."""
        parts = [list(self._cut(origins, goals)) for origins, goals in wanted]
        self.asked = 0, sum(map(len, parts))
        patience = self._patience(min(MATRIX_S, GROWING_S + EACH_S * self.asked[1]) if waited_for else MATRIX_S)
        found: list[tuple[_Numbers, _Numbers]] = []
        try:
            for (origins, goals), blocks in zip(wanted, parts, strict=True):
                whole = tuple(np.full((len(origins), len(goals)), UNREACHABLE, np.int32) for _ in range(2))
                for rows, columns in blocks:
                    cells = self._block(patience, tuple(origins[rows]), tuple(goals[columns]))
                    for table, some in zip(whole, cells, strict=True):
                        table[rows, columns] = np.where(np.isnan(some), UNREACHABLE, np.rint(some))
                    self.asked = self.asked[0] + 1, self.asked[1]
                found.append((whole[0], whole[1]))
        finally:
            self.asked = 0, 0
        return found

    def _cut(self, origins: Sequence[Place], goals: Sequence[Place]) -> Iterator[tuple[slice, slice]]:
        """Blocks that the service takes at once."""
        most_rows, most_columns, pairs = self._most
        tall = min(most_rows, max(1, len(origins)))
        wide = max(1, min(most_columns, pairs // tall))
        tall = max(1, min(most_rows, pairs // min(wide, max(1, len(goals)))))
        for row in range(0, len(origins), tall):
            for column in range(0, len(goals), wide):
                yield slice(row, row + tall), slice(column, column + wide)

    def _block(self, patience: Patience, origins: tuple[Place, ...], goals: tuple[Place, ...]) -> Cells:
        """A block, also one with places that the service knows no road for."""
        key = origins, goals
        with self._lock:
            kept = self._blocks.get(key)
        if kept is not None:
            return kept
        good_rows, good_columns = self._with_road(origins), self._with_road(goals)
        cells = _no_way(len(origins), len(goals))
        if good_rows and good_columns:
            asked = self._tried(
                patience, tuple(origins[i] for i in good_rows), tuple(goals[i] for i in good_columns)
            )
            for table, some in zip(cells, asked, strict=True):
                table[np.ix_(good_rows, good_columns)] = some
        with self._lock:
            self._blocks[key] = cells
            _trim(self._blocks, _BLOCKS)
        return cells

    def _tried(self, patience: Patience, origins: tuple[Place, ...], goals: tuple[Place, ...]) -> Cells:
        rows, columns, pairs = self._most
        split_rows = len(origins) >= len(goals)
        try:
            if len(origins) <= rows and len(goals) <= columns:
                return self._question(patience).table(origins, goals)
            split_rows = len(origins) > rows
        except NoRoad:
            if len(origins) == len(goals) == 1:
                return _no_way(1, 1)
            if self._find_roadless(patience, (*origins, *goals)):
                return self._block(patience, origins, goals)
        except TooBig:
            if len(origins) == len(goals) == 1:
                raise nonsense(self.service.kind.title) from None
            half = (len(origins) // 2, columns) if split_rows else (rows, len(goals) // 2)
            self._most = *half, pairs
        if split_rows:
            half = len(origins) // 2
            parts = self._block(patience, origins[:half], goals), self._block(patience, origins[half:], goals)
        else:
            half = len(goals) // 2
            parts = self._block(patience, origins, goals[:half]), self._block(patience, origins, goals[half:])
        return Cells(*(np.concatenate(two, axis=0 if split_rows else 1) for two in zip(*parts, strict=True)))

    def _with_road(self, places: Sequence[Place]) -> list[int]:
        return [i for i, place in enumerate(places) if not self._roadless.get(place, False)]

    def _find_roadless(self, patience: Patience, places: Sequence[Place]) -> bool:
        """Whether one of `places` is found to have no road: each is asked for by itself, once. One of them fails
        the whole question with some services, and they do not all say which."""
        found = False
        for place in dict.fromkeys(places):
            if place not in self._roadless:
                try:
                    self._question(patience).table((place,), (place,))
                    self._roadless[place] = False
                except NoRoad:
                    self._roadless[place] = found = True
        return found

    # -- ways and places -----------------------------------------------------------------------------

    def legs(self, pairs: Sequence[_Pair]) -> list[Leg | None]:
        """The way for each pair, None where there is none. Ways that follow each other are one question."""
        with self._lock:
            known = {pair: self._legs[pair] for pair in pairs if pair in self._legs}
        patience = self._patience(LEGS_S)
        for course in _courses([p for p in dict.fromkeys(pairs) if p not in known], self.service.kind.course):
            found = dict(zip(course, self._course(patience, course), strict=True))
            known |= found
            with self._lock:
                self._legs.update(found)
                _trim(self._legs, _LEGS)
        return [known[pair] for pair in pairs]

    def _course(self, patience: Patience, course: list[_Pair]) -> list[Leg | None]:
        """The ways of pairs that follow each other; one by one where they do not come together."""
        places = [course[0][0], *(b for _, b in course)]
        found: list[Leg] | None = None
        try:
            found = self._question(patience).course(places)
        except (NoRoad, TooBig):
            if len(course) == 1:
                return [None]
        return [*found] if found else [leg for pair in course for leg in self._course(patience, [pair])]

    def check(self, places: Sequence[Place]) -> list[Snap]:
        """Each place with its way to the nearest road."""
        patience = self._patience(MATRIX_S)
        found: list[Snap] = []
        for at in range(0, len(places), _MEASURED):
            some = places[at : at + _MEASURED]
            metres = self._question(patience).away(some)
            found += [Snap(place, m, "far" if m > FAR_M else "") for place, m in zip(some, metres, strict=True)]
        return found

    # -- asking --------------------------------------------------------------------------------------

    def _patience(self, seconds: float) -> Patience:
        return Patience(self.service.kind.title, seconds, self._closed.is_set)

    def _question(self, patience: Patience) -> Question:
        """The next question may be asked: a public service is not asked too fast."""
        kind = self.service.kind
        if kind.pause_s and self.service.address == kind.address:
            with self._lock:
                now = time.monotonic()
                wait, self._next = max(0.0, self._next - now), max(now, self._next) + kind.pause_s
            patience.sleep(wait)
        patience.check()
        return Question(self.service, patience)


def _no_way(rows: int, columns: int) -> Cells:
    return Cells(np.full((rows, columns), math.nan), np.full((rows, columns), math.nan))


def _courses(pairs: Sequence[_Pair], most: int) -> Iterator[list[_Pair]]:
    """`pairs` in runs of which each begins where the last one ends, of at most so many places."""
    run: list[_Pair] = []
    for pair in pairs:
        if run and (run[-1][1] != pair[0] or len(run) + 1 >= most):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _trim[K, V](kept: OrderedDict[K, V], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
