"""The region pack of this workstation: opened beside the window, and the day with its map moved to its roads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import travel
from dispatch_console.services.regions import current, today_roads
from dispatch_console.services.regions.current import Region
from dispatch_console.services.regions.today_roads import TodaysRoads
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.map import MapPane
from dispatch_console.ui.shell import changed_roads
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.online_roads import OnlineRoads
from dispatch_console.ui.shell.roading import Roading
from dispatch_console.ui.shell.sample_town import SampleTown

if TYPE_CHECKING:  # the page is loaded when it is first shown
    from dispatch_console.ui.settings_page import RegionDeeds

log = logging.getLogger(__name__)

#: What is kept from one start to the next: a folder, or nothing for no pack.
KEY = "region"
_UNSAID = "?"
#: The vehicles whose roads count, as far as a pack has roads for them.
_CLASS = "region_class"
#: What rush hours are, for the next region that is built.
_HOURS = "region_hours"


class Regional(QObject):
    """Holds the pack. `settled()`: what was asked for is in use, or was refused, and the day rests on it.

    An old pack stays in use until the new one answers. A day keeps its times where its roads do not answer.
    """

    settled = Signal()

    def __init__(self, desk: Desk, map: MapPane, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._map, self._memory = desk, map, memory
        self._later = Later(self)
        self._thread: ThreadPoolExecutor | None = None
        self._turn = 0
        #: The roads have changed in a trial: the day follows when that ends.
        self._waits = False
        self._moves, self._telling = 0, False
        self._todays = TodaysRoads()
        self._lined = travel.ESTIMATE  # whose lines the map draws
        self._under_way = False
        #: Under what the choice is kept, and the region that there is without one: the sample depot has its own.
        self.key = KEY
        self.own: SampleTown | None = None
        desk.day_changed.connect(self._on_day)
        self.roading = Roading(desk, map, self.follow, self)
        travel.spare(threading.current_thread())
        self.online = OnlineRoads(desk, memory, self)
        #: Folder where matrices are kept; None: the user's.
        self.cache: Path | None = None
        group = self.tr("Map")
        desk.actions.add(
            Action(
                "region.use",
                self.tr("Use a region pack…"),
                self._choose,
                icon="ph.map-trifold",
                group=group,
                hint=self.tr("roads, addresses and a map of its own"),
                aka="openstreetmap offline roads",
            )
        )
        desk.actions.add(
            Action(
                "region.leave",
                self.tr("Use no region pack"),
                lambda: self.use(None),
                icon="ph.map-trifold",
                group=group,
                hint=self.tr("estimated roads, plain map"),
                why_not=lambda: self.tr("No region pack is in use.") if desk.region.pack is None else None,
            )
        )

    def start(self, chosen: Path | None = None) -> None:
        """Use `chosen` from now on, or the pack of last time, without telling what changes: nobody has seen the day
        yet."""
        kept = str(chosen.absolute()) if chosen is not None else self._memory.text(self.key, _UNSAID)
        if kept == _UNSAID and self.own is not None:
            self._under_way = True
            self.own.start()
        elif kept not in ("", _UNSAID):
            self.open(Path(kept), told=False)

    def use(self, folder: Path | None) -> None:
        """Use the pack in `folder` from now on (None: no pack), and tell what that changes in the day."""
        if (reason := self.why_not()) is not None:
            raise UserError(reason)
        if self.own is not None:
            self.own.stop()
        self._turn += 1
        if folder is not None:
            self.open(folder, told=True)
            return
        self._memory.set_text(self.key, "")
        if self._desk.region.pack is not None:
            self.take(self._desk.region.without_pack(), told=True)
        else:
            self.settle()

    def why_not(self) -> str | None:
        """Why the roads cannot be changed now."""
        if not self._desk.session.trying:
            return None
        return self.tr("You are trying something. Take it over or throw it away before you change the roads.")

    def release(self, folder: Path) -> Callable[[], None]:
        """Take the pack in use off the window, if it is the one in `folder`. The call closes its files, which is
        not for the window's thread; `use` opens what lies there then."""
        pack = self._desk.region.pack
        if pack is None or pack.folder.resolve() != folder.resolve():
            return lambda: None
        self._draw_along(travel.ESTIMATE)
        self._map.set_region(None)
        todays, engine = self._todays, pack.engine

        def close() -> None:
            todays.settle()
            engine.close()

        return close

    def set_class(self, klass: str) -> None:
        """Reckon days by the roads for these vehicles from now on, and tell what that changes. Raises UserError."""
        if (reason := self.why_not()) is not None:
            raise UserError(reason)
        self._memory.set_text(_CLASS, klass)
        region = self._desk.region
        if region.pack is not None and klass in region.pack.manifest.classes and klass != region.klass:
            self._turn += 1
            self.take(replace(region, klass=klass), told=True)

    def deeds(self) -> RegionDeeds:
        """What the settings can do with packs."""
        from dispatch_console.services.regions import hours
        from dispatch_console.ui.settings_page import RegionDeeds

        return RegionDeeds(
            lambda: self._desk.region,
            self.use,
            self.why_not,
            self.release,
            self.set_class,
            lambda: hours.from_text(self._memory.text(_HOURS)),
            lambda now: self._memory.set_text(_HOURS, hours.to_text(now)),
            current.built_folder(),
            self._desk.do,
        )

    def follow(self, quiet: bool = False) -> None:
        """Bring the day on the desk to the roads in use, if it rests on others: it was loaded meanwhile."""
        if self._desk.session.real.travel.provider != self._roads():
            self._move(told=False, quiet=quiet)
        else:
            self._rest_on(self._roads())

    def settle(self) -> None:
        """Nothing more comes of what was asked for."""
        self._under_way = False
        self.settled.emit()

    def when_settled(self, call: Callable[[], object]) -> None:
        """`call` once, when what was asked for is in use or was refused; at once, if nothing is under way."""
        if self._under_way:
            self.settled.connect(call, Qt.ConnectionType.SingleShotConnection)
        else:
            call()

    def when_lined(self, call: Callable[[], object]) -> None:
        """`call` when all lines of the day on the desk are known."""
        lines = self._map.view.lines
        if lines.waiting:
            lines.settled.connect(call)
        else:
            call()

    def close(self) -> None:
        """End the engine. Nothing is asked any more."""
        self._turn += 1
        self._map.view.set_legs(None)
        travel.use(travel.ESTIMATE)
        travel.spare(None)
        self.online.close()
        if self.own is not None:
            self.own.stop()
        if self._desk.region.pack is not None:
            self._desk.region.pack.engine.close()  # who still asks waits no longer
        self._todays.settle()
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
        self._todays.settle()
        current.close_region(self._desk.region)

    def _choose(self) -> None:
        folder = self._desk.files.folder(
            self._map, "region", self.tr("Choose the folder that “region build” has made")
        )
        if folder:
            self.use(Path(folder))

    # -- opening -------------------------------------------------------------------------------------

    def open(self, folder: Path, told: bool) -> None:
        """Use the pack in `folder`; `told`: say what that changes."""
        self._turn += 1
        self._under_way = True
        turn, cache, country = self._turn, self.cache, self._desk.day.depot.country
        klass = self._memory.text(_CLASS, "van")
        self._desk.message.emit(self.tr("Opening the region …"), "info")

        def opened(region: Region) -> None:
            if turn != self._turn:
                self.ask(lambda: current.close_region(region))
                return
            self._remember(folder)
            self.take(replace(region, online=self._desk.region.online), told)

        self._later.when(self.ask(lambda: current.open_region(folder, klass, country, cache)), opened, self.refused)

    def _remember(self, folder: Path) -> None:
        if self.own is not None and folder == self.own.folder:
            self._memory.forget(self.key)  # its folder is another one when the program builds it differently
        else:
            self._memory.set_text(self.key, str(folder))

    def take(self, region: Region, told: bool, known: TravelMatrix | None = None) -> None:
        """From now on it is the one in use. `known`: times of its roads for the day on the desk."""
        old, self._desk.region = self._desk.region, region
        travel.use(region.roads)
        self._show_map(region)
        self._desk.region_changed.emit()
        self._move(told, known)
        if old.pack is not None and old.pack is not region.pack:
            self.ask(lambda: current.close_region(old))

    def _show_map(self, region: Region) -> None:
        self._draw_along(region.roads)
        try:
            self._map.set_region(region.map_file)
        except UserError as error:
            self._desk.message.emit(error.message, "error")

    def _draw_along(self, roads: str) -> None:
        """Let the map draw the routes along these roads."""
        self._lined = roads

        def legs(pairs: Sequence[tuple[Place, Place]]) -> Sequence[Leg | None]:
            return travel.legs(pairs, roads)

        along = roads != travel.ESTIMATE
        self._map.view.set_legs(legs if along else None, self._desk.region.attribution if along else "")

    # -- the day -------------------------------------------------------------------------------------

    def _roads(self) -> str:
        """What the day on the desk has to rest on: the roads in use, with what is said of them for this day."""
        return today_roads.roads_of(self._desk.region, self._desk.session.real.areas)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        """Roads were closed or are open again, the day had to be estimated, or a trial has ended in which the roads
        changed. Another day is followed when it is opened."""
        if self._waits and not self._desk.session.trying:
            self._waits = False
            self.follow()
        if before.date != after.date:
            return
        if not today_roads.are_same(before.areas, after.areas):
            if today_roads.can_follow(self._desk.region):
                self._desk.message.emit(self.tr("Reckoning the roads of this day …"), "info")
            self._move(told=True)
        elif before.travel.provider == self._roads() != after.travel.provider:
            self._move(told=False)

    def _rest_on(self, roads: str) -> None:
        """The day lies on these roads, and nothing on others of its own."""
        if self._lined != roads:
            self._draw_along(roads)
        self.ask(lambda: self._todays.settle(roads))

    def _move(self, told: bool, known: TravelMatrix | None = None, quiet: bool = False) -> None:
        """Reckon the times of the day by the roads in use, beside the window; once more for what came meanwhile.
        `quiet`: if they do not answer, that has been said before."""
        self._moves += 1
        self._telling |= told
        region, turn, cache, session = self._desk.region, (self._turn, self._moves), self.cache, self._desk.session
        before, tried = session.real, session.tried_places()

        def reckon() -> Day:
            times = self._todays.times(region, before, known, cache)
            travel.fetch(times, tried)
            return before.with_travel(times)

        def reckoned(after: Day) -> None:
            if turn != (self._turn, self._moves):
                return
            self._waits = session.trying
            if self._waits:
                self.settle()
            elif after.travel.provider == self._roads() and session.day is before:
                session.replace_day(after, self, keep_history=True)
                self._rest_on(after.travel.provider)
                said = changed_roads.words(region, before, after) if self._telling else ""
                self._telling = False
                self._desk.message.emit(said, "info")
                self.settle()
            else:
                self._move(told, after.travel, quiet)

        def refused(error: BaseException) -> None:
            if turn != (self._turn, self._moves):
                return
            if quiet and isinstance(error, UserError):
                self.settle()
            else:
                self.refused(error)

        self._later.when(self.ask(reckon), reckoned, refused)

    def refused(self, error: BaseException) -> None:
        """The old pack, or the estimate, stays in use; the day keeps its times."""
        if isinstance(error, UserError):
            self._desk.message.emit(error.message, "error")
        else:
            log.error("a region could not be used", exc_info=error)
            self._desk.message.emit(
                self.tr("This region could not be used; the old roads stay. See the log."), "error"
            )
        self.settle()

    def ask[T](self, question: Callable[[], T]) -> Future[T]:
        """Answered beside the window, one question after the other."""
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="region")
        return self._thread.submit(question)
