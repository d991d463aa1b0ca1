"""Where the columns of the orders table lie, in px."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dispatch_console.ui.models.arranging import Column

LEFT = 12
RIGHT = 8
GAP = 6
#: The word of a state may reach so far into the right margin.
SPILL = RIGHT - 2
#: Below this width town and kg are left out.
NARROW = 340
_WIDTHS = {
    Column.FLAGS: 15,
    Column.REF: 32,
    Column.TOWN: 62,
    Column.WINDOW: 43,
    Column.KG: 24,
    Column.STATE: 50,
}
_STATE_NARROW = 54
#: What names need at least: the town makes room for them. What a wide table has beyond `_NAME_ENOUGH` goes to
#: columns that would be cut, up to these widths.
_NAME_LEAST, _TOWN_LEAST = 92, 40
_NAME_ENOUGH = 150
_WIDE = {Column.WINDOW: 72, Column.TOWN: 120}


class Slot(NamedTuple):
    """A column: where it starts and how wide it is."""

    x: int
    width: int

    @property
    def end(self) -> int:
        return self.x + self.width


def slots(width: int, needs: Mapping[Column, int] = MappingProxyType({})) -> dict[Column, Slot]:
    """The columns that are shown in a table `width` px wide. The name takes the rest.

    `needs`: px of the longest text of a column whose figures must not be cut: it grows if need be.
    """
    narrow = width < NARROW
    widths = {column: max(usual, needs.get(column, 0)) for column, usual in _WIDTHS.items()}
    if narrow:
        widths[Column.STATE] = max(_STATE_NARROW, needs.get(Column.STATE, 0))
        del widths[Column.TOWN], widths[Column.KG]
    rest = width - LEFT - RIGHT - sum(widths.values()) - GAP * len(widths)
    if Column.TOWN in widths and rest < _NAME_LEAST:
        less = min(widths[Column.TOWN] - _TOWN_LEAST, _NAME_LEAST - rest)
        widths[Column.TOWN] -= less
        rest += less
    for column, most in _WIDE.items():
        if column in widths:
            more = max(0, min(most - widths[column], rest - _NAME_ENOUGH))
            widths[column] += more
            rest -= more
    widths[Column.NAME] = max(40, rest)
    found: dict[Column, Slot] = {}
    x = LEFT
    for column in Column:
        if column in widths:
            found[column] = Slot(x, widths[column])
            x += widths[column] + GAP
    return found
