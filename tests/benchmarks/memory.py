"""Memory of the window and its worker with a day of 300 orders: `python -m tests.benchmarks.memory`.

Floor: 1 GB while it plans. Counted is what belongs to each process and its share of what they have in common (PSS;
where the system does not tell, what is its own alone): window, search worker, the map's browser processes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
GOAL_MB = 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=300)
    orders = parser.parse_args().orders
    with tempfile.TemporaryDirectory() as folder:
        from tests.benchmarks.start_day import fill

        store = Path(folder, "memory.db")
        fill(str(store), orders)
        most = _watch(store, folder)
    for name, mb in most.items():
        print(f"{name}: {mb:.0f} MB")
    print(f"window and worker, {orders} orders, planning: {sum(most.values()):.0f} MB (goal {GOAL_MB} MB)")
    return 0


def _watch(store: Path, home: str) -> dict[str, float]:
    """The largest sum seen while the window plans, by kind of process in MB."""
    env = {**os.environ, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home}
    if sys.platform == "linux":
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        if os.geteuid() == 0:
            env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    command = [sys.executable, "-m", "tests.benchmarks.memory_child", str(store)]
    child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most: dict[str, float] = {}
    try:
        while child.poll() is None:
            now = _tree(child.pid)
            if sum(now.values()) > sum(most.values()):
                most = now
            time.sleep(0.5)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
    if child.returncode:
        sys.exit(f"the window ended with {child.returncode}")
    return most


def _tree(pid: int) -> dict[str, float]:
    sizes: dict[str, float] = {}
    try:
        window = psutil.Process(pid)
        for process in (window, *window.children(recursive=True)):
            browser = "QtWebEngine" in process.name()
            kind = "window" if process == window else "map's browser" if browser else "worker"
            info = process.memory_full_info()
            size = getattr(info, "pss", 0) or info.uss
            sizes[kind] = sizes.get(kind, 0) + size / 2**20
    except psutil.Error:  # a process ended while it was looked at
        pass
    return sizes


if __name__ == "__main__":
    sys.exit(main())
