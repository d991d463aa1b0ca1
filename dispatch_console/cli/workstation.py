"""`workstation`: what is rolled out for everybody at this computer. The installer calls it; IT may, too."""

from __future__ import annotations

import argparse
import sys

from dispatch_console.cli.commands import Commands
from dispatch_console.services import workstation


def register(commands: Commands) -> None:
    said = "the shared store and the language for everybody at this computer"
    parser = commands.add_parser("workstation", help=said, description=f"Say {said}.")
    address = "an address without a password, as postgresql://server/database; '' takes it away"
    parser.add_argument("--use-store", metavar="URL", help=address)
    parser.add_argument("--language", metavar="CODE", help="as de; '' takes it away")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    file = workstation.roll_out(arguments.use_store, arguments.language)
    print(f"Written: {file}", file=sys.stderr)
    return 0
