"""How long the event loop stands still while a search runs: `python -m tests.benchmarks.loop [--seconds S]`.

Board, orders, timeline and the optimise panel, off the screen, with a real worker. A timer beats every 5 ms; a gap
between two beats is time in which the window would not have answered. Floor: 50 ms, from the click on Optimise
until the result is there; what accepting it costs is told too (it repaints everything). On a busy machine gaps grow
because others have the processor: so the longest work of the window's own thread between two beats is told beside.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.services.planning import Options, Planner
from dispatch_console.services.session import DaySession
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.orders import OrdersPane
from dispatch_console.ui.planning import PlanPanel
from dispatch_console.ui.theme import apply
from dispatch_console.ui.timeline.pane import TimelinePane
from tests.benchmarks.planning_day import unplanned

FLOOR_MS = 50.0
_BEAT_MS = 5


class Heart:
    """Beats in the event loop and remembers the longest gaps."""

    def __init__(self) -> None:
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.gaps: list[float] = []
        self.work: list[float] = []
        self._timer = QTimer()
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps.append((now - self._last) * 1000)
        self.work.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    def take(self) -> tuple[list[float], list[float]]:
        """(gaps, work in them), in milliseconds, since the last time."""
        taken = self.gaps, self.work
        self.gaps, self.work = [], []
        return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--stops", type=int, nargs="+", default=[300, 1000])
    args = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply.set_up(app, dark=False)
    planner = Planner()
    try:
        for stops in args.stops:
            _measure(planner, stops, args.seconds)
    finally:
        planner.close()


def _measure(planner: Planner, stops: int, seconds: float) -> None:
    desk = Desk(DaySession(unplanned(stops)))
    panel = PlanPanel(desk, planner)
    window = _window(desk, panel)
    gc.freeze()  # as the program does when its window stands
    heart = Heart()
    _until(lambda: len(heart.gaps) > 100)
    heart.take()
    panel.start(Options(seconds=seconds))
    _until(lambda: panel.run is not None and panel.run.over)
    _until(lambda: panel.result is not None)
    _tell(f"{stops} orders, while planning", heart.take(), f"(floor {FLOOR_MS:.0f} ms)")
    panel.accept()
    _until(lambda: len(heart.gaps) > 20)
    _tell(f"{stops} orders, accepting", heart.take(), "(the whole board anew)")
    window.close()
    window.deleteLater()


def _window(desk: Desk, panel: PlanPanel) -> QWidget:
    window = QWidget()
    upper = QHBoxLayout()
    orders = OrdersPane(desk)
    orders.setFixedWidth(380)
    for pane in (panel, orders, BoardPane(desk)):
        upper.addWidget(pane)
    column = QVBoxLayout(window)
    column.addLayout(upper, 1)
    timeline = TimelinePane(desk)
    timeline.setFixedHeight(266)
    column.addWidget(timeline)
    window.resize(1920, 1080)
    window.show()
    return window


def _until(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents()
        time.sleep(0.0005)


def _tell(what: str, measured: tuple[list[float], list[float]], note: str) -> None:
    gaps, work = (", ".join(f"{ms:.0f}" for ms in sorted(values)[:-4:-1]) for values in measured)
    print(f"{what}: longest gaps {gaps} ms {note}; longest work {work} ms; {len(measured[0])} beats")


if __name__ == "__main__":
    main()
