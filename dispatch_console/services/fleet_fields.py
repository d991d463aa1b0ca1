"""The fields of a driver, his vehicle and his shift as they are typed, in the notations of files; and back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import (
    Capacity,
    Costs,
    Depot,
    Driver,
    DriverId,
    ShiftPattern,
    Vehicle,
    VehicleId,
)
from dispatch_console.domain.orders import Window
from dispatch_console.domain.places import Place
from dispatch_console.intake.notations import choices, dates, phones, places, quantities, text, working
from dispatch_console.intake.notations.dates import DateOrder
from dispatch_console.intake.notations.quantities import Style
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.services import field_ranges as ranges
from dispatch_console.services import fleet, fleet_record
from dispatch_console.services import fleet_rules as rules
from dispatch_console.services.field_ranges import within
from dispatch_console.services.fleet_record import Fleet, Record
from dispatch_console.services.order_fields import FieldProblem, problem

DRIVER = ("name", "phone", "driver_skills", "licence")
VEHICLE = ("vehicle", "plate", "kg", "m3", "pieces", "vehicle_skills", "inspection", "no_zones")
SHIFT = (
    "start",
    "end",
    "start_place",
    "end_place",
    "hour",
    "km",
    "fixed",
    "max_stops",
    *rules.PAUSE,
    *rules.LIMITS,
)
#: What counts for nothing without hours.
BESIDE_HOURS = SHIFT[2:]
NAMES = (*DRIVER, *VEHICLE, *SHIFT)

DEPOT_WORD = "depot"
START_WORD = "as start"
OPEN_WORD = "open"

_TIME = re.compile(r"^(\d{1,2})(?:\s*[:.h]\s*(\d{2})|\s*(?:h|uhr)?)$", re.IGNORECASE)
_LATEST = 48 * 3600  # a night shift ends on the next day


@dataclass(frozen=True, slots=True)
class FleetReading:
    """What was typed, read. `problems` says why some fields could not be read; `record` has the others."""

    record: Record
    problems: Mapping[str, FieldProblem] = field(default_factory=dict[str, FieldProblem])


def texts_of(record: Record) -> dict[str, str]:
    """Every field of `NAMES`, as the form shows it; reading them back gives the same record."""
    return {**_driver_texts(record.driver), **_vehicle_texts(record.vehicle), **_shift_texts(record.pattern)}


def _driver_texts(driver: Driver | None) -> dict[str, str]:
    if driver is None:
        return dict.fromkeys(DRIVER, "")
    skills = ", ".join(sorted(driver.skills))
    return dict(zip(DRIVER, (driver.name, driver.phone, skills, _day(driver.licence_until)), strict=True))


def _vehicle_texts(vehicle: Vehicle | None) -> dict[str, str]:
    if vehicle is None:
        return dict.fromkeys(VEHICLE, "")
    grams, litres, pieces = vehicle.capacity
    shown = (
        vehicle.name,
        vehicle.plate,
        _thousandths(grams),
        _thousandths(litres),
        "" if pieces is None else str(pieces),
        ", ".join(sorted(vehicle.skills)),
        _day(vehicle.inspection_until),
        ", ".join(sorted(vehicle.no_zones)),
    )
    return dict(zip(VEHICLE, shown, strict=True))


def _shift_texts(pattern: ShiftPattern | None) -> dict[str, str]:
    if pattern is None:
        return dict.fromkeys(SHIFT, "")
    end = OPEN_WORD if pattern.open_end else place_text(pattern.end_place, START_WORD)
    shown = (
        rules.clock(pattern.start),
        rules.clock(pattern.end),
        place_text(pattern.start_place, DEPOT_WORD),
        end,
        _cents(pattern.costs.per_hour),
        _cents(pattern.costs.per_km),
        _cents(pattern.costs.fixed),
        "" if pattern.max_stops is None else str(pattern.max_stops),
        *rules.texts_of(pattern).values(),
    )
    return dict(zip(SHIFT, shown, strict=True))


class Proposal(NamedTuple):
    """What the shift of somebody new is filled in with; on the screen it can be seen and counts as typed."""

    texts: Mapping[str, str]
    weekdays: frozenset[int]


def proposal(kept: Fleet) -> Proposal:
    """The shift that most drivers of the fleet have."""
    usual = fleet_record.usual_pattern(kept)
    return Proposal(_shift_texts(usual), usual.weekdays)


def has_hours(texts: Mapping[str, str]) -> bool:
    """Without hours there is no shift."""
    return bool(text.clean(texts["start"]) or text.clean(texts["end"]))


def read(
    texts: Mapping[str, str],
    base: Record,
    weekdays: frozenset[int],
    depot: Depot,
    today: dt.date,
    proposed: Proposal | None = None,
) -> FleetReading:
    """`base` with what was typed. Empty fields of the driver: no driver; of the vehicle: no vehicle; empty hours:
    no usual shift. A text that is as `texts_of(base)` shows it leaves its field as it is.

    `today` completes dates without a year. A shift that is still as `proposed` asks for no driver: a vehicle may
    come alone.
    """
    if proposed is not None and _only_proposed(texts, proposed):
        texts = {**texts, **dict.fromkeys(SHIFT, "")}
    reader = _Reader(texts, texts_of(base), depot, today)
    driver = reader.driver(base.driver)
    vehicle = reader.vehicle(base.vehicle)
    pattern = reader.pattern(base.pattern, weekdays)
    if pattern is not None and not reader.problems:
        if driver is None or vehicle is None:
            missing, word = ("name", "driver") if driver is None else ("vehicle", "vehicle")
            said = f"A shift needs a {word}. Type a name here, or clear the hours if there is to be no shift."
            reader.problems[missing] = FieldProblem(said)
        else:
            reader.check(pattern)
    return FleetReading(Record(driver, vehicle, pattern), reader.problems)


def _only_proposed(texts: Mapping[str, str], proposed: Proposal) -> bool:
    driver = any(text.clean(texts.get(name, "")) for name in DRIVER)
    return not driver and all(texts.get(name, shown) == shown for name, shown in proposed.texts.items())


class _Reader:
    def __init__(self, texts: Mapping[str, str], shown: Mapping[str, str], depot: Depot, today: dt.date) -> None:
        self._texts = {name: text.clean(texts.get(name, shown[name])) for name in NAMES}
        self._same = {name for name in NAMES if texts.get(name, shown[name]) == shown[name]}
        self._depot, self._today = depot, today
        self.problems: dict[str, FieldProblem] = {}

    def driver(self, before: Driver | None) -> Driver | None:
        if not any(self._texts[name] for name in DRIVER):
            return None
        base = before or Driver(DriverId(0), "")
        if not self._texts["name"]:
            self.problems["name"] = FieldProblem("A driver needs a name.")
        return replace(
            base,
            name=self._texts["name"],
            phone=self.value("phone", base.phone, self._phone, ""),
            skills=self.value("driver_skills", base.skills, _skills, ""),
            licence_until=self.value("licence", base.licence_until, self._date, "a date, such as 31.12.2027"),
        )

    def vehicle(self, before: Vehicle | None) -> Vehicle | None:
        if not any(self._texts[name] for name in VEHICLE):
            return None
        base = before or Vehicle(VehicleId(0), "")
        if not self._texts["vehicle"]:
            self.problems["vehicle"] = FieldProblem("A vehicle needs a name.")
        grams, litres, pieces = base.capacity
        capacity = Capacity(
            self.value("kg", grams, within(_grams, ranges.MOST_GRAMS, "1000 t"), "a weight in kg"),
            self.value("m3", litres, within(_litres, ranges.MOST_LITRES, "100000 m³"), "a volume in m³"),
            self.value(
                "pieces", pieces, within(quantities.pieces, ranges.MOST_PIECES, "1000000"), "a whole number"
            ),
        )
        return replace(
            base,
            name=self._texts["vehicle"],
            plate=self._texts["plate"],
            capacity=capacity,
            skills=self.value("vehicle_skills", base.skills, _skills, ""),
            inspection_until=self.value(
                "inspection", base.inspection_until, self._date, "a date, such as 31.12.2027"
            ),
            no_zones=self.value("no_zones", base.no_zones, working.zones, ""),
        )

    def pattern(self, before: ShiftPattern | None, weekdays: frozenset[int]) -> ShiftPattern | None:
        if not has_hours(self._texts):
            return None
        base = before or ShiftPattern(DriverId(0), VehicleId(0), 8 * 3600, 17 * 3600)
        start = self.value("start", base.start, _clock, "a time, such as 07:30")
        end = self.value("end", base.end, _clock, "a time, such as 16:30")
        ends = self.value("end_place", (base.end_place, base.open_end), self._end_place, "")
        return replace(
            base,
            start=start,
            end=end,
            pause=rules.read_pause(self, base.pause, Window(start, end)),
            start_place=self.value("start_place", base.start_place, self._start_place, ""),
            end_place=ends[0],
            open_end=ends[1],
            costs=Costs(
                self.value("hour", base.costs.per_hour, rules.price, "an amount of money"),
                self.value("km", base.costs.per_km, rules.price, "an amount of money"),
                self.value("fixed", base.costs.fixed, rules.price, "an amount of money"),
            ),
            max_stops=self.value("max_stops", base.max_stops, _stops, "a whole number"),
            weekdays=weekdays,
            **rules.read_limits(self, base),
        )

    def check(self, pattern: ShiftPattern) -> None:
        """What no single field shows: said at the field that is most likely meant."""
        try:
            fleet.check_pattern(pattern)
        except UserError as error:
            pause = "break_window" if pattern.driving is None else "drive_limit"
            at = "end" if pattern.end <= pattern.start else pause if pattern.weekdays else "weekdays"
            self.problems[at] = FieldProblem(error.message)

    def text(self, name: str) -> str:
        return self._texts[name]

    def is_same(self, *names: str) -> bool:
        return self._same.issuperset(names)

    def value[T](self, name: str, before: T, parse: Callable[[str], T | Fault], what: str) -> T:
        return before if name in self._same else self.typed(name, before, parse, what)

    def typed[T](self, name: str, before: T, parse: Callable[[str], T | Fault], what: str) -> T:
        typed = self._texts[name]
        found = parse(typed)
        if isinstance(found, Fault):
            self.problems[name] = problem(typed, found, what)
            return before
        return found

    def _phone(self, typed: str) -> str | Fault:
        if typed and sum(c.isdigit() for c in typed) < 3:
            return Fault(Problem.NOT_A_NUMBER, "is not a phone number")
        return phones.phone(typed, self._depot.country) if typed else ""

    def _date(self, typed: str) -> dt.date | Fault | None:
        return dates.day(typed, DateOrder.DMY, self._today) if typed else None

    def _start_place(self, typed: str) -> Place | Fault | None:
        if text.fold(typed) in ("", DEPOT_WORD, text.fold(self._depot.name)):
            return None
        return _place(typed)

    def _end_place(self, typed: str) -> tuple[Place | None, bool] | Fault:
        plain = text.fold(typed)
        if plain in ("", START_WORD):
            return None, False
        if plain == OPEN_WORD:
            return None, True
        if plain in (DEPOT_WORD, text.fold(self._depot.name)):
            return self._depot.place, False
        found = _place(typed)
        return found if isinstance(found, Fault) else (found, False)


def _place(typed: str) -> Place | Fault:
    found = places.pair(typed)
    if found is None or isinstance(found, Fault):
        message = "is not a place: type depot, or coordinates such as 47.1410, 9.5210"
        return Fault(Problem.BAD_COORDINATES, message)
    return Place(*found)


def _clock(typed: str) -> int | Fault:
    """A time up to 48:00: what lies after midnight belongs to the evening before."""
    found = _TIME.match(typed.strip())
    seconds = int(found[1]) * 3600 + int(found[2] or 0) * 60 if found else -1
    if found and 0 <= seconds <= _LATEST and int(found[2] or 0) < 60:
        return seconds
    return Fault(Problem.BAD_SHIFT, "is not a time of day")


def _grams(typed: str) -> int | Fault | None:
    return quantities.grams(typed, Style(unit="kg"))


def _litres(typed: str) -> int | Fault | None:
    return quantities.litres(typed, Style(unit="m3"))


def _stops(typed: str) -> int | Fault | None:
    return within(quantities.pieces, ranges.MOST_STOPS, str(ranges.MOST_STOPS), 1, "1 or more")(typed)


def _skills(typed: str) -> frozenset[str]:
    return frozenset(skill.casefold() for skill in choices.skills([typed]))


def place_text(place: Place | None, otherwise: str) -> str:
    return otherwise if place is None else f"{place.lat:.6f}, {place.lon:.6f}"


def _day(date: dt.date | None) -> str:
    return f"{date:%d.%m.%Y}" if date else ""


def _thousandths(value: int | None) -> str:
    if value is None:
        return ""
    return f"{value / 1000:.3f}".rstrip("0").rstrip(".") or "0"


def _cents(cents: int) -> str:
    return f"{cents / 100:.2f}" if cents else ""
