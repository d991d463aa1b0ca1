"""Guesses a `Mapping` from headers and cells together."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.intake import grammar, unnamed
from dispatch_console.intake.fields import FLEET_ONLY, ITEMS, NUMERIC, SEVERAL, Field
from dispatch_console.intake.fits import fit
from dispatch_console.intake.mapping import Choices, Mapping, Target, Use
from dispatch_console.intake.notations import dates, numbers
from dispatch_console.intake.notations.countries import country
from dispatch_console.intake.notations.dates import DateOrder
from dispatch_console.intake.notations.money import money
from dispatch_console.intake.notations.text import clean
from dispatch_console.intake.problems import Fault
from dispatch_console.intake.profile import Profile
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


_TELL_FLEET = FLEET_ONLY - {Field.START_PLACE, Field.END_PLACE, Field.WEEKDAYS}
_TELL_ORDERS = (
    Field.STREET, Field.POSTCODE, Field.TOWN, Field.CITY, Field.REFERENCE, Field.LAT, Field.LAT_LON, Field.DAY,
    Field.ITEM_SKU, Field.NOTES, Field.COD, Field.EMAIL,
)  # fmt: skip


class Candidate(NamedTuple):
    score: float
    column: int
    field: str


class Columns(NamedTuple):
    """What guessing looks at: one header reading and one profile per column."""

    readings: list[grammar.HeaderReading]
    profiles: list[Profile]


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
        _settle_orders(found, columns)
        _sizes_of_lines(found, rows)
        unnamed.fill(found, columns.readings, profiles, has_header=bool(table.format.header_row))
    else:
        _settle_fleet(found)
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
    """A second column of the same field: notes and skills; windows if they are numbered."""
    if candidate.field not in SEVERAL:
        return False
    if candidate.field in (Field.NOTES, Field.SKILLS, Field.ADDRESS_2):
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
    if field in (Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO):
        return "date" if profile.dates > 0.5 and not profile.is_empty and not _has(found, Field.DAY) else ""
    if field is Field.SERVICE and not reading.unit:
        return "s" if _are_seconds(profile) else ""
    return reading.unit


def _are_seconds(profile: Profile) -> bool:
    """Nobody plans stops of two hours and more in steps of half a minute."""
    figures = [int(text) for text in profile.texts if text.isdecimal() and int(text)]
    return len(figures) > 2 and min(figures) >= 30 and max(figures) >= 120 and not any(f % 30 for f in figures)


def _settle_orders(found: dict[int, Candidate], columns: Columns) -> None:
    """What columns mean together."""
    _names(found, columns)
    _company_and_name(found, columns)
    _windows(found, columns)
    _places(found)
    _cash(found)
    _item_numbers(found, columns)
    for each, whole in ((Field.WEIGHT_EACH, Field.WEIGHT), (Field.VOLUME_EACH, Field.VOLUME)):
        if _has(found, whole):
            _drop(found, each)
    if _has(found, Field.WEIGHT) and _has(found, Field.WEIGHT_LINE):
        _drop(found, Field.WEIGHT_LINE)
    reference = _of(found, Field.REFERENCE)
    if reference and not any(_has(found, field) for field in ITEMS):
        cells = columns.profiles[reference.column]
        if cells.distinct < 0.6 * cells.filled and cells.filled > 15:
            _drop(found, Field.REFERENCE)  # the number of something else: a customer, a tour
    _house_elsewhere(found, columns)
    if not _has(found, Field.STREET):
        _drop(found, Field.HOUSE_NUMBER)
    if not _has(found, Field.HOUSE_NUMBER):
        _drop(found, Field.HOUSE_ADDITION)


def _house_elsewhere(found: dict[int, Candidate], columns: Columns) -> None:
    """A `No.` that does not stand beside the street, where the streets have no numbers of their own."""
    street = _of(found, Field.STREET)
    if not street or _has(found, Field.HOUSE_NUMBER) or columns.profiles[street.column].plain_words < 0.7:
        return
    for i, reading in enumerate(columns.readings):
        if i not in found and "?number" in reading.fields and fit(Field.HOUSE_NUMBER, columns.profiles[i]) > 0.7:
            found[i] = Candidate(66, i, Field.HOUSE_NUMBER)
            return


def _sizes_of_lines(found: dict[int, Candidate], rows: list[Row]) -> None:
    """A weight that differs between the lines of an order is that of the line, whatever its header says."""
    reference = _of(found, Field.REFERENCE)
    if not reference or not any(_has(found, field) for field in ITEMS):
        return
    for whole, line in ((Field.WEIGHT, Field.WEIGHT_LINE), (Field.VOLUME, Field.VOLUME_LINE)):
        size = _of(found, whole)
        if size and _differs_within(rows, reference.column, size.column):
            found[size.column] = size._replace(field=line)


def _differs_within(rows: list[Row], key: int, column: int) -> bool:
    """True if at least a third of the orders with several lines have different, filled cells in this column."""
    orders: dict[str, list[str]] = {}
    for row in rows:
        orders.setdefault(clean(row.cell(key)), []).append(clean(row.cell(column)))
    several = [cells for name, cells in orders.items() if name and len(cells) > 1]
    differing = sum(all(cells) and len(set(cells)) > 1 for cells in several)
    return bool(several) and differing >= len(several) / 3


def _item_numbers(found: dict[int, Candidate], columns: Columns) -> None:
    """A second `No.` in a file with goods is that of the goods."""
    if _has(found, Field.ITEM_SKU) or not any(
        _has(found, f) for f in (Field.ITEM_DESCRIPTION, Field.ITEM_QUANTITY)
    ):
        return
    for i, reading in enumerate(columns.readings):
        if i not in found and "?number" in reading.fields and fit(Field.ITEM_SKU, columns.profiles[i]) > 0.7:
            found[i] = Candidate(70, i, Field.ITEM_SKU)
            return


def _names(found: dict[int, Candidate], columns: Columns) -> None:
    """First and last name make the name; a name of the same standing makes them superfluous."""
    first, last, name = (_of(found, f) for f in (Field.FIRST_NAME, Field.LAST_NAME, Field.NAME))
    if name and last and not first:  # nombre + apellidos
        found[name.column] = name._replace(field=Field.FIRST_NAME)
    elif first and not last:
        if name and columns.profiles[name.column].persons > 0.5:
            _drop(found, Field.FIRST_NAME)
        elif name:  # Name + Vorname
            found[name.column] = name._replace(field=Field.LAST_NAME)
        else:
            found[first.column] = first._replace(field=Field.NAME)
    elif name and first:
        roles = columns.readings[first.column].role, columns.readings[name.column].role
        better = roles == ("ship", "") or name.score < first.score - 3
        _drop(found, Field.NAME) if better else _drop(found, Field.FIRST_NAME, Field.LAST_NAME)
    _name_of_item(found, columns)


def _name_of_item(found: dict[int, Candidate], columns: Columns) -> None:
    """A plain `name` beside the name of the recipient, in a file with goods, is that of the goods."""
    if _has(found, Field.ITEM_DESCRIPTION) or not any(
        _has(found, f) for f in (Field.ITEM_SKU, Field.ITEM_QUANTITY)
    ):
        return
    for i, reading in enumerate(columns.readings):
        if (
            i not in found
            and reading.role == ""
            and reading.classes == frozenset({"NAME"})
            and not columns.profiles[i].is_empty
        ):
            found[i] = Candidate(72, i, Field.ITEM_DESCRIPTION)
            return


def _company_and_name(found: dict[int, Candidate], columns: Columns) -> None:
    """NAME1 and NAME2 of older programs: the column with the firms, or the one often empty, is the company."""
    if not _has(found, Field.COMPANY) and (customer := _customer_beside_contact(found, columns)) is not None:
        found[customer] = Candidate(74, customer, Field.COMPANY)
        return
    numbered = [
        i
        for i, reading in enumerate(columns.readings)
        if reading.fields.get(Field.NAME, 0) > 80 and reading.ordinal in (1, 2) and reading.role != "bill"
        and fit(Field.NAME, columns.profiles[i]) > 0.5
    ]  # fmt: skip
    if len(numbered) != 2 or _has(found, Field.COMPANY):
        return
    one, two = sorted(numbered, key=lambda i: columns.readings[i].ordinal)
    firms = [columns.profiles[i].firms - columns.profiles[i].persons * 0.5 for i in (one, two)]
    company = one if columns.profiles[one].is_empty or firms[0] > firms[1] else two
    score = found[one].score if one in found else found[two].score if two in found else 80
    found[company] = Candidate(score - 6, company, Field.COMPANY)
    other = two if company == one else one
    found[other] = Candidate(score - 4, other, Field.NAME)


def _customer_beside_contact(found: dict[int, Candidate], columns: Columns) -> int | None:
    """Customer and contact person are two columns: the customer is the firm."""
    name = _of(found, Field.NAME)
    if name is None or "PERSON" not in columns.readings[name.column].classes:
        return None
    for i, reading in enumerate(columns.readings):
        is_customer = "CUST" in reading.classes and reading.role == "" and reading.fields.get(Field.NAME, 0) > 80
        profile = columns.profiles[i]
        if i not in found and is_customer and not profile.is_empty and fit(Field.COMPANY, profile) > 0.5:
            return i
    return None


def _windows(found: dict[int, Candidate], columns: Columns) -> None:
    """From and to against one column with both: what is filled counts."""
    ends = [c for c in found.values() if c.field in (Field.WINDOW_FROM, Field.WINDOW_TO)]
    whole = _of(found, Field.WINDOW)
    if whole and ends:
        filled = any(not columns.profiles[c.column].is_empty for c in ends)
        _drop(found, *((Field.WINDOW,) if filled and len(ends) > 1 else (Field.WINDOW_FROM, Field.WINDOW_TO)))


def _places(found: dict[int, Candidate]) -> None:
    if _has(found, Field.LAT) and _has(found, Field.LON):
        _drop(found, Field.LAT_LON)
    elif not _has(found, Field.LAT_LON):
        _drop(found, Field.LAT, Field.LON)
    if _has(found, Field.POSTCODE) and _has(found, Field.CITY):
        _drop(found, Field.TOWN)


def _cash(found: dict[int, Candidate]) -> None:
    """An amount to collect, or else the order total where the payment is cash on delivery."""
    if _has(found, Field.COD) or not (_has(found, Field.PAYMENT) and _has(found, Field.TOTAL)):
        _drop(found, Field.PAYMENT, Field.TOTAL)


def _settle_fleet(found: dict[int, Candidate]) -> None:
    if _has(found, Field.SHIFT_START) and _has(found, Field.SHIFT_END):
        _drop(found, Field.SHIFT)
    else:
        _drop(found, Field.SHIFT_START, Field.SHIFT_END)
    if _has(found, Field.BREAK_WINDOW):
        _drop(found, Field.BREAK_START, Field.BREAK_END)
    if _has(found, Field.DRIVER):
        _drop(found, Field.FIRST_NAME, Field.LAST_NAME)


def _of(found: dict[int, Candidate], field: Field) -> Candidate | None:
    return next((candidate for candidate in found.values() if candidate.field == field), None)


def _has(found: dict[int, Candidate], field: Field) -> bool:
    return _of(found, field) is not None


def _drop(found: dict[int, Candidate], *fields: Field) -> None:
    for column in [column for column, candidate in found.items() if candidate.field in fields]:
        del found[column]


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
