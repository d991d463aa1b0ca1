"""One area of the day's roads: what it is, until when, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from dispatch_console.domain import road_changes as rules
from dispatch_console.domain import saying
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.region import AreaKind
from dispatch_console.domain.road_changes import RoadChange
from dispatch_console.services import road_changes
from dispatch_console.services.road_changes import Wanted
from dispatch_console.ui.widgets import Button, Field, Line, Segments, Text
from dispatch_console.ui.widgets.arranging import in_a_row

KINDS: tuple[AreaKind, ...] = ("closed", "avoid", "slow")
#: So many days ahead can be chosen from.
_DAYS = 14
USUAL_PERCENT = 20


class AreaForm(QWidget):
    """`changed(wanted)`: the fields say something else of the area that is shown; `removed()`; `refused(text)`: a
    field cannot be read, and shows again what counts."""

    changed = Signal(object)
    removed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one: RoadChange | None = None
        self.kind = Segments((self.tr("Closed"), self.tr("Avoid"), self.tr("Slow")))
        self.percent = Field(self.tr("such as 20 %"))
        self.until = QComboBox()
        self.note = Field(self.tr("such as market, flood, snow"))
        self.remove = Button(self.tr("Remove"), "ph.trash", key="Del")
        self._lay_out()
        self.kind.chosen.connect(self._on_chosen)
        self.until.activated.connect(self._on_chosen)
        self.percent.editingFinished.connect(self._tell)
        self.note.editingFinished.connect(self._tell)
        self.remove.clicked.connect(self.removed)

    def show_area(self, one: RoadChange | None, date: dt.date) -> None:
        """`date`: the open day; that one and days after it can be its last."""
        self._one = one
        self.setVisible(one is not None)
        if one is None:
            return
        area = one.area
        self.kind.choose(KINDS.index(area.kind))
        self.percent.setText(f"{rules.percent(area) if area.kind == 'slow' else USUAL_PERCENT} %")
        self.percent.setEnabled(area.kind == "slow")
        if not self.note.hasFocus() or self.note.text().strip() == area.note:
            self.note.setText(area.note)
        days = {date + dt.timedelta(days=n) for n in range(_DAYS + 1)} | {one.until}
        self.until.clear()
        for day in sorted(days):
            text = self.tr("this day only") if day == date else self.tr("until {0}").format(saying.date(day))
            self.until.addItem(text, day.isoformat())
        self.until.setCurrentIndex(self.until.findData(one.until.isoformat()))

    def wanted(self) -> Wanted | None:
        """What the fields say. UserError for a percentage that is none."""
        if self._one is None:
            return None
        kind = KINDS[self.kind.index]
        factor = road_changes.factor(self.percent.text()) if kind == "slow" else 1.0
        until = dt.date.fromisoformat(self.until.currentData())
        return Wanted(replace(self._one.area, kind=kind, factor=factor, note=self.note.text().strip()), until)

    def _on_chosen(self, _index: int) -> None:
        self._tell()

    def _tell(self) -> None:
        one = self._one
        try:
            wanted = self.wanted()
        except UserError as error:
            self.refused.emit(error.message)
            self.percent.setText(f"{USUAL_PERCENT if one is None else rules.percent(one.area)} %")
            return
        if one is not None and wanted is not None and wanted != Wanted(one.area, one.until):
            self.changed.emit(wanted)

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(8)
        rows.setColumnStretch(1, 1)
        named: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Roads are"), self.kind),
            (self.tr("Slower by"), self.percent),
            (self.tr("Counts"), self.until),
            (self.tr("Note"), self.note),
        )
        for n, (name, field) in enumerate(named):
            label = Text(name, "data", "tx2")
            label.setBuddy(field)
            field.setAccessibleName(name)
            rows.addWidget(label, n, 0)
            rows.addWidget(field, n, 1)
        rows.addWidget(in_a_row(self.remove), len(named), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Line())
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 8, 12, 12)
        inside.addLayout(rows)
        column.addLayout(inside)
