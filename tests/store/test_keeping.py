"""Backups as time goes by: when something was changed, never otherwise; a second folder that comes and goes."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from dispatch_console.domain.plan import Swap
from dispatch_console.services.keeping import Keeper
from dispatch_console.store import backups
from dispatch_console.store.backups import Backup
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.patience import PATIENCE_S
from tests.store.filling import WHO, small_store

MORNING = dt.datetime(2026, 11, 23, 6, 10, tzinfo=dt.UTC)


@dataclass
class Desk:
    """An open store, its keeper, and a clock that is set by hand."""

    store: Store
    file: Path
    now: dt.datetime = MORNING
    second: Path | None = None
    told: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.keeper = self.fresh()

    def fresh(self) -> Keeper:
        """Another start of the program."""
        return Keeper(self.file, lambda: self.second, self.told.append, lambda: self.now)

    def later(self, **by: float) -> None:
        self.now += dt.timedelta(**by)

    def change(self, name: str) -> None:
        depot = next(iter(self.store.depots()))
        self.store.save_depot(Swap(depot, replace(depot, name=name)), WHO, new_command())

    def begin(self, keeper: Keeper | None = None) -> Backup | None:
        return (keeper or self.keeper).begin().result(PATIENCE_S)

    def look(self, keeper: Keeper | None = None) -> Backup | None:
        return (keeper or self.keeper).look().result(PATIENCE_S)

    @property
    def made(self) -> list[Backup]:
        return backups.list_all(self.file, backups.folder_of(self.file))


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    file = Path(shutil.copy(sqlite_template, tmp_path / "store.db"))
    store = open_store(file)
    small_store(store)
    desk = Desk(store, file)
    yield desk
    desk.keeper.close()
    store.close()


def _name(backup: Backup | None) -> str:
    assert backup is not None
    with closing(sqlite3.connect(backup.file)) as connection:
        return connection.execute("SELECT name FROM depots").fetchone()[0]


def test_the_first_start_of_a_date_makes_one_backup(desk: Desk) -> None:
    made = desk.begin()
    assert made is not None and made.reason == "day"
    desk.later(hours=1)
    assert desk.begin() is None
    again = desk.fresh()
    assert desk.begin(again) is None
    again.close()
    assert desk.made == [made]


def test_a_half_hour_without_a_change_makes_none(desk: Desk) -> None:
    desk.begin()
    for _ in range(3):
        desk.later(minutes=30)
        assert desk.look() is None
    desk.change("Renamed")
    desk.later(minutes=30)
    made = desk.look()
    assert made is not None and (made.reason, _name(made)) == ("change", "Renamed")
    assert desk.look() is None


def test_another_start_knows_what_the_last_backup_held(desk: Desk) -> None:
    desk.begin()
    again = desk.fresh()
    desk.later(minutes=30)
    assert desk.look(again) is None
    desk.change("Renamed")
    assert _name(desk.look(again)) == "Renamed"
    again.close()


def test_the_first_change_after_midnight_begins_the_day(desk: Desk) -> None:
    desk.begin()
    desk.later(days=1)
    assert desk.look() is None, "nothing was done"
    desk.change("Renamed")
    made = desk.look()
    assert made is not None and made.reason == "day"


def test_a_damaged_newest_backup_is_no_reason_to_make_none(desk: Desk) -> None:
    made = desk.begin()
    assert made is not None
    made.file.write_bytes(b"spoilt" * 1000)
    desk.later(minutes=30)
    again = desk.fresh()
    assert desk.look(again) is not None
    again.close()
    assert desk.told == [f"The backup {made.file.name} cannot be read. Another one is made."]


def test_every_backup_lies_in_the_second_folder_too(desk: Desk, tmp_path: Path) -> None:
    desk.second = tmp_path / "stick"
    desk.second.mkdir()
    made = desk.begin()
    assert made is not None
    assert (desk.second / made.file.name).read_bytes() == made.file.read_bytes()
    assert [file.name for file in desk.second.iterdir()] == [made.file.name]


def test_a_second_folder_that_is_away_is_told_once_and_stops_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.second = tmp_path / "stick"
    desk.begin()
    for name in ("One", "Two"):
        desk.later(minutes=30)
        desk.change(name)
        assert _name(desk.look()) == name
    assert desk.told == [f"The second folder for backups, {desk.second}, is away. Backups go on in the first one."]
    assert not desk.second.exists()
    desk.second.mkdir()
    desk.change("Three")
    assert _name(desk.look()) == "Three"
    assert len(list(desk.second.iterdir())) == 1
    shutil.rmtree(desk.second)
    desk.change("Four")
    desk.look()
    assert len(desk.told) == 2, "it was back in between"


def test_the_second_folder_is_listed_where_the_first_is_lost(desk: Desk, tmp_path: Path) -> None:
    desk.second = tmp_path / "stick"
    desk.second.mkdir()
    made = desk.begin()
    assert made is not None
    shutil.rmtree(made.file.parent)
    assert [b.file for b in desk.keeper.list_all().result(PATIENCE_S)] == [desk.second / made.file.name]


def test_a_backup_that_cannot_be_made_is_told_once(desk: Desk) -> None:
    backups.folder_of(desk.file).write_bytes(b"in the way")
    assert desk.begin() is None and desk.look() is None
    assert len(desk.told) == 1 and "The backup in" in desk.told[0]


def test_saving_goes_on_while_a_backup_is_made(desk: Desk) -> None:
    wanted = desk.keeper.make()
    for n in range(20):
        desk.change(f"Name {n}")
    made = wanted.result(PATIENCE_S)
    assert _name(made) in {factories.DEPOT.name, *(f"Name {n}" for n in range(20))}
    assert desk.told == []


def test_a_store_in_memory_and_a_server_have_none() -> None:
    keeper = Keeper(None)
    assert keeper.begin().result(PATIENCE_S) is None
    assert keeper.look().result(PATIENCE_S) is None
    assert keeper.make().result(PATIENCE_S) is None
    assert keeper.list_all().result(PATIENCE_S) == []
    keeper.close()
