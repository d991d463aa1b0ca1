"""Turn the rows of a Qt model into other rows by the fewest runs of removals and insertions."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, MutableSequence, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex


def sync_rows[T: Hashable](
    model: QAbstractItemModel, parent: QModelIndex, rows: MutableSequence[T], after: Sequence[T]
) -> None:
    """Make `rows` (all different, the list the model reads from) equal to `after`, telling the views of each step.

    Rows that stay in the same order are not touched, so views keep their selection and place for them.
    """
    kept = _stay(rows, after)
    for first, last in _runs_missing(rows, kept):
        model.beginRemoveRows(parent, first, last)
        del rows[first : last + 1]
        model.endRemoveRows()
    at = 0
    while at < len(after):
        if at < len(rows) and rows[at] == after[at]:
            at += 1
            continue
        end = at
        while end < len(after) and after[end] not in kept:
            end += 1
        model.beginInsertRows(parent, at, end - 1)
        rows[at:at] = after[at:end]
        model.endInsertRows()
        at = end


def runs_apart[T: Hashable](rows: Sequence[T], after: Sequence[T]) -> int:
    """How many runs `sync_rows` would remove or insert: above some dozens a reset is cheaper."""
    kept = _stay(rows, after)
    return sum(1 for _ in _runs_missing(rows, kept)) + sum(1 for _ in _runs_missing(after, kept))


def _stay[T: Hashable](rows: Sequence[T], after: Sequence[T]) -> set[T]:
    """The rows that can stay where they are. What moved lies between the common head and tail of both orders."""
    there = set(after)
    old = [row for row in rows if row in there]
    here = set(old)
    new = [row for row in after if row in here]
    if old == new:
        return here
    head = 0
    while old[head] == new[head]:
        head += 1
    tail = 0
    while old[-1 - tail] == new[-1 - tail]:
        tail += 1
    end = len(old) - tail
    return {*old[:head], *old[end:], *_anchored(old[head:end], new[head:end])}


def _anchored[T: Hashable](old: Sequence[T], new: Sequence[T]) -> Sequence[T]:
    """One thing moved far: all but the one stay. Otherwise none does."""
    if old[1:] == new[:-1]:
        return old[1:]
    if old[:-1] == new[1:]:
        return old[:-1]
    return ()


def _runs_missing[T: Hashable](rows: Sequence[T], kept: set[T]) -> Iterator[tuple[int, int]]:
    """(first, last) of the runs of rows that are not in `kept`, from the end, so that they can be deleted."""
    last = len(rows) - 1
    while last >= 0:
        if rows[last] in kept:
            last -= 1
            continue
        first = last
        while first > 0 and rows[first - 1] not in kept:
            first -= 1
        yield first, last
        last = first - 1
