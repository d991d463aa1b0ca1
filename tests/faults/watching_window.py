"""The whole program with its window, which looks on while others edit.

`python -m tests.faults.watching_window STORE` says up to which command of the audit it has painted, and when.
"""

from __future__ import annotations

import argparse
import sys
import time

from dispatch_console import app
from tests.faults import killed


class LookingOn(app.Program):
    def show(self) -> None:
        super().show()
        self._told = self.session.day.seen
        self.session.listen(lambda _before, _after, _initiator: app.QTimer.singleShot(0, self._tell))
        app.QTimer.singleShot(0, lambda: killed.say("begun"))

    def _tell(self) -> None:
        seen = self.session.day.seen
        if seen == self._told:
            return
        self._told = seen
        for pane in self.parts.panes.values():
            pane.repaint()
        killed.say(f"{seen} {time.monotonic()}")


def main() -> None:
    app.Program = LookingOn
    app.run(argparse.Namespace(command=None, day_file=None, store=sys.argv[1], demo=False, day=killed.DAY))


if __name__ == "__main__":
    main()
