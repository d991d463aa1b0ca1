"""The wizard of a route that runs late: how far behind, which stops to hand over, else whom to phone."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services.wizards import draft, late
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.late import Offer
from dispatch_console.ui.wizards import common
from dispatch_console.ui.wizards.common import Kept, tr
from dispatch_console.ui.wizards.view import Row, Told, View

#: What a driver says on the phone, in minutes behind his plan; the first: nothing, the forecast stands.
BEHIND = (0, 10, 20, 30, 45, 60)


class LateCase:
    def __init__(self, route: ShiftId, ids: Ids, now_of: Day) -> None:
        self.route, self._ids, self._day = route, ids, now_of
        self._choice = 0
        self._taker: int | None = None
        self._offers: Kept[list[Offer]] = Kept()

    def choose(self, index: int) -> Told | None:
        """`20 min behind` is what the driver says now: a fact."""
        self._choice, self._taker = index, None
        if not BEHIND[index]:
            return None
        return Told(self.route, FactKind.DELAYED, None, late.until(self._day, self.route, BEHIND[index]))

    def pick(self, which: int, index: int) -> None:
        return None

    def tick(self, key: int) -> None:
        self._taker = key

    def tells(self, day: Day) -> Told | None:
        return None

    def draft(self, day: Day) -> Draft:
        offer = self._chosen(day)
        if offer is None:
            raise UserError(tr("Nobody can make it less late. Phone the customers, or drag stops by hand."))
        return late.plan(day, self.route, offer)

    def view(self, day: Day) -> View:
        self._day = day
        shift, planned = day.shifts[self.route], day.schedules[self.route]
        number, seconds = draft.late_stops(planned), draft.late_s(planned)
        word = tr("1 stop late, {m} min") if number == 1 else tr("{n} stops late, {m} min together")
        said = word.format(n=number, m=common.minutes(seconds)) if number else tr("no stop is late")
        chosen = self._chosen(day)
        rows = tuple(
            Row(
                one.taker,
                common.chip(day.shifts[one.taker]),
                day.shifts[one.taker].driver.name,
                tr("meets") if one.order is not None else "",
                (
                    common.stops(len(one.stops)),
                    f"−{common.minutes(one.saved_s)}",
                    common.signed(one.added_s),
                    common.hhmm(day, one.van.planned.end),
                ),
                one is chosen,
            )
            for one in self._found(day)
        )
        made = late.plan(day, self.route, chosen) if chosen is not None else None
        meets = made.meetings if made is not None else ()
        return View(
            title=tr("Running late: {who}").format(who=shift.driver.name),
            icon="ph.clock",
            where=tr("How late"),
            where_note=said,
            choices=(tr("As forecast"), *(tr("{n} min").format(n=n) for n in BEHIND[1:])),
            chosen=self._choice,
            choices_note=tr("behind the plan"),
            who=tr("Who could take some stops"),
            who_note=tr("most minutes saved first") if rows else "",
            heads=(tr("Takes"), tr("Late, min"), tr("Time, min"), tr("Back at")),
            rows=rows,
            many=False,
            empty=tr("Nobody near can make it less late.") if number else tr("No stop of this route is late."),
            takes=common.takes(day, made) if made is not None else (),
            meet=tr("Meet at {at}").format(at=common.hhmm(day, meets[0].at)) if meets else "",
            meet_note=tr("both there by {at}").format(at=common.hhmm(day, meets[0].ready)) if meets else "",
            sketch=common.sketch(day, made, "ph.swap") if made is not None else None,
            lines=made.sentences if made is not None else (),
            phones=tuple(late.to_phone(day, self.route)),
        )

    def _found(self, day: Day) -> list[Offer]:
        return self._offers.of(day, None, lambda: late.offers(day, self.route, self._ids))

    def _chosen(self, day: Day) -> Offer | None:
        found = self._found(day)
        return next((one for one in found if one.taker == self._taker), found[0] if found else None)
