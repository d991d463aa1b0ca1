"""How long it takes to find an order among 100,000, on SQLite and on PostgreSQL. Floor: 200 ms.

    python -m tests.benchmarks.find [--orders N] [--sqlite-only]

By part of a reference, name, phone, address, and by barcode; common words and words that nobody has are the slow
ones. The history of one order is read too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.benchmarks.store import order
from tests.store import pg
from tests.store.filling import WHO, save_fleet_of

FLOOR_MS = 200
PER_DAY = 1000
QUERIES = (
    "99", "47111", "muller quay", "mu", "+423 555 012 345", "012345", "quay street 17", "4123", "lind",
    "a", "zzyzx", "D00054321", "P0005432101",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--sqlite-only", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        worst = _measure("SQLite", str(Path(folder, "bench.db")), arguments.orders)
    binaries = None if arguments.sqlite_only else pg.binaries()
    if binaries is not None:
        with pg.server(binaries) as url:
            worst = max(worst, _measure("PostgreSQL", pg.create_database(url, "bench"), arguments.orders))
    print(f"worst {worst:.1f} ms (floor {FLOOR_MS})")
    return 0 if worst <= FLOOR_MS else 1


def _measure(name: str, url: str, n: int) -> float:
    store = open_store(url)
    began = time.perf_counter()
    _fill(store, n)
    print(f"{name}: {n:,} orders written in {time.perf_counter() - began:.1f} s")
    worst = 0.0
    for text in QUERIES:
        times = [_ms(lambda text=text: store.find_orders(factories.DEPOT.id, text)) for _ in range(5)]
        found = len(store.find_orders(factories.DEPOT.id, text))
        print(f"  {'“' + text + '”':22} {found:3} found   first {times[0]:7.1f}   best {min(times):7.1f} ms")
        worst = max(worst, *times)
    store.close()
    return worst


def _fill(store: Store, n: int) -> None:
    """Day by day, each saved as an import would be."""
    save_fleet_of(store, factories.small_day())
    made = (order(i, factories.DAY + dt.timedelta(days=i // PER_DAY)) for i in range(1, n + 1))
    for date, orders in itertools.groupby(made, key=lambda order: order.day):
        assert date is not None
        change = PlanChange("Import", orders=tuple(Swap(None, order) for order in orders))
        store.save_change(change, factories.DEPOT.id, date, 0, WHO, new_command())
    store.new_ids("order", OrderId(n + 1))


def _ms(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
