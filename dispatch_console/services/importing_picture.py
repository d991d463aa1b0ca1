"""What there is to see of an import in hand, as plain values: made off the window's thread, painted on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Mark(Enum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    LEFT_OUT = "left out"
    GONE = "gone"  # no row: an order of the last import that this file does not have


#: The counts of the side panel, in its order. Together they are the orders that the file holds.
BUCKETS = (Mark.NEW, Mark.CHANGED, Mark.SAME, Mark.DUPLICATE, Mark.REJECTED)


class Line(NamedTuple):
    """One row of the file: its number as an editor or a sheet counts, its texts by column, what becomes of it.

    `note` says why, in a few words, where that is not plain to see.
    """

    number: int
    cells: tuple[str, ...]
    mark: Mark
    note: str = ""


class Column(NamedTuple):
    """One column: where it stands in the file (from 0), its header there, and which field it was taken for.

    `field` "" says that it is not used. `confidence` is a percentage. `short` is what the button says, `long` the
    word in a sentence. Numbers stand at the right.
    """

    at: int
    header: str
    field: str = ""
    short: str = ""
    long: str = ""
    confidence: int = 0
    number: bool = False
    new: bool = False


#: Below this, a guess needs a person.
SURE = 80


class Way(NamedTuple):
    """A way to repair a row: what the button says, and the cells (column in the file, new text) it writes."""

    label: str
    edits: tuple[tuple[int, str], ...]


class Problem(NamedTuple):
    """Why a row was rejected. `column` (in the file): None where no single cell is at fault. `rows` go with it.

    `taken`: the order is taken all the same, without what this cell says.
    """

    row: int
    column: int | None
    field: str
    text: str
    message: str
    ways: tuple[Way, ...] = ()
    rows: tuple[int, ...] = ()
    taken: bool = False


class Choice(NamedTuple):
    """One thing that a fact can be: `key` for the reader, `text` for the eye."""

    key: str
    text: str


class Fact(NamedTuple):
    """Something that was found out about the file, and what else it could be."""

    key: str
    name: str
    text: str
    choices: tuple[Choice, ...] = ()
    current: str = ""


class Entry(NamedTuple):
    """A line of the list at the side: a row, what it is about (with a value in red), and more below it."""

    row: int
    about: str
    value: str
    more: str
    problem: Problem | None = None


@dataclass(frozen=True)
class Picture:
    """Everything on the page for one reading of one file.

    `doubts` are cells that could not be read, of orders that are taken. `fields` is what a column can be taken for;
    `joined` are the columns of street and house number, which a narrow table shows as one.
    """

    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    fields: tuple[Choice, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    counts: Mapping[Mark, int] = field(default_factory=dict[Mark, int])
    notes: Mapping[Mark, str] = field(default_factory=dict[Mark, str])
    entries: Mapping[Mark, tuple[Entry, ...]] = field(default_factory=dict[Mark, "tuple[Entry, ...]"])
    sentence: str = ""
    banner: str = ""
    joined: tuple[int, int] | None = None

    @property
    def orders(self) -> int:
        """How many orders the import would bring or keep."""
        return sum(self.counts.get(bucket, 0) for bucket in (Mark.NEW, Mark.CHANGED, Mark.SAME))

    @property
    def read(self) -> int:
        """How many orders the file holds, the bad ones and the doubled ones included."""
        return sum(self.counts.values())
