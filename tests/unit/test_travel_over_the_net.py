"""Roads that are asked over the net: the window's thread never waits for them, and no day is of two roads."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.roads import providers
from dispatch_console.roads.providers import Provider
from dispatch_console.services import placing, travel
from dispatch_console.services.session import DaySession
from tests.factories import PLACES, line_matrix, small_day

NAME = "remote:osrm:car"
NEW = Place(50.25, 10.0)


class Net:
    """Takes twice as long as the line; from and to a new place 7 s. `asked`: the new places of each question."""

    def __init__(self) -> None:
        self.asked: list[list[Place]] = []
        self.away = False
        self.knows = False

    def times(self) -> TravelMatrix:
        line = line_matrix()
        return TravelMatrix(line.places, line.durations * 2, line.distances, NAME)

    def grown(self, places: Sequence[Place]) -> TravelMatrix:
        n, held = len(places), self.times()
        tables: list[NDArray[np.int32]] = []
        for table in (held.durations, held.distances):
            wide = np.full((n, n), 7, np.int32)
            wide[: len(PLACES), : len(PLACES)] = table
            tables.append(wide)
        return TravelMatrix(places, tables[0], tables[1], NAME)

    def extend(self, known: TravelMatrix, places: Sequence[Place]) -> TravelMatrix:
        new = [place for place in places if place not in known.index]
        self.asked.append(new)
        if self.away:
            raise UserError("The net is away.")
        return self.grown([*known.places, *new])

    def known(self, places: Sequence[Place]) -> TravelMatrix | None:
        return self.grown(places) if self.knows else None


@pytest.fixture
def net() -> Iterator[Net]:
    net = Net()
    provider = Provider(NAME, net.grown, net.extend, known=net.known)
    providers.register(provider)
    yield net
    travel.spare(None)
    providers.unregister(provider)


@pytest.fixture
def session(net: Net) -> DaySession:
    return DaySession(small_day().with_travel(net.times()))


def test_without_a_window_it_is_waited_for(net: Net, session: DaySession) -> None:
    placing.set_pin(session, StopId(6), NEW)
    assert (net.asked, session.day.travel.provider) == ([[NEW]], NAME)
    net.away = True
    with pytest.raises(UserError, match="The net is away"):
        placing.set_pin(session, StopId(6), Place(50.35, 10.0))


def test_a_window_does_not_wait(net: Net, session: DaySession) -> None:
    """The day is estimated as a whole, also the route that has nothing new: Ada's first leg was 2 × 600 s."""
    before = session.day
    first = next(iter(before.schedules))
    assert before.schedules[first].drive_s == 2 * 6 * 600
    travel.spare(threading.current_thread())
    placing.set_pin(session, StopId(6), NEW)
    assert (net.asked, session.day.travel.provider) == ([], travel.ESTIMATE)
    assert session.day.schedules == session.day.with_travel(travel.matrix(session.day.places())).schedules
    assert session.day.schedules[first].drive_s != before.schedules[first].drive_s

    session.replace_day(session.day.with_travel(net.grown([*PLACES, NEW])), keep_history=True)
    session.undo()
    assert session.day.travel.provider == NAME


def test_what_is_known_is_used_at_once(net: Net, session: DaySession) -> None:
    travel.spare(threading.current_thread())
    net.knows = True
    placing.set_pin(session, StopId(6), NEW)
    assert (net.asked, session.day.travel.provider) == ([], NAME)


@pytest.mark.logs_warnings
def test_beside_the_window_it_is_asked_and_may_be_away(net: Net, session: DaySession) -> None:
    travel.spare(threading.current_thread())
    with ThreadPoolExecutor(1) as pool:
        known = session.day.travel
        grown = pool.submit(travel.covering, known, [NEW]).result()
        assert (grown.provider, grown.leg(NEW, PLACES[3])) == (NAME, (7, 7))
        net.away = True
        whole = pool.submit(travel.covering, known, [NEW]).result()
    assert whole.provider == travel.ESTIMATE
    assert whole.covers([*PLACES, NEW])
