"""Closing roads in the window: actions, the menu of a place on the map, the list at the left edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Area, AreaKind
from dispatch_console.domain.road_changes import RoadChangeId, around, outline
from dispatch_console.services import road_changes
from dispatch_console.services.road_changes import Wanted
from dispatch_console.ui.actions import Action
from dispatch_console.ui.board.menus import popup
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import MapPane
from dispatch_console.ui.theme import look

if TYPE_CHECKING:  # the list is loaded when it is first shown
    from dispatch_console.ui.roads import RoadsPanel
    from dispatch_console.ui.shell.window import MainWindow

_WIDTH = 400
#: So far around a click a road is closed, in metres: more where the map shows it so small that nobody hits it.
_LEAST_M, _MOST_M = 15.0, 60.0
#: Room around the stops that are selected, in metres.
_ROOM_M = 60
_SLOWER = 1.2


class Roading(QObject):
    """`again`: lets the times follow the roads, where that has failed."""

    def __init__(
        self, desk: Desk, map: MapPane, again: Callable[[], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._map, self._again = desk, map, again
        self._panel: RoadsPanel | None = None
        self._window: MainWindow | None = None
        map.view.gestures.ground_menu = self._open_menu
        self._add_actions()

    def wire(self, window: MainWindow) -> None:
        self._window = window

    def draw(self, kind: AreaKind) -> None:
        """Let an area be drawn on the map; it counts as soon as it is closed."""
        self._desk.session.need_real()
        asked = {
            "closed": self.tr("Closed: click the corners"),
            "avoid": self.tr("Avoid: click the corners"),
            "slow": self.tr("Slow: click the corners"),
        }[kind]
        keys = self.tr("Enter ends, Esc gives up")

        def drawn(corners: tuple[Place, ...] | None) -> None:
            if corners is not None:
                self._desk.do(self._say, kind, corners)

        self._map.ask_outline(f"{asked}  ({keys})", drawn)

    @property
    def panel(self) -> RoadsPanel:
        """Made when it is first wanted."""
        if self._panel is None:
            from dispatch_console.ui.roads import RoadsPanel

            self._panel = panel = RoadsPanel(self._desk)
            panel.hide()
            panel.shown.connect(self._show)
            panel.chosen.connect(self._map.view.areas.choose)
            panel.looked_for.connect(self._look)
            panel.draw_wanted.connect(self._on_draw)
            panel.zone_wanted.connect(self._on_zone)
            panel.again_wanted.connect(self._again)
        return self._panel

    def _open(self) -> None:
        self.panel.open()

    def _on_draw(self, kind: AreaKind) -> None:
        self._desk.do(self.draw, kind)

    def _on_zone(self, zone: str) -> None:
        self._desk.do(self._slow_zone, zone)

    def _say(self, kind: AreaKind, corners: tuple[Place, ...], note: str = "") -> None:
        area = Area(kind, corners, _SLOWER if kind == "slow" else 1.0, note)
        made = road_changes.add(self._desk.session, Wanted(area), self._desk.clock(), self)
        self.panel.open(made.id)

    def _slow_zone(self, zone: str) -> None:
        self._say("slow", road_changes.zone_corners(self._desk.day, zone), self.tr("zone {0}").format(zone))

    def _around_selected(self) -> None:
        stops = self._desk.day.stops
        places = [stops[id].order.place for id in self._desk.selected]
        corners = outline([place for place in places if place is not None], _ROOM_M)
        if not corners:
            raise UserError("None of the selected orders has a place on the map. Select others, or draw the area.")
        self._say("slow", corners)

    def _show(self, shown: bool) -> None:
        if self._window is not None:
            self._window.show_side(self.panel, _WIDTH, shown)

    def _look(self, id: RoadChangeId) -> None:
        corners = road_changes.find(self._desk.day, id).area.corners
        middle = (sum(degrees) / len(corners) for degrees in zip(*corners, strict=True))
        self._map.view.bridge.centred.emit(*middle)

    # -- ways to it ----------------------------------------------------------------------------------

    def _open_menu(self, place: Place, metres: float) -> None:
        """The menu of a place on the map where no stop is."""
        menu, do = QMenu(self._map), self._desk.do
        wide = min(max(metres, _LEAST_M), _MOST_M)
        close = menu.addAction(look.icon("ph.prohibit"), self.tr("Close the road here"))
        close.triggered.connect(lambda: do(self._say, "closed", around(place, wide)))
        menu.addSeparator()
        for id in ("roads.close", "roads.avoid", "roads.slow", "roads.show"):
            action = self._desk.actions[id]
            menu.addAction(look.icon(action.icon), action.text, lambda id=id: self._desk.run(id))
        for one in road_changes.at(self._desk.day, place):
            menu.addSeparator()
            name = road_changes.name(one.area).replace("&", "&&")
            menu.addAction(self.tr("Change “{0}”…").format(name), lambda id=one.id: self.panel.open(id))
            menu.addAction(
                self.tr("Remove “{0}”").format(name),
                lambda id=one.id: do(road_changes.remove, self._desk.session, id, self),
            )
        popup(menu, QCursor.pos())

    def _add_actions(self) -> None:
        group, hint = self.tr("Map"), self.tr("for this day, or until a date")

        def add(id: str, text: str, run: Callable[[], object], keys: str, icon: str, aka: str) -> None:
            self._desk.actions.add(Action(f"roads.{id}", text, run, keys, icon, hint, group, aka=aka))

        add("close", self.tr("Close a road or area…"), lambda: self.draw("closed"), "Ctrl+Shift+C", "ph.prohibit",
            "closure blocked bridge street")  # fmt: skip
        add(
            "avoid", self.tr("Avoid an area…"), lambda: self.draw("avoid"), "", "ph.warning", "roads detour traffic"
        )
        add("slow", self.tr("Slow area: snow, traffic…"), lambda: self.draw("slow"), "", "ph.clock",
            "roads speed factor jam ice")  # fmt: skip
        add("selected", self.tr("Slow area around the selected stops"), self._around_selected, "", "ph.clock",
            "roads speed zone snow")  # fmt: skip
        add("show", self.tr("Roads of this day…"), self._open, "Ctrl+Shift+R", "ph.path",
            "closures avoid slow areas zone speed snow")  # fmt: skip
