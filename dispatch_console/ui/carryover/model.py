"""The rows of the list: heads by what becomes of the orders, and the orders below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dispatch_console.domain import nextsteps, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import NextKind, NextStep, OrderId
from dispatch_console.services import carryover
from dispatch_console.services.carryover import Going
from dispatch_console.ui import texts
from dispatch_console.ui.models import words
from dispatch_console.ui.widgets.grouped import Head

_tr = texts.of("Carryover")


@dataclass(frozen=True, slots=True)
class Line:
    """One order as it is shown. `becomes` in few words; `sure`: somebody decided it."""

    going: Going
    reference: str
    name: str
    town: str
    becomes: str
    attempts: int

    @property
    def sure(self) -> bool:
        return self.going.decided


Row = Head | Line


def rows_of(day: Day, usual: Usuals, today: dt.date | None = None) -> list[Row]:
    """Groups with their lines; what was carried over already comes last."""
    goings = carryover.going(day, usual, today)
    left = [one for one in goings if not one.is_carried]
    over = [one for one in goings if one.is_carried]
    rows: list[Row] = []
    for title, some in carryover.groups(left):
        rows += [Head(title, len(some)), *(_line(day, one) for one in some)]
    for title, some in carryover.groups(over):
        rows += [Head(_tr("Carried over: {0}").format(title[0].lower() + title[1:]), len(some), True)]
        rows += [_line(day, one) for one in some]
    return rows


def _line(day: Day, going: Going) -> Line:
    order = day.orders[going.order]
    tried = order.attempts + day.facts.attempts.get(order.stop, 0)
    name, town = words.listed_name(order.recipient), order.address.city
    return Line(going, order.reference, name, town, _becomes(going.step), tried)


def _becomes(step: NextStep) -> str:
    """The day stands over the group."""
    if step.kind is NextKind.AGAIN:
        return _tr("again, {0}").format(saying.windows(step.windows) or _tr("any time"))
    return nextsteps.short(replace(step, note=""))


def words_of(line: Line) -> str:
    """A row as text, for whoever cannot see its columns."""
    return f"{line.reference}, {line.name}, {line.going.why}, {line.becomes}"


def row_of(rows: Sequence[Row], order: OrderId) -> int:
    """Where an order stands; −1: it is not in the list."""
    lines = ((n, row) for n, row in enumerate(rows) if isinstance(row, Line))
    return next((n for n, line in lines if line.going.order == order), -1)
