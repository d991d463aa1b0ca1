"""What the mouse does on the map, as acts of the dispatcher: select, give to a driver, set a pin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch
from dispatch_console.ui import texts
from dispatch_console.ui.board import hint
from dispatch_console.ui.desk import Desk

_tr = texts.of("Map")

#: Gives a stop, and all orders of the same address, their place as one step of the history.
SetPin = Callable[[StopId, Place], None]


class Gestures:
    """`initiator` is who the desk is told has changed the selection. `take` starts a drag of stops,
    `hint` shows what dropping would do (and whether that breaks a rule), `menu` opens the menu of the
    selected stops, `placed` follows a click that set a place; `ground_menu` opens the menu of a place where no stop
    is (the pointer hits so many metres around it), `finished` ends an outline that is being drawn.
    """

    def __init__(self, desk: Desk, initiator: object, set_pin: SetPin) -> None:
        self._desk = desk
        self._initiator = initiator
        self._set_pin = set_pin
        self.take: Callable[[list[StopId]], None] = lambda stops: None
        self.hint: Callable[[str, bool], None] = lambda text, bad: None
        self.menu: Callable[[], None] = lambda: None
        self.placed: Callable[[], None] = lambda: None
        self.ground_menu: Callable[[Place, float], None] = lambda place, metres: None
        self.finished: Callable[[], object] = lambda: None
        self.asked: Callable[[Place], None] | None = None  # who wants the next click as a place of its own
        self.offered: Callable[[int], object] | None = None  # who has offered places, and is told which is taken
        self.offers = 0  # how many
        self._hinted: object = None
        self.dragged: list[StopId] = []  # what the drag over the map brings
        self.lasso_held = False  # the selection is what the lasso caught

    # --- selecting ---

    def stop_clicked(self, stop: StopId, how: str) -> None:
        self.lasso_held = False
        selected = self._desk.selected
        if how == "toggle":
            left = selected - {stop} if stop in selected else selected | {stop}
            self._desk.select(left, stop if stop in left else None, self._initiator)
        elif how == "extend":
            self._desk.select(selected | set(self._up_to(stop)), stop, self._initiator)
        else:
            self._desk.select([stop], stop, self._initiator)

    def _up_to(self, stop: StopId) -> Sequence[StopId]:
        """The stops from the current one to this one, if they are of one route; else this one."""
        current, where = self._desk.current, self._desk.day.plan.where
        route = where[stop]
        if current is None or route == POOL or where.get(current) != route:
            return (stop,)
        stops = self._desk.day.plan.route(route).stops
        first, last = sorted((stops.index(current), stops.index(stop)))
        return stops[first : last + 1]

    def route_clicked(self, route: ShiftId) -> None:
        self.lasso_held = False
        self._desk.select((), None, self._initiator, route)

    def ground_clicked(self) -> None:
        self.lasso_held = False
        self._desk.select((), None, self._initiator)

    def lassoed(self, stops: Sequence[StopId], add: bool) -> None:
        chosen = set(stops) | (self._desk.selected if add else set[StopId]())
        self.lasso_held = bool(stops)
        self._desk.select(chosen, None, self._initiator)

    def menu_wanted(self, stop: StopId) -> None:
        if stop not in self._desk.selected:
            self.stop_clicked(stop, "set")
        self.menu()

    def walk(self, step: int) -> None:
        """Select the stop `step` places further along its route."""
        current = self._desk.current
        if current is None:
            return
        stops = self._desk.day.plan.route(self._desk.day.plan.where[current]).stops
        at = min(max(0, stops.index(current) + step), len(stops) - 1)
        self.stop_clicked(stops[at], "set")
        self._desk.reveal.emit(int(stops[at]))

    # --- dragging ---

    def drag_wanted(self, stop: StopId) -> None:
        if stop not in self._desk.selected:
            self.stop_clicked(stop, "set")
        self.take(self._desk.selection_in_order())

    def drag_over(self, route: ShiftId) -> None:
        """The drag is over this route, or over none (POOL)."""
        day = self._desk.day
        stops = [stop for stop in self.dragged if stop in day.stops]
        asked = (route, tuple(stops), day.revision)
        if asked == self._hinted:
            return
        self._hinted = asked
        self.hint(*self._hint(day, stops, route))

    def _hint(self, day: Day, stops: Sequence[StopId], route: ShiftId) -> tuple[str, bool]:
        unplaced = next((day.stops[stop] for stop in stops if day.stops[stop].pin is None), None)
        if unplaced is not None:
            return _tr("Sets the place of {0}").format(unplaced.order.reference), False
        coming = [stop for stop in stops if day.plan.where[stop] != route]
        if route == POOL or not coming:
            return "", False
        found = hint.of_head(day, coming, route)
        driver = self._desk.driver(route)
        return (f"{driver}: {found.rule}", True) if found.rule else (f"{driver}, {found.text}", False)

    def drop_found(self, route: ShiftId, place: Place) -> None:
        """The drag over the map was let go on this route (POOL: on none) or at this place."""
        day = self._desk.day
        stops = [stop for stop in self.dragged if stop in day.stops]
        self.dragged = []
        self._hinted = None
        unplaced = [stop for stop in stops if day.stops[stop].pin is None]
        if unplaced:
            self._drop_unplaced(unplaced, place)
            return
        coming = [stop for stop in stops if day.plan.where[stop] != route]
        if route == POOL:
            self._desk.message.emit(_tr("Drop it on a dot or a line: the stop then goes to that driver."), "info")
        elif coming:
            self._desk.do(dispatch.move, self._desk.session, coming, route, None)

    def _drop_unplaced(self, stops: Sequence[StopId], place: Place) -> None:
        addresses = {self._desk.day.stops[stop].order.address for stop in stops}
        if len(addresses) > 1:
            self._desk.message.emit(
                _tr("Drop orders of different addresses one at a time: each has its place."), "info"
            )
            return
        self.pin_moved(stops[0], place)  # the others of this address get it with the first

    # --- pins ---

    def pin_moved(self, stop: StopId, place: Place) -> None:
        self._desk.with_times(lambda: (place,), lambda: self._set_pin(stop, place))

    def place_clicked(self, place: Place) -> None:
        """A click on the ground while places are asked for, one stop after the other, or one for somebody else."""
        if self.asked is not None:
            self.asked(place)
            return
        waiting = self.waiting()
        if waiting is not None:
            self.pin_moved(waiting, place)
        self._desk.with_times(tuple, self.placed)

    def offer_taken(self, at: int) -> None:
        """A click on one of the places that are offered."""
        if self.offered is not None and 0 <= at < self.offers:
            self.offered(at)

    def waiting(self) -> StopId | None:
        """The stop whose place is asked for next: the current one, else the first of the day that needs one."""
        day = self._desk.day
        current = self._desk.current
        if current is not None and day.stops[current].place is None:
            return current
        return next(iter(day.needs_pin), None)
