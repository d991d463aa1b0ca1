"""What the comparison says, as texts. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.services.whatif import Figures
from dispatch_console.ui import texts
from dispatch_console.ui.models.words import money

_tr = texts.of("WhatIf")

#: What each trial is compared by, in the order of the columns. Less is better of all but the last.
TITLES = (_tr("km"), _tr("paid hours"), _tr("cost"), _tr("late"), _tr("unassigned"), _tr("stops moved"))


class Cell(NamedTuple):
    """A figure, and how it differs from the day as it is (empty: not at all); None: neither better nor worse."""

    text: str
    change: str = ""
    better: bool | None = None

    @property
    def spoken(self) -> str:
        """For whoever hears the table: `1,180 (24 less, better)`."""
        word = {True: _tr("better"), False: _tr("worse"), None: ""}[self.better]
        return f"{self.text} ({self.change[2:]} {word})" if self.change else self.text


def cells(figures: Figures, now: Figures, currency: str) -> list[Cell]:
    """The row of a trial, or of the day as it is (`figures` is `now`)."""
    km, was_km = round(figures.drive_m / 1000), round(now.drive_m / 1000)
    minutes, were = round(figures.paid_s / 60), round(now.paid_s / 60)
    units = _units(figures.cost) - _units(now.cost)
    return [
        Cell(f"{km:,}", *_signed(km - was_km, f"{abs(km - was_km):,}")),
        Cell(_hours(minutes), *_signed(minutes - were, _hours(abs(minutes - were)))),
        Cell(money(figures.cost, currency), *_signed(units, f"{abs(units):,}")),
        Cell(f"{figures.late}", *_signed(figures.late - now.late, f"{abs(figures.late - now.late)}")),
        Cell(
            f"{figures.unassigned}",
            *_signed(figures.unassigned - now.unassigned, f"{abs(figures.unassigned - now.unassigned)}"),
        ),
        Cell("–" if figures is now else f"{figures.moved}"),
    ]


def _signed(difference: int, size: str) -> tuple[str, bool | None]:
    """An arrow, a sign and a size: less is better."""
    if not difference:
        return "", None
    return (f"▼ −{size}", True) if difference < 0 else (f"▲ +{size}", False)


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _units(cents: int) -> int:
    return (cents + 50) // 100
