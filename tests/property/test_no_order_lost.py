"""Nothing failed can be forgotten: whatever is told and decided, every order is in one place in the end."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.nextsteps import DEFAULTS
from dispatch_console.domain.orders import NextKind, NextStep, Order, OrderId, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from dispatch_console.optimiser.tasks import Found
from dispatch_console.services import carryover, dispatch, reschedule, statuses
from dispatch_console.services.planning_result import result_of
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests.unit.test_carryover import Numbers
from tests.unit.test_incidents_running import ADA, BEN, running

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
        st.tuples(st.just("move"), st.integers(1, 6), st.sampled_from([ADA, BEN, POOL]), st.integers(0, 4)),
        st.tuples(st.just("search"), st.integers(0, 99), st.booleans()),
        st.tuples(st.just("take over")),
    ),
    max_size=14,
)


class Search:
    """Re-optimising from now with a lottery in place of the optimiser: each stop goes to any driver whom the
    question allows, in any order. What has become of it is accepted later, on whatever the day is by then."""

    def __init__(self, day: Day, seed: int, *, hand_over: bool) -> None:
        self.options = Options(from_now=True, hand_over=hand_over, least_saved_s=0)
        self.began, self.question = day, problem.build(day, day.now, self.options)
        dice = random.Random(seed)
        sequences = {vehicle.shift: list(vehicle.head) for vehicle in self.question.vehicles}
        left: list[StopId] = []
        for task in dice.sample(self.question.tasks, len(self.question.tasks)):
            driver = dice.choice(task.drivers if task.held else (*task.drivers, -1))
            lane = sequences[self.question.vehicles[driver].shift] if driver >= 0 else left
            lane.append(task.stop)
        found = {id: tuple(stops) for id, stops in sequences.items()}
        self.found = Found(found, tuple(left), (0, 0, 0, 0), 0, 0, 0.0)

    def take_over(self, session: DaySession) -> None:
        result = result_of(self.began, session.day, self.found, self.question, self.options)
        session.apply(result.change, after=result.after)


def check(session: DaySession, told: tuple[Fact, ...]) -> None:
    """No order is lost or doubled, and no fact moved: what was told stays told, of the driver who was there."""
    day = session.day
    assert sorted(stop for route in day.plan.routes.values() for stop in route.stops) == sorted(day.stops)
    assert {order.stop for order in day.orders.values()} == set(day.stops)
    assert day.facts.entries[: len(told)] == told
    assert {s: day.plan.where[s] for s in day.facts.arrived} == {
        fact.stop: fact.route for fact in day.facts.entries if fact.stop in day.facts.arrived
    }


def live(session: DaySession, numbers: Numbers, entries: list[tuple]) -> None:
    search: Search | None = None
    for n, (what, *rest) in enumerate(entries):
        told = session.day.facts.entries
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
                case "move":
                    stop, route, at = rest
                    at = min(at, len(session.day.plan.route(route).stops))
                    dispatch.move(session, [StopId(stop)], route, at)
                case "search":
                    search = Search(session.day, rest[0], hand_over=rest[1])
                case "take over":
                    if search is not None:
                        search.take_over(session)
                case _:
                    carry(session, numbers)
        except UserError:
            continue  # said to the dispatcher, and nothing was done
        finally:
            check(session, told)


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
def test_every_order_is_in_exactly_one_place(entries: list[tuple]) -> None:
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
