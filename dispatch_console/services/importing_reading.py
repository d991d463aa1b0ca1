"""Use cases of reading files: nothing is stored here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from dispatch_console.intake import report
from dispatch_console.intake.child import read_in_child
from dispatch_console.intake.fleet import to_fleet
from dispatch_console.intake.guess import guess
from dispatch_console.intake.orders import to_orders
from dispatch_console.intake.table import FIND, FormatChoice, Table


def dry_run(path: Path, today: dt.date, country: str = "", choice: FormatChoice = FIND) -> dict[str, Any]:
    """What an import of the file would do, as plain values for JSON. Raises UserError.

    `country` is what an empty country cell means (ISO two-letter, or "" for nothing).
    """
    return account(read_in_child(path, choice), today, country)


def account(table: Table, today: dt.date, country: str = "") -> dict[str, Any]:
    """As `dry_run`, of a table that is read."""
    mapping = guess(table, today, country)
    if mapping.target == "fleet":
        return report.fleet_as_json(table, mapping, to_fleet(table, mapping, today))
    return report.as_json(table, mapping, to_orders(table, mapping, today))
