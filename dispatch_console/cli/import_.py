"""`import`: reads order and fleet files, and says or does what an import would."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from dispatch_console.cli.commands import Commands
from dispatch_console.domain.errors import UserError
from dispatch_console.services import import_files, importing_reading, settings


def register(commands: Commands) -> None:
    parser = commands.add_parser("import", help="import order files, or say what an import would do")
    add_arguments(parser)
    parser.set_defaults(run=run)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, TSV, TXT, XLSX, XLS or ODS")
    parser.add_argument("--dry-run", action="store_true", help="store nothing")
    parser.add_argument(
        "--json", metavar="OUT", help="with --dry-run: write what would happen as JSON; - is stdout"
    )
    unset = argparse.SUPPRESS  # what stands before the command is not unsaid
    parser.add_argument(
        "--store", metavar="URL", default=unset, help="the store to import into (default: the user's own)"
    )
    day = "the day of orders without one"
    parser.add_argument("--day", type=dt.date.fromisoformat, metavar="D", default=unset, help=day)
    parser.add_argument("--country", default="", metavar="XX", help="what an empty country cell means, e.g. LI")


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 1 after one plain sentence on stderr."""
    try:
        return _dry_run(args) if args.dry_run else _import(args)
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 1


def _dry_run(args: argparse.Namespace) -> int:
    today = dt.datetime.now().astimezone().date()
    found = [importing_reading.dry_run(path, today, args.country.upper()) for path in args.files]
    if args.json:
        _write(found[0] if len(found) == 1 else found, args.json)
    else:
        for one in found:
            print(_summary(one))
    return 0


def _write(value: Any, target: str) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    if target == "-":
        sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
        sys.stdout.flush()
    else:
        Path(target).write_text(text + "\n", encoding="utf-8")


def _summary(found: dict[str, Any]) -> str:
    what = "vehicles" if "vehicles" in found else "orders"
    rejected = len({entry["row"] for entry in found["rejected"]})
    doubles, ignored = len(found["duplicates"]), len(found["ignored_rows"])
    counts = f"{len(found[what])} {what}, {rejected} rejected, {doubles} duplicates, {ignored} rows left out"
    return f"{found['file']}: {counts}"


def _import(args: argparse.Namespace) -> int:
    if getattr(args, "demo", None):
        raise UserError("The sample depot takes no files from the command line. Name a store with --store.")
    now = dt.datetime.now().astimezone()
    who = settings.user()
    for taken in import_files.import_files(args.store, args.files, now, who, args.day, args.country.upper()):
        print(f"{taken.file}: {taken.sentence}")
    return 0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="import", description=__doc__)
    parser.set_defaults(store=None, day=None)
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
