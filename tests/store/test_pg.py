"""The tests' own PostgreSQL: stopped and started again, by an end or a crash, it has what was committed."""

from __future__ import annotations

import psycopg
import pytest

from tests.store import pg


@pytest.mark.parametrize("crash", [False, True])
def test_what_was_committed_outlasts_a_restart(own_server: pg.Server, crash: bool) -> None:
    url = pg.create_database(own_server.url, f"restarted_{int(crash)}")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    own_server.stop(crash=crash)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=10)
    own_server.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
