"""Where an order fits on the coming days: true insertion cost into their plans as they stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dispatch_console.domain import clock, insertion, nextsteps
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Depot, Shift, ShiftId
from dispatch_console.domain.insertion import Offer
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import DAY_S, Order, OrderId, StopId, Window
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import BrokenRule
from dispatch_console.services import days, travel
from dispatch_console.services.days import Roster, TravelFor
from dispatch_console.store.store import Store
from dispatch_console.store.values import DayRecord

#: What a customer is told is so wide, in whole hours around the arrival.
TOLD_S = 2 * 3600
#: So many drivers are offered for each day.
_DRIVERS = 3
#: An id that no store gives out.
_NEW = 2**40


class Slot(NamedTuple):
    """One way to serve an order: `driver` on `date`, arriving at `arrive` (seconds of that day). `window` is what
    the customer can be told (wall-clock seconds). `added_cost` in cents, `added_s` seconds, `added_m` metres.
    """

    date: dt.date
    driver: str
    arrive: int
    window: Window
    added_s: int
    added_m: int
    added_cost: int
    broken: tuple[BrokenRule, ...]

    @property
    def rank(self) -> tuple[int, int, dt.date]:
        return len(self.broken), self.added_cost, self.date


def slots(
    store: Store,
    day: Day,
    order: Order,
    n: int = 5,
    usual: Usuals | None = None,
    travel_for: TravelFor = travel.matrix_now,
    windows: tuple[Window, ...] = (),
    now: dt.datetime | None = None,
) -> list[Slot]:
    """The best ways to serve `order` on the `n` working days after `day`, cheapest first, those that break a
    rule last.

    `windows`: only then; empty: at any time. A day that nobody has planned yet has the shifts of its weekday. An
    order without a place has none. `now` (aware): no slot lies before; None: no clock runs. Touches the database
    and takes a while: not for the window's thread.
    """
    if order.place is None:
        return []
    usual = usual or Usuals()
    after = day.date if now is None else max(day.date, _local(now, day.depot).date() - dt.timedelta(days=1))
    wanted = replace(order, windows=windows, stop=StopId(_NEW), id=OrderId(_NEW), next=None)
    found: list[Slot] = []
    for k in range(1, n + 1):
        date = nextsteps.working_day(after, k, usual.weekdays)
        seconds = 0 if now is None else max(0, clock.to_seconds(now, date, day.depot.timezone))
        found += of_day(_with(_record(store, day.depot, date), wanted, travel_for, seconds), StopId(_NEW))
    return sorted(found, key=lambda slot: slot.rank)


def of_day(day: Day, stop: StopId) -> list[Slot]:
    """The best drivers of one day for a stop of its pool, as far as they can still be there."""
    offers = [offer for offer in insertion.offers(stop, day.plan, day.basis) if offer.arrive >= day.now]
    return [_slot(day, offer) for offer in offers[:_DRIVERS]]


def _slot(day: Day, offer: Offer) -> Slot:
    return Slot(
        day.date,
        day.shifts[offer.route].driver.name,
        offer.arrive,
        told_window(day, offer.arrive),
        offer.added_s,
        offer.added_m,
        offer.added_cost,
        offer.broken,
    )


def _local(now: dt.datetime, depot: Depot) -> dt.datetime:
    return now.astimezone(ZoneInfo(depot.timezone))


def told_window(day: Day, arrive: int) -> Window:
    """Whole hours on the wall clock with the arrival well inside."""
    local = clock.to_instant(arrive, day.date, day.depot.timezone)
    wall = local.hour * 3600 + local.minute * 60
    start = max(0, (wall - TOLD_S // 4) // 3600 * 3600)
    return Window(start, min(DAY_S, start + TOLD_S))


def _record(store: Store, depot: Depot, date: dt.date) -> DayRecord:
    record = store.load_day(depot.id, date)
    return record if record.shifts else replace(record, shifts=tuple(_usual_shifts(store, depot, date)))


def _usual_shifts(store: Store, depot: Depot, date: dt.date) -> Iterator[Shift]:
    """The weekday's shifts under ids of no meaning: nothing of them is kept."""
    fleet = store.load_fleet(depot.id)
    ids = tuple(ShiftId(_NEW + k) for k in range(days.shifts_on(fleet, date)))
    yield from days.shifts_for(Roster(fleet, ids), depot, date)


def _with(record: DayRecord, order: Order, travel_for: TravelFor, now: int) -> Day:
    day = days.from_record(replace(record, orders=(*record.orders, order)), travel_for, now)
    assert day.plan.where[order.stop] == POOL
    return day
