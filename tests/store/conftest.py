"""Every store test runs on SQLite and on PostgreSQL; the schema comes from the migrations, made once and copied."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.store.store import Store, open_store
from tests.store import pg

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """URL of a PostgreSQL of our own, without a database."""
    with pg.server(pg.needed()) as url:
        yield url


@pytest.fixture(scope="module")
def own_server() -> Iterator[pg.Server]:
    """A PostgreSQL that the tests of one file may stop and start again; nobody else uses it."""
    with pg.running(pg.needed()) as server:
        yield server


@pytest.fixture(scope="session")
def pg_template(pg_server: str) -> str:
    """Name of a database that has gone through the migrations."""
    open_store(pg.create_database(pg_server, "template_store")).close()
    return "template_store"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "store.db"
    open_store(str(file)).close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new store."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "store.db")
        yield f"sqlite:///{file}"
        return
    server, template = request.getfixturevalue("pg_server"), request.getfixturevalue("pg_template")
    name = f"store_{next(_numbers)}"
    yield pg.create_database(server, name, template)
    pg.drop_database(server, name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()
