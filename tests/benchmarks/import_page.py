"""How long the import page keeps the window waiting: `python -m tests.benchmarks.import_page [ROWS …]`.

The real page off the screen, with a real store and child process. A timer beats every 5 ms; a gap between two beats
is time in which the window would not have answered. Floor: 50 ms, at each step from the file to the orders.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from dispatch_console.ui.importing.page import ImportPage
from tests.benchmarks.loop import FLOOR_MS, Heart
from tests.gui.office import Office, dress, opened

HEAD = "Bestellnr.;Name;Straße;Nr.;PLZ;Ort;Lieferdatum;Zeitfenster;Standzeit;Gewicht kg;Kolli;Bemerkung"
_BAD_EVERY = 500


def main() -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    for rows in [int(text) for text in sys.argv[1:]] or [300, 1500, 10_000]:
        with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as office:
            path = Path(folder, "orders.csv")
            path.write_bytes("\r\n".join([HEAD, *map(_row, range(rows)), ""]).encode("cp1252"))
            print(f"{rows:,} rows")
            _walk(office, path)
            office.saver.flush(120)


def _row(n: int) -> str:
    weight = "many" if n % _BAD_EVERY == 3 else f"{5 + n % 17},0"
    where = f"Harbour Rd;{n % 90 + 1};4100;Lindmoor"
    return f"{n};Quarry Bruno {n};{where};23.11.2026;08 - 12 Uhr;{5 + n % 5};{weight};{1 + n % 4};ring"


def _walk(office: Office, path: Path) -> None:
    page = ImportPage(office.desk, office.store, lambda: "bench")
    page.resize(1920, 974)
    page.show()
    heart, drawn, closed = Heart(), [0], [0]
    page.work.drawn.connect(lambda *_: _count(drawn))
    page.closed.connect(lambda: _count(closed))
    page.open_files([path])
    _tell("read and shown", heart, lambda: drawn[0] == 1)
    page.next_problem()
    problem = page.face.view.problem
    assert problem is not None
    page.work.repair(problem.row, {9: "12,0"})
    _tell("a row repaired", heart, lambda: drawn[0] == 2)
    _tell("scrolled to the end", heart, _scrolling(page))
    page.work.set_field(11, "skills")
    _tell("a column changed", heart, lambda: drawn[0] == 3)
    page.take()
    _tell("imported", heart, lambda: closed[0] == 1)
    page.close()


def _scrolling(page: ImportPage) -> Callable[[], bool]:
    """Every call a hundredth further down; True at the end."""
    bar, step = page.face.view.verticalScrollBar(), [0]

    def further() -> bool:
        _count(step)
        bar.setValue(step[0] * bar.maximum() // 100)
        return step[0] >= 100

    return further


def _count(cell: list[int]) -> None:
    cell[0] += 1


def _tell(what: str, heart: Heart, until: Callable[[], bool]) -> None:
    started = time.perf_counter()
    heart.take()
    while not until():
        QApplication.processEvents()
    took, beats = time.perf_counter() - started, len(heart.gaps)
    while len(heart.gaps) < beats + 3:  # the gap in which it ended counts too
        QApplication.processEvents()
    gaps, work = heart.take()
    verdict = "ok" if max(gaps) <= FLOOR_MS else "MISSED"
    print(
        f"  {what:20} {took:5.2f} s   longest gap {max(gaps):5.0f} ms, own work in it {max(work):5.0f} ms   "
        f"floor {FLOOR_MS:.0f} ms   {verdict}"
    )


if __name__ == "__main__":
    main()
