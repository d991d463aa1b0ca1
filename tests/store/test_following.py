"""What one console does, another one shows, and both show what the store has."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.region import Area
from dispatch_console.services import day as day_service
from dispatch_console.services import days, dispatch, following, road_changes
from dispatch_console.services.road_changes import Wanted
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.patience import PATIENCE_S
from tests.store.filling import assert_same, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
H = 3600
ONE, TWO = ShiftId(1), ShiftId(2)
CORNERS = (Place(50.19, 9.99), Place(50.19, 10.01), Place(50.21, 10.01))
SNOW = Area("slow", CORNERS, 1.2, "Snow")
NOON = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)


class Console:
    """A session on a store of its own connection."""

    def __init__(self, url: str, who: str) -> None:
        self.store, self.who = open_store(url), who
        self.saver = StoreSaver(self.store, who, clock=lambda: NOON)
        self.session = DaySession(days.open_day(self.store, HOME, DAY), self.saver)

    @property
    def day(self) -> Day:
        return self.session.day

    def tell(self, stop: StopId, kind: FactKind, at: int) -> None:
        fact = Fact(stop, self.day.plan.where[stop], kind, at, recorded=at, who=self.who)
        self.session.record([fact], at)

    def save(self) -> None:
        self.saver.flush(PATIENCE_S)

    def follow(self) -> following.News:
        self.save()
        news = self.store.news(HOME, DAY, self.day.seen)
        following.follow(self.session, news)
        return news

    def stored(self) -> Day:
        return days.open_day(self.store, HOME, DAY, now=self.day.now)

    def begin_anew(self) -> None:
        self.session.replace_day(self.stored())
        self.session.forget_history()
        self.saver.day_loaded()

    def close(self) -> None:
        self.store.close()


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


def _agree(*consoles: Console) -> None:
    for console in consoles:
        console.save()
    for console in consoles:
        console.follow()
    for console in consoles:
        assert_same(console.day, console.stored())
        assert console.day.revision == console.stored().revision


def test_a_drag_appears_with_who_did_it(ada: Console, ben: Console) -> None:
    dispatch.move(ada.session, [StopId(1)], TWO, 0)
    ada.save()
    before = ben.day
    news = ben.follow()
    assert [(done.who, done.what) for done in news.done] == [("Ada", ada.session.history.done[-1].label)]
    assert ben.day.plan.where[StopId(1)] == TWO
    assert ben.day.stops[StopId(6)] is before.stops[StopId(6)]  # what was not touched stays the same object
    _agree(ada, ben)


def test_what_i_did_myself_is_no_news(ada: Console) -> None:
    dispatch.move(ada.session, [StopId(1)], TWO, 0)
    news = ada.follow()
    assert (news.done, news.routes) == ((), None)
    assert len(ada.session.history.done) == 1


def test_all_kinds_of_edits_appear(ada: Console, ben: Console) -> None:
    order = ada.day.orders[min(ada.day.orders)]
    ada.session.apply(PlanChange("Edit", orders=(Swap(order, replace(order, notes="Ring twice")),)))
    new = factories.order(9)
    ada.session.apply(PlanChange("Add", orders=(Swap(None, new),), routes=_to_pool(ada.day, new.stop)))
    dispatch.set_locked(ada.session, ONE, True)
    shift = ada.day.shifts[TWO]
    ada.session.apply(PlanChange("Absent", shifts=(Swap(shift, replace(shift, absent=True)),)))
    road_changes.add(ada.session, Wanted(SNOW, DAY), NOON)
    _agree(ada, ben)
    assert ben.day.orders[order.id].notes == "Ring twice"
    assert (new.id in ben.day.orders, ben.day.shifts[TWO].absent) == (True, True)
    assert len(ben.day.road_changes) == 1
    for _ in range(5):
        ada.session.undo()
    _agree(ada, ben)
    assert new.id not in ben.day.orders


def test_facts_and_approval_appear(ada: Console, ben: Console) -> None:
    day_service.approve(ada.session, "Ada", NOON - dt.timedelta(hours=5))
    _agree(ada, ben)
    first = ben.day.plan.route(ONE).stops[0]
    ben.tell(first, FactKind.DELIVERED, 9 * H)
    _agree(ada, ben)
    assert first in ada.day.facts.ended
    assert ada.day.approval.by == ben.day.approval.by == "Ada"
    assert ada.day.baseline == ben.day.baseline
    assert ada.day.baseline is not None


def test_a_stop_that_another_saw_delivered_is_not_moved(ada: Console, ben: Console) -> None:
    first = ada.day.plan.route(ONE).stops[0]
    ben.tell(first, FactKind.DELIVERED, 9 * H)
    ben.save()
    dispatch.move(ada.session, [first], TWO, 0)
    with pytest.raises(StaleChange):
        ada.save()


def test_undo_takes_back_only_what_is_mine(ada: Console, ben: Console) -> None:
    dispatch.move(ada.session, [StopId(1)], POOL, None)
    ada.save()
    ben.follow()
    dispatch.set_locked(ben.session, TWO, True)
    ben.save()
    ada.follow()
    ada.session.undo()  # Ben touched another route
    _agree(ada, ben)
    assert ada.day.plan.where[StopId(1)] == ONE
    assert ada.day.plan.route(TWO).locked


def test_undo_is_refused_where_somebody_built_on_it(ada: Console, ben: Console) -> None:
    dispatch.move(ada.session, [StopId(1)], TWO, 0)
    ada.save()
    ben.follow()
    dispatch.set_locked(ben.session, TWO, True)
    ben.save()
    ada.follow()
    with pytest.raises(StaleChange, match=r"cannot be undone: Ben has built on it since \(12:00 “Lock"):
        ada.session.undo()
    assert ada.day.plan.where[StopId(1)] == TWO
    assert len(ada.session.history.done) == 1
    ben.session.undo()
    ben.save()
    ada.follow()
    with pytest.raises(UserError, match="Ben has built on it"):  # he turned the lock twice
        ada.session.undo()


def test_a_trial_goes_on_while_others_work(ada: Console, ben: Console) -> None:
    ada.session.try_out()
    dispatch.set_locked(ada.session, ONE, True)
    dispatch.move(ben.session, [StopId(4)], POOL, None)
    ben.save()
    ada.follow()
    assert ada.session.day.plan.route(ONE).locked
    assert ada.session.day.plan.where[StopId(4)] == POOL
    ada.session.end_trial()
    _agree(ada, ben)


def test_another_day_and_the_fleet_are_told_apart(ada: Console, ben: Console) -> None:
    late = PlanChange("Late", orders=(Swap(None, factories.order(8)),))
    ada.store.save_change(late, HOME, DAY + dt.timedelta(1), 0, "Ada", new_command())
    news = ben.follow()
    assert (news.done, news.routes, news.fleet) == ((), None, False)
    driver = ada.day.shifts[ONE].driver
    ada.store.save_fleet(HOME, [Swap(driver, replace(driver, name="Ada New"))], "Name", "Ada", new_command())
    version = ben.session.fleet_version
    assert ben.follow().fleet
    assert ben.session.fleet_version == version + 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_two_do_both_end_with_what_the_store_has(ada: Console, ben: Console, seed: int) -> None:
    chance = random.Random(seed)
    refused = 0
    for step in range(40):
        console = chance.choice((ada, ben))
        _something(console, chance, step)
        try:
            if chance.random() < 0.7:
                console.follow()
        except StaleChange:
            refused += 1
            console.begin_anew()
    for console in (ada, ben):
        try:
            console.save()
        except StaleChange:
            console.begin_anew()
    _agree(ada, ben)
    stops = [stop for route in ada.day.plan.routes.values() for stop in route.stops]
    assert sorted(stops) == sorted(ada.day.stops)


def _something(console: Console, chance: random.Random, step: int) -> None:
    day, session = console.day, console.session
    stop = chance.choice(sorted(day.stops))
    try:
        match chance.randrange(6):
            case 0:
                session.undo()
            case 1:
                route = day.plan.where[stop]
                if route != POOL:
                    console.tell(stop, FactKind.ARRIVED, 8 * H + step)
            case 2:
                dispatch.set_locked(session, chance.choice((ONE, TWO)), chance.random() < 0.5)
            case _:
                dispatch.move(session, [stop], chance.choice((ONE, TWO, POOL)), None)
    except UserError:
        pass


def _to_pool(day: Day, stop: StopId) -> tuple[Swap[Route], ...]:
    return (Swap(day.plan.pool, day.plan.pool.with_stops((*day.plan.pool.stops, stop))),)
