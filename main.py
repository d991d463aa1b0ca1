"""The program: the window, or one of the commands of `dispatch_console.cli`."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from typing import Any


def main() -> int:
    multiprocessing.freeze_support()  # first: in a frozen program workers start here and go no further
    multiprocessing.set_start_method("spawn")
    from dispatch_console.cli import main as commands

    return commands.run(sys.argv[1:], _window, _render)


def _window(arguments: argparse.Namespace) -> int:
    from dispatch_console import app

    return app.run(arguments)


def _render(documents: Sequence[Any]) -> bytes:
    from dispatch_console import app

    return app.render(documents)


if __name__ == "__main__":
    sys.exit(main())
