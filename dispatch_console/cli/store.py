"""`main.py store check|backup|restore|copy|erase …`: care of the store from the command line."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dispatch_console.cli import store_access, store_diagnostics, store_erase
from dispatch_console.cli.commands import Commands
from dispatch_console.domain.errors import UserError
from dispatch_console.services import backup_words, backups, moving, restoring

#: Seconds between two lines of progress.
_TELL_S = 1.0


def register(commands: Commands) -> None:
    """Add `store` to the commands. Each sets `run`: a function of the parsed arguments that gives the exit code."""
    parser = commands.add_parser(
        "store", help="check, upgrade, back up, restore, copy, share or erase in the store"
    )
    parser.epilog = "docs/shared-store.md is the page for whoever keeps the server of a shared store."
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = _add(actions, "check", "look at every page and reference; changes nothing", _check)
    upgrade = _add(actions, "upgrade", "bring it to this version, after a backup", _upgrade)
    backup = _add(actions, "backup", "copy it now, checked", _backup)
    restore = _add(actions, "restore", "put a backup in its place; the store is set aside", _restore)
    copy = _add(actions, "copy", "take it over to another place, a file or a server; counted and compared", _copy)
    shared = store_access.register(partial(_add, actions))
    erase = store_erase.register(partial(_add, actions))
    bundle = store_diagnostics.register(partial(_add, actions))
    for action in (check, upgrade, backup, restore, *shared, erase, bundle):
        # SUPPRESS: a store named before the command is not unsaid
        where = "file or postgresql:// address (default: this user's store)"
        action.add_argument("--store", metavar="URL", default=argparse.SUPPRESS, help=where)
    backup.add_argument("--list", action="store_true", help="list the backups instead, newest first")
    backup.add_argument(
        "--out", type=Path, metavar="DIR", help="the folder to put it in (default: the store's own)"
    )
    restore.add_argument("backup", help="a backup's path, or its name as “backup --list” gives it")
    restore.add_argument("--preview", action="store_true", help="only say what it holds and what would be lost")
    restore.add_argument("--yes", action="store_true", help="do not ask, though something would be lost")
    for name, words in (("source", "the store as it is"), ("target", "a new file or an empty database")):
        copy.add_argument(name, metavar=name.upper(), help=f"{words}: file or postgresql:// address")


def _add(
    actions: Commands, name: str, help_text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=partial(_told, run))
    return parser


def _told(run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Exit code 0, or 1 after one plain sentence on stderr."""
    try:
        return run(arguments)
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 1


def _check(arguments: argparse.Namespace) -> int:
    health = backups.check(arguments.store)
    for name, rows in sorted(health.rows.items()):
        print(f"{name:16} {rows:>9}")
    for problem in health.problems:
        print(problem)
    if not health.problems:
        print(f"The store is sound (version {health.version}).")
    return 1 if health.problems else 0


def _upgrade(arguments: argparse.Namespace) -> int:
    print(f"The store is at version {backups.upgrade(arguments.store)}.")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    if not arguments.list:
        print(backups.make(arguments.store, arguments.out).file)
        return 0
    for backup in backups.list_all(arguments.store):
        print(f"{backup.file.name}  {backup.at.astimezone():%Y-%m-%d %H:%M}  {backup.reason}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    """What would be lost is asked about where somebody can answer; a script is not held up."""
    found = restoring.preview(arguments.store, arguments.backup)
    lines = backup_words.lines(found, dt.datetime.now(dt.UTC))
    if arguments.preview:
        print("\n".join(lines))
        return 0
    print("\n".join(lines), file=sys.stderr, flush=True)
    if not arguments.yes and found.lost is not None and found.lost.changes and sys.stdin.isatty():
        print("Bring it back? Type yes: ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
            print("Nothing was changed.", file=sys.stderr)
            return 1
    before = restoring.restore(arguments.store, arguments.backup).before
    print("The backup is in place." + (f" What was there is now {before}." if before else ""))
    return 0


def _copy(arguments: argparse.Namespace) -> int:
    arrived = moving.copy(arguments.source, arguments.target, _Told())
    for name, held in sorted(arrived.items()):
        print(f"{name:16} {held.rows:>9}  {held.digest[:16]}")
    print("All of it is in its new place, counted and compared. The store it came from is unchanged.")
    return 0


class _Told:
    """Lines of progress on stderr: one for each table, and one a second within a large one."""

    def __init__(self) -> None:
        self._at = 0.0

    def __call__(self, table: str, done: int, rows: int) -> None:
        now = time.monotonic()
        if rows and (done == rows or now - self._at >= _TELL_S):
            self._at = now
            print(f"{table}: {done:,} of {rows:,} rows", file=sys.stderr, flush=True)
