"""Who may use a shared store: set up for whoever keeps the server."""

from __future__ import annotations

from enum import Enum

from dispatch_console.store import location, roles
from dispatch_console.store.rights import Group


class Role(Enum):
    """What a login may do: look at everything, work, or also erase what is known of customers."""

    VIEWER = "viewer"
    DISPATCHER = "dispatcher"
    ADMIN = "admin"

    @property
    def group(self) -> Group:
        return Group[self.name]


def initialise(where: str | None) -> None:
    """Make a store ready for consoles: its tables and, on a server, the groups. Can be run again."""
    roles.initialise(where or location.default_url())


def initialise_script(where: str | None) -> str:
    """The statements of `initialise` on an empty database; nothing is asked or done."""
    return roles.script(where or location.default_url())


def grant(where: str | None, login: str, role: Role, *, create: bool = False, password: str = "") -> None:
    """Give a login this role and no other. `create`: there is no such login yet."""
    roles.grant(where or location.default_url(), login, role.group, create=create, password=password)


def grant_script(login: str, role: Role, *, create: bool = False) -> str:
    """The statements of `grant`; nothing is asked or done, and no password is in them."""
    return "".join(f"{statement};\n" for statement in roles.grant_script(login, role.group, create=create))
