"""A day whose every word is hostile: customers, goods, drivers, vans, the depot itself. See `hostile.texts`."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import (
    Capacity,
    Costs,
    Depot,
    DepotId,
    Driver,
    DriverId,
    Shift,
    ShiftId,
    Vehicle,
    VehicleId,
)
from dispatch_console.domain.orders import Address, Item, Order, OrderId, Priority, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.roads import estimate
from tests.factories import DAY

#: So many of the orders have no driver; the others are shared out.
LOOSE = 12
SHIFTS = 9
_ACROSS = 12
HOUR = 3600


def place(k: int) -> Place:
    """Of the `k`-th order: on a grid of half a kilometre."""
    return Place(47.1 + (k // _ACROSS) * 0.005, 9.4 + (k % _ACROSS) * 0.0075)


def depot(text: str) -> Depot:
    return Depot(DepotId(1), text, place(0), "Europe/Vaduz", text, text, text, "CHF", "LI")


def orders(texts: Sequence[str]) -> list[Order]:
    """One for each text, which is all that it says. Every third has a town to share with the two after it."""
    return [_order(k, text, texts[k // 3 * 3]) for k, text in enumerate(texts)]


def _order(k: int, text: str, town: str) -> Order:
    number = k + 1
    return Order(
        reference=f"{number} {text}"[:300],  # as long as they get by any way in
        id=OrderId(number),
        stop=StopId(number),
        name=text,
        company=f"{text} Ltd",
        phone=text,
        email=text,
        address=Address(text, text[:20], text[:12], town, "LI"),
        place=place(k) if k % 20 else None,  # those without wait for their pin
        place_quality="file" if k % 20 else None,
        day=DAY,
        windows=(Window(8 * HOUR, 9 * HOUR),) if k % 4 == 0 else (),
        service_s=300,
        size=Size(20_000, 100, 1 + k % 4),
        priority=Priority.HIGH if k % 7 == 0 else Priority.NORMAL,
        skills=(text[:40],) if k % 5 == 0 else (),
        cod=Money(1250, "CHF") if k % 6 == 0 else None,
        notes=text,
        items=(Item(text[:40], text, 2),),
        goods=frozenset({text[:40]}),
        zone=text[:40],
    )


def shifts(texts: Sequence[str]) -> list[Shift]:
    """Drivers and vans that are called so; the texts are taken from all over the list."""
    step = max(1, len(texts) // SHIFTS)
    return [_shift(n, texts[(n * step) % len(texts)]) for n in range(1, SHIFTS + 1)]


def _shift(number: int, text: str) -> Shift:
    driver = Driver(DriverId(number), f"{text} {number}", text, frozenset({text[:40]}))
    van = Vehicle(VehicleId(number), f"{text} {number}", text, Capacity(150_000, 1_000, 12), frozenset({text[:40]}))
    return Shift(
        ShiftId(number), number, driver, van, 8 * HOUR, 12 * HOUR, place(0), place(0), costs=Costs(3000, 50, 0)
    )


def routes(orders: Sequence[Order], shifts: Sequence[Shift]) -> dict[ShiftId, tuple[StopId, ...]]:
    """The last ones in the pool, with those that have no place; the rest to the drivers in turn."""
    placed = [order.stop for order in orders[:-LOOSE] if order.place is not None]
    pool = [order.stop for order in orders if order.stop not in placed]
    return {POOL: tuple(pool), **{s.id: tuple(placed[n :: len(shifts)]) for n, s in enumerate(shifts)}}


def day(texts: Sequence[str]) -> Day:
    here, wanted, who = depot(texts[0]), orders(texts), shifts(texts)
    plan = Plan({id: Route(id, stops) for id, stops in routes(wanted, who).items()})
    places = [here.place, *(order.place for order in wanted if order.place is not None)]
    return open_day(here, DAY, wanted, who, estimate.matrix(list(dict.fromkeys(places))), plan)
