"""What the process that builds a pack is told, and what it says in the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dispatch_console.roads.pack.manifest import Manifest
from dispatch_console.roads.pack.profiles import RushHours


@dataclass(frozen=True, slots=True)
class Order:
    """What to build. `part`: the folder to build in, `out`: the one it is for. `without`: steps left out (roads,
    addresses, map). `country`: two letters, for an extract that does not tell. `gentle`: others go first."""

    pbf: Path
    out: Path
    part: Path
    name: str
    classes: tuple[str, ...] = ("van",)
    hours: RushHours | None = None
    without: frozenset[str] = frozenset()
    country: str = ""
    gentle: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A pack is whole. `notes`: what the extract does not hold, in sentences."""

    manifest: Manifest
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not. `ours`: a traceback, not the world's fault."""

    message: str
    ours: bool = False
