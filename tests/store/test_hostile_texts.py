"""Texts that are statements stay texts: in every free text that is kept, and in what is looked for."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.proofs import Proof, ProofKind
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import hostile, hostile_day
from tests.store.filling import assert_same, reopened, save_fleet_of, whole

#: The last one is a megabyte long.
TEXTS = [*hostile.texts("http://127.0.0.1:9", hostile.NOWHERE), "long " * 200_000]


def test_a_day_of_statements_comes_back_as_it_was(store: Store) -> None:
    """The depot, drivers, vans, orders, goods, notes; who said so, and what it was called."""
    day = replace(hostile_day.day(TEXTS), revision=1)
    save_fleet_of(store, day)
    change = replace(whole(day), label=TEXTS[-20])
    store.save_change(change, day.depot.id, day.date, 0, TEXTS[-21], new_command())
    assert_same(reopened(store.load_day(day.depot.id, day.date), day), day)
    assert len(store.depots()) == 1


def test_what_is_looked_for_is_a_text(store: Store) -> None:
    day = hostile_day.day(TEXTS)
    save_fleet_of(store, day)
    store.save_change(whole(day), day.depot.id, day.date, 0, "Kim", new_command())
    for n, text in enumerate(TEXTS[:-1], 1):
        found = store.find_orders(day.depot.id, text, 1_000)
        if len(text.split()) > 1 or text.isalpha():
            assert OrderId(n) in {one.order for one in found}, text
    assert store.find_orders(day.depot.id, "100%zz_") == []


def test_settings_incidents_and_proofs_with_such_names(store: Store) -> None:
    day = hostile_day.day(TEXTS)
    save_fleet_of(store, day)
    store.save_change(whole(day), day.depot.id, day.date, 0, "Kim", new_command())
    route = next(iter(day.shifts))
    for text in TEXTS[:-1]:
        proof = Proof(route, ProofKind.PHOTO, text, text, OrderId(1), text)
        kept = store.add_proof(day.depot.id, day.date, proof, b"x", text, new_command())
        assert (kept.name, kept.note, kept.who) == (text, text, text)
    named = [proof.name for proof in store.proofs_of_day(day.depot.id, day.date, route)]
    assert sorted(named) == sorted(TEXTS[:-1])
