"""The process that `start` measures: `fill STORE` writes a day of 300 orders, `open STORE` opens the window."""

from __future__ import annotations

import argparse
import json
import sys
import time


def main() -> None:
    what, store = sys.argv[1:]
    if what == "fill":
        from tests.benchmarks.start_day import fill

        fill(store)
        print("{}")
    else:
        _open(store)


def _open(store: str) -> None:
    from dispatch_console import app

    times: dict[str, float] = {}

    class Measured(app.Program):
        """Tells the time of each step, then closes."""

        def show(self) -> None:
            self.parts.when_drawn(lambda *_: self._note("map"))
            super().show()
            self._note("window")
            app.QTimer.singleShot(0, self._use)

        def _use(self) -> None:
            app.QApplication.processEvents()
            stop = next(iter(self.desk.day.stops))
            self.desk.select([stop], stop, self)
            for pane in self.parts.panes.values():
                pane.repaint()
            self._note("usable")
            times.setdefault("work", time.process_time())

        def _note(self, step: str) -> None:
            times.setdefault(step, _age())
            if {"usable", "map"} <= times.keys():
                app.QApplication.exit(0)

    app.Program = Measured
    from tests.benchmarks.start_day import DAY

    app.run(argparse.Namespace(command=None, day_file=None, store=store, demo=False, day=DAY))
    print(json.dumps(times))


def _age() -> float:
    """Seconds since the system made this process."""
    import psutil

    return time.time() - psutil.Process().create_time()


if __name__ == "__main__":
    main()
