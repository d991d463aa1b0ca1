"""The list of what to look at before the vans leave, in the window: at the left edge, leading to pages and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.ui.departure.panel import DeparturePanel
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.window import MainWindow

_WIDTH = 400


class Departing:
    """`open_record(shift, field)`: the form of its driver and vehicle. `print_sheets(routes)`: none: the usual."""

    def __init__(
        self,
        desk: Desk,
        open_record: Callable[[ShiftId, str], object],
        print_sheets: Callable[[Sequence[ShiftId]], object],
    ) -> None:
        self._desk, self._open_record, self._print_sheets = desk, open_record, print_sheets
        self._panel: DeparturePanel | None = None
        self._window: MainWindow | None = None
        desk.departing.connect(self._warn)

    def wire(self, window: MainWindow) -> None:
        self._window = window

    def check(self) -> None:
        """Show what is to be looked at before the vans leave."""
        self.panel.open()

    @property
    def panel(self) -> DeparturePanel:
        """Made when it is first wanted."""
        if self._panel is None:
            self._panel = panel = DeparturePanel(self._desk)
            panel.hide()
            panel.shown.connect(self._show)
            panel.record_wanted.connect(self._on_record)
            panel.sheets_wanted.connect(self._print_sheets)
        return self._panel

    def _on_record(self, route: int, field: str) -> None:
        self._open_record(ShiftId(route), field)

    def _warn(self, routes: tuple[ShiftId, ...] | None) -> None:
        self.panel.warn(routes)

    def _show(self, shown: bool) -> None:
        if self._window is not None:
            self._window.show_side(self.panel, _WIDTH, shown)
