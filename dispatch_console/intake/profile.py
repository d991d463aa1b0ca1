"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cached_property

from dispatch_console.intake.notations import choices, quantities, windows
from dispatch_console.intake.notations.countries import POSTCODE_ONLY, country, split_town
from dispatch_console.intake.notations.dates import DateOrder, day
from dispatch_console.intake.notations.houses import put_back
from dispatch_console.intake.notations.money import currency, money
from dispatch_console.intake.notations.places import latitude, longitude, pair
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault
from dispatch_console.intake.table import Cell, number_of

SAMPLE = 120  # distinct cells that are looked at
_LETTERS = 200  # of each

_PHONE = re.compile(r"^[^\w+(]*(?:tel|phone|t|mob|m)?[.:\s]*[+(\d][\d\s()./+-]{5,22}\d(?:\.0)?$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^\d[.,]\d+e\+\d+$", re.IGNORECASE)
_EMAIL = re.compile(r"^\S+@\S+\.\w+$")
_CODE = re.compile(r"^#?[A-Za-z]{0,5}[-_/.]?\d[\w\-_/.]*$")
_STREET = re.compile(
    r"^\D{3,}\s\d{1,4}\s?[a-z]?(?:[\s,/-].*)?$|^\d{1,4}\s?(?:[a-z]|bis|ter)?[\s,]+\D{4,}$", re.IGNORECASE
)
_HOUSE = re.compile(
    r"^(?:no?\.?\s*)?\d{1,4}\s?(?:[-/+]\s?\d{1,4})?\s?(?:[a-z]{1,3}|bis|ter|quater)?(?:[\s/-]+\w{1,4}){0,2}$",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:[^\W\d_][\w'’.-]*\s+){1,4}[^\W\d_][\w'’.-]*$")
_FIRM = re.compile(
    r"\b(?:gmbh|ag|kg|ohg|ug|e\.?k|ltd|llc|inc|plc|co|oy|oyj|ky|ab|sarl|sas|sa|eurl|b\.?v|n\.?v|s\.?r\.?l|s\.?p\.?a|s\.?l|lda"
    r"|unipessoal|hotel|restaurant|cafe|praxis|apotheke|backerei|boulangerie|pharmacie|bakkerij|kahvila|sons|books)\b|&"
)
_CLOCK = re.compile(r"\d\s*[:hu]\s*\d{2}|\d\s*[ap]\.?m|\d\s?h\b", re.IGNORECASE)
_RANGE = re.compile(r"\d\s*(?:uhr|h|uur)?\s*[-–—]\s*\d|[^\W\d_]{2,}")
_TWO_FIGURES = re.compile(r"^\d{1,2}\.\d{1,2}$")
_FRACTION = re.compile(r"^-?\d{1,3}[.,]\d{3,}$")


class Profile:
    """Shares (0 … 1) are of the distinct cells that are not empty; 1 where the column is empty."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.rows = len(cells)
        filled = [cell for cell in cells if not isinstance(cell, str) or cell.strip(" '\xa0")]
        self.filled = len(filled)
        distinct = list(dict.fromkeys(filled))
        self.distinct = len(distinct)
        step = max(1, len(distinct) // SAMPLE)
        self.cells: list[Cell] = [_short(cell) for cell in distinct[::step][:SAMPLE]]
        self.texts = [clean(cell) for cell in self.cells]
        self._known: dict[str, float] = {}

    @property
    def is_empty(self) -> bool:
        return not self.filled

    @property
    def fill(self) -> float:
        return self.filled / self.rows if self.rows else 0.0

    def share(self, name: str, test: Callable[[str], object]) -> float:
        """Of texts that pass; remembered under `name`."""
        if name not in self._known:
            self._known[name] = sum(bool(test(t)) for t in self.texts) / len(self.texts) if self.texts else 1.0
        return self._known[name]

    def cell_share(self, name: str, test: Callable[[Cell], object]) -> float:
        if name not in self._known:
            self._known[name] = sum(bool(test(c)) for c in self.cells) / len(self.cells) if self.cells else 1.0
        return self._known[name]

    # what the cells could be

    @cached_property
    def lettered(self) -> float:
        return self.share("lettered", lambda t: sum(c.isalpha() for c in t) > max(1, sum(c.isdecimal() for c in t)))

    @cached_property
    def wordy(self) -> float:
        return self.share("wordy", lambda t: sum(c.isalpha() for c in t) > 1)

    @cached_property
    def plain_words(self) -> float:
        return self.share("plain", lambda t: not any(c.isdecimal() for c in t) and "@" not in t and len(t) > 1)

    @cached_property
    def coded(self) -> float:
        return self.share("coded", _CODE.match)

    @cached_property
    def emails(self) -> float:
        return self.share("email", _EMAIL.match)

    @cached_property
    def phones(self) -> float:
        return self.share("phone", lambda t: _PHONE.match(t) or _SCIENTIFIC.match(t))

    @cached_property
    def postcodes(self) -> float:
        return self.share("postcode", lambda t: POSTCODE_ONLY.match(t) or (t.isdecimal() and len(t) < 6))

    @cached_property
    def towns(self) -> float:
        return self.share("town", lambda t: all(split_town(t)))

    @cached_property
    def countries(self) -> float:
        return self.share("country", country)

    @cached_property
    def streets(self) -> float:
        return self.share("street", lambda t: _STREET.match(t) and "@" not in t)

    @cached_property
    def houses(self) -> float:
        return self.cell_share("house", lambda c: _HOUSE.match(put_back(c)))

    @cached_property
    def persons(self) -> float:
        return self.share("person", _NAME.match)

    @cached_property
    def firms(self) -> float:
        return self.share("firm", lambda t: _FIRM.search(fold(t)))

    @cached_property
    def latitudes(self) -> float:
        return self.cell_share("lat", lambda c: isinstance(latitude(c), float))

    @cached_property
    def longitudes(self) -> float:
        return self.cell_share("lon", lambda c: isinstance(longitude(c), float))

    @cached_property
    def fractions(self) -> float:
        """Numbers with three or more decimals."""
        return self.share("fraction", lambda t: _FRACTION.match(t) or "°" in t or "º" in t)

    @cached_property
    def pairs(self) -> float:
        return self.share("pair", lambda t: isinstance(p := pair(t), tuple) and not isinstance(p, Fault))

    @cached_property
    def dates(self) -> float:
        return self.cell_share("date", _is_date)

    @cached_property
    def dated(self) -> float:
        """A date somewhere in the cell: `Mon 23.11.2026 8-10`."""
        return max(self.dates, self.share("dated", windows.date_in))

    @cached_property
    def clocks(self) -> float:
        return self.cell_share("clock", _is_clock)

    @cached_property
    def hours(self) -> float:
        """As `clocks`, but 8 and 1330 count too."""
        return self.cell_share("hour", lambda c: isinstance(windows.clock(c), int))

    @cached_property
    def windows(self) -> float:
        return self.share("window", _is_window)

    @cached_property
    def ranges(self) -> float:
        """Two times of day in one cell."""
        return self.share("ranges", lambda t: windows.times_in(t) > 1)

    @cached_property
    def durations(self) -> float:
        return self.cell_share("duration", lambda c: isinstance(quantities.duration(c), int))

    @cached_property
    def numbers(self) -> float:
        """Amounts with or without a unit, negative ones included."""
        return self.cell_share("number", _is_amount)

    @cached_property
    def whole_numbers(self) -> float:
        return self.cell_share("whole", lambda c: _is_amount(c) and not isinstance(quantities.pieces(c), Fault))

    @cached_property
    def moneys(self) -> float:
        return self.cell_share("money", lambda c: isinstance(m := money(c), tuple) and not isinstance(m, Fault))

    @cached_property
    def currencies(self) -> float:
        return self.share("currency", lambda t: not any(c.isdecimal() for c in t) and currency(t))

    @cached_property
    def kinds(self) -> float:
        letters = choices.kind_letters(self.texts)
        return self.share("kind", lambda t: choices.is_kind_word(t) or fold(t) in letters)

    @cached_property
    def flags(self) -> float:
        return self.share("flag", choices.is_flag)

    @cached_property
    def priorities(self) -> float:
        highest = max((int(t) for t in self.texts if t.isdecimal()), default=0)
        return self.share("priority", lambda t: choices.priority(t, highest))


def _short(cell: Cell) -> Cell:
    return cell.strip()[:_LETTERS] if isinstance(cell, str) else cell


def _is_date(cell: Cell) -> bool:
    today = dt.date(2026, 1, 1)  # only whether it can be read matters here, not as what
    if isinstance(cell, dt.date):
        return True
    if not isinstance(cell, str) or clean(cell).isdecimal():
        return isinstance(day(cell, DateOrder.DMY, today), dt.date)
    text = clean(cell)
    if not any(c.isdecimal() for c in text):
        return isinstance(day(cell, DateOrder.DMY, today), dt.date)
    if _TWO_FIGURES.match(text):
        return False  # 8.30 is a time or an amount
    return any(isinstance(day(text, order, today), dt.date) for order in (DateOrder.DMY, DateOrder.MDY))


def _is_clock(cell: Cell) -> bool:
    if isinstance(cell, dt.datetime | dt.time):
        return True
    text = clean(cell)
    return bool(_CLOCK.search(text)) and isinstance(windows.clock(text), int)


def _is_window(text: str) -> bool:
    """Ranges and words; a bare number is no window, and a bare date neither."""
    if not _RANGE.search(text) and not _CLOCK.search(text):
        return False
    found = windows.windows(text)
    return (found is not None or not any(c.isdecimal() for c in text)) and not isinstance(found, Fault)


def _is_amount(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return number_of(cell) is not None
    found = [quantities.grams(cell), quantities.litres(cell), quantities.pieces(cell)]
    return any(
        not isinstance(value, Fault) or value.problem == "negative" or "whole" in value.message for value in found
    )
