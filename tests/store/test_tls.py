"""verify-full, as the page for IT says to write it: the right server is let through, every other one is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dispatch_console.domain.errors import PasswordWanted, UserError
from dispatch_console.store import location, reaching
from dispatch_console.store.store import open_store
from tests.store.guarded import PASSWORD, QUOTED, Guarded, guarded


@pytest.fixture(scope="module")
def server() -> Iterator[Guarded]:
    with guarded() as made:
        yield made


def _refused(url: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        open_store(url)
    assert not isinstance(caught.value, PasswordWanted)
    assert PASSWORD not in caught.value.message
    assert caught.value.message.endswith(".")


def _full(server: Guarded, ca: str | None = None) -> str:
    return server.url(QUOTED, f"?sslmode=verify-full&sslrootcert={ca or server.ca.as_posix()}")


def test_the_right_server_is_encrypted_and_works(server: Guarded) -> None:
    url = _full(server)
    assert reaching.reach(location.parse(url)).encrypted
    store = open_store(url)
    assert store.list_days(store.depots()[0].id)[0].orders == 6
    store.save_settings({"theme": "dark"})
    store.close()


def test_a_server_with_another_name_is_refused(server: Guarded) -> None:
    url = _full(server).replace("localhost", "127.0.0.1")
    _refused(url, "The server's certificate is for another name than the one in the address")


def test_a_certificate_that_the_authority_has_not_signed_is_refused(server: Guarded) -> None:
    _refused(_full(server, server.other_ca.as_posix()), "not signed by the authority that the address names")


def test_a_certificate_that_is_out_of_date_is_refused(server: Guarded) -> None:
    server.use_certificate("expired")
    try:
        _refused(_full(server), "certificate is out of date")
    finally:
        server.use_certificate("good")
    open_store(_full(server)).close()


def test_an_authority_that_is_not_there_is_told(server: Guarded) -> None:
    _refused(_full(server, "/nowhere/ca.crt"), "The file with the authority's certificate is not there")


def test_a_server_without_encryption_is_refused(pg_server: str) -> None:
    _refused(f"{pg_server}/postgres?sslmode=verify-full", "is not there|does not encrypt the connection")


@pytest.mark.parametrize(
    ("more", "words"),
    [("?sslmode=very-full", "an sslmode that does not exist"), ("?sslmodus=full", "a word after “\\?”")],
)
def test_words_in_the_address_that_mean_nothing(server: Guarded, more: str, words: str) -> None:
    _refused(server.url(QUOTED, more), words)


def test_without_a_password_one_is_asked_for_and_a_wrong_one_is_told(server: Guarded) -> None:
    with pytest.raises(PasswordWanted, match=r"^The server asks for a password\.$"):
        open_store(server.url("j%C3%BCrg"))
    with pytest.raises(PasswordWanted, match="does not accept this login with this password") as caught:
        open_store(server.url("j%C3%BCrg:wrong-one"))
    assert "wrong-one" not in caught.value.message
