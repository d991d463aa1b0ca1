"""A server that stops, crashes or comes back: said in one sentence, noticed soon, and used again by itself."""

from __future__ import annotations

import socket

import psycopg
import pytest
from sqlalchemy import text

from dispatch_console.domain.errors import StoreAway
from dispatch_console.store import engine, location
from dispatch_console.store.store import Store, open_store
from tests.patience import PATIENCE_S
from tests.store import pg
from tests.store.filling import assert_same, reopened, small_store


@pytest.mark.parametrize("crash", [False, True])
def test_a_store_works_again_as_soon_as_its_server_does(own_server: pg.Server, crash: bool) -> None:
    store = open_store(pg.create_database(own_server.url, f"back_again_{int(crash)}"))
    store.save_settings({"who": "Ada"})
    own_server.stop(crash=crash)
    for _ in range(2):
        with pytest.raises(StoreAway, match="cannot be reached"):
            store.settings()
        with pytest.raises(StoreAway, match="cannot be reached"):
            store.save_settings({"who": "Ben"})
    own_server.start()
    assert store.settings() == {"who": "Ada"}
    store.close()


def test_a_server_that_stops_in_mid_transaction_is_away(own_server: pg.Server) -> None:
    store = open_store(pg.create_database(own_server.url, "in_the_middle"))
    with pytest.raises(StoreAway, match="cannot be reached"), store.write() as db:
        db.execute(text("SELECT 1"))
        own_server.restart(crash=True)
        db.execute(text("SELECT 1"))
    assert store.settings() == {}
    store.close()


def test_silence_is_noticed_within_ten_seconds(own_server: pg.Server) -> None:
    """What libpq was told; a cable cannot be pulled here."""
    store = open_store(pg.create_database(own_server.url, "silent"))
    with store.read() as db:
        driver = db.connection().connection.driver_connection
        assert driver is not None
        told = driver.info.get_parameters()
    idle, interval, count = (int(told[f"keepalives_{name}"]) for name in ("idle", "interval", "count"))
    assert idle + interval * count <= 10
    assert int(told["tcp_user_timeout"]) <= 10_000
    assert int(told["connect_timeout"]) <= 5
    store.close()


def test_what_waits_behind_a_silent_server_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one waits for an answer; the others do not ask again."""
    monkeypatch.setattr(engine, "CONNECT_S", 2)
    monkeypatch.setattr(engine, "_PAUSE_S", PATIENCE_S)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = location.parse(f"postgresql://postgres@127.0.0.1:{silent.getsockname()[1]}/none")
        store = Store(url, engine.make(url))
        for _ in range(5):
            with pytest.raises(StoreAway):
                store.settings()
        silent.settimeout(0)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()
        store.close()


def test_it_is_all_the_same_how_a_database_writes_its_dates(pg_server: str) -> None:
    url = pg.create_database(pg_server, "german_dates")
    with psycopg.connect(f"{pg_server}/postgres", autocommit=True) as connection:
        for setting in (
            "datestyle = 'German, DMY'",
            "intervalstyle = 'sql_standard'",
            "timezone = 'Asia/Kathmandu'",
        ):
            connection.execute(f"ALTER DATABASE german_dates SET {setting}")
    store = open_store(url)
    day = small_store(store)
    assert_same(reopened(store.load_day(day.depot.id, day.date), day), day)
    store.close()
