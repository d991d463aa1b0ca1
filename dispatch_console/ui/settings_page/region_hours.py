"""The table of rush hours: when they begin, and how many times as long roads take. Each change counts when it is
made, for regions that are built from then on; a region says with its roads what it was built with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from dispatch_console.services.regions import hours as service
from dispatch_console.services.regions.hours import RushHours
from dispatch_console.ui.settings_page.region_deeds import RegionDeeds
from dispatch_console.ui.widgets import Button, Text

_LABEL, _FIELD = 120, 64


class HoursTable(QWidget):
    """Hidden until rush hours are wanted."""

    def __init__(self, deeds: RegionDeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self.starts: list[QLineEdit] = []
        self.factors: list[list[QLineEdit]] = []
        self.usual = Button(self.tr("As usual"), kind="link", size=24)
        self.usual.clicked.connect(lambda: self._take(lambda: service.USUAL))
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnMinimumWidth(0, _LABEL)
        self._rows.setColumnStretch(7, 1)
        self._build()
        self.refresh()
        self.hide()

    def refresh(self) -> None:
        """Show what counts now."""
        now = self._deeds.hours()
        for field, start in zip(self.starts, now.starts, strict=True):
            field.setText(service.clock(start))
        for fields, row in zip(self.factors, now.factors, strict=True):
            for field, factor in zip(fields, row, strict=True):
                field.setText(f"{factor:.2f}")
        self.usual.setVisible(now != service.USUAL)

    def _build(self) -> None:
        heads = (self.tr("from"), self.tr("Motorways"), self.tr("Main roads"), self.tr("Through roads"),
                 self.tr("Streets"))  # fmt: skip
        for column, name in enumerate(heads, 1):
            self._rows.addWidget(Text(name, "secondary", "tx3"), 0, column)
        names = (self.tr("Morning"), self.tr("Midday"), self.tr("Evening"), self.tr("Free again"))
        for at, name in enumerate(names):
            self._rows.addWidget(Text(name, "data", "tx2"), at + 1, 0)
            start = self._field(at, 0, f"{name}, {heads[0]}")
            start.editingFinished.connect(lambda at=at: self._take_start(at))
            self.starts.append(start)
        for period, name in enumerate(names[:-1]):
            row = [self._field(period, n, f"{name}, {head}") for n, head in enumerate(heads[1:], 1)]
            for group, field in enumerate(row):
                field.editingFinished.connect(lambda p=period, g=group: self._take_factor(p, g))
            self.factors.append(row)
        note = self.tr("How many times as long as on a free road: 1.25 is a quarter more. For the next build.")
        self._rows.addWidget(Text(note, "secondary", "tx3"), len(names), 2, 1, 5)
        self._rows.addWidget(self.usual, 1, 6)

    def _field(self, row: int, column: int, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setFixedWidth(_FIELD)
        field.setAccessibleName(name)
        self._rows.addWidget(field, row + 1, column + 1)
        return field

    def _take_start(self, at: int) -> None:
        text = self.starts[at].text()
        self._take(lambda: service.with_start(self._deeds.hours(), at, text))

    def _take_factor(self, period: int, group: int) -> None:
        text = self.factors[period][group].text()
        self._take(lambda: service.with_factor(self._deeds.hours(), period, group, text))

    def _take(self, changed: Callable[[], RushHours]) -> None:
        self._deeds.do(lambda: self._deeds.set_hours(changed()))
        self.refresh()
