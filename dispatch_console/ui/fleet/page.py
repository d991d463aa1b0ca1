"""The page of the fleet in the window's stack."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId, DriverId, VehicleId
from dispatch_console.services import days, dispatch, fleet, fleet_fields, fleet_files, fleet_record
from dispatch_console.services.fleet_files import FleetOutcome
from dispatch_console.services.fleet_record import Fleet, Record, Roster, Saving, Store, WideChange
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.fleet import actions
from dispatch_console.ui.fleet.editor import Editor
from dispatch_console.ui.fleet.report import ImportReport
from dispatch_console.ui.fleet.steps import Steps
from dispatch_console.ui.fleet.table import FleetTable
from dispatch_console.ui.later import Later
from dispatch_console.ui.models.words import count
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, Line, PageHead
from dispatch_console.ui.widgets.own_page import OwnPage

log = logging.getLogger(__name__)

SIDE = 420
FILES = "Drivers and vehicles (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods);;All files (*)"


class FleetPage(OwnPage):
    """Signals: `opened` the page wants to be shown · `closed` back to the day.

    The dialog for files is the system's; `ask_open` may be another.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._later = Later(self)
        self._steps = Steps(desk, store, self._sorry, self)
        self._fleet = Fleet()
        self._wanted: tuple[int, int, int] | None = None
        self._sought: tuple[DriverId, VehicleId] | None = None
        self._touched = self._warned = False
        self._version = -1
        self.ask_open: Callable[[QWidget], str] = self._ask_open
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self._lay_out()
        self._connect()
        actions.register(desk, self)

    def _build(self) -> None:
        self.head = PageHead(self.tr("Drivers, vehicles and shifts"))
        self.use = Button("", "ph.calendar-check", size=32)
        self.file = Button(self.tr("Import file…"), "ph.file-arrow-down", size=32)
        self.add = Button(self.tr("Add driver"), "ph.plus", size=32, key="Ins")
        for tool in (self.use, self.file, self.add):
            self.head.add_tool(tool)
        self.table = FleetTable()
        self.setFocusProxy(self.table)  # who comes to the page walks it by arrows
        self.empty_file = Button(self.tr("Import file…"), kind="primary", size=32)
        self.empty_add = Button(self.tr("Add driver"), size=32, key="Ins")
        self.empty = EmptyState(
            "ph.truck",
            self.tr("No drivers yet"),
            self.tr("Drop a list of drivers and vehicles here, or type them one by one."),
            [self.empty_file, self.empty_add],
        )
        self.editor = Editor()
        self.form = self.editor.form
        self.report = ImportReport()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(SIDE)
        self._side = QStackedLayout(side)
        self._side.addWidget(self.editor)
        self._side.addWidget(self.report)
        self._left = QStackedLayout()
        self._left.addWidget(self.table)
        self._left.addWidget(self.empty)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(self._left, 1)
        body.addWidget(Line(upright=True))
        body.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.head.back.connect(self.leave)
        self.use.clicked.connect(self.use_shifts)
        for button in (self.file, self.empty_file):
            button.clicked.connect(self.choose_file)
        for button in (self.add, self.empty_add):
            button.clicked.connect(self.new_record)
        table = self.table
        table.chosen.connect(self._on_chosen)
        table.weekday_wanted.connect(self._on_weekday)
        table.absence_wanted.connect(self._on_absence)
        table.open_wanted.connect(self.form.focus)
        self.form.typed.connect(self._on_typed)
        self.editor.save.clicked.connect(self.save)
        self.editor.today.clicked.connect(self.also_today)
        self.report.closed.connect(lambda: self._side.setCurrentIndex(0))
        self._desk.day_changed.connect(self._on_day)
        self._desk.theme_changed.connect(self.update)

    # --- what is shown ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.reload()

    def reload(self, wanted: tuple[int, int, int] | None = None) -> None:
        """Load the fleet anew; `wanted` is the record to be chosen then."""
        self._wanted = wanted or self._wanted
        self._version = self._desk.session.fleet_version
        depot = self._desk.day.depot.id
        self._later.when(self._store.submit(lambda: fleet.load(self._store, depot)), self._on_loaded, self._sorry)

    def seek(self, driver: DriverId, vehicle: VehicleId, field: str = "") -> None:
        """Choose the record of a driver with this vehicle, else his first one, once it is loaded; go to `field`."""
        self._sought, self.form.aim = (driver, vehicle), field
        self.reload()

    def _found(self, records: Sequence[Record]) -> tuple[int, int, int] | None:
        """The key of the record that is sought; it is sought once."""
        if self._sought is None:
            return None
        (driver, vehicle), self._sought = self._sought, None
        his = [record for record in records if record.driver is not None and record.driver.id == driver]
        with_it = [record for record in his if record.vehicle is not None and record.vehicle.id == vehicle]
        return next((record.key for record in (*with_it, *his)), None)

    def _on_loaded(self, kept: Fleet) -> None:
        self._fleet = kept
        records = fleet_record.records(kept)
        current = self.table.record
        key = self._wanted or self._found(records) or (current.key if current else None)
        self._wanted = None
        self.form.offer_vehicles(kept.vehicles)
        self.table.rows.show(records, self._desk.day)
        self._left.setCurrentWidget(self.table if records else self.empty)
        row = self.table.rows.row_of(key) if key else None
        if records and not self._touched:
            side = self._side.currentIndex()
            self.table.choose(row if row is not None else 0)
            self._side.setCurrentIndex(side)
            self._show(records[row if row is not None else 0])
        elif not records and not self._touched:
            self._show(Record())
        self._show_head()

    def _show_head(self) -> None:
        kept, day = self._fleet, self._desk.day
        absent = sum(shift.absent for shift in day.shifts.values())
        parts = [count(len(kept.drivers), self.tr("driver")), count(len(kept.vehicles), self.tr("vehicle"))]
        parts.append(self.tr("{n} shifts today").format(n=len(day.shifts)))
        if absent:
            parts.append(self.tr("{n} absent").format(n=absent))
        self.head.set_note(" · ".join(parts))
        n = fleet_record.usual_shifts(kept, day.date)
        self.use.setVisible(not day.shifts and n > 0)
        self.use.set_kind("primary" if not day.shifts else "normal")
        self.use.set_label(self.tr("Use {day}'s {n} shifts").format(day=saying.weekday(day.date), n=n))

    def _show(self, record: Record) -> None:
        proposed = fleet_fields.proposal(self._fleet) if record == Record() else None
        self.editor.show_record(record, actions.removals(record, self._depot(), self), proposed)
        self._touched = self._warned = False
        self._show_head()

    def _on_chosen(self, record: Record) -> None:
        self._side.setCurrentIndex(0)
        if record.key == self.form.base.key:
            return
        if self._touched:
            self.editor.warn(self.tr("Save first: Ctrl+Enter. Esc drops what you typed."))
            row = self.table.rows.row_of(self.form.base.key)
            QTimer.singleShot(0, lambda: self.table.choose(row) if row is not None else self.table.choose_none())
            return
        self._show(record)

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if before.shifts is not after.shifts or before.date != after.date:
            self.table.rows.show(self.table.rows.records, after)
            self._show_head()
        if self.isVisible() and self._version != self._desk.session.fleet_version:
            self.reload()  # undone, redone, or another day was loaded; hidden, the page loads when it is shown

    # --- typing and saving ---

    def _on_typed(self) -> None:
        self._touched, self._warned = self.form.changed, False
        self.editor.warn("")

    def new_record(self) -> None:
        """An empty form for one more driver."""
        self._side.setCurrentIndex(0)
        self.table.choose_none()
        self._show(Record())
        self.form.focus()

    def save(self) -> None:
        """Write the form, all or nothing. What cannot be read is said beside its field."""
        reading = self.form.reading(self._desk.day.depot, self._desk.today)
        self.form.show_problems(reading)
        if reading.problems or self._must_wait():
            return
        before, after = self.form.base, reading.record
        if not (after.driver or after.vehicle):
            self.editor.warn(self.tr("Type a driver or a vehicle first."))
            return
        store, depot = self._store, self._depot()
        self._steps.make(lambda: fleet_record.saving(store, depot, before, after), _change_of, self._on_saved)

    def _on_saved(self, saved: Saving) -> None:
        driver, vehicle, pattern = saved.record.driver, saved.record.vehicle, saved.record.pattern
        name = driver.name if driver else vehicle.name if vehicle else ""
        idle = driver is not None and pattern is None
        said = self.tr("{name} is saved, without a shift.") if idle else self.tr("{name} is saved.")
        self._done(said.format(name=name), saved.record.key)

    def _on_weekday(self, record: Record, weekday: int, on: bool) -> None:
        store, depot = self._store, self._depot()
        self._steps.make(
            lambda: fleet_record.set_weekday(store, depot, record, weekday, on), _change_of, self._on_saved
        )

    def remove(self, prepare: Callable[[], WideChange], said: str) -> None:
        """Take something out of the fleet; `said` once it is done."""
        self._steps.make(prepare, lambda change: change, lambda _: self._done(said))

    def _done(self, said: str, chosen: tuple[int, int, int] | None = None) -> None:
        self._touched = False
        self.reload(chosen)
        self._desk.message.emit(said, "info")

    def _must_wait(self) -> bool:
        if self.is_busy:
            self._desk.message.emit(self.tr("Wait a moment: the last step is still being made."), "info")
        return self.is_busy

    @property
    def is_busy(self) -> bool:
        """A step is being made."""
        return self._steps.busy

    @property
    def store(self) -> Store:
        return self._store

    def _depot(self) -> DepotId:
        return self._desk.day.depot.id

    # --- the open day ---

    def toggle_absent(self) -> None:
        """Mark the chosen driver absent on the open day, or back again."""
        self._on_absence(self.table.currentIndex().row())

    def _on_absence(self, row: int) -> None:
        if not 0 <= row < len(self.table.rows.records):
            return
        shifts = self.table.rows.shifts(row)
        record = self.table.rows.records[row]
        if not shifts:
            name = record.driver.name if record.driver else self.tr("This vehicle")
            self._desk.message.emit(self.tr("{name} has no shift on this day.").format(name=name), "info")
            return
        absent = not all(shift.absent for shift in shifts)
        for shift in shifts:
            if shift.absent != absent:
                self._desk.do(dispatch.set_absent, self._desk.session, shift.id, absent, self)

    def use_shifts(self) -> None:
        """Give the open day the shifts of its weekday."""
        self._with_roster(lambda roster: days.use_shifts(self._desk.session, roster, self))

    def also_today(self) -> None:
        """Give the open day the chosen driver's shift as it is now, saving first what is typed."""
        record = self.table.record
        if record is None or record.driver is None:
            return
        if self._touched:
            self._desk.message.emit(self.tr("Save first: Ctrl+Enter."), "info")
            return
        id, name = record.driver.id, record.driver.name

        def take(roster: Roster) -> None:
            fleet_record.also_today(self._desk.session, roster, id, self)
            said = self.tr("{name} works like this today too. Ctrl+Z takes it back.").format(name=name)
            self._desk.message.emit(said, "info")

        self._with_roster(take)

    def _with_roster(self, then: Callable[[Roster], object]) -> None:
        desk, day, store = self._desk, self._desk.day, self._store
        self._later.when(
            store.submit(lambda: days.roster(store, day.depot.id, day.date)),
            lambda found: desk.with_times(lambda: days.places_of(found, desk.day), lambda: then(found)),
            self._sorry,
        )

    # --- files ---

    def choose_file(self) -> None:
        path = self.ask_open(self)
        if path:
            self.open_file(path)

    def _ask_open(self, parent: QWidget) -> str:
        return self._desk.files.open_one(parent, "fleet", self.tr("Import drivers and vehicles"), FILES)

    def open_file(self, path: str | Path) -> None:
        """Take a list of drivers and vehicles in; what could not be taken is listed at the side."""
        self.opened.emit()
        file, store, depot, date = Path(path), self._store, self._desk.day.depot, self._desk.day.date
        self._desk.message.emit(self.tr("Reading {name}…").format(name=file.name), "info")
        self._steps.make(
            lambda: fleet_files.prepare_file(store, depot, file, date),
            lambda outcome: outcome.change,
            lambda outcome: self._on_imported(file.name, outcome),
        )

    def _on_imported(self, name: str, outcome: FleetOutcome) -> None:
        said = self.tr("{name}: {drivers}, {vehicles}, {shifts} new or changed").format(
            name=name,
            drivers=count(outcome.drivers, self.tr("driver")),
            vehicles=count(outcome.vehicles, self.tr("vehicle")),
            shifts=count(outcome.patterns, self.tr("shift")),
        )
        rejected = len(outcome.result.rejected)
        said += self.tr(", {n} rows not taken.").format(n=rejected) if rejected else "."
        self._done(said)
        self.report.show_outcome(name, outcome)
        if rejected or outcome.notes:
            self._side.setCurrentIndex(1)

    # --- leaving ---

    def leave(self) -> None:
        """Back to the day. What was typed and not saved is named once before it goes."""
        if self._touched and not self._warned:
            self._warned = True
            self.editor.warn(self.tr("What you typed is not saved. Esc again drops it, Ctrl+Enter saves it."))
            return
        self._touched = False
        self._side.setCurrentIndex(0)
        self.closed.emit()

    def _sorry(self, error: BaseException) -> None:
        self._desk.sorry(error)
        if isinstance(error, UserError):
            self.editor.warn(error.message)

    # --- keys, drops, paint ---

    def key_action(self, event: QKeyEvent) -> Callable[[], object] | None:
        keys: dict[str, Callable[[], object]] = {
            "Esc": self.leave,
            "Ctrl+Return": self.save,
            "Ctrl+Enter": self.save,
            "Ins": self.new_record,
        }
        pressed = QKeySequence(event.keyCombination()).toString()
        if self.table.hasFocus() and event.type() == QEvent.Type.ShortcutOverride and pressed in _OF_TABLE:
            return lambda: None  # the table's own: they come to it as ordinary keys
        return keys.get(pressed)

    def take_files(self, paths: list[Path]) -> None:
        self.open_file(paths[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))


def _change_of(saved: Saving) -> WideChange:
    return saved.change


_OF_TABLE = frozenset([*"1234567A", "Space", "Return", "Enter", "F2"])
