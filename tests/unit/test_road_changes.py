"""What is said of roads: outlines, days they count on, and the way back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain import road_changes as rules
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.region import Area
from dispatch_console.domain.road_changes import RoadChange
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import road_changes as service
from dispatch_console.services.road_changes import Wanted
from dispatch_console.services.session import DaySession
from tests import factories
from tests.savers import Written

NOW = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)
TOMORROW = factories.DAY + dt.timedelta(days=1)
#: Around stop 2, with nothing else in it.
BRIDGE = (Place(50.19, 9.99), Place(50.19, 10.01), Place(50.21, 10.01), Place(50.21, 9.99))
CLOSED = Area("closed", BRIDGE, note="Mill Bridge")


def test_an_area_is_a_step_that_is_saved_and_taken_back() -> None:
    saver = Written()
    session = DaySession(factories.small_day(), saver)
    before = session.day
    made = service.add(session, Wanted(CLOSED), NOW)
    assert session.day.areas == (CLOSED,)
    assert (made.first, made.until, made.made) == (factories.DAY, factories.DAY, NOW)
    assert session.day.revision == before.revision + 1
    assert session.day.schedules == before.schedules
    session.undo()
    assert session.day.areas == ()
    session.redo()
    assert session.day.road_changes == (made,)
    service.remove(session, made.id)
    assert session.day.areas == ()
    assert saver.labels == ["Closed: Mill Bridge"] * 3 + ["Remove “Closed: Mill Bridge”"]
    with pytest.raises(UserError, match="not in the list"):
        service.remove(session, made.id)


def test_it_counts_from_its_day_until_the_last_one_and_what_was_said_of_earlier_days_stays() -> None:
    session = DaySession(factories.small_day())
    made = service.add(session, Wanted(CLOSED, TOMORROW + dt.timedelta(days=1)), NOW)
    assert [made.counts_on(factories.DAY + dt.timedelta(days=n)) for n in (-1, 0, 2, 3)] == [
        False,
        True,
        True,
        False,
    ]

    tomorrow = DaySession(replace(factories.small_day(), date=TOMORROW, road_changes=(made,)))
    changed = service.change(tomorrow, made.id, Wanted(replace(CLOSED, kind="avoid"), made.until), NOW)
    assert (changed.first, changed.id == made.id) == (TOMORROW, False)
    assert tomorrow.day.road_changes == (changed,)
    service.remove(tomorrow, changed.id)
    tomorrow.undo()
    tomorrow.undo()
    assert tomorrow.day.road_changes == (made,)
    service.remove(tomorrow, made.id)
    assert tomorrow.day.road_changes == ()
    (swap,) = tomorrow.history.done[-1].roads
    assert swap == Swap(made, replace(made, until=factories.DAY))
    with pytest.raises(UserError, match="cannot end before it begins"):
        service.add(tomorrow, Wanted(CLOSED, factories.DAY), NOW)


def test_the_same_said_again_is_no_step() -> None:
    session = DaySession(factories.small_day())
    made = service.add(session, Wanted(CLOSED), NOW)
    assert service.change(session, made.id, Wanted(CLOSED, factories.DAY), NOW) is made
    slow = Area("slow", BRIDGE, service.factor("+20 %"), "snow")
    changed = service.change(session, made.id, Wanted(slow, TOMORROW), NOW + dt.timedelta(hours=1))
    assert (changed.id, changed.made, changed.until) == (made.id, NOW, TOMORROW)
    assert service.days(changed, factories.DAY) == "until Tue 24 Nov"
    assert service.days(changed, TOMORROW) == "this day only"
    assert service.name(slow) == "+20 %: snow"
    assert len(session.history.done) == 2


def test_who_changes_what_somebody_else_has_changed_hears_of_it() -> None:
    day = factories.small_day()
    made = service.add(DaySession(day), Wanted(CLOSED), NOW)
    with pytest.raises(StaleChange):
        day.apply(PlanChange("Remove", roads=(Swap(made, None),)))


def test_roads_are_not_tried_out() -> None:
    session = DaySession(factories.small_day())
    session.try_out()
    with pytest.raises(UserError, match="count for good"):
        service.add(session, Wanted(CLOSED), NOW)


@pytest.mark.parametrize(
    ("kind", "corners", "said"),
    [
        ("closed", BRIDGE[:2], "three corners"),
        ("slow", (*BRIDGE[:2], BRIDGE[0]), "three corners"),
        ("avoid", (BRIDGE[0], BRIDGE[2], BRIDGE[1], BRIDGE[3]), "crosses itself"),
        ("closed", (Place(49, 9), Place(49, 11), Place(52, 11), Place(52, 9)), "every stop"),
        ("avoid", (Place(49, 9), Place(49, 11), Place(52, 11), Place(52, 9)), "every stop"),
        (
            "closed",
            (Place(49.9, 9.9), Place(49.9, 10.1), Place(50.05, 10.1), Place(50.05, 9.9)),
            "no van could leave",
        ),
    ],
)
def test_what_is_no_area_is_refused_in_one_sentence(kind: str, corners: tuple[Place, ...], said: str) -> None:
    session = DaySession(factories.small_day())
    with pytest.raises(UserError, match=said):
        service.add(session, Wanted(Area(kind, corners)), NOW)  # pyright: ignore[reportArgumentType]
    assert not session.history.done


def test_snow_may_lie_everywhere() -> None:
    session = DaySession(factories.small_day())
    everywhere = (Place(49, 9), Place(49, 11), Place(52, 11), Place(52, 9))
    service.add(session, Wanted(Area("slow", everywhere, 1.2)), NOW)
    assert session.day.areas[0].factor == 1.2


@pytest.mark.parametrize(("typed", "factor"), [("20", 1.2), ("+20 %", 1.2), (" 5% ", 1.05), ("900", 10.0)])
def test_how_much_slower_is_typed_as_it_is_said(typed: str, factor: float) -> None:
    assert service.factor(typed) == pytest.approx(factor)


@pytest.mark.parametrize("typed", ["", "snow", "0", "-5", "1.2", "2000"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="20"):
        service.factor(typed)


def test_a_zone_is_where_its_stops_are() -> None:
    day = factories.small_day()
    orders = [replace(o, zone="hill" if o.id in (2, 3) else "") for o in day.orders.values()]
    swaps = tuple(Swap(day.orders[o.id], o) for o in orders)
    day = day.apply(PlanChange("Zones", orders=swaps))
    assert service.zones(day) == ["hill"]
    corners = service.zone_corners(day, "hill")
    assert [rules.holds(corners, place) for place in factories.PLACES] == [n in (2, 3) for n in range(7)]
    rules.check(Area("closed", corners), factories.PLACES)
    with pytest.raises(UserError, match="zone valley"):
        service.zone_corners(day, "valley")


def test_a_circle_is_as_wide_as_it_says() -> None:
    corners = rules.around(Place(47.0, 9.5), 15)
    assert rules.holds(corners, Place(47.0, 9.5))
    assert rules.holds(corners, Place(47.0 + 13 / 111_320, 9.5))
    assert not rules.holds(corners, Place(47.0 + 17 / 111_320, 9.5))
    assert not rules.holds(corners, Place(47.0, 9.5 + 17 / 75_900))


def test_a_stop_that_is_cut_off_is_explained() -> None:
    day, place = factories.small_day(), factories.PLACES[2]
    times = day.travel
    away = OffRoad(None, closed=True)
    cut = TravelMatrix(times.places, times.durations, times.distances, "roads", off_road={place: away})
    after = day.with_travel(cut)
    assert after.off_road == (StopId(2),)
    assert after.stops[StopId(2)].off_road == (
        "A2 Customer 2 is cut off for a van by what is closed on this day: look at the roads of this day "
        "(Ctrl+Shift+R), or let it go another day. Until then no way to it is counted."
    )
    assert after.plan is day.plan


def test_what_is_said_at_a_place() -> None:
    session = DaySession(factories.small_day())
    made = service.add(session, Wanted(CLOSED), NOW)
    assert service.at(session.day, factories.PLACES[2]) == [made]
    assert service.at(session.day, factories.PLACES[3]) == []
    assert isinstance(made, RoadChange)
