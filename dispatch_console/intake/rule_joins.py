"""Cells about what an order asks of the plan → its values. What names nobody we know goes into the note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dispatch_console.domain.orders import DAY_S, DriverId
from dispatch_console.intake.drivers import Named
from dispatch_console.intake.fields import LABELS, Field
from dispatch_console.intake.problems import Notice
from dispatch_console.intake.row_reading import RowReading
from dispatch_console.intake.table import text_of


class RuleJoins:
    def __init__(self, columns: Mapping[Field, tuple[int, ...]]) -> None:
        self._columns = columns

    def join(self, reading: RowReading, parsed: dict[int, Any]) -> None:
        """After all else of the row: it needs the day, and writes into the note."""
        self._release(reading, parsed)
        for field in (Field.LATE, Field.PARKING):
            self._amount(reading, parsed, field)
        if goods := frozenset[str]().union(*(parsed.get(c) or () for c in self._columns[Field.GOODS])):
            reading.values[Field.GOODS] = goods
        for field in (Field.NOT_DRIVERS, Field.KNOWN_BY):
            self._drivers(reading, parsed, field)

    def _release(self, reading: RowReading, parsed: dict[int, Any]) -> None:
        """With a date: what is ready before the day is there in the morning, what is ready after it is not."""
        found = self._first(parsed, Field.RELEASE)
        day, ready = found if isinstance(found, tuple) else (None, found)
        wanted = reading.values.get(Field.DAY)
        if day is not None and wanted is not None and day != wanted:
            ready = 0 if day < wanted else DAY_S
        if ready:
            reading.values[Field.RELEASE] = ready

    def _amount(self, reading: RowReading, parsed: dict[int, Any], field: Field) -> None:
        found = self._first(parsed, field)
        value = found[0] if isinstance(found, tuple) else found
        if value is not None and value < 0:
            column = self._columns[field][0]
            shown = text_of(reading.row.cell(column))
            reading.notices.append(Notice(reading.number, column, shown, "is below zero"))
        elif value:
            reading.values[field] = value

    def _drivers(self, reading: RowReading, parsed: dict[int, Any], field: Field) -> None:
        ids: frozenset[DriverId] = frozenset()
        for column in self._columns[field]:
            named = parsed.get(column)
            if not isinstance(named, Named):
                continue
            ids |= named.ids
            if named.unknown:
                names = ", ".join(named.unknown)
                message, instead = "is no driver of this depot", "it stands in the note"
                reading.notices.append(Notice(reading.number, column, names, message, instead))
                note = f"{LABELS[field]}: {names}"
                lines = (reading.text(Field.NOTES), note)
                reading.values[Field.NOTES] = "\n".join(line for line in lines if line)
        if ids:
            reading.values[field] = ids

    def _first(self, parsed: dict[int, Any], field: Field) -> Any:
        return next((parsed[c] for c in self._columns[field] if parsed.get(c) is not None), None)
