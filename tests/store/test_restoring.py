"""What a backup holds is said before it is brought back, and what would be lost by it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.plan import POOL
from dispatch_console.services import backup_words, restoring
from dispatch_console.store import backups, checksums, holding
from dispatch_console.store.backups import Backup
from dispatch_console.store.base import new_command
from dispatch_console.store.checksums import Sum
from dispatch_console.store.store import open_store
from tests.store.every_table import fill
from tests.store.filling import small_store

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
WHEN = AT + dt.timedelta(minutes=12)


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "store.db"))


def _small(file: Path) -> Day:
    store = open_store(file)
    day = small_store(store, at=AT)
    store.close()
    return day


def _move(file: Path, day: Day, label: str, at: dt.datetime) -> Day:
    """One edit: the first stop of a route goes to the pool."""
    store = open_store(file)
    stop = next(route.stops[0] for route in day.plan.routes.values() if route.id != POOL and route.stops)
    change = edits.move(day.plan, [stop], POOL, 0, label)
    store.save_change(change, day.depot.id, day.date, day.revision, "Ada", new_command(), at)
    store.close()
    return day.apply(change)


def _backup(file: Path) -> Backup:
    return backups.make(file, backups.folder_of(file), "change", AT)


def _sums(file: Path) -> dict[str, Sum]:
    with holding.looking(file) as connection:
        return checksums.sums(connection)


def test_a_preview_says_when_why_what_and_what_would_be_lost(file: Path) -> None:
    day = _small(file)
    made = _backup(file)
    day = _move(file, day, "Move 1042", AT + dt.timedelta(minutes=5))
    _move(file, day, "Move 1043", AT + dt.timedelta(minutes=9))
    before = _sums(file)
    found = restoring.preview(str(file), made.file.name)
    assert found.holds.orders == 6 and [day.orders for day in found.holds.days] == [6]
    assert found.lost is not None
    assert [(c.who, c.what) for c in found.lost.newest] == [("Ada", "Move 1043"), ("Ada", "Move 1042")]
    clock = [f"{at.astimezone():%H:%M}" for at in (AT, AT + dt.timedelta(minutes=9), AT + dt.timedelta(minutes=5))]
    said = backup_words.lines(found, WHEN)
    assert said[0] == f"The backup of today {clock[0]}, while you worked (12 minutes old): {made.file}"
    assert said[1].startswith("It holds 6 orders on 1 day: Mon 23 Nov (6). ")
    assert said[2] == f"Its newest change: today {clock[0]} Test, Start."
    assert said[3] == (
        f"2 changes since would be lost: today {clock[1]} Ada, Move 1043; today {clock[2]} Ada, Move 1042."
    )
    assert _sums(file) == before


def test_nothing_would_be_lost_where_nothing_was_done(file: Path) -> None:
    _small(file)
    made = _backup(file)
    found = restoring.preview(str(file), made.file)
    assert backup_words.lost(found, WHEN) == "Nothing would be lost: nothing was done since."


def test_a_store_that_went_another_way_is_said_to_be_replaced(
    file: Path, sqlite_template: Path, tmp_path: Path
) -> None:
    _small(file)
    made = _backup(file)
    other = Path(shutil.copy(sqlite_template, tmp_path / "other.db"))
    _small(other)
    found = restoring.preview(str(other), made.file)
    assert found.lost is not None and not found.lost.same
    assert backup_words.lost(found, WHEN) == (
        "The store has another history: all that it holds now (6 orders) would be replaced."
    )


def test_a_damaged_store_does_not_hide_what_a_backup_holds(file: Path) -> None:
    _small(file)
    made = _backup(file)
    file.write_bytes(b"garbage" * 1000)
    found = restoring.preview(str(file), made.file)
    assert (found.holds.orders, found.now, found.lost) == (6, None, None)
    assert "no store that could be read" in backup_words.lost(found, WHEN)


@pytest.mark.parametrize(("content", "words"), [(b"Dear Sir or Madam", "not a store"), (None, "no backup")])
def test_what_is_no_backup_has_no_preview(file: Path, tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "letter.db").write_bytes(content)
    with pytest.raises(UserError, match=words):
        restoring.preview(str(file), tmp_path / "letter.db")


CHANGES = (
    "DELETE FROM proofs WHERE id < 5",
    "UPDATE orders SET reference = 'other', version = version + 1",
    "INSERT INTO counters (kind, last) VALUES ('more', 7)",
)


def test_the_drill_every_row_is_as_it_was(file: Path) -> None:
    """Backup, change, restore: what every table holds is the same again, and what was there is kept aside."""
    store = open_store(file)
    with store.engine.begin() as connection:
        fill(connection)
    store.close()
    before = _sums(file)
    made = _backup(file)
    store = open_store(file)
    with store.engine.begin() as connection:
        for statement in CHANGES:
            connection.execute(text(statement))
    store.close()
    changed = _sums(file)
    assert changed != before
    aside = restoring.restore(str(file), made.file.name).before
    assert aside is not None
    assert _sums(file) == before
    assert _sums(aside) == changed
