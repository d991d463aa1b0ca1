"""How long from the start of the process to a usable window with a day of 300 orders. Floor: 3 s.

    python -m tests.benchmarks.start [--runs N]

Counted from the moment the system made the process, interpreter and imports included, until the window is
shown, has painted all its panes and has answered a first click (a stop selected in all panes). The time until the
map has drawn the day is told too. Without a display Qt draws off the screen.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ORDERS, DRIVERS = 300, 12


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "start.db")
        child("fill", store, folder)
        found = [child("open", store, folder) for _ in range(runs)]
    best = min(found, key=lambda times: times["usable"])
    for times in found:
        parts = ", ".join(f"{name} {times[name]:.2f} s" for name in ("window", "usable", "map", "work"))
        print(f"{parts} (work: of the processor until usable)")
    print(f"start, {ORDERS} orders: {best['usable']:.2f} s to a usable window (floor 3 s), map {best['map']:.2f} s")
    return 0 if best["usable"] <= 3 else 1


def child(what: str, store: Path | str, home: str) -> dict[str, float]:
    env = {**os.environ, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home}
    if sys.platform == "linux":
        if not env.get("DISPLAY"):
            env.setdefault("QT_QPA_PLATFORM", "offscreen")
        if os.geteuid() == 0:
            env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    command = [sys.executable, "-m", "tests.benchmarks.start_child", what, str(store)]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
