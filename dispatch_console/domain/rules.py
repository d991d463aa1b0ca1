"""Broken rules as values: shown and explained, never raised, never in the way of an edit."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import StopId


class Rule(StrEnum):
    """The words that `plan.json` uses too. All are hard for the optimiser."""

    NO_PLACE = "no_place"
    ABSENT = "absent"
    BREAKDOWN = "breakdown"
    SICK = "sick"
    SKILL = "skill"
    CAPACITY_KG = "capacity_kg"
    CAPACITY_M3 = "capacity_m3"
    CAPACITY_PIECES = "capacity_pieces"
    MAX_STOPS = "max_stops"
    WINDOW = "window"
    SHIFT = "shift"
    BREAK = "break"
    UNREACHABLE = "unreachable"
    LOCKED = "locked"
    PAIR = "pair"
    MAX_DRIVING = "max_driving"
    MAX_DISTANCE = "max_distance"
    FORBIDDEN = "forbidden"
    ZONE = "zone"
    APART = "apart"


class BrokenRule(NamedTuple):
    """A rule that a route breaks: at which stop (None: the route as a whole) and by how much.

    `by` is in the rule's own unit: seconds (window, shift, max_driving), metres (max_distance), grams, litres,
    pieces, stops; 1 otherwise.
    """

    rule: Rule
    stop: StopId | None
    by: int
    what: str = ""  # the missing skills, the zone, the two classes of goods, how far it is from a road


_SENTENCES: dict[Rule, Callable[[int], str]] = {
    Rule.CAPACITY_KG: lambda by: f"{-(-by // 1000)} kg over what the vehicle carries",
    Rule.CAPACITY_M3: lambda by: f"{-(-by // 100) / 10:.1f} m³ over what the vehicle holds",
    Rule.CAPACITY_PIECES: lambda by: f"{by} pieces over what the vehicle holds",
    Rule.MAX_STOPS: lambda by: f"{by} more {'stop' if by == 1 else 'stops'} than the driver takes",
    Rule.WINDOW: lambda by: f"{minutes(by)} min after the window closes",
    Rule.SHIFT: lambda by: f"back {minutes(by)} min after the shift ends",
    Rule.BREAK: lambda _: "the break does not fit into its window",
    Rule.NO_PLACE: lambda _: "the address has no place on the map yet",
    Rule.ABSENT: lambda _: "the driver is absent",
    Rule.BREAKDOWN: lambda _: "the vehicle has broken down",
    Rule.SICK: lambda _: "the driver cannot go on",
    Rule.UNREACHABLE: lambda _: "there is no way to get there",
    Rule.LOCKED: lambda _: "the route is locked",
    Rule.PAIR: lambda _: "its pickup is not before it on the route",
    Rule.MAX_DRIVING: lambda by: f"{minutes(by)} min more at the wheel than the driver may",
    Rule.MAX_DISTANCE: lambda by: f"{-(-by // 1000)} km more than the driver may go",
    Rule.FORBIDDEN: lambda _: "the driver may not serve this customer",
}


def minutes(seconds: int) -> int:
    """Whole minutes as a clock without seconds counts them (due 10:00, comes 10:19: 19); 1 s late is 1 min late."""
    return max(1, seconds // 60) if seconds > 0 else 0


def describe(broken: BrokenRule, shift: Shift | None = None) -> str:
    """What is wrong, as the second half of a sentence. `shift`: whose route breaks it; then names and limits are
    told: `5 h 10 of driving, 4 h 30 allowed`."""
    if shift is not None:
        told = _of_shift(broken, shift)
        if told:
            return told
    match broken.rule:
        case Rule.SKILL:
            return f"needs {broken.what}"
        case Rule.ZONE:
            return f"the vehicle may not enter zone {broken.what}"
        case Rule.APART:
            return f"may not ride together: {broken.what}"
        case Rule.NO_PLACE if broken.what:
            return f"it is {broken.what}"
        case _:
            pass
    return _SENTENCES[broken.rule](broken.by)


def _of_shift(broken: BrokenRule, shift: Shift) -> str:
    """What names and limits add; empty: nothing."""
    by = broken.by
    match broken.rule:
        case Rule.ZONE:
            return f"{shift.vehicle.name} may not enter zone {broken.what}"
        case Rule.MAX_DRIVING if shift.max_drive_s is not None:
            whole = shift.max_drive_s // 60 + minutes(by)  # so that the two differ by what is told elsewhere
            return f"{hours(whole * 60)} of driving, {hours(shift.max_drive_s)} allowed"
        case Rule.MAX_DISTANCE if shift.max_drive_m is not None:
            return f"{-(-(shift.max_drive_m + by) // 1000)} km, {shift.max_drive_m // 1000} km allowed"
        case Rule.SHIFT if shift.overtime_s:
            allowed = minutes(shift.overtime_s)
            return f"back {minutes(by)} min after the shift and {allowed} min of overtime end"
        case _:
            return ""


def hours(seconds: int) -> str:
    """`5 h 10`, `45 min`: whole minutes, cut."""
    whole = seconds // 60
    return f"{whole // 60} h {whole % 60:02d}" if whole >= 60 else f"{whole} min"
