"""Trials: nothing is saved before one is taken over; what happens meanwhile happens to both. See `factories`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL, PlanChange
from dispatch_console.services import dispatch, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.whatif import WhatIf
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)


class Written:
    """Remembers what was to be saved."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.told: list[Fact] = []

    def change(self, change: PlanChange, after: Day) -> None:
        self.labels.append(change.label)

    def approval(self, after: Day) -> None:
        self.labels.append("approval")

    def facts(self, facts: Sequence[Fact], change: PlanChange | None, after: Day) -> None:
        self.told.extend(facts)


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def session(written: Written) -> DaySession:
    session = DaySession(factories.small_day(), written)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    written.labels.clear()
    return session


def test_a_trial_is_taken_over_as_one_step(session: DaySession, written: Written):
    before, whatif = session.day, WhatIf(session)
    whatif.begin()
    dispatch.move(session, [StopId(6)], BEN, 2)
    dispatch.move(session, [StopId(3)], BEN, 0)
    assert written.labels == []
    assert session.real is before
    (_, now), (name, tried) = whatif.figures()
    # Ada drives 20 min less, Ben 20 min more for stop 6: 160 km either way; 3 and 6 moved.
    assert (name, now.drive_m, tried.drive_m, tried.moved, now.unassigned, tried.unassigned) == (
        "A", 160_000, 160_000, 2, 1, 0,
    )  # fmt: skip
    whatif.take_over()
    assert written.labels == ["Take over trial A"]
    assert session.day.plan.route(BEN).stops == (3, 4, 5, 6)
    assert not session.trying
    session.undo()
    assert session.day.plan.where == before.plan.where


def test_thrown_away_it_never_was(session: DaySession, written: Written):
    before, whatif = session.day, WhatIf(session)
    whatif.begin()
    dispatch.move(session, [StopId(1)], POOL, None)
    whatif.throw_away()
    assert session.day is before
    assert written.labels == []
    assert [name for name, _ in whatif.figures()] == ["Now"]


def test_several_trials_stand_side_by_side(session: DaySession):
    whatif = WhatIf(session)
    first = whatif.begin()
    dispatch.move(session, [StopId(6)], BEN, None)
    whatif.begin()
    assert session.day.plan.where[StopId(6)] == POOL
    dispatch.move(session, [StopId(6)], ADA, None)
    whatif.look_at(first)
    assert session.day.plan.where[StopId(6)] == BEN
    assert [name for name, _ in whatif.figures()] == ["Now", "A", "B"]
    session.undo()
    assert session.day.plan.where[StopId(6)] == POOL


def test_what_happens_meanwhile_happens_to_both(session: DaySession, written: Written):
    whatif = WhatIf(session)
    whatif.begin()
    dispatch.move(session, [StopId(3)], BEN, 0)
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Kim", 8 * 3600 + 900))
    assert [fact.stop for fact in written.told] == [1]
    assert session.real.facts.entries == session.day.facts.entries
    whatif.take_over()
    assert session.day.plan.route(BEN).stops == (3, 4, 5)
    assert session.day.facts.ended == {1: 8 * 3600 + 900}


def test_what_counts_for_good_is_refused(session: DaySession):
    whatif = WhatIf(session)
    whatif.begin()
    with pytest.raises(UserError, match="for good"):
        session.set_approval(Approval())
    whatif.throw_away()
    with pytest.raises(UserError, match="Nothing"):
        whatif.take_over()


def test_a_trial_laid_aside_catches_up(session: DaySession):
    whatif = WhatIf(session)
    trial = whatif.begin()
    whatif.look_at(None)
    statuses.status(session, StopId(4), FactKind.DELIVERED, Said("Kim", 9 * 3600))
    whatif.look_at(trial)
    assert session.day.facts.ended == {4: 9 * 3600}
