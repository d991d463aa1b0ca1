"""Passwords of servers, asked for at the terminal before a command begins."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from dispatch_console.domain.errors import UserError

if TYPE_CHECKING:
    from dispatch_console.services.connecting import Question, Typed

#: Where commands are told of a store.
_PLACES = ("store", "source", "target")


def answer(arguments: argparse.Namespace) -> None:
    """Complete the addresses of servers in `arguments`, as far as a server wants a password. Raises UserError."""
    named = {place: getattr(arguments, place, None) for place in _PLACES}
    servers = {place: where for place, where in named.items() if isinstance(where, str) and "://" in where}
    if not servers or getattr(arguments, "print", False):
        return
    from dispatch_console.services import connecting  # most commands are about files

    for place, where in servers.items():
        setattr(arguments, place, connecting.answered(where, ask))


def ask(question: Question) -> Typed | None:
    """Nothing typed gives up. Nothing is shown of what is typed, and nothing goes to stdout."""
    from dispatch_console.services.connecting import Typed

    if not sys.stdin.isatty():
        raise UserError(
            f"{question.why} There is no terminal to type it at: keep it in the system's keyring, or in a file that"
            " PGPASSFILE names."
        )
    print(question.why, file=sys.stderr)
    password = getpass.getpass(f"Password of {question.login} on {question.server}: ")
    if not password:
        return None
    return Typed(password, question.can_keep and _wants_kept())


def _wants_kept() -> bool:
    print("Keep it in the system's keyring? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
