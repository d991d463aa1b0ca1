"""How fast map, timeline and incidents follow the day: `python -m tests.benchmarks.map [--stops N] [--routes N]`.

The map runs in the real engine, drawn by software where there is no graphics card. "Appear" is from the call that
says a day is there to its last pixel drawn in the page; "update" from the move (service and schedules included) to
the frame in the page that shows it, by the clock that program and page share.

`--region`: the base map of a region instead, see `map_region`; exit code 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "linux" and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import dispatch, incidents
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import MapPane, payload, register_scheme
from dispatch_console.ui.theme import apply
from dispatch_console.ui.timeline import TimelinePane
from tests.benchmarks import map_region
from tests.map import days

OPEN_MS, APPEAR_MS, UPDATE_MS, SLOWEST_MS, FRAME_MS, ROWS_MS = 1500.0, 300.0, 30.0, 50.0, 40.0, 30.0
SHARED = Path(__file__).resolve().parents[3] / "shared"
_TWO = (ShiftId(1), ShiftId(2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=1500)
    parser.add_argument("--routes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--region", action="store_true")
    parser.add_argument("--extract", type=Path, default=SHARED / "osm" / "liechtenstein.osm.pbf")
    args = parser.parse_args()
    register_scheme()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply.set_up(app, dark=False)
    if args.region:
        map_region.run(args.extract, _region_line)
        sys.exit(1 if _missed else 0)
    print(f"{args.stops} stops, {args.routes} routes")
    desk = Desk(DaySession(days.town_day(args.stops, args.routes)))
    _map(desk, args.rounds)
    _timeline(app, desk, args.rounds)
    found = _best(lambda: incidents.incidents(desk.day))
    _say("incidents found", found, ROWS_MS)


def _map(desk: Desk, rounds: int) -> None:
    start = time.perf_counter()
    pane = MapPane(desk)
    pane.resize(460, 740)
    pane.show()
    _until_shown(pane)
    _say("map opened, the engine's start included", (time.perf_counter() - start) * 1000, OPEN_MS)
    _wait(400)
    _say("a day's data as JSON", _best(lambda: payload.whole(desk.day)), APPEAR_MS)
    appear = [_appear(pane) for _ in range(5)]
    _say("a day appears", statistics.median(appear), APPEAR_MS)
    moves = [_move(pane, desk, at) for at in range(rounds)]
    _say("update of two routes, median", statistics.median(moves), UPDATE_MS)
    _say("update of two routes, slowest in 20", sorted(moves)[-max(1, len(moves) // 20)], SLOWEST_MS)
    frames = [_frame(pane) for _ in range(10)]
    _say("one frame of all stops in the page", statistics.median(frames), FRAME_MS)
    pane.close()
    pane.deleteLater()
    _wait(100)


def _appear(pane: MapPane) -> float:
    start = time.perf_counter()
    pane.view.bridge.reload.emit(True)
    _until_shown(pane)
    return (time.perf_counter() - start) * 1000


def _move(pane: MapPane, desk: Desk, at: int) -> float:
    source, target = _TWO if at % 2 == 0 else _TWO[::-1]
    stop = desk.day.plan.route(source).stops[3]
    start = time.time()
    dispatch.move(desk.session, [stop], target, 3)
    while True:
        shown = _inspect(pane)
        row = next(stops for id, _, stops in shown["routes"] if id == target)
        if stop in row and shown["at"] / 1000 > start:
            return shown["at"] - start * 1000


def _frame(pane: MapPane) -> float:
    pane.view.look_at("all")
    _wait(60)
    return _inspect(pane)["ms"]


def _timeline(app: QApplication, desk: Desk, rounds: int) -> None:
    pane = TimelinePane(desk)
    pane.resize(1540, 266)
    pane.show()
    app.processEvents()
    times: list[float] = []
    for at in range(rounds):
        source, target = _TWO if at % 2 == 0 else _TWO[::-1]
        stop = desk.day.plan.route(source).stops[3]
        start = time.perf_counter()
        dispatch.move(desk.session, [stop], target, 3)
        pane.chart.viewport().repaint()
        times.append((time.perf_counter() - start) * 1000)
    _say("timeline: two rows after a move, median", statistics.median(times), ROWS_MS)
    _say("timeline: all visible rows painted", _best(lambda: pane.chart.viewport().repaint()), ROWS_MS)
    pane.resize(1540, 1200)
    app.processEvents()
    _say("timeline: 60 rows painted", _best(lambda: pane.chart.viewport().repaint()), ROWS_MS)
    pane.close()


def _inspect(pane: MapPane) -> dict[str, object]:
    answer: list[str] = []
    loop = QEventLoop()
    pane.view.page.runJavaScript("inspectMap()", lambda text: (answer.append(text), loop.quit()))
    loop.exec()
    return json.loads(answer[0])


def _until_shown(pane: MapPane) -> None:
    loop = QEventLoop()
    pane.view.shown.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()
    pane.view.shown.disconnect(loop.quit)


def _wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _best(call: Callable[[], object]) -> float:
    """Median of five, in ms."""
    times: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _say(what: str, ms: float, goal: float) -> None:
    print(f"{what:45} {ms:8.1f} ms   goal {goal:6.0f} ms   {'ok' if ms <= goal else 'MISSED'}")


_missed: list[str] = []


def _region_line(what: str, value: float, goal: float) -> None:
    print(f"{what:55} {value:8.1f}   goal {goal:6.1f}   {'ok' if value <= goal else 'MISSED'}", flush=True)
    if value > goal:
        _missed.append(what)


if __name__ == "__main__":
    main()
