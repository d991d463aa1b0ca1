"""The online road service of this workstation: asked beside the window, in use as soon as it has answered once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services.regions import online
from dispatch_console.services.regions.current import Region
from dispatch_console.services.regions.online import Online, Service
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.shell.memory import Memory

if TYPE_CHECKING:  # the page is loaded when it is first shown
    from dispatch_console.ui.settings_page.online import OnlineDeeds

#: Under this and the name of the region is kept which service it is, without its key.
KEY = "online_{region}"
_LOOK_MS = 500
#: After so many looks a service that did not answer is asked again.
_AGAIN = 120


class Roads(Protocol):
    """Who holds the region: see `Regional`."""

    key: str
    cache: Path | None

    def why_not(self) -> str | None: ...
    def ask[T](self, question: Callable[[], T]) -> Future[T]: ...
    def take(self, region: Region, told: bool, known: TravelMatrix | None = None) -> None: ...
    def follow(self, quiet: bool = False) -> None: ...
    def refused(self, error: BaseException) -> None: ...


class OnlineRoads(QObject):
    """Off until a dispatcher chooses one. The old roads stay until the new ones have answered for the whole day.

    `changed()`: another service is in use or is being asked, or how far that is.
    """

    changed = Signal()

    def __init__(self, desk: Desk, memory: Memory, roads: Roads) -> None:
        super().__init__(desk)
        self._desk, self._memory, self._roads = desk, memory, roads
        self._later = Later(self)
        self._asked: Online | None = None
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        desk.actions.add(
            Action(
                "region.offline",
                self.tr("Use no online road service"),
                self.leave,
                icon="ph.path",
                group=self.tr("Map"),
                hint=self.tr("roads of the region pack, or estimated ones"),
                why_not=lambda: None if self._service() else self.tr("No online road service is in use."),
            )
        )

    def start(self) -> None:
        """Ask the service of last time, without telling what changes. A key that is not there is asked for."""
        try:
            kept = online.from_text(self._memory.text(self._key))
        except UserError as error:
            self._desk.message.emit(
                self.tr("{why} Until then the roads are as before.").format(why=error.message), "error"
            )
        else:
            if kept is not None:
                self._ask(kept, told=False)

    def use(self, kind: str, address: str, vehicle: str, key: str) -> None:
        """Ask this service from now on, and tell what that changes in the day. UserError where that cannot be."""
        service = online.chosen(kind, address, vehicle, key)
        self._may_change()
        self._ask(service, told=True)

    def leave(self) -> None:
        """Ask no service any more; one that is being asked for the first time is stopped."""
        self._may_change()
        self._memory.forget(self._key)
        if self._asked is not None:
            stopped, self._asked = self._asked, None
            online.close_service(stopped)
            self._desk.message.emit(self.tr("Stopped; the roads are as before."), "info")
            self.changed.emit()
        elif self._desk.region.online is not None:
            self._take(self._desk.region.without_online(), told=True)

    def deeds(self) -> OnlineDeeds:
        """What the settings can do with services."""
        from dispatch_console.ui.settings_page.online import OnlineDeeds

        return OnlineDeeds(
            self._service,
            self._state,
            lambda: online.described(self._memory.text(self._key)),
            self.use,
            self.leave,
            self._desk.do,
        )

    def close(self) -> None:
        """The window closes: whoever waits for an answer is sent home."""
        self._timer.stop()
        asked, self._asked = self._asked, None
        for one in (asked, self._desk.region.online):
            if one is not None:
                online.close_service(one)

    @property
    def _key(self) -> str:
        return KEY.format(region=self._roads.key)

    def _may_change(self) -> None:
        if (reason := self._roads.why_not()) is not None:
            raise UserError(reason)

    def _ask(self, service: Service, told: bool) -> None:
        if self._asked is not None:
            online.close_service(self._asked)
        self._asked = asked = online.open_service(service, self._roads.cache)
        day = self._desk.session.real
        self._desk.message.emit(self.tr("Asking {name} …").format(name=service.kind.title), "info")
        self._timer.start()

        def answered(times: TravelMatrix) -> None:
            if asked is self._asked:
                self._asked = None
                self._memory.set_text(self._key, online.to_text(service))
                online.answer(asked)
                self._take(replace(self._desk.region, online=asked), told, times)

        def refused(error: BaseException) -> None:
            if asked is self._asked:
                self._asked = None
                self.changed.emit()
                self._roads.refused(error)

        self._later.when(self._roads.ask(lambda: asked.times(day)), answered, refused)
        self.changed.emit()

    def _take(self, region: Region, told: bool, known: TravelMatrix | None = None) -> None:
        old = self._desk.region.online
        if old is not None:
            old.remote.close()
        self._roads.take(region, told, known)
        if old is not None:  # by then the day does not rest on them any more
            self._roads.ask(lambda: online.close_service(old))
        self.changed.emit()

    def _look(self) -> None:
        """Tell how far the questions are; now and then ask again who did not answer."""
        asking = self._asked or self._desk.region.online
        if asking is None:
            self._timer.stop()
            return
        done, every = asking.asked
        if every > 1:
            name = asking.service.kind.title
            text = self.tr("Asking {name}: {done} of {every} questions").format(name=name, done=done, every=every)
            self._desk.message.emit(text, "info")
        self.changed.emit()
        self._looks += 1
        if self._looks % _AGAIN == 0 and not every and self._asked is None:
            self._roads.follow(quiet=True)

    def _service(self) -> Service | None:
        """The one that is asked, or in use."""
        one = self._asked or self._desk.region.online
        return one.service if one is not None else None

    def _state(self) -> tuple[bool, tuple[int, int]]:
        """Whether one is being asked before it is used, and how far that is."""
        asking = self._asked or self._desk.region.online
        return self._asked is not None, asking.asked if asking is not None else (0, 0)
