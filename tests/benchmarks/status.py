"""A status by phone until all is repainted: `python -m tests.benchmarks.status [--stops N] [--routes N]`.

60 routes are out and tell of their stops. Measured from Enter to the end of the repaint of board, timeline and
table of orders: the fact, the forecast of its route, every listener, painting. The work of the window's own thread
is told beside, because clocks of a busy machine count what others do.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind, Facts
from dispatch_console.domain.orders import StopId
from dispatch_console.services import phone
from dispatch_console.services.lookup import OrderHit
from dispatch_console.services.phone import Entry
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.orders import OrdersPane
from dispatch_console.ui.theme import apply
from dispatch_console.ui.timeline.pane import TimelinePane
from tests.gui.board_day import big_day

GOAL_MS, LOOKUP_MS = 50.0, 5.0
#: How many stops of each route are over when the measuring begins.
_DONE = 8
_SCROLL_S = 0.25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=1500)
    parser.add_argument("--routes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=60)
    args = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply.set_up(app, dark=False)
    desk = Desk(DaySession(under_way(args.stops, args.routes)))
    window = _window(desk)
    _painted(app)
    gc.freeze()  # as the program does when its window stands
    print(f"{args.stops} stops, {args.routes} routes out, {len(desk.day.facts.entries)} facts")
    rounds = [_round(app, desk, k) for k in range(args.rounds)]
    _say("status entered → repainted", GOAL_MS, [took for took, _, _ in rounds], [work for _, work, _ in rounds])
    _say("  of it the fact and its route", GOAL_MS, [took for _, _, took in rounds], [])
    _say("order found by last digits", LOOKUP_MS, [_found(desk, k) for k in range(args.rounds)], [])
    window.close()


def under_way(stops: int, routes: int) -> Day:
    """A big day on which all vans are out, each with some stops told of."""
    day = big_day(stops, routes)
    facts: list[Fact] = []
    for route in day.routes:
        schedule = day.schedules[route.id]
        facts.append(Fact(NO_STOP, route.id, FactKind.OUT, schedule.start))
        for visit in schedule.visits[:_DONE]:
            facts.append(Fact(visit.stop, route.id, FactKind.ARRIVED, visit.arrive + 60))
            facts.append(Fact(visit.stop, route.id, FactKind.DELIVERED, visit.depart + 60))
    session = DaySession(day)
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    return session.day.with_facts(Facts(tuple(sorted(facts, key=lambda f: f.at))), max(f.at for f in facts))


def _window(desk: Desk) -> QWidget:
    window = QWidget()
    column, upper = QVBoxLayout(window), QHBoxLayout()
    orders = OrdersPane(desk)
    orders.setFixedWidth(380)
    upper.addWidget(orders)
    upper.addWidget(BoardPane(desk), 1)
    column.addLayout(upper, 1)
    timeline = TimelinePane(desk)
    timeline.setFixedHeight(266)
    column.addWidget(timeline)
    window.resize(1920, 1080)
    window.show()
    return window


def _round(app: QApplication, desk: Desk, k: int) -> tuple[float, float, float]:
    """(until repainted, work of this thread, until the day is there) in ms, of one status of one route."""
    rnd = random.Random(k)
    day = desk.day
    route = rnd.choice(day.routes)
    stop = next(stop for stop in route.stops if stop not in day.facts.ended)
    desk.select((stop,), stop)  # typing the number has brought the board there, before the status is typed
    _still(app)
    letter, detail = rnd.choice((("D", ""), ("F", "1"), ("A", "")))
    entry = Entry(day.date, "", OrderHit(day.stops[stop].order.id, StopId(stop)), letter, detail)
    told: list[float] = []
    desk.session._listeners.insert(0, lambda *_: told.append(time.perf_counter()))
    began, worked = time.perf_counter(), time.thread_time()
    phone.write(desk.session, entry, Said("Kim", day.now + 20))
    _painted(app)
    ended, work = time.perf_counter(), time.thread_time() - worked
    del desk.session._listeners[0]
    return (ended - began) * 1000, work * 1000, (told[0] - began) * 1000


def _found(desk: Desk, k: int) -> float:
    began = time.perf_counter()
    assert phone.lookup.find(desk.day, str(100 + k)[1:])
    return (time.perf_counter() - began) * 1000


def _still(app: QApplication) -> None:
    """Until the board has scrolled to its end."""
    until = time.perf_counter() + _SCROLL_S
    while time.perf_counter() < until:
        _painted(app)
        time.sleep(0.005)


def _painted(app: QApplication) -> None:
    app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
    app.processEvents()


def _say(what: str, goal: float, times: list[float], work: list[float]) -> None:
    times = sorted(times)
    p50, p95 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
    of_work = f", work p50 {sorted(work)[len(work) // 2]:.1f} ms" if work else ""
    verdict = "ok" if p95 <= goal else "MISSED"
    print(f"{what}: p50 {p50:.1f} ms, p95 {p95:.1f} ms{of_work}, goal {goal:.0f} ms: {verdict}")


if __name__ == "__main__":
    main()
