"""Whatever came to a store's file is said in a sentence, harms nothing further, and the good backup is found."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest

from dispatch_console.domain.errors import DamagedStore, UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.services import rescue
from dispatch_console.store import backups, checksums, holding
from dispatch_console.store.backups import Backup
from dispatch_console.store.checksums import Sum
from dispatch_console.store.store import open_store
from tests import factories
from tests.store.filling import small_store
from tests.store.spoiled_stores import WAYS

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def sound(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with the small day in it."""
    file = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("sound") / "store.db"))
    store = open_store(file)
    small_store(store)
    store.close()
    return file


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "store.db"))


def _back_up(file: Path, minutes_ago: int, reason: str = "change") -> Backup:
    return backups.make(file, backups.folder_of(file), reason, NOW - dt.timedelta(minutes=minutes_ago))


def _sums(file: Path) -> dict[str, Sum]:
    with holding.looking(file) as connection:
        return checksums.sums(connection)


def _used(file: Path) -> None:
    """Open it and read the day whole."""
    store = open_store(file)
    try:
        store.load_day(DepotId(1), factories.DAY)
        store.list_days(DepotId(1))
    finally:
        store.close()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("way", WAYS)
def test_every_harm_is_said_and_nothing_is_harmed_further(file: Path, way: str) -> None:
    made, before = _back_up(file, 12), _sums(file)
    WAYS[way](file, random.Random(way))
    spoilt = file.read_bytes()
    try:
        _used(file)
    except UserError as error:
        assert error.message.endswith(".")
        assert "Traceback" not in error.message
        assert file.read_bytes() == spoilt, "it was written to"
    found = rescue.look(file)
    assert found.good is not None and found.good[0] == made
    aside = rescue.bring_back(found)
    assert aside is not None and aside.exists()
    assert _sums(file) == before
    _used(file)


def test_there_are_forty_ways() -> None:
    assert len(WAYS) >= 40


@pytest.mark.parametrize("way", ["empty", "all zero", "all noise", "a letter", "cut to 50%", "no version"])
def test_what_was_a_store_is_damaged_and_what_was_none_is_another_file(file: Path, way: str) -> None:
    WAYS[way](file, random.Random(way))
    if way not in ("empty", "cut to 50%"):
        with pytest.raises(UserError, match=r"not a store|another program") as caught:
            open_store(file)
        assert not isinstance(caught.value, DamagedStore)
    shutil.copytree(_backups_of_a_sound_one(file), backups.folder_of(file))
    with pytest.raises(DamagedStore, match=r"newest good backup is \d+ \w+ old \(6 orders\): “store restore"):
        open_store(file)


def _backups_of_a_sound_one(file: Path) -> Path:
    other = file.parent / "other" / "store.db"
    other.parent.mkdir()
    store = open_store(other)
    small_store(store)
    store.close()
    return _back_up(other, 12).file.parent


def test_damaged_backups_are_passed_over_and_told(file: Path) -> None:
    good, worse, worst = _back_up(file, 60), _back_up(file, 30), _back_up(file, 5)
    worse.file.write_bytes(b"spoilt" * 1000)
    worst.file.write_bytes(b"")
    WAYS["zeroed second page"](file, random.Random(1))
    with pytest.raises(DamagedStore, match=f"Damaged too: {worst.file.name}, {worse.file.name}") as caught:
        open_store(file)
    assert f"old (6 orders): “store restore {good.file.name}”." in caught.value.message
    found = rescue.look(file)
    assert found.good is not None and found.good[0] == good
    assert found.spoilt == (worst, worse)
    assert f"passed over: {worst.file.name}, {worse.file.name}." in " ".join(rescue.more(found, NOW))


def test_the_second_folder_helps_where_the_first_is_lost(file: Path, tmp_path: Path) -> None:
    made = _back_up(file, 12)
    second = tmp_path / "stick"
    second.mkdir()
    backups.again(made, second)
    shutil.rmtree(made.file.parent)
    file.write_bytes(bytes(5000))
    found = rescue.look(file, second)
    assert found.good is not None and found.good[0].file == second / made.file.name
    rescue.bring_back(found)
    _used(file)


def test_the_harmed_file_is_kept_with_its_journals(file: Path) -> None:
    _back_up(file, 12)
    WAYS["all noise"](file, random.Random(1))
    spoilt = file.read_bytes()
    file.with_name("store.db-journal").write_bytes(b"old pages")
    aside = rescue.begin_anew(rescue.look(file))
    assert aside is not None and aside.name.endswith("_damaged.db")
    assert aside.read_bytes() == spoilt
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"old pages"
    store = open_store(file)
    assert store.depots() == []
    store.close()


def test_nothing_that_was_set_aside_is_overwritten(file: Path) -> None:
    names = {backups.set_aside(Path(shutil.copy(file, file.parent / "s.db")), NOW, "damaged") for _ in range(3)}
    assert len(names) == 3 and all(name is not None and name.exists() for name in names)


def test_a_store_that_is_gone_is_offered_too(file: Path) -> None:
    _back_up(file, 12)
    assert not rescue.is_gone(file)
    file.unlink()
    file.with_name("store.db-journal").write_bytes(b"old pages")
    assert rescue.is_gone(file)
    found = rescue.look(file)
    assert found.gone and "not there any more" in rescue.what_happened(found)
    assert rescue.bring_back(found) is None
    assert not file.with_name("store.db-journal").exists(), "it would be rolled back into the next store"
    _used(file)


def test_a_new_place_and_a_server_are_no_harm(tmp_path: Path) -> None:
    assert not rescue.is_gone(tmp_path / "new.db")
    assert not rescue.is_gone("postgresql://server/depot")


def test_the_words_of_the_offer(file: Path) -> None:
    made = _back_up(file, 12)
    file.write_bytes(b"")
    found = rescue.look(file)
    local = f"{made.at.astimezone():%H:%M}"
    day = "today" if made.at.astimezone().date() == NOW.astimezone().date() else "yesterday"
    assert rescue.offer(found, NOW) == f"{day} {local} (12 minutes old; 6 orders)"
    assert rescue.what_happened(found) == (
        f"The store {file} is damaged and cannot be opened. Nothing was changed in it."
    )
    made.file.unlink()
    bare = rescue.look(file)
    assert (rescue.offer(bare, NOW), bare.good) == ("", None)
    assert "There is no good backup of it." in rescue.more(bare, NOW)
