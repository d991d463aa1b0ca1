"""Who is nearest to whom: by the way and by the time, and the first of a sorted row without sorting all of it."""

from __future__ import annotations

from dispatch_console.optimiser.core.compile import Ints, compiled, inlined, wide
from dispatch_console.optimiser.core.state import FAR


@compiled
def nearest(away: Ints, found: Ints, least: Ints) -> None:
    """Into each row of `found` the columns with the least entries of that row of `away`, least first, the earlier
    of two alike. `least`: room for as many of them as `found` is wide; that is no more than `away` is."""
    most = found.shape[1]
    for row in range(away.shape[0]):
        for column in range(away.shape[1]):
            far = wide(away[row, column])
            k = min(column, most)
            if k == most and far >= least[most - 1]:
                continue
            k = min(k, most - 1)
            while k > 0 and least[k - 1] > far:
                least[k], found[row, k] = least[k - 1], found[row, k - 1]
                k -= 1
            least[k], found[row, k] = far, column


@compiled
def apart(
    there: Ints, back: Ints, opens: Ints, closes: Ints, service: Ints, first: int, waiting: float, away: Ints
) -> None:
    """Into `away` how far tasks from `first` on are from all others, whoever of two comes first: see `_after`.
    `there`, `back`: the ways, in seconds."""
    for k in range(there.shape[0]):
        i = first + k
        for j in range(there.shape[1]):
            one = _after(wide(there[k, j]), opens[i], closes[i], service[i], opens[j], closes[j], waiting)
            other = _after(wide(back[k, j]), opens[j], closes[j], service[j], opens[i], closes[i], waiting)
            away[k, j] = min(one, other)


@inlined
def _after(
    leg: int, opens: int, closes: int, service: int, next_opens: int, next_closes: int, waiting: float
) -> int:
    """How far a task is from one that comes after it: the leg, and `waiting` of the least wait; FAR: too late."""
    if opens + service + leg > next_closes:
        return FAR
    wait = min(max(0, next_opens - service - leg - closes), FAR)
    return leg + int(waiting * wait)


@compiled
def mirrored(matrix: Ints, tile: int, first: int, last: int) -> bool:
    """Whether all ways from the rows from `first` to before `last` to those above them are as long there as back.
    It is read in squares of `tile` rows: a column of a large matrix lies all over the memory."""
    for top in range(first, last, tile):
        for left in range(0, top + 1, tile):
            for row in range(top, min(last, top + tile)):
                for column in range(left, min(row, left + tile)):
                    if matrix[row, column] != matrix[column, row]:
                        return False
    return True
