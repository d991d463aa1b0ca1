"""The depot's own data: name, place, time zone, what is printed on sheets. Each field counts when it is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtWidgets import QLineEdit

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot
from dispatch_console.domain.places import Place, is_valid

_NUMBER = r"[-+]?\d{1,3}(?:[.]\d+)?"
_PLACE = re.compile(rf"\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*")


@dataclass(frozen=True)
class Entry:
    """One field: its name, a hint, what it shows of a depot, and the depot that a typed text makes of one."""

    name: str
    hint: str
    show: Callable[[Depot], str]
    take: Callable[[Depot, str], Depot]


def _name(depot: Depot, text: str) -> Depot:
    if not text:
        raise UserError("A depot needs a name.")
    return replace(depot, name=text)


def _place(depot: Depot, text: str) -> Depot:
    found = _PLACE.fullmatch(text)
    if found is None or not is_valid(float(found[1]), float(found[2])):
        raise UserError("Write the depot's place as latitude and longitude, such as 47.1410, 9.5210.")
    return replace(depot, place=Place(float(found[1]), float(found[2])))


def _timezone(depot: Depot, text: str) -> Depot:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UserError("Write the time zone as area and city, such as Europe/Vienna.") from error
    return replace(depot, timezone=text)


def _currency(depot: Depot, text: str) -> Depot:
    if not re.fullmatch("[A-Za-z]{3}", text):
        raise UserError("Write the currency with three letters, such as EUR.")
    return replace(depot, currency=text.upper())


def _country(depot: Depot, text: str) -> Depot:
    if text and not re.fullmatch("[A-Za-z]{2}", text):
        raise UserError("Write the country with two letters, such as LI.")
    return replace(depot, country=text.upper())


def _service(depot: Depot, text: str) -> Depot:
    if not text.isdigit() or not 0 < int(text) <= 240:
        raise UserError("Write how many minutes a usual stop takes, from 1 to 240.")
    return replace(depot, service_s=int(text) * 60)


ENTRIES: tuple[Entry, ...] = (
    Entry("Name", "Stands in the title and on sheets.", lambda d: d.name, _name),
    Entry("Address", "Stands on sheets.", lambda d: d.address, lambda d, text: replace(d, address=text)),
    Entry(
        "Place",
        "Latitude and longitude of the gate: where routes start and end.",
        lambda d: f"{d.place.lat:.5f}, {d.place.lon:.5f}",
        _place,
    ),
    Entry("Time zone", "Area and city, such as Europe/Vienna.", lambda d: d.timezone, _timezone),
    Entry("Country", "Two letters: what an empty country in a file means.", lambda d: d.country, _country),
    Entry("Currency", "Three letters: what costs are counted in.", lambda d: d.currency, _currency),
    Entry("Phone", "Stands on sheets.", lambda d: d.phone, lambda d, text: replace(d, phone=text)),
    Entry(
        "Emergency phone",
        "Stands on sheets.",
        lambda d: d.emergency_phone,
        lambda d, text: replace(d, emergency_phone=text),
    ),
    Entry("Usual stop, min", "For orders that do not say.", lambda d: str(round(d.service_s / 60)), _service),
)


class DepotField(QLineEdit):
    """`change(depot)` saves. `do` shows the sentence of a UserError; then the text is as before."""

    def __init__(
        self,
        entry: Entry,
        depot: Callable[[], Depot],
        change: Callable[[Depot], object],
        do: Callable[[Callable[[], object]], bool],
    ) -> None:
        super().__init__()
        self._entry, self._depot, self._change, self._do = entry, depot, change, do
        self.setAccessibleName(entry.name)
        self.editingFinished.connect(self._take)
        self.refresh()

    def refresh(self) -> None:
        self.setText(self._entry.show(self._depot()))

    def _take(self) -> None:
        text, depot = self.text().strip(), self._depot()
        if text != self._entry.show(depot):
            self._do(lambda: self._change(self._entry.take(depot, text)))
            self.refresh()
