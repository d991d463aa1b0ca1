"""How large the panes are, by the size of the window. Plain values: the drawings' measures."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

#: Below this the toolbar shows Import and Print as icons and the panes are narrower.
WIDE_FROM = 1600
#: Below this (inside of the window, without its title bar of 32) panes become tabs.
TABS_BELOW = (1280, 680)


class Fit(StrEnum):
    """Which arrangement a window's size calls for."""

    WIDE = "wide"
    NARROW = "narrow"
    TABS = "tabs"


class Sizes(NamedTuple):
    """Widths of pool, map and incidents, height of the timeline; the board and the upper half take the rest."""

    pool: int
    map: int
    timeline: int
    incidents: int


def fit(width: int, height: int) -> Fit:
    if width < TABS_BELOW[0] or height < TABS_BELOW[1]:
        return Fit.TABS
    return Fit.WIDE if width >= WIDE_FROM else Fit.NARROW


def sizes(fit: Fit, empty: bool) -> Sizes:
    """The measures of the drawings. `empty`: a day without orders, whose lower panes have little to say."""
    if empty:
        return Sizes(380, 460, 130, 460) if fit is Fit.WIDE else Sizes(360, 400, 130, 400)
    return Sizes(380, 460, 266, 380) if fit is Fit.WIDE else Sizes(288, 332, 218, 300)
