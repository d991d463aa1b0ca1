"""How long backups, the way back and moving take: `python -m tests.benchmarks.backups [--orders N]`.

A store file with N orders (100,000) and a throw-away PostgreSQL on this machine. Prints a line per figure with its
goal beside it; exits 1 if one is missed.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from dispatch_console.services import backups, moving, restoring
from dispatch_console.store import dumps, location
from dispatch_console.store.store import open_store
from tests.benchmarks.store import day_of_300, fill_with
from tests.store import pg

#: Most that a whole run may hold at any time, in MB: rows are taken some at a time.
MEMORY_MB = 400


class Table:
    """Figures beside goals."""

    def __init__(self) -> None:
        self.missed = False

    def took(self, what: str, goal_s: float, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        self.say(what, time.perf_counter() - began, goal_s, "s")

    def say(self, what: str, value: float, goal: float, unit: str) -> None:
        self.missed |= value > goal
        print(f"{what:52} {value:8.1f} {unit:2}  goal ≤ {goal:g} {unit}{'' if value <= goal else '  MISSED'}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=100_000)
    orders: int = parser.parse_args().orders
    table, folder = Table(), pg.binaries()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        with mock.patch.object(location, "default_folder", lambda: place / "user"):
            file = str(place / "bench.db")
            _fill(file, orders)
            _files(table, file)
            if folder is not None:
                with pg.server(folder) as server:
                    _servers(table, file, server, place)
    table.say("most memory held", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, MEMORY_MB, "MB")
    return 1 if table.missed else 0


def _fill(file: str, orders: int) -> None:
    store = open_store(file)
    fill_with(store, day_of_300(store).date, orders)
    store.close()


def _files(table: Table, file: str) -> None:
    table.took("back a file up, checked", 2, lambda: backups.make(file))
    made = backups.list_all(file)[0].file
    table.took("look at a backup: days, last change, what is lost", 2, lambda: restoring.preview(file, made))
    table.took("restore it", 3, lambda: restoring.restore(file, made))


def _servers(table: Table, file: str, server: str, place: Path) -> None:
    depot, again = (pg.create_database(server, name) for name in ("depot", "again"))
    table.took("move the file up to a server, compared", 90, lambda: moving.copy(file, depot))
    table.took("move the server down to a file, compared", 90, lambda: moving.copy(depot, str(place / "down.db")))
    for name, find in (("pg_dump", dumps.find), ("our own export", lambda _server: None)):
        with mock.patch.object(dumps, "find", find):
            table.took(f"back a server up by {name}", 90, lambda: backups.make(depot))
            made = backups.list_all(depot)[0].file
            table.took(f"look at it ({name})", 10, lambda made=made: restoring.preview(depot, made))
        target = again if name == "pg_dump" else depot
        table.took(f"restore it ({name})", 120, lambda made=made, to=target: restoring.restore(to, made))


if __name__ == "__main__":
    sys.exit(main())
