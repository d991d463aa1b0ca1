"""Cells of several columns that make one value: names, windows, coordinates, house numbers, notes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dispatch_console.domain.orders import DAY_S, Window
from dispatch_console.domain.places import Place
from dispatch_console.intake.contexts import Contexts
from dispatch_console.intake.fields import Field
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.notations import choices, countries, houses, phones, text, windows
from dispatch_console.intake.problems import Fault, Notice, Problem, RowError, Suggestion
from dispatch_console.intake.row_reading import RowReading
from dispatch_console.intake.rule_joins import RuleJoins
from dispatch_console.intake.table import text_of
from dispatch_console.intake.words.units import GRAMS

#: Fields whose parsed cell is their value.
_AS_THEY_ARE = (
    Field.REFERENCE, Field.KIND, Field.NAME, Field.COMPANY, Field.PHONE, Field.EMAIL, Field.STREET,
    Field.HOUSE_NUMBER, Field.POSTCODE, Field.CITY, Field.TOWN, Field.COUNTRY, Field.DAY, Field.SERVICE,
    Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE, Field.VOLUME, Field.VOLUME_EACH, Field.VOLUME_LINE,
    Field.PIECES, Field.PRIORITY, Field.COD, Field.CURRENCY, Field.PAYMENT, Field.TOTAL, Field.ITEM_SKU,
    Field.ITEM_DESCRIPTION, Field.ITEM_QUANTITY, Field.LINE, Field.ZONE,
)  # fmt: skip


class Joins:
    """Makes the values of a row from its parsed cells: names, windows and numbers of several columns become one."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        columns = {f: mapping.columns(f) for f in Field}
        self._single = [(str(f), columns[f][0]) for f in _AS_THEY_ARE if columns[f]]
        self._columns = columns
        starts, ends = columns[Field.WINDOW_FROM], columns[Field.WINDOW_TO]
        self._pairs = [
            (starts[i] if i < len(starts) else None, ends[i] if i < len(ends) else None)
            for i in range(max(len(starts), len(ends)))
        ]
        self._rules = RuleJoins(columns)
        cod = mapping.use(Field.COD)
        self._currency = (cod.unit if cod else "") or mapping.choices.currency

    def join(self, reading: RowReading, parsed: dict[int, Any], context: Contexts) -> None:
        values = reading.values
        for name, column in self._single:
            if (value := parsed.get(column)) is not None:
                values[name] = value
        values["currency_otherwise"] = self._currency
        self._weight(reading, parsed)
        self._name(values, parsed)
        self._address(values, parsed, context)
        self._country_notice(reading)
        self._phone(reading, context)
        self._place(reading, parsed)
        self._windows(reading, parsed)
        self._texts(values, parsed)
        self._rules.join(reading, parsed)

    def _weight(self, reading: RowReading, parsed: dict[int, Any]) -> None:
        """The unit from a column of its own, for numbers that have none themselves."""
        unit = next((parsed[c] for c in self._columns[Field.WEIGHT_UNIT] if parsed.get(c)), "")
        factor = GRAMS.get(text.fold(unit).strip("."))
        if factor is None:
            return
        for name in (Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE):
            for column in self._columns[name]:
                bare = not any(c.isalpha() for c in text_of(reading.row.cell(column)))
                if parsed.get(column) is not None and bare:
                    counted = GRAMS.get(self._mapping.unit(column), GRAMS["kg"])
                    reading.values[name] = round(parsed[column] / counted * factor)

    def _name(self, values: dict[str, Any], parsed: dict[int, Any]) -> None:
        parts = [parsed.get(c) for f in (Field.FIRST_NAME, Field.LAST_NAME) for c in self._columns[f]]
        if name := " ".join(part for part in parts if part):
            values[Field.NAME] = name

    def _address(self, values: dict[str, Any], parsed: dict[int, Any], context: Contexts) -> None:
        code = countries.country(values.get(Field.COUNTRY, ""))
        values[Field.COUNTRY] = code or ("" if Field.COUNTRY in values else self._mapping.choices.country)
        if town := values.get(Field.TOWN):
            postcode, city = countries.split_town(town)
            values |= {
                Field.POSTCODE: values.get(Field.POSTCODE, postcode),
                Field.CITY: values.get(Field.CITY, city),
            }
        if postcode := values.get(Field.POSTCODE):
            short = not code and postcode.isdecimal() and len(postcode) < context.code_length
            padded = postcode.zfill(context.code_length) if short else postcode
            values[Field.POSTCODE] = countries.postcode(padded, code or context.country)
        if additions := self._columns[Field.HOUSE_ADDITION]:
            number = houses.house_number(values.get(Field.HOUSE_NUMBER, ""), parsed.get(additions[0]) or "")
            values[Field.HOUSE_NUMBER] = number

    def _country_notice(self, reading: RowReading) -> None:
        columns = self._columns[Field.COUNTRY]
        if columns and not reading.values[Field.COUNTRY] and (shown := text.clean(reading.row.cell(columns[0]))):
            reading.notices.append(Notice(reading.number, columns[0], shown, "is no country we know"))

    def _phone(self, reading: RowReading, context: Contexts) -> None:
        values = reading.values
        written = values.get(Field.PHONE)
        if not written:
            return
        code = (
            values[Field.COUNTRY] or countries.country_in_address(values.get(Field.STREET, "")) or context.country
        )
        values[Field.PHONE] = phones.phone(written, code)
        if phones.lost_digits(written):
            column = self._columns[Field.PHONE][0]
            reading.notices.append(Notice(reading.number, column, written, "the spreadsheet has dropped digits"))

    def _place(self, reading: RowReading, parsed: dict[int, Any]) -> None:
        found = self._coordinates(reading, parsed)
        if found is None:
            return
        columns, (lat, lon) = found
        if lat is None or lon is None or (lat, lon) == (0, 0):
            column = columns[-1] if lon is None and lat is not None else columns[0]
            message = (
                "0/0 lies in the sea off Africa" if lat == lon == 0 else "one of the two coordinates is missing"
            )
            shown = text.clean(reading.row.cell(column))
            reading.errors.append(RowError(reading.number, column, shown, Problem.BAD_COORDINATES, message))
        else:
            reading.values["place"] = Place(lat, lon)

    def _coordinates(
        self, reading: RowReading, parsed: dict[int, Any]
    ) -> tuple[list[int], tuple[float | None, float | None]] | None:
        """None if there are none, or if one of them was already found to be bad."""
        if whole := self._columns[Field.LAT_LON]:
            pair = parsed.get(whole[0])
            return (list(whole), pair) if pair else None
        columns = [*self._columns[Field.LAT], *self._columns[Field.LON]]
        if any(column in parsed and parsed[column] is None for column in columns):
            return None
        lat, lon = (parsed.get(column) for column in columns) if len(columns) == 2 else (None, None)
        return None if lat is None and lon is None else (columns, (lat, lon))

    def _windows(self, reading: RowReading, parsed: dict[int, Any]) -> None:
        found: list[Window] = []
        for column in self._columns[Field.WINDOW]:
            value = parsed.get(column)
            if value and self._mapping.unit(column) == "date":
                self._set_day(reading, value[0])
                value = value[1]
            found += value or ()
        for start_column, end_column in self._pairs:
            found += self._pair(reading, parsed, start_column, end_column)
        if found:
            reading.values["windows"] = tuple(sorted(found))

    def _pair(
        self, reading: RowReading, parsed: dict[int, Any], start_column: int | None, end_column: int | None
    ) -> list[Window]:
        ends: list[int | None] = []
        days: list[dt.date] = []
        for column in (start_column, end_column):
            value = parsed.get(column) if column is not None else None
            if column is not None and column in parsed and value is None:
                return []  # its fault is told already
            if isinstance(value, tuple):
                if value[0]:
                    days.append(value[0])
                value = value[1]
            ends.append(value)
        if days:
            self._set_day(reading, days[0])
        start, end = ends
        if len(days) == 2 and days[1] > days[0]:
            end = DAY_S
        window = windows.between(start, end)
        if isinstance(window, Fault):
            reading.errors.append(self._window_error(reading, window, start_column, end_column, ends))
            return []
        return [window] if window else []

    def _window_error(
        self,
        reading: RowReading,
        fault: Fault,
        start_column: int | None,
        end_column: int | None,
        ends: list[int | None],
    ) -> RowError:
        column = end_column if end_column is not None and ends[1] is not None else start_column
        cells = [text_of(reading.row.cell(c)) if c is not None else "" for c in (start_column, end_column)]
        suggestions = [Suggestion(s, ((column or 0, s),)) for s in fault.suggestions]
        if start_column is not None and end_column is not None and all(cells):
            edits = ((start_column, cells[1]), (end_column, cells[0]))
            suggestions.insert(0, Suggestion("swap the two times", edits))
        shown = text.clean(reading.row.cell(column or 0))
        return RowError(reading.number, column, shown, Problem.BAD_WINDOW, fault.message, tuple(suggestions))

    def _set_day(self, reading: RowReading, day: dt.date | None) -> None:
        if day and Field.DAY not in reading.values:
            reading.values[Field.DAY] = day

    def _texts(self, values: dict[str, Any], parsed: dict[int, Any]) -> None:
        street = values.get(Field.STREET, "")
        second = [line for c in self._columns[Field.ADDRESS_2] if (line := parsed.get(c)) and line not in street]
        notes = [note for c in self._columns[Field.NOTES] if (note := parsed.get(c))]
        if second or notes:
            values[Field.NOTES] = "\n".join(dict.fromkeys(second + notes))
        if skills := choices.skills(parsed[c] for c in self._columns[Field.SKILLS] if parsed.get(c)):
            values[Field.SKILLS] = skills
