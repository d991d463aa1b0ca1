"""The map without its head: the page in its engine, told of the day, the selection, the theme and the tools."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.ui.board import menus
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import areas, backdrop, describe, lines, payload, scheme, tiles
from dispatch_console.ui.map.bridge import Bridge
from dispatch_console.ui.map.gestures import Gestures, SetPin
from dispatch_console.ui.map.guard import Guard, MapPage, make_profile
from dispatch_console.ui.map.payload import Side
from dispatch_console.ui.map.surface import Surface
from dispatch_console.ui.theme import look

log = logging.getLogger(__name__)

#: How often a page whose process died is started again before the map gives up.
_RESTARTS = 3


class MapView(QWidget):
    """`shown(stops)`: the page has drawn a whole day. `tool_ended()`: the page or Esc switched a tool off."""

    shown = Signal(int)
    tool_ended = Signal()

    def __init__(self, desk: Desk, set_pin: SetPin, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ready = False
        self._restarts = 0
        self._given_up: Callable[[], None] | None = None  # while somebody asks for a place
        self._offers: tuple[tuple[Place, ...], int] = ((), 0)
        self._tools: dict[str, object] = {"lasso": False, "pins": False, "placing": ""}
        self._layers = {"lines": True, "towns": True}
        self._filter: tuple[str, int] = ("all", 0)
        self._side: Side = "both"
        self._shows = desk.day  # what the page has been told last
        self._base = tiles.Base()
        self._roads_credit = ""
        self.gestures = Gestures(desk, self, set_pin)
        self.bridge = Bridge(desk, lambda stop: describe.lines(desk, stop), self.gestures, self)
        self.lines = lines.RouteLines(self)
        self.areas = areas.AreaLayer(desk, self)
        self.guard = Guard(self)
        made = {
            "day.json": lambda: payload.whole(self._shows),
            "backdrop.json": lambda: backdrop.read(desk.day.depot.place),
        }
        self._handler = scheme.SchemeHandler(made, self)
        self.surface = Surface(desk, self.bridge, self.gestures, self)
        self._profile = make_profile(self._handler, self.guard, self)
        self.page = MapPage(self._profile, self.surface)  # goes before the profile does
        self._open_page()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.surface)
        self.setFocusProxy(self.surface)
        self._connect()

    def _open_page(self) -> None:
        channel = QWebChannel(self.page)
        channel.registerObject("map", self.bridge)
        self.page.setWebChannel(channel)
        self.page.setBackgroundColor(look.colour("map_land"))
        self.page.renderProcessTerminated.connect(self._on_died)
        self.surface.setPage(self.page)
        self.page.load(QUrl(scheme.PAGE))

    def _connect(self) -> None:
        desk = self._desk
        desk.day_changed.connect(self._on_day)
        desk.preview_changed.connect(self._on_preview)
        desk.selection_changed.connect(self._on_selection)
        desk.reveal.connect(self._on_reveal)
        desk.theme_changed.connect(self._tell_theme)
        self.lines.told.connect(self.bridge.lined)
        self.areas.told.connect(self.bridge.roaded)
        self.bridge.on_ready = self._on_ready
        self.bridge.on_shown = self.shown.emit
        self.surface.escape = self._escape
        self.surface.enter, self.surface.step_back = self._finish_outline, self.areas.step_back
        self.gestures.finished = self._finish_outline
        self.gestures.placed = self._next_place
        self.gestures.hint = self.bridge.hinted.emit
        self.gestures.menu = lambda: menus.popup(menus.stop_menu(desk, self), QCursor.pos())

    # --- what the pane asks for ---

    def set_tool(self, name: str, value: object) -> None:
        """lasso, pins: on or off; placing: what the pill says while a click sets a place, empty: off."""
        self._tools[name] = value
        self._tell_tools()

    def set_layer(self, name: str, on: bool) -> None:
        """lines, towns."""
        self._layers[name] = on
        self._tell_tools()

    def set_filter(self, kind: str, route: int) -> None:
        self._filter = (kind, route)
        self.bridge.filtered.emit(kind, route)

    def set_side(self, side: Side) -> None:
        """Which plan is drawn while another one is previewed: the one that runs, the other, or what differs."""
        if side != self._side:
            self._side = side
            self._on_preview()

    def set_base(self, base: tiles.Base) -> None:
        if self._base.file is not None:
            self._base.file.close()
        self._base = base
        if base.file is not None:
            self.destroyed.connect(base.file.close)
        self.guard.tile_host = base.host
        self._handler.tiles = base.tile if base.file is not None else None
        self._tell_base()

    def set_legs(self, source: lines.Legs | None, credit: str = "") -> None:
        """Draw routes along the roads that `source` finds, whose they are says `credit`; None: straight."""
        before, self._roads_credit = self._credit(), credit
        if self._credit() != before:
            self._tell_base()
        self.lines.use(source)
        self._want_lines()

    def look_at(self, what: str, stop: int = 0) -> None:
        """`all`, `selected`, `in`, `out`, or `stop` with its id."""
        self.bridge.looked.emit(what, stop)

    def ask_places(self) -> None:
        """Let clicks on the map give places to the stops that have none, one after the other; Esc ends it."""
        stop = self.gestures.waiting()
        self.gestures.asked = self._given_up = None
        self.areas.give_up()
        if stop is None:
            self._desk.message.emit(self.tr("Every order has its place on the map."), "info")
            return
        order = self._desk.day.stops[stop].order
        self._desk.select([stop], stop, self)
        if order.place is not None:
            self.bridge.centred.emit(*order.place)
        else:
            self.look_near(order.address.city)
        where = order.address.one_line or order.recipient
        self.set_tool("placing", self.tr("Click the place of {0} · {1}  (Esc ends)").format(order.reference, where))

    def ask_place(self, text: str, then: Callable[[Place | None], object]) -> None:
        """Let the next click be a place, whatever for; `text` says so. Esc ends it: `then` is called with None."""
        self.areas.give_up()
        self.gestures.asked = lambda place: self._answer(place, then)
        self._given_up = lambda: self._answer(None, then)
        self.set_tool("placing", text)

    def stop_asking(self) -> None:
        """Nobody wants a place any more."""
        self.gestures.asked = self._given_up = None
        self.areas.give_up()
        self.set_tool("placing", "")

    def offer_places(
        self, places: Sequence[Place], chosen: int, taken: Callable[[int], object] | None, *, look: bool = True
    ) -> None:
        """Show places as numbered pins, one of them chosen; `taken(at)`: a click on one. `look`: bring all into
        view. None: there are none any more."""
        self._offers, self.gestures.offered = (tuple(places), chosen), taken
        self.gestures.offers = len(places)
        self._tell_offers(look)

    def look_near(self, city: str) -> None:
        """Bring a town into view whose stops are on the map."""
        town = payload.town_place(self._desk.day, city)
        if town is not None:
            self.bridge.centred.emit(*town)

    def ask_outline(self, text: str, then: areas.Then) -> None:
        """Let clicks be the corners of an area, until Enter, a double click or one on the first corner; `text` says
        so. Esc ends it: `then` is called with None."""
        self.areas.begin(then)
        self.gestures.asked, self._given_up = self.areas.corner, self.stop_asking
        self.set_tool("placing", text)

    def _finish_outline(self) -> bool:
        if not self.areas.drawing:
            return False
        self.gestures.asked = self._given_up = None
        self.set_tool("placing", "")
        return self.areas.finish()

    def _answer(self, place: Place | None, then: Callable[[Place | None], object]) -> None:
        self.stop_asking()
        then(place)

    # --- what the page and the desk tell ---

    def _on_ready(self) -> None:
        self._ready = True
        self.surface.watch_keys()
        self._tell_theme()
        self._tell_base()
        self._tell_tools()
        self.bridge.filtered.emit(*self._filter)
        self.bridge.reload.emit(True)
        self.lines.again()
        self.areas.tell()
        self._tell_preview()
        self._tell_selection()
        self._tell_offers(True)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if self._ready and before.depot.place != after.depot.place:
            self._tell_base()
        self._catch_up(after)
        if self._desk.current is not None and before.plan.where is not after.plan.where:
            self._tell_selection()  # the route in talk may be another one now

    def _on_preview(self) -> None:
        self._catch_up(self._desk.day)
        self._tell_preview()

    def _catch_up(self, day: Day) -> None:
        """Draw `day`, or what the plan that is previewed makes of it."""
        seen = self._desk.previewed
        after = day if seen is None or self._side == "before" else seen.after
        before, self._shows = self._shows, after
        if after is not before:
            self._want_lines()
        if not self._ready or after is before:
            return
        delta = payload.difference(before, after)
        if delta is None:
            elsewhere = before.date != after.date or before.depot.place != after.depot.place
            self.bridge.reload.emit(elsewhere or not before.stops)
        else:
            self.bridge.changed.emit(delta)

    def _want_lines(self) -> None:
        if not self.lines.follow_roads:
            return
        seen = self._desk.previewed
        now = lines.pairs(seen.before) if seen is not None else {}
        self.lines.want(lines.pairs(self._shows) | now)

    def _on_selection(self, initiator: object) -> None:
        if initiator is not self:
            self.gestures.lasso_held = False
        self._tell_selection()

    def _on_reveal(self, stop: int) -> None:
        self.bridge.looked.emit("stop", stop)

    def _escape(self) -> bool:
        if self._given_up is not None:
            self._given_up()
            return True
        if self._tools["placing"]:
            self.set_tool("placing", "")
            return True
        if self._tools["lasso"]:
            self.set_tool("lasso", False)
            self.tool_ended.emit()
            return True
        return False

    def _next_place(self) -> None:
        if self._desk.day.needs_pin:
            QTimer.singleShot(0, self.ask_places)
        else:
            self.set_tool("placing", "")

    def _on_died(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        self._ready = False
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        log.error("the map's process ended (%s, %d)", status.name, code)
        if self._restarts < _RESTARTS:
            self._restarts += 1
            QTimer.singleShot(200, lambda: self.page.load(QUrl(scheme.PAGE)))
        else:
            self._desk.message.emit(
                self.tr("The map has stopped. Start the program again to get it back."), "error"
            )

    # --- telling the page; it asks for everything anew when it is loaded ---

    def _tell_theme(self) -> None:
        self.page.setBackgroundColor(look.colour("map_land"))
        self.bridge.themed.emit(payload.theme())

    def _tell_tools(self) -> None:
        self.bridge.tooled.emit(json.dumps({**self._tools, "layers": self._layers}))

    def _tell_base(self) -> None:
        base = self._base
        told = {"url": base.url, "min": base.min_zoom, "max": base.max_zoom, "credit": self._credit()}
        told |= {"kind": base.kind, "schema": base.schema}
        drawn = not base.url and backdrop.covers(self._desk.day.depot.place)
        self.bridge.based.emit(json.dumps({**told, "backdrop": drawn}))

    def _credit(self) -> str:
        """Whose the base map is, and the roads that routes follow on it."""
        return " · ".join(dict.fromkeys(filter(None, (self._base.credit, self._roads_credit))))

    def _tell_offers(self, look: bool) -> None:
        places, chosen = self._offers
        if self._ready:
            self.bridge.offered.emit(json.dumps({"places": places, "chosen": chosen}), look and bool(places))

    def _tell_preview(self) -> None:
        if self._ready:
            self.bridge.previewed.emit(payload.previewed(self._desk.previewed, self._side))

    def _tell_selection(self) -> None:
        desk, day = self._desk, self._desk.day
        route = desk.current_route or POOL
        alone = route != POOL and all(day.plan.where.get(stop) == route for stop in desk.selected)
        told = {
            "stops": [int(stop) for stop in desk.selected],
            "current": int(desk.current or 0),
            "focus": int(route) if alone else 0,
            "count": self.gestures.lasso_held,
        }
        self.bridge.selected.emit(json.dumps(told))
