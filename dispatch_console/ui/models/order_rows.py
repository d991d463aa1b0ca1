"""Rows of the orders table: what never changes of an order is worked out once, where it stands for all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Order, OrderId, OrderKind, StopId
from dispatch_console.domain.plan import POOL, Route, Swap
from dispatch_console.domain.progress import Progress, progress
from dispatch_console.ui.models import marks, standing, words
from dispatch_console.ui.models.marks import Mark

_NEVER = 10**9


class State(IntEnum):
    """How far an order is; also the order of the groups."""

    NO_PLACE = 0
    UNASSIGNED = 1
    PLANNED = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as the table shows it. `window_from`: seconds, far in the future without a window."""

    id: OrderId
    stop: StopId
    ref: str
    ref_key: tuple[str, int, str]
    name: str
    town: str
    window: str
    window_from: tuple[int, int]
    grams: int
    kg: str
    marks: tuple[Mark, ...]
    text: str  # all of it, casefolded: what the filter looks in
    meeting: bool = False  # of two vans: it is listed, but no customer's order, and not counted as one


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a stop stands: slot 0, position 0 and no number without a driver. `number` as everybody says it."""

    state: State
    slot: int
    position: int
    number: str
    initials: str
    driver: str
    failed: bool = False
    pin: Mark | None = None
    told: str = ""  # how it ended, in a word or two


#: Rows that are likely to be asked for in a moment, by the identity of their order, which is held with them.
_ahead: dict[int, tuple[Order, OrderRow]] = {}


def make_ahead(swaps: Iterable[Swap[Order]]) -> None:
    """Make the rows of what comes, away from the window's thread: ten thousand of them take a while."""
    keep((order, _made(order)) for _, order in swaps if order is not None)


def keep(rows: Iterable[tuple[Order, OrderRow]]) -> None:
    """Have these rows ready (and no others): of orders that come, or that went and may come back by a redo."""
    kept = {id(order): (order, row) for order, row in rows}
    _ahead.clear()
    _ahead.update(kept)


def row_of(order: Order) -> OrderRow:
    """Everything of `order` that the plan does not change."""
    ready = _ahead.get(id(order))
    return ready[1] if ready is not None and ready[0] is order else _made(order)


def _made(order: Order) -> OrderRow:
    windows = sorted(order.windows)
    window = words.told_window(windows[0]) if windows else ""
    a = order.address
    parts = (
        order.reference, order.name, order.company, order.phone, order.email, a.street, a.house_number, a.postcode,
        a.city, order.notes, *order.skills, order.zone, *order.goods,
        *(item.description or item.sku for item in order.items), window,
    )  # fmt: skip
    return OrderRow(
        id=order.id,
        stop=order.stop,
        ref=order.reference,
        ref_key=natural(order.reference),
        name=words.listed_name(order.recipient),
        town=a.city or ("?" if order.place is None else ""),
        window=window,
        window_from=(windows[0].start, windows[0].end) if windows else (_NEVER, _NEVER),
        grams=order.size.grams,
        kg=words.kilograms(order.size.grams),
        marks=marks.of_order(order),
        text="\n".join(part for part in parts if part).casefold(),
        meeting=order.kind is OrderKind.HANDOVER,
    )


def natural(text: str) -> tuple[str, int, str]:
    """A key by which A2 comes before A10: letters, the number after them, the rest."""
    head = text.rstrip("0123456789")
    digits = text[len(head) :]
    return head.casefold(), int(digits) if digits else -1, text


class Standings:
    """Where every stop stands. Routes that have not changed are not gone through again."""

    def __init__(self) -> None:
        self.of: dict[StopId, Standing] = {}
        self._grounds: dict[ShiftId, tuple[object, ...]] = {}

    def take(self, day: Day) -> dict[StopId, Standing | None]:
        """Follow the day; gives what changed stood like before (None: new)."""
        changed: dict[StopId, Standing | None] = {}
        for id, route in day.plan.routes.items():
            schedule = day.schedules.get(id)
            far = progress(route, schedule, day.basis) if schedule is not None and day.facts.entries else None
            ground = (route, schedule, far, day.shifts.get(id), day.stops if id == POOL else None)
            if _same(self._grounds.get(id), ground):
                continue
            self._grounds[id] = ground
            for stop, now in (_in_pool(day, route) if id == POOL else _in_route(day, route)).items():
                was = self.of.get(stop)
                if was != now:
                    changed.setdefault(stop, was)
                    self.of[stop] = now
        return changed


def _same(a: tuple[object, ...] | None, b: tuple[object, ...]) -> bool:
    return a is not None and all(x is y or (isinstance(x, Progress) and x == y) for x, y in zip(a, b, strict=True))


def _in_pool(day: Day, route: Route) -> dict[StopId, Standing]:
    placed = Standing(State.UNASSIGNED, 0, 0, "", "", "")
    lost = Standing(State.NO_PLACE, 0, 0, "", "", "")
    return {id: lost if day.stops[id].place is None else placed for id in route.stops}


def _in_route(day: Day, route: Route) -> dict[StopId, Standing]:
    facts, outcomes = day.facts, standing.outcomes(day, route)
    shift = day.shifts.get(route.id)
    slot, initials, driver = (shift.slot, shift.driver.initials, shift.driver.name) if shift else (0, "?", "?")
    held, named = route.pinned | route.fixed, numbers.numbers(day, route.id)
    found: dict[StopId, Standing] = {}
    for at, (stop, outcome) in enumerate(zip(route.stops, outcomes, strict=True), 1):
        over = standing.is_over(outcome)
        found[stop] = Standing(
            State.DONE if over else State.PLANNED,
            slot,
            at,
            named[stop],
            initials,
            driver,
            outcome in standing.UNDONE,
            marks.of_pin(stop, route) if stop in held else None,
            standing.word(facts, stop, outcome) if over else "",
        )
    return found


def matching(rows: Iterable[OrderRow], sought: str) -> list[OrderRow]:
    """The rows that hold every word of `sought`, anywhere."""
    wanted = sought.casefold().split()
    if not wanted:
        return list(rows)
    return [row for row in rows if all(word in row.text for word in wanted)]
