"""The rows of one order → the domain's `Order`."""

from __future__ import annotations

from typing import Any

from dispatch_console.domain.orders import Address, Item, Order, OrderKind, Priority
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.intake.fields import Field
from dispatch_console.intake.grouping import Group
from dispatch_console.intake.notations.choices import is_cash_on_delivery
from dispatch_console.intake.notations.money import currency


def make_order(group: Group) -> tuple[Order, frozenset[str]]:
    """The order, and the names of what the file gave for it."""
    v = group.first.values
    items = _items(group)
    size = _size(group, items)
    cod = _cash(v)
    place = v.get("place")
    order = Order(
        reference=v.get(Field.REFERENCE, ""),
        kind=v.get(Field.KIND, OrderKind.DELIVERY),
        name=v.get(Field.NAME, ""),
        company=v.get(Field.COMPANY, ""),
        phone=v.get(Field.PHONE, ""),
        email=v.get(Field.EMAIL, ""),
        address=Address(
            v.get(Field.STREET, ""),
            v.get(Field.HOUSE_NUMBER, ""),
            v.get(Field.POSTCODE, ""),
            v.get(Field.CITY, ""),
            v.get(Field.COUNTRY, ""),
        ),
        place=place,
        place_quality="file" if place else None,
        day=v.get(Field.DAY),
        windows=v.get("windows", ()),
        service_s=v.get(Field.SERVICE),
        size=size,
        priority=v.get(Field.PRIORITY, Priority.NORMAL),
        skills=v.get(Field.SKILLS, ()),
        cod=cod,
        notes=v.get(Field.NOTES, ""),
        items=items,
        **{name: v[field] for name, field in _RULES.items() if field in v},
    )
    return order, _given(group)


def _items(group: Group) -> tuple[Item, ...]:
    items: list[Item] = []
    for reading in group.readings:
        v = reading.values
        if any(field in v for field in (Field.ITEM_SKU, Field.ITEM_DESCRIPTION, Field.ITEM_QUANTITY)):
            quantity = v.get(Field.ITEM_QUANTITY, 1)
            items.append(Item(v.get(Field.ITEM_SKU, ""), v.get(Field.ITEM_DESCRIPTION, ""), quantity))
    return tuple(items)


def _size(group: Group, items: tuple[Item, ...]) -> Size:
    """Lines add up; what is given per piece counts for each piece, or each item if pieces are not given."""
    v = group.first.values
    pieces = v.get(Field.PIECES, 0)
    count = pieces or sum(item.quantity for item in items) or 1

    def of(whole: Field, each: Field, line: Field) -> int:
        if whole in v:
            return int(v[whole])
        return int(v.get(each, 0)) * count + sum(int(r.values.get(line, 0)) for r in group.readings)

    return Size(
        of(Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE),
        of(Field.VOLUME, Field.VOLUME_EACH, Field.VOLUME_LINE),
        pieces,
    )


def _cash(v: dict[str, Any]) -> Money | None:
    """The amount to collect; of a shop the order total, where the payment says so."""
    amount = v.get(Field.COD)
    if amount is None and is_cash_on_delivery(v.get(Field.PAYMENT, "")):
        amount = v.get(Field.TOTAL)
    if not amount or amount[0] <= 0:
        return None
    return Money(amount[0], currency(v.get(Field.CURRENCY, "")) or amount[1] or v.get("currency_otherwise", ""))


#: What an order asks of the plan.
_RULES: dict[str, Field] = {
    "release_s": Field.RELEASE, "late_per_min": Field.LATE, "parking_s": Field.PARKING, "zone": Field.ZONE,
    "goods": Field.GOODS, "not_drivers": Field.NOT_DRIVERS, "known_by": Field.KNOWN_BY,
}  # fmt: skip

#: What was given, by the field that gave it.
_GIVEN: dict[str, str] = {
    Field.WEIGHT: "weight", Field.WEIGHT_EACH: "weight", Field.WEIGHT_LINE: "weight", Field.VOLUME: "volume",
    Field.VOLUME_EACH: "volume", Field.VOLUME_LINE: "volume", Field.PIECES: "pieces", Field.KIND: "kind",
    Field.PRIORITY: "priority", Field.SERVICE: "service", Field.DAY: "day",
}  # fmt: skip


def _given(group: Group) -> frozenset[str]:
    return frozenset(_GIVEN[name] for reading in group.readings for name in reading.values if name in _GIVEN)
