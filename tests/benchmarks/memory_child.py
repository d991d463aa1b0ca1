"""The process that `memory` watches: opens the window on a store, plans for some seconds, closes."""

from __future__ import annotations

import argparse
import sys

PLANNING_MS = 12_000


def main() -> None:
    from dispatch_console import app
    from tests.benchmarks.start_day import DAY

    class Planning(app.Program):
        """Optimises all routes once the map is drawn."""

        def show(self) -> None:
            self.parts.when_drawn(lambda *_: app.QTimer.singleShot(1000, self._plan))
            super().show()

        def _plan(self) -> None:
            if not self._began:
                self._began = True
                self.desk.actions["plan.all"].run()
                app.QTimer.singleShot(PLANNING_MS, lambda: app.QApplication.exit(0))

        _began = False

    app.Program = Planning
    app.run(argparse.Namespace(command=None, day_file=None, store=sys.argv[1], demo=False, day=DAY))


if __name__ == "__main__":
    main()
