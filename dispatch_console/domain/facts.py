"""What has happened. Facts are appended and never undone, only corrected by a later fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId


class FactKind(StrEnum):
    ARRIVED = "arrived"
    DELIVERED = "delivered"
    FAILED = "failed"


#: The kinds after which the driver has left the stop.
ENDED = frozenset({FactKind.DELIVERED, FactKind.FAILED})


@dataclass(frozen=True, slots=True)
class Fact:
    """At `at` (elapsed seconds of the plan day) this happened at `stop` on route `route`."""

    stop: StopId
    route: ShiftId
    kind: FactKind
    at: int
    note: str = ""
    id: int = 0


@dataclass(frozen=True)
class Facts:
    """All facts of a day in the order in which they were recorded."""

    entries: tuple[Fact, ...] = field(default=())

    @cached_property
    def arrived(self) -> dict[StopId, int]:
        """Stop → when the driver arrived; the last word counts. An ended stop without an arrival arrived then."""
        times: dict[StopId, int] = {}
        for fact in self.entries:
            if fact.kind is FactKind.ARRIVED:
                times[fact.stop] = fact.at
        for stop, at in self.ended.items():
            times.setdefault(stop, at)
        return times

    @cached_property
    def ended(self) -> dict[StopId, int]:
        """Stop → when it was delivered or failed; the last word counts."""
        return {fact.stop: fact.at for fact in self.entries if fact.kind in ENDED}

    def add(self, more: Iterable[Fact]) -> Facts:
        return Facts((*self.entries, *more))
