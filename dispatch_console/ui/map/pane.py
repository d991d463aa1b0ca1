"""The Map pane: head with counts and the menu of routes, the map, the buttons on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.services import placing
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import tiles
from dispatch_console.ui.map.gestures import SetPin
from dispatch_console.ui.map.menus import Filter, LayerMenu, RouteMenu
from dispatch_console.ui.map.payload import Side
from dispatch_console.ui.map.tools import ToolColumn
from dispatch_console.ui.map.view import MapView
from dispatch_console.ui.widgets import Button, PaneHead, Segments
from dispatch_console.ui.widgets.arranging import pile

_EDGE = 8
_SIDES: tuple[Side, ...] = ("both", "before", "after")


class MapPane(QWidget):
    """`base_changed(choice)`: the user chose another base map, to be kept for the next start (see `set_base`).

    `shown(stops)`: a whole day has been drawn.
    """

    base_changed = Signal(str)
    shown = Signal(int)

    def __init__(self, desk: Desk, set_pin: SetPin | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.head = PaneHead(self.tr("Map"))
        self.view = MapView(desk, set_pin or (lambda stop, place: placing.set_pin(desk.session, stop, place)))
        self.routes = RouteMenu(desk, self)
        self.layers = LayerMenu(desk.files, self)
        self.tools = ToolColumn(self.layers, self.view)
        self._filter = Button(self.routes.words(Filter()), "ph.path", kind="quiet", caret=True)
        self._filter.set_menu(self.routes)
        self._region: Path | None = None
        self._choice = ""
        self.sides = Segments((self.tr("Both"), self.tr("Before"), self.tr("After")))
        self.sides.hide()
        self.head.add_tool(self.sides)
        self.head.add_tool(self._filter)
        pile(self, self.head, self.view, grows=self.view)
        self.setFocusProxy(self.view)
        self._connect()
        self._add_actions()
        self.layers.show_base("", region=False)
        self._count()

    def set_base(self, choice: str) -> None:
        """Use another base map: empty, an address or a file (`tiles.open_base`). UserError leaves the old one."""
        self.view.set_base(tiles.open_base(choice, self._region))
        self._choice = choice.strip()
        self.layers.show_base(self._choice, region=self._region is not None)

    def set_region(self, map_file: Path | None) -> None:
        """The map file of the region pack in use, None: no pack. It is shown unless another base map is chosen.

        UserError if it cannot be read: then the map is plain, or what was chosen.
        """
        self._region = map_file
        try:
            self.set_base(self._choice)
        except UserError:
            self._region = None
            self.set_base(self._choice if self._choice else tiles.PLAIN)
            raise

    def drop_pins(self) -> None:
        """Ask for the places of all orders that have none, one after the other."""
        self.view.ask_places()
        self.view.setFocus()

    def ask_place(self, text: str, then: Callable[[Place | None], object]) -> None:
        """The next click on the map goes to `then`; Esc: None. See `MapView.ask_place`."""
        self._go_here()
        self.view.ask_place(text, then)
        self.view.setFocus()

    def ask_outline(self, text: str, then: Callable[[tuple[Place, ...] | None], object]) -> None:
        """The next clicks on the map are the corners of an area. See `MapView.ask_outline`."""
        self._go_here()
        self.view.ask_outline(text, then)
        self.view.setFocus()

    def _connect(self) -> None:
        tools, view = self.tools, self.view
        tools.zoom_in.clicked.connect(lambda: view.look_at("in"))
        tools.zoom_out.clicked.connect(lambda: view.look_at("out"))
        tools.fit.clicked.connect(lambda: view.look_at("all"))
        tools.lasso.toggled.connect(self._on_lasso)
        view.shown.connect(self.shown)
        view.tool_ended.connect(lambda: tools.lasso.setChecked(False))
        view.installEventFilter(self)
        self.routes.chosen.connect(self._on_filter)
        self.layers.base_wanted.connect(self._on_base)
        self.layers.switched.connect(self._on_layers)
        self._desk.day_changed.connect(self._on_day)
        self._desk.preview_changed.connect(self._count)
        self.sides.chosen.connect(self._on_side)

    def _add_actions(self) -> None:
        group = self.tr("Map")
        add = self._desk.actions.add
        add(Action("map.focus", self.tr("Show the map"), self._go_here, "M", "ph.map-pin", group=group))
        add(
            Action(
                "map.fit",
                self.tr("Show all stops"),
                lambda: self.view.look_at("all"),
                icon="ph.crosshair",
                group=group,
            )
        )
        add(
            Action(
                "map.lasso",
                self.tr("Select with a lasso"),
                self.tools.lasso.toggle,
                icon="ph.selection-plus",
                group=group,
            )
        )
        add(
            Action(
                "map.pins",
                self.tr("Set places on the map"),
                self.drop_pins,
                icon="ph.map-pin",
                group=group,
                why_not=lambda: None if self._desk.day.needs_pin else self.tr("Every order has its place."),
            )
        )

        add(
            Action(
                "map.sides",
                self.tr("Map: the plan before, after, or both"),
                self._step_side,
                "B",
                "ph.git-diff",
                group=group,
                why_not=lambda: self.tr("No plan is previewed.") if self._desk.previewed is None else None,
            )
        )

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        self._count()

    def _on_side(self, index: int) -> None:
        self.view.set_side(_SIDES[index])

    def _step_side(self) -> None:
        """Both, before, after, and around."""
        self.sides.choose((self.sides.index + 1) % len(_SIDES))
        self._on_side(self.sides.index)

    def _on_lasso(self, on: bool) -> None:
        self.view.set_tool("lasso", on)

    def _go_here(self) -> None:
        """The window knows where the pane is: in a tab, in a window of its own."""
        if not self._desk.run("view.show_map"):
            self.view.setFocus()

    def _on_filter(self, wanted: Filter) -> None:
        self._filter.set_label(self.routes.words(wanted))
        self.view.set_filter(wanted.kind, int(wanted.route))

    def _on_layers(self) -> None:
        self.view.set_layer("lines", self.layers.lines.isChecked())
        self.view.set_layer("towns", self.layers.towns.isChecked())
        self.view.set_tool("pins", self.layers.pins.isChecked())

    def _on_base(self, choice: str) -> None:
        try:
            self.set_base(choice)
        except UserError as error:
            self._desk.message.emit(error.message, "error")
            return
        self.base_changed.emit(choice.strip())

    def _count(self) -> None:
        """`232 stops, 6 open`: stops of the routes, and those with a place that have no driver."""
        day = self._desk.day
        previewing = self._desk.previewed is not None
        self.tools.setVisible(bool(day.stops))
        self._filter.setVisible(bool(day.stops) and not previewing)
        self.sides.setVisible(previewing)
        if not day.stops or previewing:
            self.head.set_count(self.tr("before and after") if previewing else "")
            return
        open_ = len(day.unassigned)
        planned = sum(len(route.stops) for id, route in day.plan.routes.items() if id != POOL)
        text = self.tr("{0} stops").format(planned) if planned != 1 else self.tr("1 stop")
        self.head.set_count(text + (self.tr(", {0} open").format(open_) if open_ else ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self.tools.move(self.view.width() - self.tools.width() - _EDGE, _EDGE)
            self.tools.raise_()
        return False
