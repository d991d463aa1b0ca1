"""What was rolled out with the program for whoever sits at this computer: the shared store, and the language.

A file beside the program, as well protected as the program itself. What a user chooses later in the settings is his
own, lies in his own folder, and goes before it.
"""

from __future__ import annotations

import configparser
import logging
import re
import sys
from pathlib import Path
from typing import NamedTuple

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.store import location

FILE = "workstation.ini"
_SECTION = "workstation"
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")

log = logging.getLogger(__name__)


class Workstation(NamedTuple):
    """`store`: an address without a password; `language`: as Qt writes it, `de` or `pt_BR`. Empty: nothing said."""

    store: str = ""
    language: str = ""


def folder() -> Path | None:
    """Where the program is installed; None for a source tree, which nobody rolls out."""
    return Path(sys.executable).parent if resources.is_frozen() else None


def load(where: Path | None = None) -> Workstation:
    """What was rolled out; nothing if there is no file, or none that can be read."""
    place = where or folder()
    if place is None:
        return Workstation()
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(place / FILE, encoding="utf-8-sig")  # notepads put a mark before the text
    except (OSError, UnicodeError, configparser.Error) as error:
        log.warning("%s cannot be read: %s", FILE, error)
        return Workstation()
    said = parser[_SECTION] if parser.has_section(_SECTION) else {}
    return Workstation(said.get("store", ""), said.get("language", ""))


def roll_out(store: str | None, language: str | None, where: Path | None = None) -> Path:
    """Write what is given, leave what is not (None), empty: take it away. The file. Raises UserError."""
    place = where or folder()
    if place is None:
        raise UserError("Only an installed program can be rolled out; this one runs from its sources.")
    before = load(place)
    after = Workstation(
        before.store if store is None else _address(store),
        before.language if language is None else checked_language(language),
    )
    parser = configparser.ConfigParser(interpolation=None)
    parser[_SECTION] = {name: value for name, value in after._asdict().items() if value}
    try:
        with (place / FILE).open("w", encoding="utf-8") as file:
            parser.write(file)
    except OSError as error:
        raise UserError(
            f"{place / FILE} cannot be written: {error.strerror}. Do it as an administrator."
        ) from error
    return place / FILE


def _address(store: str) -> str:
    """As it may lie on a disk. A password is refused, not dropped: whoever wrote it would take it for kept."""
    if not store:
        return ""
    url = location.parse(store)
    if not location.is_server(url):
        raise UserError("Only a server can be rolled out, as postgresql://server/database.")
    if location.without_secrets(url) != url:
        raise UserError("Leave the password out of the address: each user is asked for his own.")
    return location.shown(url)


def checked_language(language: str) -> str:
    """As it is. Raises UserError for what names no language."""
    if language and not _LANGUAGE.fullmatch(language):
        raise UserError(f"“{language}” is no language. Write two letters, as de.")
    return language
