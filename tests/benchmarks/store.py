"""Figures of the store: `python -m tests.benchmarks.store [--url URL] [--orders N]`. Prints one line per figure.

Loads a 300-order day, saves drags one by one until durable, inserts N orders and finds some by name and number.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import Address, Order, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap, change_routes
from dispatch_console.services import backups, days
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, save_fleet_of

DRAGS = 200
_STREETS = ("Linden Row", "Mill Lane", "Quay Street", "Moorstraße", "Fennel Way", "Dock Road")
_NAMES = ("Quill", "Rook", "Fern", "Holm", "Moss", "Müller", "Keller", "Brandt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="an empty database (default: a new SQLite file)")
    parser.add_argument("--orders", type=int, default=100_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = arguments.url or str(Path(folder, "bench.db"))
        _say("make a new store", _seconds(lambda: open_store(where).close()))
        store = open_store(where)
        _measure(store, arguments.orders, None if arguments.url else where)
        store.close()


def _measure(store: Store, n: int, file: str | None) -> None:
    day = day_of_300(store)
    home, date = day.depot.id, day.date
    _say("load a day of 300 orders, rows only", _best(lambda: store.load_day(home, date)))
    _say("open it: schedules and travel times too", _best(lambda: days.open_day(store, home, date)))
    times = _drags(store, day)
    print(f"{'save a drag, durable: p50 / p95':44} {_p(times, 50):8.1f} / {_p(times, 95):.1f} ms")
    _say(f"make and insert {n:,} orders", _seconds(lambda: fill_with(store, date, n)))
    for text in ("4711", "muller quay", "55501234"):
        _say(f"find “{text}” among them", _best(lambda text=text: store.find_orders(home, text)))
    _say("load the day of 300 again", _best(lambda: store.load_day(home, date)))
    if file:
        _say("open the store, looking at every page", _seconds(lambda: open_store(file).close()))
        _say("back it up", _seconds(lambda: backups.make(file)))


def day_of_300(store: Store) -> Day:
    """20 drivers with 14 stops each, 20 in the pool."""
    small = factories.small_day()
    shifts = {shift.id: shift for shift in (factories.shift(n) for n in range(1, 21))}
    save_fleet_of(store, replace(small, shifts=shifts))
    orders = [order(n, small.date) for n in range(1, 301)]
    empty = days.open_day(store, small.depot.id, small.date)
    routes = [
        empty.plan.route(shift).with_stops(tuple(StopId(shift * 14 - 14 + i) for i in range(1, 15)))
        for shift in shifts
    ]
    pool = empty.plan.pool.with_stops(tuple(map(StopId, range(281, 301))))
    change = PlanChange(
        "Start",
        change_routes(empty.plan, "", [pool, *routes]).routes,
        tuple(Swap(None, order) for order in orders),
        tuple(Swap(None, shift) for shift in shifts.values()),
    )
    store.save_change(change, small.depot.id, small.date, 0, WHO, new_command())
    return days.open_day(store, small.depot.id, small.date)


def _drags(store: Store, day: Day) -> list[float]:
    dice = random.Random(1)
    times: list[float] = []
    for _ in range(DRAGS):
        stop, to = StopId(dice.randint(1, 300)), dice.choice(list(day.shifts))
        change = edits.move(day.plan, [stop], to, 0, "Move")
        began = time.perf_counter()
        store.save_change(change, day.depot.id, day.date, day.revision, WHO, new_command())
        times.append((time.perf_counter() - began) * 1000)
        day = day.apply(change)
    return times


def fill_with(store: Store, after: dt.date, n: int) -> None:
    """Orders for the days after one, a thousand each, day by day, each saved as an import would be."""
    orders = [order(1000 + i, after + dt.timedelta(days=1 + i // 1000)) for i in range(n)]
    for date, made in itertools.groupby(orders, key=lambda order: order.day):
        assert date is not None
        change = PlanChange("Import", orders=tuple(Swap(None, order) for order in made))
        store.save_change(change, factories.DEPOT.id, date, 0, WHO, new_command())


def order(n: int, date: dt.date) -> Order:
    dice = random.Random(n)
    return factories.order(
        1,
        id=OrderId(n),
        stop=StopId(n),
        reference=str(n),
        name=f"{dice.choice(_NAMES)} {n}",
        phone=f"+423 555 {n:06d}",
        address=Address(dice.choice(_STREETS), str(n % 90 + 1), f"{4100 + n % 100}", "Lindmoor", "LI"),
        place=Place(50 + dice.random() / 5, 10 + dice.random() / 5),
        day=date,
    )


def _best(function: Callable[[], object]) -> float:
    return min(_seconds(function) for _ in range(5))


def _seconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def _p(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


def _say(what: str, seconds: float) -> None:
    print(f"{what:44} {seconds * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
