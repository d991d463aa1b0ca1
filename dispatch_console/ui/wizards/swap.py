"""The wizard that swaps drivers or vehicles of two routes; on the way the two meet and change vans."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services.wizards import swap
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.whereabouts import has_left
from dispatch_console.ui.wizards import common
from dispatch_console.ui.wizards.common import tr
from dispatch_console.ui.wizards.view import Row, Told, View


class SwapCase:
    def __init__(self, route: ShiftId, ids: Ids) -> None:
        self.route, self._ids = route, ids
        self._choice = 0
        self._other: int | None = None

    def choose(self, index: int) -> Told | None:
        self._choice = index
        return None

    def pick(self, which: int, index: int) -> None:
        return None

    def tick(self, key: int) -> None:
        self._other = key

    def tells(self, day: Day) -> Told | None:
        return None

    def draft(self, day: Day) -> Draft:
        if self._other is None:
            raise UserError(tr("Tick with whom."))
        other = ShiftId(self._other)
        if has_left(day, self.route):
            return swap.rests(day, self.route, other, self._ids)
        make = swap.vehicles if self._choice == 1 else swap.drivers
        return make(day, self.route, other)

    def view(self, day: Day) -> View:
        shift, out = day.shifts[self.route], has_left(day, self.route)
        made: Draft | None = None
        try:
            made, lines = self.draft(day), ()
        except UserError as error:
            lines = (error.message,)
        meets = made.meetings if made is not None else ()
        rows = tuple(
            Row(
                id,
                common.chip(other),
                other.driver.name,
                other.vehicle.name,
                (
                    common.stops(sum(1 for v in day.schedules[id].visits if not v.done and not v.presumed)),
                    common.free_kg(other.vehicle.capacity),
                    common.hhmm(day, day.schedules[id].end),
                ),
                id == self._other,
            )
            for id, other in day.shifts.items()
            if id != self.route and not other.absent and has_left(day, id) == out and not day.facts.stuck(id)
        )
        return View(
            title=tr("Swap: {who}, {van}").format(who=shift.driver.name, van=shift.vehicle.name),
            icon="ph.swap",
            where=tr("On the way: the two meet and change vans") if out else tr("What is swapped"),
            choices=() if out else (tr("Drivers"), tr("Vehicles")),
            chosen=self._choice,
            choices_note=tr("what was done stays with who did it")
            if out
            else tr("letters and labels stay with the goods"),
            who=tr("With whom"),
            heads=(tr("To do"), tr("Carries, kg"), tr("Back at")),
            rows=rows,
            many=False,
            empty=tr("Nobody else is on the way.") if out else tr("Nobody else is in the depot still."),
            meet=tr("Meet at {at}").format(at=common.hhmm(day, meets[0].at)) if meets else "",
            meet_note=tr("both there by {at}").format(at=common.hhmm(day, meets[0].ready)) if meets else "",
            sketch=common.sketch(day, made, "ph.swap") if made is not None else None,
            lines=made.sentences if made is not None else lines,
        )
