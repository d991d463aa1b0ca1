"""The wizard of an urgent order: its best place in every route."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import StopId
from dispatch_console.services.wizards import draft, urgent
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.goods import only_collects, waits_at_a_customer
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.urgent import Place
from dispatch_console.ui.wizards import common
from dispatch_console.ui.wizards.common import Kept, tr
from dispatch_console.ui.wizards.view import Row, Told, View


class UrgentCase:
    def __init__(self, stop: StopId, ids: Ids) -> None:
        self.stop, self._ids = stop, ids
        self._route: int | None = None
        self._places: Kept[list[Place]] = Kept()

    def choose(self, index: int) -> Told | None:
        return None

    def pick(self, which: int, index: int) -> None:
        return None

    def tick(self, key: int) -> None:
        self._route = key

    def tells(self, day: Day) -> Told | None:
        return None

    def draft(self, day: Day) -> Draft:
        if self.stop not in day.stops:
            raise UserError(tr("This order is no longer part of this day."))
        found = self._places.of(day, None, lambda: urgent.places(day, self.stop, self._ids))
        place = next((one for one in found if one.route == self._route), found[0] if found else None)
        if place is None:
            raise UserError(tr("Nobody drives who could take it."))
        return urgent.plan(day, place)

    def view(self, day: Day) -> View:
        stop = day.stops[self.stop]
        try:
            found, trouble = self._places.of(day, None, lambda: urgent.places(day, self.stop, self._ids)), ""
        except UserError as error:
            found, trouble = [], error.message
        chosen = self._route if self._route is not None else (found[0].route if found else None)
        best = next((one for one in found if one.route == chosen), None)
        return View(
            title=tr("Urgent: {ref}").format(ref=stop.order.reference),
            icon="ph.lightning",
            where=stop.label,
            where_note=stop.order.address.town_line,
            choices_note=_goods(day, self.stop),
            who=tr("Who takes it"),
            who_note=tr("least broken, then no way back, then least time"),
            heads=(tr("There at"), tr("Time, min"), tr("km"), tr("Breaks")),
            rows=tuple(_row(day, one, one.route == chosen) for one in found),
            many=False,
            empty=trouble or tr("Nobody drives who could take it."),
            lines=tuple(draft.says(day, broken) for broken in best.broken) if best is not None else (),
        )


def _goods(day: Day, stop: StopId) -> str:
    """Where its goods are, and what follows for the vans."""
    if only_collects(day, stop):
        return tr("collection: any van can take it")
    if waits_at_a_customer(day, stop):
        source = day.stops[day.stops[stop].pickup].order.reference
        return tr("picked up at {ref}: for the van that goes there before").format(ref=source)
    return tr("goods are in the depot: vans that are out come back for them")


def _row(day: Day, one: Place, ticked: bool) -> Row:
    shift = day.shifts[one.route]
    cells = (
        common.hhmm(day, one.arrive),
        common.signed(one.added_s),
        f"{one.added_m / 1000:+.1f}".replace("-", "−"),
        str(len(one.broken)) if one.broken else "–",
    )
    tip = "\n".join(draft.says(day, broken) for broken in one.broken) or tr("Breaks no rule.")
    return Row(
        one.route,
        common.chip(shift),
        shift.driver.name,
        tr("reloads, stop {n}").format(n=one.number) if one.reloads else tr("stop {n}").format(n=one.number),
        cells,
        ticked,
        bool(one.broken),
        tip,
    )
