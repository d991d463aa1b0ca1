"""Places that no road reaches: passed by in every reckoning, told wherever problems of a stop are told."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain import edits, insertion, off_road
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.rules import Rule, describe
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from dispatch_console.services import answers, departure, planfile
from dispatch_console.services.incidents import Deed, Incident, Kind, incidents
from tests import factories
from tests.factories import PLACES

ADA, BEN = ShiftId(1), ShiftId(2)
S = [StopId(k) for k in range(7)]
FAR = OffRoad(1400)
WORDS = "1.4 km from the nearest road that a van may drive"
REMEDY = "set its pin nearer to a road, or see whether the vehicle is right. Until then no way to it is counted."


def roads(*lost: int, away: OffRoad = FAR) -> TravelMatrix:
    """The line of the small day, on roads that do not reach these of its places."""
    line = factories.line_matrix()
    off = {PLACES[k]: away for k in lost}
    return TravelMatrix(line.places, line.durations, line.distances, "pack:line:van", off_road=off)


def day_on(*lost: int) -> Day:
    return factories.small_day().with_travel(roads(*lost))


def test_words() -> None:
    assert off_road.words(OffRoad(640, vehicle="truck")) == "640 m from the nearest road that a truck may drive"
    assert off_road.words(FAR) == WORDS
    assert off_road.words(OffRoad(None)) == "nowhere near a road that a van may drive"
    island = OffRoad(None, island=True)
    assert off_road.of_stop("A1 Ann", island).startswith(
        "A1 Ann is on a road that no van can come to from the others: set its pin on another road, or "
    )
    assert off_road.of_start("Depot", FAR) == (
        f"Depot is {WORDS}: set its place nearer to a road. Until then ways are counted from that road on."
    )


def test_a_stop_off_the_roads_is_passed_by_and_the_rest_keeps_its_times() -> None:
    day = day_on(2)
    stop, route = day.stops[S[2]], day.schedules[ADA]
    assert (stop.place, stop.pin, day.off_road, day.without_place) == (None, PLACES[2], (S[2],), ())
    # 08:00 → stop 1 at 08:10, 5 min → 20 min to stop 3 at 08:35, 5 min → home at 09:10
    assert [visit.arrive for visit in route.visits] == [8 * 3600 + 600, 8 * 3600 + 900, 8 * 3600 + 2100]
    assert (route.end, route.drive_m) == (9 * 3600 + 600, 60_000)
    assert [(broken.rule, broken.stop, describe(broken)) for broken in route.broken] == [
        (Rule.NO_PLACE, S[2], f"it is {WORDS}")
    ]
    assert day.schedules[BEN] == factories.small_day().schedules[BEN]


def test_other_roads_reach_it_again() -> None:
    before, day = factories.small_day(), day_on(2, 6)
    assert set(day.places()) == set(before.places())  # or no other roads would ever be asked for them
    again = day.with_travel(roads())
    assert (again.stops, again.schedules) == (before.stops, before.schedules)
    assert day.with_travel(roads(2, 6)).stops is day.stops


def test_a_pin_off_the_roads_and_back() -> None:
    day = factories.small_day()
    order = day.stops[S[6]].order
    wild = Place(51.5, 10.0)
    line = roads()
    grown = factories.line_matrix(8)
    places = (*line.places, wild)
    travel = TravelMatrix(places, grown.durations, grown.distances, line.provider, off_road={wild: FAR})
    lost = day.with_travel(line).apply(PlanChange("Pin", orders=(Swap(order, replace(order, place=wild)),)), travel)
    assert (lost.off_road, lost.unassigned) == ((S[6],), ())
    now = lost.stops[S[6]].order
    found = lost.apply(PlanChange("Pin", orders=(Swap(now, order),)))
    assert (found.off_road, found.unassigned) == ((), (S[6],))


def test_nobody_is_planned_to_go_there_but_a_dispatcher_may_send_him() -> None:
    day = day_on(6)
    planned = problem.build(day, 0, Options())
    assert S[6] not in {task.stop for task in planned.tasks}
    assert {reason.rule for reason in insertion.reasons(S[6], day.plan, day.basis)} == {Rule.NO_PLACE}
    sent = day.apply(edits.move(day.plan, [S[6]], BEN, 2, "Move A6"))
    was, now = day.schedules[BEN], sent.schedules[BEN]
    assert (now.end, now.drive_m) == (was.end, was.drive_m)
    assert [visit.arrive for visit in now.visits[:2]] == [visit.arrive for visit in was.visits]
    assert [broken.rule for broken in now.broken] == [Rule.NO_PLACE]
    assert answers.why_no_choice(sent, S[6]) == f"A6 Customer 6 is {WORDS}: {REMEDY}"


def test_plan_json_tells_the_rule_and_where_the_pin_is() -> None:
    told = planfile.document(day_on(2, 6), planfile.Searched(1, 1))
    (left,) = told["unassigned"]
    assert left["order"] == "A6"
    assert left["reasons"] == [{"driver": "", "rule": "no_place", "detail": f"A6 Customer 6 is {WORDS}: {REMEDY}"}]
    (violation,) = told["routes"][0]["violations"]
    assert (violation["rule"], violation["orders"]) == ("no_place", ["A2"])
    assert told["routes"][0]["stops"][1]["lat"] == PLACES[2].lat


def test_incidents_and_the_list_before_departure() -> None:
    day = day_on(6)
    (found,) = only(day)
    assert (found.what, found.deed, found.hard, found.stops) == (
        "1 order lies off the roads",
        Deed.DROP_PINS,
        False,
        (6,),
    )
    assert (found.sentence, found.short) == (f"A6 Customer 6 is {WORDS}: {REMEDY}", "A6: 1.4 km from a road")
    (found,) = only(day_on(1, 2, 6))
    assert (found.what, found.stops) == ("3 orders lie off the roads", (1, 2, 6))
    assert found.sentence == "A1, A2 and A6: set the pins nearer to a road that a van may drive"
    listed = [p for p in departure.problems(day_on(2, 6)) if p.kind is departure.Kind.NO_PLACE]
    assert [(p.what, p.stop, p.hard) for p in listed] == [
        (f"Customer 2: it is {WORDS}", S[2], True),
        ("Customer 6: no road", S[6], False),
    ]


def only(day: Day) -> list[Incident]:
    return [one for one in incidents(day) if one.kind is Kind.OFF_ROAD]


def test_a_depot_off_the_roads_is_one_sentence_and_all_else_lives() -> None:
    day = day_on(0)
    before = factories.small_day()
    assert day.schedules == before.schedules
    (found,) = incidents(day)
    assert (found.kind, found.hard) == (Kind.START_OFF_ROAD, True)
    assert found.sentence == (
        f"Testdepot is {WORDS}: set its place nearer to a road. Until then ways are counted from that road on."
    )
    assert [p.sentence for p in departure.problems(day) if p.what == "No road to the start"] == [found.sentence]


def test_an_order_that_is_over_is_no_incident() -> None:
    day = day_on(2)
    assert only(day)
    over = day.record([Fact(S[2], ADA, FactKind.FAILED, 8 * 3600 + 900)], 8 * 3600 + 900)
    assert not only(over)
