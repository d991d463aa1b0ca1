"""The form of one record of the fleet: who drives, with what, when, and at what cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain.fleet import Depot, Vehicle
from dispatch_console.services import fleet_fields
from dispatch_console.services.fleet_record import Record
from dispatch_console.ui.fleet.model import WEEKDAYS
from dispatch_console.ui.fleet.rules import RulesGroup
from dispatch_console.ui.order_form.boxes import TextBox, Trouble, side_by_side
from dispatch_console.ui.widgets import Button, Line, Text
from dispatch_console.ui.widgets.arranging import pile, scrolling_form

_ALL_DAYS = frozenset(range(7))
_WORKDAYS = frozenset(range(5))


class DayToggles(QWidget):
    """Seven buttons, Monday first. `typed` when one is clicked."""

    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = Trouble()
        self.buttons = [Button(name) for name in WEEKDAYS]
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self.buttons:
            button.setCheckable(True)
            button.clicked.connect(self.typed)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Text(self.tr("Weekdays"), "secondary", "tx2"))
        column.addLayout(row)
        column.addWidget(self.trouble)

    @property
    def days(self) -> frozenset[int]:
        return frozenset(day for day in _ALL_DAYS if self.buttons[day].isChecked())

    def show_days(self, days: frozenset[int]) -> None:
        for day, button in enumerate(self.buttons):
            button.setChecked(day in days)


class FleetForm(QWidget):
    """`typed()`: something was changed by hand. `aim`: the field to go to when the next record is shown."""

    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.boxes: dict[str, TextBox] = {
            "name": TextBox(tr("Name")),
            "phone": TextBox(tr("Phone")),
            "driver_skills": TextBox(tr("Skills"), tr("such as two-man")),
            "licence": TextBox(tr("Licence until"), tr("day.month.year")),
            "vehicle": TextBox(tr("Name"), tr("a new one, or one of the fleet")),
            "plate": TextBox(tr("Plate")),
            "kg": TextBox(tr("kg"), tr("no limit")),
            "m3": TextBox(tr("m³"), tr("no limit")),
            "pieces": TextBox(tr("Pieces"), tr("no limit")),
            "vehicle_skills": TextBox(tr("Equipment"), tr("such as tail-lift")),
            "inspection": TextBox(tr("Inspection until"), tr("day.month.year")),
            "no_zones": TextBox(tr("May not enter"), tr("zones")),
            "start": TextBox(tr("From"), tr("no shift")),
            "end": TextBox(tr("To"), tr("no shift")),
            "start_place": TextBox(tr("Starts at"), tr("depot")),
            "end_place": TextBox(tr("Ends at"), tr("as start, or open")),
            "hour": TextBox(tr("Cost per hour"), "0.00"),
            "km": TextBox(tr("Per km"), "0.00"),
            "fixed": TextBox(tr("Per day"), "0.00"),
            "max_stops": TextBox(tr("Most stops"), tr("no limit")),
        }
        self.rules = RulesGroup()
        self.boxes |= self.rules.boxes
        self.days = DayToggles()
        self._vehicles: dict[str, Vehicle] = {}
        self._base = Record()
        self.aim = ""
        self._proposed: fleet_fields.Proposal | None = None
        self._shown: tuple[dict[str, str], frozenset[int]] = {}, frozenset()
        self.note = Text("", "secondary", "amb")
        self.note.setWordWrap(True)
        self._lay_out()
        for box in self.boxes.values():
            box.typed.connect(self.typed)
        self.typed.connect(self._show_note)
        self.days.typed.connect(self.typed)
        self.rules.kind.typed.connect(self.typed)
        self.boxes["vehicle"].left.connect(self._on_vehicle)

    def _lay_out(self) -> None:
        box, inside = self.boxes, QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(Text(self.tr("Driver"), "pane"))
        column.addLayout(side_by_side((box["name"], 1), (box["phone"], 1)))
        column.addLayout(side_by_side((box["driver_skills"], 3), (box["licence"], 2)))
        column.addSpacing(2)
        column.addWidget(Line(token="line2"))
        column.addWidget(Text(self.tr("Vehicle"), "pane"))
        column.addLayout(side_by_side((box["vehicle"], 3), (box["plate"], 2)))
        column.addLayout(side_by_side((box["kg"], 1), (box["m3"], 1), (box["pieces"], 1)))
        column.addLayout(side_by_side((box["vehicle_skills"], 4), (box["no_zones"], 3), (box["inspection"], 3)))
        column.addSpacing(2)
        column.addWidget(Line(token="line2"))
        column.addWidget(Text(self.tr("Shift"), "pane"))
        column.addLayout(side_by_side((box["start"], 1), (box["end"], 1), (box["max_stops"], 2)))
        column.addWidget(self.note)
        column.addWidget(self.days)
        column.addLayout(side_by_side((box["start_place"], 1), (box["end_place"], 1)))
        column.addLayout(side_by_side((box["hour"], 1), (box["km"], 1), (box["fixed"], 1)))
        column.addSpacing(2)
        column.addWidget(Line(token="line2"))
        column.addWidget(self.rules)
        column.addStretch(1)
        scroll = scrolling_form(inside)
        pile(self, scroll, grows=scroll)

    # --- showing and reading ---

    def show_record(self, record: Record, proposed: fleet_fields.Proposal | None = None) -> None:
        """`proposed`: the shift of somebody new, as if it had been typed."""
        self._base, self._proposed = record, proposed
        texts = {**fleet_fields.texts_of(record), **(proposed.texts if proposed else {})}
        for name, box in self.boxes.items():
            box.show_kept(texts[name])
        self.rules.show_kind(texts["break_kind"])
        kept = record.pattern.weekdays if record.pattern else _WORKDAYS
        self.days.show_days(proposed.weekdays if proposed else kept)
        self._shown = self._texts(), self.days.days
        self.clear_problems()
        self._show_note()
        if self.aim and record.driver is not None:
            self.boxes[self.aim].focus()
            self.aim = ""

    def _show_note(self) -> None:
        """Whoever clears the hours is told what that means, before he saves it."""
        works = fleet_fields.has_hours(self._texts())
        name = self.boxes["name"].text.strip()
        beside = (self.boxes[name] for name in fleet_fields.BESIDE_HOURS if name in self.boxes)
        for box in (self.days, self.rules.kind, *beside):
            box.setEnabled(works)
        self.note.setText(self.tr("Without hours {name} gets no shift.").format(name=name))
        self.note.setVisible(bool(name) and not works)

    def _texts(self) -> dict[str, str]:
        return {**{name: box.text for name, box in self.boxes.items()}, **self.rules.pause_texts()}

    def offer_vehicles(self, vehicles: Sequence[Vehicle]) -> None:
        """The fleet's vehicles, to be chosen by name."""
        self._vehicles = {vehicle.name.casefold(): vehicle for vehicle in vehicles}
        completer = QCompleter([vehicle.name for vehicle in vehicles], self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.boxes["vehicle"].field.setCompleter(completer)

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return (self._texts(), self.days.days) != self._shown

    @property
    def base(self) -> Record:
        return self._base

    def reading(self, depot: Depot, today: dt.date) -> fleet_fields.FleetReading:
        """What was typed, on the record that is shown; another vehicle's name means that vehicle."""
        texts = self._texts()
        base = self._with_vehicle(texts["vehicle"])
        return fleet_fields.read(texts, base, self.days.days, depot, today, self._proposed)

    def _with_vehicle(self, name: str) -> Record:
        """The base with the vehicle that the name means: its own, another of the fleet, or a new one."""
        base, known = self._base, self._vehicles.get(name.strip().casefold())
        if known is not None and (base.vehicle is None or known.id != base.vehicle.id):
            return Record(base.driver, known, base.pattern)
        return base

    def _on_vehicle(self) -> None:
        """Another vehicle of the fleet brings its own plate and capacity."""
        chosen = self._with_vehicle(self.boxes["vehicle"].text)
        if chosen.vehicle is None or chosen.vehicle == self._base.vehicle:
            return
        texts = fleet_fields.texts_of(chosen)
        for name in fleet_fields.VEHICLE:
            self.boxes[name].set_text(texts[name])

    # --- problems ---

    def show_problems(self, reading: fleet_fields.FleetReading) -> None:
        self.clear_problems()
        for name, problem in reading.problems.items():
            if name == "weekdays":
                self.days.trouble.show_problem(problem.sentence)
            else:
                self.boxes[name].show_problem(*problem)
        first = next((name for name in self.boxes if name in reading.problems), None)
        if first is not None:
            self.boxes[first].focus()

    def clear_problems(self) -> None:
        self.days.trouble.show_problem("")
        for box in self.boxes.values():
            box.show_problem()

    def focus(self) -> None:
        self.boxes["name" if self._base.driver or not self._base.vehicle else "vehicle"].focus()
