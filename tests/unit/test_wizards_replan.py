"""A wizard and the search together: one change, one undo step."""

from __future__ import annotations

import dataclasses

from dispatch_console.domain import edits
from dispatch_console.services.planning import search
from dispatch_console.services.session import DaySession
from dispatch_console.services.wizards import breakdown, draft, replan, sick
from tests import factories
from tests.wizard_days import ADA, BEN, IDS, at, broken_down, everything, on_the_road


def quick(options: replan.Options) -> replan.Options:
    return dataclasses.replace(options, seconds=0.5)


def test_before_the_start_the_search_gives_a_route_out_in_one_step() -> None:
    session = DaySession(factories.small_day())
    before = session.day
    away = sick.stays_away(before, ADA)
    assert away.change.touched == ()
    found = search(away.after, quick(replan.morning(before, ADA, [BEN], None)), lambda _: None)
    made = replan.shared_by_search(before, away, found)
    assert made.label == "Ada Quill sick: to Ben Rook"
    draft.accept(session, made)
    after = session.day
    assert after.shifts[ADA].absent
    assert after.plan.route(ADA).stops == ()
    assert set(after.plan.route(BEN).stops) >= {4, 5}
    assert everything(after) == everything(before)
    assert after.plan.pool.stops[:1] == (6,), "what had no driver is not part of it"
    session.undo()
    assert (session.day.plan, session.day.shifts) == (before.plan, before.shifts)
    assert not session.history.done


def test_on_the_road_the_takers_are_planned_anew_behind_their_meeting() -> None:
    session = on_the_road(at(8, 20))
    broken_down(session, ADA, at(8, 20))
    before = session.day
    said = breakdown.case(before, ADA)
    shared = breakdown.draft_of(before, said, breakdown.assign(before, said, [BEN], IDS), "Breakdown Van 01")
    asked = replan.options(before, shared, at(8, 20))
    assert (asked.routes, asked.from_now, asked.hand_over) == (frozenset({BEN}), True, False)
    found = search(shared.after, quick(asked), lambda _: None)
    made = replan.with_result(before, shared, found)
    draft.accept(session, made)
    stops = session.day.plan.route(BEN).stops
    (meeting,) = made.meetings
    assert all(stops.index(meeting.stop) < stops.index(stop) for stop in meeting.stops)
    assert everything(session.day) == sorted([*everything(before), meeting.stop])
    assert "Re-planned" in made.sentences[-1]
    session.undo()
    assert session.day.plan == before.plan


def test_two_changes_become_one_that_goes_back_to_the_beginning() -> None:
    before = factories.small_day()
    first = sick.to_others(before, ADA, [BEN], IDS)
    stops = first.after.plan.route(BEN).stops
    turned = edits.resequence(first.after.plan, BEN, stops[::-1], "Turn round")
    whole = replan.joined(first.change, turned)
    after = before.apply(whole)
    assert after.plan == first.after.plan.apply(turned)
    assert after.apply(whole.inverse()).plan == before.plan
