"""How fast the board and the table of orders are: `python -m tests.benchmarks.board [--stops N] [--routes N]`.

A drop is measured from the drop event to the end of the repaint of both lanes: service, schedules, every
listener, models, painting. A frame of scrolling repaints the whole board of a window of 1920×1080.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from dispatch_console.services.session import DaySession
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.board.geometry import CARDS_TOP
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import mime
from dispatch_console.ui.models.arranging import Column
from dispatch_console.ui.orders import OrdersPane
from dispatch_console.ui.theme import apply
from tests.gui.board_day import big_day

DROP_MS, FRAME_MS, TABLE_MS = 30.0, 16.0, 50.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=1000)
    parser.add_argument("--routes", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=60)
    args = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply.set_up(app, dark=False)
    desk = Desk(DaySession(big_day(args.stops, args.routes)))
    print(f"{args.stops} stops, {args.routes} routes")
    _board(app, desk, args.rounds)
    _orders(app, args.stops, args.routes)
    _orders(app, 10_000, 250)


def _board(app: QApplication, desk: Desk, rounds: int) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    start = time.perf_counter()
    orders, board = OrdersPane(desk), BoardPane(desk)
    orders.setFixedWidth(380)
    row.addWidget(orders)
    row.addWidget(board)
    window.resize(1920, 1080)
    window.show()
    app.processEvents()
    print(f"both panes built and painted: {(time.perf_counter() - start) * 1000:.0f} ms")
    _say("drop → two lanes repainted", DROP_MS, [_drop(app, desk, board, k) for k in range(rounds)])
    down, across = board.view.verticalScrollBar(), board.view.horizontalScrollBar()
    _say("frame, scrolling down", FRAME_MS, _frames(board, lambda k: down.setValue(k * 7 % down.maximum()), rounds))
    _say(
        "frame, scrolling across",
        FRAME_MS,
        _frames(board, lambda k: across.setValue(k * 61 % across.maximum()), rounds),
    )
    _say("undo → repainted", DROP_MS, [_timed(app, desk.session.undo) for _ in range(rounds // 2)])
    window.close()


def _drop(app: QApplication, desk: Desk, board: BoardPane, k: int) -> float:
    """Take a stop of one lane on show to another one, as the mouse would."""
    rnd = random.Random(k)
    view = board.view
    source, target = rnd.sample(range(9), 2)
    stops = view.lanes[source].stops
    data = mime.packed([stops[rnd.randrange(len(stops))]])
    at = QPointF(view.geometry_now.lane_left(target) + 60, CARDS_TOP + 40 * rnd.randrange(12) + 5)
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.MoveAction, data, button, none)
    QApplication.sendEvent(view.viewport(), enter)
    app.processEvents()
    drop = QDropEvent(at, Qt.DropAction.MoveAction, data, button, none)
    revision = desk.day.revision
    took = _timed(app, lambda: QApplication.sendEvent(view.viewport(), drop))
    assert desk.day.revision > revision, "the drop went astray"
    return took


def _frames(board: BoardPane, scroll: Callable[[int], None], rounds: int) -> list[float]:
    times: list[float] = []
    for k in range(rounds):
        start = time.perf_counter()
        scroll(k + 1)
        board.view.viewport().repaint()
        times.append((time.perf_counter() - start) * 1000)
    return times


def _orders(app: QApplication, stops: int, routes: int) -> None:
    """Filtering, sorting and grouping of a whole table, its repaint included."""
    desk = Desk(DaySession(big_day(stops, routes)))
    pane = OrdersPane(desk)
    pane.resize(380, 1000)
    pane.show()
    app.processEvents()
    model = pane.model
    print(f"table of {stops} orders")
    _say(
        "  filter", TABLE_MS, [_timed(app, lambda w=w: model.arrange(sought=w)) for w in ("a", "ad", "ada", "") * 3]
    )
    _say("  sort", TABLE_MS, [_timed(app, lambda c=c: model.arrange(column=c)) for c in Column])
    groupings = ("driver", "town", "window", "none", "state")
    _say("  group", TABLE_MS, [_timed(app, lambda g=g: model.arrange(grouping=g)) for g in groupings])
    pane.close()


def _timed(app: QApplication, run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
    app.processEvents()
    return (time.perf_counter() - start) * 1000


def _say(what: str, goal: float, times: list[float]) -> None:
    times = sorted(times)
    p50, p95 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
    verdict = "ok" if p95 <= goal else "MISSED"
    print(f"{what}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, goal {goal:.0f} ms: {verdict}")


if __name__ == "__main__":
    main()
