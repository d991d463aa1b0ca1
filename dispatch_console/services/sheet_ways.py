"""The roads that papers are drawn along, and whom they are from."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from itertools import chain
from threading import Thread

from dispatch_console.domain import driven
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.manifests.ways import STRAIGHT, Ways
from dispatch_console.roads.engine.client import Cancelled
from dispatch_console.services import travel

log = logging.getLogger(__name__)

#: All sheets of a run together wait so long for their roads.
_LONGEST_S = 20.0


class SheetWays:
    """Those of one run. A paper comes out whatever the roads do: once they do not answer, or keep the run waiting
    for too long, nothing more is asked, and lines are straight."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._left_s = _LONGEST_S
        #: To be told on every paper that shows times or ways of these roads; empty if nobody need be.
        self.credit = travel.about(day.travel.provider).get("attribution", "")

    def of(self, *routes: ShiftId) -> Ways:
        """The legs of `routes`, those without a way left out. Not for the window's thread."""
        pairs = list(dict.fromkeys(chain.from_iterable(driven.pairs(self._day, route) for route in routes)))
        if self._left_s <= 0:
            return STRAIGHT
        began = time.monotonic()
        try:
            legs = _within(self._left_s, lambda: travel.legs(pairs, self._day.travel.provider))
        except Exception as error:
            expected = isinstance(error, UserError | Cancelled | TimeoutError)
            log.log(logging.INFO if expected else logging.ERROR, "sheets with straight lines", exc_info=error)
            self._left_s = 0.0
            return STRAIGHT
        self._left_s -= time.monotonic() - began
        return {pair: leg for pair, leg in zip(pairs, legs, strict=True) if leg is not None}


def _within[T](seconds: float, ask: Callable[[], T]) -> T:
    """Raises TimeoutError. Whom nobody waits for any more is left to himself: he ends with the program at last."""
    answer = Future[T]()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:
            answer.set_exception(error)

    Thread(target=run, name="ways", daemon=True).start()
    return answer.result(seconds)
