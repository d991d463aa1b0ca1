"""Whom a caller speaks of: an order by its number, its last digits or a scan; a route by initials, slot or a scan.

All but `elsewhere` is pure over a day and takes a millisecond or two at 1,500 orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import DepotId, ShiftId
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.store.store import Store
from dispatch_console.store.values import Found

__all__ = [
    "Code",
    "Found",
    "Hit",
    "OrderHit",
    "RouteHit",
    "Store",
    "code",
    "could_go_on",
    "elsewhere",
    "find",
    "is_scanned",
    "scan",
]

#: Letters that codes begin with: sheet, loading list, hand-over, order, piece. See `manifests.codes`.
CODE_LETTERS = "SLTDP"
_CODE = re.compile(rf"([{CODE_LETTERS}])(\d{{4,16}})", re.IGNORECASE | re.ASCII)
#: Digits of the part after the number (version, piece) by letter and by how many digits there are in all.
_PARTS = {"S": {8: 2, 12: 4}, "L": {8: 2, 12: 4}, "T": {8: 2, 12: 4}, "D": {8: 0, 12: 0}, "P": {10: 2, 14: 4}}


class Code(NamedTuple):
    """A scanned text taken apart. `part`: the version of a paper, the number of a piece; 0: none."""

    letter: str
    number: int
    part: int = 0


class OrderHit(NamedTuple):
    """An order of the day. `piece`: the one whose label was scanned; 0: the order as a whole."""

    order: OrderId
    stop: StopId
    piece: int = 0


class RouteHit(NamedTuple):
    route: ShiftId


Hit = OrderHit | RouteHit


def code(text: str) -> Code | None:
    """Take a scanned text apart; None: it is no code of ours."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return None
    letter, digits = found[1].upper(), found[2]
    part = _PARTS[letter].get(len(digits))
    if part is None:
        return None
    cut = len(digits) - part
    return Code(letter, int(digits[:cut]), int(digits[cut:] or 0))


def is_scanned(text: str) -> bool:
    """Whether a text looks as if a scanner had sent it, right or wrong."""
    return re.fullmatch(rf"[{CODE_LETTERS}]\d{{4,}}", text.strip(), re.IGNORECASE | re.ASCII) is not None


def scan(day: Day, text: str) -> Hit | None:
    """What of this day a scanned text stands for: papers for their route, orders and pieces for their order.

    Barcodes carry the identity of an order, so that a label of its first day is found on its second.
    """
    parts = code(text)
    if parts is None:
        return None
    if parts.letter in "SLT":
        route = ShiftId(parts.number)
        return RouteHit(route) if route in day.shifts else None
    wanted = OrderId(parts.number)
    for order in day.orders.values():
        if order.identity == wanted:
            return OrderHit(order.id, order.stop, parts.part)
    return None


def find(day: Day, text: str) -> tuple[Hit, ...]:
    """All that a typed text can mean, the likeliest first: on the road and still open before the rest.

    A scan's text, the whole number of an order, `#` and the slot of a driver, or his initials; only if it is none
    of these, the last digits (or letters) of order numbers.
    """
    sought = _plain(text)
    if not sought:
        return ()
    scanned = scan(day, text)
    if scanned is not None:
        return (scanned,)
    if text.strip().startswith("#"):
        return tuple(RouteHit(id) for id, shift in day.shifts.items() if str(shift.slot) == sought)
    exact: list[Order] = []
    ending: list[Order] = []
    for order in day.orders.values():
        plain = _plain(order.reference)
        if plain == sought:
            exact.append(order)
        elif plain.endswith(sought) or (sought.isdecimal() and _digits(order.reference).endswith(sought)):
            ending.append(order)
    routes = [RouteHit(id) for id, shift in day.shifts.items() if shift.driver.initials.casefold() == sought]
    orders = exact if exact or routes else ending
    return (*routes, *(OrderHit(order.id, order.stop) for order in sorted(orders, key=lambda o: _rank(day, o))))


def could_go_on(day: Day, text: str) -> bool:
    """Whether a number or initials of this day hold `text`, so that its last letter belongs to them.

    False for `4223F` on a day with an order 4223: the F is the beginning of something else.
    """
    sought = _plain(text)
    if len(sought) == 1 or any(name.startswith(sought) for name in _names(day)):
        return True
    if _CODE.match(f"{text.strip()}0000"[:5]) is not None:
        return True
    return any(sought in _plain(order.reference) for order in day.orders.values())


def elsewhere(store: Store, depot: DepotId, text: str, most: int = 3) -> list[Found]:
    """Orders of other days with this number or barcode, newest day first; of a paper's code, its day.

    Touches the database.
    """
    parts = code(text)
    if parts is not None and parts.letter in "SLT":
        date = store.day_of_route(depot, ShiftId(parts.number))
        return [] if date is None else [Found(OrderId(0), text.strip(), "", "", "", date, OrderId(0))]
    if parts is not None:
        return store.find_identity(depot, OrderId(parts.number))[:most]
    sought = _plain(text)
    if len(sought) < 2:
        return []
    found = store.find_orders(depot, text.strip(), 20 * most)
    return [one for one in found if _plain(one.reference).endswith(sought)][:most]


def _names(day: Day) -> Iterator[str]:
    return (shift.driver.initials.casefold() for shift in day.shifts.values())


def _rank(day: Day, order: Order) -> tuple[bool, bool, int]:
    """On a route first, open first, then by time."""
    stop = order.stop
    loose = day.plan.where.get(stop, POOL) == POOL
    ended = day.facts.outcome(stop, order.id) is not None
    return loose, ended, 0 if loose else day.position(stop)[1]


@lru_cache(maxsize=1 << 15)
def _plain(text: str) -> str:
    """Letters and digits only, case folded: `W-42/23` is `w4223`."""
    return text.casefold() if text.isalnum() else "".join(c for c in text.casefold() if c.isalnum())


@lru_cache(maxsize=1 << 15)
def _digits(text: str) -> str:
    return text if text.isdecimal() else "".join(c for c in text if c.isdecimal())
