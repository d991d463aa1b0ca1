"""The sample depot in the region of its own town, unless the user chooses another one for it, or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot
from dispatch_console.services.regions import current
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.regional import Regional
from dispatch_console.ui.shell.sample_town import SampleTown
from dispatch_console.ui.shell.window import MainWindow

#: Where the choice for the sample depot is kept; as long as nothing is said there, it is the town. What is chosen
#: for a depot of the user's is not touched.
SAMPLE_KEY = "sample/region"


def late_orders() -> Path:
    """An order file to try."""
    return resources.path("sample", "late-orders.csv")


class InTown(QObject):
    """`working(done 0 … 1, seconds left or None)` while the pack of the town is built, `ended()` after that."""

    working = Signal(float, object)
    ended = Signal()

    def __init__(
        self, desk: Desk, regional: Regional, memory: Memory, open_files: Callable[[list[Path]], object]
    ) -> None:
        super().__init__(regional)
        self._desk, self._regional, self._memory = desk, regional, memory
        self._returning = False
        self.town = SampleTown(current.built_folder(), regional.ask, self)
        self.town.working.connect(self.working)
        self.town.ended.connect(self.ended)
        self.town.ready.connect(self._on_ready)
        self.town.failed.connect(self._on_failed)
        regional.key, regional.own = SAMPLE_KEY, self.town
        desk.files.offer("orders", late_orders().parent)
        desk.actions.add(
            Action(
                "import.sample",
                self.tr("Try a file of the sample town"),
                lambda: open_files([late_orders()]),
                icon="ph.file-arrow-down",
                group=self.tr("Import"),
                hint=self.tr("late orders, with slips in the addresses"),
            )
        )
        desk.actions.add(
            Action(
                "region.sample",
                self.tr("Use the sample’s region"),
                self._return,
                icon="ph.map-trifold",
                group=self.tr("Map"),
                hint=self.tr("roads, addresses and map of its town"),
                why_not=self._why_not,
            )
        )

    def go_on_without(self) -> None:
        """The build is stopped for this time; the next start begins anew."""
        self.town.stop()
        self._desk.message.emit(self._goes_on(), "info")
        self._regional.settle()

    def _return(self) -> None:
        self._returning = True
        self._memory.forget(SAMPLE_KEY)
        self._regional.start()

    def _why_not(self) -> str | None:
        pack = self._desk.region.pack
        if self.town.busy:
            return self.tr("It is being built.")
        if pack is not None and pack.folder == self.town.folder:
            return self.tr("It is in use.")
        return self._regional.why_not()

    def _on_ready(self, folder: Path) -> None:
        self._regional.open(folder, told=self.town.is_new or self._returning)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._desk.message.emit(f"{error.message} {self._goes_on()}", "error")
            self._regional.settle()
        else:
            self._regional.refused(error)

    def _goes_on(self) -> str:
        return self.tr("The sample goes on with estimated roads.")


def stand_by(
    window: MainWindow, depot: Depot, regional: Regional, memory: Memory, open_files: Callable[[list[Path]], object]
) -> None:
    """If the depot is the sample's: let it have its town, and show how far that is."""
    from dispatch_console.services import sample

    if not sample.is_in_town(depot):
        return
    town = InTown(window.desk, regional, memory, open_files)
    words = town.tr("Building the map of the sample town")

    def show(done: float, left_s: float | None) -> None:
        window.show_progress(words, done, left_s, town.go_on_without)

    town.working.connect(show)
    town.ended.connect(window.end_progress)
