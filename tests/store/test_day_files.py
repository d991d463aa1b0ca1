"""A day as a file of its own: whole, without other days, opened as a copy; all else is refused in a sentence."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.cli import main as commands
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.services import day_files, days, dispatch, sample, sample_running
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store import day_files as day_store
from dispatch_console.store.schema import Base
from dispatch_console.store.store import Store, open_store
from tests.patience import PATIENCE_S
from tests.store import spoiled_stores

WHO = "tester"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def _lived(store: Store) -> DaySession:
    """The sample at 11:24: approved, on its way, with facts; and one order of it on the next day too."""
    depot = sample.ensure(store)
    saver = StoreSaver(store, WHO, clock=sample.opened_at)
    session = DaySession(days.open_day(store, depot.id, sample.day()), saver)
    sample_running.lived(session)
    saver.flush(PATIENCE_S)
    return session


def _as_saved(store: Store) -> Day:
    return days.open_day(store, store.depots()[0].id, sample.day())


def _written(store: Store, tmp_path: Path) -> tuple[DaySession, Path]:
    session = _lived(store)
    file = tmp_path / day_files.name_of(session.day)
    day_files.write(store, session.day, file)
    return session, file


def test_a_day_goes_there_and_is_the_same(store: Store, tmp_path: Path, folder: Path) -> None:
    _, file = _written(store, tmp_path)
    assert file.name == "2026-11-23 Lindmoor depot.dispatch-day"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("2026")] == [file.name]  # one file, whole
    before = file.read_bytes()
    copy, date = day_files.opened(file, folder)
    try:
        there, here = days.open_day(copy, copy.depots()[0].id, date), _as_saved(store)
        assert date == sample.day()
        for name in ("depot", "orders", "shifts", "plan", "facts", "approval", "stops"):
            assert getattr(there, name) == getattr(here, name), name
        assert here.facts.entries
        assert there.schedules == here.schedules
        assert copy.viewing.startswith("This is a copy of Mon 23 Nov")
        copying = DaySession(there, StoreSaver(copy, WHO))
        copying.viewing = copy.viewing
        with pytest.raises(UserError, match="This is a copy"):
            dispatch.unassign(copying, [next(iter(there.stops))])
    finally:
        copy.close()
    assert file.read_bytes() == before


def test_no_other_day_and_no_other_customer_goes_along(store: Store, tmp_path: Path) -> None:
    depot = sample.ensure(store)
    day = days.open_day(store, depot.id, sample.day())
    tomorrow = days.open_day(store, depot.id, sample.day() + dt.timedelta(days=1))
    saver = StoreSaver(store, WHO)
    other = DaySession(tomorrow, saver)
    order = next(iter(day.orders.values()))
    (stop,) = store.new_ids("stop", 1)
    (id,) = store.new_ids("order", 1)
    stranger = replace(
        order, id=OrderId(id), stop=StopId(stop), name="Nobody Elsewhere", day=tomorrow.date, reference="X-1",
    )  # fmt: skip
    pool = other.day.plan.pool
    arrival = PlanChange("Arrives", (Swap(pool, pool.with_stops((stranger.stop,))),), (Swap(None, stranger),))
    other.apply(arrival, None)
    saver.flush(PATIENCE_S)
    file = tmp_path / "one.dispatch-day"
    day_files.write(store, day, file)
    assert b"Elsewhere" not in file.read_bytes()
    with closing(sqlite3.connect(file)) as db:
        held = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in
                ("days", "orders", "personal", "shift_patterns", "proofs", "address_book", "mappings")}  # fmt: skip
    n = len(day.orders)
    assert held == {
        "days": 1,
        "orders": n,
        "personal": n,
        "shift_patterns": 0,
        "proofs": 0,
        "address_book": 0,
        "mappings": 0,
    }


def test_of_each_table_it_is_decided_what_goes_along() -> None:
    some = {"counters", "settings", "days", "depots", "drivers", "vehicles", "imports", "personal", "road_changes"}
    assert day_store.OF_A_DAY | day_store.LEFT_OUT | some == set(Base.metadata.tables)


def test_an_empty_day_and_a_folder_that_is_not_there_are_a_sentence(store: Store, tmp_path: Path) -> None:
    depot = sample.ensure(store)
    day = days.open_day(store, depot.id, sample.day())
    with pytest.raises(UserError, match="cannot be written"):
        day_files.write(store, day, tmp_path / "not there" / "x.dispatch-day")
    with pytest.raises(UserError, match="holds nothing yet"):
        day_files.write(store, replace(day, date=dt.date(2020, 1, 1)), tmp_path / "x.dispatch-day")
    assert not list(tmp_path.glob("x.*"))


def _sql(*statements: str) -> Callable[[Path], object]:
    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as db:
            db.execute("PRAGMA foreign_keys=OFF")
            for statement in statements:
                db.execute(statement)
            db.commit()

    return spoil


SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "text": lambda file: file.write_text("order;name\n1;Quill", encoding="utf-8"),
    "gone": lambda file: file.unlink(),
    "another program's": lambda file: (file.unlink(), _sql("CREATE TABLE notes (id)")(file)),
    "a view for a table": _sql("ALTER TABLE facts RENAME TO old", "CREATE VIEW facts AS SELECT * FROM old"),
    "a trigger of somebody": _sql(
        "DROP TRIGGER IF EXISTS x", "CREATE TRIGGER x AFTER INSERT ON orders BEGIN DELETE FROM orders; END"
    ),
    "two days": _sql("INSERT INTO days SELECT id + 1, depot_id, '2026-11-24', revision, state, approved_by,"
                     " approved_at, baseline FROM days"),
    "no day": _sql("DELETE FROM days"),
    "a state of nobody": _sql("UPDATE days SET state = 'gone', revision = revision + 1"),
    "stops that are no list": _sql("UPDATE routes SET stops = '5', version = version + 1"),
    "stops that are no JSON": _sql("UPDATE routes SET stops = 'x(', version = version + 1"),
    "times of no clock": _sql("UPDATE shifts SET start_at = 'soon', version = version + 1"),
    "a newer version": _sql("UPDATE alembic_version SET version_num = '9999'"),
    "a zone that is none": _sql("UPDATE depots SET timezone = '../../etc/passwd', version = version + 1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    store = open_store(folder / "day.db")
    try:
        return _written(store, folder)[1]
    finally:
        store.close()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_no_day_is_one_sentence(sound: Path, tmp_path: Path, folder: Path, kind: str) -> None:
    file = tmp_path / "x.dispatch-day"
    file.write_bytes(sound.read_bytes())
    SPOILT[kind](file)
    if kind == "a trigger of somebody":  # it stays behind: only rows are taken
        copy, date = day_files.opened(file, folder)
        assert len(days.open_day(copy, copy.depots()[0].id, date).orders) == 150
        copy.close()
        return
    with pytest.raises(UserError) as told:
        day_files.opened(file, folder)
    assert str(file) in told.value.message
    assert "\n" not in told.value.message


@pytest.mark.logs_warnings
@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_open_as_they_were_or_are_a_sentence(
    sound: Path, tmp_path: Path, folder: Path, seed: int
) -> None:
    dice, file = random.Random(seed), tmp_path / "x.dispatch-day"
    file.write_bytes(sound.read_bytes())
    ways = (spoiled_stores.flipped(40), spoiled_stores.zeroed_page, spoiled_stores.noise_page,
            spoiled_stores.cut_to(dice.random()))  # fmt: skip
    ways[seed % 4](file, dice)
    try:
        copy, _ = day_files.opened(file, folder)
    except UserError as error:
        assert str(file) in error.message
        return
    assert len(days.open_day(copy, copy.depots()[0].id, sample.day()).orders) <= 150
    copy.close()


def test_a_double_click_hands_the_file_over(tmp_path: Path) -> None:
    seen: list[Path | None] = []

    def window(arguments: object) -> int:
        seen.append(getattr(arguments, "day_file", None))
        return 0

    assert commands.run([str(tmp_path / "Mon 23.DISPATCH-DAY")], window) == 0
    assert commands.run([], window) == 0
    assert commands.run(["--demo", "a.dispatch-day"], window) == 0
    assert seen == [tmp_path / "Mon 23.DISPATCH-DAY", None, Path("a.dispatch-day")]
