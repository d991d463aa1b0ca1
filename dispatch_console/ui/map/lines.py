"""The lines of routes along roads: asked for leg by leg beside the window, handed to the page as they come.

A leg is known by its two places, not by its stops: a pin that is moved needs another line, a stop that only changes
its driver does not.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, pairwise
from typing import Final

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain import driven
from dispatch_console.domain.day import Day
from dispatch_console.domain.driven import Pair
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.region import Leg
from dispatch_console.ui.later import Later

log = logging.getLogger(__name__)

#: Finds the ways between places, None where there is none; called on a thread of its own, may take its time.
Legs = Callable[[Sequence[Pair]], Sequence[Leg | None]]

#: So many legs are asked for at a time: the first are drawn while the others are looked for.
_AT_ONCE: Final = 100
#: So many lines are kept before those that are not on the map are forgotten.
_MOST: Final = 20_000


def pairs(day: Day) -> dict[Pair, None]:
    """All legs of a day's routes, each once, in the order they are driven."""
    return dict.fromkeys(chain.from_iterable(driven.pairs(day, id) for id in day.shifts if id != POOL))


class RouteLines(QObject):
    """`told(JSON)`: lines for the page, `{"forget": bool, "lines": {"lat,lon,lat,lon": [lat, lon, more lat, …]}}`.

    All in millionths of a degree; of a line's points each but the first is told by its distance from the last.
    A leg without a way has an empty list: it stays straight. `settled()`: no leg is being looked for any more.
    """

    told = Signal(str)
    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._later = Later(self)
        self._source: Legs | None = None
        self._wanted: dict[Pair, None] = {}
        self._known: dict[Pair, list[int]] = {}
        self._asked: set[Pair] = set()
        self._thread: ThreadPoolExecutor | None = None
        self._turn = 0

    @property
    def follow_roads(self) -> bool:
        """Whether there are roads to follow."""
        return self._source is not None

    @property
    def waiting(self) -> int:
        """How many legs are being looked for."""
        return len(self._asked)

    def use(self, source: Legs | None) -> None:
        """Take the lines from other roads, or (None) draw them straight."""
        self._source = source
        self._turn += 1
        self._known.clear()
        self._asked.clear()
        self._stop()
        self._tell({}, forget=True)
        self._ask()

    def want(self, wanted: Iterable[Pair]) -> None:
        """These legs are on the map now; those that are not known are asked for."""
        self._wanted = dict.fromkeys(wanted)
        if len(self._known) > _MOST:
            self._known = {pair: line for pair, line in self._known.items() if pair in self._wanted}
            self.again()
        self._ask()

    def again(self) -> None:
        """The page is a new one: tell it all that is known."""
        self._tell(self._known, forget=True)

    def close(self) -> None:
        """Ask for nothing any more."""
        self._source = None
        self._stop()

    def _ask(self) -> None:
        source = self._source
        if source is None:
            return
        missing = [pair for pair in self._wanted if pair not in self._known and pair not in self._asked]
        for at in range(0, len(missing), _AT_ONCE):
            some = missing[at : at + _AT_ONCE]
            self._asked.update(some)
            thread = self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="lines")
            then = partial(self._on_found, self._turn, some)
            self._later.when(thread.submit(source, some), then, partial(self._on_failed, self._turn, some))

    def _on_found(self, turn: int, some: Sequence[Pair], legs: Sequence[Leg | None]) -> None:
        if turn != self._turn:
            return
        found = {pair: _line(leg) for pair, leg in zip(some, legs, strict=True)}
        self._known |= found
        self._tell(found, forget=False)
        self._settle(some)

    def _on_failed(self, turn: int, some: Sequence[Pair], error: BaseException) -> None:
        """They stay straight until another change asks for them again."""
        if turn == self._turn:
            log.info("no lines for %d legs: %s", len(some), error)
            self._settle(some)

    def _settle(self, some: Sequence[Pair]) -> None:
        self._asked.difference_update(some)
        if not self._asked:
            self._stop()
            self.settled.emit()

    def _stop(self) -> None:
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = None

    def _tell(self, lines: dict[Pair, list[int]], *, forget: bool) -> None:
        named = {_key(pair): line for pair, line in lines.items()}
        self.told.emit(json.dumps({"forget": forget, "lines": named}, separators=(",", ":")))


def _key(pair: Pair) -> str:
    return ",".join(str(_millionths(degrees)) for place in pair for degrees in place)


def _line(leg: Leg | None) -> list[int]:
    if leg is None or len(leg.line) < 2:
        return []
    numbers = [(_millionths(lat), _millionths(lon)) for lat, lon in leg.line]
    steps = [part for (a, b), (c, d) in pairwise(numbers) for part in (c - a, d - b)]
    return [*numbers[0], *steps]


def _millionths(degrees: float) -> int:
    """Rounded as the page does it: halves up, and a place of the extract often ends in one."""
    return math.floor(degrees * 1e6 + 0.5)
