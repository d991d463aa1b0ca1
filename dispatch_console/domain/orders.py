"""What a customer wants: the `Order` and its parts.

The windows of an order are what the clock on the wall shows, in seconds from 00:00 (08:30 is 30600), because that
is what the customer was told. `clock.wall_to_seconds` turns them into elapsed seconds when a plan day is built.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

from dispatch_console.domain.places import Place, Quality
from dispatch_console.domain.sizes import Money, Size

OrderId = NewType("OrderId", int)
ImportId = NewType("ImportId", int)
StopId = NewType("StopId", int)

DAY_S = 24 * 3600


class OrderKind(StrEnum):
    DELIVERY = "delivery"
    COLLECTION = "collection"


class Priority(StrEnum):
    """How hard the plan tries to serve an order. `LOW` orders are optional: left out first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Window(NamedTuple):
    """When service may begin: [start, end] in seconds, start < end. 24:00 is 86400."""

    start: int
    end: int


class Address(NamedTuple):
    """An address as written. `street` may hold the house number or even the whole address."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""  # ISO 3166-1 alpha-2, or empty

    @property
    def street_line(self) -> str:
        return f"{self.street} {self.house_number}".strip()

    @property
    def town_line(self) -> str:
        return f"{self.postcode} {self.city}".strip()

    @property
    def one_line(self) -> str:
        return ", ".join(part for part in (self.street_line, self.town_line, self.country) if part)


class Item(NamedTuple):
    """A line of goods in an order."""

    sku: str = ""
    description: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """One customer's wish for one day. `id` and `stop` (the visit that serves it) are 0 until given by the store.

    `windows` empty means any time of the day. `service_s` None means the depot's default. `place` None means
    the order has no place yet (`no_place`): it waits in the pool for its pin.
    """

    reference: str
    id: OrderId = OrderId(0)
    kind: OrderKind = OrderKind.DELIVERY
    name: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    address: Address = Address()
    place: Place | None = None
    place_quality: Quality | None = None
    day: dt.date | None = None
    windows: tuple[Window, ...] = ()
    service_s: int | None = None
    size: Size = Size()
    priority: Priority = Priority.NORMAL
    skills: tuple[str, ...] = ()
    cod: Money | None = None
    notes: str = ""
    items: tuple[Item, ...] = ()
    attempts: int = 0
    stop: StopId = StopId(0)
    source: ImportId | None = None

    @property
    def recipient(self) -> str:
        """What to call the customer: the person, else the company, else the reference."""
        return self.name or self.company or self.reference
