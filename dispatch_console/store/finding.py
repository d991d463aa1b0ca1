"""Finding orders of any day by what a caller says on the phone."""

from __future__ import annotations

from sqlalchemy import select

from dispatch_console.domain.fleet import DepotId
from dispatch_console.store.base import Connected
from dispatch_console.store.order_rows import fold, order_of
from dispatch_console.store.schema import DayRow, OrderRow, PersonalRow
from dispatch_console.store.values import Found


class Finding(Connected):
    def find_orders(self, depot: DepotId, text: str, limit: int = 50) -> list[Found]:
        """Orders that hold all words of `text` in reference, name, address or phone; newest day first.

        Case and accents do not count, nor blanks and dashes in a phone number. No text finds nothing.
        """
        words = _words(text)
        if not words:
            return []
        query = (
            select(OrderRow, PersonalRow, DayRow.date)
            .join(PersonalRow, PersonalRow.order_id == OrderRow.id)
            .join(DayRow, DayRow.id == OrderRow.day_id)
            .where(DayRow.depot_id == depot)
            .order_by(DayRow.date.desc(), OrderRow.id)
            .limit(limit)
        )
        for word in words:
            query = query.where(PersonalRow.search.contains(word, autoescape=True))
        with self.read() as db:
            found = [(order_of(order, person), date) for order, person, date in db.execute(query)]
        return [Found(o.id, o.reference, o.recipient, o.address.one_line, o.phone, date) for o, date in found]


def _words(text: str) -> list[str]:
    """Folded words; a text that is a phone number counts as one word of digits."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 6 and not any(c.isalpha() for c in text):
        return [digits.lstrip("0")]  # 079 … is kept as +41 79 …
    return fold(text).split()
