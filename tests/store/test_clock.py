"""The server's clock against ours: half a minute apart is said, in both directions, with what to do."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from dispatch_console.services import access, clocks
from dispatch_console.services.access import Role
from dispatch_console.store.store import open_store
from tests.store import pg


@pytest.fixture(scope="module")
def url(pg_server: str) -> str:
    """A store whose login `late` finds a server with a clock of its own, as far off as `mine.off` says."""
    url = pg.create_database(pg_server, "clocks")
    access.initialise(url)
    for login in ("on_time", "late"):
        access.grant(url, login, Role.DISPATCHER, create=True)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (
            "CREATE SCHEMA mine",
            "CREATE TABLE mine.off (seconds int)",
            "CREATE FUNCTION mine.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
            " 'SELECT pg_catalog.clock_timestamp() + seconds * interval ''1 s'' FROM mine.off'",
            "GRANT USAGE ON SCHEMA mine TO late",
            "GRANT SELECT ON mine.off TO late",
            "ALTER ROLE late SET search_path = mine, public, pg_catalog",
        ):
            connection.execute(statement)
    return url


@pytest.mark.parametrize(
    ("seconds", "words"), [(90, " s behind the server's"), (-3600, " s ahead of the server's"), (10, "")]
)
def test_a_clock_that_is_off_is_told(url: str, seconds: int, words: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE mine.off")
        connection.execute("INSERT INTO mine.off VALUES (%s)", [seconds])
    store = open_store(url.replace("postgres@", "late@"))
    told = clocks.warning(store)
    store.close()
    if not words:
        assert told == ""
        return
    assert words in told
    assert int(told.partition(" is ")[2].partition(" s ")[0]) == pytest.approx(abs(seconds), abs=5)
    assert told.endswith("Set it right, or ask whoever keeps the server, then start the program again.")


def test_a_clock_that_is_right_says_nothing(url: str, tmp_path: Path) -> None:
    for where in (url.replace("postgres@", "on_time@"), f"{tmp_path}/store.db"):
        store = open_store(where)
        assert clocks.warning(store) == ""
        store.close()
