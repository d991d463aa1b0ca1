"""`main.py store diagnostics`: a bundle for support, without customers."""

from __future__ import annotations

import argparse
from pathlib import Path

from dispatch_console.cli.store_access import Add
from dispatch_console.domain.errors import UserError
from dispatch_console.services import diagnostics, erasing


def register(add: Add) -> argparse.ArgumentParser:
    """Add the action; the store it is about is for the caller to ask."""
    parser = add("diagnostics", "write a bundle for support: versions, counts and the log, no customers", _write)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="the file to write")
    return parser


def _write(arguments: argparse.Namespace) -> int:
    """A store that cannot be opened is what support is asked about: the bundle says so."""
    try:
        with erasing.opened(arguments.store) as store:
            diagnostics.write(arguments.out, arguments.store, store)
    except UserError:
        diagnostics.write(arguments.out, arguments.store)
    print(f"Written: {arguments.out}. It holds no customers; look into it before you send it, if you like.")
    return 0
