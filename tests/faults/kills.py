"""kill -9 in the midst of an import, a plan being saved, a backup and a migration.

What was said to be saved is there afterwards, nothing stands half done, and the store opens again at once. Most
kills hit a process that does the program's own work with nothing else around it (`killed`), at any moment of it;
some hit the whole program with its window (`killed_window`). A kill leaves what the system has in memory: it is no
power cut.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from dispatch_console.domain.plan import POOL
from dispatch_console.services import days
from dispatch_console.store import backups, checksums, holding, migrate
from dispatch_console.store.checksums import Content, Sum
from dispatch_console.store.store import Store, open_store
from tests.conftest import ROOT
from tests.faults import consoles, ledger
from tests.faults.killed import DAY, HOME, JOBS, ORDERS, edits
from tests.faults.places import in_memory
from tests.faults.table import Figure, Size, broken, dice, timed
from tests.store import every_table

#: How long the work goes on at most before it is killed: some of its rounds.
LONGEST_S = {"import": 0.8, "plan save": 0.25, "backup": 0.4, "migration": 1.2}
USABLE_S = 5.0


class Killed(NamedTuple):
    """What the process had said. `what`: the last it said to be saved, empty if nothing."""

    said: tuple[str, ...]

    @property
    def saved(self) -> list[str]:
        return [line.removeprefix("saved ") for line in self.said if line.startswith("saved ")]

    @property
    def count(self) -> int:
        return int(self.saved[-1]) if self.saved else 0


class Workshop:
    """Starts processes that do the work, and kills them."""

    def __init__(self, files: Path) -> None:
        env = {**os.environ, "KILLED_FILES": str(files)}
        command = [sys.executable, "-m", "tests.faults.killed"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def kill(self, work: str, store: str, seed: int, after_s: float) -> Killed:
        """Begin the work, kill it so long after its begin."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"work": work, "store": store, "seed": seed}) + "\n")
        self._process.stdin.flush()
        child, said = 0, list[str]()
        while not child or "begun" not in said:
            line = self._line()
            if line.startswith("child "):
                child = int(line.removeprefix("child "))
            else:
                said.append(line)
                assert not line.startswith("failed"), line
        time.sleep(after_s)
        with suppress(ProcessLookupError):  # what it died of itself is in what it said
            os.kill(child, signal.SIGKILL)
        while (line := self._line()) != "ended":
            said.append(line)
        failed = [line for line in said if line.startswith("failed")]
        assert not failed, failed
        return Killed(tuple(said))

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the workshop has ended"
        return line.rstrip("\n")

    def close(self) -> None:
        """No job is at work any more."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


# -- what must be there afterwards -----------------------------------------------------------------------


@contextmanager
def _opened(file: Path, seconds: list[float]) -> Iterator[Store]:
    """The store as the next console opens it; the time until it shows the day is taken."""
    with timed(seconds):
        store = open_store(file)
        days.open_day(store, HOME, DAY) if store.depots() else None
    with closing(store):
        yield store


def after_plan(file: Path, killed: Killed, seed: int, seconds: list[float]) -> list[str]:
    """The plan is that after some whole number of the edits, all of those said to be saved among them."""
    before = consoles.shared_day()
    with _opened(file, seconds) as store:
        record, book = store.load_day(HOME, DAY), ledger.read(store)
    made = [entry.what for entry in book.entries if entry.what.isdigit()]
    wrong = ledger.wrong(book, (), range(1, consoles.STOPS + 1))
    if len(made) < killed.count:
        wrong.append(f"{killed.count} were said to be saved, {len(made)} are there")
    if made != [str(n) for n in range(len(made))]:
        wrong.append("the edits are not there one after the other")
    plans = itertools.chain(
        [before.plan], (plan for _, plan in edits(before.plan, list(before.shifts.values()), seed))
    )
    expected = next(itertools.islice(plans, len(made), None))
    lanes = (POOL, *before.shifts)
    if {id: record.plan.route(id) for id in lanes} != {id: expected.route(id) for id in lanes}:
        wrong.append(f"the plan is not that after {len(made)} edits")
    return wrong


def after_import(file: Path, killed: Killed, seed: int, seconds: list[float]) -> list[str]:
    """Every import is there whole, on both days, or not at all."""
    with _opened(file, seconds) as store:
        imports = store.list_imports(HOME)
        both = [days.open_day(store, HOME, DAY + dt.timedelta(days=n)) for n in (0, 1)]
    names = sorted(record.file for record in imports)
    whole = sorted(f"import-{n}.csv" for n in range(len(names)))
    wrong = [] if names == whole else [f"there are {names}"]
    if len(names) < killed.count:
        wrong.append(f"{killed.count} imports were said to be saved, {len(names)} are there")
    for record in imports:
        there = [sum(order.source == record.id for order in day.orders.values()) for day in both]
        if there != [ORDERS // 2, ORDERS // 2]:
            wrong.append(f"{record.file} is there in part: {there}")
    strangers = (
        {order.source for day in both for order in day.orders.values()} - {record.id for record in imports} - {None}
    )
    wrong += [f"orders of an import that is not there: {strangers}"] if strangers else []
    for day in both:
        planned = sorted(stop for route in day.plan.routes.values() for stop in route.stops)
        if planned != sorted({order.stop for order in day.orders.values()}):
            wrong.append("a visit stands in no route, or in two")
    return wrong


def after_backup(file: Path, killed: Killed, seed: int, seconds: list[float]) -> list[str]:
    """Every backup holds all; that said to be made last is there; the next one can be made."""
    with _opened(file, seconds):
        pass
    before, wrong = _sums(file), list[str]()
    folder = backups.folder_of(file)
    listed = backups.list_all(file, folder)
    for backup in listed:
        backups.verify(backup.file)
        wrong += [] if _sums(backup.file) == before else [f"{backup.file.name} holds something else"]
    if killed.saved and killed.saved[-1] not in {backup.file.name for backup in listed}:
        wrong.append(f"{killed.saved[-1]} was said to be made and is not there")
    for path in folder.glob("*.partial*"):
        os.utime(path, (0, 0))
    backups.verify(backups.make(file, folder, "hand", dt.datetime(2030, 1, 1, tzinfo=dt.UTC)).file)
    left = [path.name for path in folder.iterdir() if path.suffix != ".db"]
    return [*wrong, *([f"half backups stay for ever: {left}"] if left else [])]


def after_migration(file: Path, killed: Killed, seed: int, seconds: list[float]) -> list[str]:
    """It is the old store or the new one; opened again it is the new one, with every row that there was."""
    old, wrong = file.with_name("old.db"), list[str]()
    at = _version(file)
    if at not in (_version(old), migrate.HEAD):
        wrong.append(f"it is at {at}")
    if killed.saved and at != migrate.HEAD:
        wrong.append("it was said to be brought up to date and is not")
    with _opened(file, seconds):
        pass
    wrong += [] if _version(file) == migrate.HEAD else [f"opened again it is at {_version(file)}"]
    for table, (was, now) in _kept(old, file).items():
        wrong += [] if was == now else [f"{table} held {was.rows} rows and holds {now.rows}, or others"]
    with closing(sqlite3.connect(file)) as connection:
        broken_refs = connection.execute("PRAGMA foreign_key_check").fetchall()
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE name LIKE '_alembic_tmp%'")
        ]
    wrong += [f"references are broken: {broken_refs[:3]}"] if broken_refs else []
    wrong += [f"half tables are left: {names}"] if names else []
    for backup in backups.list_all(file, backups.folder_of(file)):
        backups.verify(backup.file)
    return wrong


def _kept(old: Path, new: Path) -> Mapping[str, tuple[Sum, Sum]]:
    """Table → what it held and holds, in the columns it had."""
    with holding.looking(old) as before, holding.looking(new) as after:
        there = sa.inspect(after)
        found: dict[str, tuple[Sum, Sum]] = {}
        for content in checksums.contents(before):
            held = {column["name"] for column in there.get_columns(content.table.name)}
            still = Content(content.table, tuple(one for one in content.columns if one.key in held))
            found[content.table.name] = checksums.sum_of(before, still), checksums.sum_of(after, still)
        return found


def _version(file: Path) -> str | None:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def _sums(file: Path) -> dict[str, Sum]:
    with holding.looking(file) as connection:
        return checksums.sums(connection)


# -- the row ---------------------------------------------------------------------------------------------

AFTER: dict[str, Callable[[Path, Killed, int, list[float]], list[str]]] = {
    "import": after_import,
    "plan save": after_plan,
    "backup": after_backup,
    "migration": after_migration,
}


def templates(folder: Path) -> dict[str, Path]:
    """The store in which each work begins."""
    shared = folder / "shared.db"
    consoles.fill(str(shared)).close()
    heavy = Path(shutil.copy(shared, folder / "heavy.db"))
    with closing(open_store(heavy)) as store:
        store.save_settings({f"note {n}": "x" * 100_000 for n in range(30)})
    old = folder / "old.db"
    engine = sa.create_engine(f"sqlite:///{old}", poolclass=sa.NullPool)
    every_table.made_at(engine, migrate.known()[0])
    engine.dispose()
    return {"import": shared, "plan save": shared, "backup": heavy, "migration": old}


def older(shared: Path, file: Path) -> Path:
    """The same day as the version before this one kept it."""
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    migrate.upgrade(engine, migrate.known()[-2])
    with engine.begin() as connection:
        contents = checksums.contents(connection)
        with holding.looking(shared) as now:
            for content in contents:
                rows = [dict(row._mapping) for row in now.execute(sa.select(*content.columns))]
                if rows:
                    connection.execute(content.insert(), rows)
    engine.dispose()
    return file


def killed_often(work: str, times: int, seed: int, folder: Path) -> tuple[list[str], list[float], int]:
    """(what was wrong, seconds until the store was open again, kills before anything was said to be saved)."""
    template = templates(folder)[work]
    workshop, wrong, seconds, early = Workshop(folder), list[str](), list[float](), 0
    try:
        for n in range(times):
            luck, home = dice(seed, work, n), folder / f"{work}-{n}"
            home.mkdir()
            file = Path(shutil.copy(template, home / "store.db"))
            shutil.copy(template, home / "old.db")
            number = luck.randrange(10**6)
            killed = workshop.kill(work, str(file), number, luck.uniform(0, LONGEST_S[work]))
            early += not killed.saved
            wrong += [f"{work} {n}: {what}" for what in AFTER[work](file, killed, number, seconds)]
            shutil.rmtree(home)
    finally:
        workshop.close()
    return wrong, seconds, early


def run(size: Size, seed: int) -> list[Figure]:
    times = {Size.CI: 25, Size.FULL: 500}[size]
    figures: list[Figure] = []
    for work in JOBS:
        with in_memory() as folder:
            wrong, seconds, early = killed_often(work, times, seed, folder)
        note = f"{early} before the first word of anything saved"
        figures.append(broken(f"kill -9 during {work}: lost or half there", f"{times} kills", wrong, [note]))
        figures.append(
            Figure(f"kill -9 during {work}: day shown again", f"{times} kills", max(seconds), USABLE_S, "s", True)
        )
    return figures
