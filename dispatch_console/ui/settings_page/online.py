"""Settings → Online road service: which one, where, for what vehicle; what it is told. Off until it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from dispatch_console.services.regions.online import KEY_VARIABLE, KINDS, Service
from dispatch_console.ui import texts
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

_tr = texts.of("OnlineSection")


@dataclass(frozen=True)
class OnlineDeeds:
    """`service()`: the one in use or asked; `state()`: whether one is asked before it is used, and how many of how
    many questions it has answered; `kept()`: kind, address and vehicle of last time. `use(kind, address, vehicle,
    key)` and `leave()` raise UserError, whose sentence `do` shows."""

    service: Callable[[], Service | None]
    state: Callable[[], tuple[bool, tuple[int, int]]]
    kept: Callable[[], tuple[str, str, str] | None]
    use: Callable[[str, str, str, str], object]
    leave: Callable[[], object]
    do: Callable[[Callable[[], object]], bool]


class OnlineSection:
    """The fields, for rows of the page."""

    def __init__(self, deeds: OnlineDeeds) -> None:
        self._deeds = deeds
        self.words = Text("", "data", "tx")
        self.kind, self.vehicle = QComboBox(), QComboBox()
        self.address, self.key = QLineEdit(), QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText(_tr("empty: {variable} of the environment").format(variable=KEY_VARIABLE))
        self.note = Text("", "secondary", "tx3")
        self.use, self.leave = Button(_tr("Use"), size=24), Button(_tr("Stop using"), size=24)
        for kind in KINDS.values():
            self.kind.addItem(kind.title, kind.key)
        self.kind.currentIndexChanged.connect(self._on_kind)
        for field in (self.address, self.key):
            field.returnPressed.connect(self._on_use)
        self.use.clicked.connect(self._on_use)
        self.leave.clicked.connect(lambda: deeds.do(deeds.leave))
        self._on_kind()
        self._begin_with(deeds.kept())
        self.refresh()

    def rows(self) -> tuple[tuple[str, QWidget, str], ...]:
        """(label, field, note) of each."""
        return (
            (_tr("Service"), self.kind, _tr("In place of a region pack's roads; its map and addresses stay.")),
            (_tr("Vehicle"), self.vehicle, ""),
            (
                _tr("Address"),
                self.address,
                _tr("Empty: its public one. OSRM and Valhalla have none: run your own."),
            ),
            (_tr("Key"), self.key, _tr("Kept until the program ends and written nowhere.")),
            ("", in_a_row(self.use, self.leave), ""),
        )

    def refresh(self) -> None:
        """Show what is in use now. What is typed stays."""
        service = self._deeds.service()
        asking, (done, every) = self._deeds.state()
        self.words.setText(self._words(service, asking, done, every))
        self.leave.setText(_tr("Stop asking") if asking else _tr("Stop using"))
        self.leave.set_why_not(_tr("No online road service is in use.") if service is None else None)

    def _words(self, service: Service | None, asking: bool, done: int, every: int) -> str:
        if service is None:
            return _tr("Off: no road service is asked.")
        said = _tr("{name}, {vehicle}").format(name=service.kind.title, vehicle=_vehicle(service.vehicle))
        if every:
            said += _tr(" · {done} of {every} questions answered").format(done=done, every=every)
        return (_tr("Asking {service}") if asking else _tr("In use: {service}")).format(service=said)

    def _on_use(self) -> None:
        typed = self.address.text().strip(), self.vehicle.currentData(), self.key.text()
        self._deeds.do(lambda: self._deeds.use(self.kind.currentData(), *typed))

    def _on_kind(self) -> None:
        kind = KINDS[self.kind.currentData()]
        self.vehicle.clear()
        for vehicle in kind.vehicles:
            self.vehicle.addItem(_vehicle(vehicle), vehicle)
        self.address.setPlaceholderText(kind.address or "http://server:5000")
        told = _tr("It is told coordinates and the kind of vehicle: no names, no addresses, no numbers of orders.")
        self.note.setText("\n".join(line for line in (told, kind.note, kind.attribution) if line))

    def _begin_with(self, kept: tuple[str, str, str] | None) -> None:
        """The key is not shown again."""
        if kept is not None:
            kind, address, vehicle = kept
            self.kind.setCurrentIndex(self.kind.findData(kind))
            self.vehicle.setCurrentIndex(self.vehicle.findData(vehicle))
            self.address.setText("" if address == KINDS[kind].address else address)


def _vehicle(vehicle: str) -> str:
    return {"car": _tr("car"), "truck": _tr("truck"), "bicycle": _tr("bicycle")}[vehicle]
