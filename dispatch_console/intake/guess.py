"""Guesses a `Mapping` from headers and cells together."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from dispatch_console.intake import grammar, settle, unnamed
from dispatch_console.intake.fields import FLEET_ONLY, ITEMS, NUMERIC, SEVERAL, Field
from dispatch_console.intake.fits import fit
from dispatch_console.intake.mapping import Choices, Mapping, Target, Use
from dispatch_console.intake.notations import dates, numbers
from dispatch_console.intake.notations.countries import country
from dispatch_console.intake.notations.dates import DateOrder
from dispatch_console.intake.notations.money import money
from dispatch_console.intake.problems import Fault
from dispatch_console.intake.profile import Profile
from dispatch_console.intake.settle import Candidate, Columns
from dispatch_console.intake.table import Row, Table, is_blank, text_of

_DOTTED_DATE = re.compile(r"^\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b")
_SAMPLE_ROWS = 3000
_ENOUGH = 40  # below this score a header says nothing

_ADDRESSEE = frozenset(
    {
        Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY, Field.STREET, Field.ADDRESS_2, Field.CITY,
        Field.HOUSE_NUMBER, Field.HOUSE_ADDITION, Field.POSTCODE, Field.TOWN, Field.COUNTRY, Field.LAT, Field.LON,
        Field.LAT_LON,
    }
)  # fmt: skip


#: Fields that several columns have only if they are numbered: from 1, to 1, from 2, to 2.
_NUMBERED = frozenset({Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO})

_TELL_FLEET = FLEET_ONLY - {
    Field.START_PLACE, Field.END_PLACE, Field.WEEKDAYS, Field.HOME_ZONES, Field.TOURS, Field.RELOAD,
}  # fmt: skip
_TELL_ORDERS = (
    Field.STREET, Field.POSTCODE, Field.TOWN, Field.CITY, Field.REFERENCE, Field.LAT, Field.LAT_LON, Field.DAY,
    Field.ITEM_SKU, Field.NOTES, Field.COD, Field.EMAIL,
)  # fmt: skip


def guess(table: Table, today: dt.date, home_country: str = "", target: Target | None = None) -> Mapping:
    """`target` None: find out whether these are orders or drivers and vehicles."""
    rows = sample(table)
    profiles = [Profile([row.cell(i) for row in rows]) for i in range(table.width)]
    if target is None:
        target = _target(table)
    readings = [_reading(table, i, fleet=target == "fleet") for i in range(table.width)]
    columns = Columns(readings, profiles)
    found = _assign(columns, target)
    if target == "orders":
        settle.orders(found, columns, rows)
        unnamed.fill(found, columns.readings, profiles, has_header=bool(table.format.header_row))
    else:
        settle.fleet(found)
    uses = tuple(
        Use(Field(found[i].field), min(99, round(found[i].score)), _unit(Field(found[i].field), i, columns, found))
        if i in found
        else None
        for i in range(table.width)
    )
    mapping = Mapping(table.headers, uses, target=target)
    return mapping.with_choices(**_choices(mapping, columns, table, today, home_country)._asdict())


def sample(table: Table) -> list[Row]:
    """Rows below the header that are neither blank, hidden, nor the few cells of a total."""
    least = max(2, (sum(map(bool, table.headers)) or table.width) // 8)
    rows = [row for row in table.data if not row.hidden and not is_blank(row)]
    full = [row for row in rows if sum(cell != "" for cell in row.cells) >= least]
    rows = full if len(full) >= len(rows) // 2 else rows
    return rows[:: max(1, len(rows) // _SAMPLE_ROWS)]


def _target(table: Table) -> Target:
    """Fleets have plates, shifts, capacities and costs; orders have addresses and days."""
    orders, fleet = (
        Counter({f: s for h in table.headers for f, s in grammar.read(h, fleet=is_fleet).fields.items() if s >= 75})
        for is_fleet in (False, True)
    )
    of_fleet, of_orders = sum(f in fleet for f in _TELL_FLEET), sum(f in orders for f in _TELL_ORDERS)
    return "fleet" if of_fleet > 1 + of_orders else "orders"


def _reading(table: Table, column: int, *, fleet: bool) -> grammar.HeaderReading:
    """The header; the line above it says whose it is, if it does not say so itself."""
    reading = grammar.read(table.headers[column], fleet=fleet)
    above = table.above[column] if column < len(table.above) else ""
    return reading if reading.role or not above else reading._replace(role=grammar.read(above).role)


def _assign(columns: Columns, target: Target) -> dict[int, Candidate]:
    """Best score first; a column has one field, and a field one column unless it may have several."""
    candidates = sorted(_candidates(columns, target), key=lambda c: (-c.score, c.column))
    found: dict[int, Candidate] = {}
    taken: dict[str, list[int]] = {}
    for candidate in candidates:
        if candidate.column in found or candidate.score < _ENOUGH:
            continue
        others = taken.get(candidate.field, [])
        if candidate.field != "-" and others and not _may_join(candidate, others, columns, found):
            continue
        found[candidate.column] = candidate
        taken.setdefault(candidate.field, []).append(candidate.column)
    return {column: candidate for column, candidate in found.items() if candidate.field != "-"}


def _may_join(candidate: Candidate, others: list[int], columns: Columns, found: dict[int, Candidate]) -> bool:
    """A second column of the same field: notes, skills and the like; windows if they are numbered."""
    if candidate.field not in SEVERAL:
        return False
    if candidate.field not in _NUMBERED:
        filled = not columns.profiles[candidate.column].is_empty
        return filled and candidate.score >= 85 and candidate.score >= found[others[0]].score - 12
    ordinal = columns.readings[candidate.column].ordinal
    return ordinal > 0 and ordinal not in [columns.readings[other].ordinal for other in others]


def _candidates(columns: Columns, target: Target) -> list[Candidate]:
    has_ship = _own_address(columns)
    found: list[Candidate] = []
    for i, reading in enumerate(columns.readings):
        for name, score in reading.fields.items():
            for field, base in _meant(name, score, i, columns):
                base -= _role_loss(field, reading.role, has_ship=has_ship)
                value = base * _believed(fit(field, columns.profiles[i]), base, columns.profiles[i])
                empty = columns.profiles[i].is_empty
                found.append(Candidate(value - (2 if value > 78 else 40) * empty, i, field))
    if target == "orders":
        found += [
            Candidate(64 * fit("?coded_name", columns.profiles[i]), i, Field.REFERENCE)
            for i, reading in enumerate(columns.readings)
            if reading.fields.get(Field.NAME, 0) > 80
        ]
    return found


def _believed(suits: float, base: float, cells: Profile) -> float:
    """A handful of odd cells does not outweigh a clear header."""
    doubt = 1.5 if base > 84 else 0.0
    return (suits * cells.distinct + doubt) / (cells.distinct + doubt) if cells.distinct else suits


def _meant(name: str, score: int, column: int, columns: Columns) -> list[tuple[str, float]]:
    """What an ambiguous header means among these neighbours."""
    match name:
        case "?number":
            street_before = column > 0 and columns.readings[column - 1].fields.get(Field.STREET, 0) > 80
            return [(Field.HOUSE_NUMBER, score + 30)] if street_before else [(Field.REFERENCE, score + 12)]
        case "?quantity":
            return [(Field.ITEM_QUANTITY if _has_items(columns) else Field.PIECES, score)]
        case "?description":
            if _has_items(columns):
                return [(Field.ITEM_DESCRIPTION, score + 8)]
            named = any(r.fields.get(Field.NAME, 0) > 84 for i, r in enumerate(columns.readings) if i != column)
            return [(Field.NOTES, score - 4)] if named else [(Field.NAME, score), (Field.NOTES, score - 20)]
        case _:
            return [(name, score)]


def _has_items(columns: Columns) -> bool:
    """Whether some other column names goods line by line."""
    return any(
        reading.fields.get(field, 0) >= 76 and max(reading.fields.values()) == reading.fields[field]
        for reading in columns.readings
        for field in ITEMS
        if field in reading.fields
    )


def _own_address(columns: Columns) -> bool:
    """Whether an address is given that is not the one of the invoice."""
    return any(
        reading.fields.get(Field.STREET, 0) > 80 and reading.role not in ("bill", "sender")
        for reading in columns.readings
    )


def _role_loss(field: str, role: str, *, has_ship: bool) -> int:
    if role == "ship":
        return -2
    if role == "bill":
        return (
            (60 if has_ship else 18) if field in _ADDRESSEE else 14 if field in (Field.PHONE, Field.EMAIL) else 30
        )
    return 70 if role == "sender" else 0


def _unit(field: Field, column: int, columns: Columns, found: dict[int, Candidate]) -> str:
    """What a plain cell of this column counts in; see `mapping.Use`."""
    reading, profile = columns.readings[column], columns.profiles[column]
    if field is Field.COD:
        coins = Counter(
            m[1] for t in profile.texts if isinstance(m := money(t), tuple) and not isinstance(m, Fault)
        )
        del coins[""]
        return reading.currency or next((code for code, _ in coins.most_common(1)), "")
    if field is Field.KIND:
        return "collection" if "PICKUP" in reading.classes else "delivery" if reading.role == "ship" else ""
    if field is Field.RELEASE:
        return "date" if profile.dated > 0.5 else ""
    if field in (Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO):
        return "date" if profile.dated > 0.5 and not profile.is_empty and not settle.has(found, Field.DAY) else ""
    if field is Field.SERVICE and not reading.unit:
        return "s" if _are_seconds(profile) else ""
    return reading.unit


def _are_seconds(profile: Profile) -> bool:
    """Nobody plans stops of two hours and more in steps of half a minute."""
    figures = [int(text) for text in profile.texts if text.isdecimal() and int(text)]
    return len(figures) > 2 and min(figures) >= 30 and max(figures) >= 120 and not any(f % 30 for f in figures)


def _choices(mapping: Mapping, columns: Columns, table: Table, today: dt.date, home_country: str) -> Choices:
    shown = Counter(
        numbers.decimal_mark(columns.profiles[c].texts, "?") for f in NUMERIC for c in mapping.columns(f)
    )
    return Choices(
        date_order=_date_order(mapping, columns, today),
        decimal=_decimal(shown, columns, table),
        grouped=mapping.has(*ITEMS) and mapping.has(Field.REFERENCE),
        country=home_country,
    )


def _decimal(shown: Counter[str], columns: Columns, table: Table) -> str:
    """What the amounts show; else what other figures show; else what goes with the separator and the dates."""
    if shown[","] != shown["."]:
        return "," if shown[","] > shown["."] else "."
    dotted = sum(p.share("dotted date", _DOTTED_DATE.match) > 0.5 for p in columns.profiles if not p.is_empty)
    usual = "," if table.format.delimiter == ";" or dotted else "."
    return numbers.decimal_mark((t for p in columns.profiles if p.numbers > 0.6 for t in p.texts), usual)


def _date_order(mapping: Mapping, columns: Columns, today: dt.date) -> DateOrder:
    """The columns that are read settle it; else other columns with dates; else where the file comes from."""
    used = [c for f in (Field.DAY, Field.WINDOW_FROM, Field.WINDOW_TO) for c in mapping.columns(f)]
    texts = [text_of(cell) for c in used for cell in columns.profiles[c].cells if isinstance(cell, str)]
    others = [t for i, p in enumerate(columns.profiles) if i not in used and p.dates > 0.6 for t in p.texts]
    by_others = {dates.settle_order(others, today, default) for default in (DateOrder.DMY, DateOrder.MDY)}
    if others and len(by_others) == 1:
        return dates.settle_order(texts, today, by_others.pop(), sure=True)
    return dates.settle_order(texts, today, _usual_order(mapping, columns, texts))


def _usual_order(mapping: Mapping, columns: Columns, texts: Sequence[str]) -> DateOrder:
    column = mapping.column(Field.COUNTRY)
    countries = [country(text) for text in columns.profiles[column].texts] if column is not None else []
    american = any(c in ("US", "CA", "PH") for c in countries) or (
        not any(countries) and any(t.rstrip().lower().endswith(("am", "pm")) for t in texts)
    )
    return DateOrder.MDY if american else DateOrder.DMY
