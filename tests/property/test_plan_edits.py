"""Any mix of edits, undo and redo: nothing lost or doubled, everything taken back, done stops left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.errors import FrozenHead, StaleChange
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.freeze import head_length
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.schedule import schedule
from dispatch_console.services import dispatch, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests import factories
from tests.property.strategies import days


def all_stops(day: Day) -> list[int]:
    return sorted(stop for route in day.plan.routes.values() for stop in route.stops)


def random_edit(data: st.DataObject, session: DaySession) -> None:
    day = session.day
    stops = data.draw(st.lists(st.sampled_from(sorted(day.stops)), min_size=1, max_size=4, unique=True))
    shift = data.draw(st.sampled_from(sorted(day.shifts)))
    kind = data.draw(st.sampled_from(["move", "best", "pool", "lock", "pin", "reverse", "swap", "absent"]))
    if kind == "move":
        dispatch.move(session, stops, shift, data.draw(st.integers(0, len(day.plan.route(shift).stops))))
    elif kind == "best":
        dispatch.move(session, stops, shift, None)
    elif kind == "pool":
        dispatch.move(session, stops, POOL, None)
    elif kind == "lock":
        dispatch.set_locked(session, shift, not day.plan.route(shift).locked)
    elif kind == "pin":
        dispatch.set_pin(session, stops, data.draw(st.sampled_from(Pin)))
    elif kind == "reverse":
        dispatch.reverse(session, shift)
    elif kind == "swap":
        dispatch.swap_routes(session, shift, data.draw(st.sampled_from(sorted(day.shifts))))
    else:
        dispatch.set_absent(session, shift, not day.shifts[shift].absent)


def check_whole(session: DaySession, before: list[int]) -> None:
    day = session.day
    assert all_stops(day) == before
    for id, shift in day.shifts.items():
        route = day.plan.route(id)
        assert route.pinned <= set(route.stops)
        assert route.fixed <= set(route.stops)
        assert day.schedules[id] == schedule(route, shift, day.basis)


@given(days(), st.data())
def test_edits_undo_and_redo(day: Day, data: st.DataObject):
    if not day.stops:
        return
    session = DaySession(day)
    stops = all_stops(day)
    states = [day]
    for _ in range(data.draw(st.integers(1, 6))):
        steps = len(session.history.done)
        random_edit(data, session)
        check_whole(session, stops)
        if len(session.history.done) > steps:
            states.append(session.day)
    for state in reversed(states[:-1]):
        session.undo()
        check_whole(session, stops)
        assert session.day.plan == state.plan
        assert session.day.shifts == state.shifts
    for state in states[1:]:
        session.redo()
        assert session.day.plan == state.plan


@given(days(), st.data())
def test_what_has_happened_stays(day: Day, data: st.DataObject):
    driven = [route for route in day.routes if route.stops]
    if not driven:
        return
    route = data.draw(st.sampled_from(driven))
    done = route.stops[: data.draw(st.integers(1, len(route.stops)))]
    facts = Facts(tuple(Fact(s, route.id, FactKind.DELIVERED, 9 * 3600 + i) for i, s in enumerate(done)))
    session = DaySession(day.with_facts(facts, 9 * 3600))
    for _ in range(5):
        try:
            random_edit(data, session)
        except FrozenHead:
            pass
        assert session.day.plan.route(route.id).stops[: len(done)] == done
        assert head_length(session.day.plan.route(route.id), facts) >= len(done)


def test_an_old_change_is_refused_and_changes_nothing():
    session = DaySession(factories.small_day())
    dispatch.move(session, [6], 1, 0)
    old = session.history.done[0]
    dispatch.move(session, [6], 2, 0)
    before = session.day
    with pytest.raises(StaleChange):
        session.apply(old)
    assert session.day is before


def test_names_of_the_steps():
    session = DaySession(factories.small_day())
    dispatch.move(session, [6], 2, None)
    dispatch.unassign(session, [4, 5])
    assert [change.label for change in session.history.done] == ["Move A6 to Ben Rook", "Unassign 2 stops"]
    assert session.undo().label == "Unassign 2 stops"
    assert session.day.plan.where[4] == 2


def random_fact(data: st.DataObject, session: DaySession, now: int) -> None:
    """Something a driver phones in, of any stop that has a driver."""
    given_out = [stop for stop, route in session.day.plan.where.items() if route != POOL]
    if not given_out:
        return
    stop = data.draw(st.sampled_from(sorted(given_out)))
    kinds = [FactKind.ARRIVED, FactKind.DELIVERED, FactKind.FAILED, FactKind.SKIPPED, FactKind.REOPENED]
    statuses.status(session, stop, data.draw(st.sampled_from(kinds)), Said("Kim", now), reason=Reason.ABSENT)


def undo_or_redo(data: st.DataObject, session: DaySession) -> None:
    back = data.draw(st.booleans())
    if session.history.done if back else session.history.undone:
        session.undo() if back else session.redo()


@given(days(), st.data())
def test_any_mix_of_edits_facts_and_undo_loses_nothing_and_moves_no_fact(day: Day, data: st.DataObject):
    if not day.stops:
        return
    session = DaySession(replace(day, approval=Approval(DayState.APPROVED, "Kim")))
    stops = all_stops(day)
    now = 8 * 3600
    for _ in range(data.draw(st.integers(1, 10))):
        before = session.day
        now += data.draw(st.integers(0, 3600))
        move = data.draw(st.sampled_from(["edit", "fact", "undo", "tick"]))
        try:
            if move == "edit":
                random_edit(data, session)
            elif move == "fact":
                random_fact(data, session, now)
            elif move == "undo":
                undo_or_redo(data, session)
            else:
                session.tick(now)
        except (FrozenHead, StaleChange):
            assert session.day.facts is before.facts
        check_whole(session, stops)
        known = before.facts.entries
        assert session.day.facts.entries[: len(known)] == known
        if move != "fact":
            for route in before.routes:
                heads = freeze.head(route, before.facts)
                assert freeze.head(session.day.plan.route(route.id), session.day.facts)[: len(heads)] == heads
