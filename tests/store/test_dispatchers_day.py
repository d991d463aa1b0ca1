"""A dispatcher's login is enough for a whole day: the sample's is lived through by one that may nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.proofs import Proof, ProofKind
from dispatch_console.services import access, sample
from dispatch_console.services.access import Role
from dispatch_console.services.demo import headless
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from dispatch_console.store.values import Mark
from tests.store import pg
from tests.store.filling import WHO

SEEN = dt.datetime(2026, 11, 23, 10, 20, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def url(pg_server: str) -> str:
    url = pg.create_database(pg_server, "dispatchers_day")
    access.initialise(url)
    access.grant(url, "day_long", Role.DISPATCHER, create=True)
    return url.replace("postgres@", "day_long@")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


def test_from_the_import_to_the_last_returned_sheet(store: Store) -> None:
    account = headless.play_in(store, lambda _: None)
    assert account["open"] == 0
    assert account["facts"] > 100
    assert {entry.who for entry in store.audit(1000)} >= {sample.WHO}
    assert not store.viewing


def test_what_a_desk_keeps_besides(store: Store) -> None:
    """Marks, proofs, settings, pins, readings of files."""
    depot, date = store.depots()[0].id, sample.day()
    store.save_marks(depot, date, {"late:0:3:": Mark(SEEN, "Kim")}, WHO, "Late: mine", new_command())
    store.save_marks(depot, date, {"late:0:3:": None}, WHO, "Late: over", new_command())
    assert store.incident_marks(depot, date).get("late:0:3:") is None
    kept = store.add_proof(depot, date, Proof(POOL, ProofKind.SHEET, "a.png"), b"picture", WHO, new_command())
    store.remove_proof(kept.id, WHO)
    store.save_settings({"theme": "dark"})
    store.save_settings({"theme": None})
    store.remember_place("dorfstrasse 1 vaduz", Place(47.1, 9.5), WHO)
    store.remember_mapping("a header", {"reference": 0})
    assert store.mapping_of("a header") == {"reference": 0}
    assert store.settings().get("theme") is None
