"""`main.py shot`: a picture of the real window. The window itself is opened by whoever runs the commands."""

from __future__ import annotations

import argparse
from pathlib import Path

from dispatch_console.cli import main
from dispatch_console.cli.commands import Commands

#: What can be shown besides the day itself.
PAGES = (
    "main",
    "import",
    "print",
    "fleet",
    "debrief",
    "settings",
    "keys",
    "palette",
    "empty",
    "plan",
    "running",
    "departure",
    "phone",
    "preview",
    "calls",
    "reprint",
    "why",
    "choice",
    "drag",
    "match",
    "carryover",
    "order",
    "trial",
    "help",
)


def register(commands: Commands) -> None:
    """Add `shot` to the commands."""
    parser = commands.add_parser("shot", help="a picture of the real window")
    main.add_source(parser, below=True)
    parser.add_argument("--out", type=Path, required=True, metavar="PNG", help="the file to write")
    parser.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH", help="1920x1080 unless told")
    parser.add_argument("--dark", action="store_true", help="dark colours")
    parser.add_argument("--page", choices=PAGES, default="main", help="what to show (default: the day)")
    parser.add_argument(
        "--type", default="", metavar="TEXT", help="what to type into the palette, or the chapter of the guide"
    )
    parser.add_argument("--file", type=Path, metavar="FILE", help="the file for the import page")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.casefold().partition("x")
    if not (width.isdigit() and height.isdigit()) or not (800 <= int(width) <= 7680 and 500 <= int(height) <= 4320):
        raise argparse.ArgumentTypeError("a size is written 1920x1080, from 800x500 on")
    return int(width), int(height)
