"""Breakdown, sick, late: numbers added up by hand on the small day, on the road."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import Break, Capacity, Driver, DriverId, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.orders import NextKind, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap
from dispatch_console.domain.sizes import Size
from dispatch_console.services import statuses
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import breakdown, draft, late, sick
from dispatch_console.services.wizards.goods import aboard, free_now
from dispatch_console.services.wizards.whereabouts import there_at, whereabouts
from dispatch_console.store.values import Fleet
from tests.factories import DAY, DEPOT, PLACES, line_matrix, order, shift, small_day, tours_day
from tests.wizard_days import ADA, BEN, EVE, IDS, at, broken_down, everything, on_the_road


def day_with(orders: dict[int, list[int]], changes: dict[int, dict[str, object]] | None = None) -> Day:
    """Routes by driver number (0: pool); `changes` of orders by number."""
    told = changes or {}
    every = [order(k, **told.get(k, {})) for numbers in orders.values() for k in numbers]
    routes = {id: Route(ShiftId(id), tuple(map(StopId, numbers))) for id, numbers in orders.items()}
    drivers = [shift(1, "Ada Quill"), shift(2, "Ben Rook"), shift(3, "Eve Lund")]
    return open_day(DEPOT, DAY, every, drivers, line_matrix(), Plan(routes))


# --- where they are, what they carry ---


def test_a_van_on_the_road_is_between_two_places() -> None:
    # Ben left at 08:00 for place 4, there at 08:40: at 08:20 he passes place 2, at 08:30 place 3.
    session = on_the_road(at(8, 20))
    where = whereabouts(session.day, BEN)
    assert (where.behind, where.ahead, where.next) == (PLACES[0], PLACES[4], 0)
    assert there_at(where, PLACES[2], session.day.travel, at(8, 20)) == at(8, 20)
    session.tick(at(8, 30))
    assert there_at(whereabouts(session.day, BEN), PLACES[6], session.day.travel, at(8, 30)) == at(9, 0)


def test_between_two_tours_a_van_is_on_its_way_to_the_depot_or_in_it() -> None:
    session = on_the_road(at(9, 0), tours_day())  # Ada: stop 3 until 08:45, in the depot 09:15–09:35
    depot, third, fourth = PLACES[0], PLACES[3], PLACES[4]
    assert whereabouts(session.day, ADA)[:5] == (third, depot, at(8, 45), at(9, 15), 3)
    assert whereabouts(session.day, ADA, at(9, 20))[:5] == (depot, depot, at(9, 35), at(9, 20), 3)
    assert whereabouts(session.day, ADA, at(9, 55))[:5] == (depot, fourth, at(9, 35), at(10, 15), 3)


def test_what_is_on_board_follows_from_what_was_told() -> None:
    # Ada: A1 delivered 08:15, A2 refused 08:30; A3 is to come. On board: A2 (to come back) and A3, 20 kg, 2 pieces.
    session = on_the_road(at(8, 31))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    statuses.status(session, StopId(2), FactKind.FAILED, Said("Mara", at(8, 30)))
    goods = aboard(session.day, ADA)
    assert (goods.deliver, goods.collect, goods.failed) == ((3,), (), (2,))
    assert goods.size == Size(20_000, 200, 2)
    assert free_now(session.day, ADA) == Capacity(80_000, 800, 8)


def test_before_the_start_nothing_is_on_board() -> None:
    day = on_the_road(at(7, 0), out=()).day
    assert aboard(day, ADA).size == Size()
    assert not aboard(day, ADA).out


# --- broken down ---


def test_breakdown_hands_over_where_the_van_stands() -> None:
    # 08:20, Ada's van stands at place 2, A1 done at 08:15. Ben passes place 2 right now: they meet at 08:20.
    # Two pieces reload in 120 + 2 × 24 = 168 s: 08:22:48. A2 is there (300 s): 08:27:48. A3 10 min on: 08:37:48
    # to 08:42:48. A4 08:52:48 to 08:57:48. A5 09:07:48 to 09:12:48. Back 50 min later: 10:02:48 (was 09:50).
    session = on_the_road(at(8, 20))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    said = breakdown.case(session.day, ADA)
    assert (said.place, said.first) == (PLACES[2], 1)
    assert [(c.route, c.away_s) for c in breakdown.candidates(session.day, said)] == [(BEN, 0)]
    made = breakdown.plan(session.day, said, [BEN], IDS)
    assert made.label == "Breakdown Van 01: to Ben Rook"
    assert made.after.plan.route(BEN).stops == (100, 2, 3, 4, 5)
    assert made.after.plan.route(ADA).stops == (1,)
    assert [v.begin for v in made.after.schedules[BEN].visits] == [
        *(at(8, 20), at(8, 22, 48), at(8, 37, 48), at(8, 52, 48), at(9, 7, 48)),
    ]
    assert made.after.schedules[BEN].end == at(10, 2, 48)
    meets = made.meetings[0]
    assert (meets.taker, meets.at, meets.ready, meets.pieces) == (BEN, at(8, 20), at(8, 20), 2)
    # On board of Ben: A4, A5 from the start; A2, A3 from the meeting on.
    loads = [made.after.schedules[BEN].load_start, *(v.load for v in made.after.schedules[BEN].visits)]
    assert [load.pieces for load in loads] == [2, 4, 3, 2, 1, 0]
    assert not made.after.schedules[ADA].broken
    effect = next(e for e in made.effects if e.route == BEN)
    assert (effect.drive_m, effect.end) == ((100_000, 100_000), (at(9, 50), at(10, 2, 48)))


def test_one_undo_brings_the_plan_back_and_keeps_the_facts() -> None:
    session = on_the_road(at(8, 20))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    before = session.day
    draft.accept(session, breakdown.plan(before, breakdown.case(before, ADA), [BEN], IDS))
    assert session.day.orders[OrderId(100)].kind is OrderKind.HANDOVER
    session.undo()
    assert session.day.plan == before.plan
    assert session.day.orders == before.orders
    assert session.day.facts == before.facts
    session.redo()
    assert session.day.plan.route(BEN).stops[0] == 100


def test_customers_and_drivers_who_are_told() -> None:
    session = on_the_road(at(8, 20))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    made = breakdown.plan(session.day, breakdown.case(session.day, ADA), [BEN], IDS)
    told = {(p.who, p.sentence) for p in made.phones}
    assert ("Ben Rook", "First, meet Ada Quill at 08:20; take over Customer 2 and Customer 3.") in told
    assert ("Ada Quill", "Ben Rook comes at 08:20 and takes over Customer 2 and Customer 3.") in told
    # A4 comes 12:48 later than planned: under 15 min, nobody is phoned for that. Nor for A2 (2 min earlier).
    assert {p.stop for p in made.phones if p.stop} == set()


def test_goods_that_cannot_be_reached_go_again_another_day() -> None:
    # Only A3, a collection, can be done by Ben; A2 stays in the van and goes again on Tuesday.
    window = Window(at(8, 0), at(12, 0))
    day = day_with({1: [1, 2, 3], 2: [4, 5]}, {2: {"windows": (window,)}, 3: {"kind": OrderKind.COLLECTION}})
    session = on_the_road(at(8, 20), day)
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    said = breakdown.case(session.day, ADA, reachable=False)
    made = breakdown.plan(session.day, said, [BEN], IDS)
    assert made.meetings == ()
    assert made.after.plan.route(ADA).stops == (1, 2)
    assert 3 in made.after.plan.route(BEN).stops
    step = made.after.orders[OrderId(2)].next
    assert step is not None
    assert (step.kind, step.day, step.note) == (NextKind.AGAIN, DAY.replace(day=24), "on board of Van 01")
    assert step.windows == (window,)
    assert any("cannot be reached: Customer 2" in line for line in made.sentences)
    told = {p.stop: p.sentence for p in made.phones if p.stop}
    assert told[StopId(2)] == "We cannot come today. We come on Tue 24 Nov instead."


def test_no_van_takes_more_than_it_carries() -> None:
    # Ben carries at most 10 pieces and has 2. A2 has 5, A3 has 4: 2 + 5 + 4 = 11 is one too many; A2 alone fits.
    day = day_with({1: [1, 2, 3], 2: [4, 5]}, {2: {"size": Size(1000, 10, 5)}, 3: {"size": Size(1000, 10, 4)}})
    session = on_the_road(at(8, 20), day)
    broken_down(session, ADA, at(8, 20), PLACES[2])
    said = breakdown.case(session.day, ADA)
    found = breakdown.assign(session.day, said, [BEN], IDS)
    assert len(found.left) == 1
    assert len(found.takes(BEN)) == 1
    both = breakdown.assign(session.day, said, [BEN, EVE], IDS)
    assert both.left == ()
    assert sorted((*both.takes(BEN), *both.takes(EVE))) == [2, 3]


def test_a_spare_van_leaves_the_depot_for_the_meeting() -> None:
    # Eve is in the depot at 08:20, 20 min from place 2: there at 08:40. One piece each: 168 s, A2, A3, back.
    session = on_the_road(at(8, 20), day_with({1: [1, 2, 3], 2: [4, 5]}))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    made = breakdown.plan(session.day, breakdown.case(session.day, ADA), [EVE], IDS)
    assert made.meetings[0].at == at(8, 40)
    planned = made.after.schedules[EVE]
    assert (planned.start, planned.visits[0].begin) == (at(8, 20), at(8, 40))


def test_the_proposal_is_one_near_van_if_that_is_enough() -> None:
    session = on_the_road(at(8, 20), day_with({1: [1, 2, 3], 2: [4, 5]}))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    found = breakdown.proposal(session.day, breakdown.case(session.day, ADA), IDS)
    assert [van.id for van in found.vans if van.taken] == [BEN]


def test_full_vans_are_no_proposal_however_near() -> None:
    # Six vans stand in the depot, as near as Eve; five of them may not take one stop more.
    day = day_with({1: [1, 2, 3]})
    full = [shift(k, f"Driver {k}", max_stops=0) for k in range(4, 9)]
    many = open_day(DEPOT, DAY, day.orders.values(), [day.shifts[ADA], *full, shift(9)], line_matrix(), day.plan)
    session = on_the_road(at(8, 20), many, out=(ADA,))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    found = breakdown.proposal(session.day, breakdown.case(session.day, ADA), IDS)
    assert ([van.id for van in found.vans if van.taken], found.left) == ([9], ())


def test_a_van_without_open_stops_needs_no_wizard() -> None:
    session = on_the_road(at(9, 0))
    for stop in (1, 2, 3):
        statuses.status(session, StopId(stop), FactKind.DELIVERED, Said("Mara", at(8, 50)))
    broken_down(session, ADA, at(9, 0), PLACES[2])
    with pytest.raises(UserError, match="no open stop"):
        breakdown.plan(session.day, breakdown.case(session.day, ADA), [BEN], IDS)


# --- sick ---


def test_a_whole_route_is_no_wall_of_names() -> None:
    day = small_day()
    some = "Customer 1, Customer 2, Customer 3, Customer 4"
    assert draft.named(day, everything(day)) == f"{some} and 2 more"
    assert draft.named(day, everything(day)[:5]) == f"{some} and Customer 5", "one more is named too"


def test_sick_before_the_start_gives_the_stops_to_others_who_are_still_there() -> None:
    # Ada's goods are in the depot, so is Ben: no meeting. Ben drives 1 2 3 4 5 on his way: 3 × 5 min more.
    session = on_the_road(at(7, 0), out=())
    made = sick.to_others(session.day, ADA, [BEN], IDS)
    assert made.label == "Ada Quill sick: to Ben Rook"
    assert sorted(made.after.plan.route(BEN).stops) == [1, 2, 3, 4, 5]
    assert made.after.plan.route(ADA).stops == ()
    assert made.after.shifts[ADA].absent
    assert made.meetings == ()
    assert made.after.schedules[BEN].end - made.after.schedules[BEN].start == 2 * 3000 + 5 * 300


def test_who_is_out_comes_back_to_the_depot_for_the_goods() -> None:
    # Ben is out since 08:00, on the way to A4 (08:40). Ada has not left. The depot is a stop of Ben's, after A4 at
    # the soonest: the goods are there, the way is part of it.
    session = on_the_road(at(8, 20), out=(BEN,))
    statuses.on_route(session, ADA, FactKind.IN_DEPOT, Said("Mara", at(8, 20)))
    made = sick.to_others(session.day, ADA, [BEN], IDS)
    stops = made.after.plan.route(BEN).stops
    reload = stops.index(StopId(100))
    assert reload >= 1
    assert all(stops.index(StopId(k)) > reload for k in (1, 2, 3))
    assert made.after.stops[StopId(100)].place == DEPOT.place


def test_what_fits_nobody_has_no_driver_then() -> None:
    day = day_with({1: [1], 2: [4]}, {1: {"size": Size(1000, 10, 10)}})
    session = on_the_road(at(7, 0), day, out=())
    made = sick.to_others(session.day, ADA, [BEN], IDS)
    assert made.after.plan.route(POOL).stops == (1,)
    assert "Fits nobody, has no driver then: Customer 1." in made.sentences


def test_a_spare_driver_takes_the_whole_route() -> None:
    session = on_the_road(at(7, 0), out=())
    gus = Driver(DriverId(9), "Gus Tarn")
    fleet = Fleet((*(s.driver for s in session.day.shifts.values()), gus), (Vehicle(VehicleId(9), "Van 09"),))
    assert [s.driver for s in sick.spare_drivers(session.day, ADA, fleet)] == [gus]
    assert [v.name for v in sick.spare_vehicles(session.day, fleet)] == ["Van 09"]
    made = sick.to_spare(session.day, ADA, gus)
    assert made.label == "Ada Quill out, Gus Tarn instead"
    assert made.after.shifts[ADA].driver == gus
    assert made.after.plan == session.day.plan


def test_once_out_nobody_else_has_driven_what_was_driven() -> None:
    session = on_the_road(at(8, 20))
    with pytest.raises(UserError, match="out already"):
        sick.to_spare(session.day, ADA, Driver(DriverId(9), "Gus Tarn"))


def test_somebody_takes_over_the_van_on_the_way() -> None:
    # Ada is sick at place 2 at 08:20; Gus leaves the depot now, 20 min: 08:40. A2 there, A3 10 min on, back 30 min:
    # 08:40 + 5 + 10 + 5 + 30 = 09:30. Ada's lane keeps A1.
    session = on_the_road(at(8, 20))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Mara", at(8, 15)))
    statuses.on_route(session, ADA, FactKind.SICK, Said("Mara", at(8, 20)), place=PLACES[2])
    said = breakdown.case(session.day, ADA)
    start = sick.reaches_at(session.day, said)
    assert start == at(8, 40)
    made = sick.take_over_van(session.day, said, Driver(DriverId(9), "Gus Tarn"), start, IDS)
    assert made.after.plan.route(ADA).stops == (1,)
    assert made.after.plan.route(IDS.shift).stops == (2, 3)
    assert made.after.schedules[IDS.shift].end == at(9, 30)
    assert made.after.schedules[IDS.shift].load_start.pieces == 2
    assert made.after.shifts[IDS.shift].vehicle == session.day.shifts[ADA].vehicle


# --- late ---


def late_day(kind: OrderKind) -> Day:
    """Ada has 1, 2, 3, of which 3 is due by 08:40 (08:40 is when she is there); Ben drives 4, 5 past it."""
    return day_with({1: [1, 2, 3], 2: [4, 5]}, {3: {"windows": (Window(at(8, 0), at(8, 40)),), "kind": kind}})


def test_a_collection_changes_hands_on_paper() -> None:
    # Ada is 30 min behind: at A2, her next one by the clock, 08:55 instead of 08:25, at A3 09:10, 30 min late.
    # Ben, on his way to 4 (08:40), can be at 3 at 08:55 after A4 (08:40 to 08:45): 15 min late. Saved
    # 30 − 15 = 15 min. Eve leaves the depot now, is there at 08:50, 10 min late: saved 20 min.
    session = on_the_road(at(8, 20), late_day(OrderKind.COLLECTION))
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Mara", at(8, 20)), value=at(8, 55))
    assert draft.late_s(session.day.schedules[ADA]) == 30 * 60
    eve, best = late.offers(session.day, ADA, IDS)
    assert (eve.taker, eve.saved_s) == (EVE, 20 * 60)
    assert late.plan(session.day, ADA, eve).after.shifts[EVE].start == at(8, 20)
    assert (best.taker, best.stops, best.saved_s, best.order) == (BEN, (3,), 15 * 60, None)
    made = late.plan(session.day, ADA, best)
    assert made.after.plan.route(ADA).stops == (1, 2)
    assert made.late == (1, 1)
    assert "15 min less lateness" in made.sentences[0]


def test_goods_on_board_need_a_meeting_whose_minutes_count() -> None:
    session = on_the_road(at(8, 5), late_day(OrderKind.DELIVERY))
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Mara", at(8, 5)), value=at(9, 30))
    found = late.offers(session.day, ADA, IDS)
    for offer in found:
        made = late.plan(session.day, ADA, offer)
        meets = made.meetings[0]
        assert meets.at >= at(8, 5)
        assert made.after.plan.where[meets.stop] == offer.taker
        assert made.after.plan.where[meets.giver_stop] == ADA
        was = sum(draft.late_s(s) for s in session.day.schedules.values())
        will = sum(draft.late_s(s) for s in made.after.schedules.values())
        assert was - will == offer.saved_s
    assert found, "Ben passes by with time to spare"


def test_who_gives_has_his_break_first_and_both_are_told_one_time() -> None:
    # Ada has a break of 30 min, to begin by 09:10, so it comes before the meeting.
    day = late_day(OrderKind.DELIVERY)
    pause = Break(30 * 60, Window(at(8, 0), at(9, 40)))
    day = day.apply(PlanChange("Break", shifts=(Swap(day.shifts[ADA], replace(day.shifts[ADA], pause=pause)),)))
    session = on_the_road(at(8, 5), day)
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Mara", at(8, 5)), value=at(9, 30))
    found = late.offers(session.day, ADA, IDS)
    assert found
    for offer in found:
        made = late.plan(session.day, ADA, offer)
        meets = made.meetings[0]
        begins = {visit.stop: visit.begin for s in made.after.schedules.values() for visit in s.visits}
        assert begins[meets.stop] == begins[meets.giver_stop] == meets.at


def test_who_is_phoned_when_nobody_can_help() -> None:
    session = on_the_road(at(8, 20), late_day(OrderKind.DELIVERY))
    statuses.on_route(session, ADA, FactKind.DELAYED, Said("Mara", at(8, 20)), value=at(8, 55))
    (call,) = late.to_phone(session.day, ADA)
    assert (call.who, call.sentence) == ("Customer 3", "We are late: we come about 09:10, not by 08:40.")


def test_minutes_behind_count_from_the_plan() -> None:
    # Planned at A1 at 08:10; 20 min behind is 08:30.
    session = on_the_road(at(8, 5))
    assert late.until(session.day, ADA, 20) == at(8, 30)


def test_a_day_that_went_on_meanwhile_refuses_the_draft() -> None:
    session = on_the_road(at(8, 20))
    broken_down(session, ADA, at(8, 20), PLACES[2])
    made = breakdown.plan(session.day, breakdown.case(session.day, ADA), [BEN], IDS)
    statuses.status(session, StopId(2), FactKind.DELIVERED, Said("Mara", at(8, 26)))
    with pytest.raises(UserError, match="done or under way"):
        draft.accept(session, made)
    assert everything(session.day) == [1, 2, 3, 4, 5, 6]


def test_a_van_that_is_back_takes_nothing() -> None:
    session = on_the_road(at(10, 0))
    statuses.on_route(session, BEN, FactKind.BACK, Said("Mara", at(9, 50)))
    broken_down(session, ADA, at(10, 0), PLACES[2])
    said = breakdown.case(session.day, ADA)._replace(first=1)
    assert breakdown.candidates(session.day, said) == []


def test_goods_of_a_later_tour_are_in_the_depot_when_the_van_breaks_down() -> None:
    session = on_the_road(at(8, 16), tours_day())  # Ada: 1 is behind her, then 2 3; the reload 09:15–09:35; 4 5
    broken_down(session, ADA, at(8, 16))
    day = session.day
    what = aboard(day, ADA)
    assert (what.deliver, what.later) == ((StopId(2), StopId(3)), (StopId(4), StopId(5)))
    made = breakdown.plan(day, breakdown.case(day, ADA), [BEN], IDS)
    after = day.apply(made.change, made.travel)
    assert set(after.plan.pool.stops) == {StopId(4), StopId(5)}, "anybody may load them"
    assert not {StopId(4), StopId(5)} & {stop for meets in made.meetings for stop in meets.stops}
    assert (
        "Of a later tour, still in the depot: Customer 4 and Customer 5. They have no driver then: plan them anew."
        in made.sentences
    )


def test_what_was_loaded_on_the_reload_is_on_board() -> None:
    session = on_the_road(at(9, 50), tours_day())
    assert (aboard(session.day, ADA).deliver, aboard(session.day, ADA).later) == ((StopId(4), StopId(5)), ())
