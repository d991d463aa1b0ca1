"""Breaks by driving time, as Regulation (EC) No 561/2006, Article 7 has them. Plain integers, seconds.

How long a driver has been at the wheel since his last break goes along with him. Whoever reaches the limit on a leg
stops there and then; whoever waits long enough at a stop has had his break, or the first part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.fleet import DrivingBreaks
from dispatch_console.domain.timing import elapse
from dispatch_console.domain.travel import UNREACHABLE


class Wheel(NamedTuple):
    """`driven`: seconds at the wheel since the last break; `part`: the first part of the next one is behind him."""

    driven: int = 0
    part: bool = False


#: He has not driven yet.
FRESH = Wheel()


class Leg(NamedTuple):
    """A leg with its breaks (begin, end): when the driver arrives, and how long he has been at the wheel then."""

    arrive: int
    wheel: Wheel
    pauses: tuple[tuple[int, int], ...] = ()


def drive(leave: int, seconds: int, wheel: Wheel, law: DrivingBreaks, stood: Sequence[tuple[int, int]] = ()) -> Leg:
    """A leg of `seconds` that is begun at `leave`. Nobody drives, and no break counts, in the times of `stood`.

    A leg that cannot be driven has no breaks, and the driver is as rested behind it as before.
    """
    if seconds >= UNREACHABLE or law.limit_s <= 0:
        return Leg(elapse(leave, seconds, stood), wheel)
    time, (driven, part) = leave, wheel
    pauses: list[tuple[int, int]] = []
    while driven + seconds > law.limit_s:
        piece = max(0, law.limit_s - driven)
        begin = elapse(time, piece, stood)
        time = elapse(begin, law.second_s if part else law.whole_s, stood)
        pauses.append((begin, time))
        seconds, driven, part = seconds - piece, 0, False
    return Leg(elapse(time, seconds, stood), Wheel(driven + seconds, part), tuple(pauses))


def straight_on(leave: int, seconds: int, wheel: Wheel, stood: Sequence[tuple[int, int]] = ()) -> Leg:
    """A leg of which is known that it had no break in it, whatever was due."""
    driven = 0 if seconds >= UNREACHABLE else seconds
    return Leg(elapse(leave, seconds, stood), wheel._replace(driven=wheel.driven + driven))


def waited(wheel: Wheel, seconds: int, law: DrivingBreaks) -> Wheel:
    """The driver after waiting: it was his break, the first part of it, or too short for either."""
    if seconds >= (law.second_s if wheel.part else law.whole_s):
        return FRESH
    if seconds >= law.first_s:
        return wheel._replace(part=True)
    return wheel
