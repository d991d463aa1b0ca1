"""The queue of uncertain addresses in the window: at the left edge, beside the map that shows what it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.services.orders import Store
from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action
from dispatch_console.ui.map import MapPane
from dispatch_console.ui.shell.window import MainWindow

if TYPE_CHECKING:  # loaded when it is first wanted
    from dispatch_console.ui.places import Known, Looking, PlacesPanel

_tr = texts.of("Places")
_WIDTH = 400


class Addressing:
    """Its action is there at once, the panel when it is first wanted. What another region, or the day that was
    opened, has certain places for is placed without it."""

    def __init__(self, window: MainWindow, store: Store, map: MapPane) -> None:
        self._window, self._store, self._map = window, store, map
        self._desk = desk = window.desk
        self._looking: Looking | None = None
        self._panel: PlacesPanel | None = None
        desk.region_changed.connect(self._look_up)
        desk.day_changed.connect(self._on_day)
        desk.actions.add(
            Action(
                "places.open",
                _tr("Places of uncertain addresses"),
                self.open,
                "Alt+P",
                "ph.map-pin",
                _tr("one after the other, by key"),
                _tr("Map"),
                lambda: None if desk.day.without_place else _tr("Every order has its place."),
                "geocode pin unsure queue candidates",
            )
        )

    def open(self) -> None:
        """Begin with the one in talk, or the first."""
        self.panel.open()

    @property
    def panel(self) -> PlacesPanel:
        if self._panel is None:
            from dispatch_console.ui.places import PlacesPanel

            self._panel = panel = PlacesPanel(self._desk, self._look, self._map)
            panel.hide()
            panel.shown.connect(self._show)
        return self._panel

    def stop(self) -> None:
        """No thread is left."""
        if self._looking is not None:
            self._looking.stop()

    @property
    def _look(self) -> Looking:
        if self._looking is None:
            from dispatch_console.ui.places import Looking

            self._looking = Looking(self._desk, self._store, self._window)
        return self._looking

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if before.date != after.date:
            self._look_up()

    def _look_up(self) -> None:
        opened = self._panel is not None and self._panel.is_open  # then it looks itself
        if self._desk.finder.knows and self._desk.day.without_place and not opened:
            self._look.look_up(self._place)

    def _place(self, known: Known) -> None:
        from dispatch_console.ui.places import use

        session = self._desk.session
        if session.trying or session.viewing:
            return
        placed = use(self._desk, known, self)
        if placed:
            text = _tr("{placed} found and placed, {left} not certain: Alt+P.")
            left = len(self._desk.day.without_place)
            self._desk.message.emit(
                text.format(placed=saying.count(placed, _tr("address"), _tr("addresses")), left=left), "info"
            )

    def _show(self, shown: bool) -> None:
        self._window.show_side(self.panel, _WIDTH, shown)
