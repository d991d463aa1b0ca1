"""Proofs are kept with their route or order, listed without their data, and no customer stands in the audit."""

from __future__ import annotations

import datetime as dt

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.proofs import MOST_BYTES, Proof, ProofId, ProofKind
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.store.filling import WHO, small_store, statements

HOME, DAY = factories.DEPOT.id, factories.DAY
ADA, BEN = ShiftId(1), ShiftId(2)
SHEET = Proof(ADA, ProofKind.SHEET, "scan.jpg", "image/jpeg")
PHOTO = Proof(ADA, ProofKind.PHOTO, "A2.png", "image/png", OrderId(2), "broken corner")


def _add(store: Store, proof: Proof, data: bytes = b"\x00\xff data") -> Proof:
    return store.add_proof(HOME, DAY, proof, data, WHO, new_command())


def test_a_proof_comes_back_with_its_data(store: Store) -> None:
    small_store(store)
    kept = _add(store, PHOTO)
    (listed,) = store.proofs_of_day(HOME, DAY)
    assert listed == kept
    assert (listed.order, listed.kind, listed.note, listed.who, listed.size) == (
        OrderId(2),
        ProofKind.PHOTO,
        "broken corner",
        WHO,
        7,
    )
    assert listed.at is not None and listed.at.tzinfo is not None
    assert dt.datetime.now(dt.UTC) - listed.at < dt.timedelta(minutes=5)
    assert store.proof_data(listed.id) == b"\x00\xff data"


def test_lists_by_day_route_and_order(store: Store) -> None:
    small_store(store)
    sheet, photo, other = _add(store, SHEET), _add(store, PHOTO), _add(store, Proof(BEN, ProofKind.SHEET))
    assert store.proofs_of_day(HOME, DAY) == [sheet, photo, other]
    assert store.proofs_of_day(HOME, DAY, ADA) == [sheet, photo]
    assert store.proofs_of_order(OrderId(2)) == [photo]
    assert store.proofs_of_day(HOME, DAY + dt.timedelta(days=1)) == []


def test_a_list_does_not_read_the_pictures(store: Store) -> None:
    small_store(store)
    _add(store, SHEET)
    with statements(store) as run:
        store.proofs_of_day(HOME, DAY)
    assert len(run) == 1
    assert "length(proofs.data)" in run[0]
    assert "proofs.data," not in run[0].replace("length(proofs.data)", "")


def test_the_same_command_happens_once(store: Store) -> None:
    small_store(store)
    command = new_command()
    first = store.add_proof(HOME, DAY, SHEET, b"x", WHO, command)
    assert store.add_proof(HOME, DAY, SHEET, b"x", WHO, command) == first
    assert store.proofs_of_day(HOME, DAY) == [first]


def test_too_large_is_one_sentence_and_nothing_kept(store: Store) -> None:
    small_store(store)
    assert _add(store, SHEET, bytes(MOST_BYTES)).size == MOST_BYTES
    with pytest.raises(UserError, match="larger than 10 MB"):
        _add(store, SHEET, bytes(MOST_BYTES + 1))
    assert len(store.proofs_of_day(HOME, DAY)) == 1


def test_an_unknown_order_is_refused(store: Store) -> None:
    small_store(store)
    with pytest.raises(UserError, match="not saved, or gone"):
        _add(store, Proof(ADA, ProofKind.PHOTO, order=OrderId(77)))


def test_assigned_by_hand_and_removed(store: Store) -> None:
    small_store(store)
    kept = _add(store, SHEET)
    moved = store.assign_proof(kept.id, BEN, OrderId(4), ProofKind.SIGNATURE, "Mara")
    assert (moved.route, moved.order, moved.kind) == (BEN, OrderId(4), ProofKind.SIGNATURE)
    assert store.proofs_of_order(OrderId(4)) == [moved]
    store.remove_proof(kept.id, "Mara")
    assert store.proofs_of_day(HOME, DAY) == []
    for gone in (lambda: store.proof_data(kept.id), lambda: store.remove_proof(ProofId(99), WHO)):
        with pytest.raises(UserError, match="not in the store"):
            gone()


def test_the_audit_names_ids_and_no_file(store: Store) -> None:
    small_store(store)
    kept = _add(store, PHOTO)
    store.remove_proof(kept.id, "Mara")
    removed, added = store.audit(2)
    assert (added.what, removed.what, removed.who) == ("Proof added", "Proof removed", "Mara")
    assert added.after == removed.before == [{"proof": kept.id, "route": 1, "order": 2, "kind": "photo"}]


def test_proofs_go_with_their_order(store: Store) -> None:
    day = small_store(store)
    _add(store, PHOTO)
    kept = _add(store, SHEET)
    route = day.plan.route(ADA)
    shorter = route.with_stops(tuple(stop for stop in route.stops if stop != 2))
    change = PlanChange("Remove", (Swap(route, shorter),), (Swap(day.orders[OrderId(2)], None),))
    store.save_change(change, HOME, DAY, 1, WHO, new_command())
    assert store.proofs_of_day(HOME, DAY) == [kept]
