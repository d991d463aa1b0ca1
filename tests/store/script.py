"""Random steps of a dispatcher, for tests of what becomes of them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any, Protocol

from hypothesis import strategies as st

from dispatch_console.domain import edits
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.errors import FrozenHead, StaleChange
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.fleet import (
    DepotId,
    Driver,
    DriverId,
    Shift,
    ShiftId,
    ShiftPattern,
    VehicleId,
)
from dispatch_console.domain.orders import NextKind, NextStep, Order, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, PlanChange, Swap, change_routes
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.weights import Policy
from dispatch_console.services import dispatch, placing, travel
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from dispatch_console.store.values import WideChange
from tests import factories
from tests.property import rich
from tests.store.filling import WHO, reopened

_depots = itertools.count(2)


def fresh(store: Store) -> Day:
    """The small day for a depot of its own, with ids of its own."""
    small = factories.small_day()
    depot = replace(small.depot, id=DepotId(next(_depots)))
    store.save_depot(Swap(None, depot), WHO, new_command())
    base = store.new_ids("test", 100)[0]
    store.new_ids("order", 100)
    shifts = {ShiftId(base + id): _renumbered(shift, base) for id, shift in small.shifts.items()}
    for shift in shifts.values():
        swaps: list[Any] = [Swap(None, shift.driver), Swap(None, shift.vehicle)]
        store.save_fleet(depot.id, swaps, "Fleet", WHO, new_command())
    orders = [replace(o, id=OrderId(base + o.id), stop=StopId(base + o.stop)) for o in small.orders.values()]
    places = travel.matrix(factories.PLACES)
    day = replace(
        small, depot=depot, travel=places, orders={}, shifts={}, stops={}, schedules={}, plan=type(small.plan)()
    )
    change = PlanChange(
        "Start",
        change_routes(day.plan, "", [day.plan.pool.with_stops(tuple(o.stop for o in orders))]).routes,
        tuple(Swap(None, order) for order in orders),
        tuple(Swap(None, shift) for shift in shifts.values()),
    )
    store.save_change(change, depot.id, day.date, 0, WHO, new_command())
    return day.apply(change)


def _renumbered(shift: Shift, base: int) -> Shift:
    driver = replace(shift.driver, id=DriverId(base + shift.id))
    vehicle = replace(shift.vehicle, id=VehicleId(base + shift.id))
    return replace(shift, id=ShiftId(base + shift.id), driver=driver, vehicle=vehicle)


#: What a dispatcher does, the frequent twice.
STEPS = (
    "move", "move", "undo", "undo", "redo", "pin", "lock", "swap", "absent", "edit", "add", "remove", "place",
    "approve", "join", "leave", "leave", "hire", "rename", "fact", "fact", "decide", "rules", "policy",
)  # fmt: skip


class Ids(Protocol):
    """A store, or what gives out ids where there is none."""

    def new_ids(self, kind: str, n: int) -> Sequence[int]: ...


class Script:
    """Random steps of a dispatcher, drawn from `data`."""

    def __init__(self, data: st.DataObject, session: DaySession, numbers: Ids) -> None:
        self.data, self.session, self.numbers = data, session, numbers

    def step(self) -> None:
        """What a driver phoned in may stand in the way; then nothing has changed, here and in the store."""
        before = self.session.day.facts
        with suppress(FrozenHead, StaleChange):
            self.do(self.data.draw(st.sampled_from(STEPS)))
        assert self.session.day.facts.entries[: len(before.entries)] == before.entries, "no fact is moved or undone"

    def do(self, name: str) -> None:
        """One of `STEPS`. Raises what the services raise."""
        getattr(self, f"_{name}")()

    @property
    def day(self) -> Day:
        return self.session.day

    def _draw(self, values: Any) -> Any:
        return self.data.draw(st.sampled_from(sorted(values)))

    def _stops(self) -> list[StopId]:
        return self.data.draw(
            st.lists(st.sampled_from(sorted(self.day.stops)), min_size=1, max_size=3, unique=True)
        )

    def _move(self) -> None:
        to = self._draw([POOL, *self.day.shifts])
        at = self.data.draw(st.integers(0, len(self.day.plan.route(to).stops)))
        dispatch.move(self.session, self._stops(), to, at)

    def _undo(self) -> None:
        if self.session.history.done:
            self.session.undo()

    def _redo(self) -> None:
        if self.session.history.undone:
            self.session.redo()

    def back_to_the_start(self) -> int:
        """Undo everything; what has happened in part stays and is forgotten. How many steps went back."""
        before = len(self.session.history.undone)
        while steps := len(self.session.history.done):
            with suppress(FrozenHead):
                self.session.undo()
            assert len(self.session.history.done) < steps, "an undo that is refused does not bar the way"
        return len(self.session.history.undone) - before

    def forward(self, n: int) -> None:
        for _ in range(n):
            steps = len(self.session.history.undone)
            with suppress(FrozenHead):
                self.session.redo()
            assert len(self.session.history.undone) < steps, "a redo that is refused does not bar the way"

    def _pin(self) -> None:
        self.session.apply(edits.set_pin(self.day.plan, self._stops(), self.data.draw(st.sampled_from(Pin)), "Pin"))

    def _lock(self) -> None:
        dispatch.set_locked(self.session, self._draw(self.day.shifts), self.data.draw(st.booleans()))

    def _swap(self) -> None:
        dispatch.swap_routes(self.session, *self.day.shifts)

    def _absent(self) -> None:
        dispatch.set_absent(self.session, self._draw(self.day.shifts), self.data.draw(st.booleans()))

    def _edit(self) -> None:
        old = self.day.orders[self._draw(self.day.orders)]
        words = self.data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8))
        new = replace(old, name=words, notes=words, attempts=old.attempts + 1, **self._asked())
        self.session.apply(PlanChange("Edit", orders=(Swap(old, new),)))

    def _asked(self) -> dict[str, Any]:
        """What an order asks of the plan."""
        return self.data.draw(rich.rules())

    def _add(self) -> None:
        id = self.numbers.new_ids("test", 1)[0]
        made = factories.order(
            1, id=OrderId(id), stop=StopId(id), reference=f"N{id}", place=None, place_quality=None, **self._asked()
        )
        self._with_pool((*self.day.plan.pool.stops, made.stop), Swap(None, made))

    def _remove(self) -> None:
        loose = [stop for stop in self.day.plan.pool.stops if len(self.day.stops[stop].orders) == 1]
        if len(self.day.orders) > 1 and loose:
            stop = self._draw(loose)
            rest = tuple(s for s in self.day.plan.pool.stops if s != stop)
            self._with_pool(rest, Swap(self.day.stops[stop].order, None))

    def _join(self) -> None:
        """One more order for a visit that is there already."""
        stop = self.day.stops[self._draw(self.day.stops)]
        id = OrderId(self.numbers.new_ids("test", 1)[0])
        made = replace(stop.order, id=id, reference=f"J{id}", name=f"J{id}")
        self.session.apply(PlanChange("Join", orders=(Swap(None, made),)))

    def _leave(self) -> None:
        """One order less for a visit that serves several."""
        shared = [order.id for stop in self.day.stops.values() if len(stop.orders) > 1 for order in stop.orders]
        if shared:
            order = self.day.orders[self._draw(shared)]
            self.session.apply(PlanChange("Leave", orders=(Swap(order, None),)))

    def _with_pool(self, stops: tuple[StopId, ...], swap: Swap[Order]) -> None:
        pool = self.day.plan.pool
        self.session.apply(PlanChange("Orders", (Swap(pool, pool.with_stops(stops)),), (swap,)))

    def _place(self) -> None:
        place = Place(*self.data.draw(st.tuples(st.floats(50, 51), st.floats(10, 11))))
        placing.set_pin(self.session, self._stops()[0], place)

    def _hire(self) -> None:
        id = self.numbers.new_ids("test", 1)[0]
        like = self.data.draw(rich.shifts(1))
        driver, vehicle = Driver(DriverId(id), f"D{id}"), replace(like.vehicle, id=VehicleId(id))
        of = {field.name: getattr(like, field.name) for field in fields(ShiftPattern) if hasattr(like, field.name)}
        pattern = ShiftPattern(**{**of, "driver": driver.id, "vehicle": vehicle.id, "id": id})
        self._fleet([Swap(None, driver), Swap(None, vehicle), Swap(None, pattern)])

    def _rules(self) -> None:
        """A shift of the day gets other rules, its vehicle other zones."""
        old = self.day.shifts[self._draw(self.day.shifts)]
        like = self.data.draw(rich.shifts(1))
        vehicle = replace(old.vehicle, no_zones=like.vehicle.no_zones)
        new = replace(like, id=old.id, slot=old.slot, driver=old.driver, vehicle=vehicle)
        self.session.apply(PlanChange("Rules", shifts=(Swap(old, new),)))

    def _policy(self) -> None:
        """The depot plans by other prices, and keeps other goods apart."""
        new = Policy(self.data.draw(rich.weights), self.data.draw(st.sampled_from(rich.APART)))
        self._fleet([Swap(self.day.policy, new)])

    def _draw_of(self, things: Any) -> Any:
        return self.data.draw(st.sampled_from(things))

    def _fleet(self, swaps: list[Any]) -> None:
        self.session.apply(WideChange("Fleet", fleet=tuple(swaps)))

    def _fact(self) -> None:
        """Something is told of a stop that has a driver, or of a route."""
        planned = sorted(stop for route in self.day.routes for stop in route.stops)
        if not planned:
            return
        stop = self._draw_of(planned)
        kinds = (FactKind.ARRIVED, FactKind.DELIVERED, FactKind.FAILED, FactKind.PARTIAL, FactKind.REOPENED)
        kind = self._draw_of((*kinds, FactKind.OUT, FactKind.BROKEN_DOWN))
        now = max(self.day.now, 8 * 3600) + 60
        of_route = kind in (FactKind.OUT, FactKind.BROKEN_DOWN)
        reason = Reason.ABSENT if kind is FactKind.FAILED else None
        fact = Fact(
            NO_STOP if of_route else stop, self.day.plan.where[stop], kind, now - 30, "note", 0, reason,
            items=(1, 0) if kind is FactKind.PARTIAL else (), value=1, recorded=now, who="Ada",
        )  # fmt: skip
        self.session.record([fact], now)

    def _decide(self) -> None:
        """What becomes of an order that was not done."""
        order = self.day.orders[self._draw(self.day.orders)]
        step = NextStep(NextKind.AGAIN, self.day.date + dt.timedelta(days=1), note="ring twice")
        new = replace(order, next=None if order.next else step)
        self.session.apply(PlanChange("Decide", orders=(Swap(order, new),)))

    def _approve(self) -> None:
        state = self.data.draw(st.sampled_from(DayState))
        self.session.set_approval(Approval(state, "Ada" if state is DayState.APPROVED else ""))


class StoredScript(Script):
    """The same on a day of its own in a store, which keeps every step."""

    def __init__(self, data: st.DataObject, store: Store) -> None:
        self.store, self.saver = store, StoreSaver(store, WHO)
        super().__init__(data, DaySession(fresh(store), self.saver), store)

    def _rename(self) -> None:
        self.saver.flush()
        driver = self._draw_of(self.store.load_fleet(self.day.depot.id).drivers)
        self._fleet([Swap(driver, replace(driver, name=driver.name + "x"))])

    def back(self) -> Day:
        """The day as the store has it now."""
        self.saver.flush()
        return reopened(self.store.load_day(self.day.depot.id, self.day.date), self.day)
