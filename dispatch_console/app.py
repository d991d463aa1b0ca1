"""The composition root: builds the store, the services and the window, by hand."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import logging
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot
from dispatch_console.services import clocks, connecting, crashes, day_files, days, fleet, logs, saving
from dispatch_console.services import day as day_service
from dispatch_console.services import settings as settings_service
from dispatch_console.services.following import Wire
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store import location
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.garbage import Garbage
from dispatch_console.ui.later import Later
from dispatch_console.ui.map import register_scheme
from dispatch_console.ui.shell import away, beginning, colours, in_town, others, signing_in
from dispatch_console.ui.shell.backing_up import BackingUp, Swap, second_folder
from dispatch_console.ui.shell.colours import Colours
from dispatch_console.ui.shell.day_files import mark_copy
from dispatch_console.ui.shell.daybook import DayBook
from dispatch_console.ui.shell.ending import Ending
from dispatch_console.ui.shell.hooks import Hooks
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.needs import Needs
from dispatch_console.ui.shell.parts import Parts
from dispatch_console.ui.shell.savesign import SaveSign
from dispatch_console.ui.shell.shot import Shot
from dispatch_console.ui.shell.viewing import bar
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.theme import apply

if TYPE_CHECKING:
    from dispatch_console.services.manifests import Document
    from dispatch_console.ui.shell.demo import DemoPlay

log = logging.getLogger(__name__)

_FLUSH_S = 10.0
_WHO = "who"


def run(arguments: argparse.Namespace) -> int:
    """Open the window on a day of a store, or take its picture. Raises UserError if it cannot be opened."""
    shot = arguments.command == "shot"
    beginning.need_display(shot)
    logs.set_up()
    QGuiApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    register_scheme()
    application = QApplication(sys.argv[:1])
    beginning.introduce(application, plain=shot)
    memory = Memory(None if shot else platformdirs.user_config_path(logs.APP, appauthor=False) / "window.ini")
    if shot:
        memory.theme = "dark" if arguments.dark else "light"
    apply.set_up(application, colours.wants_dark(memory.theme))
    with crashes.watching(not shot) as arguments.watch, tempfile.TemporaryDirectory(prefix="dispatch-") as folder:
        while not isinstance(ended := _live(application, memory, arguments, Path(folder)), int):
            arguments.told = ended.do()  # a backup is brought back while nobody has the store open
    return ended


def _live(application: QApplication, memory: Memory, arguments: argparse.Namespace, scratch: Path) -> int | Swap:
    """From the opening of the store to the end of the window. The exit code, or what the store is to become before
    it is opened again."""
    shot = arguments.command == "shot"
    try:
        if shot and arguments.demo and arguments.region is None:
            arguments.region = beginning.town()
        store = _opened(arguments, scratch, memory, ask=not shot)
        if store is None:
            return 1
        program = Program(application, store, memory, arguments)
    except UserError as error:
        beginning.say(error, quiet=shot)
        raise
    if arguments.day_file is not None:
        mark_copy(program.window, arguments.day_file)
    if arguments.watch is not None:
        Ending(program.window, program.parts, arguments.watch, location.shown(store.url))
    try:
        program.take_picture(arguments) if shot else program.show()
        if hasattr(arguments, "told"):
            program.desk.message.emit(*arguments.told)
        gc.freeze()  # what is loaded stays: each search of it for garbage would hold the window up for 0.1 s
        code = application.exec()
    finally:
        program.end()
    return program.backing_up.wanted or code


def render(documents: Sequence[Document]) -> bytes:
    """One PDF of all papers, for commands. Raises UserError if a page cannot be laid out."""
    beginning.need_display(True)
    QGuiApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    from dispatch_console.ui.printing import pdf

    return pdf.render(documents)


class Program(QObject):
    """One running console: everything that lives as long as the window."""

    _fault = Signal()

    def __init__(
        self, application: QApplication, store: Store, memory: Memory, arguments: argparse.Namespace
    ) -> None:
        super().__init__()
        self._garbage = Garbage(self)
        self.store, self.memory = store, memory
        self.settings = settings_service.load(store)
        self._fresh = False
        self._later = Later(self)
        depot, date = self._demo(arguments) if arguments.demo else self._choose(arguments)
        self.sign: SaveSign | None = None
        outbox, self._no_outbox = saving.outbox_for(store)
        self.saver = StoreSaver(
            store,
            self.who,
            lambda state: self.sign and self.sign.report(state),
            self._now,
            outbox,
        )
        self.saver.resume()
        self.session = DaySession(days.open_day(store, depot.id, date), self.saver)
        self.session.viewing = store.viewing
        self.desk = Desk(self.session)
        bar(self.desk)
        self.desk.files = FileDialogs(memory)
        self.desk.who = lambda: self.who
        if arguments.demo:
            from dispatch_console.ui.shell import demo

            self.desk.clock = demo.clock_of_the_sample(standing=arguments.command == "shot")
        self.backing_up = BackingUp(self.desk, memory, None if store.viewing else store.file)
        self.book = DayBook(self.desk, self._load, self._list_days, self)
        self.book.why_not = self._why_not_leave
        self.parts = Parts(self.desk, self._needs())
        self.book.opened.connect(self.parts.regional.follow)
        self.book.opened.connect(self._on_opened)
        self.window = MainWindow(self.desk, self.parts.panes, self._hooks(), memory)
        self.sign = SaveSign(self.desk, self.window.show_saving, self.saver.retry, self._on_stale, self.window)
        away.stand_by(self.window, self.sign, self.saver.forget_refused)
        self.sign.report(self.saver.state)
        self.colours = Colours(application, self.desk, memory)
        self.others = others.stand_by(self.window, Wire(store), self._is_saved, self.book.reload)
        self.book.opened.connect(self.others.day_opened)
        self._warned = self._ended = False
        self._wire()
        if arguments.demo:
            in_town.stand_by(self.window, depot, self.parts.regional, memory, self.parts.open_files)
        self.parts.regional.start(getattr(arguments, "region", None))
        self.parts.regional.online.start()
        self._live = self._demo_day(arguments.speed) if arguments.command == "demo-day" else None
        self.desk.tick()

    def show(self) -> None:
        """Put the window where it was and open it."""
        self.window.restore()
        self.window.area.restore_windows()
        self.backing_up.start()
        self.others.start()
        self.book.learn()
        self._later.when(self.store.submit(lambda: clocks.warning(self.store)), self._tell, self.desk.sorry)
        if self._live is not None:
            self.parts.regional.when_settled(self._live.start)
        if self._no_outbox:
            self.desk.message.emit(self._no_outbox, "error")
        if self._fresh:
            self.window.show_page("settings")
            self.desk.message.emit(self.tr("Welcome. Say first where your depot is; then import orders."), "info")

    def _tell(self, trouble: str) -> None:
        if trouble:
            self.desk.message.emit(trouble, "error")

    def take_picture(self, arguments: argparse.Namespace) -> None:
        """What is wanted is done on the roads, and the picture waits for the lines along them."""
        from dispatch_console.ui.shell import pictured

        shot = Shot(self.window, arguments.out, arguments.size, self._on_picture)
        self.window.show()
        self.parts.when_drawn(shot.expect())
        lined, regional = shot.expect(), self.parts.regional

        def prepare() -> None:
            pictured.prepare(self.window, self.parts, arguments, shot)
            regional.when_lined(lined)

        regional.when_settled(prepare)

    def end(self) -> None:
        """Let go of everything, in order. Once."""
        if self._ended:
            return
        self._ended = True
        self.sign = None  # what is saved from now on is told to nobody
        self.parts.close()
        self.others.close()
        self.backing_up.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.store.close()
        self.saver.close()
        self._garbage.end()

    @property
    def who(self) -> str:
        """Who sits here. A file of one console may know it from before each workstation did."""
        here = self.memory.text(_WHO)
        return here or (self.settings.who if self.store.file is not None else settings_service.user())

    def _now(self) -> dt.datetime:
        return self.desk.clock() if self.sign is not None else dt.datetime.now(dt.UTC)

    # -- opening -------------------------------------------------------------------------------------

    def _choose(self, arguments: argparse.Namespace) -> tuple[Depot, dt.date]:
        """The depot of last time or the first one, and the day asked for or today."""
        depots = self.store.depots()
        depot = next((d for d in depots if d.id == self.settings.depot), depots[0] if depots else None)
        if depot is None:
            depot, self._fresh = fleet.save_depot(self.store, None, beginning.new_depot(), self.who), True
        today = dt.datetime.now(dt.UTC).astimezone().date()
        return depot, arguments.day or today

    def _demo(self, arguments: argparse.Namespace) -> tuple[Depot, dt.date]:
        from dispatch_console.services import sample

        day = sample.day()
        if getattr(arguments, "page", "") == "empty":
            day += dt.timedelta(days=1)
        return sample.ensure(self.store), arguments.day or day

    def _demo_day(self, speed: float) -> DemoPlay:
        from dispatch_console.services import sample
        from dispatch_console.services.demo import script
        from dispatch_console.ui.shell.demo import DemoPlay

        player = script.player(self.session, self.store)
        return DemoPlay(self.desk, player, sample.opened_at(), speed, self)

    def _load(self, date: dt.date) -> Future[Day]:
        depot = self.desk.day.depot.id
        return self.store.submit(lambda: days.open_day(self.store, depot, date))

    def _list_days(self) -> Future[list[dt.date]]:
        depot = self.desk.day.depot.id
        return self.store.submit(lambda: [c.date for c in days.list_days(self.store, depot) if c.orders])

    # -- wiring --------------------------------------------------------------------------------------

    def _needs(self) -> Needs:
        store, file = self.store, self.store.file

        def rename(who: str) -> None:
            self.memory.set_text(_WHO, who)

        def roster(date: dt.date) -> Future[days.Roster]:
            depot = self.desk.day.depot.id
            return store.submit(lambda: days.roster(store, depot, date))

        where, folder = location.shown(store.url), file.parent if file is not None else None
        more = self._set_depot, self.backing_up
        return Needs(store, self.memory, lambda: self.who, rename, roster, where, folder, *more)

    def _hooks(self) -> Hooks:
        return Hooks(
            go_to=self.book.go_to,
            days=self.book.days,
            approve=lambda: day_service.approve(self.session, self.who, self.desk.clock()),
            withdraw=lambda: day_service.withdraw(self.session),
            check=self.parts.departing.check,
            optimise=self.parts.optimising.optimise,
            why_not_optimise=self.parts.optimising.why_not,
            open_files=self.parts.open_files,
            pages=self.parts.pages,
            quitting=self._may_quit,
        )

    def _wire(self) -> None:
        window = self.window
        window.theme_wanted.connect(self.colours.choose)
        self.backing_up.closes(window.close)
        self.book.working.connect(self._on_working)
        self._fault.connect(self._on_fault, Qt.ConnectionType.QueuedConnection)
        logs.catch_all(self._fault.emit)
        self.parts.wire(window)

    def _on_working(self, text: str) -> None:
        if text:
            self.window.show_progress(text, -1)
        else:
            self.window.end_progress()

    def _on_fault(self) -> None:
        self.desk.message.emit(
            self.tr("Something went wrong inside the program; it goes on. See the log."), "error"
        )

    def _on_stale(self) -> None:
        self.session.forget_history()  # its newest steps never reached the store
        self.book.reload()

    def _on_opened(self, _day: Day) -> None:
        self.saver.day_loaded()

    def _on_picture(self, saved: bool) -> None:
        QTimer.singleShot(0, lambda: QApplication.exit(0 if saved else 1))

    def _set_depot(self, after: Depot) -> None:
        """Save the depot's data, then load the day anew: places, times and costs rest on them."""
        before, who = self.desk.day.depot, self.who
        saved = self.store.submit(lambda: fleet.save_depot(self.store, before, after, who))
        self.session.replace_day(replace(self.session.real, depot=after), self, keep_history=True)
        self._later.when(saved, lambda _: self.book.reload(), self._on_depot_trouble)

    def _on_depot_trouble(self, error: BaseException) -> None:
        log.error("the depot could not be saved", exc_info=error)
        told = (
            error.message if isinstance(error, UserError) else self.tr("The depot could not be saved. See the log.")
        )
        self.desk.message.emit(told, "error")
        self.book.reload()

    def _is_saved(self) -> bool:
        return not self.saver.state.pending and self.saver.state.refusal is None

    def _why_not_leave(self) -> str | None:
        if self.saver.state.away_since is not None:
            return self.tr("Another day can be opened as soon as the shared store can be reached again.")
        trouble = self.saver.state.trouble
        return None if trouble is None else f"This day is not saved yet. {trouble.message}"

    def _may_quit(self) -> bool:
        """All is durable or kept for the next start, or the user was told and closes once more; of trials too."""
        if self.parts.trials is not None and not self.parts.trials.may_quit():
            return False
        why = None if self._warned else self.saver.why_not_end(_FLUSH_S)
        if why is None:
            return True
        self._warned = True
        told = self.tr("Not saved: {why} Close once more to leave without saving.").format(why=why)
        self.desk.message.emit(told, "error")
        return False


def _opened(arguments: argparse.Namespace, scratch: Path, memory: Memory, *, ask: bool) -> Store | None:
    """The store; `ask` for a password, and what to do where it cannot be opened (None: nothing, quit)."""
    where = _where(arguments, scratch, memory)
    if arguments.day_file is not None:
        store, arguments.day = day_files.opened(arguments.day_file, scratch)
        return store
    if not ask:
        return open_store(where)
    if isinstance(where, str) and connecting.is_server(where):
        return signing_in.opened(open_store, where, None if arguments.store else memory)
    from dispatch_console.ui.shell import damaged

    return damaged.opened(lambda: open_store(where), where, second_folder(memory))


def _where(arguments: argparse.Namespace, scratch: Path, memory: Memory) -> str | Path | None:
    """The store to open; a picture of the sample depot and its demo day have one of their own, always the same."""
    if arguments.store or not arguments.demo:
        return arguments.store or signing_in.address(memory) or None
    return (scratch if arguments.command else location.default_folder()) / "demo.db"
