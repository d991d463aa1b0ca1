"""Incidents while the vans are out: from what was told and from forecasts; and the book of who has which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dispatch_console.domain import clock
from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services import dispatch, proposals, statuses
from dispatch_console.services.incidents import Deed, Incident, Kind, acts, forecasts, incidents, watch
from dispatch_console.services.incidents.book import IncidentBook, Listed
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.store.values import Mark
from tests import factories
from tests.unit.test_incidents import day_with

ADA, BEN = ShiftId(1), ShiftId(2)
H, M = 3600, 60


def running(orders: dict[int, dict[str, object]] | None = None, *, out: bool = True) -> DaySession:
    """The small day, approved, stop 6 behind Ada's others; both vans out at 08:00.

    Ada: 08:10, 08:25, 08:40, then 6 at 09:15. Ben: 4 at 08:40, 5 at 08:55.
    """
    session = DaySession(day_with(orders))
    dispatch.move(session, [StopId(6)], ADA, 3)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    if out:
        for route in (ADA, BEN):
            statuses.on_route(session, route, FactKind.OUT, Said("Kim", 8 * H))
    return session


def tell(session: DaySession, stop: int, kind: FactKind, at: int, **more: object) -> None:
    statuses.status(session, StopId(stop), kind, Said("Kim", at), **more)


def of(day: Day, kind: Kind) -> list[Incident]:
    return [incident for incident in incidents(day) if incident.kind is kind]


def instant(seconds: int) -> dt.datetime:
    return clock.to_instant(seconds, factories.DAY, factories.DEPOT.timezone)


def test_all_goes_as_planned() -> None:
    session = running()
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)
    assert incidents(session.day) == []


def test_a_failed_stop_waits_for_a_decision_and_enter_takes_the_proposal() -> None:
    session = running()
    tell(session, 1, FactKind.FAILED, 8 * H + 15 * M, reason=Reason.ABSENT)
    found = of(session.day, Kind.UNDONE)[0]
    assert (found.what, found.who, found.sentence) == ("Failed: absent", "Customer 1", "A1 · AQ 1")
    assert (found.deed, found.since) == (Deed.ACCEPT, 8 * H + 15 * M)
    assert found.proposal is not None
    assert found.proposal.short == "Again Tue 24 Nov"
    proposals.accept(session, found.proposal)
    assert of(session.day, Kind.UNDONE) == []
    session.undo()
    assert of(session.day, Kind.UNDONE) == [found]


def test_passed_by_and_partial_wait_too_the_newest_first() -> None:
    session = running()
    tell(session, 1, FactKind.SKIPPED, 8 * H + 15 * M, reason=Reason.ROAD_CLOSED)
    tell(session, 2, FactKind.PARTIAL, 8 * H + 30 * M, pieces=1)
    assert [i.what for i in of(session.day, Kind.UNDONE)] == ["Partial: 1 piece done", "Passed by: road closed"]


def test_a_single_order_of_a_stop_that_failed_is_named() -> None:
    small = factories.small_day()
    both = [o for o in small.orders.values() if o.id not in (1, 2)]
    both += [factories.order(1), factories.order(2, stop=StopId(1), place=factories.PLACES[1])]
    plan = small.plan
    plan = type(plan)({**plan.routes, ADA: plan.route(ADA).with_stops((StopId(1), StopId(3)))})
    session = DaySession(open_day(small.depot, small.date, both, small.shifts.values(), small.travel, plan))
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M, order=OrderId(1))
    tell(session, 1, FactKind.FAILED, 8 * H + 15 * M, order=OrderId(2), reason=Reason.DAMAGED)
    found = of(session.day, Kind.UNDONE)
    assert [i.sentence for i in found] == ["A2 · AQ 1"]
    assert found[0].proposal is not None
    proposals.accept(session, found[0].proposal)
    after = session.day.orders
    assert after[OrderId(1)].next is None
    assert after[OrderId(2)].next is not None
    assert after[OrderId(2)].next.kind is NextKind.RETURN
    assert of(session.day, Kind.UNDONE) == []


def test_a_stop_that_will_be_late_is_known_before_it_is() -> None:
    session = running({3: {"windows": (Window(8 * H, 9 * H),)}})
    assert of(session.day, Kind.LATE) == []
    # At stop 1 until 08:45, so 2 at 08:55 and 3 at 09:10: 10 min after its window.
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    found = of(session.day, Kind.LATE)[0]
    assert (found.what, found.sentence) == ("Will be 10 min late", "AQ 3 · due 09:00, comes 09:10")
    # With 3 before 2: 08:45 + 5 min at stop 1, + 20 min: less late.
    assert found.deed is Deed.MOVE_UP


def test_where_no_place_helps_the_customer_is_told_and_need_not_be_told_twice() -> None:
    session = running({2: {"windows": (Window(8 * H, 8 * H + 40 * M),)}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)  # so 2 at 08:55, and it is the next one
    found = of(session.day, Kind.LATE)[0]
    assert (found.deed, found.at) == (Deed.TELL, 8 * H + 55 * M)
    acts.tell(session, found, Said("Kim", 8 * H + 46 * M))
    assert session.day.facts.entries[-1].note == "told 08:55"
    assert of(session.day, Kind.LATE) == []
    # He stands somewhere until 09:10: 09:10 is more than 10 min after what was told.
    session.tick(9 * H + 10 * M)
    assert [i.by for i in of(session.day, Kind.LATE)] == [30 * M]


def test_of_several_late_stops_of_a_route_the_worst_asks_whether_others_can_help() -> None:
    # 2 at 08:55 and 3 at 09:10 again; no order of the two is better.
    window = (Window(8 * H, 8 * H + 40 * M),)
    session = running({2: {"windows": window}, 3: {"windows": window}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    deeds = {i.stops[0]: i.deed for i in of(session.day, Kind.LATE)}
    assert deeds == {3: Deed.HAND_OVER, 2: Deed.TELL}
    acts.tell(session, of(session.day, Kind.LATE)[1], Said("Kim", 8 * H + 46 * M))
    assert [i.deed for i in of(session.day, Kind.LATE)] == [Deed.TELL]


def test_an_overloaded_van_that_is_out_and_late_hands_over_on_the_road() -> None:
    def deed(out: bool) -> Deed:
        heavy = {"windows": (Window(8 * H, 8 * H + 20 * M),), "size": Size(grams=9_000_000)}
        session = running({2: heavy}, out=out)
        return next(i.deed for i in incidents(session.day) if i.kind is Kind.OVERLOAD)

    assert deed(out=False) is Deed.OFFER_STOPS
    assert deed(out=True) is Deed.HAND_OVER


def test_a_late_collection_is_named_so() -> None:
    session = running({2: {"kind": OrderKind.COLLECTION, "windows": (Window(8 * H, 8 * H + 40 * M),)}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    assert of(session.day, Kind.LATE)[0].what == "Collection 15 min late"


def test_a_stop_that_comes_close_to_the_end_of_its_window_is_a_risk() -> None:
    session = running({2: {"windows": (Window(8 * H, 8 * H + 40 * M),)}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 23 * M)  # so 2 at 08:33 instead of 08:25
    found = of(session.day, Kind.RISK)[0]
    assert (found.what, found.hard) == ("7 min to spare", False)


def test_a_stop_that_was_planned_close_to_the_end_is_none() -> None:
    session = running({2: {"windows": (Window(8 * H, 8 * H + 27 * M),)}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)
    assert incidents(session.day) == []


def test_what_is_behind_the_driver_is_not_forecast() -> None:
    session = running({1: {"windows": (Window(8 * H, 8 * H + 5 * M),)}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)
    assert incidents(session.day) == []


def test_a_breakdown_stands_first_and_covers_what_follows_from_it() -> None:
    session = running({3: {"windows": (Window(8 * H, 9 * H),)}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    statuses.on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Kim", 8 * H + 50 * M))
    found = incidents(session.day)
    assert [i.kind for i in found] == [Kind.BREAKDOWN]
    assert (found[0].what, found[0].sentence) == ("Van 01 broken down", "Ada Quill · 3 stops on board or ahead")
    assert (found[0].since, found[0].stops) == (8 * H + 50 * M, (2, 3, 6))
    statuses.on_route(session, ADA, FactKind.REPAIRED, Said("Kim", 9 * H))
    assert [i.kind for i in incidents(session.day)] == [Kind.LATE]


def test_a_sick_driver_without_stops_left_is_none() -> None:
    session = running()
    statuses.on_route(session, BEN, FactKind.SICK, Said("Kim", 8 * H + 30 * M))
    assert of(session.day, Kind.SICK)[0].what == "Ben Rook cannot go on"
    dispatch.unassign(session, [StopId(4), StopId(5)])
    assert of(session.day, Kind.SICK) == []


def test_a_stop_that_takes_long() -> None:
    session = running()
    tell(session, 1, FactKind.ARRIVED, 8 * H + 10 * M)
    session.tick(8 * H + 29 * M)
    assert of(session.day, Kind.LONG_STOP) == []
    session.tick(8 * H + 31 * M)
    found = of(session.day, Kind.LONG_STOP)[0]
    assert (found.what, found.sentence) == ("At the door for 21 min", "Ada Quill · Customer 1 · planned 5 min")
    tell(session, 1, FactKind.DELIVERED, 8 * H + 32 * M)
    assert of(session.day, Kind.LONG_STOP) == []


def test_vans_of_which_nobody_said_that_they_left() -> None:
    session = running(out=False)
    session.tick(8 * H + 15 * M)
    assert of(session.day, Kind.NOT_OUT) == []
    session.tick(8 * H + 16 * M)
    found = of(session.day, Kind.NOT_OUT)[0]
    assert (found.what, found.sentence) == ("2 vans are not out", "Ada Quill and Ben Rook · planned from 08:00")
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)  # who has been at a stop is out
    found = of(session.day, Kind.NOT_OUT)[0]
    assert found.what == "Van 02 is not out"
    acts.set_out(session, found, Said("Kim", 8 * H + 20 * M))
    assert session.day.facts.left_at(BEN) == 8 * H
    assert of(session.day, Kind.NOT_OUT) == []


def test_cash_that_does_not_fit() -> None:
    session = running({1: {"cod": Money(1250, "CHF")}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 15 * M)
    session.record([Fact(StopId(1), ADA, FactKind.CASH_TAKEN, 9 * H, order=OrderId(1), value=1000)], 9 * H)
    assert of(session.day, Kind.CASH)[0].what == "Cash 2.50 short"
    session.record([Fact(StopId(1), ADA, FactKind.CASH_TAKEN, 9 * H, order=OrderId(1), value=1250)], 9 * H)
    assert of(session.day, Kind.CASH) == []


def test_when_all_are_back_every_order_needs_a_next_day() -> None:
    session = running()
    dispatch.unassign(session, [StopId(6)])
    for stop, at in ((1, 10), (2, 25), (3, 40)):
        tell(session, stop, FactKind.DELIVERED, 8 * H + at * M)
    for stop in (4, 5):
        tell(session, stop, FactKind.FAILED, 9 * H, reason=Reason.ABSENT)
    for route in (ADA, BEN):
        statuses.on_route(session, route, FactKind.BACK, Said("Kim", 11 * H))
    found = of(session.day, Kind.OPEN)[0]
    assert (found.what, found.sentence) == ("3 orders have no next day", "A4, A5 and A6")


# --- the watch ---


def test_the_watch_keeps_the_first_sight_of_a_forecast() -> None:
    session = running({3: {"windows": (Window(8 * H, 9 * H),)}})
    assert watch.watch({}, session.day) == {}
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    seen = watch.watch({}, session.day)
    assert seen == {StopId(3): watch.Broke(8 * H + 45 * M, 10 * M)}
    tell(session, 2, FactKind.DELIVERED, 9 * H + 5 * M)
    seen = watch.watch(seen, session.day)
    assert seen == {StopId(3): watch.Broke(8 * H + 45 * M, 10 * M)}
    assert forecasts.late_stops(session.day) == {StopId(3): 15 * M}
    assert watch.sentence(session.day, seen[StopId(3)]) == "known since 08:45, 10 min late then"
    tell(session, 3, FactKind.DELIVERED, 9 * H + 15 * M)
    assert watch.watch(seen, session.day) == {}


# --- the book ---


class Notes:
    """A keeper that remembers what it was given."""

    def __init__(self) -> None:
        self.marks: dict[str, Mark] = {}
        self.told: list[tuple[str, str]] = []

    def save(self, day: Day, marks: Mapping[str, Mark | None], who: str, what: str) -> None:
        for name, mark in marks.items():
            if mark is None:
                del self.marks[name]
            else:
                self.marks[name] = mark
        if what:
            self.told.append((who, what))


def late_day() -> DaySession:
    session = running({3: {"windows": (Window(8 * H, 9 * H),)}})
    tell(session, 1, FactKind.DELIVERED, 8 * H + 45 * M)
    return session


def look(book: IncidentBook, session: DaySession, at: int) -> list[Listed]:
    return book.look(session.day, instant(at))


def test_since_owner_and_snooze_survive_a_restart() -> None:
    session, notes = late_day(), Notes()
    book = IncidentBook(notes)
    first = look(book, session, 8 * H + 45 * M)[0]
    book.own(session.day, first.incident, "Kim", instant(8 * H + 50 * M))
    until = instant(9 * H + 30 * M)
    book.snooze(session.day, first.incident, until, "Kim", instant(8 * H + 50 * M))
    other = IncidentBook()
    other.take(session.day, notes.marks)
    again = look(other, session, 9 * H)[0]
    assert (again.since, again.owner, again.snoozed_until) == (8 * H + 45 * M, "Kim", 9 * H + 30 * M)
    assert other.watched == {StopId(3): watch.Broke(8 * H + 45 * M, 10 * M)}
    assert look(other, session, 9 * H + 30 * M)[0].snoozed_until is None
    assert notes.told == [("Kim", "Will be 10 min late: mine"), ("Kim", "Will be 10 min late: put off")]


def test_marks_that_come_after_the_first_look_count_all_the_same() -> None:
    session, notes = late_day(), Notes()
    look(IncidentBook(notes), session, 8 * H + 45 * M)
    book = IncidentBook(notes)
    look(book, session, 9 * H)
    book.take(session.day, {"late:0:3:": Mark(instant(8 * H + 45 * M), "Kim", None, 600)})
    assert look(book, session, 9 * H)[0][1:] == (8 * H + 45 * M, "Kim", None)


def test_an_incident_that_is_over_is_forgotten_with_its_marks() -> None:
    session, notes = late_day(), Notes()
    book = IncidentBook(notes)
    look(book, session, 8 * H + 45 * M)
    assert list(notes.marks) == ["late:0:3:"]
    tell(session, 3, FactKind.DELIVERED, 9 * H)
    assert look(book, session, 9 * H) == []
    assert notes.marks == {}


def test_a_day_that_was_not_looked_at_yet_loses_no_marks() -> None:
    session = late_day()
    notes = Notes()
    look(IncidentBook(notes), session, 8 * H + 45 * M)
    book = IncidentBook(notes)
    book.take(session.day, dict(notes.marks))
    before = running({3: {"windows": (Window(8 * H, 9 * H),)}})  # as loaded: the clock has not gone on yet
    assert look(book, before, 9 * H) == []
    assert list(notes.marks) == ["late:0:3:"]


def test_a_better_place_is_looked_for_again_only_where_its_route_has_changed() -> None:
    session = late_day()
    book, places = IncidentBook(), forecasts.Places()

    def deed() -> Deed:
        found = [i for i in incidents(session.day, None, places) if i.kind is Kind.LATE]
        assert found == [one.incident for one in look(book, session, 9 * H) if one.incident.kind is Kind.LATE]
        return found[0].deed

    assert (deed(), deed()) == (Deed.MOVE_UP, Deed.MOVE_UP)
    known = dict(places._asked)
    tell(session, 4, FactKind.ARRIVED, 8 * H + 46 * M)  # Ben's
    assert deed() is Deed.MOVE_UP
    assert places._asked[StopId(3)] is known[StopId(3)]
    dispatch.move(session, [StopId(3)], ADA, 1)  # before 2: 09:05, still late, and no place is better
    assert deed() is Deed.TELL


def test_the_owner_lets_go_by_the_same_key() -> None:
    session = late_day()
    book, at = IncidentBook(), instant(9 * H)
    incident = look(book, session, 9 * H)[0].incident
    book.own(session.day, incident, "Kim", at)
    book.own(session.day, incident, "Ray", at)  # he takes it over
    assert look(book, session, 9 * H)[0].owner == "Ray"
    book.own(session.day, incident, "Ray", at)
    assert look(book, session, 9 * H)[0].owner == ""


def test_a_plan_that_is_still_made_has_no_ages() -> None:
    notes = Notes()
    book = IncidentBook(notes)
    day = day_with({2: {"windows": (Window(7 * H, 8 * H + 600),)}})
    assert [i.since for i in book.look(day, instant(7 * H))] == [None]
    assert notes.marks == {}
