"""The phone and the scanner in the window: the strip is made when it is first wanted, scans are heard at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dispatch_console.services.lookup import Store
from dispatch_console.ui.scanner import Scanner
from dispatch_console.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from dispatch_console.ui.phone import PhoneStrip

_KEPT = "phone/waiting"


class Calling(QObject):
    """`who`: the user's name. `talking(open)`: the strip was used, open or closed."""

    talking = Signal(bool)

    def __init__(self, window: MainWindow, store: Store, who: Callable[[], str]) -> None:
        super().__init__(window)
        self._window, self._store, self._who = window, store, who
        self._strip: PhoneStrip | None = None
        self._scanner = Scanner(window.desk.scans, window.keys.press, window)
        window.keys.expect("F3", "phone.open", self._answer)

    @property
    def strip(self) -> PhoneStrip:
        """The strip for statuses by phone, below the toolbar."""
        if self._strip is None:
            from dispatch_console.ui.phone import PhoneServices, PhoneStrip

            window, memory = self._window, self._window.memory
            services = PhoneServices(
                who=self._who,
                go_to=window.hooks.go_to,
                keep=lambda text: memory.set_text(_KEPT, text),
                kept=memory.text(_KEPT),
                store=self._store,
            )
            self._strip = strip = PhoneStrip(window.desk, services)
            window.add_strip(strip, strip.set_narrow)
            strip.talk.changed.connect(lambda: self.talking.emit(strip.talk.is_open))
            self.talking.connect(window.area.set_queue_first)
        return self._strip

    def stop(self) -> None:
        """Let go of the windows' keys."""
        self._scanner.stop()

    def _answer(self) -> None:
        self.strip.answer()
