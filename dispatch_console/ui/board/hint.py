"""What a drop would do, in a few words: worked out while the pointer rests, never so long that it is felt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.insertion import Offer
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.ui import texts
from dispatch_console.ui.models import words

_tr = texts.of("Board")

#: Trying a stop at one place of a route takes about this long for each stop of the route.
_TRY_S = 3e-6
_PATIENCE_S = 0.025


class Hint(NamedTuple):
    """`minutes`: `+6 min`; `text`: when the driver arrives or the best place; `rule`: what would be broken.

    `frozen`: it cannot be dropped there, `rule` says why.
    """

    minutes: str
    text: str
    rule: str = ""
    frozen: bool = False


def of_slot(day: Day, stops: Sequence[StopId], to: ShiftId, at: int, hhmm: Callable[[int], str]) -> Hint:
    """For a drop before the stop that stands at `at`."""
    if (frozen := _frozen(day, stops, to, at)) is not None:
        return frozen
    offer = dispatch.offer(day, stops, to, at)
    return Hint(_minutes(offer), _tr("arrives {at}").format(at=hhmm(offer.arrive)), _rule(offer))


def of_head(day: Day, stops: Sequence[StopId], to: ShiftId) -> Hint:
    """For a drop on a lane's head: each stop goes to its best place."""
    if (frozen := _frozen(day, stops, to, None)) is not None:
        return frozen
    if not affordable(day, stops, to):
        return Hint("", _tr("best places for {n} stops").format(n=len(stops)))
    offer = dispatch.offer(day, stops, to, None)
    if len(stops) == 1:
        text = _tr("best place: {place}, {minutes}").format(
            place=words.ordinal(offer.at + 1), minutes=_minutes(offer)
        )
    else:
        text = _tr("best places, {minutes}").format(minutes=_minutes(offer))
    return Hint(_minutes(offer), text, _rule(offer))


def _frozen(day: Day, stops: Sequence[StopId], to: ShiftId, at: int | None) -> Hint | None:
    """Why what has happened does not let a drop through; None: it does."""
    if not day.facts.entries:
        return None
    fixed = {stop for route in day.routes for stop in freeze.head(route, day.facts)}
    if not fixed.isdisjoint(stops):
        return _refused(_tr("has been visited"))
    if at is not None and to != POOL and at < freeze.head_length(day.plan.route(to), day.facts):
        return _refused(_tr("done or under way"))
    return None


def _refused(why: str) -> Hint:
    return Hint("", why, why, frozen=True)


def affordable(day: Day, stops: Sequence[StopId], to: ShiftId) -> bool:
    """Whether finding the best places is quick enough for a hint."""
    length = len(day.plan.route(to).stops)
    tries = sum((length + i + 1) * (length + i + 1) for i in range(len(stops)))
    return tries * _TRY_S <= _PATIENCE_S


def _minutes(offer: Offer) -> str:
    return f"{words.signed_minutes(offer.added_s)} min"


def _rule(offer: Offer) -> str:
    if not offer.broken:
        return ""
    more = len(offer.broken) - 1
    return words.short(offer.broken[0]) + (_tr(", {n} more").format(n=more) if more else "")
