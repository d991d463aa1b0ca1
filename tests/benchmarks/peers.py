"""The search beside its peers: `python -m tests.benchmarks.peers [--instances FILE…] [--seconds S] [--only PEER…]`.

On each instance, one after another, each for the time of its size on two cores and in processes of its own:

- ortools: OR-Tools' routing model, guided local search, the better of two first-solution rules side by side;
- vroom: VROOM -x5 with 2 threads; it ends by itself, mostly sooner. It builds its first plan however long that
  takes; one that comes much later than the time is not counted;
- pyvrp: PyVRP 0.14, the better of two seeds side by side;
- ours: the product's own search with 2 workers.

Prints gaps to the best known values in per cent, their means by size beside the goals, and how much worse ours is
than PyVRP at most. Every route is checked here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import instance_peers, instances
from tests.benchmarks.instances import Instance
from tests.benchmarks.search import warm

NAMES = tuple(instance_peers.PEERS)
#: Of each peer the best of so many runs side by side; one is enough for those that use both cores themselves.
_SIDE_BY_SIDE = {"ortools": 2, "vroom": 1, "pyvrp": 2, "ours": 1}
#: Points of a per cent that ours may be worse than PyVRP on any instance.
MOST_BEHIND = 0.3
#: What a peer may take beside its time for reading and building, and how much longer it may search.
_PATIENCE_S, _LONGER = 90.0, 1.2


class Line(NamedTuple):
    """What one instance came to: peer → cost in the unit of the matrix; None: nothing complete."""

    instance: Instance
    seconds: float
    costs: dict[str, int | None]

    def gap(self, peer: str) -> float | None:
        best, cost = instances.best_known(self.instance.name), self.costs.get(peer)
        return None if best is None or cost is None else instances.gap(self.instance.told(cost), best)


def main() -> None:
    args = _arguments()
    paths = args.instances or sorted(instances.SHARED.glob("*.vrp"), key=lambda path: path.stat().st_size)
    if "ours" in args.only:
        warm(2)  # compiled here once: the processes have only to load it
    print(f"{'':14}{'':>6}" + "".join(f"{peer:>9}" for peer in args.only))
    lines: list[Line] = []
    for path in paths:
        instance = instances.read(path)
        seconds = args.seconds or instance.size.seconds
        costs = {peer: best(peer, path, instance, seconds, args.seed) for peer in args.only}
        lines.append(Line(instance, seconds, costs))
        print(
            f"{instance.name:14}{seconds:4.0f} s" + _gaps([lines[-1].gap(peer) for peer in args.only]), flush=True
        )
    _print_means(lines, args.only)
    if args.json is not None:
        told = [{"instance": one.instance.name, "seconds": one.seconds, "costs": _told(one)} for one in lines]
        args.json.write_text(json.dumps(told), encoding="utf-8")


def best(peer: str, path: Path, instance: Instance, seconds: float, seed: int) -> int | None:
    """The best of a peer's runs; None if none found anything complete. What is wrong is said."""
    runs = [_start(peer, path, seconds, seed + k) for k in range(_SIDE_BY_SIDE[peer])]
    costs: list[int] = []
    for run in runs:
        try:
            out, _ = run.communicate(timeout=seconds + _PATIENCE_S)
        except subprocess.TimeoutExpired:
            run.kill()
            run.communicate()
            print(f"  {peer} did not come back on {instance.name}", file=sys.stderr)
            continue
        if run.returncode:
            print(f"  {peer} ended with {run.returncode} on {instance.name}", file=sys.stderr)
            continue
        answer = instance_peers.Answer(**json.loads(out))
        if answer.took_s > seconds * _LONGER + 1:
            print(f"  {peer} took {answer.took_s:.0f} s on {instance.name}: not counted", file=sys.stderr)
            continue
        try:
            cost = instance_peers.counted(instance, answer.routes)
        except ValueError as wrong:
            print(f"  {peer} on {instance.name}: {wrong}", file=sys.stderr)
            continue
        if cost is not None:
            costs.append(cost)
    return min(costs, default=None)


def _start(peer: str, path: Path, seconds: float, seed: int) -> subprocess.Popen[str]:
    child = [sys.executable, "-m", "tests.benchmarks.instance_peers", peer, str(path), str(seconds), str(seed)]
    return subprocess.Popen(child, stdout=subprocess.PIPE, encoding="utf-8")


def _told(line: Line) -> dict[str, int | float | None]:
    told = line.instance.told
    return {peer: None if cost is None else told(cost) for peer, cost in line.costs.items()}


def _gaps(gaps: list[float | None]) -> str:
    return "".join(f"{'–':>9}" if gap is None else f"{gap:9.2f}" for gap in gaps)


def _print_means(lines: list[Line], peers: list[str]) -> None:
    for size in instances.SIZES:
        here = [line for line in lines if line.instance.size is size]
        if here:
            print(f"{size.name:20}" + _gaps([_mean([one.gap(peer) for one in here]) for peer in peers]), end="")
            print(f"   mean of {len(here)}; goal for ours {size.gap} % in {size.seconds:.0f} s")
    behind = [
        (ours - theirs, line.instance.name)
        for line in lines
        if (ours := line.gap("ours")) is not None and (theirs := line.gap("pyvrp")) is not None
    ]
    if behind:
        most, name = max(behind)
        print(f"ours − PyVRP at most {most:+.2f} points ({name}), goal ≤ {MOST_BEHIND}")


def _mean(gaps: list[float | None]) -> float | None:
    """None if a peer found nothing somewhere: a mean over the rest would flatter it."""
    known = [gap for gap in gaps if gap is not None]
    return sum(known) / len(known) if known and len(known) == len(gaps) else None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--instances", nargs="+", type=Path, metavar="FILE", help="default: the shared ones")
    parser.add_argument("--seconds", type=float, default=0, help="for each (default: by its size)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES), metavar="PEER")
    parser.add_argument("--json", type=Path, metavar="OUT", help="where the costs are written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
