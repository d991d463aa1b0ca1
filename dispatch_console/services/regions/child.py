"""The process that builds a pack: what it is told and what it says. Nothing of the building is loaded by whoever
only starts it."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.region import BuildStep
from dispatch_console.roads.pack import folder
from dispatch_console.roads.pack.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Order:
    """What to build. `part`: the folder to build in, `out`: the one it is for. `without`: steps left out (roads,
    addresses, map). `country`: two letters, for an extract that does not tell. `gentle`: others go first."""

    pbf: Path
    out: Path
    part: Path
    name: str
    classes: tuple[str, ...] = ("van",)
    by_daytime: bool = False
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


def main(pipe: Connection, order: Order) -> None:
    """Send BuildSteps, at the end Done or Failed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who began it: that one stops this process
    if order.gentle:
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 5)
    pipe.send(run(order, pipe.send))


def run(order: Order, tell: Callable[[BuildStep], None]) -> Done | Failed:
    """Build what is ordered."""
    from dispatch_console.services.regions.building import Building

    try:
        return Building(order, tell).build()
    except UserError as error:
        return Failed(error.message)
    except OSError as error:
        return Failed(
            folder.sentence(error, order.out, folder.room(order.pbf.stat().st_size, len(order.classes), 1)).message
        )
    except MemoryError:
        return Failed("Building the region needs more memory than there is. Close other programs and build again.")
    except Exception:
        return Failed(traceback.format_exc(), ours=True)
