"""Words and rows of the wizards of breakdown and sickness."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Address, StopId
from dispatch_console.domain.places import Place
from dispatch_console.services.wizards import meeting
from dispatch_console.services.wizards.breakdown import Candidate
from dispatch_console.services.wizards.breakdown import Case as Said
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.goods import Aboard, size_of
from dispatch_console.services.wizards.whereabouts import near
from dispatch_console.ui.wizards import common
from dispatch_console.ui.wizards.common import tr
from dispatch_console.ui.wizards.view import Pick, Row, View

#: Stops around the van that it may stand at, besides where it is said to be.
_AROUND = 4


@dataclass(frozen=True)
class Words:
    day: Day
    route: ShiftId
    is_sick: bool

    def title(self) -> str:
        shift = self.day.shifts[self.route]
        driver, vehicle = shift.driver.name, shift.vehicle.name
        if self.is_sick:
            return tr("Sick: {driver}, {vehicle}").format(driver=driver, vehicle=vehicle)
        return tr("Breakdown: {vehicle}, {driver}").format(vehicle=vehicle, driver=driver)

    def since(self) -> str:
        """`stands since 11:22`"""
        facts = self.day.facts.sick if self.is_sick else self.day.facts.down
        told = facts.get(self.route)
        if told is None:
            return tr("not written down yet")
        return tr("stands since {at}").format(at=common.hhmm(self.day, told.at))

    def choices(self, *, out: bool) -> tuple[str, ...]:
        if not out:
            return tr("Share out"), tr("Spare driver") if self.is_sick else tr("Spare vehicle")
        if self.is_sick:
            return tr("Others meet the van"), tr("Somebody drives it on")
        return tr("Goods can be reached"), tr("Cannot")

    def on_board(self, what: Aboard) -> str:
        """`4 deliveries, 201 kg · 2 collections`"""
        n, size = len(what.deliver), size_of(self.day, what.deliver)
        word = tr("1 delivery, {kg} kg") if n == 1 else tr("{n} deliveries, {kg} kg")
        parts = [word.format(n=n, kg=common.kg(size.grams))]
        if what.collect:
            word = tr("1 collection") if len(what.collect) == 1 else tr("{n} collections")
            parts.append(word.format(n=len(what.collect)))
        if what.later:
            parts.append(tr("{n} in the depot, for a later tour").format(n=len(what.later)))
        back = len(what.failed) + len(what.collected)
        if back:
            parts.append(tr("{n} to bring back").format(n=back))
        return " · ".join(parts)

    def picks(self, place: int, known: Said, first: int) -> tuple[Pick, ...]:
        found = places(self.day, known)
        route = self.day.plan.route(self.route)
        head = freeze.head_length(route, self.day.facts)
        names = tuple(f"{i + 1} {self.day.stops[route.stops[i]].label}" for i in range(head, len(route.stops)))
        options = (*(name for name, _ in found), tr("On the map …"))
        where = Pick(tr("Stands at"), options, min(place, len(found) - 1), on_map=True)
        if not names:
            return (where,)
        return where, Pick(tr("First not done"), names, min(max(0, first - head), len(names) - 1))


def places(day: Day, said: Said) -> list[tuple[str, Place]]:
    """Where the van may stand, as (words, place): as told or as forecast, then the stops around."""
    stops = day.plan.route(said.route).stops
    around = [day.stops[s] for s in stops[max(0, said.first - 1) : said.first - 1 + _AROUND]]
    named = [(_address(stop.order.address, stop.label), stop.place) for stop in around]
    known = [(name, place) for name, place in named if place is not None]
    told = next((name for name, place in known if place == said.place), None)
    here = told or _address(near(day, said.place), _degrees(said.place))
    return [(here, said.place), *(entry for entry in known if entry[1] != said.place)]


def _degrees(place: Place) -> str:
    return f"{place.lat:.5f}, {place.lon:.5f}"


def _address(address: Address, label: str) -> str:
    """Street and town: who is phoned knows the country and needs no postcode."""
    return ", ".join(part for part in (address.street_line, address.city) if part) or label


#: When vans can be met where another one stands: route → (first, last); None: not without being late somewhere.
Met = Mapping[ShiftId, tuple[int, int] | None]


def heads(*, out: bool) -> tuple[str, ...]:
    """Above the cells of `van_rows`. Who is in the depot with the others is neither far away nor met."""
    way = (tr("Away, min"), tr("Can be met")) if out else ()
    return (*way, tr("Free, kg"), tr("Takes"), tr("Back at"))


def van_rows(
    day: Day, candidates: Sequence[Candidate], made: Draft | None, ticked: Collection[int], met: Met | None
) -> tuple[Row, ...]:
    """`made`: what they take and when they are back then; None: nothing is planned. `met` None: nobody meets."""
    taken = common.taken(day, made) if made is not None else {}
    return tuple(_van_row(day, one, made, taken, one.route in ticked, met) for one in candidates)


def _van_row(
    day: Day,
    one: Candidate,
    made: Draft | None,
    taken: Mapping[ShiftId, Sequence[StopId]],
    ticked: bool,
    met: Met | None,
) -> Row:
    shift = day.shifts[one.route]
    back = made.after.schedules[one.route].end if made is not None and one.route in taken else one.back
    between = met.get(one.route) if met is not None else None
    soonest = common.hhmm(day, meeting.agreed(day.now + one.away_s).start)
    known = met is not None and one.route in met
    words = "–".join(common.hhmm(day, at) for at in between) if between else ""
    words = words or (tr("{at}, late").format(at=soonest) if known else tr("{at} on").format(at=soonest))
    tip = [common.free_all(one.free)]
    if met is not None:
        tip.insert(
            0,
            tr("Can be at the van from {soonest} on; until {last} that makes none of his stops late.").format(
                soonest=soonest, last=common.hhmm(day, between[1])
            )
            if between
            else tr("Can be at the van from {soonest} on, but is late at a stop of his own then.").format(
                soonest=soonest
            ),
        )
    return Row(
        one.route,
        common.chip(shift),
        shift.driver.name,
        shift.vehicle.name,
        (
            *((common.minutes(one.away_s), words) if met is not None else ()),
            common.free_kg(one.free),
            common.stops(len(taken.get(one.route, ()))),
            common.hhmm(day, back),
        ),
        ticked,
        False,
        "\n".join(tip),
    )


def how_many(n: int, *, by_search: bool) -> str:
    if not n:
        return tr("nobody ticked")
    if by_search:
        return tr("the search shares out among {n}").format(n=n)
    return tr("one van, by least added time") if n == 1 else tr("{n} vans, by least added time").format(n=n)


def with_draft(day: Day, view: View, made: Draft) -> View:
    """The view with who takes what, and where they meet."""
    meets = made.meetings
    at = ", ".join(dict.fromkeys(common.hhmm(day, meet.at) for meet in meets))
    ready = max((meet.ready for meet in meets), default=0)
    note = tr("all there by {at}") if len(meets) > 1 else tr("there by {at}")
    return replace(
        view,
        takes=common.takes(day, made),
        meet=tr("Meet at the van, {at}").format(at=at) if meets else "",
        meet_note=note.format(at=common.hhmm(day, ready)) if meets else "",
        sketch=common.sketch(day, made, view.icon),
        lines=made.sentences[len(common.takes(day, made)) :],
    )
