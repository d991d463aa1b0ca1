"""Logins of a shared store may what their group may, on a real server: `store init` and `store grant`."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.services import access, backups
from dispatch_console.services.access import Role
from dispatch_console.store import check_migrations, engine, location, migrate, rights
from dispatch_console.store.rights import RIGHTS, Group
from dispatch_console.store.schema import Base
from dispatch_console.store.store import open_store
from tests.store import pg
from tests.store.filling import small_store

_numbers = itertools.count(1)

#: A step of a version to come.
_STEP = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", "{migrate.HEAD}"
def upgrade():
    op.create_table("later", sa.Column("id", sa.BigInteger(), primary_key=True))
"""

#: What no login of a console may do, whatever its group.
FORBIDDEN = (
    "ALTER TABLE days ADD COLUMN extra text",
    "DROP TABLE settings",
    "TRUNCATE incidents",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "UPDATE audit SET who = 'nobody'",
    "DELETE FROM audit",
    "TRUNCATE audit",
    "DELETE FROM facts",
    "UPDATE facts SET at = now()",
    "UPDATE alembic_version SET version_num = '0001'",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    f"GRANT {Group.ADMIN} TO CURRENT_USER",
)


@pytest.fixture
def shared(pg_server: str) -> str:
    """A store with the small day in it, made ready for logins by the server's superuser."""
    url = pg.create_database(pg_server, f"roles_{next(_numbers)}")
    access.initialise(url)
    store = open_store(url)
    small_store(store)
    store.close()
    return url


@pytest.fixture
def login(shared: str) -> Callable[[Role], str]:
    """Make a login with a role; the address by which it comes to the store."""

    def made(role: Role) -> str:
        name = f"{role.value}_{next(_numbers)}"
        access.grant(shared, name, role, create=True)
        return as_login(shared, name)

    return made


def as_login(url: str, name: str) -> str:
    return location.parse(url).set(drivername="postgresql", username=name).render_as_string()


def refused(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_every_table_has_its_rights() -> None:
    assert set(RIGHTS) == {*Base.metadata.tables, "alembic_version"}


@pytest.mark.parametrize("role", Role)
def test_no_login_of_a_console_touches_tables_or_what_has_happened(
    login: Callable[[Role], str], role: Role
) -> None:
    url = login(role)
    for statement in FORBIDDEN:
        refused(url, statement)


def test_a_viewer_reads_everything_and_writes_nothing(login: Callable[[Role], str]) -> None:
    url = login(Role.VIEWER)
    written = [name for name, may in RIGHTS.items() if may.viewer != "SELECT"]
    for name in RIGHTS.keys() - set(written):
        column = "version_num" if name == "alembic_version" else next(iter(Base.metadata.tables[name].columns)).name
        for statement in (f"INSERT INTO {name} DEFAULT VALUES", f"DELETE FROM {name}"):
            refused(url, statement)
        refused(url, f"UPDATE {name} SET {column} = {column}")
    with psycopg.connect(url) as connection:
        assert [connection.execute(f"SELECT count(*) FROM {name}".encode()).rowcount for name in RIGHTS] == [
            1 for _ in RIGHTS
        ]


def test_a_viewers_console_opens_and_is_told_that_it_may_not_write(login: Callable[[Role], str]) -> None:
    store = open_store(login(Role.VIEWER))
    depot = store.depots()[0]
    assert store.list_days(depot.id)[0].orders == 6
    with pytest.raises(UserError, match="not allowed to do this on the server"):
        store.save_settings({"theme": "dark"})
    store.close()


def test_who_has_no_role_does_not_even_come_in(shared: str) -> None:
    with psycopg.connect(shared, autocommit=True) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(UserError, match="Your login may not use this database"):
        open_store(as_login(shared, "stranger"))


def test_a_login_has_one_role_and_it_can_be_another(shared: str, login: Callable[[Role], str]) -> None:
    url = login(Role.ADMIN)
    access.grant(shared, location.parse(url).username or "", Role.VIEWER)
    refused(url, "DELETE FROM orders")
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM orders").fetchone() == (6,)


@pytest.mark.parametrize("name", ['Jürg "Jo" %s', "o'Neill; DROP TABLE days", "a b%(c)s{d}", "$$ END"])
def test_names_with_any_signs(shared: str, name: str) -> None:
    access.grant(shared, name, Role.DISPATCHER, create=True, password="it's §ecret")
    store = open_store(as_login(shared, name))
    store.save_settings({"theme": "dark"})
    store.close()
    with psycopg.connect(shared) as connection:
        query = "SELECT rolpassword FROM pg_authid WHERE rolname = %s"
        (kept,) = connection.execute(query, [name]).fetchone() or ("",)
    assert kept.startswith("SCRAM-SHA-256$")


def test_a_database_with_any_signs(pg_server: str) -> None:
    name = 'Depot "Süd" %s'
    with psycopg.connect(f"{pg_server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = location.parse(pg_server).set(database=name).render_as_string()
    access.initialise(url)
    access.grant(url, "sued", Role.DISPATCHER, create=True)
    open_store(as_login(url, "sued")).close()


@pytest.mark.parametrize(
    ("login_name", "create", "words"),
    [
        ("nobody_here", False, "There is no login “nobody_here” on this server. Make it with --create"),
        ("postgres", False, "may do anything on this server"),
        ("postgres", True, "There is a login “postgres” on this server already"),
        ("pg_mine", True, "keeps this name for itself"),
        ("", True, "A login has 1 to 63 letters"),
        ("ü" * 32, True, "A login has 1 to 63 letters"),
    ],
)
def test_logins_that_cannot_be_meant(shared: str, login_name: str, create: bool, words: str) -> None:
    with pytest.raises(UserError, match=words):
        access.grant(shared, login_name, Role.VIEWER, create=create)


def test_a_file_has_no_logins(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Only a store on a PostgreSQL server has logins"):
        access.grant(f"{tmp_path}/store.db", "ada", Role.VIEWER)


def test_what_is_printed_is_what_is_done(pg_server: str, shared: str) -> None:
    """A database filled with the printed statements is a store, with the same rights as one that `init` made."""
    url = pg.create_database(pg_server, "printed")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(access.initialise_script(url).encode())
    assert check_migrations.differences(url) == []
    assert _triggers(url) == _triggers(shared)
    built = engine.make(location.parse(url))
    with built.connect() as connection:
        assert rights.excess(connection) == []
        assert migrate.state(connection) is migrate.State.CURRENT
    built.dispose()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(access.grant_script("from_paper", Role.VIEWER, create=True).encode())
    open_store(as_login(url, "from_paper")).close()


def _triggers(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        query = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        return {(table, name) for table, name in connection.execute(query)}


def test_rights_given_by_hand_come_to_light_and_init_takes_them_back(shared: str) -> None:
    with psycopg.connect(shared, autocommit=True) as connection:
        connection.execute(f"GRANT TRUNCATE, DELETE ON audit TO {Group.DISPATCHER}".encode())
        connection.execute(f"REVOKE SELECT ON days FROM {Group.VIEWER}".encode())
    built = engine.make(location.parse(shared))
    with built.connect() as connection:
        found = rights.excess(connection)
    assert f"{Group.ADMIN} may DELETE audit." in found
    assert f"{Group.VIEWER} may not SELECT days." in found
    access.initialise(shared)
    with built.connect() as connection:
        assert rights.excess(connection) == []
    built.dispose()


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it to have the program of the next version, whose step makes one more table."""

    def installed() -> None:
        shutil.copytree(resources.root() / "db", tmp_path / "db", ignore=shutil.ignore_patterns("__pycache__"))
        (tmp_path / "db" / "versions" / "9999_next.py").write_text(_STEP, encoding="utf-8")
        monkeypatch.setattr(resources, "root", lambda: tmp_path)
        monkeypatch.setattr(migrate, "HEAD", "9999")

    return installed


@pytest.mark.parametrize("role", Role)
def test_a_console_that_may_not_alter_tables_asks_for_whoever_may(
    login: Callable[[Role], str], role: Role, next_version: Callable[[], None]
) -> None:
    url = login(role)
    next_version()
    with pytest.raises(UserError, match=r"of an older version: ask .* “main\.py store upgrade --store …”"):
        open_store(url)


def test_an_empty_database_is_made_a_store_by_its_owner_alone(shared: str, login: Callable[[Role], str]) -> None:
    name = location.parse(login(Role.DISPATCHER)).username or ""
    empty = pg.create_database(shared.rpartition("/")[0], f"empty_{next(_numbers)}")
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    with pytest.raises(UserError, match=r"no store in the database .* “main\.py store init --store …”"):
        open_store(as_login(empty, name))


def test_who_makes_the_store_needs_no_superuser_and_a_colleague_upgrades_it(
    pg_server: str, next_version: Callable[[], None]
) -> None:
    """IT has a login that may make roles and owns the database; consoles may the same after an upgrade."""
    owner, name = f"it_{next(_numbers)}", f"depot_{next(_numbers)}"
    groups = ", ".join(Group)
    with psycopg.connect(f"{pg_server}/postgres", autocommit=True) as connection:
        for statement in (
            f"CREATE ROLE {owner} LOGIN CREATEROLE",
            f"CREATE ROLE {owner}_colleague LOGIN IN ROLE {owner}",
            f"CREATE DATABASE {name} OWNER {owner}",
            f"GRANT {groups} TO {owner} WITH ADMIN OPTION",  # groups are a server's: another has made them
        ):
            connection.execute(statement.encode())
    url = f"{pg_server}/{name}"
    access.initialise(as_login(url, owner))
    access.grant(as_login(url, owner), f"{owner}_console", Role.DISPATCHER, create=True)
    next_version()
    assert backups.upgrade(as_login(url, f"{owner}_colleague")) == "9999"
    with psycopg.connect(url) as connection:
        owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert owners.fetchall() == [(owner,)]
    store = open_store(as_login(url, f"{owner}_console"))
    store.save_settings({"theme": "dark"})
    store.close()
