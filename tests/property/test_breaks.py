"""The break is placed as well as trying every leg by brute force would."""

from __future__ import annotations

from hypothesis import given

from dispatch_console.domain.day import Day
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.timing import begin as begin_at
from tests.property.strategies import days


def brute_force(day: Day, shift_id) -> tuple[tuple[int, int] | None, bool]:
    """((least lateness, soonest end) over all legs the break can lie on or None, whether a break is due)."""
    shift, route = day.shifts[shift_id], day.plan.route(shift_id)
    assert shift.pause is not None
    first, latest = shift.pause.window.start, shift.pause.window.end - shift.pause.duration

    def drive(pause_on: int) -> tuple[int, int] | None:
        time, late, here = shift.start, 0, shift.start_place
        places = [(day.stops[s], day.stops[s].place) for s in route.stops] + [(None, shift.end_place)]
        for i, (stop, place) in enumerate(places):
            if stop is not None and place is None:
                legs = 0
            else:
                legs = day.travel.leg(here, place)[0] if place is not None else 0
                here = place or here
            leave, time = time, time + legs
            if i == pause_on:
                begin = max(leave, first)
                if begin > latest:
                    return None
                time = max(time, begin) + shift.pause.duration if begin > time else time + shift.pause.duration
            if stop is not None and place is not None:
                begin, more = begin_at(stop.windows, time)
                late, time = late + more, begin + stop.service_s
        return late, time

    free = drive(-1)
    assert free is not None
    found = [r for r in (drive(i) for i in range(len(route.stops) + 1)) if r is not None]
    return min(found, default=None), shift.start <= latest < free[1]


@given(days())
def test_break_is_placed_best(day: Day):
    for id, shift in day.shifts.items():
        if shift.pause is None or not day.plan.route(id).stops:
            continue
        best, due = brute_force(day, id)
        got = day.schedules[id]
        fits = Rule.BREAK not in {broken.rule for broken in got.broken}
        assert fits == (not due or best is not None)
        assert bool(got.pauses) == (due and best is not None)
        if due and best is not None:
            # lateness decides first; where none is late, the end is the soonest possible
            assert got.late_s >= best[0]
            if best[0] == 0:
                assert (got.late_s, got.end) == best
            pause = got.pauses[0]
            assert shift.pause.window.start <= pause.begin
            assert pause.end <= shift.pause.window.end
            assert pause.end - pause.begin == shift.pause.duration
            for visit in got.visits:
                assert pause.end <= visit.begin or pause.begin >= visit.depart
