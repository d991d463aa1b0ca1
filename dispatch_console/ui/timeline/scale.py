"""Seconds of the plan day ↔ pixels of the chart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.day import Day

LABELS = 132  # px
_QUARTER, _HALF, _HOUR = 900, 1800, 3600
_SHORTEST, _LONGEST = _HALF, 36 * _HOUR


class Scale:
    """`start` … `end` (seconds) fill the width behind the column of labels. Mutable: the chart has one."""

    def __init__(self) -> None:
        self.start, self.end = 7.0 * _HOUR, 15.0 * _HOUR
        self.width = 1000

    @property
    def per_second(self) -> float:
        """Pixels."""
        return (self.width - LABELS) / (self.end - self.start)

    def x(self, seconds: float) -> float:
        return LABELS + (seconds - self.start) * self.per_second

    def xs(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        return LABELS + (seconds - self.start) * self.per_second

    def seconds(self, x: float) -> float:
        return self.start + (x - LABELS) / self.per_second

    def show(self, start: float, end: float) -> None:
        self.start, self.end = start, max(end, start + _SHORTEST)

    def zoom(self, factor: float, x: float) -> None:
        """Make everything `factor` times as wide; what lies at pixel `x` stays there."""
        at = self.seconds(x)
        length = min(max((self.end - self.start) / factor, _SHORTEST), _LONGEST)
        share = (at - self.start) / (self.end - self.start)
        self.start = at - share * length
        self.end = self.start + length

    def pan(self, pixels: float) -> None:
        """Move the content to the right by `pixels`; never further than a day beyond midnight."""
        by = -pixels / self.per_second
        by = min(max(by, -12 * _HOUR - self.start), 48 * _HOUR - self.end)
        self.start, self.end = self.start + by, self.end + by

    def ticks(self) -> Iterable[int]:
        """Seconds of the grid's lines: half hours, or quarters when zoomed in; hours are among them."""
        step = _QUARTER if self.per_second * _HALF > 160 else _HALF
        if self.per_second * _HOUR < 40:
            step = _HOUR
        first = int(self.start // step) * step
        return range(first, int(self.end) + step, step)


def span_of(day: Day, now: int | None) -> tuple[float, float]:
    """What a chart of `day` shows at first: from a quarter before the first start to after the last end."""
    used = [schedule for schedule in day.schedules.values() if schedule.visits]
    if not used:
        starts = [shift.start for shift in day.shifts.values()] or [7 * _HOUR]
        ends = [shift.end for shift in day.shifts.values()] or [15 * _HOUR]
    else:
        starts, ends = [s.start for s in used], [s.end for s in used]
    first = min(starts)
    if now is not None and first - 2 * _HOUR < now < first:
        first = now
    start = (first - 1) // _QUARTER * _QUARTER if first % _QUARTER else first - _QUARTER
    return float(start), float(-(-max(ends) // _HALF) * _HALF + 20 * 60)
