"""`main.py store init|grant`: what whoever keeps the server does once, and for each login."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable

from dispatch_console.services import access
from dispatch_console.services.access import Role

#: Adds an action of `store`, as (name, what it does, function of the arguments).
Add = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]

_EPILOG = "With --print the statements are written to stdout, for review or for psql; no server is asked."


def register(add: Add) -> list[argparse.ArgumentParser]:
    """Add the actions; the store they are about is for the caller to ask."""
    init = add("init", "make the tables and, on a server, the groups of logins with their rights", _init)
    grant = add("grant", "put a login of the server into a group", _grant)
    grant.add_argument("login", help="the name by which somebody or a workstation comes to the server")
    roles = [role.value for role in Role]
    grant.add_argument("--role", required=True, choices=roles, help="look at everything; work; or also erase")
    grant.add_argument("--create", action="store_true", help="make the login; its password is asked for")
    for parser in (init, grant):
        parser.add_argument("--print", action="store_true", help="show what would be done and do nothing")
        parser.epilog = _EPILOG
    return [init, grant]


def _init(arguments: argparse.Namespace) -> int:
    if arguments.print:
        sys.stdout.write(access.initialise_script(arguments.store))
        return 0
    access.initialise(arguments.store)
    print("The store is ready.")
    return 0


def _grant(arguments: argparse.Namespace) -> int:
    login, role, create = arguments.login, Role(arguments.role), arguments.create
    if arguments.print:
        sys.stdout.write(access.grant_script(login, role, create=create))
        return 0
    password = _new_password(login) if create else ""
    access.grant(arguments.store, login, role, create=create, password=password)
    print(f"“{login}” is {role.value} of this store.")
    if create and not password:
        print("It has no password yet: set one in psql with \\password.", file=sys.stderr)
    return 0


def _new_password(login: str) -> str:
    """Typed twice, never shown. Empty: none is set; who is not at a terminal is not asked."""
    if not sys.stdin.isatty():
        return ""
    while True:
        first = getpass.getpass(f"Password for “{login}” (empty: set it later in psql): ")
        if first == getpass.getpass("The same again: "):
            return first
        print("These were not the same.", file=sys.stderr)
