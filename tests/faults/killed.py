"""The work in whose midst a console is killed: the program's own services on its own store, again and again.

`python -m tests.faults.killed` waits for jobs on stdin, one a line, and forks a process for each: loading the
program takes longer than the work. What a job says goes to stdout at once: it is known whatever becomes of it.
"""

from __future__ import annotations

import datetime as dt
import importlib
import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.plan import Plan, PlanChange
from dispatch_console.intake.reader import read
from dispatch_console.services import days, importing
from dispatch_console.services.keeping import Keeper
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import open_store
from tests import factories
from tests.faults import consoles
from tests.faults.table import dice
from tests.store.filling import WHO

importlib.import_module("alembic.command")  # before the work is timed

HOME, DAY = factories.DEPOT.id, factories.DAY
#: Orders of one import, half of them for the day after.
ORDERS = 24

Tell = Callable[[str], object]


def edits(plan: Plan, shifts: Sequence[Shift], seed: int) -> Iterator[tuple[PlanChange, Plan]]:
    """The same edits for the same seed, each with its number as its name; the plan behind each, too."""
    luck, number = dice(seed, "edits"), 0
    while True:
        change = consoles.edit(plan, shifts, luck, str(number))
        if change:
            plan = plan.apply(change)
            number += 1
            yield change, plan


def plan(store: str, seed: int, tell: Tell) -> None:
    """Edits one by one, or some at a time; told is how many the saver says are saved."""
    with closing(open_store(store)) as opened:
        day = days.open_day(opened, HOME, DAY, now=0)
        saver = StoreSaver(opened, WHO)
        session, luck = DaySession(day, saver), dice(seed, "bursts")
        tell("begun")
        changes = edits(day.plan, list(day.shifts.values()), seed)
        made = 0
        while True:
            for change, _ in itertools.islice(changes, luck.randint(1, 4)):
                session.apply(change)
                made += 1
            saver.flush()
            tell(f"saved {made}")


def order_file(number: int) -> str:
    dates = (DAY, DAY + dt.timedelta(days=1))
    rows = [
        f"I{number}-{n};Customer {n};Mill Lane;{n};4100;Lindmoor;{dates[n % 2]};08:00-12:00;{50.1 + n / 1000};10.0"
        for n in range(ORDERS)
    ]
    head = "Reference;Name;Street;No;Postcode;City;Delivery date;Time window;Latitude;Longitude"
    return "\r\n".join([head, *rows, ""])


def bring_in(store: str, seed: int, tell: Tell) -> None:
    """One order file after the other, each for two days."""
    folder = Path(os.environ["KILLED_FILES"])
    with closing(open_store(store)) as opened:
        saver = StoreSaver(opened, WHO)
        session = DaySession(days.open_day(opened, HOME, DAY), saver)
        tell("begun")
        for number in itertools.count():
            file = folder / f"import-{number}.csv"
            if not file.exists():
                file.write_text(order_file(number), encoding="utf-8", newline="")
            table = read(file)
            guess = importing.guess(opened, table, DAY)
            seen = importing.preview(opened, session.day, table, guess.mapping, DAY)
            prepared = importing.prepare(opened, session.day, seen)
            importing.commit(session, prepared, WHO, dt.datetime.now(dt.UTC))
            saver.flush()
            tell(f"saved {number + 1}")


def back_up(store: str, seed: int, tell: Tell) -> None:
    """One backup an hour by the clock that it is given."""
    hours = itertools.count(1)
    start = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC) + dt.timedelta(days=seed % 1000)
    keeper = Keeper(Path(store), clock=lambda: start + dt.timedelta(hours=next(hours)))
    tell("begun")
    while True:
        made = keeper.make().result()
        assert made is not None
        tell(f"saved {made.file.name}")


def bring_up(store: str, seed: int, tell: Tell) -> None:
    """An older store is opened."""
    tell("begun")
    open_store(store).close()
    tell("saved 1")


JOBS: dict[str, Callable[[str, int, Tell], None]] = {
    "import": bring_in,
    "plan save": plan,
    "backup": back_up,
    "migration": bring_up,
}


def main() -> None:
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(job)
        say(f"child {child}")
        os.waitpid(child, 0)
        say("ended")


def _run(job: dict[str, Any]) -> None:
    """In the process of the job; it never comes back."""
    try:
        JOBS[job["work"]](job["store"], job["seed"], say)
        time.sleep(60)  # it is killed also where it has nothing more to do
    except BaseException as error:
        say(f"failed {type(error).__name__}: {error}".replace("\n", " "))
    finally:
        os._exit(0)


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


if __name__ == "__main__":
    main()
