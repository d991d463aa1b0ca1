"""Who is erased on a server is erased in the backups that this workstation has of it, or they are gone."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs
import pytest

from dispatch_console.cli import main as cli
from dispatch_console.services import backups as service
from dispatch_console.services import erasing, moving, restoring
from dispatch_console.store import dumps, location, migrate, server_backups
from dispatch_console.store.erasing import Erased
from dispatch_console.store.store import open_copy, open_store
from tests.marked import MARKS, Lived
from tests.store import pg
from tests.store.every_table import made_at
from tests.store.test_erasing import LATER
from tests.store.test_erasing_everywhere import first_version
from tests.store.test_server_backups import back_up, made_of, sums, way

__all__ = ["way"]

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def lived_in(pg_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a database in which a whole day was worked."""
    store = open_store(pg.create_database(pg_server, "lived_in"))
    Lived(store, tmp_path_factory.mktemp("files")).live()
    store.close()
    return "lived_in"


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(location, "default_folder", lambda: tmp_path / "user")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_a, **_k: tmp_path / "cache")
    return tmp_path


@pytest.fixture
def url(pg_server: str, lived_in: str) -> Iterator[str]:
    name = f"erasing_{next(_numbers)}"
    yield pg.create_database(pg_server, name, lived_in)
    pg.drop_database(pg_server, name)


def erase(url: str, progress: Callable[[int, int], object] = lambda _n, _all: None) -> erasing.Report:
    with erasing.opened(url) as store:
        return erasing.of_age(store, LATER, progress)


def files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def telling(folder: Path) -> list[str]:
    """The files, of whatever kind, in which a customer can be recognised."""
    return [f.name for f in files(folder) if any(mark.encode() in _bytes(f).lower() for mark in MARKS)]


def _bytes(file: Path) -> bytes:
    tools = dumps.newest()
    if file.suffix != ".dump" or tools is None:
        return file.read_bytes()
    command = [str(tools.folder / "pg_restore"), "--file=-", str(file)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_backups_are_erased_in_every_folder_and_can_be_brought_back(url: str, way: str, user: Path) -> None:
    before = sums(url)
    first, second = service.make(url).file, service.make(url, user / "shelf").file
    half = first.with_name(f"{first.stem}_killed.partial")
    half.write_bytes(b"Zqxname")
    os.utime(half, (0, 0))
    assert telling(user) == [second.name, first.name, half.name]
    report = erase(url)
    assert (report.copies, report.deleted, report.left) == (2, (), ())
    assert telling(user) == []
    assert files(user) == [
        user / "shelf" / f"{second.stem}.db",
        first.with_suffix(".db"),
        first.with_name("second.txt"),
    ]
    erased = sums(url)
    restoring.restore(url, first.with_suffix(".db"))
    restored = sums(url)
    assert restored.pop("audit").rows == erased.pop("audit").rows == before["audit"].rows + 1
    assert restored == erased
    untouched = {name for name, held in before.items() if name in erased and erased[name] == held}
    assert untouched >= {"routes", "shifts", "drivers", "depots", "sheets", "counters", "incidents"}


def test_a_second_time_there_is_nothing_to_do(url: str, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = service.make(url).file.with_suffix(".db")
    erase(url)
    before = sums(str(made))
    assert erase(url) == erasing.Report(Erased(), copies=1)
    assert sums(str(made)) == before
    capsys.readouterr()
    assert cli.run(["store", "erase", "--store", url, "--older-than", "36500d"], window=lambda _: 2) == 0
    told = capsys.readouterr()
    assert told.out == "Erased: nothing.\n1 backup was erased too.\n"
    assert told.err == "Backup 1 of 1 …\n"
    assert sums(str(made)) == before


def test_a_backup_that_is_made_meanwhile_is_found(url: str, user: Path) -> None:
    made = service.make(url).file
    late, seen = made.with_name(f"{made.name.replace('_hand', '_day')}"), list[tuple[int, int]]()
    kept = [(file.read_bytes(), late.with_name(file.name.replace(made.name, late.name))) for file in both(made)]

    def make_another(done: int, of: int) -> None:
        seen.append((done, of))
        for content, file in kept if not done else ():
            file.write_bytes(content)

    assert erase(url, make_another).copies == 2
    assert seen == [(0, 1), (1, 2)]
    assert telling(user) == []


def both(dump: Path) -> tuple[Path, Path]:
    return dump, dump.with_name(f"{dump.name}.json")


@pytest.mark.parametrize("version", migrate.known())
def test_a_dump_is_read_without_a_server(pg_server: str, user: Path, version: str) -> None:
    """Its rows cannot come near a table of the store: there is none any more. All of them are as they were."""
    name = f"dumped_{next(_numbers)}"
    url = pg.create_database(pg_server, name)
    with made_of(url) as built:
        made_at(built, version)
    before, dump = sums(url), back_up(url).file
    pg.drop_database(pg_server, name)
    file = server_backups.change(dump, lambda _: None)
    assert sums(str(file)) == before
    assert files(user) == [file]
    server_backups.change(file, lambda copy: open_copy(copy).close())
    assert server_backups.look(file).version == migrate.HEAD


def test_a_dump_is_read_however_the_server_writes(pg_server: str) -> None:
    name = f"set_{next(_numbers)}"
    url = pg.create_database(pg_server, name)
    with made_of(url) as built:
        made_at(built, migrate.HEAD)
        with built.begin() as connection:
            for setting in ("timezone = 'Asia/Kolkata'", "bytea_output = 'escape'"):
                connection.exec_driver_sql(f"ALTER DATABASE {name} SET {setting}")
    before = sums(url)
    assert sums(str(server_backups.change(back_up(url).file, lambda _: None))) == before


def test_a_dump_of_an_older_version_is_brought_up_and_erased(pg_server: str, url: str, user: Path) -> None:
    moving.copy(url, str(user / "now.db"))
    first_version(user / "old.db", user / "now.db")
    old = pg.create_database(pg_server, f"old_{next(_numbers)}")
    moving.copy(str(user / "old.db"), old)
    for file in user.glob("*.db"):
        file.unlink()
    made = service.make(url).file
    for ours, older in zip(both(made), both(back_up(old).file), strict=True):
        older.replace(ours)
    assert server_backups.look(made).version == "0001"
    assert telling(user) == [made.name]
    assert erase(url).copies == 1
    assert telling(user) == []


HARM: dict[str, Callable[[Path], object]] = {
    "cut": lambda dump: dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2]),
    "undescribed": lambda dump: both(dump)[1].unlink(),
    "other": lambda dump: _described_as(dump, sums={}),
    "newer": lambda dump: _described_as(dump, version="9999"),
}


def _described_as(dump: Path, **changes: object) -> None:
    file = both(dump)[1]
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def test_dumps_that_cannot_be_read_are_deleted_and_told(url: str, user: Path) -> None:
    made = service.make(url).file
    harmed = {made.with_name(made.name.replace("hand", why)): harm for why, harm in HARM.items()}
    for dump, harm in harmed.items():
        for ours, copy in zip(both(made), both(dump), strict=True):
            shutil.copyfile(ours, copy)
        harm(dump)
    stuck = made.with_name(made.name.replace("hand", "stuck"))
    stuck.mkdir()
    report = erase(url)
    assert (report.copies, {*report.deleted}, report.left) == (1, {*harmed}, (stuck,))
    assert files(user) == [made.with_suffix(".db")]


def test_so_is_one_that_nothing_here_can_read(url: str, user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = service.make(url).file
    monkeypatch.setattr(dumps, "newest", lambda: None)
    assert erase(url).deleted == (made,)
    assert files(user) == []


def test_backups_of_another_database_of_the_server_stay(url: str) -> None:
    made = service.make(url).file
    stem = server_backups.stem_of(location.parse(url))
    theirs = made.with_name(made.name.replace(stem, f"{stem}_2"))
    shutil.copyfile(made, theirs)
    before = theirs.read_bytes()
    assert erase(url).copies == 1
    assert theirs.read_bytes() == before


def test_one_customer_goes_and_the_others_stay(url: str, user: Path) -> None:
    made = service.make(url).file
    with erasing.opened(url) as store:
        (who,) = erasing.find(store, "Zqxname 2")
        erasing.of_person(store, who, LATER)
    store = open_copy(made.with_suffix(".db"))
    left = {person.name for person in erasing.find(store, "Zqxname")}
    store.close()
    assert left >= {"Zqxname 1", "Zqxname 3"}
    assert "Zqxname 2" not in left
