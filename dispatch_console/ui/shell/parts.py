"""The panes and pages that fill the window, each built from the desk and wired to its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services.incidents.records import StoreRecords
from dispatch_console.ui.answers.spares import Spares
from dispatch_console.ui.board.pane import BoardPane
from dispatch_console.ui.calls import QueuePane
from dispatch_console.ui.carryover.held import HeldOrders
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.incidents.pane import IncidentsPane
from dispatch_console.ui.map import MapPane
from dispatch_console.ui.orders.pane import OrdersPane
from dispatch_console.ui.shell import planning_actions, settings
from dispatch_console.ui.shell.addressing import Addressing
from dispatch_console.ui.shell.calling import Calling
from dispatch_console.ui.shell.day_files import DayFiles
from dispatch_console.ui.shell.departing import Departing
from dispatch_console.ui.shell.guiding import Guiding
from dispatch_console.ui.shell.helping import Helping
from dispatch_console.ui.shell.keys import caps
from dispatch_console.ui.shell.loading import load
from dispatch_console.ui.shell.needs import Needs
from dispatch_console.ui.shell.newday import NewDay
from dispatch_console.ui.shell.online_addresses import OnlineAddresses
from dispatch_console.ui.shell.optimising import Optimising
from dispatch_console.ui.shell.past import Past
from dispatch_console.ui.shell.regional import Regional
from dispatch_console.ui.shell.sizes import Fit
from dispatch_console.ui.shell.supporting import Supporting
from dispatch_console.ui.shell.trying import Trying
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.timeline.pane import TimelinePane

if TYPE_CHECKING:
    from dispatch_console.domain.day import Day
    from dispatch_console.services.wizards.meeting import Meeting
    from dispatch_console.ui.debrief.page import DebriefPage
    from dispatch_console.ui.fleet.page import FleetPage
    from dispatch_console.ui.importing.page import ImportPage
    from dispatch_console.ui.order_form.panel import OrderForm
    from dispatch_console.ui.printing.print_page import PrintPage
    from dispatch_console.ui.printing.runs import PrintServices
    from dispatch_console.ui.whatif.trials import Trials
    from dispatch_console.ui.wizards.papers import Papers

#: What is not on the first look is made so long after the window is there, with pauses for the user in between.
_FIRST_MS, _PAUSE_MS = 300, 40

#: Width of the panel at the left edge.
_SIDE, _SIDE_NARROW = 456, 400


class Parts:
    """Builds the panes at once, the optimiser's panel and the pages as soon as the window is idle."""

    def __init__(self, desk: Desk, needs: Needs) -> None:
        self._desk, self._needs = desk, needs
        self.orders = OrdersPane(desk)
        self.board = BoardPane(desk)
        self.map = MapPane(desk)
        self.regional = Regional(desk, self.map, needs.memory, desk)
        self.online = OnlineAddresses(desk, needs.memory)
        self.incidents = IncidentsPane(desk)
        self.incidents.use(StoreRecords(needs.store))
        self.queue = QueuePane(desk, self.incidents)
        self.panes: dict[str, QWidget] = {
            "orders": self.orders,
            "board": self.board,
            "map": self.map,
            "timeline": TimelinePane(desk),
            "incidents": self.queue,
        }
        self.past = Past(desk, needs.store)
        #: name → maker, for `Hooks.pages`.
        self.pages: dict[str, Callable[[], QWidget]] = {
            "import": self._make_import,
            "print": self._make_print,
            "fleet": self._make_fleet,
            "carryover": self._make_carryover,
            "debrief": self._make_debrief,
            "history": self.past.make_page,
            "route_history": self.past.make_route_page,
            "settings": self._make_settings,
            "keys": self._make_keys,
            "help": self._make_help,
        }
        self.optimising = Optimising(desk, needs.memory, self._show_side, self.queue.show_new_calls)
        self.helping: Helping | None = None
        self.departing = Departing(desk, self._open_record, self._print_sheets)
        self.calling: Calling | None = None
        self.guiding: Guiding | None = None
        #: Made later: what is typed there and not saved is kept, see `Ended`.
        self.form: OrderForm | None = None
        self.importing: ImportPage | None = None
        self.trials: Trials | None = None
        self._papers: Papers | None = None
        self._closers: list[Callable[[], object]] = [self.optimising.close, self.past.close, self.regional.close]
        self._window: MainWindow | None = None
        self._waiting: list[Callable[[], object]] = []
        self._loader: Thread | None = None

    def wire(self, window: MainWindow) -> None:
        """Connect what one part asks of another, and make the rest when there is time."""
        self._window = window
        self.departing.wire(window)
        self.regional.roading.wire(window)
        self.orders.files_dropped.connect(self._on_dropped)
        self.map.base_changed.connect(self._on_base)
        self.queue.calls.reprint_wanted.connect(self._print_sheets)
        HeldOrders(self._desk, self._needs.store, self.incidents)
        NewDay(self._desk, self.board, self._needs.roster, lambda: window.run_id("fleet.open"))
        self._use_tiles()
        window.keys.expect("Ctrl+I", "import.open", lambda: window.run_id("import.open"))
        window.keys.expect("Ctrl+N", "order.new", self._new_order)
        self.past.wire(window)
        planning_actions.register(self._desk, window)
        self.guiding = Guiding(window)
        self.guiding.hint(self._needs.memory)
        self.calling = calling = Calling(window, self._needs.store, self._needs.who)
        self.helping = helping = Helping(
            window,
            self._needs.store,
            self._needs.who,
            self._print_meetings,
            lambda: self.optimising.planner,
            self.map,
        )
        self._closers += [calling.stop, helping.stop]
        self.trials = Trying(window, calling, self.optimising).trials
        self._closers.append(Addressing(window, self._needs.store, self.map).stop)
        DayFiles(self._desk, self._needs.store, window)
        self._closers.append(Supporting(self._desk, self._needs.store, window).close)
        self._waiting = [
            lambda: calling.strip,
            self.import_page,
            lambda: self.optimising.plan,
            lambda: self.optimising.preview,
            self.print_page,
            self._make_form,
        ]
        self._waiting += [
            Spares(self._desk, self._needs.store).load,
            helping.make,
            self.fleet_page,
            self.debrief_page,
        ]
        QTimer.singleShot(_FIRST_MS, window, self._start_loading)

    def when_drawn(self, call: Callable[..., object]) -> None:
        """`call` when the map has drawn a whole day."""
        self.map.view.shown.connect(call)

    def at_the_end(self, call: Callable[[], object]) -> None:
        """`call` when the parts are closed."""
        self._closers.append(call)

    def close(self) -> None:
        """Free what the parts hold outside themselves: processes, threads."""
        self._waiting.clear()
        if self._loader is not None:
            self._loader.join()
        for close in (self._desk.timed.close, *self._closers):
            close()

    def open_files(self, paths: list[Path]) -> None:
        """Show order files on the import page."""
        self.import_page().open_files(paths)

    def import_page(self) -> ImportPage:
        from dispatch_console.ui.importing.page import ImportPage

        assert self._window is not None
        page = self._window.pages.make("import")
        assert isinstance(page, ImportPage)
        return page

    def print_page(self) -> PrintPage:
        from dispatch_console.ui.printing.print_page import PrintPage

        assert self._window is not None
        page = self._window.pages.make("print")
        assert isinstance(page, PrintPage)
        return page

    def fleet_page(self) -> FleetPage:
        from dispatch_console.ui.fleet.page import FleetPage

        assert self._window is not None
        page = self._window.pages.make("fleet")
        assert isinstance(page, FleetPage)
        return page

    def debrief_page(self) -> DebriefPage:
        from dispatch_console.ui.debrief.page import DebriefPage

        assert self._window is not None
        page = self._window.pages.make("debrief")
        assert isinstance(page, DebriefPage)
        return page

    # -- the optimiser -------------------------------------------------------------------------------

    def _show_side(self, panel: QWidget, paired: bool, shown: bool) -> None:
        window = self._window
        if window is None:
            return
        width = _SIDE if window.area.fit is Fit.WIDE else _SIDE_NARROW
        window.show_side(panel, width, shown, paired=paired)

    # -- where lists lead ----------------------------------------------------------------------------

    def _open_record(self, route: ShiftId, field: str) -> None:
        """The record of a route's driver and his vehicle, at one of its fields."""
        shift = self._desk.day.shifts[route]
        page = self.fleet_page()
        if self._window is not None:
            self._window.show_page("fleet")
        page.seek(shift.driver.id, shift.vehicle.id, field)

    def _print_sheets(self, routes: Sequence[int]) -> None:
        """The print page; with `routes`, their sheets are chosen."""
        if routes:
            self.print_page().choose_sheets([ShiftId(route) for route in routes])
        if self._window is not None:
            self._window.show_page("print")

    # -- made later ----------------------------------------------------------------------------------

    def _start_loading(self) -> None:
        """Load the modules beside the window; what they hold is then made in moments."""
        self._loader = Thread(target=load, name="loading")
        self._loader.start()
        self._next()

    def _next(self) -> None:
        """One piece at a time, so that the window answers in between."""
        window, loader = self._window, self._loader
        if window is None or not self._waiting:
            return
        if loader is None or not loader.is_alive():
            self._waiting.pop(0)()
        QTimer.singleShot(_PAUSE_MS, window, self._next)

    def _make_import(self) -> QWidget:
        from dispatch_console.ui.importing.page import ImportPage

        self.importing = page = ImportPage(self._desk, self._needs.store, self._needs.who)
        page.fleet_file.connect(self._on_fleet_file)
        self._closers.append(page.work.drop)
        return page

    def _make_fleet(self) -> QWidget:
        from dispatch_console.ui.fleet.page import FleetPage

        return FleetPage(self._desk, self._needs.store)

    def _make_debrief(self) -> QWidget:
        from dispatch_console.ui.debrief.page import DebriefPage

        page = DebriefPage(self._desk, self._needs.store)
        self._closers.append(page.close_page)
        return page

    def order_form(self) -> OrderForm:
        self._make_form()
        assert self.form is not None
        return self.form

    def _new_order(self) -> None:
        self._make_form()
        if self._window is not None:
            self._window.run_id("order.new")

    def _make_form(self) -> None:
        from dispatch_console.ui.order_form.panel import OrderForm

        if "order.new" in self._desk.actions:
            return
        assert self._window is not None
        area = self._window.area
        self.form = form = OrderForm(self._desk, self._needs.store, area)
        self._closers.append(form.finding.stop)
        form.opened.connect(self._window.show_main)
        form.opened.connect(lambda: self._beside(form))
        form.closed.connect(lambda: area.show_edge(None))

    def _beside(self, form: OrderForm) -> None:
        """The board makes room for the form, and shows the stop that is in talk still."""
        assert self._window is not None
        self._window.area.show_edge(form)
        if self._desk.current is not None:
            self._desk.reveal.emit(int(self._desk.current))

    def _print_meetings(self, day: Day, meetings: Sequence[Meeting]) -> None:
        from dispatch_console.ui.wizards.papers import Papers

        assert self._window is not None
        if self._papers is None:
            self._papers = Papers(self._desk, self._print_services(), self._window)
            self._closers.append(self._papers.close)
        self._papers.print(day, meetings)

    def _print_services(self) -> PrintServices:
        from dispatch_console.ui.printing.runs import PrintServices

        memory = self._needs.memory
        return PrintServices(
            self._needs.who,
            lambda name: memory.text(f"print/{name}"),
            lambda name, value: memory.set_text(f"print/{name}", value),
        )

    def _make_print(self) -> QWidget:
        from dispatch_console.ui.printing.print_page import PrintPage

        page = PrintPage(self._desk, self._print_services())
        self._closers.append(page.close_page)
        return page

    def _make_carryover(self) -> QWidget:
        from dispatch_console.ui.carryover import CarryoverPage

        return CarryoverPage(self._desk, self._needs.store)

    def _make_keys(self) -> QWidget:
        from dispatch_console.ui.keys_page import KeysPage

        assert self._window is not None
        keys = self._window.keys
        return KeysPage(self._desk, lambda action: caps(keys.of(action)), keys.change, keys.reset)

    def _make_help(self) -> QWidget:
        assert self.guiding is not None, "the window is wired"
        return self.guiding.make_page()

    def _make_settings(self) -> QWidget:
        assert self._window is not None
        use = settings.Uses(self.optimising, self.incidents, self._set_tiles, self.regional, self.online)
        page = settings.make_page(self._window, self._needs, use)
        self._closers.insert(0, page.region.builder.close)
        return page

    def _on_fleet_file(self, path: Path) -> None:
        page = self.fleet_page()
        if self._window is not None:
            self._window.show_page("fleet")
        page.open_file(path)

    def _on_dropped(self, paths: list[str]) -> None:
        self.open_files([Path(path) for path in paths])

    # -- the background of the map -------------------------------------------------------------------

    def _on_base(self, choice: str) -> None:
        self._needs.memory.set_text("map/tiles", choice)

    def _set_tiles(self, choice: str) -> None:
        self.map.set_base(choice)
        self._needs.memory.set_text("map/tiles", choice)

    def _use_tiles(self) -> None:
        """The background of last time; a file that is gone is told, and the plain map stays."""
        choice = self._needs.memory.text("map/tiles")
        if choice:
            try:
                self.map.set_base(choice)
            except UserError as error:
                self._desk.message.emit(error.message, "error")
