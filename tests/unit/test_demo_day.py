"""The demo day to its end: every order accounted for, all figures add up, and the store says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from dispatch_console.cli import main
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.orders import NextKind, OrderKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import days, sample, travel
from dispatch_console.services.demo import headless
from dispatch_console.services.demo.account import STATES, account
from dispatch_console.store.store import Store, open_store


class Lived:
    """The demo day as it was lived, and as a store that was closed and opened again has it."""

    def __init__(self, store: Store) -> None:
        self.told: list[str] = []
        self.found: dict[str, Any] = headless.play_in(store, self.told.append)
        self.store = store

    def day(self, later: int = 0) -> Day:
        depot = self.store.depots()[0]
        date = sample.day() if not later else next(d for d in self.dates() if d > sample.day())
        return days.open_day(self.store, depot.id, date)

    def dates(self) -> list[Any]:
        depot = self.store.depots()[0]
        return sorted(one.date for one in days.list_days(self.store, depot.id))


@pytest.fixture(scope="module", params=["on the roads of its town", "on estimated roads"])
def lived(
    request: pytest.FixtureRequest, town_pack: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lived]:
    file: Path = tmp_path_factory.mktemp("demo") / "demo.db"
    first = open_store(file)
    estimated = "estimated" in request.param
    with nullcontext() if estimated else headless.on_roads(town_pack):
        assert (travel.current() == travel.ESTIMATE) is estimated
        done = Lived(first)
    assert travel.current() == travel.ESTIMATE
    first.close()
    done.store = open_store(file)
    yield done
    done.store.close()


def test_every_order_has_its_end_or_its_next_day(lived: Lived) -> None:
    found = lived.found
    assert found["open"] == 0
    assert sum(found[name] for name in STATES) == found["orders"] == 151  # 150 and an urgent one
    assert all(found[name] > 0 for name in STATES if name != "open")
    assert lived.day().state is DayState.CLOSED


def test_the_store_tells_the_same_after_it_was_opened_again(lived: Lived) -> None:
    assert account(lived.day()) == lived.found


def test_the_cash_is_short_by_what_was_explained(lived: Lived) -> None:
    due, counted = float(lived.found["cod_expected"]), float(lived.found["cod_counted"])
    assert round(due - counted, 2) == 5.00
    taken = sum(
        order.cod.cents
        for order in lived.day().orders.values()
        if order.cod is not None and _done(lived.day(), order.stop)
    )
    assert round(due * 100) == taken


def test_no_stop_stands_twice_and_none_is_lost(lived: Lived) -> None:
    day = lived.day()
    stops = [stop for route in day.plan.routes.values() for stop in route.stops]
    assert sorted(stops) == sorted(day.stops)


def test_what_goes_again_stands_in_its_next_day_with_its_identity(lived: Lived) -> None:
    day = lived.day()
    again = {o.identity: o for o in day.orders.values() if o.next is not None and o.next.kind is NextKind.AGAIN}
    later = lived.day(later=1)
    carried = {order.identity for order in later.orders.values()}
    undone = {id for id, order in again.items() if not _done(day, order.stop)}
    assert undone <= carried
    assert all(order.attempts >= 1 for order in later.orders.values() if _failed(day, order.identity))
    assert {o.reference for o in later.orders.values() if o.identity in undone} == {
        again[id].reference for id in undone
    }


def test_who_took_over_met_the_others_and_went_on(lived: Lived) -> None:
    day = lived.day()
    meetings = [stop for stop in day.stops.values() if stop.order.kind is OrderKind.HANDOVER]
    assert meetings
    for stop in meetings:
        route = day.plan.where[stop.id]
        handed = [s for s in day.plan.route(route).stops if day.stops[s].pickup == stop.id]
        assert handed
        assert all(day.facts.ended[s] > day.facts.ended[stop.id] for s in handed)


def test_the_customer_who_came_back_was_served(lived: Lived) -> None:
    day = lived.day()
    stop = next(order.stop for order in day.orders.values() if order.reference == "4208")
    kinds = [fact.kind for fact in day.facts.by_stop[stop]]
    assert kinds.index(FactKind.FAILED) < kinds.index(FactKind.REOPENED) < kinds.index(FactKind.DELIVERED)
    assert day.facts.attempts[stop] == 1


def test_planned_and_actual_are_kept(lived: Lived) -> None:
    day = lived.day()
    assert day.baseline is not None
    assert {fact.kind for fact in day.facts.states.values()} == {FactKind.CLOSED}
    assert all(day.facts.left_at(route) is not None for route in day.baseline.routes)
    reasons = {fact.reason for fact in day.facts.entries if fact.kind is FactKind.FAILED}
    assert {Reason.ABSENT, Reason.REFUSED, Reason.DAMAGED, Reason.CLOSED} <= reasons


def test_the_command_says_the_account_on_its_output_and_the_story_beside_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def play(tell: Any) -> dict[str, Any]:
        tell("06:53 Two addresses get their pins.")
        return {"orders": 1, "open": 0}

    monkeypatch.setattr(headless, "play", play)
    assert main.run(["demo-day", "--headless", "--json", "-"], lambda _: 7) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {"orders": 1, "open": 0}
    assert "pins" in said.err
    assert main.run(["demo-day", "--speed", "120"], lambda arguments: int(arguments.speed)) == 120


def _done(day: Day, stop: Any) -> bool:
    told = day.facts.outcome(stop)
    return told is not None and told.kind is FactKind.DELIVERED


def _failed(day: Day, identity: Any) -> bool:
    order = next(o for o in day.orders.values() if o.identity == identity)
    told = day.facts.outcome(order.stop)
    return told is not None and told.kind is FactKind.FAILED
