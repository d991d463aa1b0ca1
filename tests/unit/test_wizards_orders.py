"""Urgent, cancelled, split, swapped: numbers added up by hand on the small day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_console.domain import insertion
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import Break, Capacity, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.orders import Item, NextKind, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services import dispatch, orders, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import cancel, draft, split, swap, urgent
from tests import factories
from tests.factories import DAY, DEPOT, PLACES, line_matrix, order, shift, small_day
from tests.wizard_days import ADA, BEN, IDS, at, everything, on_the_road


def with_orders(**changes: object) -> Day:
    """The small day, order 6 (in the pool) with `changes`."""
    base = small_day()
    orders = [order(k) for k in range(1, 6)] + [order(6, **changes)]
    return open_day(DEPOT, DAY, orders, base.shifts.values(), line_matrix(), base.plan)


# --- urgent ---


def test_a_delivery_brings_a_van_that_is_out_back_to_the_depot() -> None:
    # 08:20. Ada has left, has done A1 (08:15) and drives to A2 (08:25). Ben is still in the depot.
    # Ben: A6 behind A5: 10 min on, 5 min there, 10 min more back = 25 min, 20 km.
    # Ada turns round on the road, 15 min from the depot: there at 08:35. She left A1 at 08:15, would have driven
    # 10 + 10 + 30 = 50 min from there; now 08:15 to 08:35 and 20 + 40 + 30 + 30 = 120: 140 min. 90 min more,
    # 144 s to load one piece, 5 min at A6 = 5,844 s; 10 + 120 − 50 = 80 km.
    session = on_the_road(at(8, 20), out=(ADA,))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    statuses.on_route(session, BEN, FactKind.IN_DEPOT, Said("Mara", at(8, 20)))
    found = urgent.places(session.day, StopId(6), IDS)
    assert [(p.route, p.added_s, p.added_m, p.reloads) for p in found] == [
        (BEN, 25 * 60, 20_000, False),
        (ADA, 5_844, 80_000, True),
    ]
    made = urgent.plan(session.day, found[1])
    assert made.after.plan.route(ADA).stops == (1, 100, 2, 6, 3)
    assert made.after.stops[StopId(6)].pickup == 100
    loads = [visit.load.pieces for visit in made.after.schedules[ADA].visits]
    assert loads == [2, 3, 2, 1, 0]
    assert "comes back to the depot for it" in made.sentences[0]
    assert "+97 min, +80.0 km" in made.sentences[0]


def test_a_collection_needs_no_way_back() -> None:
    session = on_the_road(at(8, 20), with_orders(kind=OrderKind.COLLECTION))
    found = urgent.places(session.day, StopId(6), IDS)
    assert not any(p.reloads for p in found)
    assert found[0].route == BEN
    assert found[0].added_s == 25 * 60


def test_what_is_picked_up_at_a_customer_is_for_the_van_that_goes_there() -> None:
    # A6's goods wait at A5, which is Ben's last stop: he is there anyway, nobody comes back to the depot for them.
    # Behind A5 it takes what any collection takes; Ada would not have the goods.
    session = on_the_road(at(8, 20), with_orders(pickup=StopId(5)))
    found = urgent.places(session.day, StopId(6), IDS)
    assert [(p.route, p.reloads, [b.rule for b in p.broken]) for p in found] == [
        (BEN, False, []),
        (ADA, False, [Rule.PAIR]),
    ]
    assert (found[0].number, found[0].added_s) == ("3", 25 * 60)
    draft.accept(session, urgent.plan(session.day, found[0]))
    assert session.day.stops[StopId(6)].pickup == 5


def test_nobody_is_phoned_about_a_draft() -> None:
    day = with_orders()
    assert urgent.plan(day, urgent.places(day, StopId(6), IDS)[0]).phones == ()


def test_what_would_break_is_said() -> None:
    # The window of A6 closes at 08:30; Ben is there at 09:10, 40 min late.
    windows = (Window(at(8, 0), at(8, 30)),)
    session = on_the_road(at(8, 20), with_orders(kind=OrderKind.COLLECTION, windows=windows))
    best = urgent.places(session.day, StopId(6), IDS)[0]
    assert [(b.stop, b.by) for b in best.broken] == [(6, best.arrive - at(8, 30))]
    assert any("Customer 6:" in line for line in urgent.plan(session.day, best).sentences)


def test_an_order_with_a_driver_or_without_a_place_is_refused() -> None:
    with pytest.raises(UserError, match="with a driver already"):
        urgent.places(small_day(), StopId(1), IDS)
    with pytest.raises(UserError, match="Drop its pin"):
        urgent.places(with_orders(place=None), StopId(6), IDS)


# --- cancelled ---


def test_a_cancelled_order_leaves_its_route_and_is_not_planned_again() -> None:
    session = on_the_road(at(8, 5))
    made = cancel.plan(session.day, OrderId(2), IDS)
    draft.accept(session, made)
    assert session.day.plan.route(ADA).stops == (1, 3)
    step = session.day.orders[OrderId(2)].next
    assert step is not None
    assert (step.kind, step.note) == (NextKind.CANCEL, "on board of Van 01")
    assert "1 piece on board of Van 01 come back: tell Ada Quill." in made.sentences[1]
    assert session.day.unassigned == (6,)
    session.undo()
    assert session.day.plan.route(ADA).stops == (1, 2, 3)
    assert session.day.orders[OrderId(2)].next is None


def test_others_of_the_same_visit_are_still_served() -> None:
    base = small_day()
    orders = [order(k) for k in range(1, 7)] + [order(7, stop=StopId(2), place=PLACES[2])]
    session = DaySession(open_day(DEPOT, DAY, orders, base.shifts.values(), line_matrix(), base.plan))
    made = cancel.plan(session.day, OrderId(7), IDS)
    assert made.after.plan.route(ADA).stops == (1, 2, 3)
    assert [o.id for o in made.after.stops[StopId(2)].orders] == [2]
    assert made.after.orders[OrderId(7)].stop == 100
    assert 100 not in made.after.unassigned


def test_who_is_picked_up_at_a_cancelled_order_is_said_and_comes_from_the_depot() -> None:
    session = on_the_road(at(8, 5))
    orders.edit(session, replace(session.day.orders[OrderId(3)], pickup=StopId(2)))
    made = cancel.plan(session.day, OrderId(2), IDS)
    assert made.sentences[-1] == "A3 was picked up there: its goods come from the depot now."
    draft.accept(session, made)
    assert session.day.orders[OrderId(3)].pickup == 0
    session.undo()
    assert session.day.orders[OrderId(3)].pickup == 2


def test_what_was_visited_cannot_be_cancelled() -> None:
    session = on_the_road(at(8, 20))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    with pytest.raises(UserError, match="has been visited"):
        cancel.plan(session.day, OrderId(1), IDS)


# --- split ---


def test_pieces_split_off_add_up() -> None:
    # 7 pieces, 100 kg, 90 l; 2 of them: 2/7 rounded down = 28,571 g, 25 l. The rest: 71,429 g, 65 l, 5 pieces.
    day = with_orders(size=Size(100_000, 90, 7), cod=Money(4500, "CHF"))
    made = split.by_pieces(day, OrderId(6), 2, IDS)
    first, second = made.after.orders[OrderId(6)], made.after.orders[OrderId(100)]
    assert (first.size, second.size) == (Size(71_429, 65, 5), Size(28_571, 25, 2))
    assert (second.reference, second.identity) == ("A6/2", 6)
    assert (first.cod, second.cod) == (Money(4500, "CHF"), None)
    assert made.after.plan.route(POOL).stops == (6, 100)
    again = split.by_pieces(made.after, OrderId(6), 1, IDS._replace(orders=(OrderId(200),), stops=(StopId(200),)))
    assert again.after.orders[OrderId(200)].reference == "A6/3"


def test_lines_of_goods_split_off_add_up() -> None:
    items = (Item("T1", "Table", 1), Item("C1", "Chair", 3))
    day = with_orders(size=Size(40_000, 400, 4), items=items)
    made = split.by_items(day, OrderId(6), [1], IDS)
    first, second = made.after.orders[OrderId(6)], made.after.orders[OrderId(100)]
    assert (first.items, second.items) == (items[:1], items[1:])
    assert (first.size, second.size) == (Size(10_000, 100, 1), Size(30_000, 300, 3))


def test_one_piece_cannot_be_split() -> None:
    with pytest.raises(UserError, match="A6 has 1 piece"):
        split.by_pieces(small_day(), OrderId(6), 1, IDS)
    with pytest.raises(UserError, match="Split off some"):
        split.by_items(small_day(), OrderId(6), [], IDS)


# --- swapped ---


def test_drivers_swap_before_the_start_with_their_times() -> None:
    # Ben works from 09:00: with Ada's route he is at A1 at 09:10.
    base = small_day()
    late = shift(2, "Ben Rook", start=at(9, 0), pause=Break(1800, Window(at(12, 0), at(13, 0))))
    day = open_day(DEPOT, DAY, base.orders.values(), [base.shifts[ADA], late], line_matrix(), base.plan)
    made = swap.drivers(day, ADA, BEN)
    lane = made.after.shifts[ADA]
    assert (lane.driver.name, lane.vehicle.name, lane.slot, lane.start) == ("Ben Rook", "Van 01", 1, at(9, 0))
    assert made.after.schedules[ADA].visits[0].arrive == at(9, 10)
    assert made.after.plan == day.plan


def test_vehicles_swap_before_the_start_and_say_what_breaks() -> None:
    # Ada has 3 pieces; a vehicle for 2 holds one too few.
    base = small_day()
    tiny = replace(base.shifts[BEN], vehicle=Vehicle(VehicleId(2), "Bike", "", Capacity(None, None, 2)))
    day = open_day(DEPOT, DAY, base.orders.values(), [base.shifts[ADA], tiny], line_matrix(), base.plan)
    made = swap.vehicles(day, ADA, BEN)
    assert made.after.shifts[ADA].vehicle.name == "Bike"
    assert made.sentences == ("Ada Quill: 1 pieces over what the vehicle holds.",)


def test_tours_stay_with_the_goods_when_drivers_swap() -> None:
    # Ada's van carries three of her five orders: Ben comes back for the other two as she would have.
    day = factories.tours_day()
    made = swap.drivers(day, ADA, BEN)
    lane = made.after.shifts[ADA]
    assert (lane.driver.name, lane.tours, lane.reload_s) == ("Ben Rook", 2, 1200)
    assert (made.after.shifts[BEN].driver.name, made.after.shifts[BEN].tours) == ("Ada Quill", 1)
    assert [reload.before for reload in made.after.schedules[ADA].reloads] == [3]
    assert not any(broken.rule is Rule.CAPACITY_KG for broken in made.after.schedules[ADA].broken)


def test_who_changes_vans_still_comes_back_for_a_later_tour() -> None:
    # 08:16: Ada has done A1 and has A2, A3 on board; A4, A5 wait in the depot for her. Ben drives to A6.
    session = on_the_road(at(8, 16), factories.tours_day())
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    made = swap.rests(session.day, ADA, BEN, IDS)
    assert made.after.plan.route(ADA).stops == (1, 100, 6, 4, 5)
    assert made.after.plan.route(BEN).stops == (101, 2, 3)
    assert [reload.before for reload in made.after.schedules[ADA].reloads] == [3], "behind what was Ben's"
    assert {stop for meets in made.meetings for stop in meets.stops} == {2, 3, 6}
    assert all(made.after.stops[stop].pickup == 0 for stop in (StopId(4), StopId(5)))
    assert made.sentences[1:] == (
        "Ada Quill comes back to the depot for the later tour, as planned: Customer 4 and Customer 5.",
    )
    draft.accept(session, made)
    session.undo()
    assert session.day.plan.route(ADA).stops == (1, 2, 3, 4, 5)


def test_on_the_way_they_can_only_change_vans() -> None:
    session = on_the_road(at(8, 20))
    with pytest.raises(UserError, match="what he has done stays his"):
        swap.drivers(session.day, ADA, BEN)
    with pytest.raises(UserError, match="what he has done stays his"):
        swap.vehicles(session.day, ADA, BEN)


def test_on_the_way_they_meet_and_drive_what_the_other_had_left() -> None:
    # 08:20: Ada has done A1 and heads for A2 (there 08:25, 5 min away); Ben passes place 2 heading for A4.
    session = on_the_road(at(8, 20))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    made = swap.rests(session.day, ADA, BEN, IDS)
    assert made.after.plan.route(ADA).stops == (1, 100, 4, 5)
    assert made.after.plan.route(BEN).stops == (101, 2, 3)
    assert made.after.shifts[ADA].vehicle.name == "Van 02"
    assert made.meetings[0].at == at(8, 25)
    # Ada: 3 pieces at the start, 2 after A1; at the meeting she leaves those 2 and gets A4, A5 with the van.
    loads = [made.after.schedules[ADA].load_start, *(v.load for v in made.after.schedules[ADA].visits)]
    assert [load.pieces for load in loads] == [3, 2, 2, 1, 0]
    draft.accept(session, made)
    session.undo()
    assert session.day.plan.route(ADA).stops == (1, 2, 3)
    assert session.day.shifts[ADA].vehicle.name == "Van 01"
    assert everything(session.day) == [1, 2, 3, 4, 5, 6]


def test_who_has_his_break_first_is_waited_for_with_one_time_for_both() -> None:
    # As above; but Ben has to have his break between 08:00 and 08:50, so it comes before the meeting.
    pause = Break(20 * 60, Window(at(8, 0), at(8, 50)))
    day = factories.small_day()
    day = day.apply(PlanChange("Break", shifts=(Swap(day.shifts[BEN], replace(day.shifts[BEN], pause=pause)),)))
    made = swap.rests(on_the_road(at(8, 20), day).day, ADA, BEN, IDS)
    begins = []
    for meets in made.meetings:
        route, k = made.after.position(meets.stop)
        begins.append(made.after.schedules[route].visits[k].begin)
    assert begins == [made.meetings[0].at] * 2
    assert made.meetings[0].at % 300 == 0
    assert made.meetings[0].at > made.meetings[0].ready + 300


def test_who_is_not_on_the_way_cannot_change_vans() -> None:
    with pytest.raises(UserError, match="is not on the way"):
        swap.rests(factories.small_day(), ADA, ShiftId(2), IDS)


# --- places of a driver who tells nothing ---


def test_who_is_silent_is_offered_nothing_behind_him_but_a_drop_there_is_still_allowed() -> None:
    # Ada is due at 08:10, 08:25, 08:40, five minutes each; at 08:32 she has left A1 and A2, though nobody said so.
    day = with_orders(place=PLACES[1])  # on the way to A1, which is behind her
    early = on_the_road(at(8, 0), day)
    late = on_the_road(at(8, 32), day)
    assert insertion.best_in_route(StopId(6), early.day.plan.route(ADA), early.day.basis).at < 2
    assert insertion.best_in_route(StopId(6), late.day.plan.route(ADA), late.day.basis).at >= 2
    assert all(offer.at >= 2 for offer in dispatch.offers(late.day, StopId(6)) if offer.route == ADA)
    dispatch.move(late, [StopId(6)], ADA, 0)
    assert late.day.plan.route(ADA).stops[0] == 6
