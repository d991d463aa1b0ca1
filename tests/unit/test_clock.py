"""Seconds of a plan day on the nights when the clocks change (Europe/Vaduz: 29 March and 25 October 2026)."""

from __future__ import annotations

import datetime as dt

import pytest

from dispatch_console.domain import clock

ZONE = "Europe/Vaduz"
SPRING, AUTUMN, PLAIN = dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 11, 23)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (PLAIN, 24)])
def test_length_of_a_day(day: dt.date, hours: int):
    assert clock.wall_to_seconds(24 * 3600, day, ZONE) == hours * 3600


@pytest.mark.parametrize(("day", "elapsed"), [(SPRING, 7), (AUTUMN, 9), (PLAIN, 8)])
def test_eight_in_the_morning_is_shown_as_such(day: dt.date, elapsed: int):
    seconds = clock.wall_to_seconds(8 * 3600, day, ZONE)
    assert seconds == elapsed * 3600
    assert clock.hhmm(seconds, day, ZONE) == "08:00"
    assert clock.to_seconds(clock.to_instant(seconds, day, ZONE), day, ZONE) == seconds


def test_the_doubled_hour_has_two_instants():
    first, second = (clock.to_instant(s * 3600, AUTUMN, ZONE) for s in (2, 3))
    assert (first.hour, second.hour) == (2, 2)
    assert first.utcoffset() != second.utcoffset()


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        clock.to_seconds(dt.datetime(2026, 11, 23, 8), PLAIN, ZONE)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("zone", "day", "wall", "elapsed"),
    [
        (ZONE, SPRING, "01:59", 119),
        (ZONE, SPRING, "02:00", 120),
        (ZONE, SPRING, "02:30", 120),
        (ZONE, SPRING, "03:15", 135),
        ("Australia/Lord_Howe", dt.date(2026, 10, 4), "02:20", 120),
        ("America/Havana", dt.date(2026, 3, 8), "00:30", 0),
    ],
)
def test_a_time_that_the_clock_jumps_over_is_when_it_jumps(zone: str, day: dt.date, wall: str, elapsed: int):
    """So the window 02:30–03:15 is a quarter of an hour, and does not end before it begins."""
    hours, minutes = wall.split(":")
    assert clock.wall_to_seconds(int(hours) * 3600 + int(minutes) * 60, day, zone) == elapsed * 60
