"""What a file says against what is known: new, changed, unchanged, gone. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dispatch_console.domain import stops
from dispatch_console.domain.day import Approval, DayState
from dispatch_console.domain.facts import Facts
from dispatch_console.domain.orders import ImportId, Order, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Swap
from dispatch_console.domain.region import Hit
from dispatch_console.geocoding import addresses
from dispatch_console.intake.fields import Field
from dispatch_console.intake.mapping import Mapping as Columns
from dispatch_console.intake.orders import ReadOrder
from dispatch_console.services import finding_places


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is on one day before an import."""

    orders: tuple[Order, ...] = ()
    plan: Plan = field(default_factory=Plan)
    facts: Facts = field(default_factory=Facts)
    approval: Approval = field(default_factory=Approval)


class Match(NamedTuple):
    """An order of the file, the day it belongs to, and the order it meets there (None: it is new).

    `after` is what would stand there; the same as `before` if nothing changes.
    """

    read: ReadOrder
    date: dt.date
    before: Order | None
    after: Order


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gone`: orders that an earlier file of the same columns brought for these days and this one lacks."""

    matches: tuple[Match, ...] = ()
    gone: tuple[Order, ...] = ()

    @property
    def new(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.before is None)

    @property
    def changed(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.before not in (None, match.after))

    @property
    def unchanged(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.before == match.after)


def compare(
    found: Iterable[ReadOrder],
    columns: Columns,
    otherwise: dt.date,
    days: Mapping[dt.date, Standing],
    pins: Mapping[str, Place],
    same_file: frozenset[ImportId],
    hits: Mapping[str, Hit] = {},
) -> Comparison:
    """Meet each order with the one of the same reference (or, without one, the same recipient) on its day.

    Orders without a day belong to `otherwise`. Only what the file has a column for can change. `same_file` are the
    earlier imports of files with the same columns: only their orders can be gone. Orders without a place take the
    address book's (`pins`), else the one of `hits`, both by `addresses.key`.
    """
    waiting = {date: _Waiting(day.orders) for date, day in days.items()}
    matches: list[Match] = []
    for read in found:
        date = read.order.day or otherwise
        before = waiting[date].take(read.order) if date in waiting else None
        matches.append(Match(read, date, before, _after(read.order, before, date, columns, pins, hits)))
    mentioned = {match.date for match in matches}
    left = (order for date in waiting if date in mentioned for order in waiting[date].left)
    return Comparison(tuple(matches), tuple(order for order in left if order.source in same_file))


def swaps(
    matches: Iterable[Match], standing: Standing, orders: Iterator[int], new_stops: Iterator[int], source: ImportId
) -> tuple[Swap[Order], ...]:
    """The changes of one day. New orders get ids, and join a visit that can still take them or get their own.

    A changed order that no longer fits the others of its visit leaves it. An order without a reference gets one.
    """
    visits = _open_visits(standing)
    shared = _shared(standing.orders)
    made: list[Swap[Order]] = []
    for match in sorted(matches, key=lambda match: match.before is None):  # first those that may free a visit
        before, after = match.before, match.after
        if before == after:
            continue
        key = stops.group_key(after)
        if before is not None and (before.stop not in shared or key == stops.group_key(before)):
            stop = before.stop
            if visits.get(stops.group_key(before)) == stop:
                del visits[stops.group_key(before)]
                visits[key] = stop
        else:
            stop = visits[key] = visits.get(key) or StopId(next(new_stops))
        after = replace(after, stop=stop)
        if before is None:
            reference = after.reference or f"#{source}-{match.read.row}"
            after = replace(after, id=OrderId(next(orders)), reference=reference, source=source)
        made.append(Swap(before, after))
    return tuple(made)


def _open_visits(standing: Standing) -> dict[tuple[object, ...], StopId]:
    """What orders must be like to join a visit: of a draft, in a route that is not locked, where nobody was yet."""
    if standing.approval.state is not DayState.DRAFT:
        return {}
    plan, arrived = standing.plan, standing.facts.arrived
    return {
        stops.group_key(order): order.stop
        for order in standing.orders
        if order.stop not in arrived and not plan.route(plan.where.get(order.stop, POOL)).locked
    }


def _shared(orders: Iterable[Order]) -> set[StopId]:
    seen: set[StopId] = set()
    twice: set[StopId] = set()
    for order in orders:
        (twice if order.stop in seen else seen).add(order.stop)
    return twice


class _Waiting:
    """The orders of a day that no order of the file has met yet."""

    def __init__(self, orders: Sequence[Order]) -> None:
        self._by_reference = _listed((order.reference.casefold(), order) for order in orders)
        self._by_recipient = _listed((_recipient(order), order) for order in orders)
        self._left = {order.id: order for order in orders}

    def take(self, read: Order) -> Order | None:
        if read.reference:
            known = self._by_reference.get(read.reference.casefold(), [])
        else:
            known = self._by_recipient.get(_recipient(read), [])
        met = next((order for order in known if order.id in self._left), None)
        if met is not None:
            del self._left[met.id]
        return met

    @property
    def left(self) -> list[Order]:
        return list(self._left.values())


def _listed(pairs: Iterable[tuple[object, Order]]) -> dict[object, list[Order]]:
    found: dict[object, list[Order]] = {}
    for key, order in pairs:
        found.setdefault(key, []).append(order)
    return found


def _recipient(order: Order) -> object:
    name, company = order.name.casefold(), order.company.casefold()
    return name, company, addresses.key(order.address), order.kind, order.windows


def _after(
    read: Order, before: Order | None, date: dt.date, columns: Columns, pins: Mapping[str, Place],
    found: Mapping[str, Hit],
) -> Order:  # fmt: skip
    after = read if before is None else replace(before, **_said(read, before, columns))
    if read.place is None:
        after = _with_known_place(after, before, pins, found)
    elif before is not None and before.place_quality == "pin" and _same_address(after, before):
        after = replace(after, place=before.place, place_quality="pin")  # set by hand, so better than the file
    return replace(after, day=date)


def _with_known_place(
    order: Order, before: Order | None, pins: Mapping[str, Place], found: Mapping[str, Hit]
) -> Order:
    """The place it had, if the address is still the same; else the address book's, else the one that was found."""
    if before is not None and before.place is not None and _same_address(order, before):
        return replace(order, place=before.place, place_quality=before.place_quality)
    key = addresses.key(order.address)
    if key in pins or key not in found:
        pin = pins.get(key)
        return replace(order, place=pin, place_quality="pin" if pin else None)
    return finding_places.with_place(order, found[key])


def _same_address(a: Order, b: Order) -> bool:
    return addresses.key(a.address) == addresses.key(b.address)


#: Which columns speak for which part of an order.
_PARTS: dict[str, tuple[Field, ...]] = {
    "reference": (Field.REFERENCE,),
    "kind": (Field.KIND,),
    "name": (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME),
    "company": (Field.COMPANY,),
    "phone": (Field.PHONE,),
    "email": (Field.EMAIL,),
    "address": (Field.STREET, Field.HOUSE_NUMBER, Field.POSTCODE, Field.CITY, Field.TOWN),
    "windows": (Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO),
    "service_s": (Field.SERVICE,),
    "priority": (Field.PRIORITY,),
    "skills": (Field.SKILLS,),
    "cod": (Field.COD, Field.PAYMENT),
    "notes": (Field.NOTES, Field.ADDRESS_2),
    "release_s": (Field.RELEASE,),
    "late_per_min": (Field.LATE,),
    "parking_s": (Field.PARKING,),
    "zone": (Field.ZONE,),
    "goods": (Field.GOODS,),
    "not_drivers": (Field.NOT_DRIVERS,),
    "known_by": (Field.KNOWN_BY,),
    "items": (Field.ITEM_SKU, Field.ITEM_DESCRIPTION, Field.ITEM_QUANTITY),
}
_SIZES: dict[str, tuple[Field, ...]] = {
    "grams": (Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE),
    "litres": (Field.VOLUME, Field.VOLUME_EACH, Field.VOLUME_LINE),
    "pieces": (Field.PIECES,),
}


def _said(read: Order, before: Order, columns: Columns) -> dict[str, Any]:
    """The parts of `read` that the file has a column for."""
    parts = {name: getattr(read, name) for name, fields in _PARTS.items() if columns.has(*fields)}
    sizes = {name: getattr(read.size, name) for name, fields in _SIZES.items() if columns.has(*fields)}
    if not read.reference:
        parts.pop("reference", None)
    if read.place is not None:
        parts |= {"place": read.place, "place_quality": read.place_quality}
    return {**parts, "size": before.size._replace(**sizes)}
