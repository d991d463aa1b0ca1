"""A van that cannot go on, or whose driver cannot: breakdown and sickness, before the start and on the way."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.places import Place
from dispatch_console.services.fleet import Fleet
from dispatch_console.services.planning import Result
from dispatch_console.services.wizards import breakdown, replan, sick
from dispatch_console.services.wizards.breakdown import Case as Said
from dispatch_console.services.wizards.breakdown import Plan
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.services.wizards.whereabouts import has_left
from dispatch_console.ui.wizards import common, stuck_words
from dispatch_console.ui.wizards.common import Kept, tr
from dispatch_console.ui.wizards.view import Ask, Row, Told, View


class StuckCase:
    """`is_sick`: the driver; else the vehicle. Others share the stops, or a spare one takes its place.

    `searches`: there is a search that can go over the routes of those who take over (see `asks`).
    """

    def __init__(self, route: ShiftId, ids: Ids, fleet: Fleet, *, is_sick: bool, searches: bool = False) -> None:
        self.route, self._ids, self._fleet, self._is_sick = route, ids, fleet, is_sick
        self._searches = searches
        self._replan: bool | None = None  # None: as is usual
        self._choice = self._place = 0
        self._pin: Place | None = None  # where it stands, from the map
        self._ticked: frozenset[int] | None = None  # None: not proposed yet
        self._spare: int | None = None
        self._first: int | None = None
        self._by_spare = False
        self._meetable: Kept[stuck_words.Met] = Kept()
        self._plan: Kept[Plan] = Kept()
        self._draft: Kept[Draft] = Kept()

    # -- what the dispatcher does --------------------------------------------------------------------

    def choose(self, index: int) -> Told | None:
        self._choice, self._ticked = index, None
        return None

    def set_place(self, place: Place) -> None:
        """It stands here: a click on the map."""
        self._pin, self._place, self._ticked = place, 0, None

    def pick(self, which: int, index: int) -> None:
        if which == 0:
            self._place = index
        else:
            self._first = index
        self._ticked = None

    def tick(self, key: int) -> None:
        if self._by_spare:
            self._spare = key
        else:
            self._ticked = (self._ticked or frozenset()) ^ {key}

    def set_replan(self, on: bool) -> None:
        self._replan = on
        self._ticked = None

    def tells(self, day: Day) -> Told | None:
        """Before the start the plan says it (absent, another vehicle); on the way it is a fact."""
        known = day.facts.sick if self._is_sick else day.facts.down
        if self.route in known or not has_left(day, self.route):
            return None
        kind = FactKind.SICK if self._is_sick else FactKind.BROKEN_DOWN
        return Told(self.route, kind, self._said(day).place)

    def over(self, day: Day) -> Told | None:
        """What is told when it goes on after all; None: it is not known to stand."""
        if self.route not in (day.facts.sick if self._is_sick else day.facts.down):
            return None
        return Told(self.route, FactKind.WELL if self._is_sick else FactKind.REPAIRED)

    def draft(self, day: Day) -> Draft:
        if self._by_search(day):
            self._propose_all(day)
        elif not self._uses_spare(day):
            self._found(day)  # what is ticked is settled before the question is asked
        return self._draft.of(day, self._key, lambda: self._make(day))

    # -- the search ----------------------------------------------------------------------------------

    def asks(self, day: Day, made: Draft, now: int | None) -> Ask | None:
        """What the search is to do with what was worked out; None: nothing."""
        if not made.change or not self._replans(day):
            return None
        if self._by_search(day):
            return Ask(self._key, replan.morning(day, self.route, self._takers, now))
        routes = tuple((id, made.after.plan.route(id).stops) for id in sorted(replan.takers(day, made)))
        return Ask((self._key, routes), replan.options(day, made, now)) if routes else None

    def use(self, day: Day, made: Draft, result: Result) -> None:
        """Show and offer what the search found on `made.after`."""
        together = replan.shared_by_search if self._by_search(day) else replan.with_result
        self._draft.put(day, self._key, together(day, made, result))

    def _replans(self, day: Day) -> bool:
        if not self._searches or self._uses_spare(day) or self._lies_there(day):
            return False
        return self._replan if self._replan is not None else not has_left(day, self.route)

    def _lies_there(self, day: Day) -> bool:
        """Whether a van does not start in the depot: its stops are shared out, the driver is there."""
        return not self._is_sick and not has_left(day, self.route)

    def _by_search(self, day: Day) -> bool:
        """Before the start a whole route is more than a van or two can take: the search gives it out."""
        return self._replans(day) and not has_left(day, self.route)

    @property
    def _takers(self) -> tuple[ShiftId, ...]:
        return tuple(ShiftId(id) for id in sorted(self._ticked or ()))

    def _propose_all(self, day: Day) -> None:
        """Whoever is still in the depot can take something."""
        if self._ticked is None:
            vans = (one.route for one in breakdown.candidates(day, self._said(day)))
            self._ticked = frozenset(id for id in vans if not has_left(day, id))

    # -- how it looks --------------------------------------------------------------------------------

    def view(self, day: Day) -> View:
        said = self._said(day)
        what = breakdown.goods(day, said)
        words = stuck_words.Words(day, self.route, self._is_sick)
        view = View(
            title=words.title(),
            icon="ph.first-aid" if self._is_sick else "ph.wrench-fill",
            where=tr("Where and what is on board") if what.out else tr("Not out yet, the goods are in the depot"),
            where_note=f"{stuck_words.places(day, said)[0][0]} · {words.since()}" if what.out else "",
            choices=words.choices(out=what.out),
            chosen=self._choice,
            choices_note=words.on_board(what),
            picks=words.picks(self._place, self._known(day), said.first) if what.out else (),
        )
        return self._with_spares(day, view) if self._uses_spare(day) else self._with_vans(day, view)

    def _with_vans(self, day: Day, view: View) -> View:
        made, trouble = None, ""
        try:
            made = self.draft(day)
        except UserError as error:
            trouble = error.message
        ticked = self._ticked or frozenset()
        rows = stuck_words.van_rows(day, breakdown.candidates(day, self._said(day)), made, ticked, self._met(day))
        view = replace(
            view,
            who=tr("Who takes over"),
            who_note=stuck_words.how_many(sum(row.ticked for row in rows), by_search=self._by_search(day)),
            heads=stuck_words.heads(out=has_left(day, self.route)),
            rows=rows,
            replan=self._replans(day) if self._searches and not self._lies_there(day) else None,
            empty=tr("Nobody else drives. Add a shift on the fleet page, or put the stops off."),
        )
        return replace(view, lines=(trouble,)) if made is None else stuck_words.with_draft(day, view, made)

    def _with_spares(self, day: Day, view: View) -> View:
        driver = self._is_sick
        rows = self._spare_rows(day)
        view = replace(
            view,
            who=tr("Who drives instead") if driver else tr("Which vehicle instead"),
            who_note=tr("without a shift today") if driver else tr("not in use today"),
            heads=(tr("Phone") if driver else tr("Carries, kg"),),
            rows=rows,
            many=False,
            empty=tr("All drivers of the fleet have a shift today.")
            if driver
            else tr("All vehicles of the fleet are in use today."),
        )
        try:
            return replace(view, lines=self.draft(day).sentences)
        except UserError as error:
            return replace(view, lines=(error.message,) if rows else ())

    # -- what it works with --------------------------------------------------------------------------

    @property
    def _state(self) -> object:
        return self._choice, self._spare, self._first, self._place, self._pin, self._replan

    @property
    def _key(self) -> object:
        return self._state, self._ticked

    def _uses_spare(self, day: Day) -> bool:
        self._by_spare = self._choice == 1 and (self._is_sick or not has_left(day, self.route))
        return self._by_spare

    def _said(self, day: Day) -> Said:
        """The case as the dispatcher sees it."""
        said = self._known(day)
        places = stuck_words.places(day, said)
        head = freeze.head_length(day.plan.route(self.route), day.facts)
        return said._replace(
            place=places[min(self._place, len(places) - 1)][1],
            reachable=self._is_sick or self._choice == 0,
            first=said.first if self._first is None else head + self._first,
        )

    def _known(self, day: Day) -> Said:
        """The case before the dispatcher has put it right: as told or forecast, or where his pin is."""
        said = breakdown.case(day, self.route)
        return said if self._pin is None else said._replace(place=self._pin)

    def _found(self, day: Day) -> Plan:
        def make() -> Plan:
            said = self._said(day)
            if self._ticked is None:
                return breakdown.proposal(day, said, self._ids)
            there = {one.route for one in breakdown.candidates(day, said)}
            return breakdown.assign(day, said, sorted(there & self._ticked), self._ids)

        found = self._plan.of(day, (self._state, self._ticked), make)
        if self._ticked is None:
            self._ticked = frozenset(van.id for van in found.vans if van.taken)
            self._plan.put(day, (self._state, self._ticked), found)
        return found

    def _met(self, day: Day) -> stuck_words.Met | None:
        """Between when who could be met; None: it is in the depot, nobody meets."""
        if not has_left(day, self.route):
            return None
        said = self._said(day)
        near = breakdown.candidates(day, said)
        return self._meetable.of(day, said.place, lambda: breakdown.meetable(day, said, near, self._ids))

    def _make(self, day: Day) -> Draft:
        said = self._said(day)
        what = breakdown.goods(day, said)
        if not what.open and not what.later:
            raise UserError(tr("Nothing is left to do on this route that somebody else could do."))
        if self._uses_spare(day):
            return self._with_spare(day, said)
        if self._by_search(day):
            return sick.stays_away(day, self.route)
        found = self._found(day)
        if self._is_sick:
            return sick.to_others_of(day, said, found)
        van = day.shifts[self.route].vehicle.name
        return breakdown.draft_of(day, said, found, tr("Breakdown {van}").format(van=van))

    def _with_spare(self, day: Day, said: Said) -> Draft:
        if not self._is_sick:
            vehicle = next((v for v in sick.spare_vehicles(day, self._fleet) if v.id == self._spare), None)
            if vehicle is None:
                raise UserError(tr("Tick the vehicle that is used instead."))
            return sick.to_spare(day, self.route, None, vehicle)
        spares = sick.spare_drivers(day, self.route, self._fleet)
        who = next((one.driver for one in spares if one.driver.id == self._spare), None)
        if who is None:
            raise UserError(tr("Tick who drives instead."))
        if has_left(day, self.route):
            return sick.take_over_van(day, said, who, sick.reaches_at(day, said), self._ids)
        return sick.to_spare(day, self.route, who)

    def _spare_rows(self, day: Day) -> tuple[Row, ...]:
        if not self._is_sick:
            return tuple(
                Row(v.id, None, v.name, v.plate, (common.free_kg(v.capacity),), v.id == self._spare)
                for v in sick.spare_vehicles(day, self._fleet)
            )
        return tuple(
            Row(
                one.driver.id,
                None,
                one.driver.name,
                tr("lacks {skills}").format(skills=", ".join(one.missing)) if one.missing else "",
                (one.driver.phone,),
                one.driver.id == self._spare,
                bool(one.missing),
            )
            for one in sick.spare_drivers(day, self.route, self._fleet)
        )
