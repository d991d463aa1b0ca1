"""A store taken over whole into another: from a file to a server, back, or from file to file."""

from __future__ import annotations

from dispatch_console.store import copying, opening
from dispatch_console.store.checksums import Sum
from dispatch_console.store.copying import Progress

__all__ = ["Progress", "Sum", "copy"]


def copy(where: str, to: str, progress: Progress = copying.untold) -> dict[str, Sum]:
    """Take the store at one address over to another, which must be new. What each table holds, read again there.

    Raises UserError, and then nothing was taken over. The first store stays as it is.
    """
    with opening.existing(where) as source, opening.anew(to) as target:
        return copying.into_new(source, target, progress)
