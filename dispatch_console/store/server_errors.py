"""What a PostgreSQL server and the way to it say, in plain words.

Before a connection stands there are no codes, only texts. Those of the library are English everywhere; a server
speaks its own language, so whether it was about the password is taken from the state of the connection.
"""

from __future__ import annotations

import re

#: Waiting for a lock was given up, or this transaction to end a deadlock: nothing was written.
_BUSY = "Another console is writing to the store for long. Wait a moment, then try again."

#: By SQLSTATE.
_CODES = {
    "40001": _BUSY,
    "40P01": _BUSY,
    "55P03": _BUSY,
    "42501": "Your login is not allowed to do this on the server. Ask whoever keeps the server for the right to.",
    "25006": "The server takes no changes now. Ask whoever keeps it, then try again.",
    "53100": "The server's disk is full. Ask whoever keeps the server, then try again.",
    "53300": "The server has too many connections. Close the program where it is not needed, then try again.",
}

#: By what stands in the text while connecting; the first that fits counts.
_TEXTS = (
    (
        "server certificate for",  # … does not match host name
        "The server's certificate is for another name than the one in the address. Write the address as the"
        " certificate has it, or ask whoever keeps the server.",
    ),
    (
        "certificate verify failed",  # the library does not say which of the two it is
        "The server's certificate is out of date, or not signed by the authority that the address names. Check"
        " sslrootcert and the date of this computer, and ask whoever keeps the server.",
    ),
    (
        "root certificate file",
        "The file with the authority's certificate is not there or cannot be read. Check sslrootcert.",
    ),
    (
        "does not support SSL",
        "The server does not encrypt the connection, but the address asks for it. Ask whoever keeps the server.",
    ),
    ("invalid connection option", "The address has a word after “?” that PostgreSQL does not know. Check it."),
    ("sslmode value", "The address has an sslmode that does not exist. Write verify-full."),
    ("does not have CONNECT privilege", "Your login may not use this database. Ask whoever keeps the server."),
    ("no pg_hba.conf entry", "The server lets nobody in from here with this login. Ask whoever keeps the server."),
    ("too many connections", _CODES["53300"]),
    ("too many clients", _CODES["53300"]),
    ("remaining connection slots", _CODES["53300"]),
)

#: These say that it never came to a password, though one was at hand.
_NO_ANSWER = ("timeout expired", "refused", "closed the connection", "could not receive", "could not send", "SSL")


def sentence_of(error: BaseException | None) -> str | None:
    """None: it is not known here."""
    if not _is_servers(error):
        return None
    text = str(error)
    code = getattr(error, "sqlstate", None)
    if code is not None:
        return _CODES.get(code)
    missing = re.search(r'database "(.*)" does not exist', text)
    if missing is not None:
        return (
            f"There is no database “{missing[1]}” on this server. Check the address, or have it made there first."
        )
    known = next((told for words, told in _TEXTS if words in text), None)
    return known or _about_password(error, text)


def wants_password(error: BaseException | None) -> bool:
    """Whether the server asks for a password, or for another one than it was given."""
    known = sentence_of(error)
    return known is not None and known == _about_password(error, str(error))


def _about_password(error: BaseException | None, text: str) -> str | None:
    connection = getattr(error, "pgconn", None)
    if connection is None or any(words in text for words in _NO_ANSWER):
        return None
    if connection.needs_password:
        return "The server asks for a password."
    if connection.used_password:
        return "The server does not accept this login with this password. Check both, and type the password again."
    return None


def _is_servers(error: BaseException | None) -> bool:
    """Asked by name: a store in a file does without the driver."""
    return type(error).__module__.partition(".")[0] == "psycopg"
