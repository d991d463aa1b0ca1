"""What the dispatcher's actions do to the small day, and how they are named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain.edits import Pin
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import Driver, DriverId, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, Swap
from dispatch_console.domain.rules import Rule
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.store.values import WideChange
from tests import factories


@pytest.fixture
def session() -> DaySession:
    return DaySession(factories.small_day())


def stops(session: DaySession, route: int) -> tuple[int, ...]:
    return session.day.plan.route(route).stops


def test_drop_in_a_slot_is_exactly_there(session: DaySession):
    dispatch.move(session, [6], 1, 1)
    assert stops(session, 1) == (1, 6, 2, 3)
    assert stops(session, POOL) == ()


def test_drop_further_down_in_the_same_lane_counts_slots_as_seen(session: DaySession):
    dispatch.move(session, [1], 1, 3)
    assert stops(session, 1) == (2, 3, 1)


def test_drop_on_the_head_is_the_best_place(session: DaySession):
    # 6 lies beyond 3 on the line: before or after 3 the way is 120 min, before 2 it is 140; the first best counts
    dispatch.move(session, [6], 1, None)
    assert stops(session, 1) == (1, 2, 6, 3)


def test_several_stops_keep_their_order_in_a_slot(session: DaySession):
    dispatch.move(session, [5, 6, 2], 2, 0)
    assert stops(session, 2) == (5, 6, 2, 4)
    assert stops(session, 1) == (1, 3)
    assert session.history.done[-1].label == "Move 3 stops to Ben Rook"


def test_drop_on_its_own_place_is_no_step(session: DaySession):
    dispatch.move(session, [2], 1, 1)
    assert session.history.done == []


def test_pins_stay_with_their_stop_and_leave_with_it(session: DaySession):
    dispatch.set_pin(session, [2, 3], Pin.POSITION)
    dispatch.set_pin(session, [3], Pin.DRIVER)
    route = session.day.plan.route(1)
    assert (route.pinned, route.fixed) == ({2, 3}, {2})
    dispatch.move(session, [2], 2, 0)
    assert session.day.plan.route(1).pinned == {3}
    assert session.day.plan.route(2).pinned == set()


def test_absent_driver_keeps_his_stops_and_the_rule_is_shown(session: DaySession):
    dispatch.set_absent(session, 1, True)
    assert stops(session, 1) == (1, 2, 3)
    assert [broken.rule for broken in session.day.schedules[1].broken] == [Rule.ABSENT]
    assert session.undo().label == "Ada Quill absent"
    assert session.day.schedules[1].broken == ()


def test_offer_tells_what_a_drop_would_do(session: DaySession):
    # between 3 (arrive 8:40, leave 8:45) and the depot: 30 min on to 6, back 60 instead of 30: +65 min
    offer = dispatch.offer(session.day, [6], 1, 3)
    assert offer.arrive == (8 * 60 + 45 + 30) * 60
    assert offer.added_s == 65 * 60
    assert offer.broken == ()


def test_offers_are_ranked_and_leave_out_the_own_route(session: DaySession):
    offers = dispatch.offers(session.day, 6)
    assert [offer.route for offer in offers] == [2, 1]
    assert [offer.route for offer in dispatch.offers(session.day, 1)] == [2]


def test_nothing_to_undo_is_said_in_a_sentence(session: DaySession):
    with pytest.raises(UserError, match="nothing to undo"):
        session.undo()


def test_listeners_hear_before_after_and_who(session: DaySession):
    heard: list[object] = []
    stop_listening = session.listen(lambda before, after, who: heard.append((before.revision, after.revision, who)))
    dispatch.unassign(session, [1], initiator="board")
    stop_listening()
    session.undo()
    assert heard == [(0, 1, "board")]


def test_a_listener_already_sees_the_step_in_the_history(session: DaySession):
    seen: list[tuple[int, int]] = []
    session.listen(lambda *_: seen.append((len(session.history.done), len(session.history.undone))))
    dispatch.unassign(session, [1])
    session.undo()
    session.redo()
    assert seen == [(1, 0), (0, 1), (1, 0)]


def test_a_day_left_and_opened_again_keeps_its_history(session: DaySession):
    dispatch.unassign(session, [1])
    monday = session.day
    tuesday = replace(factories.small_day(), date=factories.DAY + dt.timedelta(days=1))
    session.replace_day(tuesday)
    assert session.history.done == []
    session.replace_day(monday)
    assert session.undo().label == "Unassign A1"
    assert session.day.plan.where[1] == 1


def hire(name: str) -> WideChange:
    return WideChange(f"New driver {name}", fleet=(Swap(None, Driver(DriverId(9), name)),))


def labels(session: DaySession) -> list[str]:
    return [change.label for change in session.history.done]


def test_a_step_of_the_fleet_can_be_taken_back_from_any_day(session: DaySession):
    monday, tuesday = session.day, replace(factories.small_day(), date=factories.DAY + dt.timedelta(days=1))
    session.apply(hire("Cy"))
    assert session.day.revision == monday.revision
    session.replace_day(tuesday)
    dispatch.unassign(session, [2])
    assert labels(session) == ["New driver Cy", "Unassign A2"]
    session.undo()
    assert session.undo().label == "New driver Cy"
    tuesday = session.day
    session.replace_day(monday)
    assert labels(session) == []
    assert session.redo().label == "New driver Cy"
    session.replace_day(tuesday)
    assert labels(session) == ["New driver Cy"]
    assert session.redo().label == "Unassign A2"


def test_steps_stay_in_order_when_the_day_is_changed_in_between(session: DaySession):
    dispatch.unassign(session, [1])
    session.apply(hire("Cy"))
    dispatch.unassign(session, [2])
    monday, tuesday = session.day, replace(factories.small_day(), date=factories.DAY + dt.timedelta(days=1))
    session.replace_day(tuesday)
    session.apply(hire("Dee"))
    session.replace_day(monday)
    assert labels(session) == ["Unassign A1", "New driver Cy", "Unassign A2", "New driver Dee"]


def test_a_new_step_ends_what_could_be_redone_here_and_in_the_fleet(session: DaySession):
    session.apply(hire("Cy"))
    session.undo()
    dispatch.unassign(session, [1])
    assert session.history.undone == []
    with pytest.raises(UserError, match="nothing to redo"):
        session.redo()


def test_a_day_changed_elsewhere_loses_its_steps_and_keeps_those_of_the_fleet(session: DaySession):
    dispatch.unassign(session, [1])
    session.apply(hire("Cy"))
    session.replace_day(replace(session.day, revision=session.day.revision + 1))
    assert labels(session) == ["New driver Cy"]


def test_whoever_shows_the_fleet_hears_when_it_may_have_changed(session: DaySession):
    seen: list[int] = []
    session.listen(lambda *_: seen.append(session.fleet_version))
    session.apply(hire("Cy"))
    dispatch.unassign(session, [1])
    session.undo()
    session.undo()
    session.replace_day(session.day)
    assert seen == [1, 1, 1, 2, 3]


def test_what_drivers_have_done_meanwhile_is_nothing_to_the_fleet(session: DaySession):
    session.apply(hire("Cy"))
    session.record([Fact(StopId(1), ShiftId(1), FactKind.DELIVERED, 9 * 3600)], 9 * 3600)
    assert session.undo().label == "New driver Cy"
    assert session.redo().label == "New driver Cy"
    assert session.day.facts.entries


def test_steps_that_never_reached_the_store_are_forgotten(session: DaySession):
    session.apply(hire("Cy"))
    dispatch.unassign(session, [1])
    session.forget_history()
    session.replace_day(session.day)
    assert labels(session) == []


def test_a_day_that_somebody_changed_meanwhile_begins_a_new_history(session: DaySession):
    dispatch.unassign(session, [1])
    session.replace_day(replace(session.day, revision=session.day.revision + 1))
    assert session.history.done == []
