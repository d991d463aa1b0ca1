"""Random edits, undo, redo, re-optimising and facts: no order is lost or doubled, and no fact moves.

A Hypothesis state machine on the program's own session; in memory, and with every step kept by a store, which is
then asked what it has. Re-optimising is the real search on some steps; on most a lottery that puts each stop with
any driver whom the question allows, taken over by the same service.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.plan import POOL, PlanChange
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from dispatch_console.services import travel
from dispatch_console.services.planning_result import result_of
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store
from tests import factories
from tests.faults.places import stores
from tests.faults.table import Figure, Size
from tests.property.plan_checks import solve
from tests.property.test_no_order_lost import Search
from tests.store.filling import assert_same
from tests.store.script import Script, StoredScript
from tests.unit.test_carryover import Numbers

#: Steps of one walk, at most.
LENGTH = 50
#: Rounds of the real search: enough to move things on a day of a dozen stops.
ROUNDS = 60

PLANNING = ("move", "move", "pin", "lock", "swap", "absent", "place", "approve")
ORDERS = ("add", "remove", "join", "leave", "edit", "decide", "rules", "policy", "hire")


class Walk(RuleBasedStateMachine):
    """Steps of a dispatcher in memory. `steps` counts those that were done, by name, over all walks."""

    steps: Counter[str] = Counter()
    script: Script
    crashed = False

    @initialize()
    def begin(self) -> None:
        day = replace(factories.small_day(), travel=travel.matrix(factories.PLACES))
        self.script = Script(_NOTHING, DaySession(day), Numbers())

    @rule(name=st.sampled_from(PLANNING), data=st.data())
    def plan(self, name: str, data: Any) -> None:
        self.take(name, data)

    @rule(name=st.sampled_from(PLANNING), data=st.data())
    def plan_more(self, name: str, data: Any) -> None:
        self.take(name, data)

    @rule(name=st.sampled_from(ORDERS), data=st.data())
    def orders(self, name: str, data: Any) -> None:
        self.take(name, data)

    @precondition(lambda self: self.session.history.done)
    @rule(data=st.data())
    def undo(self, data: Any) -> None:
        self.take("undo", data)

    @precondition(lambda self: self.session.history.undone)
    @rule(data=st.data())
    def redo(self, data: Any) -> None:
        self.take("redo", data)

    @rule(data=st.data())
    def fact(self, data: Any) -> None:
        self.take("fact", data)

    @rule(seed=st.integers(0, 999), hand_over=st.booleans())
    def reoptimise(self, seed: int, hand_over: bool) -> None:
        self.taken("reoptimise", lambda: Search(self.day, seed, hand_over=hand_over).take_over(self.session))

    @rule(from_now=st.booleans(), luck=st.integers(0, 7))
    def search(self, from_now: bool, luck: int) -> None:
        if luck == 0:
            self.taken("search", lambda: self._search(Options(from_now=from_now, hand_over=True, least_saved_s=0)))

    # -- what every step is held to ------------------------------------------------------------------

    @property
    def session(self) -> DaySession:
        return self.script.session

    @property
    def day(self) -> Day:
        return self.session.day

    def take(self, name: str, data: Any) -> None:
        self.script.data = data
        self.taken(name, lambda: self.script.do(name))

    def taken(self, name: str, step: Callable[[], object]) -> None:
        before = self.day
        undone, done = list(self.session.history.undone), list(self.session.history.done)
        try:
            step()
        except UserError:
            self.steps["refused"] += 1
            assert self.day is before, "who refuses changes nothing"
            return
        except Exception:
            self.crashed = True
            raise
        if self.day is before:
            self.steps["nothing to do"] += 1
            return
        self.steps[name] += 1
        check_orders(before, self.day, self._changes(name, done, undone))
        check_facts(before, self.day)

    def _changes(self, name: str, done: list[PlanChange], undone: list[PlanChange]) -> list[PlanChange]:
        """What the step said it would do."""
        if name == "undo":
            return [done[-1].inverse()]
        if name == "redo":
            return [undone[-1]]
        return [change for change in self.session.history.done if not any(change is old for old in done)]

    def _search(self, options: Options) -> None:
        began = self.day
        question = problem.build(began, began.now, options)
        if not question.vehicles or not question.tasks:
            return
        found, _ = solve(question, ROUNDS)
        result = result_of(began, self.day, found, question, options)
        self.session.apply(result.change, after=result.after)


class StoredWalk(Walk):
    """The same, with a store that keeps each step, and is asked in the midst of it and at the end."""

    store: Store

    @initialize()
    def begin(self) -> None:
        self.script = StoredScript(_NOTHING, self.store)

    @rule(data=st.data())
    def rename(self, data: Any) -> None:
        self.take("rename", data)

    @rule(luck=st.integers(0, 3))
    def look(self, luck: int) -> None:
        if luck == 0:
            self._compare()

    def teardown(self) -> None:
        if hasattr(self, "script") and not self.crashed:  # what comes of a crash is not to hide it
            self._compare()

    def _compare(self) -> None:
        assert isinstance(self.script, StoredScript)
        assert_same(self.script.back(), self.day)
        self.steps["compared with the store"] += 1


def check_orders(before: Day, after: Day, said: list[PlanChange]) -> None:
    """Every visit stands in one place, every order has its visit, and none came or went unsaid."""
    planned = sorted(stop for route in after.plan.routes.values() for stop in route.stops)
    assert planned == sorted(after.stops), "each visit in exactly one route or in the pool"
    served = sorted(order.id for stop in after.stops.values() for order in stop.orders)
    assert served == sorted(after.orders), "each order in exactly one visit"
    swaps = [swap for change in said for swap in change.orders]
    may_go = {swap.before.id for swap in swaps if swap.before and not swap.after}
    may_come = {swap.after.id for swap in swaps if swap.after and not swap.before}
    assert before.orders.keys() - after.orders.keys() <= may_go, "an order is gone that nobody took out"
    assert after.orders.keys() - before.orders.keys() <= may_come, "an order came that nobody put in"


def check_facts(before: Day, after: Day) -> None:
    """What was told stays told, of the driver who was there, in the order in which it was driven."""
    assert after.facts.entries[: len(before.facts.entries)] == before.facts.entries, "a fact is moved or undone"
    for route in before.plan:
        head = freeze.head(route, before.facts)
        now = tuple(stop for stop in after.plan.route(route.id).stops if stop not in before.facts.reopened)
        assert now[: len(head)] == head, "what is driven was reordered"
    told = {fact.stop: fact.route for fact in after.facts.entries if fact.stop in after.facts.arrived}
    assert {stop: after.plan.where[stop] for stop in after.facts.arrived} == told
    assert POOL not in told.values()


_NOTHING: Any = None


def walk(kind: type[Walk], steps: int, seed: int) -> Counter[str]:
    """Walk until so many steps are done. What was done and refused, by name."""
    counted: Counter[str] = Counter()
    machine = type(kind.__name__, (kind,), {"steps": counted})
    while (left := steps - done(counted)) > 0:
        settings = hypothesis.settings(
            # The first example of a run is the simplest one, of which nothing may come: there must be others.
            max_examples=max(10, min(200, left // LENGTH)),
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # making a failure small takes long: its seed is told
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(hypothesis.seed(seed)(machine), settings=settings)
        seed += 1
    return counted


def done(counted: Counter[str]) -> int:
    """Steps that changed something."""
    return sum(
        n for name, n in counted.items() if name not in ("refused", "nothing to do", "compared with the store")
    )


def run(size: Size, seed: int) -> list[Figure]:
    """Four fifths in memory, the rest through a store of each kind."""
    steps = {Size.CI: 15_000, Size.FULL: 500_000}[size]
    figures = [_figure("in memory", Walk, steps * 4 // 5, seed)]
    with stores() as opened:
        for name, store in opened.items():
            kind = type("StoredWalk", (StoredWalk,), {"store": store})
            figures.append(_figure(f"through {name}", kind, steps // 10, seed))
    return figures


def _figure(where: str, kind: type[Walk], steps: int, seed: int) -> Figure:
    try:
        counted = walk(kind, steps, seed)
    except AssertionError as error:
        notes = [line for line in (str(error), *getattr(error, "__notes__", ())) if line]
        return Figure(f"orders lost or doubled, facts moved, {where}", f"seed {seed}", 1, notes=notes)
    names = ", ".join(f"{name} {n}" for name, n in counted.most_common())
    return Figure(f"orders lost or doubled, facts moved, {where}", f"{done(counted):,} steps", 0, notes=[names])
