"""Do the tables of `schema.py` and the migrations agree?

    python -m dispatch_console.store.check_migrations [URL …]

Without a URL a new SQLite store is made and thrown away. Each URL names an empty database that may be filled. Exits
1 and shows the differences if there are any.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dispatch_console.store import engine, location, migrate
from dispatch_console.store.schema import Base


def differences(where: str) -> list[str]:
    """What would have to change in the tables that the migrations made, one line each."""
    built = engine.make(location.parse(where))
    try:
        migrate.upgrade(built)
        with built.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return [str(difference) for difference in compare_metadata(context, Base.metadata)]
    finally:
        built.dispose()


def main(urls: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = [line for url in urls or [str(Path(folder, "new.db"))] for line in differences(url)]
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
