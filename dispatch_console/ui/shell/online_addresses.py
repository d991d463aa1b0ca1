"""Addresses on the net: what was chosen last time, and what is chosen now."""

from __future__ import annotations

from pathlib import Path

from dispatch_console.services import online_addresses
from dispatch_console.services.online_addresses import Service
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.memory import Memory

_ON, _URL, _EMAIL = "online/on", "online/url", "online/email"


class OnlineAddresses:
    """The desk asks the service that was chosen, from the start. `folder`: where answers are kept; None: the
    user's."""

    def __init__(self, desk: Desk, memory: Memory, folder: Path | None = None) -> None:
        self._desk, self._memory, self._folder = desk, memory, folder
        if memory.text(_ON) == "1":
            desk.do(lambda: self._take(online_addresses.checked(self.service)))

    @property
    def service(self) -> Service:
        """What is chosen."""
        text = self._memory.text
        return Service(text(_ON) == "1", text(_URL, online_addresses.PUBLIC), text(_EMAIL))

    def use(self, service: Service) -> None:
        """Look addresses up there from now on, or not at all. UserError for what cannot be meant."""
        service = online_addresses.checked(service)
        self._take(service)
        for key, text in ((_ON, "1" if service.on else ""), (_URL, service.url), (_EMAIL, service.email)):
            self._memory.set_text(key, text)
        self._desk.region_changed.emit()

    def _take(self, service: Service) -> None:
        self._desk.online = online_addresses.geocoder(service, self._folder)
