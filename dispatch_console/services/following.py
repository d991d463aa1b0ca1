"""Following other consoles: what they wrote to the store becomes the day on this screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future

from dispatch_console.domain.day import Day, Elsewhere
from dispatch_console.domain.fleet import DepotId, ShiftId
from dispatch_console.domain.orders import Order, OrderId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store
from dispatch_console.store.values import Colleague, News

__all__ = ["NO_ROUTE", "Colleague", "News", "Wire", "difference", "follow", "is_new", "places_of"]

NO_ROUTE = ShiftId(0)


class Wire:
    """The others, as the window gets at them. Everything but `watch` is done on the database thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def shared(self) -> bool:
        """Whether others may be at work on it: a file belongs to one console at a time."""
        return self._store.file is None and self._store.url.get_backend_name() != "sqlite"

    def watch(self, hear: Callable[[bool, bool], object]) -> None:
        """`hear(commands, consoles)` is called on another thread when there may be news of them."""
        self._store.watch(lambda notice: hear(notice.commands, notice.consoles))

    def news(self, depot: DepotId, date: dt.date, since: int) -> Future[News]:
        return self._store.submit(lambda: self._store.news(depot, date, since))

    def say_here(self, who: str, depot: DepotId, date: dt.date, route: ShiftId) -> Future[None]:
        return self._store.submit(lambda: self._store.say_here(who, depot, date, route))

    def say_gone(self) -> Future[None]:
        return self._store.submit(self._store.say_gone)

    def colleagues(self) -> Future[list[Colleague]]:
        return self._store.submit(self._store.colleagues)


def is_new(news: News, day: Day) -> bool:
    """Whether others have done anything that the day does not know of."""
    return news.upto > day.seen and (
        news.whole or news.fleet or news.marks or bool(news.done) or news.roads is not None
    )


def places_of(news: News) -> list[Place]:
    """Those that they may have brought."""
    places = [order.place for order in news.orders.values() if order is not None and order.place is not None]
    shifts = news.shifts or ()
    return places + [place for one in shifts for place in (one.start_place, one.end_place) if place is not None]


def follow(session: DaySession, news: News, times: TravelMatrix | None = None, initiator: object = None) -> None:
    """Show the day as it is in the store. Nothing of this console may be on its way there.

    The news must not ask for the whole day to be loaded.
    """
    day = session.real
    revision = news.revision or day.revision
    there = Elsewhere(difference(day, news), revision, news.upto, news.facts, news.approval, news.baseline)
    session.follow(there, news.done, times, initiator, fleet=news.fleet)


def difference(day: Day, news: News) -> PlanChange:
    """What makes the plan of `day` that of the news."""
    label = "; ".join(dict.fromkeys(done.what for done in news.done))
    orders = tuple(Swap(day.orders.get(id), order) for id, order in news.orders.items())
    shifts = _swaps(day.shifts, None if news.shifts is None else {shift.id: shift for shift in news.shifts})
    routes = _routes(day, news)
    roads = {road.id: road for road in day.road_changes}
    theirs = None if news.roads is None else {road.id: road for road in news.roads}
    return PlanChange(label, routes, tuple(s for s in orders if s.before != s.after), shifts, _swaps(roads, theirs))


def _routes(day: Day, news: News) -> tuple[Swap[Route], ...]:
    """Stops that no route names wait in the pool, as when a day is opened."""
    if news.routes is None:
        return ()
    left = {order.stop for order in _orders(day, news)}
    routes = {id: route.with_stops(_those(route.stops, left)) for id, route in news.routes.items()}
    named = {stop for route in routes.values() for stop in route.stops}
    pool = routes.get(POOL, Route(POOL))
    loose = _those(day.plan.pool.stops, left - named)
    new = tuple(sorted(left - named - {*loose}))
    routes[POOL] = pool.with_stops((*pool.stops, *loose, *new))
    there = Plan(routes)
    ids = dict.fromkeys((*day.plan.routes, *routes))
    return tuple(
        Swap(day.plan.routes.get(id), routes.get(id)) for id in ids if day.plan.route(id) != there.route(id)
    )


def _orders(day: Day, news: News) -> list[Order]:
    after: dict[OrderId, Order | None] = {**day.orders, **news.orders}
    return [order for order in after.values() if order is not None]


def _those[S](stops: Sequence[S], which: set[S]) -> tuple[S, ...]:
    return tuple(stop for stop in stops if stop in which)


def _swaps[K, V](here: Mapping[K, V], there: Mapping[K, V] | None) -> tuple[Swap[V], ...]:
    if there is None:
        return ()
    keys = dict.fromkeys((*here, *there))
    return tuple(Swap(here.get(k), there.get(k)) for k in keys if here.get(k) != there.get(k))
