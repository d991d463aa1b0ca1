"""The few calls between the map's page and the program. Whatever the page says is checked here first."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from dispatch_console.domain import places
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map.gestures import Gestures

#: Lines of a tooltip: (text, class of the style sheet).
Describer = Callable[[StopId], list[tuple[str, str]]]

#: What a pointer covers on a map of half the world, and more.
_WIDEST_M = 1_000_000


class Bridge(QObject):
    """Signals in the past tense named below go to the page; slots come from it.

    To the page (texts are JSON): `themed(theme)`, `reload(fit)`, `changed(delta)`, `selected(selection)`,
    `filtered(kind, route)`, `tooled(tools)`, `based(base map)`, `looked(what, stop)`, `centred(lat, lon)`,
    `hovered(x, y, unplaced)`, `hinted(text, bad)`, `dropped(x, y)`, `held(stops)`, `previewed(preview)`,
    `lined(lines)` (see `lines.RouteLines`), `offered(places, look)`, `roaded(areas)` (see `areas.AreaLayer`).

    What comes from the page is checked and handed to `Gestures`; `on_ready()` and `on_shown(stops)` tell of the
    page itself.
    """

    themed = Signal(str)
    reload = Signal(bool)
    changed = Signal(str)
    selected = Signal(str)
    filtered = Signal(str, int)
    tooled = Signal(str)
    based = Signal(str)
    looked = Signal(str, int)
    centred = Signal(float, float)
    hovered = Signal(float, float, bool)
    hinted = Signal(str, bool)
    dropped = Signal(float, float)
    held = Signal(list)
    previewed = Signal(str)
    lined = Signal(str)
    offered = Signal(str, bool)
    roaded = Signal(str)

    def __init__(self, desk: Desk, describer: Describer, gestures: Gestures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._describe = describer
        self._to = gestures
        self.on_ready: Callable[[], None] = lambda: None
        self.on_shown: Callable[[int], None] = lambda stops: None

    @Slot()
    def ready(self) -> None:
        self.on_ready()

    @Slot(int)
    def shown(self, stops: int) -> None:
        self.on_shown(stops)

    @Slot(int, str)
    def click(self, stop: int, how: str) -> None:
        id = self._stop(stop)
        if id is not None and how in ("set", "toggle", "extend"):
            self._to.stop_clicked(id, how)

    @Slot(int)
    def pick_route(self, route: int) -> None:
        if self._route(route) != POOL:
            self._to.route_clicked(ShiftId(route))

    @Slot()
    def clear(self) -> None:
        self._to.ground_clicked()

    @Slot("QVariantList", bool)
    def lasso(self, stops: list[object], add: bool) -> None:
        self._to.lassoed(self._stop_list(stops), add)

    @Slot(int)
    def drag(self, stop: int) -> None:
        id = self._stop(stop)
        if id is not None:
            self._to.drag_wanted(id)

    @Slot(int)
    def menu(self, stop: int) -> None:
        id = self._stop(stop)
        if id is not None:
            self._to.menu_wanted(id)

    @Slot(int, float, float)
    def move_pin(self, stop: int, lat: float, lon: float) -> None:
        id, place = self._stop(stop), _place(lat, lon)
        if id is not None and place is not None:
            self._to.pin_moved(id, place)

    @Slot(float, float)
    def place(self, lat: float, lon: float) -> None:
        place = _place(lat, lon)
        if place is not None:
            self._to.place_clicked(place)

    @Slot(float, float, float)
    def ground_menu(self, lat: float, lon: float, metres: float) -> None:
        place = _place(lat, lon)
        if place is not None and 0 <= metres <= _WIDEST_M:
            self._to.ground_menu(place, metres)

    @Slot()
    def finish(self) -> None:
        self._to.finished()

    @Slot(int)
    def offer(self, at: int) -> None:
        self._to.offer_taken(at)

    @Slot(int)
    def over(self, route: int) -> None:
        self._to.drag_over(self._route(route))

    @Slot(int, float, float)
    def drop(self, route: int, lat: float, lon: float) -> None:
        place = _place(lat, lon)
        if place is not None:
            self._to.drop_found(self._route(route), place)

    @Slot(int, result=str)
    def describe(self, stop: int) -> str:
        """A tooltip's lines as JSON; the page sets them as text, never as HTML."""
        id = self._stop(stop)
        return json.dumps(self._describe(id) if id is not None else [])

    def _stop(self, value: int) -> StopId | None:
        id = StopId(value)
        return id if id in self._desk.day.stops else None

    def _route(self, value: int) -> ShiftId:
        id = ShiftId(value)
        return id if id in self._desk.day.shifts else POOL

    def _stop_list(self, values: list[object]) -> list[StopId]:
        """JavaScript's numbers arrive as int or float; anything else, and strangers, are passed over."""
        numbers = [v for v in values if type(v) in (int, float)]
        ids = [self._stop(int(cast(float, v))) for v in numbers if math.isfinite(cast(float, v))]
        return [id for id in ids if id is not None]


def _place(lat: float, lon: float) -> Place | None:
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    place = Place(round(lat, 6), round(lon, 6))
    return place if places.is_valid(*place) else None
