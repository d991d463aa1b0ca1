"""What can be done when the store's file has come to harm: the newest good backup, or a new store.

The harmed file is set aside with its journals, whatever is chosen; it is never written to.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain import saying
from dispatch_console.domain.errors import UserError
from dispatch_console.services import backup_words
from dispatch_console.store import backups, location, salvage
from dispatch_console.store.backups import Backup
from dispatch_console.store.holding import Holding


class Rescue(NamedTuple):
    """`gone`: the file is not there at all. `good`, `spoilt`: see `Salvage`."""

    file: Path
    gone: bool
    good: tuple[Backup, Holding] | None
    spoilt: tuple[Backup, ...]


def look(where: str | Path | None, second: Path | None = None) -> Rescue:
    """What there is to go on with. Raises UserError for a store that is no file."""
    file = _file(where)
    if file is None:
        raise UserError("This store is no file. Ask whoever keeps its server for a backup.")
    found = salvage.search(file, *([second] if second is not None else []))
    return Rescue(file, not file.exists(), found.good, found.spoilt)


def is_gone(where: str | Path | None) -> bool:
    """Whether a store that has backups is not there: a new one in its place would look as if all were lost."""
    file = _file(where)
    return file is not None and not file.exists() and salvage.was_store(file)


def bring_back(rescue: Rescue) -> Path | None:
    """Put the good backup in its place; where the harmed file was set aside. Raises UserError."""
    if rescue.good is None:
        raise UserError(f"There is no good backup of {rescue.file}.")
    return backups.restore(rescue.good[0].file, rescue.file, dt.datetime.now(dt.UTC))


def begin_anew(rescue: Rescue) -> Path | None:
    """Set the harmed file aside, so that a new store is made. Raises UserError."""
    try:
        return backups.set_aside(rescue.file, dt.datetime.now(dt.UTC), "damaged")
    except OSError as error:
        raise UserError(f"{rescue.file} cannot be set aside: {error.strerror}. Close other programs.") from error


def what_happened(rescue: Rescue) -> str:
    """One sentence."""
    if rescue.gone:
        return f"The store {rescue.file} is not there any more."
    return f"The store {rescue.file} is damaged and cannot be opened. Nothing was changed in it."


def offer(rescue: Rescue, now: dt.datetime) -> str:
    """`today 10:30 (12 minutes old; 312 orders)`; empty: there is no good backup."""
    if rescue.good is None:
        return ""
    backup, held = rescue.good
    orders = f"{held.orders:,} order{'' if held.orders == 1 else 's'}"
    return f"{backup_words.when(backup.at, now)} ({saying.age(backup.at, now)}; {orders})"


def more(rescue: Rescue, now: dt.datetime) -> list[str]:
    """What else is to be known before choosing, a sentence each."""
    said: list[str] = []
    if rescue.good is None:
        said.append("There is no good backup of it.")
    elif (newest := rescue.good[1].last) is not None:
        told = backup_words.change(newest, now)
        said.append(f"The backup goes up to: {told}. What was done after that is not in it.")
    if rescue.spoilt:
        said.append(f"Damaged too, and passed over: {', '.join(b.file.name for b in rescue.spoilt)}.")
    if not rescue.gone:
        said.append("The damaged file is kept under another name, whatever you choose.")
    return said


def _file(where: str | Path | None) -> Path | None:
    return location.file_of(location.parse(str(where) if where is not None else location.default_url()))
