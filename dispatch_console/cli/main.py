"""The command line: one parser that collects the commands, each in a module of its own beside this one."""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dispatch_console import resources
from dispatch_console.cli import signing_in
from dispatch_console.domain import file_kinds
from dispatch_console.domain.errors import UserError

#: Opens the window, or takes its picture (`command` is then `shot`); gives the exit code.
Window = Callable[[argparse.Namespace], int]

#: Papers → one PDF: handed on to commands that draw, as `arguments.render`.
Render = Callable[[Sequence[Any]], bytes]

#: command → module of this package that registers it. Modules are imported only when a command is asked for.
COMMANDS = {
    "import": "import_",
    "plan": "plan",
    "shot": "shot",
    "store": "store",
    "demo-day": "demo_day",
    "region": "region",
    "geocode": "geocode",
    "workstation": "workstation",
}


def run(argv: Sequence[str], window: Window, render: Render | None = None) -> int:
    """Do what `argv` says: 0 done; 1 the world's fault, one sentence on stderr; argparse exits with 2 by itself."""
    _speak_utf8()
    argv, day_file = _without_day_file(argv)
    wanted = next((word for word in argv if word in COMMANDS), None)
    lost = any(word in ("-h", "--help") for word in argv) or bool(argv and not argv[0].startswith("-"))
    arguments = parser([wanted] if wanted else COMMANDS if lost else []).parse_args(argv)
    arguments.render, arguments.day_file = render, day_file
    try:
        if arguments.command is not None:
            signing_in.answer(arguments)
        return window(arguments) if _wants_window(arguments) else int(arguments.run(arguments))
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 1


def _without_day_file(argv: Sequence[str]) -> tuple[Sequence[str], Path | None]:
    """A file of a day among the words, as a double click hands it over: it is what the window shows."""
    named = [word for word in argv if word.casefold().endswith(file_kinds.DAY)]
    if not named or any(word in COMMANDS for word in argv):
        return argv, None
    return [word for word in argv if word != named[0]], Path(named[0])


def _wants_window(arguments: argparse.Namespace) -> bool:
    return arguments.command in (None, "shot") or (arguments.command == "demo-day" and not arguments.headless)


def parser(commands: Sequence[str] | dict[str, str]) -> argparse.ArgumentParser:
    """The parser with those of `commands` that this version has."""
    top = argparse.ArgumentParser(
        prog=resources.command(),
        description="Dispatch console for a delivery depot. Without a command: the window.",
    )
    add_source(top)
    top.add_argument("--version", action=_Version, help="the version of the program and of SQLite, and end")
    top.set_defaults(command=None)
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND")
    for command in commands:
        name = f"{__package__}.{COMMANDS[command]}"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name).register(subparsers)
    return top


class _Version(argparse.Action):
    """Looked for when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, **settings: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **settings)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from dispatch_console.services import versions

        print(versions.told())
        parser.exit()


def add_source(to: argparse.ArgumentParser, *, below: bool = False) -> None:
    """Which store, which day: the same words for the window and its picture. `below`: for a command's parser."""
    unset = argparse.SUPPRESS if below else None  # a command must not unsay what stands before it
    where = "file or postgresql:// address (default: this user's store)"
    to.add_argument("--store", metavar="URL", default=unset, help=where)
    to.add_argument("--demo", action="store_true", default=unset, help="the sample depot")
    region = "the region pack to use from now on, see: region build"
    to.add_argument("--region", type=Path, metavar="DIR", default=unset, help=region)
    day = "the day to open, as 2026-11-23"
    to.add_argument("--day", type=dt.date.fromisoformat, metavar="D", default=unset, help=day)


def _speak_utf8() -> None:
    """A console or pipe of another encoding gets what it can show of a name, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
