"""Times of day and time windows, in every notation met so far, in all languages of the product.

A cell becomes a row of tokens (times and the words around them), which a small machine turns into windows:
OPEN and CLOSE words open and close a window, a time without a word opens one, a comma ends it.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from dispatch_console.domain.orders import DAY_S, Window
from dispatch_console.intake.notations.numbers import BLANKS
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.table import Cell, number_of
from dispatch_console.intake.words import times as say
from dispatch_console.intake.words.weekdays import WEEKDAYS

FILLER_DAYS = [name for name in WEEKDAYS if name.isalpha() and len(name) > 1]

NOON_S = DAY_S // 2
EVENING_S = 18 * 3600
APPOINTMENT_S = 3600  # a single time is an appointment: arrive within the hour after it

_DATE = re.compile(
    r"\b\d{4}-\d{2}-\d{2}t?(?=[\s\d,]|$)|\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b(?!\s*[:h])|\b20\d{6}(?=\s)"
    r"|\b\d{1,2}/\d{1,2}(?=\s+(?:\w{2,}\s+)?\d{1,2}\s?[:h.-])"
)
_ZONE = re.compile(r"(t\d{2}:\d{2}|\d:\d{2}:\d{2})((?::\d{2})?(?:[.,]\d+)?)\s?(?:z\b|[+-]\d{2}:?\d{2}\b)")
_DAY_NAMES = "|".join(sorted(map(re.escape, FILLER_DAYS), key=len, reverse=True))
_WEEKDAYS = re.compile(
    rf"\b(?:{_DAY_NAMES})\b\.?\s*(?:-|/|,|&|\+|a|bis|to|tot|au|al|ja|und|e|y|et|en)\s*(?=(?:{_DAY_NAMES})\b)"
)
_COMMAS = re.compile(r"^(\D*\d{1,2}),([0-5]\d)(\D{1,12}?)(\d{1,2}),([0-5]\d)(?=\D*$)")
_SLASHED = re.compile(r"^(\S+?)\s?/\s?(\S+)\s*(?:-|,|;|\+|e|y|et|und)\s*(\S+?)\s?/\s?(\S+)$")
_MERIDIEM = re.compile(r"(?<=[\d\s])([ap])\.?\s?m\b\.?")
_FRACTION = re.compile(r"^0?[.,]\d+$")


class _Token(NamedTuple):
    what: str  # TIME, or the name of a list of words
    hour: int = 0
    minute: int = 0
    meridiem: str = ""
    text: str = ""


def clock(cell: Cell) -> int | Fault | None:
    """One time of day, in seconds from 00:00. A plain number is hours, HHMM, or a spreadsheet's part of a day."""
    if isinstance(cell, dt.datetime | dt.time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, dt.timedelta):
        return _valid(round(cell.total_seconds()), str(cell))
    if isinstance(cell, dt.date):
        return None
    if (number := number_of(cell)) is not None:
        return _valid(*_seconds_of(number))
    return _clock_text(clean(cell))


@lru_cache(maxsize=20_000)
def _clock_text(text: str) -> int | Fault | None:
    plain = fold(text)
    if plain in BLANKS or plain in _WORDS["ALL_DAY"]:
        return None
    if _FRACTION.match(plain):
        return _valid(*_seconds_of(float(plain.replace(",", "."))))
    tokens = [token for token in _tokens(_bare(plain)) or [] if token.what == "TIME"]
    if not tokens:
        bare = _bare(plain)
        if not bare.strip(" ,"):
            return None  # a date without a time
        return Fault(Problem.BAD_WINDOW, "is not a time of day")
    return _valid(_at(tokens[0]), tokens[0].text)


def _seconds_of(number: float) -> tuple[int, str]:
    if 0 <= number <= 1:
        return round(number * DAY_S), f"{number:g}"
    if number.is_integer() and number > 24:
        return int(number) // 100 * 3600 + int(number) % 100 * 60, f"{number:g}"
    return round(number * 3600), f"{number:g}"


def _valid(seconds: int, shown: str) -> int | Fault:
    if 0 <= seconds <= DAY_S:
        return seconds
    return Fault(Problem.BAD_WINDOW, f"{shown} is not a time of day")


def windows(cell: Cell) -> tuple[Window, ...] | Fault | None:
    """All windows of a cell in order; none for a blank or "all day". A date in the cell is passed over."""
    if isinstance(cell, dt.time | dt.datetime | dt.timedelta):
        start = clock(cell)
        return _single(start) if isinstance(start, int) else start
    if isinstance(cell, dt.date):
        return None
    return _window_text(clean(cell))


@lru_cache(maxsize=20_000)
def _window_text(text: str) -> tuple[Window, ...] | Fault | None:
    plain = fold(text).strip(" .;,")
    if plain in BLANKS or plain in _WORDS["ALL_DAY"]:
        return None
    tokens = _tokens(_bare(plain))
    if tokens is None:
        return Fault(Problem.BAD_WINDOW, "is not a time window")
    machine = _Machine()
    for token in tokens:
        fault = machine.take(token)
        if fault:
            return fault
    return machine.result()


def _bare(plain: str) -> str:
    """Without dates and zones, and with am and pm in one spelling."""
    plain = _DATE.sub(" ", _ZONE.sub(r"\1\2", plain))
    plain = _COMMAS.sub(r"\1.\2\3\4.\5", plain)  # 8,30 - 12,30
    plain = _SLASHED.sub(r"\1-\2, \3-\4", plain)  # 9/12 - 15/18
    return _MERIDIEM.sub(r"\1m ", _WEEKDAYS.sub(" ", plain))


def times_in(text: str) -> int:
    """How many times of day a cell names; 0 if it holds something else besides."""
    return sum(token.what == "TIME" for token in _tokens(_bare(fold(clean(text)))) or [])


def date_in(text: str) -> str:
    """The first date a cell with a window names, as text, or ""."""
    found = _DATE.search(fold(text))
    return found[0].strip("t ") if found else ""


def between(start: int | None, end: int | None) -> Window | Fault | None:
    """A window from two columns; open where one is empty, none where it is the whole day."""
    begin, finish = start or 0, DAY_S if end is None else end
    if finish == 0 and begin:
        finish = DAY_S
    if finish == DAY_S - 60:
        finish = DAY_S  # 23:59 is how some programs write the end of the day
    if (begin, finish) in ((0, DAY_S), (0, 0)):
        return None
    if finish > begin:
        return Window(begin, finish)
    later = finish + NOON_S
    instead = ([_hm(later)] if begin < later <= DAY_S and finish <= NOON_S else []) + [_hm(DAY_S)]
    return Fault(Problem.BAD_WINDOW, "the end is not after the start", tuple(instead))


def _single(start: int) -> tuple[Window, ...]:
    return (Window(min(start, DAY_S - 60), min(start + APPOINTMENT_S, DAY_S)),)


def _at(token: _Token) -> int:
    """Seconds; a wrong figure stays wrong, so that it is seen."""
    hour = token.hour
    if token.meridiem and hour <= 12:
        hour = hour % 12 + (12 if token.meridiem == "p" else 0)
    return hour * 3600 + token.minute * 60 if token.minute < 60 else -1


class _Machine:
    """Reads tokens from left to right. `start` is a time that waits for its end; `opened` by a word."""

    def __init__(self) -> None:
        self.found: list[Window] = []
        self.parts: list[Window] = []  # "morning": counts only if no time is given
        self.start: _Token | None = None
        self.opened = self.closing = self.joined = False
        self.singles: list[_Token] = []

    def take(self, token: _Token) -> Fault | None:
        match token.what:
            case "TIME":
                return self._time(token)
            case "OPEN":
                fault = self._finish()
                self.opened, self.closing = True, False
                return fault
            case "BETWEEN":
                fault = self._finish()
                self.opened = self.joined = True
                return fault
            case "CLOSE":
                self.closing = True
            case "LINK":
                self.closing = self.closing or self.start is not None
            case "AND" if self.joined and self.start:
                self.closing = True
            case "AND" | "SEPARATOR":
                return self._finish()
            case "OPEN_AFTER":
                self.opened = True
            case "CLOSE_AFTER" if self.start:
                end, self.start = self.start, None
                return self._add(_Token("TIME"), end)
            case "MORNING":
                self.parts.append(Window(0, NOON_S))
            case "AFTERNOON":
                self.parts.append(Window(NOON_S, DAY_S))
            case "EVENING":
                self.parts.append(Window(EVENING_S, DAY_S))
            case _:
                pass
        return None

    def _time(self, token: _Token) -> Fault | None:
        if self.closing or (self.joined and self.start):
            start, self.start = self.start or _Token("TIME"), None
            self.opened = self.closing = self.joined = False
            return self._add(start, token)
        fault = self._finish() if self.start else None
        self.start = token
        return fault

    def _finish(self) -> Fault | None:
        """A window ends here: what is still open stays open to the end of the day."""
        start, opened = self.start, self.opened or self.closing
        if start is not None and self.joined:
            return Fault(Problem.BAD_WINDOW, "has no end")
        self.start, self.opened, self.closing, self.joined = None, False, False, False
        if start is None:
            return None
        if opened:
            return self._add(start, _Token("TIME", 24))
        self.singles.append(start)
        return _time_fault(start)

    def _add(self, start: _Token, end: _Token) -> Fault | None:
        start, end = _same_half(start, end)
        fault = _time_fault(start) or _time_fault(end)
        if fault:
            slip = start._replace(hour=end.hour - 10)  # 14-26 for 14-16
            likely = not _time_fault(start) and start.hour < slip.hour <= 24
            return fault._replace(suggestions=(f"{_hm(_at(start))}-{_hm(slip.hour * 3600)}",)) if likely else fault
        a, b = _at(start), _at(end)
        window = between(a, b)
        if isinstance(window, Fault):
            instead = [f"{_hm(a)}-{end}" for end in window.suggestions]
            return window._replace(suggestions=tuple(instead[:1] + [f"{_hm(b)}-{_hm(a)}"] * (b < a) + instead[1:]))
        self.found += [window] if window else []
        return None

    def _of_the_day(self, window: Window) -> Window:
        """`3 to 5 in the afternoon` is 15:00 to 17:00."""
        late = any(part.start >= NOON_S for part in self.parts)
        early_figures = window.start > 0 and window.end < NOON_S
        return Window(window.start + NOON_S, window.end + NOON_S) if late and early_figures else window

    def result(self) -> tuple[Window, ...] | Fault | None:
        fault = self._finish()
        if fault:
            return fault
        if len(self.singles) > (0 if self.found else 2):
            return Fault(Problem.BAD_WINDOW, "can be read in more than one way")
        if not self.found and len(self.singles) == 2:
            fault = self._add(*self.singles)  # 9/12
            self.singles.clear()
        for token in self.singles:
            self.found += _single(_at(token))
        if fault:
            return fault
        found = [self._of_the_day(window) for window in self.found]
        return tuple(sorted(found or _merged(self.parts))) or None


def _merged(parts: list[Window]) -> list[Window]:
    """Morning and afternoon together are the whole day: no window."""
    if {part.start for part in parts} >= {0, NOON_S}:
        return []
    return list(dict.fromkeys(parts))


def _same_half(start: _Token, end: _Token) -> tuple[_Token, _Token]:
    """`1-5pm` and `9am-5`: the half of the day that is not said follows from the one that is."""
    if end.meridiem and not start.meridiem and 0 < start.hour <= 12:
        same = start._replace(meridiem=end.meridiem)
        start = same if _at(same) < _at(end) else start._replace(meridiem="a")
    elif start.meridiem and not end.meridiem and _at(end) <= _at(start) and end.hour < 12:
        end = end._replace(meridiem="p")
    return start, end


def _time_fault(token: _Token) -> Fault | None:
    if token.minute > 59:
        return Fault(Problem.BAD_WINDOW, f"{token.minute} is not a minute")
    if token.hour > 24 or (token.hour == 24 and token.minute) or (token.meridiem and token.hour > 12):
        return Fault(Problem.BAD_WINDOW, f"{token.text or token.hour} is not an hour")
    return None


def _hm(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


_LISTS = {
    name: say.phrases(getattr(say, name))
    for name in (
        "MORNING AFTERNOON EVENING NOON MIDNIGHT OPEN CLOSE BETWEEN LINK OPEN_AFTER CLOSE_AFTER AND FILLERS ALL_DAY"
    ).split()
}
_LISTS["FILLERS"] += tuple(FILLER_DAYS)
_WORDS = {name: frozenset(entries) for name, entries in _LISTS.items()}
_MEANING = {phrase: name for name in reversed(list(_LISTS)) for phrase in _LISTS[name]}

# Each of these has a place of its own in the row of tokens; the first that fits is taken.
_SCANNER = re.compile(
    r"""
      (?P<h1>\d{1,2})\s*(?:[:.]|\s?(?:h|u|uhr|uur)\s?)\s*(?P<m1>\d{2})(?![\d]|\s*[:h.]\d)(?::\d{2}(?:[.,]\d+)?)?(?:\s*(?P<p1>[ap])m\b)?
    | (?P<h0>\d{1,2}):(?P<m0>\d{2}):\d{2}(?:[.,]\d+)?(?:\s*(?P<p0>[ap])m\b)?
    | (?<!\d)(?P<h2>\d{1,2})(?P<m2>\d{2})(?!\d)(?:\s*(?P<p2>[ap])m\b)?
    | (?<!\d)(?P<h3>\d{1,2})(?!\d)(?:\s*(?P<p3>[ap])m\b|(?P<p4>[ap])\b|\s?(?:h|u)\b)?
    | (?P<separator>[,;/+&|\n])
    | (?P<phrase>PHRASES)(?![^\W\d_])
    | (?P<skip>[\s.:()\[\]]+|'')
    """.replace(
        "PHRASES", "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(_MEANING, key=len, reverse=True))
    ),
    re.VERBOSE,
)


def _tokens(plain: str) -> list[_Token] | None:
    """None if the text holds something that is neither a time nor a known word."""
    tokens: list[_Token] = []
    at = 0
    while at < len(plain):
        found = _SCANNER.match(plain, at)
        if not found or found.end() == at:
            return None
        at = found.end()
        token = _token(found)
        noon_again = token and token.text.startswith("noon") and tokens and tokens[-1].hour == 12
        if token and not noon_again:
            tokens.append(token)
    return tokens or None


def _token(found: re.Match[str]) -> _Token | None:
    part = found.groupdict()
    for i in "1023":
        if part[f"h{i}"]:
            half = part[f"p{i}"] or (part["p4"] if i == "3" else None) or ""
            minute = int(part[f"m{i}"]) if i != "3" else 0
            return _Token("TIME", int(part[f"h{i}"]), minute, half, found[0].strip())
    if part["separator"]:
        return _Token("SEPARATOR")
    if part["skip"]:
        return None
    what = _MEANING[" ".join(found[0].split())]
    if what == "NOON":
        return _Token("TIME", 12, text=found[0])
    if what == "MIDNIGHT":
        return _Token("TIME", 24, text=found[0])
    return None if what == "FILLERS" else _Token(what)
