"""The server restarts, or the connection is cut, while a console saves its edits: each is there once, in its order.

By turns the server ends as by a power cut, throws everybody out, or ends in order. The console goes on editing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from threading import Thread

import psycopg

from dispatch_console.domain.plan import POOL
from dispatch_console.services import days
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import open_store
from tests.faults import consoles, ledger
from tests.faults.killed import DAY, HOME, edits
from tests.faults.table import Figure, Size, broken, dice
from tests.patience import PATIENCE_S
from tests.store import pg
from tests.store.filling import WHO

WORKING_S = 10.0
#: Edits before the cut, while the server is away, and after it.
BEFORE, MEANWHILE, AFTER = 10, 10, 5


def _thrown_out(server: pg.Server, url: str) -> None:
    name = url.rpartition("/")[2]
    with psycopg.connect(f"{server.url}/postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


WAYS: dict[str, Callable[[pg.Server, str], None]] = {
    "crash": lambda server, url: server.restart(crash=True),
    "thrown out": _thrown_out,
    "restart": lambda server, url: server.restart(),
}


def cut(server: pg.Server, way: str, number: int, seed: int) -> tuple[list[str], float]:
    """(what was wrong, seconds from when the server answers until everything is saved)."""
    url, luck = pg.create_database(server.url, f"cut_{number}"), dice(seed, "cut", number)
    with closing(consoles.fill(url)), closing(open_store(url)) as store:
        day = days.open_day(store, HOME, DAY)
        saver = StoreSaver(store, WHO)
        session = DaySession(day, saver)
        changes = edits(day.plan, list(day.shifts.values()), seed + number)

        def edit(times: int) -> None:
            for _ in range(times):
                session.apply(next(changes)[0])
                time.sleep(luck.uniform(0, 0.01))

        edit(BEFORE)
        away = Thread(target=WAYS[way], args=(server, url))
        away.start()
        edit(MEANWHILE)
        away.join(PATIENCE_S)
        seconds = _until_saved(saver)
        edit(AFTER)
        _until_saved(saver)
        book, record = ledger.read(store), store.load_day(HOME, DAY)
    wrong = ledger.wrong(book, (), range(1, consoles.STOPS + 1))
    there = [entry.what for entry in book.entries if entry.what.isdigit()]
    if there != [str(n) for n in range(BEFORE + MEANWHILE + AFTER)]:
        wrong.append(f"lost, doubled or out of order: {there}")
    lanes = (POOL, *session.day.shifts)
    if {id: record.plan.route(id) for id in lanes} != {id: session.day.plan.route(id) for id in lanes}:
        wrong.append("what is there is not what was on the screen")
    pg.drop_database(server.url, f"cut_{number}")
    return [f"{way} {number}: {what}" for what in wrong], seconds


def _until_saved(saver: StoreSaver) -> float:
    began = time.monotonic()
    while saver.state.pending:
        assert time.monotonic() - began < PATIENCE_S, f"not saved: {saver.state.trouble}"
        saver.retry()
        time.sleep(0.02)
    return time.monotonic() - began


def run(size: Size, seed: int) -> list[Figure]:
    """The shorter column has one of each way."""
    times = {Size.CI: len(WAYS), Size.FULL: 20}[size]
    wrong, seconds, ways = list[str](), list[float](), list(WAYS)
    with pg.running(pg.needed()) as server:
        for number in range(times):
            found, took = cut(server, ways[number % len(ways)], number, seed)
            wrong += found
            seconds.append(took)
    done = f"{times} restarts and cuts"
    return [
        broken("server away in mid-edit: lost, doubled", done, wrong),
        Figure("server away in mid-edit: all saved again", done, max(seconds), WORKING_S, "s", True),
    ]
