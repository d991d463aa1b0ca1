"""Trials in the window: the bar below the toolbar, the frame round the panes, what has to give way to them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dispatch_console.ui.shell.calling import Calling
from dispatch_console.ui.shell.keys import caps
from dispatch_console.ui.shell.optimising import Optimising
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.whatif.trials import Trials


class Trying(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, calling: Calling, optimising: Optimising) -> None:
        super().__init__(window)
        self._optimising = optimising
        self.trials = trials = Trials(window.desk, lambda action: caps(window.keys.of(action)), self)
        window.add_strip(trials.bar, trials.bar.set_narrow)
        window.pages.leaving.connect(trials.set_page)
        calling.talking.connect(trials.set_phone)
        trials.shown.connect(window.show_trial)
        trials.switching.connect(self._end_plans)

    def _end_plans(self) -> None:
        """A plan that waits to be accepted is one of the day that was on the screen."""
        self._optimising.leave()
