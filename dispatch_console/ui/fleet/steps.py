"""Changes of the fleet as steps of the history: prepared on the database's thread, made on the window's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from dispatch_console.services.fleet_record import Store, WideChange
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later


class Steps(QObject):
    """`sorry(error)` hears of what could not be prepared; nothing is changed then."""

    def __init__(self, desk: Desk, store: Store, sorry: Callable[[BaseException], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._store, self._sorry = desk, store, sorry
        self._later = Later(self)
        self._running = 0

    @property
    def busy(self) -> bool:
        return self._running > 0

    def make[T](
        self, prepare: Callable[[], T], change: Callable[[T], WideChange], then: Callable[[T], object]
    ) -> None:
        """Make what `prepare` gives the newest step, then call `then`. The parent is the initiator.

        If the fleet has been changed in between (an undo while a file was read), it is prepared anew.
        """
        session = self._desk.session
        version = session.fleet_version

        def take(made: T) -> None:
            self._running -= 1
            if session.fleet_version != version:
                self.make(prepare, change, then)
            elif self._desk.do(session.apply, change(made), self.parent()):
                then(made)

        def fail(error: BaseException) -> None:
            self._running -= 1
            self._sorry(error)

        self._running += 1
        self._later.when(self._store.submit(prepare), take, fail)
