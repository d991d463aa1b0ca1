"""What a customer wants: the `Order` and its parts.

The windows of an order are what the clock on the wall shows, in seconds from 00:00 (08:30 is 30600), because that
is what the customer was told. `clock.wall_to_seconds` turns them into elapsed seconds when a plan day is built.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

from dispatch_console.domain.places import ERASED, Place, Quality
from dispatch_console.domain.sizes import Money, Size

OrderId = NewType("OrderId", int)
ImportId = NewType("ImportId", int)
StopId = NewType("StopId", int)
DriverId = NewType("DriverId", int)  # here, since orders name drivers and fleets are built on orders

DAY_S = 24 * 3600


class OrderKind(StrEnum):
    DELIVERY = "delivery"
    COLLECTION = "collection"
    HANDOVER = "handover"  # two of our vans meet and goods change over: a stop of the depot's own, no customer's


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


class NextKind(StrEnum):
    """What becomes of an order that was not done."""

    AGAIN = "again"  # on `day`
    LATER_TODAY = "later_today"
    HOLD = "hold"  # in the depot, until `until` at the latest
    PICKUP_POINT = "pickup_point"
    RETURN = "return"  # to the sender
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A decision on an order that was not done. `windows` as the clock shows them; empty: any time of `day`.

    `carried` is the order that goes on with it on another day; 0 until the day's orders were carried over.
    """

    kind: NextKind
    day: dt.date | None = None
    windows: tuple[Window, ...] = ()
    until: dt.date | None = None
    note: str = ""
    carried: OrderId = OrderId(0)


@dataclass(frozen=True, slots=True)
class Order:
    """One customer's wish for one day. `id` and `stop` (the visit that serves it) are 0 until given by the store.

    `windows` empty means any time of the day. `service_s` None means the depot's default. `place` None means
    the order has no place yet (`no_place`): it waits in the pool for its pin.

    An order that goes out again keeps its `identity`: `origin` is the id under which it came first, `attempts` how
    often it failed before this day. `next` says what becomes of it if it was not done. `pickup` is the stop of the
    same route at which its goods come on board; 0: at the start.

    `release_s`: its goods are not ready at the depot before (wall clock as the windows, 0: they are there).
    `late_per_min`: cents for a minute late, 0: the windows are hard. `parking_s`: part of the service time that
    falls away where the driver stands there already. `not_drivers` may not serve it, drivers of `known_by` have
    been there before. `goods`: classes of goods, as `Basis.apart` names them. `zone`: the area it lies in.
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
    origin: OrderId = OrderId(0)
    pickup: StopId = StopId(0)
    next: NextStep | None = None
    release_s: int = 0
    late_per_min: int = 0
    parking_s: int = 0
    not_drivers: frozenset[DriverId] = frozenset()
    goods: frozenset[str] = frozenset()
    zone: str = ""
    known_by: frozenset[DriverId] = frozenset()

    @property
    def identity(self) -> OrderId:
        """What stays the same from the first day to the last: parcels carry it as their barcode."""
        return self.origin or self.id

    @property
    def recipient(self) -> str:
        """What to call the customer: the person, else the company, else the reference; `erased` once he is."""
        return self.name or self.company or (ERASED if self.is_erased else self.reference)

    @property
    def is_erased(self) -> bool:
        """Whether what was known of the customer is gone for good."""
        return self.place_quality == ERASED
