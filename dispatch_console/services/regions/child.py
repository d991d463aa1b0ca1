"""The process that builds a pack. Nothing of the building is loaded by whoever only starts it."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection

import psutil

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.region import BuildStep
from dispatch_console.roads.pack import folder
from dispatch_console.services.regions.order import Done, Failed, Order


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
