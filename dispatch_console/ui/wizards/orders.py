"""The wizards of one order: cancelled, split in two."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Order, OrderId
from dispatch_console.services.wizards import cancel, split
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.ui.wizards import common
from dispatch_console.ui.wizards.common import tr
from dispatch_console.ui.wizards.view import Pick, Row, Told, View

#: So many numbers of pieces stand in the menu; more are split by splitting again.
_MOST = 99


class CancelCase:
    """`orders`: those of one visit; the first is meant until another is picked."""

    def __init__(self, orders: tuple[OrderId, ...], ids: Ids) -> None:
        self._orders, self._ids = orders, ids
        self._at = 0

    def choose(self, index: int) -> Told | None:
        return None

    def pick(self, which: int, index: int) -> None:
        self._at = index

    def tick(self, key: int) -> None:
        return None

    def tells(self, day: Day) -> Told | None:
        return None

    def draft(self, day: Day) -> Draft:
        return cancel.plan(day, _order(day, self._orders[self._at]).id, self._ids)

    def view(self, day: Day) -> View:
        order = _order(day, self._orders[self._at])
        return View(
            title=tr("Cancelled: {ref}").format(ref=order.reference),
            icon="ph.x-circle",
            where=order.recipient,
            where_note=order.address.town_line,
            choices_note=common.load(order.size),
            picks=_which(day, self._orders, self._at),
            lines=_lines(self, day),
        )


class SplitCase:
    """By pieces, or by lines of goods if the order has several."""

    def __init__(self, orders: tuple[OrderId, ...], ids: Ids) -> None:
        self._orders, self._ids = orders, ids
        self._at = self._choice = self._pieces = 0
        self._ticked: frozenset[int] = frozenset()

    def choose(self, index: int) -> Told | None:
        self._choice = index
        return None

    def pick(self, which: int, index: int) -> None:
        if which == 0 and len(self._orders) > 1:
            self._at, self._choice, self._pieces, self._ticked = index, 0, 0, frozenset()
        else:
            self._pieces = index

    def tick(self, key: int) -> None:
        self._ticked ^= {key}

    def tells(self, day: Day) -> Told | None:
        return None

    def draft(self, day: Day) -> Draft:
        order = _order(day, self._orders[self._at])
        if self._choice == 1:
            return split.by_items(day, order.id, self._ticked, self._ids)
        return split.by_pieces(day, order.id, self._pieces + 1, self._ids)

    def view(self, day: Day) -> View:
        order = _order(day, self._orders[self._at])
        by_lines = self._choice == 1
        numbers = range(1, min(order.size.pieces, _MOST + 1))
        counts = tuple(tr("1 piece") if n == 1 else tr("{n} pieces").format(n=n) for n in numbers)
        menu = (Pick(tr("Split off"), counts, min(self._pieces, len(counts) - 1)),) if counts else ()
        return View(
            title=tr("Split: {ref}").format(ref=order.reference),
            icon="ph.scissors",
            where=order.recipient,
            where_note=order.address.town_line,
            choices=(tr("By pieces"), tr("By lines of goods")) if len(order.items) > 1 else (),
            chosen=self._choice,
            choices_note=common.load(order.size),
            picks=(*_which(day, self._orders, self._at), *(() if by_lines else menu)),
            who=tr("Which lines are split off") if by_lines else "",
            heads=(tr("Number"),) if by_lines else (),
            rows=tuple(
                Row(i, None, item.description or item.sku, item.sku, (str(item.quantity),), i in self._ticked)
                for i, item in enumerate(order.items)
            )
            if by_lines
            else (),
            lines=_lines(self, day),
        )


def _which(day: Day, orders: tuple[OrderId, ...], at: int) -> tuple[Pick, ...]:
    """Which order of a visit that serves several."""
    if len(orders) < 2:
        return ()
    return (Pick(tr("Order"), tuple(_order(day, id).reference for id in orders), at),)


def _order(day: Day, id: OrderId) -> Order:
    order = day.orders.get(id)
    if order is None:
        raise UserError(tr("This order is no longer part of this day."))
    return order


def _lines(case: CancelCase | SplitCase, day: Day) -> tuple[str, ...]:
    try:
        return case.draft(day).sentences
    except UserError as error:
        return (error.message,)
