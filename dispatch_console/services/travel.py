"""Travel times for a day: computed once, grown when an order gets its pin."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import providers
from dispatch_console.roads.pack.manifest import ATTRIBUTION
from dispatch_console.roads.remote import service as remote

log = logging.getLogger(__name__)

ESTIMATE = providers.ESTIMATE.name

#: Matrices that were grown ahead of their use, by the one they were grown from.
_fetched: WeakKeyDictionary[TravelMatrix, TravelMatrix] = WeakKeyDictionary()
#: Up to so many places a matrix of the estimate grows in 30 ms.
_QUICK = 2_000

#: The one that days are opened with, alone in a list.
_in_use = [ESTIMATE]
#: The window's thread, alone in a list, if there is a window.
_spared: list[threading.Thread] = []


def current() -> str:
    """The name of the roads that days are opened with."""
    return _in_use[0]


def use(roads: str) -> None:
    """From now on days are opened with the roads of this name. UserError for an unknown one."""
    _in_use[0] = providers.provider(roads).name


def matrix(places: Sequence[Place], roads: str = ESTIMATE) -> TravelMatrix:
    """The travel matrix of `places`, each once, by the provider called `roads`. UserError for an unknown one.

    On real roads this takes a second for 1,000 places that were never asked for: not for the window's thread.
    """
    return providers.provider(roads).matrix(list(dict.fromkeys(places)))


def matrix_now(places: Sequence[Place]) -> TravelMatrix:
    """The travel matrix of `places` by the roads in use; by the estimate, as a whole, where those do not answer, or
    would have to be asked over the net: a day can always be opened, at once, and its provider says what it rests
    on. Not for the window's thread."""
    try:
        roads = providers.provider(current())
        if roads.known is not None:
            return roads.known(list(dict.fromkeys(places))) or matrix(places, ESTIMATE)
        return matrix(places, current())
    except UserError as error:
        if current() == ESTIMATE:
            raise
        log.warning("estimated, as the roads in use do not answer: %s", error.message)
        return matrix(places, ESTIMATE)


def spare(thread: threading.Thread | None) -> None:
    """There is a window, of this thread, that never waits for the net (None: there is none any more)."""
    _spared[:] = [] if thread is None else [thread]


def covering(known: TravelMatrix, places: Sequence[Place]) -> TravelMatrix:
    """`known` if it holds all `places`, else grown by the missing ones, computed by its own provider: not on the
    window's thread, unless they are `at_hand`.

    Where that one is asked over the net and there is a window: estimated, as a whole, on the window's thread and
    where it does not answer. Whoever holds the roads of the window then asks beside it.
    """
    if known.covers(places):
        return known
    fetched = _fetched.get(known)
    if fetched is not None and fetched.covers(places):
        return fetched
    roads = providers.provider(known.provider)
    if roads.known is None or not _spared:
        return roads.extend(known, places)
    everywhere = list(dict.fromkeys((*known.places, *places)))
    if threading.current_thread() in _spared:
        return roads.known(everywhere) or matrix(everywhere, ESTIMATE)
    try:
        return roads.extend(known, places)
    except UserError as error:
        log.warning("estimated, as the roads in use do not answer: %s", error.message)
        return matrix(everywhere, ESTIMATE)


def fetch(known: TravelMatrix, places: Sequence[Place]) -> None:
    """Let the roads reckon what `covering` will be asked for. Not for the window's thread. Raises UserError."""
    grown = covering(_fetched.get(known, known), places)
    if grown is not known:
        _fetched[known] = grown


def at_hand(known: TravelMatrix, places: Sequence[Place]) -> bool:
    """Whether `covering` answers within 50 ms."""
    if known.provider == ESTIMATE and len(known.places) <= _QUICK:
        return True
    return _fetched.get(known, known).covers(places)


def for_pin(day: Day, place: Place) -> TravelMatrix:
    """The matrix to hand to `session.apply` together with a change that brings `place`."""
    return covering(day.travel, (place,))


def legs(pairs: Sequence[tuple[Place, Place]], roads: str) -> list[Leg | None]:
    """The way for each pair by the provider called `roads`; None where there is none, or none is known.

    Not for the window's thread.
    """
    ask = providers.provider(roads).legs
    return ask(pairs) if ask is not None else [None] * len(pairs)


def about(roads: str) -> dict[str, str]:
    """What a plan says of the roads it was made on: its provider, and of a pack's its id, class and attribution; of
    a service's its title, class and attribution."""
    said = {"provider": roads, **remote.about(roads)}
    if roads.startswith("pack:"):
        _, pack, klass = roads.split(":")[:3]
        said |= {"pack": pack, "class": klass, "attribution": ATTRIBUTION}
    return said
