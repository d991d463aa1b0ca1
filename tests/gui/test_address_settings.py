"""Settings → Online addresses: off until somebody says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.services import online_addresses
from dispatch_console.services.online_addresses import PUBLIC, Service
from dispatch_console.ui.settings_page import AddressDeeds
from dispatch_console.ui.settings_page.online_addresses import AddressSection
from tests.gui.office import dress


class Chosen:
    """Keeps what is chosen, as the window does."""

    def __init__(self) -> None:
        self.service = Service()
        self.said: list[str] = []

    def deeds(self) -> AddressDeeds:
        return AddressDeeds(lambda: self.service, self._use, self._do)

    def _use(self, service: Service) -> None:
        self.service = online_addresses.checked(service)

    def _do(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except UserError as error:
            self.said.append(error.message)
            return False
        return True


def test_the_net_is_asked_only_when_somebody_says_so(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    chosen = Chosen()
    section = AddressSection(chosen.deeds())
    qtbot.addWidget(section)
    assert not section.on.isChecked()
    section.email.setText("dispatch@depot.example")
    section.email.editingFinished.emit()
    section.on.click()
    assert chosen.service == Service(True, PUBLIC, "dispatch@depot.example")

    section.url.setText("http://nominatim.example")
    section.url.editingFinished.emit()
    assert (section.url.text(), section.on.isChecked()) == (PUBLIC, True)
    assert chosen.said == ["Outside the house addresses are looked up by https:// only. Write the address so."]
    section.on.click()
    assert not chosen.service.on
