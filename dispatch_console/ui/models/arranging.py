"""How the orders are looked at: filtered, sorted, grouped. From rows to the lines of a table; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.ui.models.order_rows import OrderRow, Standing, State, matching

Grouping = Literal["state", "driver", "town", "window", "none"]


class Column(IntEnum):
    """The columns from left to right."""

    FLAGS = 0
    REF = 1
    NAME = 2
    TOWN = 3
    WINDOW = 4
    KG = 5
    STATE = 6


class Group(NamedTuple):
    """A row that heads others. `key` sorts the groups and is what being folded is remembered by."""

    key: tuple[int, str]
    title: str


@dataclass(frozen=True, slots=True)
class View:
    """How the table is looked at. `sought`: words that must all stand somewhere in an order."""

    grouping: Grouping = "state"
    column: Column = Column.REF
    descending: bool = False
    sought: str = ""


#: A line of the table: a group's head or an order's row.
Line = Group | OrderId
_Key = Callable[[OrderRow], tuple[object, ...]]
_GroupOf = Callable[[OrderRow], Group]

_STATES = {
    State.NO_PLACE: Group((State.NO_PLACE, ""), "Needs a place"),
    State.UNASSIGNED: Group((State.UNASSIGNED, ""), "Unassigned"),
    State.PLANNED: Group((State.PLANNED, ""), "Planned"),
    State.DONE: Group((State.DONE, ""), "Done"),
}


def ordered(
    rows: Iterable[OrderRow], standing: Mapping[StopId, Standing], view: View, word: Callable[[StopId], str]
) -> list[OrderRow]:
    """All rows in the order of the view's column. Without `Column.STATE` it holds as long as the orders do.

    `word` gives the reason why a stop is unassigned, as far as known.
    """
    return sorted(rows, key=_sort_key(view.column, standing, word), reverse=view.descending)


def arranged(
    rows: Iterable[OrderRow],
    standing: Mapping[StopId, Standing],
    view: View,
    folded: Collection[tuple[int, str]],
) -> tuple[list[Line], dict[tuple[int, str], int]]:
    """The lines to show of `rows` in order, and how many orders each group holds, folded ones included. A meeting
    of two vans is a line, and no order."""
    chosen = matching(rows, view.sought)
    if view.grouping == "none":
        return [row.id for row in chosen], {(0, ""): sum(1 for row in chosen if not row.meeting)}
    group_of = _group_of(view.grouping, standing)
    groups: dict[Group, list[Line]] = {}
    counts = Counter[tuple[int, str]]()
    for row in chosen:
        group = group_of(row)
        groups.setdefault(group, []).append(row.id)
        counts[group.key] += not row.meeting
    lines: list[Line] = []
    for group in sorted(groups):
        lines.append(group)
        if group.key not in folded:
            lines += groups[group]
    return lines, counts


def depends(view: View, before: Standing, after: Standing) -> bool:
    """Whether a stop that now stands elsewhere may belong to another line of the table."""
    if view.column is Column.STATE or before.state is not after.state:
        return True
    return view.grouping == "driver" and before.slot != after.slot


def _sort_key(column: Column, standing: Mapping[StopId, Standing], word: Callable[[StopId], str]) -> _Key:
    def by_state(row: OrderRow) -> tuple[object, ...]:
        s = standing[row.stop]
        return s.slot, s.position, "" if s.slot else word(row.stop), row.ref_key

    keys: dict[Column, _Key] = {
        Column.FLAGS: lambda row: (not row.marks, row.marks, row.ref_key),
        Column.REF: lambda row: row.ref_key,
        Column.NAME: lambda row: (row.name.casefold(), row.ref_key),
        Column.TOWN: lambda row: (row.town.casefold(), row.ref_key),
        Column.WINDOW: lambda row: (row.window_from, row.ref_key),
        Column.KG: lambda row: (row.grams, row.ref_key),
        Column.STATE: by_state,
    }
    return keys[column]


def _group_of(grouping: Grouping, standing: Mapping[StopId, Standing]) -> _GroupOf:
    def by_state(row: OrderRow) -> Group:
        return _STATES[standing[row.stop].state]

    def by_driver(row: OrderRow) -> Group:
        s = standing[row.stop]
        return Group((s.slot, s.driver), s.driver) if s.slot else Group((s.state - 2, ""), _STATES[s.state].title)

    def by_town(row: OrderRow) -> Group:
        known = row.town not in ("", "?")
        return Group((0 if known else 1, row.town.casefold()), row.town if known else "No town")

    def by_window(row: OrderRow) -> Group:
        start, end = row.window_from
        return Group((start * 100 + end // 3600, row.window), row.window or "Any time")

    makers: dict[Grouping, _GroupOf] = {
        "state": by_state,
        "driver": by_driver,
        "town": by_town,
        "window": by_window,
    }
    return makers[grouping]
