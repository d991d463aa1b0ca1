"""The story of the sample's day: what goes wrong, and what a dispatcher does about it."""

from __future__ import annotations

from dispatch_console.domain import clock
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import Order, OrderKind
from dispatch_console.domain.places import Place
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Size
from dispatch_console.services import calls, carryover, dispatch, orders, placing, remedies, statuses
from dispatch_console.services import day as day_service
from dispatch_console.services.debrief import cash, closing, goods, outcomes, sheet, van
from dispatch_console.services.demo.player import Counter, Outcome, Player, Scene
from dispatch_console.services.session import DaySession
from dispatch_console.services.wizards import breakdown, cancel, draft, ids, sick, urgent

_F, _P, _S = FactKind.FAILED, FactKind.PARTIAL, FactKind.SKIPPED
MARA, TOMAS, INES, JONAS = "Mara Keller", "Tomas Brandt", "Ines Falk", "Jonas Reuter"
LEA, PIET, NADIA, OSKAR = "Lea Sommer", "Piet Aldous", "Nadia Voss", "Oskar Lindt"

#: Order number → what happens at the door.
OUTCOMES = {
    "4183": Outcome(_F, Reason.ABSENT),
    "4228": Outcome(_F, Reason.REFUSED),
    "4189": Outcome(_F, Reason.DAMAGED),
    "4159": Outcome(_F, Reason.CLOSED),
    "4208": Outcome(_F, Reason.ABSENT),
    "4187": Outcome(_F, Reason.WRONG_ADDRESS),
    "4199": Outcome(_F, Reason.CASH),
    "4132": Outcome(_S, Reason.ROAD_CLOSED),
    "4140": Outcome(_P, Reason.MISSING_PIECE, 1),
}
#: A place for the two addresses that no map knows.
_PINS = {"4107": Place(54.9710, 2.6050), "4164": Place(54.8901, 2.6255)}
_URGENT = Place(54.9050, 2.6100)
#: So many cents are missing in Tomas Brandt's bag.
_SHORT = 500


def player(session: DaySession, counter: Counter, usual: Usuals | None = None) -> Player:
    """The sample's day, from 06:52 to the evening, ready to be played on `session`."""
    return Player(session, counter, _scenes(), dict(OUTCOMES), _sheet_comes_back, usual)


def _scenes() -> list[Scene]:
    return [
        (_at(6, 53), "Two addresses get their pins, and a driver.", _drop_pins),
        (_at(6, 54), "What is late moves up; a stop too heavy for Mara Keller goes to another van.", _put_right),
        (_at(6, 56), "The plan is approved: from now on it is what the day is measured against.", _approve),
        (_at(8, 20), "Tomas Brandt is stuck in traffic, 25 minutes behind. Who will be late is phoned.", _traffic),
        (_at(9, 5), "The customer of 4222 cancels.", _cancel),
        (_at(9, 30), "One more urgent collection: the best place in all routes.", _urgent),
        (_at(10, 40), "Lea Sommer's van breaks down. Two vans near by meet her and take over.", _breakdown),
        (_at(11, 15), "Jonas Reuter is ill and cannot go on. His stops go to others.", _sick),
        (_at(11, 30), "The customer of 4208 came back: it goes out again, with the same van.", _reopen),
        (_at(15, 30), "The sheets of the two who could not go on are brought in.", _debrief_stuck),
        (_at(18, 0), "What was not done makes tomorrow, in one step.", _carry_over),
        (_at(18, 5), "Every order has its end or its next day. The day is closed.", _close),
    ]


def _at(hour: int, minute: int) -> int:
    return hour * 3600 + minute * 60


# --- before the vans leave ---


def _drop_pins(play: Player) -> None:
    for reference, place in _PINS.items():
        stop = play.stop(reference)
        placing.set_pin(play.session, stop, place)
        best = remedies.choices(play.day, stop)[0]
        dispatch.move(play.session, [stop], best.route, best.at)


def _put_right(play: Player) -> None:
    for stop in [v.stop for timed in play.day.schedules.values() for v in timed.visits if v.late_s >= 60]:
        remedies.move_up(play.session, stop)
    for one in remedies.relief(play.day, play.route(MARA))[:1]:
        dispatch.move(play.session, [one.stop], one.offer.route, one.offer.at)


def _approve(play: Player) -> None:
    now = clock.to_instant(play.at, play.day.date, play.day.depot.timezone)
    day_service.approve(play.session, play.said.who, now)
    play.session.tick(play.at)


# --- on the phone ---


def _traffic(play: Player) -> None:
    route = play.route(TOMAS)
    ahead = next(v for v in play.day.schedules[route].visits if not v.done)
    later = max(ahead.arrive, play.at) + 25 * 60
    statuses.on_route(play.session, route, FactKind.DELAYED, play.said, value=later)
    for call in [one for one in calls.call_list(play.day) if not one.done and one.route == route]:
        calls.tick(play.session, call, play.said)


def _cancel(play: Player) -> None:
    order = next(one for one in play.day.orders.values() if one.reference == "4222")
    draft.accept(play.session, cancel.plan(play.day, order.id, ids.reserve(play.counter)))


def _urgent(play: Player) -> None:
    order = Order(
        orders.free_reference(play.day),
        kind=OrderKind.COLLECTION,
        name="Print Shop Quoin",
        phone="+00 555 2020",
        place=_URGENT,
        place_quality="pin",
        day=play.day.date,
        size=Size(12_000, 60, 2),
    )
    made = orders.add(play.session, order, orders.reserve(play.counter))
    best = urgent.places(play.day, made.stop, ids.reserve(play.counter))[0]
    draft.accept(play.session, urgent.plan(play.day, best))


def _breakdown(play: Player) -> None:
    route = play.route(LEA)
    statuses.on_route(play.session, route, FactKind.BROKEN_DOWN, play.said)
    said, free = breakdown.case(play.day, route), ids.reserve(play.counter)
    found = breakdown.proposal(play.day, said, free)
    draft.accept(play.session, breakdown.draft_of(play.day, said, found, "Breakdown Daily 05"))


def _sick(play: Player) -> None:
    route = play.route(JONAS)
    statuses.on_route(play.session, route, FactKind.SICK, play.said)
    said, free = breakdown.case(play.day, route), ids.reserve(play.counter)
    found = breakdown.proposal(play.day, said, free)
    draft.accept(play.session, sick.to_others_of(play.day, said, found))


def _reopen(play: Player) -> None:
    stop = play.stop("4208")
    statuses.status(play.session, stop, FactKind.REOPENED, play.said, reason=Reason.CAME_BACK)


# --- in the evening ---


def _sheet_comes_back(play: Player, route: ShiftId) -> None:
    says = f"The sheet of {play.day.shifts[route].driver.name}: all delivered except …"
    play.plan(play.at + 15 * 60, says, lambda play: _debrief(play, route))


def _debrief_stuck(play: Player) -> None:
    for route in sheet.routes(play.day):
        if play.day.facts.stuck(route):
            _debrief(play, route)


def _debrief(play: Player, route: ShiftId) -> None:
    """As at the desk: outcomes, pieces, cash, the van, close."""
    session, said = play.session, play.said
    km = 48_000 + 100 * play.day.shifts[route].slot
    for row in sheet.rows(play.day, route):
        if row.fact is None and row.order.next is not None:  # nobody could take it over
            outcomes.tell(session, route, row.order.id, _S, said, reason=Reason.OUT_OF_TIME)
    if any(row.fact is None for row in sheet.rows(play.day, route)):
        outcomes.deliver_others(session, route, said)
    goods.tick(session, route, [one.row.order.id for one in goods.returns(play.day, route)], said)
    for purse in cash.purses(play.day, route):
        short = _SHORT if play.day.shifts[route].driver.name == TOMAS else 0
        note = cash.EXPLANATIONS[0] if short else ""
        cash.count(session, route, purse.due - short, said, currency=purse.currency, note=note)
    driven = round(play.day.schedules[route].drive_m / 1000) + 2
    van.read_odometer(session, route, FactKind.ODOMETER_OUT, km, said)
    van.read_odometer(session, route, FactKind.ODOMETER_IN, km + driven, said)
    stuck = play.day.facts.down.get(route)
    van.check(session, route, "does not start" if stuck else "", said)
    closing.close(session, route, said)


def _carry_over(play: Player) -> None:
    goings = carryover.going(play.day, play.usual)
    carryover.commit(play.session, carryover.prepare(play.counter, goings))


def _close(play: Player) -> None:
    day_service.close(play.session, play.said)
