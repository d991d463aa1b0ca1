"""The rules of a working time as they are typed: breaks, overtime, limits of driving, tours, zones; and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from dispatch_console.domain.fleet import Break, DrivingBreaks, ShiftPattern
from dispatch_console.domain.orders import Window
from dispatch_console.intake.notations import quantities, windows, working
from dispatch_console.intake.notations.money import money
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.services import field_ranges as ranges
from dispatch_console.services.field_ranges import within

#: What `break_kind` says.
NO_BREAK, IN_WINDOW, BY_DRIVING = "none", "window", "driving"
PAUSE = ("break_kind", "break", "break_window", "drive_limit", "drive_break", "drive_split")
LIMITS = ("overtime", "overtime_hour", "max_drive", "max_km", "tours", "reload", "zones")
#: As Regulation (EC) No 561/2006 has it: what breaks by driving begin with.
EU = DrivingBreaks()


class Reader(Protocol):
    """What was typed into a form."""

    def text(self, name: str) -> str: ...

    def is_same(self, *names: str) -> bool:
        """Whether the fields still show what is kept."""
        ...

    def value[T](self, name: str, before: T, parse: Callable[[str], T | Fault], what: str) -> T:
        """What the field says; `before` if it is as it was, or cannot be read (which is then noted)."""
        ...

    def typed[T](self, name: str, before: T, parse: Callable[[str], T | Fault], what: str) -> T:
        """What the field says, also if it is as it was; `before` if it cannot be read."""
        ...


class _Value(Protocol):
    def __call__[T](self, name: str, before: T, parse: Callable[[str], T | Fault], what: str, /) -> T: ...


def texts_of(pattern: ShiftPattern) -> dict[str, str]:
    """Every field of `PAUSE` and `LIMITS`."""
    return {**pause_texts(pattern), **_limit_texts(pattern)}


def pause_texts(pattern: ShiftPattern) -> dict[str, str]:
    fixed, law = pattern.fixed_pause, pattern.driving
    kind = IN_WINDOW if fixed else BY_DRIVING if law else NO_BREAK
    shown = (
        kind,
        minutes(fixed.duration) if fixed else "",
        f"{clock(fixed.window.start)}–{clock(fixed.window.end)}" if fixed else "",
        *(driving_texts(law) if law else ("", "", "")),
    )
    return dict(zip(PAUSE, shown, strict=True))


def driving_texts(law: DrivingBreaks) -> tuple[str, str, str]:
    """(`4:30`, `45`, `15+30`): after so much driving, so many minutes, in which two parts (empty: not split)."""
    split = "" if law.first_s >= law.whole_s else f"{minutes(law.first_s)}+{minutes(law.second_s)}"
    return hours(law.limit_s), minutes(law.whole_s), split


def _limit_texts(pattern: ShiftPattern) -> dict[str, str]:
    shown = (
        minutes(pattern.overtime_s) if pattern.overtime_s else "",
        f"{pattern.overtime_per_hour / 100:.2f}" if pattern.overtime_per_hour else "",
        "" if pattern.max_drive_s is None else hours(pattern.max_drive_s),
        "" if pattern.max_drive_m is None else f"{pattern.max_drive_m / 1000:g}",
        str(pattern.tours) if pattern.tours > 1 else "",
        minutes(pattern.reload_s) if pattern.reload_s else "",
        ", ".join(sorted(pattern.zones)),
    )
    return dict(zip(LIMITS, shown, strict=True))


def read_pause(reader: Reader, was: Break | DrivingBreaks | None, shift: Window) -> Break | DrivingBreaks | None:
    """The break that was typed; one without a window may lie anywhere in the shift."""
    if reader.is_same(*PAUSE):
        return was
    if reader.text("break_kind") == BY_DRIVING:
        known = isinstance(was, DrivingBreaks)
        return _by_driving(reader, reader.value, was) if known else _by_driving(reader, reader.typed, EU)
    before = was if isinstance(was, Break) else None
    duration = reader.value(
        "break", before.duration if before else None, quantities.duration, "a number of minutes"
    )
    if not duration:
        return None
    window = reader.value("break_window", before.window if before else None, _window, "a window, such as 11–13")
    return Break(duration, window or shift)


def _by_driving(reader: Reader, value: _Value, before: DrivingBreaks) -> DrivingBreaks:
    limit = value("drive_limit", before.limit_s, _driving(_or(working.hours, EU.limit_s)), "hours, such as 4:30")
    whole = value("drive_break", before.whole_s, _break(_or(working.minutes, EU.whole_s)), "a number of minutes")
    kept = None if before.first_s >= before.whole_s else (before.first_s, before.second_s)
    look = (
        value if whole == before.whole_s else reader.typed
    )  # parts that fitted another whole may not fit this one
    split = look("drive_split", kept, lambda typed: _split(typed, whole), "")
    return DrivingBreaks(limit, whole, *(split or (whole, whole)))


def read_limits(reader: Reader, base: ShiftPattern) -> dict[str, Any]:
    """The fields of a pattern that `LIMITS` say."""
    overtime = within(_or(working.minutes, 0), ranges.MOST_OVERTIME, "12 hours")
    reload = within(_or(working.minutes, 0), ranges.MOST_RELOAD, "12 hours")
    metres = within(working.metres, ranges.MOST_METRES, "5000 km", 1, "more than 0")
    return {
        "overtime_s": reader.value("overtime", base.overtime_s, overtime, "a number of minutes"),
        "overtime_per_hour": reader.value("overtime_hour", base.overtime_per_hour, price, "an amount of money"),
        "max_drive_s": reader.value("max_drive", base.max_drive_s, _driving(working.hours), "hours, such as 9:00"),
        "max_drive_m": reader.value("max_km", base.max_drive_m, metres, "a number of kilometres"),
        "tours": reader.value("tours", base.tours, _tours, "a number of tours"),
        "reload_s": reader.value("reload", base.reload_s, reload, "a number of minutes"),
        "zones": reader.value("zones", base.zones, working.zones, ""),
    }


def _or(parse: Callable[[str], int | Fault | None], usual: int) -> Callable[[str], int | Fault]:
    """The same, with what is usual where nothing is said."""

    def read(typed: str) -> int | Fault:
        found = parse(typed)
        return usual if found is None else found

    return read


def _driving[T: (int, int | None)](parse: Callable[[str], T | Fault]) -> Callable[[str], T | Fault]:
    return within(parse, ranges.MOST_DRIVING, "24 hours", ranges.LEAST_DRIVING, "15 minutes or more")


def _break(parse: Callable[[str], int | Fault]) -> Callable[[str], int | Fault]:
    return within(parse, ranges.MOST_DRIVING, "24 hours", 60, "1 minute or more")


def _split(typed: str, whole: int) -> tuple[int, int] | Fault | None:
    """Two parts, neither as long as the whole break: it would be that one."""
    found = working.parts(typed)
    if found is None or isinstance(found, Fault):
        return found
    if min(found) < 60 or max(found) >= whole:
        return Fault(Problem.NOT_A_NUMBER, f"must be two parts of 1 to {whole // 60 - 1} minutes")
    return found


def _tours(typed: str) -> int | Fault:
    return within(_or(quantities.pieces, 1), ranges.MOST_TOURS, str(ranges.MOST_TOURS), 1, "1 or more")(typed)


def _window(typed: str) -> Window | Fault | None:
    found = windows.windows(typed)
    if isinstance(found, Fault):
        return found
    return found[0] if found else None


def cents(typed: str) -> int | Fault:
    """An amount of money in cents; nothing typed: 0."""
    found = money(typed)
    if isinstance(found, Fault):
        return found
    if found is None:
        return 0
    return found[0] if found[0] >= 0 else Fault(Problem.NEGATIVE, "must be 0 or more")


def price(typed: str) -> int | Fault:
    """As `cents`, as much as a price of a shift can be."""
    return within(cents, ranges.MOST_PRICE, str(ranges.MOST_PRICE // 100))(typed)


def clock(seconds: int) -> str:
    """`07:30`; after midnight it counts on: `26:00`."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


def hours(seconds: int) -> str:
    """`4:30`."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}"


def minutes(seconds: int) -> str:
    return str(seconds // 60) if seconds % 60 == 0 else f"{seconds} s"
