"""What the clock on the wall of a zone shows, found by asking the zone for every minute: no reckoning with offsets
that could share a fault with the program's own."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

_MINUTE = dt.timedelta(minutes=1)


class Wall:
    """The minutes of a date and of the night behind it, as a zone counts them."""

    def __init__(self, zone: str, date: dt.date) -> None:
        self._zone, self._date = ZoneInfo(zone), date
        start = dt.datetime.combine(date, dt.time(), dt.UTC) - dt.timedelta(hours=15)
        self._minutes = [start + n * _MINUTE for n in range(72 * 60)]
        self._shown = [self._local(instant) for instant in self._minutes]
        self.begin = self._first(0)

    def elapsed(self, wall_s: int) -> int:
        """Seconds from the begin of the date until its clock first shows so many from 00:00, or more."""
        return round((self._first(wall_s) - self.begin).total_seconds())

    def instant(self, seconds: int) -> dt.datetime:
        """In UTC, so many seconds after the begin of the date."""
        return self.begin + dt.timedelta(seconds=seconds)

    def shown(self, seconds: int) -> str:
        return self._local(self.instant(seconds)).strftime("%H:%M")

    def _first(self, wall_s: int) -> dt.datetime:
        sought = dt.datetime.combine(self._date, dt.time()) + dt.timedelta(seconds=wall_s)
        return next(at for at, shown in zip(self._minutes, self._shown, strict=True) if shown >= sought)

    def _local(self, instant: dt.datetime) -> dt.datetime:
        return instant.astimezone(self._zone).replace(tzinfo=None)


def nights(zone: str, year: int = 2026) -> list[dt.date]:
    """The first dates at whose end the offset is another than at their begin; for a zone that keeps its time two
    plain ones."""
    begin = [dt.datetime(year, 1, 1, tzinfo=ZoneInfo(zone)) + dt.timedelta(days=n) for n in range(366)]
    dates = [a.date() for a, b in itertools.pairwise(begin) if a.utcoffset() != b.utcoffset()]
    return dates[:2] or [dt.date(year, 3, 29), dt.date(year, 10, 25)]
