"""Orders that go on from day to day: what is held and due, what came over from an earlier day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import NextKind, Order
from dispatch_console.store.base import Connected
from dispatch_console.store.order_rows import order_of
from dispatch_console.store.schema import DayRow, OrderRow, PersonalRow


class Carried(Connected):
    """Reads across days; what is written there goes with a `WideChange`."""

    def held_due(self, depot: DepotId, date: dt.date) -> list[tuple[dt.date, Order]]:
        """The orders of earlier days that are held in the depot until `date` at the latest, the longest first."""
        query = (
            select(DayRow.date, OrderRow, PersonalRow)
            .join(OrderRow, OrderRow.day_id == DayRow.id)
            .outerjoin(PersonalRow, PersonalRow.order_id == OrderRow.id)
            .where(DayRow.depot_id == depot, DayRow.date < date)
            .where(OrderRow.next_kind == NextKind.HOLD.value, OrderRow.next_until <= date, OrderRow.carried == 0)
            .order_by(OrderRow.next_until, OrderRow.id)
        )
        with self.read() as db:
            return [(day, order_of(row, person)) for day, row, person in db.execute(query)]

    def came_over(self, depot: DepotId, date: dt.date) -> dict[dt.date, int]:
        """Earlier day → how many orders of `date` came over from it, the newest first."""
        here, before = aliased(OrderRow), aliased(OrderRow)
        there, target = aliased(DayRow), aliased(DayRow)
        query = (
            select(there.date, func.count(here.id))
            .join(before, before.day_id == there.id)
            .join(here, here.id == before.carried)
            .join(target, target.id == here.day_id)
            .where(target.depot_id == depot, target.date == date, before.carried != 0)
            .group_by(there.date)
            .order_by(there.date.desc())
        )
        with self.read() as db:
            return {row[0]: row[1] for row in db.execute(query)}
