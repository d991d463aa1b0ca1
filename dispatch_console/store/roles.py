"""Sets up a shared store for its logins, or says what would be done: for whoever keeps the server."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ProgrammingError

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.store import engine, errors, location, migrate, opening, rights
from dispatch_console.store.rights import Group

#: PostgreSQL cuts longer names off without a word.
_LONGEST = 63

_TOO_MUCH = "“{}” may do anything on this server, whatever its group. Make another login for the consoles."
_NO_LOGIN = "There is no login “{}” on this server. Make it with --create."
_A_LOGIN = "There is a login “{}” on this server already. Leave out --create."

#: What a server says to names, by SQLSTATE.
_REFUSED = {
    "42704": f"There are no groups on this server yet. Run “{resources.command()} store init” first.",
    "42939": "The server keeps this name for itself. Choose another login.",
}


def initialise(where: str) -> None:
    """Make the tables, the groups and their rights; what is there already is brought up to date.

    A store in a file has its tables made, and no groups. Raises UserError.
    """
    url = location.parse(where)
    built = opening.open_engine(url, busy_s=5.0)
    try:
        if location.is_server(url):
            _set_rights(built, url)
    finally:
        built.dispose()


def _set_rights(built: Engine, url: URL) -> None:
    with errors.told(), built.begin() as connection:
        rights.run(connection, _statements(url))
        wrong = rights.excess(connection)
    if wrong:
        raise UserError(" ".join(("The groups are there, but their rights are not as they should be.", *wrong)))


def script(where: str) -> str:
    """What `initialise` does to an empty database, as SQL. Asks no server."""
    statements = _statements(_server(where))
    return migrate.statements() + "".join(f"{statement};\n" for statement in statements)


def grant(where: str, login: str, group: Group, *, create: bool, password: str = "") -> None:
    """Put a login into a group and out of the others; `create`: make it first, with that password if there is one.

    The server is told the password's hash, so that its log cannot hold the password. Raises UserError.
    """
    statements = grant_script(login, group, create=create)
    with _connected(_server(where)) as connection:
        _check(connection, login, create=create)
        if create and password:
            statements[0] += f" PASSWORD '{_hash(connection, login, password)}'"
        rights.run(connection, statements)


def grant_script(login: str, group: Group, *, create: bool) -> list[str]:
    """The statements of `grant`, without a password."""
    if not login or "\0" in login or len(login.encode()) > _LONGEST:
        raise UserError(f"A login has 1 to {_LONGEST} letters.")
    return rights.of_login(login, group, create=create)


def _statements(url: URL) -> list[str]:
    return [*rights.of_server(url.database or ""), *rights.of_tables()]


def _server(where: str) -> URL:
    url = location.parse(where)
    if not location.is_server(url):
        raise UserError("Only a store on a PostgreSQL server has logins. Name one with --store postgresql://…")
    return url


def _check(connection: Connection, login: str, *, create: bool) -> None:
    query = text("SELECT rolsuper FROM pg_roles WHERE rolname = :login")
    found = connection.execute(query, {"login": login}).first()
    if create and found is not None:
        raise UserError(_A_LOGIN.format(login))
    if not create and found is None:
        raise UserError(_NO_LOGIN.format(login))
    if found is not None and found.rolsuper:
        raise UserError(_TOO_MUCH.format(login))


def _hash(connection: Connection, login: str, password: str) -> str:
    """As the server would keep it; a hash has no quotes in it."""
    from psycopg import Connection as Raw

    raw = connection.connection.driver_connection
    assert isinstance(raw, Raw)
    return raw.pgconn.encrypt_password(password.encode(), login.encode()).decode()


@contextmanager
def _connected(url: URL) -> Generator[Connection]:
    built = engine.make(url)
    try:
        with errors.told(), built.begin() as connection:
            yield connection
    except ProgrammingError as error:
        told = _REFUSED.get(getattr(error.orig, "sqlstate", None) or "")
        if told is None:
            raise
        raise UserError(told) from error
    finally:
        built.dispose()
