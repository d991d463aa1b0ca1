"""A store with 100,000 orders of a hundred days: the program starts on it, an order is found, a day is opened.

The orders are written in bulk, through the store's own rows; the day that the window opens is a planned one of 300.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from dispatch_console.domain.day import DayState
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import Order
from dispatch_console.domain.plan import POOL, Route
from dispatch_console.services import days
from dispatch_console.store.base import insert_many
from dispatch_console.store.changes import route_row
from dispatch_console.store.order_rows import order_row, personal_row
from dispatch_console.store.schema import DayRow, OrderRow, PersonalRow, RouteRow
from dispatch_console.store.store import Store, open_store
from tests.benchmarks import start, start_day
from tests.benchmarks.store import order
from tests.faults.table import Figure, Size, broken, dice, percentile, timed
from tests.store import pg

ORDERS, A_DAY = 100_000, 1000
START_S, SEARCH_MS, OPEN_S = 5.0, 200.0, 1.0
#: Ids above those of the planned day.
FIRST = 10_000
#: So many days are opened, so many texts sought.
DAYS, TEXTS = 10, 40


def fill(where: str) -> None:
    start_day.fill(where)
    with closing(open_store(where)) as store:
        home = store.depots()[0].id
        store.new_ids("order", FIRST + ORDERS)
        store.new_ids("stop", FIRST + ORDERS)
        for number in range(ORDERS // A_DAY):
            date = date_of(number)
            first = FIRST + number * A_DAY
            _add_day(store, home, date, [order(first + n, date) for n in range(A_DAY)])


def date_of(number: int) -> dt.date:
    return start_day.DAY - dt.timedelta(days=number + 1)


def _add_day(store: Store, home: DepotId, date: dt.date, orders: Sequence[Order]) -> None:
    with store.write() as db:
        day = DayRow(depot_id=home, date=date, revision=1, state=DayState.DRAFT.value, approved_by="")
        db.add(day)
        db.flush()
        insert_many(db, OrderRow, [order_row(one, day.id) for one in orders])
        insert_many(db, PersonalRow, [personal_row(one) for one in orders])
        pool = Route(POOL, tuple(one.stop for one in orders))
        insert_many(db, RouteRow, [route_row(day.id, pool)])


def texts(seed: int) -> list[tuple[str, int | None]]:
    """What is typed, and whose order must be among those found; None: there is none."""
    luck = dice(seed, "texts")
    found: list[tuple[str, int | None]] = [("nobody of this name", None), ("zzz", None)]
    for n in range(TEXTS - len(found)):
        number = FIRST + luck.randrange(ORDERS)
        one = order(number, start_day.DAY)
        ways = (one.reference, f"{one.name} {one.address.street}", one.phone, one.phone[-7:], one.name.upper())
        found.append((ways[n % len(ways)], number))
    return found


def _asked(where: str, name: str, seed: int) -> tuple[list[str], list[float], list[float]]:
    """(what was wrong, seconds of each search, seconds of each day opened)."""
    wrong, searched, opened = list[str](), list[float](), list[float]()
    with closing(open_store(where)) as store:
        home = store.depots()[0].id
        for text, number in texts(seed):
            with timed(searched):
                found = store.find_orders(home, text)
            if (number is None) != (not found) or (
                number is not None and number not in {one.order for one in found}
            ):
                wrong.append(f"{name}: “{text}” found {len(found)} orders, but not {number}")
        for number in dice(seed, "days").sample(range(ORDERS // A_DAY), DAYS):
            with timed(opened):
                day = days.open_day(store, home, date_of(number))
            if len(day.orders) != A_DAY or len(day.plan.pool.stops) != A_DAY:
                wrong.append(f"{name}: {date_of(number)} has {len(day.orders)} orders")
    return wrong, searched, opened


def _started(where: str, home: str, runs: int) -> dict[str, float]:
    """The best of some starts: seconds to a usable window, and those of the processor."""
    return min((start.child("open", where, home) for _ in range(runs)), key=lambda times: times["usable"])


def run(size: Size, seed: int) -> list[Figure]:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, pg.running(pg.needed()) as server:
        stores = {
            "SQLite": str(Path(folder, "many.db")),
            "PostgreSQL": pg.create_database(server.url, "many"),
        }
        for name, where in stores.items():
            fill(where)
            figures += _figures(name, where, folder, seed)
    return figures


def _figures(name: str, where: str, home: str, seed: int) -> list[Figure]:
    wrong, searched, opened = _asked(where, name, seed)
    started, of = _started(where, home, 2), f"{ORDERS:,} orders, {name}"
    work = f"{started['work']:.1f} s of the processor"
    found, shown = 1000 * percentile(searched, 95), percentile(opened, 95)
    return [
        broken(f"{of}: orders and days found amiss", f"{TEXTS} texts, {DAYS} days", wrong),
        Figure(f"{of}: start to a usable window", "2 starts", started["usable"], START_S, "s", True, [work]),
        Figure(f"{of}: search, p95", f"{TEXTS} texts", found, SEARCH_MS, "ms", True),
        Figure(f"{of}: open a day of {A_DAY:,}, p95", f"{DAYS} days", shown, OPEN_S, "s", True),
    ]
