"""`main.py demo-day`: the sample depot lived through a scripted day, in the window or as fast as it can without."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dispatch_console.cli.commands import Commands
from dispatch_console.domain.errors import UserError


def register(commands: Commands) -> None:
    """Add `demo-day`. With a window it is opened by whoever runs the commands; `run` is the day without one."""
    parser = commands.add_parser("demo-day", help="the sample depot lived through a scripted day")
    add = parser.add_argument
    add("--speed", type=_speed, default=60.0, metavar="N", help="times as fast as the clock (default: 60)")
    add("--headless", action="store_true", help="without a window, as fast as it can")
    add("--json", metavar="FILE", help="with --headless: the account of the day; - is the standard output")
    parser.set_defaults(run=run, demo=True, store=None, day=None)


def run(arguments: argparse.Namespace) -> int:
    """Raises UserError if an order is left open."""
    from dispatch_console.services.demo import headless

    found = headless.play(lambda line: print(line, file=sys.stderr))
    _write(arguments.json, found)
    if found["open"]:
        raise UserError(f"{found['open']} orders were left open at the end of the demo day. See the log.")
    return 0


def _write(where: str | None, found: dict[str, Any]) -> None:
    text = json.dumps(found, indent=2)
    if where == "-":
        print(text)
    elif where:
        Path(where).write_text(f"{text}\n", encoding="utf-8")


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 3600:
        raise argparse.ArgumentTypeError("a speed is a number up to 3600")
    return speed
