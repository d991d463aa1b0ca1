"""Names of drivers in the cells of orders, and whom of the fleet they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dispatch_console.domain.orders import DriverId
from dispatch_console.intake.notations.text import clean_block, fold, words
from dispatch_console.intake.table import Cell
from dispatch_console.intake.words.choices import NOTHING

_SPLIT = re.compile(r"[;/+|&\n]")

#: Name as `key` writes it → the drivers of that name.
type Drivers = Mapping[str, frozenset[DriverId]]

NOBODY: Drivers = {}


class Named(NamedTuple):
    """Whom a cell names: drivers we know, and names that we do not."""

    ids: frozenset[DriverId]
    unknown: tuple[str, ...]


def key(name: str) -> str:
    """The same for `Ada Quill`, `QUILL, Ada` and `ada  quill`."""
    return " ".join(sorted(words(name)))


def by_name(named: Iterable[tuple[DriverId, str]]) -> Drivers:
    """Two drivers of one name are both meant by it: better one shut out too many than the wrong one sent."""
    found: dict[str, frozenset[DriverId]] = {}
    for id, name in named:
        found[key(name)] = found.get(key(name), frozenset()) | {id}
    return found


def read(cell: Cell, drivers: Drivers) -> Named | None:
    """The names of a cell. A comma parts names only where the whole is none: `Quill, Ada` is one driver."""
    ids: set[DriverId] = set()
    unknown: list[str] = []
    for part in _SPLIT.split(clean_block(cell)):
        whole = drivers.get(key(part))
        for name in [part] if whole else part.split(","):
            found = whole or drivers.get(key(name), frozenset())
            ids |= found
            if not found and fold(name).strip(" .-") not in NOTHING:
                unknown.append(name.strip())
    return Named(frozenset(ids), tuple(dict.fromkeys(unknown))) if ids or unknown else None
