"""Orders as rows and back: one row in `orders`, one in `personal`."""

from __future__ import annotations

import unicodedata
from typing import Any, cast

from dispatch_console.domain.orders import (
    Address,
    DriverId,
    ImportId,
    Item,
    NextKind,
    NextStep,
    Order,
    OrderId,
    OrderKind,
    Priority,
    StopId,
    Window,
)
from dispatch_console.domain.places import Place, Quality
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.store.base import Row
from dispatch_console.store.schema import OrderRow, PersonalRow


def order_row(order: Order, day_id: int) -> Row:
    return {
        "id": order.id,
        "day_id": day_id,
        "stop_id": order.stop,
        "reference": order.reference,
        "kind": order.kind.value,
        "asked_day": order.day,
        "windows": [list(window) for window in order.windows],
        "service_s": order.service_s,
        "grams": order.size.grams,
        "litres": order.size.litres,
        "pieces": order.size.pieces,
        "priority": order.priority.value,
        "skills": list(order.skills),
        "cod_cents": order.cod.cents if order.cod else None,
        "cod_currency": order.cod.currency if order.cod else None,
        "items": [list(item) for item in order.items],
        "attempts": order.attempts,
        "source": order.source,
        "origin": order.origin,
        "pickup_stop": order.pickup,
        **_next_row(order.next),
        **_rules_row(order),
    }


def _next_row(step: NextStep | None) -> Row:
    return {
        "next_kind": step.kind.value if step else "",
        "next_day": step.day if step else None,
        "next_until": step.until if step else None,
        "next_windows": [list(window) for window in step.windows] if step else None,
        "next_note": step.note if step else "",
        "carried": step.carried if step else 0,
    }


def _rules_row(order: Order) -> Row:
    return {
        "release_s": order.release_s,
        "late_per_min": order.late_per_min,
        "parking_s": order.parking_s,
        "zone": order.zone,
        "goods": sorted(order.goods) or None,
        "not_drivers": sorted(order.not_drivers) or None,
        "known_by": sorted(order.known_by) or None,
    }


def personal_row(order: Order) -> Row:
    return {
        "order_id": order.id,
        "name": order.name,
        "company": order.company,
        "phone": order.phone,
        "email": order.email,
        **order.address._asdict(),
        "lat": order.place.lat if order.place else None,
        "lon": order.place.lon if order.place else None,
        "quality": order.place_quality,
        "notes": order.notes,
        "search": search_text(order),
    }


def order_of(row: OrderRow, person: PersonalRow | None) -> Order:
    """`person` is None after an erasure."""
    size = Size(row.grams, row.litres, row.pieces)
    return Order(
        reference=row.reference,
        id=OrderId(row.id),
        kind=OrderKind(row.kind),
        day=row.asked_day,
        windows=tuple(Window(*window) for window in row.windows),
        service_s=row.service_s,
        size=size,
        priority=Priority(row.priority),
        skills=tuple(row.skills),
        cod=None if row.cod_cents is None else Money(row.cod_cents, row.cod_currency or ""),
        items=tuple(Item(*item) for item in row.items),
        attempts=row.attempts,
        stop=StopId(row.stop_id),
        source=None if row.source is None else ImportId(row.source),
        origin=OrderId(row.origin),
        pickup=StopId(row.pickup_stop),
        next=_next_of(row),
        release_s=row.release_s,
        late_per_min=row.late_per_min,
        parking_s=row.parking_s,
        zone=row.zone,
        goods=frozenset(row.goods or ()),
        not_drivers=frozenset(map(DriverId, row.not_drivers or ())),
        known_by=frozenset(map(DriverId, row.known_by or ())),
        **({} if person is None else _personal(person)),
    )


def _next_of(row: OrderRow) -> NextStep | None:
    if not row.next_kind:
        return None
    windows = tuple(Window(*window) for window in row.next_windows or ())
    kind, carried = NextKind(row.next_kind), OrderId(row.carried)
    return NextStep(kind, row.next_day, windows, row.next_until, row.next_note, carried)


def _personal(row: PersonalRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "company": row.company,
        "phone": row.phone,
        "email": row.email,
        "address": Address(row.street, row.house_number, row.postcode, row.city, row.country),
        "place": place_of(row.lat, row.lon),
        "place_quality": cast(Quality | None, row.quality),
        "notes": row.notes,
    }


def place_of(lat: float | None, lon: float | None) -> Place | None:
    return None if lat is None or lon is None else Place(lat, lon)


def search_text(order: Order) -> str:
    """What an order is found by: reference, name, company, address, e-mail, and the digits of its phone."""
    digits = "".join(c for c in order.phone if c.isdigit())
    parts = (order.reference, order.name, order.company, *order.address, order.email, digits)
    return fold(" ".join(part for part in parts if part))


def fold(text: str) -> str:
    """Lower case without accents, so that `Müller` is found by `muller`."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def summary(order: Order) -> Row:
    """An order for the audit: nothing of its customer."""
    return {"id": order.id, "reference": order.reference}


#: Columns of an order in which people write what they like.
_WRITTEN = ("items", "next_note")


def difference(before: Order, after: Order) -> tuple[Row, Row]:
    """For the audit: what of an order changed, from and to; of what may tell of a person the names of columns."""
    rows = [order_row(order, 0) for order in (before, after)]
    changed = [key for key, value in rows[0].items() if value != rows[1][key]]
    old, new = ({key: _plain(row[key]) for key in changed if key not in _WRITTEN} for row in rows)
    people = [personal_row(order) for order in (before, after)]
    names = [key for key, value in people[0].items() if value != people[1][key] and key != "search"]
    names += [key for key in changed if key in _WRITTEN]
    return {**summary(before), **old}, {**summary(after), **new, **({"personal": names} if names else {})}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
