"""Finding an order and loading all of its history. Everything here touches the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Depot, DepotId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.plan import POOL, Plan
from dispatch_console.domain.proofs import Proof, ProofId, ProofKind
from dispatch_console.services import days, lookup, travel
from dispatch_console.services.order_history import facts, plan
from dispatch_console.services.order_history.plan import PlanLines
from dispatch_console.services.order_history.standing import ended, standing
from dispatch_console.services.order_history.values import Event, Line, OneDay, OrderHistory
from dispatch_console.store.store import Store
from dispatch_console.store.tracing import TracedDay
from dispatch_console.store.values import Found

#: Letters of scan codes that stand for an order or one of its pieces.
_OF_ORDERS = ("D", "P")


def find(store: Store, depot: DepotId, text: str, most: int = 20) -> list[Found]:
    """Orders of all days by part of their number, name, phone or address, or by a barcode; newest day first.

    An order that stood on several days is one: its newest.
    """
    code = lookup.code(text)
    if code is not None and code.letter in _OF_ORDERS:
        found = store.find_identity(depot, OrderId(code.number))
    else:
        found = store.find_orders(depot, text, 3 * most)
    newest: dict[OrderId, Found] = {}
    for one in found:
        newest.setdefault(one.identity, one)
    return list(newest.values())[:most]


def load(store: Store, order: OrderId, live: Day | None = None) -> OrderHistory | None:
    """All of the history of an order, whichever of its days it is named by; None: it is not in the store any more.

    `live`: the day on the screen, which knows what the clock says and what is not saved yet.
    """
    trace = store.trace(order)
    if trace is None:
        return None
    opened = [_open(store, trace.depot, day, live) for day in trace.days]
    events: list[Event] = []
    for day in trace.days:
        events += _events(day, trace.depot.timezone)
    last = opened[-1]
    mine = last.orders[trace.days[-1].order.id]
    return OrderHistory(
        trace.depot,
        mine,
        last.date,
        mine.stop,
        standing(last, mine),
        tuple(_one_day(day, traced) for day, traced in zip(opened, trace.days, strict=True)),
        tuple(sorted(events, key=lambda event: event.at)),
        {driver.id: driver.name for driver in store.load_fleet(trace.depot.id).drivers},
    )


def picture(store: Store, proof: ProofId) -> bytes:
    """What is in a proof. Raises UserError if it is gone."""
    return store.proof_data(proof)


def _open(store: Store, depot: Depot, traced: TracedDay, live: Day | None) -> Day:
    """The day with the order's own route alone: whoever asks where an order is waits for no other route."""
    here = live is not None and live.depot.id == depot.id and live.date == traced.date
    if live is not None and here and traced.order.id in live.orders:
        return live
    record = store.load_day(depot.id, traced.date)
    route = record.plan.route(record.plan.where.get(traced.order.stop, POOL))
    along = {traced.order.stop, *(route.stops if route.id != POOL else ())}
    return days.from_record(
        replace(
            record,
            orders=tuple(order for order in record.orders if order.stop in along),
            shifts=tuple(shift for shift in record.shifts if shift.id == route.id),
            plan=Plan({route.id: route.with_stops(tuple(stop for stop in route.stops if stop in along))}),
        ),
        travel.matrix_now,
    )


def _events(day: TracedDay, timezone: str) -> Iterator[Event]:
    read = PlanLines(day, timezone).read()
    yield from read.events
    yield from plan.sheets(day)
    yield from facts.lines(day, timezone, read.route_at)
    yield from (_proof(proof) for proof in day.proofs if proof.at is not None)


_PROOFS = {
    ProofKind.SHEET: "Signed sheet",
    ProofKind.PHOTO: "Photo",
    ProofKind.SIGNATURE: "Signature",
    ProofKind.CODE: "One-time code",
}


def _proof(proof: Proof) -> Event:
    assert proof.at is not None
    detail = ", ".join(part for part in (proof.name, proof.note) if part)
    return Event(proof.at, Line.PROOF, _PROOFS[proof.kind], detail, proof.who, proof=proof)


def _one_day(day: Day, traced: TracedDay) -> OneDay:
    order = day.orders[traced.order.id]
    return OneDay(day.date, order, order.attempts + 1, ended(day, order))
