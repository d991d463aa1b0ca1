"""On a shared store customers are erased by its admins alone."""

from __future__ import annotations

import datetime as dt

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.geocoding import addresses
from dispatch_console.services import access
from dispatch_console.services.access import Role
from dispatch_console.store.base import new_command
from dispatch_console.store.erasing import Erased
from dispatch_console.store.store import open_store
from tests.store import pg
from tests.store.filling import WHO, small_store
from tests.store.test_roles import as_login


def test_a_dispatcher_is_refused_and_an_admin_erases(pg_server: str) -> None:
    url = pg.create_database(pg_server, "erasing_rights")
    access.initialise(url)
    store = open_store(url)
    small_store(store)
    store.close()

    def erase(role: Role) -> Erased:
        access.grant(url, f"erasing_{role.value}", role, create=True)
        console = open_store(as_login(url, f"erasing_{role.value}"))
        try:
            gone = console.erase_before(dt.date(2100, 1, 1), addresses.key, WHO, new_command())
            console.scrub()  # the server leaves to its own cleaning what only the owner may do
            return gone
        finally:
            console.close()

    with pytest.raises(UserError, match="by an admin of the store"):
        erase(Role.DISPATCHER)
    assert erase(Role.ADMIN) == Erased(orders=6)
