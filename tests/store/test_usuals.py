"""What is usual after a reason: kept in the store by depot, and what another version wrote is no harm."""

from __future__ import annotations

from typing import Any

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId, ShiftPattern
from dispatch_console.domain.nextsteps import DEFAULTS, Evidence, Usual, Usuals
from dispatch_console.domain.orders import NextKind
from dispatch_console.domain.plan import Swap
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import usuals
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.store.filling import WHO, small_store

HOME = factories.DEPOT.id


def test_without_anything_kept_the_delivered_rules_count(store: Store) -> None:
    small_store(store)
    assert usuals.load(store, HOME) == Usuals()


def test_a_changed_rule_is_kept_by_depot(store: Store) -> None:
    small_store(store)
    rules = usuals.changed(Usuals(), Reason.ABSENT, kind=NextKind.HOLD, days=3, ask="phone him")
    rules = usuals.changed(rules, Reason.REFUSED, evidence=Evidence.PHOTO)
    rules = usuals.with_most_attempts(rules, 3)
    usuals.save(store, HOME, rules)
    kept = usuals.load(store, HOME)
    assert kept == rules
    assert kept.step(Reason.ABSENT) == Usual(NextKind.HOLD, 3, "phone him")
    assert usuals.load(store, DepotId(99)).steps == DEFAULTS
    usuals.save(store, HOME, Usuals())
    assert store.settings() == {}


def test_the_weekdays_are_those_on_which_somebody_drives(store: Store) -> None:
    small_store(store)
    shift, id = factories.shift(1), store.new_ids("pattern", 1)[0]
    pattern = ShiftPattern(
        shift.driver.id,
        shift.vehicle.id,
        8 * 3600,
        16 * 3600,
        weekdays=frozenset({1, 5}),
        id=id,
    )
    store.save_fleet(HOME, [Swap(None, pattern)], "Pattern", WHO, new_command())
    assert usuals.load(store, HOME).weekdays == {1, 5}


@pytest.mark.parametrize(
    "kept",
    [
        7,
        {"steps": []},
        {"steps": {"absent": ["fly", 1, "", "none"], "nonsense": ["again", 1, "", "none"]}, "most_attempts": 0},
        {"steps": {"absent": None}, "most_attempts": "many"},
    ],
)
def test_what_cannot_be_read_counts_as_not_there(store: Store, kept: Any) -> None:
    small_store(store)
    store.save_settings({f"next_steps/{HOME}": kept})
    assert usuals.load(store, HOME) == Usuals()


@pytest.mark.parametrize("values", [{"days": 0}, {"days": 31}, {"ask": "x" * 61}])
def test_what_is_out_of_range_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        usuals.changed(Usuals(), Reason.ABSENT, **values)


@pytest.mark.parametrize("number", [0, 10])
def test_a_limit_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(UserError):
        usuals.with_most_attempts(Usuals(), number)
