"""Upgrades the store at an address and stops in the middle of it, to be killed: every step is done, none is kept.

python -m tests.store.upgrading_child URL
"""

from __future__ import annotations

import sys
import time

from sqlalchemy import Connection

from dispatch_console.store import migrate
from dispatch_console.store.store import open_store
from tests.patience import PATIENCE_S

MIDDLE = "in the middle"


def _stop(connection: Connection, before: dict[str, int], sqlite: bool) -> None:
    sys.stdout.write(f"{MIDDLE}\n")
    sys.stdout.flush()
    time.sleep(PATIENCE_S)


if __name__ == "__main__":
    migrate._check = _stop  # pyright: ignore[reportPrivateUsage] - the last thing before the commit
    open_store(sys.argv[1]).close()
