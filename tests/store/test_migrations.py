"""The migrations make the tables that `schema.py` says, keep every row, and never half happen."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import DepotId
from dispatch_console.store import backups, check_migrations, migrate
from dispatch_console.store.store import open_store
from tests.conftest import ROOT
from tests.store import pg
from tests.store.filling import small_store


def test_head_is_the_newest_step() -> None:
    script = ScriptDirectory(str(resources.root() / "db"))
    assert script.get_heads() == [migrate.HEAD]


def test_tables_and_migrations_agree_on_sqlite(tmp_path: Path) -> None:
    assert check_migrations.differences(str(tmp_path / "new.db")) == []


def test_tables_and_migrations_agree_on_postgresql(pg_server: str) -> None:
    assert check_migrations.differences(pg.create_database(pg_server, "agreement")) == []


def test_a_difference_is_shown_and_exits_1(tmp_path: Path) -> None:
    code = """
        import sys
        from sqlalchemy import Column, Integer
        from dispatch_console.store import check_migrations
        from dispatch_console.store.schema import Base
        Base.metadata.tables["settings"].append_column(Column("extra", Integer))
        sys.exit(check_migrations.main([]))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    assert "add_column" in done.stdout and "extra" in done.stdout


#: A step as a later issue might write it: a table is copied (a batch), another gains a column.
_NOW, _NEXT = migrate.HEAD, "9999"
_STEP = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{_NEXT}", "{_NOW}"
def upgrade():
    with op.batch_alter_table("orders", table_kwargs={{"sqlite_strict": True}}) as batch:
        batch.alter_column("reference", new_column_name="number")
    op.add_column("drivers", sa.Column("tag", sa.Text(), nullable=True))
"""
_LOSING = _STEP.replace("    op.add", "    op.execute('DELETE FROM personal WHERE order_id = 1')\n    op.add")
_BREAKING = _STEP.replace("    op.add", "    op.execute('UPDATE orders SET day_id = 77 WHERE id = 1')\n    op.add")
_FAILING = _STEP + "    raise RuntimeError('power cut')\n"


@pytest.fixture
def older(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with the small day, made before a step that a test writes into `db/versions` of its own."""
    shutil.copytree(resources.root() / "db", tmp_path / "db", ignore=shutil.ignore_patterns("__pycache__"))
    file = Path(shutil.copy(sqlite_template, tmp_path / "store.db"))
    store = open_store(str(file))
    small_store(store)
    store.close()
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    monkeypatch.setattr(migrate, "HEAD", _NEXT)
    return file


def _add_step(file: Path, source: str) -> None:
    (file.parent / "db" / "versions" / f"{_NEXT}_step.py").write_text(source, encoding="utf-8")


def _rows(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_an_older_store_is_upgraded_after_a_backup_and_keeps_every_row(older: Path) -> None:
    before = _rows(older)
    assert before["personal"] == 6
    _add_step(older, _STEP)
    open_store(str(older)).close()
    assert _rows(older) == before
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT number FROM orders WHERE id = 1").fetchone() == ("A1",)
        assert connection.execute("SELECT strict FROM pragma_table_list WHERE name = 'orders'").fetchone() == (1,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (_NEXT,)
    kept = backups.list_all(older, backups.folder_of(older))
    assert [backup.reason for backup in kept] == ["upgrade"]
    assert _rows(kept[0].file) == before


@pytest.mark.parametrize(
    ("step", "words"), [(_LOSING, "rows of personal would be lost"), (_BREAKING, "references would be broken")]
)
def test_a_step_that_would_harm_is_taken_back(older: Path, step: str, words: str) -> None:
    before = older.read_bytes()
    _add_step(older, step)
    with pytest.raises(UserError, match=words):
        open_store(str(older))
    assert older.read_bytes() == before


def test_a_step_that_fails_leaves_the_store_as_it_was(older: Path) -> None:
    before = _rows(older)
    _add_step(older, _FAILING)
    with pytest.raises(RuntimeError, match="power cut"):
        open_store(str(older))
    assert _rows(older) == before
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT reference FROM orders WHERE id = 1").fetchone() == ("A1",)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (_NOW,)


def test_foreign_keys_are_on_again_after_an_upgrade(older: Path) -> None:
    _add_step(older, _STEP)
    store = open_store(str(older))
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()


def test_the_first_tables_with_a_day_in_them_become_todays(tmp_path: Path) -> None:
    """A fact, an order and a sheet as the first version wrote them are read by this one."""
    file = tmp_path / "old.db"
    url = f"sqlite:///{file}"
    config = ["-m", "alembic", "-c", "db/alembic.ini", "-x", f"url={url}", "upgrade", "0001"]
    subprocess.run([sys.executable, *config], cwd=ROOT, check=True, capture_output=True)
    with closing(sqlite3.connect(file)) as old:
        old.execute(f"PRAGMA application_id={migrate.APPLICATION_ID}")
        old.execute(
            "INSERT INTO depots VALUES (1, 'Home', 50.0, 10.0, 'Europe/Vaduz', '', '', '', 'CHF', 'LI', 300, 1)"
        )
        old.execute(
            "INSERT INTO days VALUES (1, 1, '2026-11-23', 3, 'approved', 'Kim', '2026-11-23 06:00:00', NULL)"
        )
        old.execute(
            "INSERT INTO orders (id, day_id, stop_id, reference, kind, windows, grams, litres, pieces, priority, "
            "skills, items, attempts, version) "
            "VALUES (7, 1, 9, 'A7', 'delivery', '[]', 1, 1, 1, 'normal', '[]', '[]', 0, 1)"
        )
        old.execute("INSERT INTO routes VALUES (1, 0, '[9]', 0, '[]', '[]', 1)")
        old.execute(
            "INSERT INTO facts "
            "VALUES (1, 1, 9, 0, 'arrived', '2026-11-23 09:00:00', '', '2026-11-23 09:01:00', 'Kim')"
        )
        old.execute("INSERT INTO sheets VALUES (1, 5, 1, '[9]', '2026-11-23 06:30:00', 'Kim')")
        old.commit()
    store = open_store(str(file))
    try:
        record = store.load_day(DepotId(1), dt.date(2026, 11, 23))
    finally:
        store.close()
    assert [order.reference for order in record.orders] == ["A7"]
    assert record.orders[0].next is None and record.orders[0].identity == 7
    assert [(fact.kind, fact.who, fact.reason) for fact in record.facts.entries] == [
        (FactKind.ARRIVED, "Kim", None)
    ]
