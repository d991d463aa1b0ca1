"""A file that comes again: which of its orders are new, changed, the same, and which are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from dispatch_console.domain.orders import Order
from dispatch_console.intake.fields import Field
from dispatch_console.intake.mapping import Mapping

#: Parts of an order that a file can change, in the order in which a person reads them.
COMPARED = (
    "kind", "name", "company", "phone", "email", "address", "place", "day", "windows", "service_s", "size",
    "priority", "skills", "cod", "notes", "items",
)  # fmt: skip

_BY: dict[str, tuple[Field, ...]] = {
    "kind": (Field.KIND,), "name": (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME), "company": (Field.COMPANY,),
    "phone": (Field.PHONE,), "email": (Field.EMAIL,),
    "address": (Field.STREET, Field.POSTCODE, Field.CITY, Field.TOWN),
    "place": (Field.LAT, Field.LAT_LON), "day": (Field.DAY,),
    "windows": (Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO), "service_s": (Field.SERVICE,),
    "size": (Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE, Field.VOLUME, Field.VOLUME_EACH, Field.VOLUME_LINE,
             Field.PIECES),
    "priority": (Field.PRIORITY,), "skills": (Field.SKILLS,), "cod": (Field.COD, Field.TOTAL),
    "notes": (Field.NOTES, Field.ADDRESS_2), "items": (Field.ITEM_SKU, Field.ITEM_DESCRIPTION, Field.ITEM_QUANTITY),
}  # fmt: skip


class Change(NamedTuple):
    """`known` is what the store has, `order` what the file says now; `parts` are names from `COMPARED`."""

    known: Order
    order: Order
    parts: tuple[str, ...]

    @property
    def merged(self) -> Order:
        """The known order with what changed: it keeps its id, its attempts and the pin someone set by hand."""
        values: dict[str, Any] = {part: getattr(self.order, part) for part in self.parts}
        if "place" in values:
            values["place_quality"] = self.order.place_quality
        elif "address" in values and self.known.place_quality != "pin":
            values |= {"place": self.order.place, "place_quality": self.order.place_quality}
        return replace(self.known, **values)


class Comparison(NamedTuple):
    new: tuple[Order, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Order, ...]  # as known
    gone: tuple[Order, ...]  # known, and not in the file any more

    @property
    def by_part(self) -> Counter[str]:
        """How many orders changed in what: window 5, pieces 4."""
        return Counter(part for change in self.changed for part in change.parts)


def parts_of(mapping: Mapping) -> frozenset[str]:
    """What a file with these columns can say anything about; the rest stays as it is known."""
    found = {part for part, fields in _BY.items() if mapping.has(*fields)}
    if any(use and use.unit == "date" for use in mapping.uses):
        found.add("day")
    return frozenset(found)


def compare(
    orders: Iterable[Order], known: Iterable[Order], parts: frozenset[str] = frozenset(COMPARED)
) -> Comparison:
    """Orders are the same one if their references are; without a reference, if recipient and address are."""
    left = {_key(order): order for order in known}
    new: list[Order] = []
    changed: list[Change] = []
    unchanged: list[Order] = []
    for order in orders:
        before = left.pop(_key(order), None)
        if before is None:
            new.append(order)
        elif different := tuple(part for part in COMPARED if part in parts and _differs(part, before, order)):
            changed.append(Change(before, order, different))
        else:
            unchanged.append(before)
    return Comparison(tuple(new), tuple(changed), tuple(unchanged), tuple(left.values()))


def _key(order: Order) -> tuple[str, ...]:
    return (order.reference,) if order.reference else ("", order.recipient, *order.address)


def _differs(part: str, before: Order, order: Order) -> bool:
    if part == "place":  # coordinates of the file never move a pin
        return order.place is not None and before.place_quality != "pin" and order.place != before.place
    return getattr(before, part) != getattr(order, part)
