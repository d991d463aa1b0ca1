"""The side of the page: the form with its head, a line for warnings, and what can be done with the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from dispatch_console.services.fleet_fields import Proposal
from dispatch_console.services.fleet_record import Record
from dispatch_console.ui.fleet.form import FleetForm
from dispatch_console.ui.widgets import Button, PaneHead, Text
from dispatch_console.ui.widgets.arranging import pile


class Editor(QWidget):
    """Its buttons are the page's to connect: `save`, `today`; `remove` opens a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PaneHead("")
        self.form = FleetForm()
        self.warning = Text("", "secondary", "amb")
        self.warning.setWordWrap(True)
        self.warning.setContentsMargins(12, 6, 12, 0)
        self.warning.hide()
        self.save = Button(self.tr("Save"), kind="primary", size=32, key="Ctrl+↵")
        self.today = Button(self.tr("Also today"), size=32)
        self.remove = Button(self.tr("Remove"), "ph.trash", kind="quiet", size=32, caret=True)
        self._menu = QMenu(self)
        self.remove.set_menu(self._menu)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.today)
        foot.addWidget(self.save)
        pile(self, self.head, self.form, self.warning, foot, grows=self.form)

    def show_record(
        self,
        record: Record,
        removals: Sequence[tuple[str, Callable[[], object]]],
        proposed: Proposal | None = None,
    ) -> None:
        """`proposed`: see `FleetForm.show_record`."""
        self.form.show_record(record, proposed)
        self.warn("")
        some = record.driver.name if record.driver else record.vehicle.name if record.vehicle else ""
        self.head.set_title(some or self.tr("New driver"))
        self.remove.setVisible(bool(removals))
        self.today.setVisible(record.driver is not None and record.pattern is not None)
        self._menu.clear()
        for text, run in removals:
            self._menu.addAction(text, run)

    @property
    def removals(self) -> QMenu:
        return self._menu

    def warn(self, text: str) -> None:
        """One sentence above the buttons; empty: none."""
        self.warning.setText(text)
        self.warning.setVisible(bool(text))
