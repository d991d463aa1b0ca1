"""Without a display: the sample depot's day planned and drawn into files instead of a window."""

from __future__ import annotations

import json
from collections.abc import Mapping

from devkit.console import ROOT, StepFailed, run_visible, say

SAMPLE = ROOT / "resources" / "sample"
OUT = ROOT / "out" / "sample"

#: Enough for 150 orders; more would only be waited for.
_SECONDS = "10"
_SHOT = ["shot", "--demo", "--out", str(OUT / "window.png")]

#: What is made → what it is.
FILES = {"plan.json": "the plan", "manifests.pdf": "the sheets", "window.png": "a picture of the window"}


def sample_day(python: str, environment: Mapping[str, str]) -> int:
    """Make the three files and print their paths on stdout. Raises StepFailed."""
    say("The same day without a window: planning the sample depot …")
    for name in FILES:
        (OUT / name).unlink(missing_ok=True)
    OUT.mkdir(parents=True, exist_ok=True)
    _do("Planning the sample depot", [python, "main.py", *_plan_arguments()], environment)
    say("drawing the window …")
    _do("Drawing the window", [python, "main.py", *_SHOT], environment)
    missing = [name for name in FILES if not (OUT / name).is_file()]
    if missing:
        raise StepFailed("The day without a window", f"not written: {', '.join(missing)}", "see the lines above")
    for name, meaning in FILES.items():
        print(f"{name:14} {meaning:24} {OUT / name}", flush=True)
    return 0


def _plan_arguments() -> list[str]:
    """The arguments of `main.py plan` for the sample depot, with its place, its day and its zone."""
    depot = json.loads((SAMPLE / "depot.json").read_text(encoding="utf-8"))
    files = ["--orders", str(SAMPLE / "orders.csv"), "--fleet", str(SAMPLE / "fleet.csv"), "--out", str(OUT)]
    place = ["--depot", f"{depot['lat']},{depot['lon']}", "--timezone", depot["timezone"]]
    return ["plan", *files, *place, "--day", depot["day"], "--seconds", _SECONDS]


def _do(step: str, command: list[str], environment: Mapping[str, str]) -> None:
    code = run_visible(command, environment)
    if code != 0:
        raise StepFailed(step, f"main.py {command[2]} ended with {code}", "see the lines above")
