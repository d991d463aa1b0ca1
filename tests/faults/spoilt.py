"""Store files that came to harm, and places in which they cannot be used: each is said in a sentence, no byte of it
changes, and where there is a backup it comes back whole.

What SQLite cannot see is told: a bit that flipped within a word leaves a sound file with another word in it.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.services import rescue
from dispatch_console.store import backups, checksums, holding, migrate
from dispatch_console.store.checksums import Sum
from dispatch_console.store.store import open_store
from tests import factories
from tests.faults.places import in_memory
from tests.faults.table import Figure, Size, broken, dice
from tests.store.filling import small_store
from tests.store.spoiled_stores import WAYS

#: Not root: one whom the rights of files hold for.
_NOBODY = 65534


class Tally:
    """What came of each case."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter()
        self.wrong: list[str] = []

    def check(self, case: str, holds: bool, otherwise: str) -> None:
        if not holds:
            self.wrong.append(f"{case}: {otherwise}")

    def used(self, case: str, file: Path, use: Callable[[Path], object]) -> bool:
        """Whether it could be used; if not, it must be said in a sentence and no byte be changed."""
        before = _bytes(file)
        try:
            use(file)
        except UserError as error:
            self.came["said"] += 1
            plain = error.message.endswith(".") and "Traceback" not in error.message and "\n" not in error.message
            self.check(case, plain, f"no plain sentence: {error.message!r}")
            self.check(case, _bytes(file) == before, "the file was written to")
            return False
        except Exception as error:
            self.wrong.append(f"{case}: {type(error).__name__}: {error}")
            return False
        return True


def use(file: Path) -> None:
    """Open it, look at everything a console shows of it at the start."""
    with closing(open_store(file, busy_s=0.2)) as store:
        store.load_day(DepotId(1), factories.DAY)
        store.list_days(DepotId(1))
        store.find_orders(DepotId(1), "Customer 3")
        store.load_fleet(DepotId(1))


def spoil(tally: Tally, sound: Path, folder: Path, way: str, chance: random.Random) -> None:
    case, file = f"{way} ({folder.name})", folder / sound.name
    shutil.copytree(sound.parent, folder)
    before = _sums(file)
    with suppress(UserError):
        WAYS[way](file, chance)
    if tally.used(case, file, use):
        tally.came[_left(file, before)] += 1
    found = rescue.look(file)
    tally.check(case, found.good is not None, "its good backup is not found")
    if found.good is not None:
        aside = rescue.bring_back(found)
        tally.check(case, aside is not None and aside.exists(), "the harmed file was not kept")
        tally.check(case, _sums(file) == before, "the backup brought something else back")
    shutil.rmtree(folder)


def _left(file: Path, before: dict[str, Sum]) -> str:
    """What is the matter with a file that opens."""
    try:
        return "harmless" if _sums(file) == before else "not seen by SQLite"
    except UserError:
        return "said when it is read"


# -- places and versions ---------------------------------------------------------------------------------


def newer(tally: Tally, sound: Path, folder: Path) -> None:
    file = _copy(sound, folder)
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    tally.check("newer", not tally.used("newer", file, use), "it was opened all the same")


def another_programs(tally: Tally, sound: Path, folder: Path) -> None:
    file = _copy(sound, folder)
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA application_id = 77")
    tally.check("another program's", not tally.used("another program's", file, use), "it was opened all the same")


def read_only(tally: Tally, sound: Path, folder: Path) -> None:
    """File and folder without the right to write: what is there may be read, and a change is refused."""
    file = _copy(sound, folder)
    before = file.read_bytes()

    def change(file: Path) -> None:
        with closing(open_store(file, busy_s=0.2)) as store:
            store.save_settings({"theme": "dark"})

    with _without_rights(folder):
        tally.check("read-only", not tally.used("read-only", file, change), "a change was taken")
        new = folder / "new.db"
        tally.check("read-only", not tally.used("a new one in a read-only folder", new, use), "it was made")
    tally.check("read-only", file.read_bytes() == before, "the file was written to")


def older_and_full(tally: Tally, small: Path) -> None:
    """No room for the backup that comes before an upgrade: then there is no upgrade."""
    file = small / "older.db"
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    migrate.upgrade(engine, migrate.known()[0])
    with _full(small):
        tally.check("older, no room", not tally.used("older, no room", file, use), "it was upgraded")
    file.unlink()
    shutil.rmtree(small / "backups", ignore_errors=True)


def full_disk(tally: Tally, sound: Path, small: Path) -> None:
    """A change for which there is no room is said and not half there; with room again it goes on."""
    file = Path(shutil.copy(sound, small / "store.db"))
    with closing(open_store(file, busy_s=0.2)) as store:
        with _full(small):
            before, said = _sums(file), False
            for n in range(2000):
                try:
                    store.save_settings({f"note {n}": "x" * 2000})
                except UserError as error:
                    said = error.message.endswith(".")
                    break
                before = _sums(file)
            tally.came["said"] += said
            tally.check("full disk", said, "nothing was said")
            tally.check("full disk", _sums(file) == before, "a change is half there")
            with suppress(UserError):
                backups.make(file, small / "backups", "hand", dt.datetime.now(dt.UTC))
                tally.wrong.append("full disk: a backup was made of nothing")
        left = [path.name for path in (small / "backups").glob("*")] if (small / "backups").is_dir() else []
        tally.check("full disk", left == [], f"a half backup is left: {left}")
        store.save_settings({"theme": "dark"})
        tally.check("full disk", store.settings() == {"theme": "dark"}, "it does not go on with room again")


@contextmanager
def _without_rights(folder: Path) -> Iterator[None]:
    """Nothing in `folder` can be written, by whoever we are meanwhile."""
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    privileged = sys.platform != "win32" and os.geteuid() == 0
    if privileged:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if privileged:
            os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk of two megabytes; None: this system does not let us make one."""
    folder.mkdir()
    if sys.platform == "win32" or os.geteuid() != 0:
        yield None
        return
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield None if made.returncode else folder
    finally:
        if not made.returncode:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def _full(disk: Path) -> Iterator[None]:
    filling = disk / "filling"
    with suppress(OSError), filling.open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(4096))
    try:
        yield
    finally:
        filling.unlink()


def _copy(sound: Path, folder: Path) -> Path:
    folder.mkdir()
    folder.chmod(0o755)
    return Path(shutil.copy(sound, folder))


def _sums(file: Path) -> dict[str, Sum]:
    with holding.looking(file) as connection:
        return checksums.sums(connection)


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _sound(folder: Path) -> Path:
    """A closed store with the small day in it, and a backup beside it."""
    file = folder / "sound" / "store.db"
    with closing(open_store(file)) as store:
        small_store(store)
    backups.make(file, backups.folder_of(file), "day", dt.datetime.now(dt.UTC) - dt.timedelta(minutes=12))
    return file


def run(size: Size, seed: int) -> list[Figure]:
    cases = {Size.CI: 40, Size.FULL: 400}[size]
    tally, notes = Tally(), list[str]()
    with in_memory() as folder:
        folder.chmod(0o755)
        sound = _sound(folder)
        for place in (newer, another_programs, read_only):
            place(tally, sound, folder / place.__name__)
        with _small_disk(folder / "small") as small:
            if small is None:
                notes.append("no full disk: this system makes no small one for us")
            else:
                older_and_full(tally, small)
                full_disk(tally, sound, small)
        ways = list(WAYS)
        for n in range(max(cases - 5, len(ways))):
            spoil(tally, sound, folder / f"case-{n}", ways[n % len(ways)], dice(seed, "spoilt", n))
    came = ", ".join(f"{n} {what}" for what, n in tally.came.most_common())
    done = f"{max(cases, len(ways) + 5)} files and places"
    return [broken("unfit store files: unsaid, or harmed further", done, tally.wrong, [came, *notes])]
