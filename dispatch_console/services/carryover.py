"""What goes on after this day: the list of everything not done, and the one step that makes tomorrow of it.

An order is delivered, cancelled, returned, held, or has a next day: nothing that failed can be forgotten. What goes
on is a new order of its day with the same identity, reference and parcels; the old one says as which it was
`carried`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from dispatch_console.domain import nextsteps, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import ALL_ORDERS, Fact, FactKind, Facts
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.orders import Item, NextKind, NextStep, Order, OrderId, StopId
from dispatch_console.domain.plan import POOL, Swap
from dispatch_console.domain.reasons import WORDS
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services import proposals, reschedule, travel
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.store.store import Store
from dispatch_console.store.values import OtherDay, WideChange


class Going(NamedTuple):
    """An order that was not done and what becomes of it. `decided`: somebody said so, else it is proposed."""

    order: OrderId
    step: NextStep
    why: str
    decided: bool

    @property
    def is_carried(self) -> bool:
        return bool(self.step.carried)

    @property
    def is_written(self) -> bool:
        """Whether carrying over has nothing to do with it any more."""
        return self.is_carried or (self.decided and self.step.kind is not NextKind.AGAIN)


class Counter(Protocol):
    """Who gives out ids: the store."""

    def new_ids(self, kind: str, n: int) -> Sequence[int]: ...


class Prepared(NamedTuple):
    """A list with ids for what comes new."""

    goings: tuple[Going, ...]
    orders: tuple[OrderId, ...]
    stops: tuple[StopId, ...]


def going(day: Day, usual: Usuals | None = None, today: dt.date | None = None) -> tuple[Going, ...]:
    """Everything of `day` that goes on, in the order of its orders: decided, or with what is proposed for it.

    What stands in a route and was not told of is not in it: see `still_out`. `today`: as for `propose`.
    """
    usual = usual or Usuals()
    found = (_going(day, order, usual, today or day.date) for order in day.orders.values())
    return tuple(one for one in found if one is not None)


def still_out(day: Day) -> tuple[OrderId, ...]:
    """Orders in routes of which nobody has said how they ended: to be told or debriefed before they can go on."""
    return tuple(
        order.id
        for order in day.orders.values()
        if order.next is None and reschedule.needs_a_step(day, order) and not _ended(day, order)
    )


def prepare(counter: Counter, goings: Iterable[Going]) -> Prepared:
    """Ids for the orders of the days to come. Touches the database: not for the window's thread."""
    chosen = tuple(one for one in goings if not one.is_carried)
    n = sum(1 for one in chosen if one.step.kind is NextKind.AGAIN)
    orders, stops = (counter.new_ids(kind, n) if n else () for kind in ("order", "stop"))
    return Prepared(chosen, tuple(map(OrderId, orders)), tuple(map(StopId, stops)))


@for_good
def commit(session: DaySession, prepared: Prepared, initiator: object = None) -> Mapping[dt.date, int]:
    """Write all decisions and put the orders with a next day into the pools of their days: all or nothing.

    How many went to which day. Its undo takes them out of those days again, as long as nobody has planned them
    there. What was delivered or carried over in the meantime is left alone. Raises UserError for a next day that
    is not after this one, and if there is nothing to carry over.
    """
    day = session.day
    swaps: list[Swap[Order]] = []
    made: dict[dt.date, list[Order]] = {}
    ids, stops = iter(prepared.orders), _Stops(prepared.stops)
    for one in prepared.goings:
        order = day.orders.get(one.order)
        if order is None or not reschedule.needs_a_step(day, order) or (order.next and order.next.carried):
            continue
        reschedule.check(day, one.step)
        step = one.step
        if step.kind is NextKind.AGAIN and step.day is not None:
            stop = stops.of(order, step)
            new = again(order, day.facts, step, next(ids), stop)
            made.setdefault(step.day, []).append(new)
            step = replace(step, carried=new.id)
        if order.next != step:
            swaps.append(Swap(order, replace(order, next=step)))
    if not swaps:
        raise UserError("There is nothing to carry over.")
    elsewhere = tuple(
        OtherDay(date, tuple(Swap(None, order) for order in orders), kept=True) for date, orders in made.items()
    )
    n = sum(map(len, made.values()))
    label = f"Carry over {saying.count(n, 'order')}" if n else f"Decide on {saying.count(len(swaps), 'order')}"
    session.apply(WideChange(label, (), tuple(swaps), elsewhere=elsewhere), initiator)
    return {date: len(orders) for date, orders in sorted(made.items())}


class _Stops:
    """New visits: orders that shared one and go on alike share the next one too."""

    def __init__(self, ids: Iterable[StopId]) -> None:
        self._ids = iter(ids)
        self._known: dict[tuple[object, ...], StopId] = {}

    def of(self, order: Order, step: NextStep) -> StopId:
        key = order.stop, order.kind, step.day, step.windows
        if key not in self._known:
            self._known[key] = next(self._ids)
        return self._known[key]


def again(order: Order, facts: Facts, step: NextStep, id: OrderId, stop: StopId) -> Order:
    """`order` as it goes out again by `step`: the failed attempts counted; of a partial one the rest."""
    told = facts.outcome(order.stop, order.id)
    notes = " · ".join(part for part in (order.notes, step.note) if part)
    new = replace(
        order,
        id=id,
        stop=stop,
        day=step.day,
        windows=step.windows,
        attempts=order.attempts + facts.attempts.get(order.stop, 0),
        origin=order.identity,
        pickup=StopId(0),
        next=None,
        notes=notes,
        cod=_due(order, facts),
        release_s=order.release_s if told is None else 0,  # what has been out is in the depot since
    )
    return _rest(new, told) if told is not None and told.kind is FactKind.PARTIAL else new


def _going(day: Day, order: Order, usual: Usuals, today: dt.date) -> Going | None:
    if not reschedule.needs_a_step(day, order):
        return None
    why = _why(day, order)
    if order.next is not None:
        return Going(order.id, order.next, why, True)
    if not _ended(day, order):
        return None
    told = day.facts.outcome(order.stop, order.id)
    if told is None:
        date = nextsteps.working_day(day.date, 1, usual.weekdays, today)
        return Going(order.id, NextStep(NextKind.AGAIN, date, order.windows), why, False)
    found = proposals.propose(day, order.stop, told.kind, told.reason, order=order.id, usual=usual, today=today)
    steps = (way.step for way in found.choices)
    step = next(step for step in steps if step is not None and step.kind is not NextKind.LATER_TODAY)
    return Going(order.id, step, why, False)


def _ended(day: Day, order: Order) -> bool:
    """Whether it is known that this order is not done by what is planned: it failed, or has no driver."""
    told = day.facts.outcome(order.stop, order.id)
    return told is not None or day.plan.where.get(order.stop, POOL) == POOL


def _why(day: Day, order: Order) -> str:
    told = day.facts.outcome(order.stop, order.id)
    if told is None:
        return "no place" if order.place is None else "no driver"
    word = WORDS[told.reason] if told.reason is not None else ""
    match told.kind:
        case FactKind.PARTIAL:
            return f"partial, {word}" if word and word != "partial" else "partial"
        case FactKind.SKIPPED:
            return f"passed by, {word}" if word else "passed by"
        case _:
            return word or "failed"


def _rest(order: Order, told: Fact) -> Order:
    """What is left after `value` pieces (or `items` by line) were done; where nobody counted, all of it."""
    total = order.size.pieces
    left = total - told.value
    if (told.order == ALL_ORDERS and told.value >= total) or not 0 < left < total:
        return order
    size = Size(*(-(-part * left // total) for part in order.size))
    lines = zip(order.items, told.items, strict=False)
    items = tuple(Item(i.sku, i.description, i.quantity - done) for i, done in lines if i.quantity > done)
    return replace(order, size=size, items=items or order.items)


def _due(order: Order, facts: Facts) -> Money | None:
    """The cash on delivery that is still to be taken."""
    if order.cod is None:
        return None
    taken = [f.value for f in facts.entries if f.kind is FactKind.CASH_TAKEN and f.order == order.id]
    left = order.cod.cents - (taken[-1] if taken else 0)
    return Money(left, order.cod.currency) if left > 0 else None


# --- what was held, and what came over ---


class Released(NamedTuple):
    """A held order made ready to go into a day: as it stands on its old day, and as it goes out."""

    since: dt.date
    before: Order
    after: Order


def release(store: Store, depot: DepotId, since: dt.date, order: Order, date: dt.date) -> Released:
    """Make a held order of `since` ready for `date`, at any time of the day. Touches the database.

    Raises UserError if it is held no more.
    """
    there = store.load_day(depot, since)
    now = next((one for one in there.orders if one.id == order.id), None)
    if now is None or now.next is None or now.next.kind is not NextKind.HOLD:
        raise UserError(f"{order.reference} is held no more.")
    step = NextStep(NextKind.AGAIN, date, now.windows)
    ids = OrderId(store.new_ids("order", 1)[0]), StopId(store.new_ids("stop", 1)[0])
    return Released(since, now, again(now, there.facts, step, *ids))


@for_good
def take_in(session: DaySession, released: Released, initiator: object = None) -> None:
    """Put a held order into the pool of the open day, as one step."""
    day, (since, before, after) = session.day, released
    step = NextStep(NextKind.AGAIN, day.date, after.windows, carried=after.id)
    there = OtherDay(since, (Swap(before, replace(before, next=step)),), kept=True)
    pool = day.plan.pool
    change = WideChange(
        f"Take in {after.reference}",
        (Swap(pool, pool.with_stops((*pool.stops, after.stop))),),
        (Swap(None, after),),
        elsewhere=(there,),
    )
    times = travel.for_pin(day, after.place) if after.place is not None else None
    session.apply(change, initiator, times)


def came_over(store: Store, depot: DepotId, date: dt.date) -> str:
    """`7 orders came over from Mon 23 Nov`; empty if none did. Touches the database."""
    return " · ".join(
        f"{saying.count(n, 'order')} came over from {saying.date(since)}"
        for since, n in store.came_over(depot, date).items()
    )


def groups(goings: Sequence[Going]) -> Iterator[tuple[str, tuple[Going, ...]]]:
    """(what becomes of them, those) by next day, then held, then what ends here; empty groups are left out."""
    days = sorted({g.step.day for g in goings if g.step.kind is NextKind.AGAIN and g.step.day is not None})
    for date in days:
        mine = tuple(g for g in goings if g.step.kind is NextKind.AGAIN and g.step.day == date)
        yield f"Again on {saying.date(date)}", mine
    for kind, name in _ENDS.items():
        mine = tuple(g for g in goings if g.step.kind is kind)
        if mine:
            yield name, mine


_ENDS = {
    NextKind.HOLD: "Held in the depot",
    NextKind.PICKUP_POINT: "To the pick-up point",
    NextKind.RETURN: "Back to the sender",
    NextKind.CANCEL: "Cancelled",
}
