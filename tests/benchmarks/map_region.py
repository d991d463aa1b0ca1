"""The base map of a region in a window of 1920 × 1080 with 1,000 stops: `python -m tests.benchmarks.map --region`.

Liechtenstein's extract is cut into tiles first (../shared/osm; another one by `--extract`). "First paint" is from
the page's own end of loading, the day fetched and drawn in between, to the last tile in view; "white" counts the
steps of a pan after which, one frame later, a tile in view is not drawn. Lines along roads have 80 points a leg.
"""

from __future__ import annotations

import json
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.roads.pack import reading
from dispatch_console.roads.tiles import building
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import MapPane, lines
from tests.map import li_day

PAINT_MS, FRAME_MS, CUT_S, STOPS, ROUTES = 500.0, 100.0, 12.0, 1000, 40
ROUNDS = 5

_PAN = """(async () => {
  const found = {white: 0, worst: 0, frames: []};
  for (let i = 0; i < 40; i++) {
    const start = performance.now();
    map_base.panBy([%d, %d], {animate: false});
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    found.frames.push(performance.now() - start);
    const { missing } = JSON.parse(inspectMap()).base;
    found.white += missing > 0;
    found.worst = Math.max(found.worst, missing);
  }
  window.panned = JSON.stringify(found);
})() && 1"""


def run(extract: Path, say: Callable[[str, float, float], None]) -> None:
    """Measure all; `say(what, value, goal)` prints a line."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.pmtiles"
        read = reading.read(extract)
        start = time.process_time()
        tiles = building.build(read.shapes, read.bbox, file, extract.stem)
        say(f"{tiles} tiles cut, {file.stat().st_size >> 10} KiB: CPU seconds", time.process_time() - start, CUT_S)
        desk = Desk(DaySession(li_day.day(read.streets, STOPS, ROUTES)))
        pane = MapPane(desk)
        pane.resize(1920, 1080)
        pane.set_region(file)
        pane.show()
        _paint(pane, say)
        for step in ((24, 8), (80, 27), (-80, 0), (0, 80)):
            _pan(pane, step, say)
        pane.view.set_legs(_bent)
        _until(pane, lambda shown: shown["roads"] >= len(lines.pairs(desk.day)))
        _pan(pane, (60, -20), say, " along roads")
        pane.set_region(None)  # lets go of the file
        pane.close()
        pane.deleteLater()
        _wait(100)


def _paint(pane: MapPane, say: Callable[[str, float, float], None]) -> None:
    times: list[float] = []
    for round_ in range(ROUNDS + 1):
        if round_:
            pane.view.page.triggerAction(QWebEnginePage.WebAction.Reload)
            _wait(50)
        shown = _until(pane, lambda shown: shown["base"]["first"] > 0)
        loaded = _js(pane, "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        if round_:  # the first one waits for the engine to start as well
            times.append(shown["base"]["first"] - loaded)
        _until(pane, lambda shown: shown["base"]["missing"] == 0)
    say("first paint after the page, median, ms", statistics.median(times), PAINT_MS)
    say("first paint after the page, slowest, ms", max(times), 2 * PAINT_MS)


def _pan(pane: MapPane, step: tuple[int, int], say: Callable[[str, float, float], None], how: str = "") -> None:
    _js(pane, "map_base.setView([47.165, 9.51], 13.3, {animate: false}) && 1")
    _wait(300)
    _until(pane, lambda shown: shown["base"]["missing"] == 0)
    _wait(1500)  # a hand comes to the map later than the tiles around it
    _js(pane, "window.panned = ''")
    _js(pane, _PAN % step)
    while not (answer := _js(pane, "window.panned")):
        _wait(20)
    found = json.loads(answer)
    say(f"white in 40 pans of {step[0]}, {step[1]} px{how} (worst {found['worst']})", found["white"], 0)
    say(f"a frame of it, median, ms{how}", statistics.median(found["frames"]), FRAME_MS)


def _bent(pairs: Sequence[lines.Pair]) -> list[Leg]:
    """Legs that wind from place to place."""

    def at(a: Place, b: Place, share: float) -> Place:
        swing = 0.0004 * math.sin(share * 40)
        return Place(a.lat + (b.lat - a.lat) * share + swing, a.lon + (b.lon - a.lon) * share + swing)

    return [Leg(0, 0, tuple(at(a, b, k / 79) for k in range(80))) for a, b in pairs]


def _until(pane: MapPane, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    while True:
        text = _js(pane, "window.inspectMap ? inspectMap() : ''")
        if text and holds(shown := json.loads(text)):
            return shown
        _wait(20)


def _js(pane: MapPane, script: str) -> Any:
    answer: list[str] = []
    loop = QEventLoop()
    pane.view.page.runJavaScript(f"JSON.stringify({script})", lambda text: (answer.append(text), loop.quit()))
    loop.exec()
    return json.loads(answer[0]) if answer[0] else None


def _wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
