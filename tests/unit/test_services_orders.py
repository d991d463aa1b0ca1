"""Orders by hand: new, edit, remove; each one step that undo takes back whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import OrderId, OrderKind, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.rules import Rule
from dispatch_console.services import dispatch, orders, travel
from dispatch_console.services.orders import Numbers
from dispatch_console.services.session import DaySession
from tests.factories import PLACES, order, small_day

NUMBERS = Numbers(OrderId(70), StopId(71))


def fresh(**changes: object):
    return order(7, id=OrderId(0), stop=StopId(0), reference="4711", place=PLACES[2], **changes)


def test_a_new_order_waits_in_the_pool_and_undo_takes_it_back():
    session = DaySession(small_day())
    made = orders.add(session, fresh(), NUMBERS)
    assert session.day.orders[OrderId(70)] == made
    assert session.day.plan.pool.stops == (6, 71)
    assert session.history.done[-1].label == "New order 4711"
    session.undo()
    assert OrderId(70) not in session.day.orders
    assert StopId(71) not in session.day.stops
    session.redo()
    assert session.day.orders[OrderId(70)].reference == "4711"


def test_a_new_order_belongs_to_the_day_on_the_screen():
    session = DaySession(small_day())
    assert orders.add(session, fresh(day=None), NUMBERS).day == session.day.date


def test_a_new_place_grows_the_travel_matrix():
    day = small_day()
    session = DaySession(day.with_travel(travel.matrix(day.places())))
    place = Place(50.05, 10.01)
    orders.add(session, replace(fresh(), place=place), NUMBERS)
    assert session.day.travel.covers([place])


def test_a_reference_stands_once_a_day():
    session = DaySession(small_day())
    with pytest.raises(UserError, match="A1 already"):
        orders.add(session, replace(fresh(), reference="A1"), NUMBERS)
    with pytest.raises(UserError, match="A2 already"):
        orders.edit(session, replace(session.day.orders[OrderId(1)], reference="A2"))
    assert not session.history.done


def test_goods_come_on_board_at_another_stop_of_the_day_and_nowhere_else():
    session = DaySession(small_day())
    third = replace(session.day.orders[OrderId(3)], pickup=StopId(1))
    orders.edit(session, third)
    assert session.day.stops[StopId(3)].pickup == 1
    first, second = session.day.orders[OrderId(1)], session.day.orders[OrderId(2)]
    for wrong, said in (
        (replace(second, pickup=StopId(2)), "“A2” is at the same stop as this order"),
        (replace(second, pickup=StopId(3)), "“A3” is picked up elsewhere itself"),
        (replace(first, pickup=StopId(2)), "A3 is picked up at this order"),
        (replace(second, pickup=StopId(99)), "“#99” is no order of this day"),
        (replace(third, kind=OrderKind.COLLECTION), "a collection comes on board at its own stop"),
    ):
        with pytest.raises(UserError, match=said):
            orders.edit(session, wrong)
    session.undo()
    assert not session.day.stops[StopId(3)].pickup and not session.history.done


def test_who_was_picked_up_at_a_removed_order_comes_from_the_depot():
    session = DaySession(small_day())
    for id in (3, 5):
        orders.edit(session, replace(session.day.orders[OrderId(id)], pickup=StopId(1)))
    before = session.day.orders
    said = orders.remove(session, OrderId(1))
    assert said == "A3 and A5 were picked up there: their goods come from the depot now."
    assert not any(order.pickup for order in session.day.orders.values())
    assert not any(one.rule is Rule.PAIR for planned in session.day.schedules.values() for one in planned.broken)
    session.undo()
    assert session.day.orders == before
    assert orders.remove(session, OrderId(2)) == ""


def test_a_visit_that_serves_another_order_still_has_the_goods():
    session = shared_day()
    orders.edit(session, replace(session.day.orders[OrderId(3)], pickup=StopId(1)))
    assert orders.remove(session, OrderId(7)) == ""
    assert session.day.stops[StopId(3)].pickup == 1


def test_where_vans_meet_is_not_removed_while_goods_change_over_there():
    session = DaySession(small_day())
    orders.edit(session, replace(session.day.orders[OrderId(1)], kind=OrderKind.HANDOVER))
    orders.edit(session, replace(session.day.orders[OrderId(3)], pickup=StopId(1)))
    with pytest.raises(UserError, match="where two vans meet"):
        orders.remove(session, OrderId(1))
    orders.edit(session, replace(session.day.orders[OrderId(3)], pickup=StopId(0)))
    orders.remove(session, OrderId(1))
    assert StopId(1) not in session.day.stops


def test_an_edit_is_scheduled_at_once():
    session = DaySession(small_day())
    first = session.day.orders[OrderId(1)]
    # Stop 1: drive 600 s, service from 300 s to 900 s, so stop 2 is reached 600 s later than before.
    before = session.day.schedules[session.day.plan.where[StopId(2)]].visits[1].arrive
    orders.edit(session, replace(first, service_s=900))
    after = session.day.schedules[session.day.plan.where[StopId(2)]].visits[1].arrive
    assert after - before == 600
    assert session.history.done[-1].label == "Edit A1"
    session.undo()
    assert session.day.orders[OrderId(1)] == first


def shared_day() -> DaySession:
    """Orders 1 and 7 are one visit."""
    session = DaySession(small_day())
    twin = replace(session.day.orders[OrderId(1)], reference="A7", id=OrderId(0))
    orders.add(session, twin, Numbers(OrderId(7), StopId(1)))
    session = DaySession(replace(session.day, plan=small_day().plan))
    assert len(session.day.stops[StopId(1)].orders) == 2
    return session


def test_an_order_that_no_longer_fits_its_shared_visit_gets_its_own_behind_it():
    session = shared_day()
    changed = replace(session.day.orders[OrderId(7)], windows=(Window(36000, 43200),))
    assert orders.edit(session, changed, NUMBERS).stop == 71
    assert session.day.plan.route(session.day.plan.where[StopId(1)]).stops == (1, 71, 2, 3)
    session.undo()
    assert session.day.orders[OrderId(7)].stop == 1


def test_a_note_leaves_a_shared_visit_together():
    session = shared_day()
    changed = replace(session.day.orders[OrderId(7)], notes="ring twice")
    assert orders.edit(session, changed).stop == 1


def test_leaving_a_shared_visit_without_an_id_says_what_to_do():
    session = shared_day()
    changed = replace(session.day.orders[OrderId(7)], windows=(Window(36000, 43200),))
    with pytest.raises(UserError, match="open it again"):
        orders.edit(session, changed)


def test_removing_takes_the_visit_and_undo_puts_it_back_where_it_was():
    session = DaySession(small_day())
    orders.remove(session, OrderId(2))
    assert StopId(2) not in session.day.stops
    assert session.day.plan.route(session.day.plan.where[StopId(1)]).stops == (1, 3)
    assert session.history.done[-1].label == "Remove A2"
    session.undo()
    assert session.day.plan.route(session.day.plan.where[StopId(1)]).stops == (1, 2, 3)


def test_removing_one_of_two_leaves_the_visit():
    session = shared_day()
    orders.remove(session, OrderId(7))
    assert [o.id for o in session.day.stops[StopId(1)].orders] == [1]


def test_an_order_that_went_meanwhile_is_said_in_a_sentence():
    session = DaySession(small_day())
    gone = session.day.orders[OrderId(2)]
    orders.remove(session, OrderId(2))
    with pytest.raises(UserError, match="A2 is no longer part"):
        orders.edit(session, gone)
    with pytest.raises(UserError, match="no longer part"):
        orders.remove(session, OrderId(2))


def test_references_by_hand_count_up():
    session = DaySession(small_day())
    assert orders.free_reference(session.day) == "P1"
    orders.add(session, replace(fresh(), reference="P9"), NUMBERS)
    assert orders.free_reference(session.day) == "P10"


def test_ids_come_from_the_store():
    class Counting:
        def new_ids(self, kind: str, n: int) -> range:
            return {"order": range(5, 5 + n), "stop": range(9, 9 + n)}[kind]

    assert orders.reserve(Counting()) == Numbers(OrderId(5), StopId(9))


def test_a_new_order_can_be_planned_at_once():
    session = DaySession(small_day())
    made = orders.add(session, fresh(), NUMBERS)
    shift = session.day.plan.where[StopId(4)]
    dispatch.move(session, [made.stop], shift, None)
    assert made.stop in session.day.plan.route(shift).stops
