"""What all panes of the window share: the day, the selection, the actions, a place for messages."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.services.finding_places import Finder, Online
from dispatch_console.services.following import Colleague
from dispatch_console.services.regions.current import NONE, Region
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.ui.actions import Actions
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.previewed import Previewed
from dispatch_console.ui.scanner import Scans
from dispatch_console.ui.timed import Timed

log = logging.getLogger(__name__)


class Desk(QObject):
    """The dispatcher's desk. Panes get it in their constructor and nothing else of each other.

    Signals
    - `day_changed(before: Day, after: Day, initiator)`: repaint routes where `before` is not `after`.
    - `selection_changed(initiator)`: `selected` or `current` changed.
    - `reveal(stop)`: scroll there, whoever can.
    - `message(text, kind)`: one sentence for the status bar; kind `info`, `error`.
    - `theme_changed()`: colours changed, repaint all.
    - `now_changed()`: the minute changed.
    - `departing(routes)`: these vans were set out, or the plan was approved (None): whoever warns looks at them.
    - `history_wanted(order)`: open the page of an order of any day.
    - `region_changed()`: another region pack is in use, or none any more: see `region`; or addresses are looked up
      elsewhere: see `finder`.
    - `colleagues_changed()`: others came, went or turned to another route, see `colleagues`.
    - `preview_changed()`: another plan is shown beside the one that runs, or none any more: see `previewed`.
    """

    day_changed = Signal(object, object, object)
    selection_changed = Signal(object)
    reveal = Signal(int)
    message = Signal(str, str)
    theme_changed = Signal()
    now_changed = Signal()
    departing = Signal(object)
    history_wanted = Signal(int)
    preview_changed = Signal()
    region_changed = Signal()
    colleagues_changed = Signal()

    def __init__(self, session: DaySession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.actions = Actions()
        self.scans = Scans(self)
        self.timed = Timed(session, self)
        self.timed.slow.connect(self._on_slow)
        self.selected: frozenset[StopId] = frozenset()
        self.current: StopId | None = None
        self.current_route: ShiftId | None = None
        #: The plan that is shown to be accepted or dropped; all edits are still of the day as it is.
        self.previewed: Previewed | None = None
        #: The region pack in use at this workstation.
        self.region: Region = NONE
        #: Looks addresses up on the net, if that is switched on.
        self.online: Online | None = None
        #: Who else is at work on the store, on whatever day.
        self.colleagues: Sequence[Colleague] = ()
        self.clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
        self.files = FileDialogs()
        #: Who sits at this desk.
        self.who: Callable[[], str] = lambda: ""
        #: What is usual in the depot after a failed stop.
        self.usuals = Usuals()
        #: Since when (seconds of the plan day) it is known that a stop will be late, as far as somebody keeps that.
        self.known_since: Callable[[StopId], int | None] = lambda _stop: None
        session.listen(self._on_day)

    @property
    def day(self) -> Day:
        return self.session.day

    @property
    def finder(self) -> Finder:
        """Where places of addresses are looked up now."""
        finder = self.region.finder
        if self.online is None:
            return finder
        return replace(finder, country=finder.country or self.day.depot.country, online=self.online)

    @property
    def shown(self) -> Day:
        """What panes show: the day, or what the plan that is previewed makes of it."""
        return self.day if self.previewed is None else self.previewed.after

    def preview(self, previewed: Previewed | None) -> None:
        """Let all panes show what a plan would change; None: the day as it is."""
        if previewed is not self.previewed:
            self.previewed = previewed
            self.preview_changed.emit()

    def editors(self, route: ShiftId) -> list[str]:
        """Who else has this route of the open day in hand."""
        here = self.day.depot.id, self.day.date, route
        return [one.who for one in self.colleagues if (one.depot, one.date, one.route) == here]

    @property
    def today(self) -> dt.date:
        """The date in the depot, whatever day is open."""
        return self.clock().astimezone(ZoneInfo(self.day.depot.timezone)).date()

    @property
    def now(self) -> int | None:
        """Elapsed seconds of the plan day, or None if the day on the screen is not today."""
        seconds = clock.to_seconds(self.clock(), self.day.date, self.day.depot.timezone)
        return seconds if 0 <= seconds < 25 * 3600 else None

    def said(self) -> Said:
        """Who says something, and when: for facts. On another day than today no clock runs, see `statuses.when`."""
        now = self.now
        return Said(self.who(), self.day.now, stands=True) if now is None else Said(self.who(), now)

    def tick(self) -> None:
        """A minute has passed: forecasts of today's routes go on with the clock, the now-line moves."""
        now = self.now
        if now is not None:
            self.session.tick(now, self)
        self.now_changed.emit()

    def hhmm(self, seconds: int) -> str:
        """A time of the plan day as the wall clock shows it."""
        return clock.hhmm(seconds, self.day.date, self.day.depot.timezone)

    def select(
        self,
        stops: Iterable[StopId],
        current: StopId | None = None,
        initiator: object = None,
        route: ShiftId | None = None,
    ) -> None:
        """Make `stops` the selection of all panes. `current` is the one that keys act on and details show.

        `route`: the route that is in talk though none of its stops is selected (a click on a lane's head).
        """
        chosen = frozenset(stop for stop in stops if stop in self.day.stops)
        if current is None and len(chosen) == 1:
            current = next(iter(chosen))
        if current is not None and route is None:
            route = self.day.plan.where.get(current)
        if (chosen, current, route) == (self.selected, self.current, self.current_route):
            return
        self.selected, self.current, self.current_route = chosen, current, route
        self.selection_changed.emit(initiator)

    def selection_in_order(self) -> list[StopId]:
        """The selected stops: route by route in lane order, in driving order, the pool's first."""
        day = self.day
        routes = [day.plan.pool, *day.routes]
        return [stop for route in routes for stop in route.stops if stop in self.selected]

    def open_stop(self, stop: StopId) -> None:
        """Show a stop in all panes, and its order to be edited: what Enter and a double click mean."""
        self.reveal.emit(int(stop))
        self.run("order.edit")

    def run(self, id: str) -> bool:
        """Do the action of this id, or say why it cannot be done. False: it was not done, or is not there yet."""
        if id not in self.actions:
            return False
        action = self.actions[id]
        reason = action.why_not()
        if reason is not None:
            self.message.emit(reason, "info")
            return False
        return self.do(action.run)

    def do[**P](self, function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Call a service. A UserError becomes one sentence in the status bar; anything else is ours and logged.

        Returns True if it went through.
        """
        try:
            function(*args, **kwargs)
        except Exception as error:
            self.sorry(error)
            return False
        return True

    def with_times(
        self,
        wanted: Callable[[], Iterable[Place]],
        act: Callable[[], object],
        sorry: Callable[[BaseException], object] | None = None,
    ) -> None:
        """`do`, for what brings new places to the day: once there are travel times for those of `wanted`, which may
        be now. In the order of the calls; without places it only waits for those before."""
        self.timed.do(wanted, act, sorry or self.sorry)

    def sorry(self, error: BaseException) -> None:
        """Say why something was not done. What is no UserError is our fault, and logged."""
        if isinstance(error, UserError):
            self.message.emit(error.message, "error")
            return
        log.error("an action failed", exc_info=error)
        self.message.emit(self.tr("That went wrong inside the program; nothing was changed. See the log."), "error")

    def driver(self, shift: ShiftId) -> str:
        return self.day.shifts[shift].driver.name

    def _on_slow(self, text: str) -> None:
        self.message.emit(text, "info")

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        kept = frozenset(stop for stop in self.selected if stop in after.stops)
        current = self.current if self.current in after.stops else None
        if current is not None and self.current_route == before.plan.where.get(current):
            # The route in talk is that of the stop, wherever it goes. Who shows it hears of the day.
            self.current_route = after.plan.where.get(current)
        if (kept, current) != (self.selected, self.current):
            self.selected, self.current = kept, current
            self.selection_changed.emit(self)
        self.day_changed.emit(before, after, initiator)


def stop_ids(values: Sequence[int]) -> list[StopId]:
    """Plain integers (from a drag, from the map) as stop ids."""
    return [StopId(value) for value in values]


#: Drags carry the ids of stops in driving order as a JSON list under this type.
STOPS_MIME = "application/x-dispatch-stops"
