"""Nothing failed can be forgotten: whatever is told and decided, every order is in one place in the end."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.nextsteps import DEFAULTS
from dispatch_console.domain.orders import NextKind, NextStep, Order, OrderId, StopId
from dispatch_console.services import carryover, reschedule, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests.unit.test_carryover import Numbers
from tests.unit.test_incidents_running import running

H = 3600
STEPS = [
    None,
    NextStep(NextKind.AGAIN, dt.date(2026, 11, 26)),
    NextStep(NextKind.HOLD, until=dt.date(2026, 11, 25)),
    NextStep(NextKind.RETURN),
    NextStep(NextKind.PICKUP_POINT),
    NextStep(NextKind.CANCEL),
]
KINDS = [FactKind.DELIVERED, FactKind.FAILED, FactKind.SKIPPED, FactKind.PARTIAL, FactKind.REOPENED]
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.integers(1, 6), st.sampled_from(KINDS), st.sampled_from(sorted(DEFAULTS))),
        st.tuples(st.just("decide"), st.integers(1, 6), st.sampled_from(STEPS)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("carry")),
    ),
    max_size=14,
)


def live(session: DaySession, numbers: Numbers, entries: list[tuple]) -> None:  # type: ignore[type-arg]
    for n, (what, *rest) in enumerate(entries):
        try:
            match what:
                case "tell":
                    stop, kind, reason = rest
                    said = Said("Kim", 9 * H + n * 60)
                    statuses.status(session, StopId(stop), kind, said, reason=reason)
                case "decide":
                    reschedule.decide(session, [OrderId(rest[0])], rest[1])
                case "undo":
                    session.undo()
                case "redo":
                    session.redo()
                case _:
                    carry(session, numbers)
        except UserError:
            continue  # said to the dispatcher, and nothing was done


def carry(session: DaySession, numbers: Numbers) -> None:
    carryover.commit(session, carryover.prepare(numbers, carryover.going(session.day)))


def elsewhere(session: DaySession) -> dict[OrderId, Order]:
    """Orders that the history has put into other days, as it stands now."""
    last = session.history
    found: dict[OrderId, Order] = {}
    for change in last.done:
        for other in getattr(change, "elsewhere", ()):
            found |= {swap.after.id: swap.after for swap in other.orders if swap.after}
    return found


@settings(max_examples=150, deadline=None)
@given(deeds)
def test_every_order_is_in_exactly_one_place(entries: list[tuple]) -> None:  # type: ignore[type-arg]
    session, numbers = running(), Numbers()
    live(session, numbers, entries)
    for stop in [s for route in session.day.routes for s in route.stops]:  # the returned sheets
        if stop not in session.day.facts.ended:
            statuses.status(session, stop, FactKind.DELIVERED, Said("Kim", 16 * H))
    if any(not going.is_carried for going in carryover.going(session.day)):
        try:
            carry(session, numbers)
        except UserError:  # all was decided already, and nothing has a next day
            assert not reschedule.open_orders(session.day)
    there = elsewhere(session)
    for order in session.day.orders.values():
        done, step = reschedule.is_done(session.day, order), order.next
        if not done:
            assert step is not None
            assert (step.kind is NextKind.AGAIN) == bool(step.carried)
            if step.carried:
                assert there[step.carried].identity == order.identity
    assert reschedule.open_orders(session.day) == ()
    carried = [o.next.carried for o in session.day.orders.values() if o.next and o.next.carried]
    assert len(carried) == len(set(carried))
    assert set(carried) == set(there)
