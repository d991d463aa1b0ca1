"""The wizards in the window: made when they are first wanted, their panel in place of the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dispatch_console.services.orders import Store
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.wizards.keys import KEYS

if TYPE_CHECKING:
    from dispatch_console.services.planning import Planner
    from dispatch_console.ui.wizards.actions import Wizards
    from dispatch_console.ui.wizards.panel import PrintMeetings, WizardPanel


class Helping:
    """`who`: the user's name. `planner`: the worker of the search. Keys pressed in the first seconds are heard."""

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        who: Callable[[], str],
        print_meetings: PrintMeetings,
        planner: Callable[[], Planner],
    ) -> None:
        self._window, self._store, self._who = window, store, who
        self._print, self._planner = print_meetings, planner
        self._wizards: Wizards | None = None
        self.panel: WizardPanel | None = None
        for wizard, keys in KEYS.items():
            window.keys.expect(keys, f"wizard.{wizard}", lambda id=f"wizard.{wizard}": self.run(id))

    def make(self) -> None:
        """Load them, if that is not done."""
        if self._wizards is not None:
            return
        from dispatch_console.ui.wizards.actions import Wizards
        from dispatch_console.ui.wizards.panel import WIDTH, WizardPanel

        window = self._window
        self.panel = panel = WizardPanel(window.desk, self._who, self._print, self._planner)

        def show(shown: bool) -> None:
            window.show_main()
            window.area.show_right(panel if shown else None, WIDTH, panel.head.title)

        panel.hide()
        panel.shown.connect(show)
        self._wizards = Wizards(window.desk, self._store, panel)

    def run(self, id: str) -> None:
        """An action of the wizards, whether or not they are there yet."""
        self.make()
        self._window.run_id(id)

    def stop(self) -> None:
        """No thread is left."""
        if self.panel is not None:
            self.panel.stop()
