"""What all parts of the store stand on: one thread, one connection, transactions, ids, the audit."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Engine, Table, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from dispatch_console.domain.errors import StoreAway
from dispatch_console.store import engine as engines
from dispatch_console.store import errors, notices
from dispatch_console.store.schema import AuditRow, Base, CounterRow
from dispatch_console.store.types import JsonList

#: One row as column → value.
Row = dict[str, Any]

_CONSOLE = "console"


class Entry(NamedTuple):
    """What the audit says of one command. `command_id` is unique: a command happens once.

    `at` (aware) is when it was given; None: now. What waited for the database is as old as it is.
    """

    who: str
    what: str
    command_id: str
    before: JsonList = []
    after: JsonList = []
    at: dt.datetime | None = None


class Connected:
    """One database, used by one thread in order. `submit` is how windows get there; commands and tests may call the
    methods themselves. There is one connection, so whoever comes second waits for the first.

    `url` holds no password; `engine` knows the way. Every method is one transaction. The world's faults (locked,
    full, unreachable, stale) raise UserError.
    """

    def __init__(self, url: URL, engine: Engine) -> None:
        self.url = url
        self.engine = engine
        #: Names this run of the program to others on the same store.
        self.console = new_command()
        #: Hears after every use of the store, on any thread, whether it could be reached: None, or why not.
        self.reached: Callable[[StoreAway | None], object] = lambda _: None
        self._watch: notices.ServerWatch | notices.FileWatch | None = None
        self._reading = engines.reading(engine)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    def submit[T](self, function: Callable[[], T]) -> Future[T]:
        """Run `function` on the database thread, after all that was submitted before."""
        return self._thread.submit(function)

    def watch(self, hear: notices.Hear) -> None:
        """Have `hear` called, on a thread of its own, when somebody else may have written. Ends with `close`."""
        self._watch = notices.watch(self.engine, hear)

    def close(self) -> None:
        """Finish what is queued, then let go of the database."""
        if self._watch is not None:
            self._watch.close()
        self._thread.shutdown(wait=True)
        self.engine.dispose()

    def new_ids(self, kind: str, n: int) -> range:
        """`n` ids that were never given out: for `order`, `stop`, `shift`, `import`, `driver`, `vehicle`, …"""
        with self.write() as db:
            return new_ids(db, kind, n)

    def ping(self) -> None:
        """Raises UserError if the store cannot be reached."""
        with self.read() as db:
            db.execute(select(1))

    @contextmanager
    def read(self) -> Generator[Session]:
        with self._listening(), errors.told(), Session(self._reading) as db:
            yield db

    @contextmanager
    def write(self) -> Generator[Session]:
        """A transaction that holds unless something is raised."""
        session = Session(self.engine, info={_CONSOLE: self.console})
        with self._listening(), errors.told(), session as db, db.begin():
            yield db

    @contextmanager
    def _listening(self) -> Generator[None]:
        try:
            yield
        except StoreAway as error:
            self.reached(error)
            raise
        self.reached(None)


def new_ids(db: Session, kind: str, n: int) -> range:
    counters = table(CounterRow)
    insert = insert_into(db, CounterRow).values(kind=kind, last=n)
    insert = insert.on_conflict_do_update(index_elements=["kind"], set_={"last": counters.c.last + n})
    last = db.execute(insert.returning(counters.c.last)).scalar_one()
    return range(last - n + 1, last + 1)


def new_command() -> str:
    """An id for a command that nobody else has to know of."""
    return str(uuid.uuid4())


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def record(db: Session, entry: Entry, day_id: int | None = None, revision: int | None = None) -> None:
    """Append to the audit. The same command a second time is refused by the database."""
    values = {"day_id": day_id, "revision": revision, **entry._asdict(), "at": entry.at or now()}
    here = {"recorded_at": clock_of(db), "console": db.info.get(_CONSOLE, "")}
    db.execute(table(AuditRow).insert().values({**values, **here}))


def clock_of(db: Session) -> ColumnElement[Any]:
    """The time of now by the database's own clock, as a value to write."""
    if db.get_bind().dialect.name == "postgresql":
        return func.clock_timestamp()
    return literal_column("strftime('%Y-%m-%d %H:%M:%f000', 'now')")  # as SQLAlchemy writes instants


def was_done(db: Session, command_id: str) -> bool:
    return db.scalar(select(AuditRow.id).where(AuditRow.command_id == command_id)) is not None


def table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def insert_into(db: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT; both dialects write it alike."""
    if db.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table(model))
    return sqlite.insert(table(model))


def upsert(db: Session, model: type[Base], rows: Sequence[Row], keys: Sequence[str]) -> None:
    """Write whole rows, new or changed, in one statement; all rows have the same columns. Counts up `version`."""
    if not rows:
        return
    insert = insert_into(db, model)
    changed: dict[str, Any] = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    columns = table(model).c
    if "version" in columns:
        changed["version"] = columns.version + 1
    statement = insert.on_conflict_do_update(index_elements=list(keys), set_=changed)
    db.connection().execute(statement, list(rows))


def insert_many(db: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        db.connection().execute(table(model).insert(), list(rows))
