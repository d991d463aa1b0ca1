"""What one row was read as, before it is known which rows make one order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dispatch_console.intake.problems import Notice, RowError
from dispatch_console.intake.table import Row


@dataclass(slots=True)
class RowReading:
    """`values` by field, in base units, without empty cells. `errors` of order fields, `item_errors` of goods."""

    row: Row
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    errors: list[RowError] = field(default_factory=list[RowError])
    item_errors: list[RowError] = field(default_factory=list[RowError])
    made: Any = None  # the order this row alone makes, once it was made
    notices: list[Notice] = field(default_factory=list[Notice])

    @property
    def number(self) -> int:
        return self.row.number

    def text(self, name: str) -> str:
        return self.values.get(name, "")
