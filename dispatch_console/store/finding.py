"""Finding orders of any day by what a caller says on the phone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import OrderId
from dispatch_console.store.base import Connected
from dispatch_console.store.order_rows import fold, order_of
from dispatch_console.store.schema import DayRow, OrderRow, PersonalRow
from dispatch_console.store.values import Found

#: Of a text that more orders hold, only so many of the newest are looked at: nobody reads on so far.
_MOST = 1000
#: So many different words are looked for, of so many letters: somebody has put a whole page into the field.
_WORDS, _LETTERS = 12, 500


class Finding(Connected):
    def find_orders(self, depot: DepotId, text: str, limit: int = 50) -> list[Found]:
        """Orders that hold all words of `text` in reference, name, address or phone; newest day first.

        Case and accents do not count, nor blanks and dashes in a phone number. No text finds nothing.
        """
        words = words_of(text)
        if not words:
            return []
        # One walk through one table, from the newest entry on: joined with the others at once, a server may choose
        # to join all orders there are before it looks at the text, which takes ten times as long.
        newest = select(PersonalRow.order_id).where(PersonalRow.order_id.is_not(None))
        for word in words:
            newest = newest.where(PersonalRow.search.contains(word, autoescape=True))
        newest = newest.order_by(PersonalRow.id.desc()).limit(_MOST)
        return self._found(depot, OrderRow.id.in_(newest), limit)

    def find_identity(self, depot: DepotId, identity: OrderId) -> list[Found]:
        """The orders of this identity (the barcode that parcels carry) on all days, newest day first."""
        return self._found(depot, or_(OrderRow.id == identity, OrderRow.origin == identity), 50)

    def _found(self, depot: DepotId, which: ColumnElement[bool], limit: int) -> list[Found]:
        query = (
            select(OrderRow, PersonalRow, DayRow)
            .outerjoin(PersonalRow, PersonalRow.order_id == OrderRow.id)
            .join(DayRow, DayRow.id == OrderRow.day_id)
            .where(which, DayRow.depot_id == depot)
            .order_by(DayRow.date.desc(), OrderRow.id)
            .limit(limit)
        )
        with self.read() as db:
            found = [(order_of(order, person), day.date) for order, person, day in db.execute(query)]
        return [
            Found(o.id, o.reference, o.recipient, o.address.one_line, o.phone, date, o.identity)
            for o, date in found
        ]


def words_of(text: str) -> list[str]:
    """Folded words; a text that is a phone number counts as one word of digits."""
    text = text[:_LETTERS]
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 6 and not any(c.isalpha() for c in text):
        return [digits.lstrip("0")]  # 079 … is kept as +41 79 …
    return list(dict.fromkeys(fold(text).split()))[:_WORDS]
