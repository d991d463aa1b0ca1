"""All benchmarks, one after the other, each in a process of its own: `python -m tests.benchmarks [NAME…]`.

Each prints its figures beside their goals. Clocks are shared and noisy: figures are told, not judged.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

#: What each needs no arguments for, in the order of the morning.
NAMES = (
    "start",
    "import_rows",
    "store",
    "planning",
    "search",
    "peers",
    "rich",
    "disruption",
    "searching",
    "loop",
    "wizards",
    "drag",
    "find",
    "geocode",
    "places",
    "board",
    "status",
    "incidents",
    "map",
    "sheets",
    "memory",
    "reoptimise",
    "region",
    "faults",
)


def main() -> int:
    chosen = sys.argv[1:] or NAMES
    failed: list[str] = []
    for name in chosen:
        if not (Path(__file__).parent / f"{name}.py").is_file():
            sys.exit(f"There is no benchmark called {name}. Choose from: {', '.join(NAMES)}.")
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"did not run to the end: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
