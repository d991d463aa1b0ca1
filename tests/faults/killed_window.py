"""The whole program with its window, at work by itself until it is killed.

`python -m tests.faults.killed_window WORK STORE SEED`. What it says to be saved is what its window shows as saved.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Callable
from pathlib import Path

from dispatch_console import app
from tests.faults import killed


class AtWork(app.Program):
    """Edits or imports, the next as soon as the window shows that all is saved; or it only opens the store."""

    work: str
    seed: int

    def show(self) -> None:
        super().show()
        self._made = 0
        self._timer = app.QTimer(self, interval=5)
        works = {"plan save": self._edit, "import": self._bring_in, "migration": lambda: None}
        self._timer.timeout.connect(works[self.work])
        day = self.session.day
        self._changes = killed.edits(day.plan, list(day.shifts.values()), self.seed)
        self._files = itertools.count()
        self._busy = False
        app.QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        killed.say("begun")
        self._timer.start()

    def _when_saved(self, then: Callable[[], object]) -> None:
        if self._busy or self.saver.state.pending:
            return
        if self._made:
            killed.say(f"saved {self._made}")
        then()

    def _edit(self) -> None:
        self._when_saved(self._edit_once)

    def _edit_once(self) -> None:
        change, _ = next(self._changes)
        self.session.apply(change, self)
        self._made += 1

    def _bring_in(self) -> None:
        self._when_saved(self._bring_in_once)

    def _bring_in_once(self) -> None:
        number, self._busy = next(self._files), True
        file = Path(os.environ["KILLED_FILES"], f"import-{number}.csv")
        file.write_text(killed.order_file(number), encoding="utf-8", newline="")
        page = self.parts.import_page()
        if number == 0:
            page.work.drawn.connect(lambda: self._busy and page.take())
            page.work.imported.connect(self._on_imported)
        self.parts.open_files([file])

    def _on_imported(self) -> None:
        self._busy = False
        self._made += 1


def main() -> None:
    work, store, seed = sys.argv[1:]
    AtWork.work, AtWork.seed = work, int(seed)
    app.Program = AtWork
    app.run(argparse.Namespace(command=None, day_file=None, store=store, demo=False, day=killed.DAY))


if __name__ == "__main__":
    main()
