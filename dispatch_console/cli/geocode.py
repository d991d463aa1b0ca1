"""`geocode`: a file of addresses → the places they mean, looked up in a region pack."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from dispatch_console.cli.commands import Commands
from dispatch_console.domain.errors import UserError
from dispatch_console.services import geocode_file


def register(commands: Commands) -> None:
    parser = commands.add_parser("geocode", help="look up a file of addresses in a region pack")
    add_arguments(parser)
    parser.set_defaults(run=run)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--region", type=Path, required=True, metavar="DIR", help="a folder that “region build” made")
    columns = ",".join(geocode_file.COLUMNS)
    add(
        "--in",
        dest="file",
        type=Path,
        required=True,
        metavar="FILE.csv",
        help=f"columns {columns}; any may be empty",
    )
    add("--json", default="-", metavar="OUT", help="where the places go; - is stdout (the default)")
    add("--country", default="", metavar="XX", help="what an empty country cell means, e.g. LI")


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or UserError."""
    found = geocode_file.geocode(args.region, args.file, args.country.upper())
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if args.json == "-":
        sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
        sys.stdout.flush()
        return 0
    try:
        Path(args.json).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{args.json} cannot be written ({error.strerror}). Choose another file.") from error
    return 0
