"""Backups are thinned as they get older, and never those that stand for a whole day, week or month."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

from dispatch_console.services import thinning
from dispatch_console.store.backups import Backup

TODAY = dt.date(2026, 11, 23)


def _at(date: dt.date, hour: int = 12, minute: int = 0, reason: str = "day") -> Backup:
    at = dt.datetime.combine(date, dt.time(hour, minute)).astimezone()
    return Backup(Path(f"{at:%Y-%m-%d_%H%M}_{reason}.db"), at.astimezone(dt.UTC), reason)


def _daily(*ages: int) -> list[Backup]:
    return [_at(TODAY - dt.timedelta(days=age)) for age in ages]


def _half_hours(date: dt.date) -> list[Backup]:
    """A working day: the first at 06:10, then every half hour until 17:40."""
    times = [(hour, minute) for hour in range(6, 18) for minute in (10, 40)]
    return [_at(date, *time, "change" if n else "day") for n, time in enumerate(times)]


def test_two_years_of_days_are_thinned_to_days_weeks_and_months() -> None:
    kept = thinning.kept(_daily(*range(730)), TODAY)
    ages = sorted((TODAY - backup.at.astimezone().date()).days for backup in kept)
    assert ages[:14] == list(range(14))
    assert len(ages) == 14 + 7 + 11
    # 56 days are daily or weekly; 12 × 31 days is the oldest that is looked at
    assert 340 < ages[-1] < 372


def test_of_today_the_first_and_the_last_of_each_hour_stay() -> None:
    made = _half_hours(TODAY)
    kept = sorted(thinning.kept(made, TODAY), key=lambda b: b.at)
    assert kept == [made[0], *made[1::2]]


def test_of_a_past_day_its_last_stays() -> None:
    yesterday = _half_hours(TODAY - dt.timedelta(days=1))
    assert thinning.kept([*yesterday, *_half_hours(TODAY)], TODAY) & set(yesterday) == {yesterday[-1]}


def test_a_year_thinned_after_each_backup_has_no_gap() -> None:
    days = [TODAY - dt.timedelta(days=age) for age in reversed(range(300))]
    kept: set[Backup] = set()
    for day in days:
        for backup in _half_hours(day):
            kept = thinning.kept({*kept, backup}, day)
    ages = sorted({(TODAY - backup.at.astimezone().date()).days for backup in kept})
    assert ages[:14] == list(range(14))
    gaps = {age: older - age for age, older in itertools.pairwise(ages)}
    assert max(gap for age, gap in gaps.items() if age < 7 * (thinning.WEEKS - 1)) <= 7
    assert max(gaps.values()) <= 31 + 7
    assert len(kept) < 60


def test_backups_by_hand_do_not_push_out_daily_ones() -> None:
    by_hand = [_at(TODAY, 6, n, "hand") for n in range(15)]
    kept = thinning.kept([*by_hand, *_daily(0, 1)], TODAY)
    assert kept == {*by_hand[5:], *_daily(0, 1)}


def test_those_of_a_clock_that_was_ahead_are_kept() -> None:
    ahead = _half_hours(TODAY + dt.timedelta(days=3))
    assert ahead[0] in thinning.kept([*ahead, *_daily(0)], TODAY)


def test_a_file_that_cannot_be_deleted_stays_and_the_others_go(tmp_path: Path) -> None:
    made = [b._replace(file=tmp_path / b.file) for b in _half_hours(TODAY)]
    for backup in made[1:]:
        backup.file.write_bytes(b"x")
    made[2].file.unlink()
    made[2].file.mkdir()
    gone = thinning.thin(made, TODAY)
    assert made[2] in gone and made[2].file.is_dir()
    assert sorted(tmp_path.glob("*_change.db")) == sorted(b.file for b in [*made[1::2], made[2]])
