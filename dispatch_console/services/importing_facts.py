"""What was found out about a file, in words and as choices; and what becomes of a choice."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch_console.intake.encoding import ENCODINGS
from dispatch_console.intake.fields import LABELS, Field
from dispatch_console.intake.mapping import Mapping as Columns
from dispatch_console.intake.mapping import fields_for
from dispatch_console.intake.notations.dates import DateOrder
from dispatch_console.intake.table import FormatChoice, Table
from dispatch_console.services.importing_picture import Choice, Column, Fact

_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "iso-8859-15": "ISO 8859-15",
    "cp850": "DOS 850",
    "mac-roman": "Mac Roman",
}
_SEPARATORS = {";": "; semicolon", ",": ", comma", "\t": "tab", "|": "| bar", "^": "^ caret", "~": "~ tilde"}
_DATES = {
    DateOrder.DMY: "day.month.year",
    DateOrder.MDY: "month/day/year",
    DateOrder.YMD: "year-month-day",
}
_COUNTRIES = tuple("AT BE CH CZ DE DK ES FI FR GB IE IT LI LU NL NO PL PT SE US".split())
_SIGNS = {"EUR": "€", "CHF": "CHF", "USD": "$", "GBP": "£"}
_HEADER_ROWS = 12  # how far down a header can be chosen

_NUMBERS = frozenset(
    {
        Field.HOUSE_NUMBER, Field.LAT, Field.LON, Field.SERVICE, Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE,
        Field.VOLUME, Field.VOLUME_EACH, Field.VOLUME_LINE, Field.PIECES, Field.COD, Field.TOTAL,
        Field.ITEM_QUANTITY, Field.LINE,
    }
)  # fmt: skip

#: Words for a sentence, where the button's word is too short for one.
_LONG = {
    Field.HOUSE_NUMBER: "House no.",
    Field.POSTCODE: "Postcode",
    Field.SERVICE: "Stop time",
    Field.WEIGHT: "Weight",
    Field.WEIGHT_EACH: "Weight",
    Field.WEIGHT_LINE: "Weight",
    Field.VOLUME: "Volume",
    Field.VOLUME_EACH: "Volume",
    Field.VOLUME_LINE: "Volume",
    Field.PIECES: "Pieces",
}


def columns(table: Table, mapping: Columns, new: Iterable[int] = ()) -> tuple[Column, ...]:
    """One for each column of the file. `new` are those that a remembered mapping did not know."""
    fresh = frozenset(new)
    return tuple(_column(at, header, mapping, at in fresh) for at, header in enumerate(table.headers))


def fields(mapping: Columns) -> tuple[Choice, ...]:
    """What a column can be taken for."""
    return tuple(Choice(field.value, LABELS[field]) for field in fields_for(mapping.target))


def long_word(field: Field) -> str:
    return _LONG.get(field, LABELS.get(field, ""))


def _column(at: int, header: str, mapping: Columns, new: bool) -> Column:
    use = mapping.uses[at] if at < len(mapping.uses) else None
    if use is None:
        return Column(at, header, new=new)
    short = LABELS.get(use.field, use.field.value)
    if use.field is Field.COD and mapping.choices.currency:
        short = f"{short}, {_SIGNS.get(mapping.choices.currency, mapping.choices.currency)}"
    number = use.field in _NUMBERS
    return Column(at, header, use.field.value, short, long_word(use.field), use.confidence, number, new)


def facts(table: Table, mapping: Columns, home: str) -> tuple[Fact, ...]:
    """In the order in which the page shows them. `home` is the depot's country."""
    found = [*_format_facts(table), _header_fact(table), _sheet_fact(table)]
    chosen = mapping.choices
    marks = (Choice(",", ", comma"), Choice(".", ". point"))
    found.append(_fact("decimal", "Decimal mark", marks, chosen.decimal))
    orders = tuple(Choice(order.value, text) for order, text in _DATES.items())
    found.append(_fact("dates", "Dates", orders, chosen.date_order.value))
    if mapping.target == "orders":
        found += [_rows_fact(mapping), _country_fact(chosen.country, home)]
    return tuple(found)


def _format_facts(table: Table) -> list[Fact]:
    found = table.format
    if not found.is_text:
        return []
    encodings = tuple(Choice(name, _ENCODINGS.get(name, name)) for name in ENCODINGS)
    marks = dict(_SEPARATORS)
    marks.setdefault(found.delimiter, found.delimiter)
    separators = tuple(Choice(mark, text) for mark, text in marks.items())
    return [
        _fact("encoding", "Encoding", encodings, found.encoding),
        _fact("separator", "Separator", separators, found.delimiter),
    ]


def _header_fact(table: Table) -> Fact:
    numbers = [row.number for row in table.rows[:_HEADER_ROWS]]
    here = table.format.header_row
    rows = sorted({*numbers, *([here] if here else [])})
    choices = (Choice("0", "none"), *(Choice(str(number), str(number)) for number in rows))
    return _fact("header", "Header in row", choices, str(here))


def _sheet_fact(table: Table) -> Fact:
    sheets = tuple(Choice(name, name) for name in table.format.sheets)
    if len(sheets) < 2:
        return Fact("sheet", "Sheet", "only one")
    return _fact("sheet", "Sheet", sheets, table.format.sheet)


def _rows_fact(mapping: Columns) -> Fact:
    at = mapping.column(Field.REFERENCE)
    header = mapping.headers[at] if at is not None else ""
    joined = f"joined by {header}" if header else "joined by order no."
    choices = (Choice("each", "each an order"), Choice("joined", joined))
    return _fact("rows", "Rows of one order", choices, "joined" if mapping.choices.grouped else "each")


def _country_fact(country: str, home: str) -> Fact:
    codes = dict.fromkeys(code for code in (*_COUNTRIES, country) if code and code != home)
    choices = [Choice(home, "Home")] if home else []
    choices += [Choice("", "none"), *(Choice(code, code) for code in sorted(codes))]
    return _fact("country", "Country when empty", tuple(choices), country)


def _fact(key: str, name: str, choices: tuple[Choice, ...], current: str) -> Fact:
    text = next((choice.text for choice in choices if choice.key == current), current)
    return Fact(key, name, text, choices, current)


def chosen_format(choice: FormatChoice, key: str, value: str) -> FormatChoice | None:
    """The choice to read the file with from now on; None: the fact is no matter of reading."""
    match key:
        case "encoding":
            return choice._replace(encoding=value)
        case "separator":
            return choice._replace(delimiter=value)
        case "sheet":
            return choice._replace(sheet=value, header_row=None)
        case "header":
            return choice._replace(header_row=int(value))
        case _:
            return None


def chosen_mapping(mapping: Columns, key: str, value: str) -> Columns:
    """The mapping with this fact set by hand."""
    match key:
        case "decimal":
            return mapping.with_choices(decimal=value)
        case "dates":
            return mapping.with_choices(date_order=DateOrder(value))
        case "rows":
            return mapping.with_choices(grouped=value == "joined")
        case "country":
            return mapping.with_choices(country=value)
        case _:
            raise ValueError(f"there is no fact called {key}")
