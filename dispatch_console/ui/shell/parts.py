"""The panes and pages that fill the window, each built from the desk and wired to its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from dispatch_console.ui.board.pane import BoardPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents.pane import IncidentsPane
from dispatch_console.ui.map import MapPane
from dispatch_console.ui.orders.pane import OrdersPane
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.timeline.pane import TimelinePane


@dataclass(frozen=True)
class Parts:
    """See `build`."""

    panes: Mapping[str, QWidget]
    pages: Mapping[str, Callable[[], QWidget]]
    map: MapPane

    def wire(self, window: MainWindow) -> None:
        """Connect what one part asks of another."""

    def when_drawn(self, call: Callable[..., object]) -> None:
        """`call` when the map has drawn a whole day."""
        self.map.view.shown.connect(call)


def build(desk: Desk) -> Parts:
    panes: dict[str, QWidget] = {}
    panes["orders"] = OrdersPane(desk)
    panes["board"] = BoardPane(desk)
    map_pane = MapPane(desk)
    panes["map"] = map_pane
    panes["timeline"] = TimelinePane(desk)
    panes["incidents"] = IncidentsPane(desk)
    return Parts(panes, {}, map_pane)


def prepare_picture(window: MainWindow, page: str, typed: str, file: Path | None) -> None:
    """Bring the window into the state that a picture is wanted of."""
    if page == "palette":
        window.open_palette(typed)
    elif page not in ("main", "empty"):
        window.show_page(page)
