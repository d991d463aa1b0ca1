"""A problem goes through a pipe in parts and comes out as it went in."""

from __future__ import annotations

import multiprocessing
import pickle
import threading
from dataclasses import replace

import numpy as np
import pytest

from dispatch_console.optimiser import problem, wire
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Problem
from tests import factories


def _through_a_pipe(job: int, question: Problem) -> tuple[int, Problem]:
    ours, theirs = multiprocessing.Pipe()
    sender = threading.Thread(target=wire.send, args=(ours, job, question))
    sender.start()
    try:
        return wire.receive(theirs)
    finally:
        sender.join()
        ours.close()
        theirs.close()


def test_what_comes_out_is_what_went_in() -> None:
    question = problem.build(factories.small_day(), 0, Options(seconds=3))
    assert question.basis.travel.index  # kept for speed, not for others

    job, got = _through_a_pipe(7, question)

    assert job == 7
    assert (got.vehicles, got.tasks, got.held, got.seconds) == (
        question.vehicles,
        question.tasks,
        question.held,
        question.seconds,
    )
    assert dict(got.basis.stops) == dict(question.basis.stops)
    assert list(got.basis.stops) == list(question.basis.stops), "their order too"
    assert got.basis.travel.places == question.basis.travel.places
    assert np.array_equal(got.durations, question.durations) and np.array_equal(got.distances, question.distances)


@pytest.mark.parametrize("stops", [0, 1, 260])
def test_many_stops_none_is_lost(stops: int) -> None:
    question = problem.build(factories.small_day(), 0, Options(seconds=3))
    some = next(iter(question.basis.stops.values()))
    many = {number: replace(some, id=number) for number in range(stops)}
    question = replace(question, basis=replace(question.basis, stops=many), tasks=question.tasks[:1] * stops)

    _, got = _through_a_pipe(1, question)

    assert list(got.basis.stops.values()) == list(many.values())
    assert got.tasks == question.tasks


def test_a_matrix_is_sent_without_what_it_keeps_for_speed() -> None:
    travel = factories.small_day().travel
    bare = len(pickle.dumps(travel))
    assert travel.index

    assert len(pickle.dumps(travel)) == bare
    again = pickle.loads(pickle.dumps(travel))
    assert again.leg(travel.places[0], travel.places[1]) == travel.leg(travel.places[0], travel.places[1])
