"""Rush hours: when they are and how much longer roads take then; typed, kept as text, handed to a build."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import profiles
from dispatch_console.roads.pack.profiles import RushHours

__all__ = ["GROUPS", "PERIODS", "USUAL", "RushHours", "clock", "from_text", "to_text", "with_factor", "with_start"]

USUAL = profiles.USUAL_HOURS
#: The parts of a day with traffic; the last start is when it ends.
PERIODS = profiles.PERIODS
#: Kinds of roads that are slowed down alike.
GROUPS = profiles.GROUPS

_LEAST, _MOST = 0.5, 5.0
_CLOCK = re.compile(r"(\d{1,2})[:.h]?(\d{2})?")


def with_factor(hours: RushHours, period: int, group: int, text: str) -> RushHours:
    """Roads of a group take so many times as long in a period. UserError for what is no sensible number."""
    try:
        factor = float(text.strip().replace(",", ".").removeprefix("×"))
    except ValueError:
        factor = 0.0
    if not _LEAST <= factor <= _MOST:
        raise UserError(
            f"Type how many times as long it takes, from {_LEAST} to {_MOST:.0f}: 1.25 is a quarter more."
        )
    row = list(hours.factors[period])
    row[group] = round(factor, 2)
    return hours._replace(factors=(*hours.factors[:period], tuple(row), *hours.factors[period + 1 :]))


def with_start(hours: RushHours, at: int, text: str) -> RushHours:
    """A period starts at this time of the day. UserError unless they follow each other."""
    found = _CLOCK.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else -1
    starts = (*hours.starts[:at], minutes * 60, *hours.starts[at + 1 :])
    if not _follow(starts):
        raise UserError("Type a time as 6:30. The morning comes before midday, then the evening, then its end.")
    return hours._replace(starts=starts)


def _follow(starts: Sequence[int]) -> bool:
    return all(a < b for a, b in zip((0, *starts), (*starts, 86_400), strict=True))


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def to_text(hours: RushHours) -> str:
    return json.dumps([hours.starts, hours.factors])


def from_text(text: str) -> RushHours:
    """What was kept; the usual where it cannot be read."""
    try:
        starts, factors = json.loads(text)
        kept = RushHours(tuple(map(int, starts)), tuple(tuple(map(float, row)) for row in factors))
    except (ValueError, TypeError):
        return USUAL
    shape = [len(row) for row in kept.factors]
    whole = len(kept.starts) == len(PERIODS) + 1 and shape == [len(GROUPS)] * len(PERIODS)
    sane = all(_LEAST <= factor <= _MOST for row in kept.factors for factor in row)
    return kept if whole and sane and _follow(kept.starts) else USUAL
