"""Other consoles on the same store: their changes appear here, and each sees where the others are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.services import following
from dispatch_console.services.following import Colleague, News, Wire
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.shell.window import MainWindow

log = logging.getLogger(__name__)

#: So long after the last turn to another route it is said, and so often that this console is still there.
_SETTLED_MS, _STILL_HERE_MS = 400, 20_000


class Others(QObject):
    """`came(who, what)`: others have changed the open day; it is shown already.

    `idle()`: whether nothing of this console is on its way to the store; what others did waits for that. `reload`:
    opens the day anew, where it must be read whole.
    """

    came = Signal(str)
    marks_changed = Signal()
    _heard = Signal(bool, bool)

    def __init__(
        self,
        desk: Desk,
        wire: Wire,
        idle: Callable[[], bool],
        reload: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._wire, self._idle, self._reload = desk, wire, idle, reload
        self._later = Later(self)
        self._asked = self._again = self._ended = self._is_known = False
        self._heard.connect(self._on_notice, Qt.ConnectionType.QueuedConnection)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._say_here)
        self._still = QTimer(self)
        self._still.setInterval(_STILL_HERE_MS)
        self._still.timeout.connect(self._say_here)

    def start(self) -> None:
        """Hear of the others from now on."""
        self._wire.watch(self._hear)
        if self._wire.shared:
            self._desk.selection_changed.connect(self._on_selection)
            self._still.start()
            self._say_here()

    def close(self) -> None:
        """Say so to the others, unless they cannot be reached anyway."""
        self._ended = True
        self._still.stop()
        self._settled.stop()
        if self._is_known:
            self._wire.say_gone()

    def look(self) -> None:
        """Read what is new, unless that is being done; then once more."""
        if self._ended:
            return
        if self._asked:
            self._again = True
            return
        day = self._desk.session.real
        self._asked, self._again = True, False
        asked = self._wire.news(day.depot.id, day.date, day.seen)
        self._later.when(asked, lambda news: self._on_news(day, news), self._on_trouble)

    def day_opened(self, _day: Day | None = None) -> None:
        """Another day is on the screen, or this one anew."""
        if self._wire.shared:
            self._settled.start()
        self.look()

    def _hear(self, commands: bool, consoles: bool) -> None:
        """On the watcher's thread, which may outlive the window for a moment."""
        with suppress(RuntimeError):
            self._heard.emit(commands, consoles)

    # -- what they did -------------------------------------------------------------------------------

    def _on_notice(self, commands: bool, consoles: bool) -> None:
        if commands:
            self.look()
        if consoles and self._wire.shared and not self._ended:
            self._ask_who()

    def _on_news(self, was: Day, news: News) -> None:
        self._asked = False
        if self._ended:
            return
        day = self._desk.session.real
        if not _same(was, day) or not self._idle():
            self._again = not _same(was, day)
        elif news.whole:
            self._reload()
        elif following.is_new(news, day) or news.upto > day.seen:
            self._desk.with_times(lambda: following.places_of(news), lambda: self._follow(was, news))
        if self._again:
            self.look()

    def _follow(self, was: Day, news: News) -> None:
        """Times may have come late: what was done here meanwhile comes first."""
        day = self._desk.session.real
        if self._ended or not _same(was, day) or not self._idle():
            self.look()
            return
        following.follow(self._desk.session, news, initiator=self)
        if news.marks:
            self.marks_changed.emit()
        if news.done:
            self.came.emit(_told(news))

    def _on_trouble(self, error: BaseException) -> None:
        self._asked = False
        if isinstance(error, UserError):
            log.info("what others did cannot be read: %s", error.message)
        else:
            log.error("what others did could not be shown", exc_info=error)

    def _on_selection(self, _initiator: object) -> None:
        self._settled.start()

    # -- who they are --------------------------------------------------------------------------------

    def _say_here(self) -> None:
        day, route = self._desk.session.real, self._desk.current_route
        said = self._wire.say_here(self._desk.who(), day.depot.id, day.date, route or following.NO_ROUTE)
        self._later.when(said, lambda _: self._on_said(True), self._on_not_said)

    def _on_not_said(self, error: BaseException) -> None:
        self._on_said(False)
        self._on_trouble(error)

    def _ask_who(self) -> None:
        self._later.when(self._wire.colleagues(), self._on_who, self._on_trouble)

    def _on_who(self, who: Sequence[Colleague]) -> None:
        if list(who) != list(self._desk.colleagues):
            self._desk.colleagues = tuple(who)
            self._desk.colleagues_changed.emit()

    def _on_said(self, said: bool) -> None:
        self._is_known = said


def stand_by(window: MainWindow, wire: Wire, idle: Callable[[], bool], reload: Callable[[], object]) -> Others:
    """Follow the others in the window: a word in the status bar of what they did, and of who is there."""
    desk = window.desk
    others = Others(desk, wire, idle, reload, window)

    def show() -> None:
        window.status.show_colleagues(*here(desk))

    def tell(text: str) -> None:
        desk.message.emit(text, "info")

    others.came.connect(tell)
    for changed in (desk.colleagues_changed, desk.day_changed):
        changed.connect(show)
    return others


def here(desk: Desk) -> tuple[str, str]:
    """For the status bar: who else is at work, in few words and in full; empty: nobody is."""
    if not desk.colleagues:
        return "", ""
    names = list(dict.fromkeys(one.who for one in desk.colleagues))
    text = f"with {names[0]}" if len(names) == 1 else f"with {len(names)} others"
    return text, "\n".join(_where(desk, one) for one in desk.colleagues)


def _where(desk: Desk, one: Colleague) -> str:
    day = desk.day
    if (one.depot, one.date) != (day.depot.id, day.date):
        return f"{one.who}: on {saying.date(one.date)}"
    if one.route in day.shifts:
        return f"{one.who}: at {desk.driver(one.route)}'s route"
    return f"{one.who}: on this day"


def _same(was: Day, day: Day) -> bool:
    return (was.depot.id, was.date, was.seen) == (day.depot.id, day.date, day.seen)


def _told(news: News) -> str:
    first = f"{news.done[-1].who}: {news.done[-1].what}"
    more = len(news.done) - 1
    return f"{first} ({more} more)" if more else first
