"""Several consoles, each a process of its own with a store of its own, edit the same routes of one PostgreSQL.

Who was slower reloads the day and edits what is there now; whose connection broke sends the same command again. In
the longer column the server is restarted meanwhile, by turns in order and as by a power cut.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from queue import Empty
from typing import Any

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.faults import ledger
from tests.faults.table import Figure, Size, broken, dice
from tests.patience import PATIENCE_S
from tests.store import pg
from tests.store.filling import WHO, save_fleet_of, whole

CONSOLES, ROUTES, STOPS = 5, 4, 12
HOME, DAY = factories.DEPOT.id, factories.DAY


def shared_day() -> Day:
    """Three stops each for four drivers."""
    shifts = {shift.id: shift for shift in (factories.shift(n) for n in range(1, ROUTES + 1))}
    orders = {order.id: order for order in (factories.order(n) for n in range(1, STOPS + 1))}
    lanes = {id: Route(id, tuple(o.stop for o in list(orders.values())[n::ROUTES])) for n, id in enumerate(shifts)}
    plan = Plan({POOL: Route(POOL), **lanes})
    return replace(factories.small_day(), orders=orders, shifts=shifts, plan=plan)


def fill(url: str) -> Store:
    store, day = open_store(url), shared_day()
    save_fleet_of(store, day)
    for kind in ("order", "stop", "shift", "driver", "vehicle", "depot"):
        store.new_ids(kind, STOPS)
    store.save_change(whole(day), HOME, DAY, 0, WHO, new_command())
    return store


def edit(plan: Plan, shifts: Sequence[Shift], luck: Any, label: str) -> PlanChange:
    """A stop goes to another place of any route or the pool, or a route is locked or not any more."""
    if luck.random() < 0.15:
        route = plan.route(luck.choice(shifts).id)
        return edits.set_locked(plan, route.id, not route.locked, label)
    stop = luck.choice(sorted(plan.where))
    to = luck.choice([*(shift.id for shift in shifts), POOL])
    if to == POOL:
        return edits.unassign(plan, [stop], label)
    return edits.move(plan, [stop], to, luck.randint(0, len(plan.route(to).stops)), label)


def console(url: str, number: int, count: int, seed: int, told: Any) -> None:
    """The process of one console: makes `count` edits, tells the command of each that it was told is saved."""
    store, luck, done = open_store(url), dice(seed, "console", number), 0
    came: Counter[str] = Counter()
    while done < count:
        try:
            record = store.load_day(HOME, DAY)
        except UserError:
            came["had to wait"] += 1
            time.sleep(0.02)
            continue
        change = edit(record.plan, record.shifts, luck, f"{number}.{done}")
        if not change:
            continue
        command = new_command()
        if _saved(store, change, record.revision, f"Console {number}", command, came):
            told.put(command)
            done += 1
        else:
            time.sleep(luck.uniform(0, 0.1))
    store.close()
    told.put(dict(came))


def _saved(store: Store, change: PlanChange, revision: int, who: str, command: str, came: Counter[str]) -> bool:
    """Until it is there or another was faster; the same command all the time, so that it happens once."""
    while True:
        try:
            store.save_change(change, HOME, DAY, revision, who, command)
        except StaleChange:
            came["another was faster"] += 1
            return False
        except UserError:
            came["sent again"] += 1
            time.sleep(0.02)
        else:
            return True


def edited(server: pg.Server, url: str, count: int, seed: int, restarts: int) -> tuple[list[str], Counter[str]]:
    """Let all consoles edit at the same time; the acknowledged commands, and what else came of it."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    processes = [
        context.Process(target=console, args=(url, number, count, seed, told)) for number in range(1, CONSOLES + 1)
    ]
    for process in processes:
        process.start()
    commands, came, ended = list[str](), Counter[str](), 0
    stops_at = [CONSOLES * count * (n + 1) // (restarts + 1) for n in range(restarts)]
    while ended < CONSOLES:
        said = _next(told, processes)
        if isinstance(said, dict):
            came.update(said)
            ended += 1
        else:
            commands.append(said)
        if stops_at and len(commands) >= stops_at[0]:
            stops_at.pop(0)
            server.restart(crash=len(stops_at) % 2 == 0)
            came["restarts"] += 1
    for process in processes:
        process.join(PATIENCE_S)
    return commands, came


def _next(told: Any, processes: Sequence[Any]) -> Any:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            return told.get(timeout=1)
        except Empty:
            failed = [process for process in processes if process.exitcode]
            assert not failed, f"{len(failed)} consoles ended with a fault: see above"
    raise AssertionError("the consoles have said nothing for long")


def run(size: Size, seed: int) -> list[Figure]:
    count, restarts = {Size.CI: (200, 0), Size.FULL: (1000, 6)}[size]
    with pg.running(pg.needed()) as server:
        url = pg.create_database(server.url, "shared")
        store = fill(url)
        began = time.perf_counter()
        commands, came = edited(server, url, count, seed, restarts)
        seconds = time.perf_counter() - began
        book = ledger.read(store)
        store.close()
    wrong = ledger.wrong(book, commands, range(1, STOPS + 1))
    edited_n = sum(1 for entry in book.entries if "." in entry.what)
    if not edited_n == len(commands) == CONSOLES * count:
        wrong.append(f"{edited_n} edits are there, {len(commands)} of {CONSOLES * count} were acknowledged")
    done = f"{CONSOLES} consoles × {count:,} edits" + (f", {restarts} restarts" if restarts else "")
    notes = [", ".join(f"{what} {n}" for what, n in came.items()), f"{edited_n / seconds:.0f} edits a second"]
    return [broken("lost or doubled updates, broken chains of versions", done, wrong, notes)]
