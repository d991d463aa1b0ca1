"""An order in two: so many pieces, or these lines of goods, on a visit of their own. Sizes add up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Item, Order, OrderId, OrderKind
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.sizes import Size
from dispatch_console.services.wizards import draft
from dispatch_console.services.wizards.draft import Draft, count
from dispatch_console.services.wizards.ids import Ids


def by_pieces(day: Day, id: OrderId, pieces: int, ids: Ids) -> Draft:
    """`pieces` of the order (at least one, not all) become an order of their own right behind it."""
    order = _whole(day, id)
    if not 0 < pieces < order.size.pieces:
        raise UserError(
            f"{order.reference} has {count(order.size.pieces, 'piece')}. Split off at least one, and not all."
        )
    part = _share(order.size, pieces, order.size.pieces)
    return _split(day, order, part, order.items, order.items, ids)


def by_items(day: Day, id: OrderId, lines: Collection[int], ids: Ids) -> Draft:
    """The lines of goods with these indexes (some, not all) become an order of their own right behind it."""
    order = _whole(day, id)
    if not lines or len(set(lines)) >= len(order.items):
        raise UserError(
            f"{order.reference} has {count(len(order.items), 'line')} of goods. Split off some of them."
        )
    moved = tuple(item for i, item in enumerate(order.items) if i in lines)
    kept = tuple(item for i, item in enumerate(order.items) if i not in lines)
    whole = sum(max(1, item.quantity) for item in order.items)
    part = _share(order.size, sum(max(1, item.quantity) for item in moved), whole)
    return _split(day, order, part, kept, moved, ids)


def _whole(day: Day, id: OrderId) -> Order:
    order = day.orders[id]
    if order.kind is OrderKind.HANDOVER:
        raise UserError("This is where two vans meet, no customer's order. It cannot be split.")
    if day.facts.outcome(order.stop, id) is not None:
        raise UserError(f"{order.reference} is over already. There is nothing to split.")
    return order


def _share(size: Size, n: int, of: int) -> Size:
    """`n` parts of `of`, rounded down by component; the other order keeps the rest."""
    return Size(*(value * n // of for value in size))


def _split(day: Day, order: Order, part: Size, kept: tuple[Item, ...], moved: tuple[Item, ...], ids: Ids) -> Draft:
    """Cash on delivery stays with the first part: it is one invoice."""
    first = replace(order, size=order.size.minus(part), items=kept)
    second = replace(
        order,
        id=ids.orders[0],
        stop=ids.stops[0],
        reference=_reference(day, order.reference),
        size=part,
        items=moved,
        cod=None,
        origin=order.identity,
    )
    route, at = day.position(order.stop)
    before = day.plan.route(route)
    after = before.with_stops((*before.stops[: at + 1], second.stop, *before.stops[at + 1 :]))
    label = f"Split {order.reference}"
    change = PlanChange(label, (Swap(before, after),), (Swap(order, first), Swap(None, second)))
    lines = [
        f"{first.reference}: {_words(first)}, {second.reference}: {_words(second)}."
        f" {second.reference} stands right behind it and can go to another driver."
    ]
    if order.cod is not None:
        lines.append(f"Cash on delivery ({order.cod}) stays with {first.reference}.")
    return draft.make(day, change, lines)


def _reference(day: Day, whole: str) -> str:
    """`4711/2`, or the next number that is free."""
    base = whole.rsplit("/", 1)[0] if whole.rsplit("/", 1)[-1].isdigit() else whole
    taken = {order.reference for order in day.orders.values()}
    return next(ref for n in range(2, len(taken) + 3) if (ref := f"{base}/{n}") not in taken)


def _words(order: Order) -> str:
    return f"{count(order.size.pieces, 'piece')}, {order.size.kg:.1f} kg"
