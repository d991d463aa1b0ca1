"""The small signs of an order, in the order of the cards: cash, two-man, cold, age, pinned, collection."""

from __future__ import annotations

import re
from typing import NamedTuple

from dispatch_console.domain.orders import Order, OrderKind, StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.stops import Stop


class Mark(NamedTuple):
    """One sign: its icon and what it means in words."""

    icon: str
    text: str


COD = Mark("ph.money-bold", "cash on delivery")
TWO_MAN = Mark("ph.users-bold", "two people")
COLD = Mark("ph.snowflake-bold", "cold chain")
AGE = Mark("ph.identification-card-bold", "age check")
PINNED = Mark("ph.push-pin-fill", "pinned to its driver")
FIXED = Mark("ph.push-pin-fill", "pinned to its position")
COLLECTION = Mark("ph.arrow-line-up-bold", "collection")

#: Words of skills as files write them, hyphens and underscores read as spaces → the sign.
_SKILLS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (TWO_MAN, re.compile(r"\b(2|two|zwei) ?(man|men|person|persons|people|mann|crew)\b|\btwoman\b")),
    (COLD, re.compile(r"\b(cold|cool|cooled|chilled|chill|frozen|fridge|refrigerated|reefer|kühl|kühlung)\b")),
    (AGE, re.compile(r"\b(age|adult|over ?18|18 ?plus|id check|identification|alter)\b|\b18\+")),
)


def of_order(order: Order) -> tuple[Mark, ...]:
    """The signs of one order. Pins belong to the plan: see `of_stop`."""
    found = [COD] if order.cod is not None and order.cod.cents > 0 else []
    found += of_skills(order.skills)
    if order.kind is OrderKind.COLLECTION:
        found.append(COLLECTION)
    return tuple(found)


def of_stop(stop: Stop, route: Route) -> tuple[Mark, ...]:
    """The signs of a stop, with its pin in `route`."""
    here: set[Mark] = set()
    for order in stop.orders:
        here.update(of_order(order))
    pin = of_pin(stop.id, route)
    if pin is not None:
        here.add(pin)
    return tuple(mark for mark in (COD, TWO_MAN, COLD, AGE, FIXED, PINNED, COLLECTION) if mark in here)


def of_pin(stop: StopId, route: Route) -> Mark | None:
    if stop in route.fixed:
        return FIXED
    return PINNED if stop in route.pinned else None


def of_skills(skills: tuple[str, ...]) -> list[Mark]:
    if not skills:
        return []
    text = " | ".join(re.sub(r"[-_]+", " ", skill.casefold()) for skill in skills)
    return [mark for mark, pattern in _SKILLS if pattern.search(text)]
