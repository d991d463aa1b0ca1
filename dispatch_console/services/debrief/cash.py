"""Cash on delivery: what must be in the bag against what was counted, and how a difference is explained."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.own_words import CUT
from dispatch_console.services import statuses
from dispatch_console.services.debrief import sheet
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said

#: What explains most differences; anything else can be typed.
EXPLANATIONS = (
    "Wrong change, driver signs",
    "Customer paid less",
    "Customer paid more",
    "Paid by card or transfer",
    "Driver brings it tomorrow",
    "Cannot be explained, reported",
)


@dataclass(frozen=True, slots=True)
class Purse:
    """The cash of one currency. Cents; `counted` None: nobody has. `agreed` is by how much less or more customers
    paid than was due, as the driver told it of their orders.
    """

    currency: str
    due: int
    stops: int
    counted: int | None = None
    note: str = ""
    agreed: int = 0

    @property
    def difference(self) -> int:
        return (self.counted or 0) - self.due if self.counted is not None else 0

    @property
    def explained(self) -> bool:
        return self.difference == 0 or bool(self.note) or self.difference == self.agreed


def purses(day: Day, route: ShiftId) -> tuple[Purse, ...]:
    """One for each currency in which cash was due or counted, the depot's own first."""
    due: dict[str, list[tuple[int, int | None]]] = {}
    for row in sheet.rows(day, route):
        if row.due is not None:
            due.setdefault(row.due.currency or day.depot.currency, []).append((row.due.cents, row.taken))
    counted = _counted(day, route)
    names = sorted({*due, *counted}, key=lambda name: (name != day.depot.currency, name))
    return tuple(_purse(name, due.get(name, []), counted.get(name)) for name in names)


def count(
    session: DaySession,
    route: ShiftId,
    cents: int,
    said: Said,
    *,
    currency: str = "",
    note: str = "",
    initiator: object = None,
) -> None:
    """So much was counted in the bag; `note` explains a difference. The last word counts.

    Raises UserError for a closed route or less than nothing.
    """
    day = session.day
    sheet.check_open(day, route)
    if cents < 0:
        raise UserError("Counted cash cannot be less than nothing. Type the amount that is in the bag.")
    told = f"{currency or day.depot.currency}{CUT}{' '.join(note.split())}"
    statuses.on_route(session, route, FactKind.CASH_COUNTED, said, value=cents, note=told, initiator=initiator)


def take(
    session: DaySession, route: ShiftId, order: OrderId, cents: int, said: Said, initiator: object = None
) -> None:
    """The driver took so much from a customer. Raises UserError if no cash was due there."""
    day = session.day
    sheet.check_open(day, route)
    row = sheet.row_of(day, route, order)
    if row.order.cod is None:
        raise UserError(f"{row.order.reference} has no cash on delivery.")
    if cents < 0:
        raise UserError("Type what the customer paid, nothing less than 0.")
    kind = FactKind.CASH_TAKEN
    fact = Fact(row.stop, route, kind, said.now, order=order, value=cents, recorded=said.now, who=said.who)
    session.record([fact], said.now, initiator)


def _purse(currency: str, due: list[tuple[int, int | None]], fact: Fact | None) -> Purse:
    agreed = sum(taken - cents for cents, taken in due if taken is not None)
    note = fact.note.partition(CUT)[2] if fact is not None else ""
    return Purse(
        currency, sum(cents for cents, _ in due), len(due), fact.value if fact is not None else None, note, agreed
    )


def _counted(day: Day, route: ShiftId) -> dict[str, Fact]:
    """Currency → the last count."""
    return {
        fact.note.partition(CUT)[0] or day.depot.currency: fact
        for fact in day.facts.entries
        if fact.kind is FactKind.CASH_COUNTED and fact.route == route
    }
