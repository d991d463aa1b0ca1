"""What comes back into the depot: each piece that was not handed over or was collected, counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import Reason
from dispatch_console.services.debrief import sheet
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards.goods import left_aboard


@dataclass(frozen=True, slots=True)
class Return:
    """One order with pieces that must come back, or may. `here` are the numbers of those that are back, from 1."""

    row: Row
    expected: int
    here: frozenset[int]

    @property
    def missing(self) -> int:
        return max(0, self.expected - len(self.here))

    @property
    def excess(self) -> int:
        """Pieces that are here although they were handed over, or never collected: one of the two is wrong."""
        return max(0, len(self.here) - _most(self.row))

    @property
    def wanted(self) -> int:
        """How many there are to be seen: what must come back, and what was missing and has turned up."""
        return max(self.expected, min(len(self.here), _most(self.row)))


def returns(day: Day, route: ShiftId) -> tuple[Return, ...]:
    """The orders of a sheet of which something must come back or has come back, in driving order.

    Then those that left the sheet on the way while their goods stayed on board.
    """
    back = _back(day)
    found = (Return(row, expected(row), back.get(row.order.id, frozenset())) for row in _rows(day, route))
    return tuple(one for one in found if one.expected or one.here)


def expected(row: Row) -> int:
    """How many pieces of an order must come back after its outcome; one that is missing cannot."""
    if row.fact is None:
        return row.pieces if row.aboard and not row.collects else 0
    if row.collects:
        return row.done
    if row.reason is Reason.MISSING_PIECE:
        return max(0, row.pieces - 1) if row.kind in (FactKind.FAILED, FactKind.SKIPPED) else 0
    return row.pieces - row.done


def scan(
    session: DaySession, route: ShiftId, identity: OrderId, piece: int, said: Said, initiator: object = None
) -> str:
    """Piece number `piece` (from 1) of an order by its label is back; the sentence that says how far it is.

    Raises UserError, with what to do, for a piece that is back already, that was delivered, or of another route.
    """
    day = session.day
    sheet.check_open(day, route)
    row = _found(day, route, identity)
    name = row.order.reference
    back = _back(day).get(row.order.id, frozenset())
    most = _most(row)
    if not 1 <= piece <= row.pieces:
        raise UserError(f"{name} has {row.pieces} pieces, this label says {piece}. Look at the label.")
    if piece in back:
        raise UserError(f"Piece {piece} of {name} is back already.")
    if row.fact is None and not row.aboard:
        raise UserError(f"Nobody told how {name} ended. Tell it first (stop {row.number}), then scan its pieces.")
    if len(back) >= most:
        raise UserError(f"{_all_gone(row)} Correct the outcome of stop {row.number} first.")
    session.record([_fact(row, route, piece, said)], said.now, initiator)
    turned_up = ", the one that was missing" if len(back) >= expected(row) else ""
    return f"{name}: {len(back) + 1} of {max(expected(row), len(back) + 1)} back{turned_up}."


def tick(
    session: DaySession, route: ShiftId, orders: Iterable[OrderId], said: Said, initiator: object = None
) -> None:
    """All that must come back of these orders is here, counted by eye; if it is already, it is not after all."""
    day = session.day
    sheet.check_open(day, route)
    wanted = set(orders)
    mine = [one for one in returns(day, route) if one.row.order.id in wanted]
    facts: list[Fact] = []
    if any(one.missing for one in mine):
        for one in mine:
            free = [n for n in range(1, one.row.pieces + 1) if n not in one.here]
            facts += [_fact(one.row, route, piece, said) for piece in free[: one.missing]]
    else:
        facts = [_fact(one.row, route, -piece, said) for one in mine for piece in sorted(one.here)]
    if facts:
        session.record(facts, said.now, initiator)


def _most(row: Row) -> int:
    """So many pieces of an order can be here after its outcome; of one that nobody told of, all on board."""
    return row.done if row.collects else row.pieces - row.done


def _rows(day: Day, route: ShiftId) -> tuple[Row, ...]:
    return (*sheet.rows(day, route), *sheet.left_aboard(day, route))


def _back(day: Day) -> dict[OrderId, frozenset[int]]:
    """Order → numbers of its pieces that are back. A negative number takes an earlier word back."""
    found: dict[OrderId, set[int]] = {}
    for fact in day.facts.entries:
        if fact.kind is FactKind.PIECE_BACK:
            pieces = found.setdefault(fact.order, set())
            pieces.discard(-fact.value) if fact.value < 0 else pieces.add(fact.value)
    return {order: frozenset(pieces) for order, pieces in found.items()}


def _found(day: Day, route: ShiftId, identity: OrderId) -> Row:
    """The row of a label. Raises UserError for one of another sheet."""
    for row in _rows(day, route):
        if row.order.identity == identity:
            return row
    order = next((one for one in day.orders.values() if one.identity == identity), None)
    if order is None:
        raise UserError("This piece belongs to no order of this day. Put it aside and look it up by its number.")
    aboard = left_aboard(day, order)
    where = day.plan.where.get(order.stop, POOL) if aboard is None else aboard
    owner = f"on {day.shifts[where].driver.name}'s sheet" if where != POOL else "on no route of this day"
    raise UserError(f"This piece is of {order.reference}, which is {owner}. Put it aside.")


def _all_gone(row: Row) -> str:
    name = row.order.reference
    if row.collects or row.kind is not FactKind.DELIVERED:
        return f"No more pieces of {name} can come back."
    return f"{name} was delivered, but here is a piece of it."


def _fact(row: Row, route: ShiftId, piece: int, said: Said) -> Fact:
    kind = FactKind.PIECE_BACK
    return Fact(row.stop, route, kind, said.now, order=row.order.id, value=piece, recorded=said.now, who=said.who)
