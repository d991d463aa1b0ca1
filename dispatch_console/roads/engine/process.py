"""Where the engine's process begins. Nothing of the engine is loaded by whoever only starts it."""

from __future__ import annotations

from multiprocessing.connection import Connection

from dispatch_console.roads.engine.wire import Opening


def main(pipe: Connection, opening: Opening) -> None:
    """Answer until the other end closes the pipe."""
    from dispatch_console.roads.engine import worker

    worker.run(pipe, opening)
