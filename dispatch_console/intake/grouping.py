"""Which rows are one order, and which come a second time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dispatch_console.intake.fields import ITEMS, Field
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Problem, RowError
from dispatch_console.intake.row_reading import RowReading

_ADDRESS = (Field.STREET, Field.HOUSE_NUMBER, Field.POSTCODE, Field.CITY, "place")


@dataclass(slots=True)
class Group:
    """The rows of one order; the order's own fields come from the first."""

    readings: list[RowReading]
    errors: list[RowError] = field(default_factory=list[RowError])

    @property
    def first(self) -> RowReading:
        return self.readings[0]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(reading.number for reading in self.readings)


class Double(NamedTuple):
    group: Group
    of_row: int
    kind: Literal["identical", "conflict"]


def group(readings: list[RowReading], mapping: Mapping) -> tuple[list[Group], list[Double]]:
    """Orders, bad ones included, in the order of the file; and what comes a second time."""
    sorter = _Grouped(mapping) if mapping.choices.grouped else _Single(mapping)
    for reading in readings:
        sorter.take(reading)
    return sorter.groups, sorter.doubles


class _Single:
    """One row, one order."""

    def __init__(self, mapping: Mapping) -> None:
        self.groups: list[Group] = []
        self.doubles: list[Double] = []
        self._rows: dict[tuple[str, ...], int] = {}  # only rows without a reference
        self._references: dict[str, list[RowReading]] = {}
        self._unread = [i for i, use in enumerate(mapping.uses) if use is None]

    def take(self, reading: RowReading) -> None:
        group = Group([reading], reading.errors + reading.item_errors)
        if group.errors:
            self.groups.append(group)
            return
        reference = reading.text(Field.REFERENCE)
        if not reference:
            first = self._rows.setdefault(_cells(reading), reading.number)
            if first != reading.number:
                self.doubles.append(Double(group, first, "identical"))
                return
        elif known := self._references.get(reference):
            same = next((r for r in known if _same(r, reading, self._unread)), None)
            kind: Literal["identical", "conflict"] = "identical" if same else "conflict"
            self.doubles.append(Double(group, (same or known[0]).number, kind))
            return
        self._references.setdefault(reference, []).append(reading)
        self.groups.append(group)


class _Grouped:
    """Rows with the same reference and address are lines of one order; other order fields may be blank in them."""

    def __init__(self, mapping: Mapping) -> None:
        self._unread = [i for i, use in enumerate(mapping.uses) if use is None]
        self._all: list[Group] = []
        self._by_reference: dict[str, list[Group]] = {}
        self._last: Group | None = None
        self._repeats: list[Double] = []

    def take(self, reading: RowReading) -> None:
        reference = reading.text(Field.REFERENCE)
        known = self._by_reference.get(reference, []) if reference else self._above(reading)
        group = next((g for g in known if _same_address(g.first, reading)), None)
        if group is None:
            group = Group([reading])
            self._all.append(group)
            if reference:
                self._by_reference.setdefault(reference, []).append(group)
        elif same := next((r for r in group.readings if _same(r, reading, self._unread)), None):
            self._repeats.append(Double(Group([reading]), same.number, "identical"))
        else:
            group.readings.append(reading)
        self._last = group

    def _above(self, reading: RowReading) -> Iterable[Group]:
        """A row without a reference and without an address belongs to the order above it."""
        has_goods = any(field in reading.values for field in ITEMS)
        return [self._last] if self._last and has_goods and not _address(reading) else []

    @property
    def groups(self) -> list[Group]:
        return [group for group in self._checked() if not self._is_double(group)]

    @property
    def doubles(self) -> list[Double]:
        found = list(self._repeats)
        for group in self._checked():
            if self._is_double(group):
                found.append(Double(group, self._first_good(group).first.number, "conflict"))
        return sorted(found, key=lambda double: double.group.numbers)

    def _is_double(self, group: Group) -> bool:
        return not group.errors and self._first_good(group) is not group

    def _first_good(self, group: Group) -> Group:
        reference = group.first.text(Field.REFERENCE)
        return next((g for g in self._by_reference.get(reference, []) if not g.errors), group)

    def _checked(self) -> list[Group]:
        for group in self._all:
            if not group.errors:
                group.errors = self._errors(group)
        return self._all

    def _errors(self, group: Group) -> list[RowError]:
        """All faults of the first row; of the others those in their goods, and in what they say differently."""
        errors = group.first.errors + group.first.item_errors
        for reading in group.readings[1:]:
            errors = (
                errors + reading.item_errors + [e for e in reading.errors if self._is_own(e, reading, group.first)]
            )
        return errors

    @staticmethod
    def _is_own(error: RowError, reading: RowReading, first: RowReading) -> bool:
        if error.problem in (Problem.MISSING_ADDRESS, Problem.TOO_FEW_CELLS):
            return False
        return error.column is None or reading.row.cell(error.column) != first.row.cell(error.column)


def _same(one: RowReading, other: RowReading, unread: list[int]) -> bool:
    """All cells are the same; a date as text and as a date are the same, too."""
    if _cells(one) == _cells(other):
        return True
    return one.values == other.values and all(
        clean(one.row.cell(column)) == clean(other.row.cell(column)) for column in unread
    )


def _cells(reading: RowReading) -> tuple[str, ...]:
    cells = [clean(cell) for cell in reading.row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _address(reading: RowReading) -> tuple[object, ...]:
    found = tuple(reading.values.get(name) for name in _ADDRESS)
    return tuple(fold(v) if isinstance(v, str) else v for v in found) if any(found) else ()


def _same_address(first: RowReading, other: RowReading) -> bool:
    mine = _address(other)
    return not mine or mine == _address(first)
