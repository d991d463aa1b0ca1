"""Edits that somebody else was faster than, done again on the day as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.services import dispatch, repeating
from dispatch_console.store.store import Store
from tests.patience import PATIENCE_S
from tests.store.filling import small_store
from tests.store.test_following import ONE, TWO, Console, H


@pytest.fixture
def ada(url: str, store: Store) -> Iterator[Console]:
    small_store(store)
    console = Console(url, "Ada")
    yield console
    console.close()


@pytest.fixture
def ben(url: str, ada: Console) -> Iterator[Console]:
    console = Console(url, "Ben")
    yield console
    console.close()


def _refused(console: Console, n: int = 1) -> tuple[repeating.Refused, ...]:
    with pytest.raises(StaleChange, match="Ben changed this"):
        console.saver.flush(PATIENCE_S)
    refused = console.saver.state.refused
    assert len(refused) == n
    console.begin_anew()
    return refused


def _do_again(console: Console, refused: tuple[repeating.Refused, ...]) -> list[repeating.Refused]:
    assert all(repeating.can_repeat(one, console.day) for one in refused)
    needless = repeating.repeat(console.session, refused)
    console.saver.forget_refused(refused)
    console.saver.flush(PATIENCE_S)
    assert console.stored().plan == console.day.plan
    return needless


def test_a_move_is_done_again_beside_what_the_other_did(ada: Console, ben: Console) -> None:
    dispatch.move(ben.session, [StopId(2)], POOL, None)
    ben.save()
    dispatch.move(ada.session, [StopId(1)], TWO, 0)
    assert _do_again(ada, _refused(ada)) == []
    assert ada.day.plan.where[StopId(1)] == TWO
    assert ada.day.plan.where[StopId(2)] == POOL
    assert ada.saver.state.refused == ()
    ada.session.undo()
    assert ada.day.plan.where[StopId(1)] == ONE


def test_several_edits_in_their_order(ada: Console, ben: Console) -> None:
    dispatch.set_locked(ben.session, ONE, True)
    ben.save()
    dispatch.move(ada.session, [StopId(1)], TWO, 0)
    dispatch.move(ada.session, [StopId(2)], TWO, 1)
    assert _do_again(ada, _refused(ada, 2)) == []
    assert ada.day.plan.route(TWO).stops[:2] == (1, 2)
    assert ada.day.plan.route(ONE).locked


def test_what_the_other_decided_of_the_same_stop_stays(ada: Console, ben: Console) -> None:
    dispatch.move(ben.session, [StopId(1)], POOL, None)
    ben.save()
    dispatch.move(ada.session, [StopId(1)], TWO, 0)
    refused = _refused(ada)
    assert _do_again(ada, refused) == list(refused)
    assert ada.day.plan.where[StopId(1)] == POOL


def test_an_order_that_both_changed_keeps_the_others_values(ada: Console, ben: Console) -> None:
    order = ada.day.orders[min(ada.day.orders)]
    for console, notes in ((ben, "Ring twice"), (ada, "Ring once")):
        change = PlanChange("Notes", orders=(Swap(order, replace(order, notes=notes)),))
        console.session.apply(change)
    ben.save()
    refused = _refused(ada)
    assert _do_again(ada, refused) == list(refused)
    assert ada.day.orders[order.id].notes == "Ring twice"


def test_a_fact_is_told_of_who_has_the_stop_now(ada: Console, ben: Console) -> None:
    dispatch.move(ben.session, [StopId(1)], TWO, 0)
    ben.save()
    ada.tell(StopId(1), FactKind.DELIVERED, 9 * H)
    assert _do_again(ada, _refused(ada)) == []
    assert [(fact.stop, fact.route) for fact in ada.stored().facts.entries] == [(1, TWO)]
