"""What holds for every plan that a search hands on, whatever day it was asked about."""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.insertion import newly_broken
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.schedule import schedule
from dispatch_console.optimiser import search
from dispatch_console.optimiser.options import Changes, Options
from dispatch_console.optimiser.tasks import Found, Problem


def solve(question: Problem, rounds: int = 600) -> tuple[Found, list[Found]]:
    """(the last plan, all that were handed on), of so many rounds by one thread."""
    told: list[Found] = []
    return search.solve(replace(question, rounds=rounds), lambda: False, told.append), told


def nothing_is_lost(day: Day, found: Found) -> None:
    before = [stop for id in found.sequences for stop in day.plan.route(id).stops]
    placed = [stop for stops in found.sequences.values() for stop in stops]
    assert len(placed) == len(set(placed))
    assert set(placed) <= {*before, *day.plan.pool.stops}
    left = {stop for stop in before if stop not in placed}
    no_place = {stop for stop in left if day.stops[stop].place is None}
    assert left - no_place <= set(found.unassigned)
    assert len(found.unassigned) == len(set(found.unassigned))
    assert not set(found.unassigned) & set(placed)


def nothing_is_broken(day: Day, question: Problem, found: Found) -> None:
    held = {one.route.id: one.schedule for one in question.held}
    for id, stops in found.sequences.items():
        timed = schedule(day.plan.route(id).with_stops(stops), day.basis.shifts[id], day.basis)
        if id in held:
            assert newly_broken(held[id], timed) == ()
        else:
            assert day.shifts[id].absent
            assert len(stops) == freeze.head_length(day.plan.route(id), day.facts)


def nothing_held_moves(day: Day, options: Options, found: Found) -> None:
    for id, stops in found.sequences.items():
        route = day.plan.route(id)
        assert not route.locked
        head = freeze.head_length(route, day.facts)
        assert stops[:head] == route.stops[:head]
        if day.shifts[id].absent:
            continue
        assert route.pinned <= set(stops)
        if options.keeps_order:
            assert [stop for stop in stops if stop in route.stops] == list(route.stops)
        if options.changes is Changes.KEEP_DRIVERS:
            strangers = set(stops) - set(route.stops)
            assert all(
                day.plan.where[stop] == POOL or day.shifts[day.plan.where[stop]].absent for stop in strangers
            )


def fixed_stops_stay(question: Problem, found: Found) -> None:
    for vehicle in question.vehicles:
        for number, at in vehicle.places:
            assert found.sequences[vehicle.shift][len(vehicle.head) + at] == question.tasks[number].stop
