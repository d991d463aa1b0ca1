"""Days with all rules of a depot: whatever they ask for, a schedule adds up."""

from __future__ import annotations

from hypothesis import given

from dispatch_console.domain.day import Day
from tests.property.rich import rich_days


@given(rich_days(halts=True))
def test_every_stop_of_a_rich_day_is_visited_once_and_in_order(day: Day):
    for id, timed in day.schedules.items():
        assert tuple(visit.stop for visit in timed.visits) == day.plan.route(id).stops
        assert timed.drive_m >= sum(visit.drive_m for visit in timed.visits)
