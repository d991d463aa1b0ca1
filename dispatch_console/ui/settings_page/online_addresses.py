"""Settings → Online addresses: off until somebody switches it on, and what that means in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_console.services import online_addresses
from dispatch_console.services.online_addresses import Service
from dispatch_console.ui.widgets import Text

_LABEL, _FIELD = 160, 360


@dataclass(frozen=True)
class AddressDeeds:
    """What is chosen, and choosing something else, which raises UserError; `do` shows its sentence."""

    service: Callable[[], Service]
    use: Callable[[Service], object]
    do: Callable[[Callable[[], object]], bool]


class AddressSection(QWidget):
    """Every change counts at once; what cannot be meant is told, and all is as before."""

    def __init__(self, deeds: AddressDeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self.on = QCheckBox(
            self.tr("Look up on the net what neither the address book nor the region is certain of")
        )
        self.url, self.email = QLineEdit(), QLineEdit()
        self.url.setAccessibleName(self.tr("Service"))
        self.email.setAccessibleName(self.tr("Your e-mail for it"))
        self.url.setPlaceholderText(online_addresses.PUBLIC)
        self.email.setPlaceholderText(self.tr("none"))
        for field in (self.url, self.email):
            field.setFixedWidth(_FIELD)
            field.editingFinished.connect(self._take)
        self.on.toggled.connect(self._take)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen."""
        service = self._deeds.service()
        self.on.blockSignals(True)
        self.on.setChecked(service.on)
        self.on.blockSignals(False)
        self.url.setText(service.url)
        self.email.setText(service.email)

    def _take(self) -> None:
        before = self._deeds.service()
        wanted = replace(before, on=self.on.isChecked(), url=self.url.text(), email=self.email.text())
        if wanted != before:
            self._deeds.do(lambda: self._deeds.use(wanted))
            self.refresh()

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        rows.setColumnMinimumWidth(0, _LABEL)
        rows.setColumnStretch(2, 1)
        service = self.tr("One that answers as Nominatim does. Empty: OpenStreetMap’s own.")
        email = self.tr("So that its operators can write to you.")
        for at, (field, note) in enumerate(((self.url, service), (self.email, email))):
            label = Text(field.accessibleName(), "data", "tx2")
            label.setBuddy(field)
            rows.addWidget(label, at, 0)
            rows.addWidget(field, at, 1)
            rows.addWidget(Text(note, "secondary", "tx3"), at, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.on)
        column.addLayout(rows)
        for line in (
            self.tr(
                "It is told the address, and your e-mail if you give it: no name, no phone, no order."
                " That is where your customers live all the same."
            ),
            self.tr("It is asked one question a second, each address once. While you type it is asked nothing."),
            self.tr("Addresses of OpenStreetMap’s own service: © OpenStreetMap contributors."),
        ):
            column.addWidget(Text(line, "secondary", "tx3"))
