"""Closures and slow areas in the store: for their days, checked against what another console wrote."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import RoadChange, RoadChangeId
from dispatch_console.services import road_changes
from dispatch_console.services.road_changes import Wanted
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, assert_same, reopened, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
NEXT = DAY + dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 23, 6, 52, 1, 234_567, tzinfo=dt.UTC)
CORNERS = (Place(50.19, 9.99), Place(50.19, 10.01), Place(50.21, 10.010001), Place(50.21, 9.99))
SNOW = RoadChange(RoadChangeId("a"), Area("slow", CORNERS, 1.2, "Schnee “Höhe” 100 %"), DAY, NEXT, NOW)


def _save(store: Store, before: RoadChange | None, after: RoadChange | None, date: dt.date, revision: int) -> None:
    change = PlanChange("Roads", roads=(Swap(before, after),))
    store.save_change(change, HOME, date, revision, WHO, new_command())


def test_every_value_comes_back_on_the_days_it_counts_on(store: Store) -> None:
    day = small_store(store)
    _save(store, None, SNOW, DAY, day.revision)
    days = [DAY + dt.timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [store.load_day(HOME, date).road_changes for date in days] == [(), (SNOW,), (SNOW,), ()]
    assert store.load_day(HOME, DAY).revision == day.revision + 1
    said = store.audit(1)[0]
    assert said.after[0]["roads"]["factor"] == 1.2
    assert said.before == []


def test_of_another_depot_nothing_counts(store: Store) -> None:
    day = small_store(store)
    store.save_depot(Swap(None, replace(factories.DEPOT, id=DepotId(2))), WHO, new_command())
    _save(store, None, SNOW, DAY, day.revision)
    assert store.load_day(DepotId(2), DAY).road_changes == ()


def test_steps_and_their_undo_are_what_the_store_has(store: Store) -> None:
    small_store(store)
    day = reopened(store.load_day(HOME, DAY), factories.small_day())
    saver = StoreSaver(store, WHO)
    session = DaySession(day, saver)
    made = road_changes.add(session, Wanted(SNOW.area, NEXT), NOW)
    road_changes.change(session, made.id, Wanted(replace(SNOW.area, kind="closed")), NOW)
    road_changes.remove(session, made.id)
    for step in (session.undo, session.undo, session.redo, session.undo, session.undo, session.redo):
        saver.flush()
        assert_same(reopened(store.load_day(HOME, DAY), session.day), session.day)
        step()
    saver.flush()
    assert store.load_day(HOME, DAY).road_changes == session.day.road_changes == (made,)


def test_two_consoles_see_each_others_areas_and_lose_none(url: str) -> None:
    one = open_store(url)
    day = small_store(one)
    other = open_store(url)
    tomorrow = other.load_day(HOME, NEXT)
    other.save_change(
        PlanChange("First", orders=(Swap(None, factories.order(9)),)), HOME, NEXT, 0, "Ben", new_command()
    )
    _save(one, None, SNOW, DAY, day.revision)
    assert tomorrow.road_changes == ()

    other.save_change(
        PlanChange("Late", orders=(Swap(None, factories.order(8)),)), HOME, NEXT, 1, "Ben", new_command()
    )
    seen = other.load_day(HOME, NEXT)
    assert (seen.road_changes, seen.revision) == ((SNOW,), 3)

    ended = replace(SNOW, until=DAY)  # from tomorrow on the roads are free
    _save(other, SNOW, ended, NEXT, 3)
    assert one.load_day(HOME, DAY).road_changes == (ended,)
    with pytest.raises(StaleChange):
        _save(one, SNOW, None, DAY, one.load_day(HOME, DAY).revision)
    assert one.load_day(HOME, DAY).road_changes == (ended,)
    for store in (one, other):
        store.close()
