"""The wizards in the window: made when they are first wanted, their panel in place of the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from dispatch_console.services.orders import Store
from dispatch_console.ui import texts
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.wizards.keys import KEYS

if TYPE_CHECKING:
    from dispatch_console.domain.places import Place
    from dispatch_console.services.planning import Planner
    from dispatch_console.ui.map import MapPane
    from dispatch_console.ui.wizards.actions import Wizards
    from dispatch_console.ui.wizards.panel import PrintMeetings, WizardPanel


_tr = texts.of("Wizards")
#: So long a message takes to be on the screen.
_SEEN_MS = 40


class Helping:
    """`who`: the user's name. `planner`: the worker of the search. Keys pressed in the first seconds are heard."""

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        who: Callable[[], str],
        print_meetings: PrintMeetings,
        planner: Callable[[], Planner],
        map: MapPane,
    ) -> None:
        self._window, self._store, self._who = window, store, who
        self._print, self._planner, self._map = print_meetings, planner, map
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
            self._map.view.stop_asking()
            window.show_main()
            window.area.show_right(panel if shown else None, WIDTH, panel.head.title)

        def ask(text: str) -> None:
            """The map comes forth, and goes again with the answer."""
            window.area.show_right(None)
            self._map.ask_place(text, found)

        def found(place: Place | None) -> None:
            show(True)
            panel.place_found(place)

        panel.hide()
        panel.shown.connect(show)
        panel.place_wanted.connect(ask)
        self._wizards = Wizards(window.desk, self._store, panel)

    def run(self, id: str) -> None:
        """An action of the wizards, whether or not they are there yet; what has to be loaded first says so."""
        if self._wizards is None:
            self._window.desk.message.emit(_tr("The wizard opens in a moment …"), "info")
            QTimer.singleShot(_SEEN_MS, self._window, lambda: self._run(id))
        else:
            self._run(id)

    def _run(self, id: str) -> None:
        self.make()
        self._window.run_id(id)

    def stop(self) -> None:
        """No thread is left."""
        if self.panel is not None:
            self.panel.stop()
