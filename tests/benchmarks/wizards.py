"""The wizards and the window: `python -m tests.benchmarks.wizards [--stops N] [--routes N]`.

A day on which all vans are out. Each wizard is opened and answered, then the day changes under it, time and again.
Told are how long it takes until the answer is there, and how long the event loop stands still meanwhile (see
`loop`). Floor: 50 ms.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.services import statuses
from dispatch_console.services.fleet import Fleet
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.theme import apply
from dispatch_console.ui.wizards.late import LateCase
from dispatch_console.ui.wizards.panel import WizardPanel
from dispatch_console.ui.wizards.stuck import StuckCase
from dispatch_console.ui.wizards.swap import SwapCase
from dispatch_console.ui.wizards.view import Case
from tests.benchmarks.loop import FLOOR_MS, Heart
from tests.benchmarks.status import under_way

_FREE = 10_000_000
_CHANGES = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=1500)
    parser.add_argument("--routes", type=int, default=60)
    args = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply.set_up(app, dark=False)
    desk = Desk(DaySession(under_way(args.stops, args.routes)))
    panel = WizardPanel(desk, lambda: "Kim")
    panel.resize(540, 900)
    panel.show()
    gc.freeze()  # as the program does once its window is there
    print(f"{args.stops} stops, {args.routes} routes out; floor {FLOOR_MS:.0f} ms")
    for name, case in _cases(desk).items():
        _measure(desk, panel, name, case)
    panel.stop()
    panel.close()


def _cases(desk: Desk) -> dict[str, Case]:
    route = desk.day.routes[0].id
    ids = Ids(
        tuple(map(OrderId, range(_FREE, _FREE + 16))), tuple(map(StopId, range(_FREE, _FREE + 16))), ShiftId(_FREE)
    )
    fleet = Fleet()
    return {
        "breakdown": StuckCase(route, ids, fleet, is_sick=False),
        "sick": StuckCase(route, ids, fleet, is_sick=True),
        "late": LateCase(route, ids, desk.day),
        "swap": SwapCase(route, ids),
    }


def _measure(desk: Desk, panel: WizardPanel, name: str, case: Case) -> None:
    heart = Heart()
    _until(lambda: len(heart.gaps) > 20)
    heart.take()
    began = time.perf_counter()
    panel.open(case)
    _until(lambda: not panel.busy)
    took = time.perf_counter() - began
    _tell(f"{name}: answered in {took * 1000:.0f} ms", heart)
    others = [route for route in desk.day.routes[1:] if desk.day.schedules[route.id].visits]
    for route in others[:_CHANGES]:
        stop = next(v.stop for v in desk.day.schedules[route.id].visits if not v.done)
        statuses.status(desk.session, stop, FactKind.DELIVERED, Said("Kim", desk.day.now))
        heart.take()  # what a status costs by itself is measured by `status`
        _until(lambda: not panel.busy)
    _tell(f"{name}: {_CHANGES} changes of the day", heart)
    panel.leave()


def _until(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents()
        time.sleep(0.0005)


def _tell(what: str, heart: Heart) -> None:
    gaps, work = (", ".join(f"{ms:.0f}" for ms in sorted(values)[:-4:-1]) for values in heart.take())
    print(f"{what}; longest gaps {gaps} ms, longest work {work} ms")


if __name__ == "__main__":
    main()
