"""The wizard that matches drivers, vehicles and planned routes before the start."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.services.fleet import Fleet
from dispatch_console.services.wizards import match
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.match import What
from dispatch_console.services.wizards.sick import spare_vehicles
from dispatch_console.ui.wizards.common import tr
from dispatch_console.ui.wizards.view import Told, View


class MatchCase:
    def __init__(self, fleet: Fleet) -> None:
        self._fleet, self._what = fleet, What.BOTH
        self._made: tuple[Day, What, Draft] | None = None  # `view` and `draft` are asked one after the other

    def choose(self, index: int) -> Told | None:
        self._what = What(index)
        return None

    def pick(self, which: int, index: int) -> None:
        return None

    def tick(self, key: int) -> None:
        return None

    def tells(self, day: Day) -> Told | None:
        return None

    def draft(self, day: Day) -> Draft:
        if self._made is None or self._made[0] is not day or self._made[1] is not self._what:
            self._made = day, self._what, match.matched(day, self._what, spare_vehicles(day, self._fleet))
        return self._made[2]

    def view(self, day: Day) -> View:
        try:
            lines = self.draft(day).sentences
        except UserError as error:
            lines = (error.message,)
        return View(
            title=tr("Match drivers, vehicles and routes"),
            icon="ph.users-three",
            where=tr("What may change its route"),
            choices=(tr("Drivers and vehicles"), tr("Drivers"), tr("Vehicles")),
            chosen=self._what.value,
            choices_note=tr("letters and labels stay with the goods"),
            lines=lines,
        )
