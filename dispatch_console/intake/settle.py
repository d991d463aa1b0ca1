"""What guessed columns mean together: names of two columns, windows of four, a total that is cash to collect."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.intake import grammar
from dispatch_console.intake.fields import ITEMS, Field
from dispatch_console.intake.fits import fit
from dispatch_console.intake.notations.text import clean
from dispatch_console.intake.profile import Profile
from dispatch_console.intake.table import Row

WEIGHTS = (Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE)


class Candidate(NamedTuple):
    score: float
    column: int
    field: str


class Columns(NamedTuple):
    """What guessing looks at: one header reading and one profile per column."""

    readings: list[grammar.HeaderReading]
    profiles: list[Profile]


def orders(found: dict[int, Candidate], columns: Columns, rows: list[Row]) -> None:
    """What columns mean together."""
    _names(found, columns)
    _company_and_name(found, columns)
    _release(found, columns)
    _windows(found, columns)
    _places(found)
    _cash(found)
    _item_numbers(found, columns)
    _weight_unit(found, columns)
    _sizes_of_lines(found, rows)
    for each, whole in ((Field.WEIGHT_EACH, Field.WEIGHT), (Field.VOLUME_EACH, Field.VOLUME)):
        if has(found, whole):
            _drop(found, each)
    if has(found, Field.WEIGHT) and has(found, Field.WEIGHT_LINE):
        _drop(found, Field.WEIGHT_LINE)
    reference = _of(found, Field.REFERENCE)
    if reference and not any(has(found, field) for field in ITEMS):
        cells = columns.profiles[reference.column]
        if cells.distinct < 0.6 * cells.filled and cells.filled > 15:
            _drop(found, Field.REFERENCE)  # the number of something else: a customer, a tour
    _house_elsewhere(found, columns)
    if not has(found, Field.STREET):
        _drop(found, Field.HOUSE_NUMBER)
    if not has(found, Field.HOUSE_NUMBER):
        _drop(found, Field.HOUSE_ADDITION)


def _house_elsewhere(found: dict[int, Candidate], columns: Columns) -> None:
    """A `No.` that does not stand beside the street, where the streets have no numbers of their own."""
    street = _of(found, Field.STREET)
    if not street or has(found, Field.HOUSE_NUMBER) or columns.profiles[street.column].plain_words < 0.7:
        return
    for i, reading in enumerate(columns.readings):
        if i not in found and "?number" in reading.fields and fit(Field.HOUSE_NUMBER, columns.profiles[i]) > 0.7:
            found[i] = Candidate(66, i, Field.HOUSE_NUMBER)
            return


def _release(found: dict[int, Candidate], columns: Columns) -> None:
    """`Available from` beside an end without a start is when the customer is there, not when the goods are."""
    release = _of(found, Field.RELEASE)
    only_end = has(found, Field.WINDOW_TO) and not has(found, Field.WINDOW_FROM)
    if release and only_end and "AVAILABLE" in columns.readings[release.column].classes:
        found[release.column] = release._replace(field=Field.WINDOW_FROM)


def _weight_unit(found: dict[int, Candidate], columns: Columns) -> None:
    """`Weight` names no unit, and right behind it stands a column of nothing but kg, g and t, whatever its name."""
    if has(found, Field.WEIGHT_UNIT):
        return
    for weight in [c for c in found.values() if c.field in WEIGHTS]:
        beside = weight.column + 1
        if columns.readings[weight.column].unit or beside in found or beside >= len(columns.profiles):
            continue
        if not columns.profiles[beside].is_empty and fit(Field.WEIGHT_UNIT, columns.profiles[beside]) >= 1:
            found[beside] = Candidate(70, beside, Field.WEIGHT_UNIT)
            return


def _sizes_of_lines(found: dict[int, Candidate], rows: list[Row]) -> None:
    """A weight that differs between the lines of an order is that of the line, whatever its header says."""
    reference = _of(found, Field.REFERENCE)
    if not reference or not any(has(found, field) for field in ITEMS):
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
    if has(found, Field.ITEM_SKU) or not any(has(found, f) for f in (Field.ITEM_DESCRIPTION, Field.ITEM_QUANTITY)):
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
    if has(found, Field.ITEM_DESCRIPTION) or not any(has(found, f) for f in (Field.ITEM_SKU, Field.ITEM_QUANTITY)):
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
    if not has(found, Field.COMPANY) and (customer := _customer_beside_contact(found, columns)) is not None:
        found[customer] = Candidate(74, customer, Field.COMPANY)
        return
    numbered = [
        i
        for i, reading in enumerate(columns.readings)
        if reading.fields.get(Field.NAME, 0) > 80 and reading.ordinal in (1, 2) and reading.role != "bill"
        and fit(Field.NAME, columns.profiles[i]) > 0.5
    ]  # fmt: skip
    if len(numbered) != 2 or has(found, Field.COMPANY):
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
    if name is None:
        return None
    if "PERSON" not in columns.readings[name.column].classes:
        contact = _contact(found, columns)
        if contact is None or columns.profiles[name.column].firms < 0.3:
            return None
        found[contact] = Candidate(78, contact, Field.NAME)
        return name.column
    for i, reading in enumerate(columns.readings):
        is_customer = "CUST" in reading.classes and reading.role == "" and reading.fields.get(Field.NAME, 0) > 80
        profile = columns.profiles[i]
        if i not in found and is_customer and not profile.is_empty and fit(Field.COMPANY, profile) > 0.5:
            return i
    return None


def _contact(found: dict[int, Candidate], columns: Columns) -> int | None:
    """A column of persons that has no use yet."""
    for i, reading in enumerate(columns.readings):
        if i not in found and "PERSON" in reading.classes and reading.fields.get(Field.NAME, 0) > 80:
            return i if fit(Field.NAME, columns.profiles[i]) > 0.5 and not columns.profiles[i].is_empty else None
    return None


def _windows(found: dict[int, Candidate], columns: Columns) -> None:
    """From and to against one column with both: what is filled counts. `23.11. 8-10` is a window with its day."""
    ends = [c for c in found.values() if c.field in (Field.WINDOW_FROM, Field.WINDOW_TO)]
    whole = _of(found, Field.WINDOW)
    if whole and ends:
        filled = any(not columns.profiles[c.column].is_empty for c in ends)
        _drop(found, *((Field.WINDOW,) if filled and len(ends) > 1 else (Field.WINDOW_FROM, Field.WINDOW_TO)))
    day = _of(found, Field.DAY)
    cells = columns.profiles[day.column] if day else None
    if day and cells and not whole and not ends and not cells.is_empty and cells.ranges >= 0.2:
        found[day.column] = day._replace(field=Field.WINDOW)


def _places(found: dict[int, Candidate]) -> None:
    if has(found, Field.LAT) and has(found, Field.LON):
        _drop(found, Field.LAT_LON)
    elif not has(found, Field.LAT_LON):
        _drop(found, Field.LAT, Field.LON)
    if has(found, Field.POSTCODE) and has(found, Field.CITY):
        _drop(found, Field.TOWN)


def _cash(found: dict[int, Candidate]) -> None:
    """An amount to collect, or else the order total where the payment is cash on delivery."""
    if has(found, Field.COD) or not (has(found, Field.PAYMENT) and has(found, Field.TOTAL)):
        _drop(found, Field.PAYMENT, Field.TOTAL)


def fleet(found: dict[int, Candidate]) -> None:
    if has(found, Field.SHIFT_START) and has(found, Field.SHIFT_END):
        _drop(found, Field.SHIFT)
    else:
        _drop(found, Field.SHIFT_START, Field.SHIFT_END)
    if has(found, Field.BREAK_WINDOW):
        _drop(found, Field.BREAK_START, Field.BREAK_END)
    if has(found, Field.DRIVER):
        _drop(found, Field.FIRST_NAME, Field.LAST_NAME)


def _of(found: dict[int, Candidate], field: Field) -> Candidate | None:
    return next((candidate for candidate in found.values() if candidate.field == field), None)


def has(found: dict[int, Candidate], field: Field) -> bool:
    return _of(found, field) is not None


def _drop(found: dict[int, Candidate], *fields: Field) -> None:
    for column in [column for column, candidate in found.items() if candidate.field in fields]:
        del found[column]
