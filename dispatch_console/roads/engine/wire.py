"""What the engine's process is asked and answers, over a pipe: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.places import Place
from dispatch_console.roads.places_check import Snap


@dataclass(frozen=True, slots=True)
class Check:
    """Answer: tuple[Snap, ...]."""

    klass: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Answer: Stored, or Times where the disk takes nothing."""

    klass: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Extend:
    """Answer: Grown, for `new` places beside those that are known."""

    klass: str
    known: tuple[Place, ...]
    new: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Legs:
    """Answer: tuple[(metres, seconds, polyline6) or None, ...]. `bucket` "": that of free roads."""

    klass: str
    pairs: tuple[tuple[Place, Place], ...]
    bucket: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """The question of that number is not waited for any more. No answer."""

    number: int


#: Whole numbers of a table: seconds, or metres.
Numbers = NDArray[np.int32]

Question = Check | Matrix | Extend | Legs


@dataclass(frozen=True, slots=True)
class Times:
    """`durations` (b, n, n), b times of the day; `distances` (n, n); `away` (n,): how far from the roads each place
    is, see `places_check.number`."""

    durations: Numbers
    distances: Numbers
    away: Numbers


@dataclass(frozen=True, slots=True)
class Stored:
    """A matrix, as a file of the cache."""

    path: Path


@dataclass(frozen=True, slots=True)
class Grown:
    """Rows (b, k, n + k) and columns (b, n, k) of durations, for k new places; those of distances with b = 1;
    `away` (k,) as of `Times`."""

    rows: Numbers
    columns: Numbers
    row_metres: Numbers
    column_metres: Numbers
    away: Numbers


Answer = tuple[Snap, ...] | Times | Stored | Grown | tuple[tuple[int, int, str] | None, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Instead of an answer. `ours`: a traceback of ours, not the world's fault."""

    message: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """What the process is started with: the pack and its id, where matrices are kept, and today's roads: their name
    and their sets by class, which lie elsewhere."""

    folder: Path
    cache: Path
    id: str
    key: str = ""
    today: tuple[tuple[str, Path], ...] = ()


def provider(id: str, klass: str, key: str = "") -> str:
    """The name of a pack's roads for a class; `key`: of today's changes."""
    return f"pack:{id}:{klass}:{key}" if key else f"pack:{id}:{klass}"


def class_of(provider: str) -> str:
    """The class in such a name."""
    return provider.split(":")[2]
