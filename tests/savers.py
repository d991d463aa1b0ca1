"""Stands in for the store where a test asks what would have been saved."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact
from dispatch_console.domain.plan import PlanChange


class Written:
    """Remembers what was to be saved."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.told: list[Fact] = []

    def change(self, change: PlanChange, before: Day, after: Day) -> None:
        self.labels.append(change.label)

    def approval(self, after: Day) -> None:
        self.labels.append("approval")

    def facts(self, facts: Sequence[Fact], change: PlanChange | None, after: Day) -> None:
        self.told.extend(facts)
