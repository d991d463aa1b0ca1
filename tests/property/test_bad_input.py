"""The search on days that make no sense: it plans what can be served, says why the rest is not, and never crashes.

Every day is one of `rich_days` of which some values are spoiled: nothing can be reached, windows and shifts are
turned round or lie years away, sizes and prices are below zero or at the edge of what an integer holds, goods come
on board at stops that are not there.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, sleep

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fitting import Verdict, fitting
from dispatch_console.domain.fleet import Break, Capacity, Costs, DrivingBreaks, Shift
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Size
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.domain.weights import Weights
from dispatch_console.optimiser import problem, search
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Found
from dispatch_console.optimiser.worker import Done, Failed, Message, Worker
from tests import factories
from tests.patience import PATIENCE_S
from tests.property.plan_checks import (
    fixed_stops_stay,
    nothing_held_moves,
    nothing_is_broken,
    nothing_is_lost,
    solve,
)
from tests.property.rich import rich_days
from tests.property.test_plan_search import options

HOUR = 3600
#: Edges of what 32 and 64 bits hold, and of what the search calls far and never.
EDGES = [2**29 - 1, 2**29, 10**7, 2**31 - 1, 2**31, 2**32, 2**40, 2**41, 2**62, 2**63 - 1, 2**63, 2**70]
huge = st.sampled_from([*EDGES, *(-edge for edge in EDGES)])
odd = st.one_of(st.sampled_from([0, -1, -60, -7200, 1]), huge)
moments = st.one_of(st.integers(-2, 40).map(lambda k: k * HOUR), huge)
windows = st.builds(Window, moments, moments)


def _many(draw: st.DrawFn, spoil: list[tuple[str, st.SearchStrategy[object]]]) -> dict[str, object]:
    """Some of the fields, each with a value drawn for it."""
    chosen = draw(st.lists(st.sampled_from(range(len(spoil))), min_size=1, max_size=3, unique=True))
    return {spoil[k][0]: draw(spoil[k][1]) for k in sorted(chosen)}


@st.composite
def bad_stops(draw: st.DrawFn, stop: Stop) -> Stop:
    sizes = st.builds(Size, odd, odd, odd)
    ids = st.integers(-1, 12).map(StopId)  # itself, others that may point back, none
    return replace(
        stop,
        **_many(
            draw,
            [
                ("windows", st.lists(windows, max_size=3).map(lambda some: tuple(sorted(some)))),
                ("delivery", sizes),
                ("collection", sizes),
                ("service_s", odd),
                ("parking_s", odd),
                ("release_s", moments),
                ("late_per_min", odd),
                ("pickup", ids),
            ],
        ),
    )


@st.composite
def bad_shifts(draw: st.DrawFn, shift: Shift) -> Shift:
    capacities = st.builds(Capacity, st.none() | odd, st.none() | odd, st.none() | odd)
    pauses = st.builds(Break, odd, windows) | st.builds(DrivingBreaks, odd, odd, odd, odd)
    return replace(
        shift,
        **_many(
            draw,
            [
                ("start", moments),
                ("end", st.just(shift.start) | moments),
                ("vehicle", capacities.map(lambda some: replace(shift.vehicle, capacity=some))),
                ("costs", st.builds(Costs, odd, odd, odd)),
                ("pause", pauses),
                ("max_stops", odd),
                ("max_drive_s", odd),
                ("max_drive_m", odd),
                ("overtime_s", odd),
                ("overtime_per_hour", odd),
                ("tours", odd),
                ("reload_s", odd),
            ],
        ),
    )


@st.composite
def bad_roads(draw: st.DrawFn, travel: TravelMatrix) -> TravelMatrix:
    """Some places that nobody can leave, or reach, or only one way; legs as long as 32 bits hold."""
    n = len(travel.places)
    places = st.integers(0, n - 1)
    by = travel.durations[None].copy() if travel.durations_by is None else travel.durations_by.copy()
    metres = travel.distances.copy()
    for _ in range(draw(st.integers(1, 3))):
        far = draw(st.sampled_from([UNREACHABLE, UNREACHABLE, UNREACHABLE - 1, 2**31 - 1]))
        match draw(st.integers(0, 3)):
            case 0:
                by[:, draw(places), :] = far
            case 1:
                by[:, :, draw(places)] = far
            case 2:
                by[:, draw(places), draw(places)] = far
            case _:
                metres[draw(places), :] = far
    for k in range(n):
        by[:, k, k] = metres[k, k] = 0
    durations = by if travel.bounds else by[0]
    return TravelMatrix(travel.places, durations, metres, "spoiled", travel.bounds)


weights = st.builds(Weights, odd, odd, odd, odd, odd, odd, odd, odd)


@st.composite
def bad_days(draw: st.DrawFn) -> Day:
    day = draw(rich_days(facts=draw(st.booleans())))
    shifts, stops = dict(day.shifts), dict(day.stops)
    kinds = st.sampled_from(["stop", "stop", "shift", "roads", "weights", "place"])
    for spoiled in draw(st.lists(kinds, min_size=1, max_size=4)):
        match spoiled:
            case "stop" if stops:
                id = draw(st.sampled_from(sorted(stops)))
                stops[id] = draw(bad_stops(stops[id]))
            case "shift" if shifts:
                id = draw(st.sampled_from(sorted(shifts)))
                shifts[id] = draw(bad_shifts(shifts[id]))
            case "roads":
                day = replace(day, travel=draw(bad_roads(day.travel)))
            case "weights":
                day = replace(day, weights=draw(weights))
            case _:
                place = draw(st.sampled_from(day.travel.places))
                stops = {id: replace(stop, place=place) for id, stop in stops.items()}
    return replace(day, stops=stops, shifts=shifts).rescheduled(shifts)


@settings(max_examples=250)
@given(bad_days(), options)
def test_bad_input_gets_a_plan_of_what_can_be_served(day: Day, options: Options) -> None:
    question = problem.build(day, day.now, options)
    last, told = solve(question, 200)
    assert last == told[-1]
    for found in told:
        nothing_is_lost(day, found)
        nothing_is_broken(day, question, found)
        nothing_held_moves(day, options, found)
        fixed_stops_stay(question, found)
    if last.unassigned:
        _there_are_reasons(day, last.unassigned[0], last)


def _there_are_reasons(day: Day, stop: StopId, found: Found) -> None:
    """Every driver has a reason not to take a stop, or it is said who can: it fits where no search puts anything,
    as in front of what is fixed, or it was left out for its price."""
    routes = {id: day.plan.route(id).with_stops(stops) for id, stops in found.sequences.items()}
    rest = {id: day.plan.route(id) for id in day.shifts if id not in routes}
    placed = {one for route in (*routes.values(), *rest.values()) for one in route.stops}
    pool = Route(POOL, tuple(one for one in day.stops if one not in placed))
    told = fitting(stop, Plan({**rest, **routes, POOL: pool}), day.basis)
    without = {reason.route for reason in told.reasons}
    assert told.verdict is Verdict.FITS or without == day.shifts.keys()


def test_of_ten_thousand_stops_at_one_place_all_that_fit_are_served() -> None:
    orders = [factories.order(k, place=factories.PLACES[1], service_s=1) for k in range(1, 10_001)]
    shifts = [factories.shift(k) for k in range(1, 4)]
    day = open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix())
    question = problem.build(day, 0, Options(seconds=PATIENCE_S))
    plans: list[Found] = []
    full = 30  # ten pieces each
    found = search.solve(question, lambda: bool(plans) and plans[-1].assigned == full, plans.append)
    nothing_is_lost(day, found)
    nothing_is_broken(day, question, found)
    assert found.assigned == full


def test_thousands_of_vans_and_one_stop() -> None:
    shifts = [factories.shift(k) for k in range(1, 2001)]
    day = open_day(factories.DEPOT, factories.DAY, [factories.order(1)], shifts, factories.line_matrix())
    question = problem.build(day, 0, Options())
    found, _ = solve(question, 200)
    nothing_is_broken(day, question, found)
    assert found.assigned == 1


def test_the_worker_lives_on_after_bad_input() -> None:
    orders = [
        factories.order(1, size=Size(2**70, -(2**70), 0)),
        factories.order(2, windows=(Window(9 * HOUR, 7 * HOUR),)),
        factories.order(3, pickup=StopId(4), size=Size(2**31, 0, 0)),
        factories.order(4, pickup=StopId(3)),
        factories.order(5, pickup=StopId(99)),
        factories.order(6),
    ]
    shifts = [factories.shift(1), factories.shift(2, end=0, costs=Costs(2**70, -(2**70), 2**63))]
    day = open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix())
    worker = Worker()
    try:
        for _ in range(2):
            job, end = worker.submit(problem.build(day, 0, Options(seconds=0.2))), monotonic() + PATIENCE_S
            last: Message | None = None
            while not isinstance(last, Done | Failed) and monotonic() < end:
                last = next((one for one in worker.poll() if isinstance(one, Done | Failed)), None)
                sleep(0.02)
            assert isinstance(last, Done) and last.job == job, last
            assert StopId(6) in last.found.sequences[shifts[0].id]
    finally:
        worker.close()
