"""How long the driver sheets of a large day take: `python -m tests.benchmarks.sheets [--routes 40] [--stops 40]`.

Prints the seconds from the plan to one joined PDF, its pages and its size; the aim is 6 s for 40 sheets of 40
stops. Exit code 1 if it is missed. `--pack DIR`, a pack of Liechtenstein: a day there, on estimated roads, then
twice on those of the pack, which has nothing ready the first time.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
from pathlib import Path

# Before Qt: no display is needed, and Chromium refuses its sandbox as root.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "linux" and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from pypdf import PdfReader
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.day import Day
from dispatch_console.roads.pack import reading
from dispatch_console.services import manifests, travel
from dispatch_console.services.manifests import Edition, Kind
from dispatch_console.services.regions import use
from dispatch_console.ui.printing import pdf
from tests.benchmarks.region import SHARED
from tests.map import li_day
from tests.unit import manifests_day

AIM_S = 6.0


def main() -> int:
    parser = argparse.ArgumentParser(description="Driver sheets of a large day to PDF.")
    parser.add_argument("--routes", type=int, default=40)
    parser.add_argument("--stops", type=int, default=40)
    parser.add_argument("--pack", type=Path)
    chosen = parser.parse_args()
    application = QApplication([])
    if chosen.pack is None:
        took = [_measure("sheets", manifests_day.big_day(chosen.routes, chosen.stops))]
    else:
        took = _on_roads(chosen.pack, chosen.routes, chosen.stops)
    del application
    return 0 if max(took) <= AIM_S else 1


def _on_roads(pack: Path, routes: int, stops: int) -> list[float]:
    day = li_day.day(reading.read(SHARED).streets, routes * stops, routes)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache,
        use.roads(str(pack), cache=Path(cache)) as name,
    ):
        driven = day.with_travel(travel.matrix(day.places(), name))
        named = (("estimated roads", day), ("a pack's roads", driven), ("the same again", driven))
        return [_measure(words, one) for words, one in named]


def _measure(words: str, day: Day) -> float:
    """Seconds to one PDF of all driver sheets."""
    routes = manifests.routes_with_stops(day)
    run = Edition(manifests_day.PRINTED, "benchmark", dict.fromkeys(routes, 1))
    renderer, loop = pdf.Renderer(), QEventLoop()
    results: list[pdf.Result] = []
    renderer.finished.connect(results.append)
    renderer.finished.connect(loop.quit)
    renderer.failed.connect(loop.quit)
    beats = _Beats()
    started = time.perf_counter()
    renderer.start(manifests.jobs(day, [Kind.DRIVER_SHEET], routes, run))
    loop.exec()
    total = time.perf_counter() - started
    beats.stop()
    renderer.close()
    if not results:
        raise SystemExit("the sheets could not be made")
    joined = results[0].joined
    pages = len(PdfReader(io.BytesIO(joined)).pages)
    print(f"{words}: {len(routes)} routes, {len(day.stops)} stops: {total:.2f} s to one PDF (aim {AIM_S:.0f} s)")
    print(
        f"longest hold-up of the window meanwhile {beats.longest * 1000:.0f} ms, 99 % below {beats.most * 1000:.0f}"
    )
    print(f"{pages} pages, {len(joined) / 1e6:.1f} MB")
    return total


class _Beats(QTimer):
    """A pulse of 5 ms in the event loop: what comes late was held up."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[float] = []
        self._last = time.perf_counter()
        self.timeout.connect(self._beat)
        self.start(5)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now

    @property
    def longest(self) -> float:
        return max(self._gaps)

    @property
    def most(self) -> float:
        return sorted(self._gaps)[int(len(self._gaps) * 0.99)]


if __name__ == "__main__":
    sys.exit(main())
