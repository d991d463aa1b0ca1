"""How well the cells of a column suit a field: 0 (cannot be) … 1 (just so). Headers propose, cells decide."""

from __future__ import annotations

from collections.abc import Callable

from dispatch_console.intake.fields import Field
from dispatch_console.intake.notations import working
from dispatch_console.intake.notations.text import fold
from dispatch_console.intake.problems import Fault
from dispatch_console.intake.profile import Profile
from dispatch_console.intake.words.units import GRAMS


def fit(field: str, cells: Profile) -> float:
    """1 for an empty column, and for fields whose cells can be anything."""
    judge = _JUDGES.get(field)
    return 1.0 if judge is None or cells.is_empty else max(0.0, min(1.0, judge(cells)))


def _share(value: float, enough: float = 0.6) -> float:
    """Some bad cells are what rows are rejected for; a mostly wrong column is not that field."""
    return 1.0 if value >= enough else value / enough * 0.6 if value > 0.25 else 0.0


def _reference(cells: Profile) -> float:
    long = cells.share("long", lambda t: len(t) > 40 or "@" in t)
    same = cells.distinct < min(3, cells.filled) and cells.filled > 4
    if long > 0.3 or same or cells.fractions > 0.5:
        return 0.0
    # Order numbers are codes, and nearly every row has one (or belongs to the row above).
    return (0.6 + 0.4 * cells.coded) * min(1.0, 0.25 + cells.fill * 0.8)


def _coded_name(cells: Profile) -> float:
    """A column called "Name" that holds order numbers."""
    return 1.0 if cells.coded > 0.9 and cells.wordy < 0.9 and _reference(cells) > 0.8 else 0.0


def _window(cells: Profile) -> float:
    bare = cells.share("digits", lambda t: t.isdecimal())
    return _share(cells.windows, 0.5) if bare < 0.5 else 0.0


def _end(cells: Profile) -> float:
    """One time of day."""
    if cells.ranges > 0.5:
        return 0.0
    return max(_share(cells.clocks), 0.8 * _share(cells.hours) if cells.dates < 0.5 else 0.0)


def _kind(cells: Profile) -> float:
    return max(_share(cells.kinds, 0.5), _share(cells.flags, 0.5))


def _name(cells: Profile) -> float:
    if cells.emails > 0.3 or cells.dates > 0.5 or (cells.windows > 0.8 and cells.clocks > 0.2):
        return 0.0
    return _share(cells.lettered)


def _street(cells: Profile) -> float:
    return _share(cells.wordy) if cells.emails < 0.3 and cells.dates < 0.5 else 0.0


def _city(cells: Profile) -> float:
    return _share(cells.plain_words, 0.5)


def _coordinate(value: float, cells: Profile) -> float:
    whole = cells.share("whole", lambda t: t.isdecimal() and t != "0")
    return _share(value) * (0.3 if whole > 0.5 else 1.0)  # the breadth of a parcel is called so too


def _number(cells: Profile) -> float:
    return _share(cells.numbers) if cells.dates < 0.5 or cells.numbers > 0.9 else 0.2


def _day(cells: Profile) -> float:
    return _share(cells.dated, 0.5)


def _sku(cells: Profile) -> float:
    small = cells.share("small figures", _counts_lines)
    return 1.0 - 0.6 * cells.share("spaced", lambda t: t.count(" ") > 1) - 0.4 * small


def _counts_lines(text: str) -> bool:
    """1, 2, 3 … or 10, 20, 30 …, with zeros in front or without."""
    return text.isdecimal() and (len(text) < 3 or (int(text) < 2000 and int(text) % 10 == 0) or int(text) < 100)


_JUDGES: dict[str, Callable[[Profile], float]] = {
    Field.REFERENCE: _reference,
    "?coded_name": _coded_name,
    Field.KIND: _kind,
    Field.NAME: _name,
    Field.FIRST_NAME: _name,
    Field.LAST_NAME: _name,
    Field.COMPANY: _name,
    Field.PHONE: lambda c: _share(c.phones, 0.5),
    Field.ADDRESS_2: lambda c: 0.2 if c.distinct == 1 and c.filled > 3 and c.fill > 0.8 else 1.0,
    Field.WEIGHT_UNIT: lambda c: _share(c.share("unit", lambda t: fold(t).strip(".") in GRAMS)),
    Field.EMAIL: lambda c: _share(c.emails, 0.5),
    Field.STREET: _street,
    Field.HOUSE_NUMBER: lambda c: _share(c.houses),
    Field.POSTCODE: lambda c: _share(c.postcodes, 0.5),
    Field.CITY: _city,
    Field.TOWN: lambda c: _share(c.towns, 0.5),
    Field.COUNTRY: lambda c: _share(c.countries, 0.5),
    Field.LAT: lambda c: _coordinate(c.latitudes, c),
    Field.LON: lambda c: _coordinate(c.longitudes, c),
    Field.LAT_LON: lambda c: _share(c.pairs),
    Field.DAY: _day,
    Field.WINDOW: _window,
    Field.WINDOW_FROM: _end,
    Field.WINDOW_TO: _end,
    Field.SERVICE: lambda c: _share(c.durations),
    Field.WEIGHT: _number,
    Field.WEIGHT_EACH: _number,
    Field.WEIGHT_LINE: _number,
    Field.VOLUME: _number,
    Field.VOLUME_EACH: _number,
    Field.VOLUME_LINE: _number,
    Field.PIECES: _number,
    Field.ITEM_QUANTITY: _number,
    Field.PRIORITY: lambda c: _share(c.priorities, 0.5),
    Field.CURRENCY: lambda c: _share(c.currencies, 0.5),
    Field.COD: lambda c: _share(c.moneys, 0.5),
    Field.TOTAL: lambda c: _share(c.moneys, 0.5),
    Field.PAYMENT: lambda c: _share(c.wordy),
    Field.SKILLS: lambda c: _share(c.wordy, 0.5),
    Field.ITEM_SKU: _sku,
    Field.ITEM_DESCRIPTION: lambda c: _share(c.wordy),
    Field.NOTES: lambda c: 1.0 if c.wordy > 0.3 else 0.5,
    Field.LINE: lambda c: _share(c.share("small figures", _counts_lines), 0.9),
    Field.RELEASE: _end,
    Field.LATE: lambda c: _share(c.moneys, 0.5),
    Field.PARKING: lambda c: _share(c.durations),
    Field.NOT_DRIVERS: _name,
    Field.KNOWN_BY: _name,
    Field.DRIVER: _name,
    Field.SHIFT: _window,
    Field.SHIFT_START: _end,
    Field.SHIFT_END: _end,
    Field.BREAK_WINDOW: _window,
    Field.BREAK_START: _end,
    Field.BREAK_END: _end,
    Field.BREAK_MINUTES: lambda c: (
        _share(c.durations + c.share("by driving", working.is_by_driving))
        if c.windows < 0.5 or c.durations > 0.8
        else 0.0
    ),
    Field.CAPACITY_KG: _number,
    Field.CAPACITY_M3: _number,
    Field.CAPACITY_PIECES: _number,
    Field.COST_HOUR: lambda c: _share(c.moneys),
    Field.COST_KM: lambda c: _share(c.moneys),
    Field.COST_FIXED: lambda c: _share(c.moneys),
    Field.START_PLACE: lambda c: 0.0 if c.clocks > 0.5 else 1.0,
    Field.END_PLACE: lambda c: 0.0 if c.clocks > 0.5 else 1.0,
    Field.MAX_STOPS: lambda c: _share(c.whole_numbers),
    Field.MAX_DRIVE: lambda c: _share(c.share("hours", lambda t: not isinstance(working.hours(t), Fault))),
    Field.MAX_KM: lambda c: _share(c.share("kilometres", lambda t: not isinstance(working.metres(t), Fault))),
    Field.OVERTIME: lambda c: _share(c.durations),
    Field.OVERTIME_COST: lambda c: _share(c.moneys),
    Field.TOURS: lambda c: _share(c.whole_numbers),
    Field.RELOAD: lambda c: _share(c.durations),
}
