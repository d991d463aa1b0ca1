"""Passwords of shared stores, in the system's own keyring: never in a file or a log."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)

#: Under which the keyring lists them.
SERVICE = "Dispatch Console"


def find(key: str) -> str:
    """The password kept under `key`; empty: none is, or there is no keyring here."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, key) or ""
    except (KeyringError, RuntimeError) as error:  # some backends raise the latter when their service is away
        log.info("the keyring gave no password: %s", type(error).__name__)
        return ""


def keep(key: str, password: str) -> bool:
    """Whether the keyring took it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, key, password)
    except (KeyringError, RuntimeError) as error:
        log.info("the keyring took no password: %s", type(error).__name__)
        return False
    return True


def can_keep() -> bool:
    """Whether there is a keyring that a password could be kept in."""
    import keyring
    from keyring.backends.fail import Keyring as Nowhere

    return not isinstance(keyring.get_keyring(), Nowhere)
