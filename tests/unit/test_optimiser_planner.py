"""The planner with a real worker: results, stopping, cancelling, crashing, and a dispatcher who works meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import replace

import psutil
import pytest

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, Priority, StopId, Window
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap
from dispatch_console.optimiser import plain_plan
from dispatch_console.optimiser.tasks import Found, Problem
from dispatch_console.optimiser.worker import Begun, Done, First, Message, Worker
from dispatch_console.services import planning, planning_result
from dispatch_console.services.planning import Changes, Options, Planner, Run, Scope, State
from dispatch_console.services.session import DaySession
from tests import factories
from tests.patience import PATIENCE_S

ONE, TWO = ShiftId(1), ShiftId(2)


@pytest.fixture(scope="module")
def planner() -> Iterator[Planner]:
    planner = Planner()
    yield planner
    planner.close()


def wait(run: Run, seconds: float = PATIENCE_S) -> Run:
    """Poll as the window does until the run is over."""
    until = time.monotonic() + seconds
    while not run.over and time.monotonic() < until:
        run.poll()
        time.sleep(0.01)
    assert run.over, "the run does not end"
    return run


def wait_for_a_plan(run: Run) -> None:
    until = time.monotonic() + PATIENCE_S
    while run.best is None and time.monotonic() < until:
        run.poll()
        time.sleep(0.01)
    assert run.best is not None


def unplanned(count: int = 6, **changes: object) -> Day:
    orders = [factories.order(k, **changes) for k in range(1, count + 1)]
    shifts = [factories.shift(1, "Ada Quill"), factories.shift(2, "Ben Rook")]
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix())


def test_a_plan_from_nothing(planner: Planner) -> None:
    day = unplanned()
    run = wait(planner.start(day, Options(seconds=0.5)))
    assert run.state is State.DONE
    result = run.result(day)
    # 60 kg fit into one van: out to place 6 and back, 12 legs of 10 km and 6 services of 5 min
    assert result.change.label == "Optimise 1 route"
    assert result.after_totals.drive_m == 120_000
    assert result.after_totals.cost == 3000 * (7200 + 1800) // 3600 + 50 * 120
    assert result.after.unassigned == ()
    assert run.points[-1].unassigned == 0
    session = DaySession(day)
    session.apply(result.change)
    assert session.day.plan == result.after.plan
    session.undo()
    assert session.day.plan.pool == day.plan.pool


def test_only_the_pool_leaves_the_routes_as_they_are(planner: Planner) -> None:
    day = factories.small_day()
    run = wait(planner.start(day, Options(Scope.UNASSIGNED, seconds=0.3)))
    result = run.result(day)
    # on a line 4, 6, 5 is as long as 4, 5, 6; what stands there keeps its order
    assert result.after.plan.route(ONE).stops == (1, 2, 3)
    assert result.after.plan.route(TWO).stops in ((4, 5, 6), (4, 6, 5), (6, 4, 5))
    assert result.moved == 0


def test_selected_routes_keep_out_of_the_others(planner: Planner) -> None:
    day = factories.small_day()
    day = day.apply(edits.resequence(day.plan, ONE, (StopId(2), StopId(1), StopId(3)), "mix"))
    run = wait(planner.start(day, Options(Scope.ROUTES, frozenset({ONE}), seconds=0.3)))
    result = run.result(day)
    assert result.change.touched == (ONE,)
    assert sorted(result.after.plan.route(ONE).stops) == [1, 2, 3]
    assert result.after.schedules[ONE].cost < day.schedules[ONE].cost


def test_keep_drivers_lets_only_new_stops_in(planner: Planner) -> None:
    day = factories.small_day()
    result = wait(planner.start(day, Options(changes=Changes.KEEP_DRIVERS, seconds=0.3))).result(day)
    assert {1, 2, 3} <= set(result.after.plan.route(ONE).stops)
    assert {4, 5} <= set(result.after.plan.route(TWO).stops)


def test_what_matters_is_served_first(planner: Planner) -> None:
    """One driver with room for two stops: the critical one stays in, whatever it costs, then the high one."""
    ranks = [Priority.LOW, Priority.NORMAL, Priority.NORMAL, Priority.HIGH, Priority.LOW, Priority.CRITICAL]
    orders = [factories.order(k, priority=rank) for k, rank in enumerate(ranks, 1)]
    shifts = [factories.shift(1, max_stops=2)]
    day = open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix())
    run = wait(planner.start(day, Options(seconds=0.5)))
    assert sorted(run.result(day).after.plan.route(ONE).stops) == [4, 6]


def test_stop_and_keep_and_cancel_are_quick(planner: Planner) -> None:
    day = unplanned()
    run = planner.start(day, Options(seconds=2 * PATIENCE_S))
    wait_for_a_plan(run)
    run.stop_and_keep()
    wait(run)  # before its time is over; that it takes 0.3 s, a benchmark measures
    assert run.state is State.DONE
    assert run.result(day).after.unassigned == ()
    other = planner.start(day, Options(seconds=2 * PATIENCE_S))
    other.cancel()
    assert other.state is State.CANCELLED
    assert not other.poll()


def test_a_new_run_ends_the_one_before(planner: Planner) -> None:
    day = unplanned()
    first = planner.start(day, Options(seconds=2 * PATIENCE_S))
    second = wait(planner.start(day, Options(seconds=0.3)))
    assert first.state is State.CANCELLED
    assert second.state is State.DONE


def test_a_large_question_is_made_in_slices(planner: Planner) -> None:
    day, options = unplanned(), Options(seconds=0.3)

    def slowly() -> Generator[None, None, Problem]:
        for _ in range(4):
            time.sleep(0.02)
            yield
        return planning.problem.build(day, 0, options)

    run = Run(planner._worker, day, options, slowly())
    assert not run.is_asked
    assert run.left_alone == []
    wait(run)
    assert run.is_asked
    assert run.result(day).after.unassigned == ()
    hasty = Run(planner._worker, day, Options(seconds=2 * PATIENCE_S), slowly())
    hasty.stop_and_keep()
    assert wait(hasty).state is State.DONE
    gone = Run(planner._worker, day, Options(seconds=2 * PATIENCE_S), slowly())
    gone.cancel()
    assert not gone.poll()
    assert not gone.is_asked


@pytest.mark.logs_warnings
def test_a_crash_is_one_sentence_and_the_next_run_works() -> None:
    planner = Planner()
    try:
        day = unplanned()
        run = planner.start(day, Options(seconds=2 * PATIENCE_S))
        assert planner.worker_pid is not None
        psutil.Process(planner.worker_pid).kill()
        wait(run)
        assert run.state is State.FAILED
        with pytest.raises(UserError, match="start it again"):
            run.result(day)
        assert wait(planner.start(day, Options(seconds=0.3))).state is State.DONE
    finally:
        planner.close()


@pytest.mark.logs_warnings
def test_a_crash_after_a_plan_keeps_the_plan() -> None:
    planner = Planner()
    try:
        day = unplanned()
        run = planner.start(day, Options(seconds=2 * PATIENCE_S))
        wait_for_a_plan(run)
        assert planner.worker_pid is not None
        psutil.Process(planner.worker_pid).kill()
        assert wait(run).state is State.DONE
        assert run.result(day).after.unassigned == ()
    finally:
        planner.close()


class Cold:
    """A worker that says what it is told to, and nothing before."""

    def __init__(self) -> None:
        self.says: list[Message] = []
        self.killed = False

    def submit(self, problem: Problem) -> int:
        return 1

    def end(self) -> None:
        pass

    def poll(self) -> list[Message]:
        said, self.says = self.says, []
        return said

    def kill(self) -> None:
        self.killed = True


@pytest.mark.parametrize("comes", [True, False])
def test_a_cold_worker_is_waited_for(monkeypatch: pytest.MonkeyPatch, comes: bool) -> None:
    """Its 3 seconds count from when it begins; who has not begun after five minutes is taken for lost."""
    now = [100.0]
    monkeypatch.setattr(planning, "monotonic", lambda: now[0])
    day, options, worker = unplanned(), Options(seconds=3), Cold()
    run = Run(worker, day, options, planning.problem.building(day, 0, options))
    while not run.is_asked:
        run.poll()
        now[0] += 0.02
    now[0] = 140.0
    run.poll()
    assert (run.begun, run.over, run.loading_s, run.elapsed_s) == (False, False, 40.0, 0.0)
    if comes:
        worker.says = [Begun(1)]
        run.poll()
        now[0] += 3
        assert (run.begun, run.loading_s, run.elapsed_s, run.over) == (True, 0.0, 3.0, False)
        worker.says = [Done(1, _found(r1=(1, 2, 3, 4, 5, 6)))]
    else:
        now[0] = 401.0
    run.poll()
    assert run.state is (State.DONE if comes else State.FAILED)
    assert worker.killed is not comes


def test_a_plan_may_come_before_the_search_begins() -> None:
    """While it is being compiled: the plan counts, the time does not."""
    day, options, worker = unplanned(), Options(seconds=3), Cold()
    run = Run(worker, day, options, planning.problem.building(day, 0, options))
    while not run.is_asked:
        run.poll()
    worker.says = [First(1, _found(r1=(1, 2, 3, 4, 5, 6)))]
    run.poll()
    assert (run.begun, run.elapsed_s, len(run.points)) == (False, 0.0, 1)
    assert run.result(day).after.unassigned == ()


def test_a_plain_first_plan_holds_and_leaves_out_nothing_that_fits() -> None:
    question = planning.problem.build(unplanned(), 0, Options())
    told: list[Found] = []
    found = plain_plan.first_plan(question, lambda: False, told.append)
    assert found is not None
    assert found.unassigned == ()
    assert told[-1] == found


def test_no_process_is_left_when_the_program_is_killed() -> None:
    code = (
        "import sys, time\n"
        "from dispatch_console.services.planning import Options, Planner\n"
        "from tests.unit.test_optimiser_planner import unplanned\n"
        "if __name__ == '__main__':\n"
        "    planner = Planner()\n"
        "    run = planner.start(unplanned(), Options(seconds=600))\n"
        "    while run.best is None: run.poll(); time.sleep(0.01)\n"
        "    print(planner.worker_pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert program.stdout is not None
        worker = psutil.Process(int(program.stdout.readline()))
    finally:
        program.kill()
        program.communicate()
    _, alive = psutil.wait_procs([worker], timeout=PATIENCE_S)
    assert not alive or not _is_running(worker)


def _is_running(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_closing_leaves_no_process() -> None:
    worker = Worker()
    pid = worker.pid
    assert pid is not None
    worker.close()
    assert not psutil.pid_exists(pid) or pid == os.getpid()


def test_what_a_dispatcher_did_meanwhile_stays(planner: Planner) -> None:
    day = factories.small_day()
    run = wait(planner.start(day, Options(seconds=0.4)))
    assert run.result(day).after_totals.routes == 1
    later = day.apply(edits.move(day.plan, [StopId(3)], TWO, 0, "by hand"))
    result = run.result(later)
    # both routes were touched by hand: nothing of the result is left, and it is said whose routes stay
    assert not result.change
    assert result.kept == ("Ada Quill", "Ben Rook")
    assert result.after.plan == later.plan


def _found(**sequences: tuple[int, ...]) -> Found:
    by_shift = {ShiftId(int(name[1:])): tuple(map(StopId, stops)) for name, stops in sequences.items()}
    return Found(by_shift, (), (0, 0, 0, 0), 0, 0, 0.0)


def _result(began: Day, now: Day, found: Found) -> planning_result.Result:
    question = planning.problem.build(began, 0, Options())
    return planning_result.result_of(began, now, found, question)


def three_drivers() -> Day:
    plan = Plan(
        {
            POOL: Route(POOL, (StopId(6),)),
            ONE: Route(ONE, (StopId(1), StopId(2))),
            TWO: Route(TWO, (StopId(3), StopId(4))),
            ShiftId(3): Route(ShiftId(3), (StopId(5),)),
        }
    )
    shifts = [factories.shift(1, "Ada Quill"), factories.shift(2, "Ben Rook"), factories.shift(3, "Cleo Marsh")]
    orders = [factories.order(k) for k in range(1, 7)]
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, factories.line_matrix(), plan)


def test_a_route_that_changed_stays_and_the_others_are_taken_over_around_it() -> None:
    day = three_drivers()
    found = _found(r1=(1,), r2=(2, 3, 4), r3=(5, 6))  # 2 goes from Ada to Ben, 6 from the pool to Cleo
    locked = day.apply(edits.set_locked(day.plan, ONE, True, "lock"))
    result = _result(day, locked, found)
    assert result.kept == ("Ada Quill",)
    assert [result.after.plan.route(ShiftId(k)).stops for k in (1, 2, 3)] == [(1, 2), (3, 4), (5, 6)]


def test_a_stop_found_for_a_route_that_changed_goes_where_it_costs_least() -> None:
    """4 was to go from Ben to Ada. She keeps 1 and 2 now; without 4 Ben turns round at 3, and Cleo passes 4 on her
    way to 6: two minutes of service there cost less than 20 of driving."""
    day = three_drivers()
    found = _found(r1=(1, 2, 4), r2=(3,), r3=(5, 6))
    locked = day.apply(edits.set_locked(day.plan, ONE, True, "lock"))
    result = _result(day, locked, found)
    assert (result.kept, result.placed) == (("Ada Quill",), 1)
    assert [result.after.plan.route(ShiftId(k)).stops for k in (1, 2)] == [(1, 2), (3,)]
    assert sorted(result.after.plan.route(ShiftId(3)).stops) == [4, 5, 6]
    assert result.after_totals.drive_m == (4 + 6 + 12) * 10_000


def test_a_stop_that_fits_nowhere_keeps_its_route_as_it_is() -> None:
    day = three_drivers()
    full = {id: replace(shift, max_stops=2) for id, shift in day.shifts.items()}
    day = replace(day, shifts=full).rescheduled(full)
    found = _found(r1=(1, 3), r2=(2, 4), r3=(5, 6))
    locked = day.apply(edits.set_locked(day.plan, ONE, True, "lock"))
    result = _result(day, locked, found)
    # 3 cannot go to Ada, and 2 stays with her; Ben has room for it again
    assert result.after.plan.where[StopId(3)] == TWO
    assert result.after.plan.where[StopId(6)] == ShiftId(3)
    early = day.apply(edits.move(day.plan, [StopId(6)], ONE, 0, "by hand"))  # Ada has three now: her own doing
    result = _result(day, early, _found(r1=(1, 3), r2=(2, 4), r3=(5,)))
    assert result.after.plan.route(ONE).stops == (6, 1, 2)
    assert sorted(result.after.plan.route(TWO).stops) == [3, 4]


def test_what_the_search_left_out_is_not_tried_again() -> None:
    """It knew all places, and there may be hundreds: 2 has room with Ben, but that is not for the result to say."""
    day = three_drivers()
    result = _result(day, day, _found(r1=(1,), r2=(3, 4), r3=(5, 6)))
    assert result.after.plan.pool.stops == (2,)
    assert (result.kept, result.placed) == ((), 0)


def test_what_was_unassigned_by_hand_stays_in_the_pool() -> None:
    day = three_drivers()
    later = day.apply(edits.unassign(day.plan, [StopId(2)], "by hand"))
    result = _result(day, later, _found(r1=(1,), r2=(2, 3, 4), r3=(5, 6)))
    assert [result.after.plan.route(ShiftId(k)).stops for k in (1, 2, 3)] == [(1,), (3, 4), (5, 6)]
    assert result.after.plan.pool.stops == (2,)


def test_a_pool_stop_taken_by_hand_stays_there() -> None:
    day = three_drivers()
    found = _found(r1=(1, 2, 6), r2=(4, 3), r3=(5,))
    later = day.apply(edits.move(day.plan, [StopId(6)], ShiftId(3), 1, "by hand"))
    result = _result(day, later, found)
    assert result.kept == ()
    assert [result.after.plan.route(ShiftId(k)).stops for k in (1, 2, 3)] == [(1, 2), (4, 3), (5, 6)]


def test_a_window_changed_meanwhile_keeps_the_route_out() -> None:
    day = three_drivers()
    found = _found(r1=(2, 1), r2=(4, 3), r3=(5,))
    early = replace(day.orders[OrderId(2)], windows=(Window(7 * 3600, 8 * 3600 + 60),))
    swap = PlanChange("edit", orders=(Swap(day.orders[OrderId(2)], early),))
    result = _result(day, day.apply(swap), found)
    assert result.kept == ("Ada Quill",)
    assert result.after.plan.route(TWO).stops == (4, 3)


def test_an_order_gone_meanwhile_is_passed_over() -> None:
    day = three_drivers()
    found = _found(r1=(1, 2, 6), r2=(3, 4), r3=(5,))
    pool = day.plan.pool
    gone = PlanChange(
        "undo import",
        (Swap(pool, pool.with_stops(())),),
        (Swap(day.orders[OrderId(6)], None),),
    )
    result = _result(day, day.apply(gone), found)
    assert not result.change
    assert 6 not in result.after.stops


@pytest.mark.parametrize(
    ("day", "options", "words"),
    [
        (unplanned(0), Options(), "no orders"),
        (replace(unplanned(1), shifts={}), Options(), "No driver"),
        (factories.small_day(), Options(Scope.ROUTES), "Select the routes"),
        (unplanned(2, place=None), Options(), "no order with a place"),
    ],
)  # fmt: skip
def test_nothing_to_plan_is_said(planner: Planner, day: Day, options: Options, words: str) -> None:
    with pytest.raises(UserError, match=words):
        planner.start(day, options)


def test_all_locked_all_absent_all_placed() -> None:
    day = factories.small_day()
    locked = day
    for id in (ONE, TWO):
        locked = locked.apply(edits.set_locked(locked.plan, id, True, "lock"))
    absent = replace(day, shifts={id: replace(shift, absent=True) for id, shift in day.shifts.items()})
    placed = day.apply(edits.move(day.plan, [StopId(6)], TWO, 2, "place"))
    assert planning.why_not(locked, Options()) == "All these routes are locked. Unlock one first."
    assert "absent" in (planning.why_not(absent, Options()) or "")
    assert "has a driver" in (planning.why_not(placed, Options(Scope.UNASSIGNED)) or "")
    assert planning.why_not(day, Options()) is None


def test_an_absent_drivers_stops_go_to_the_others(planner: Planner) -> None:
    day = factories.small_day()
    day = replace(day, shifts={**day.shifts, ONE: replace(day.shifts[ONE], absent=True)}).rescheduled([ONE])
    result = wait(planner.start(day, Options(seconds=0.4))).result(day)
    assert result.after.plan.route(ONE).stops == ()
    assert len(result.after.plan.route(TWO).stops) == 6
