"""Why an order is not planned, in one sentence, and what to do next: the drivers' reasons summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dispatch_console.domain import clock, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.insertion import Reason
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.stops import Stop
from dispatch_console.manifests import figures, lines
from dispatch_console.manifests.letters import letter


@dataclass(frozen=True, slots=True)
class Alone:
    """Why each driver could not take a stop even with nothing else left to do: soon known of many stops."""

    reasons: Sequence[Reason]


#: Stop → why each driver cannot take it, as `insertion.reasons` says.
Reasons = Callable[[StopId], Sequence[Reason] | Alone]


class Answer(NamedTuple):
    """Why not, and the next step."""

    why: str
    next: str


_NEXT = {
    Rule.SKILL: "Tomorrow, or change drivers",
    Rule.CAPACITY_KG: "Tomorrow first",
    Rule.CAPACITY_M3: "Tomorrow first",
    Rule.CAPACITY_PIECES: "Tomorrow first",
    Rule.MAX_STOPS: "Tomorrow first",
    Rule.WINDOW: "Phone for a new time",
    Rule.SHIFT: "Tomorrow, or overtime",
    Rule.BREAK: "Tomorrow, or overtime",
    Rule.UNREACHABLE: "Check the pin",
    Rule.LOCKED: "Unlock a route",
    Rule.ABSENT: "Find a driver",
    Rule.BREAKDOWN: "Give to another van",
    Rule.SICK: "Find a driver",
    Rule.PAIR: "Put it on its pickup's route",
    Rule.MAX_DRIVING: "Tomorrow, or change drivers",
    Rule.MAX_DISTANCE: "Tomorrow, or change drivers",
    Rule.FORBIDDEN: "Tomorrow, or change drivers",
    Rule.ZONE: "Change vehicles",
    Rule.APART: "Tomorrow, or by itself",
}
_SHORT = {
    Rule.SKILL: "lack the skill",
    Rule.CAPACITY_KG: "are full by weight",
    Rule.CAPACITY_M3: "are full by volume",
    Rule.CAPACITY_PIECES: "are full by pieces",
    Rule.MAX_STOPS: "have all the stops they take",
    Rule.WINDOW: "would come after the window",
    Rule.SHIFT: "would come back after their shift",
    Rule.BREAK: "would lose their break",
    Rule.UNREACHABLE: "find no way there",
    Rule.LOCKED: "are locked",
    Rule.ABSENT: "are absent",
    Rule.BREAKDOWN: "have a van that broke down",
    Rule.SICK: "cannot go on",
    Rule.PAIR: "do not pass its pickup before it",
    Rule.MAX_DRIVING: "would drive longer than they may",
    Rule.MAX_DISTANCE: "would drive further than they may",
    Rule.FORBIDDEN: "may not serve this customer",
    Rule.ZONE: "have a van that may not go there",
    Rule.APART: "carry goods that may not ride with it",
}

_VERBS = {
    "are ": "is ",
    "have ": "has ",
    "lack ": "lacks ",
    "find ": "finds ",
    "carry ": "carries ",
    "do ": "does ",
}


def answer(day: Day, stop: StopId, reasons: Reasons) -> Answer:
    """The one sentence for a stop of the pool."""
    wanted = day.stops[stop]
    if wanted.place is None:
        address = wanted.order.address
        written = ", ".join(part for part in (address.street_line, address.town_line) if part)
        return Answer(f"No place on the map: “{written}”." if written else "No address was given.", "Set the pin")
    if not any(route.stops for route in day.routes):
        return Answer("No route has been planned yet.", "Plan the day")
    given = reasons(stop)
    found = {reason.route: reason for reason in (given.reasons if isinstance(given, Alone) else given)}
    free = [shift for id, shift in day.shifts.items() if id not in found]
    if free and isinstance(given, Alone):
        names = saying.listed((shift.driver.name for shift in free), 1)
        return Answer(f"Given up for others: {names} could take it with nothing else to do.", "Tomorrow first")
    if free:
        name = letter(free[0].slot)
        return Answer(f"Would fit into route {name}, {free[0].driver.name}.", f"Put it on route {name}")
    present = [reason for id, reason in found.items() if not day.shifts[id].absent] or list(found.values())
    counts = Counter(reason.rule for reason in present)
    if not counts:
        return Answer("No driver works today.", "Find a driver")
    rule, number = counts.most_common(1)[0]
    if number == len(present):
        return Answer(_all_say(rule, day, wanted, present), _NEXT[rule])
    return Answer(_some_say(counts), _NEXT[rule])


def _all_say(rule: Rule, day: Day, stop: Stop, present: Sequence[Reason]) -> str:
    """The sentence if the same rule is in the way for every driver."""
    if rule is Rule.SKILL:
        return f"Needs {', '.join(sorted(stop.skills))}; no driver at work has it."
    if rule is Rule.CAPACITY_KG:
        return _weight(day, stop, present)
    if rule is Rule.WINDOW:
        return _window(day, stop, present)
    if len(present) == 1:
        return present[0].detail
    return f"All {len(present)} drivers {_SHORT[rule]}."


def _some_say(counts: Counter[Rule]) -> str:
    parts = [
        f"{number} {_SHORT[rule] if number > 1 else _one(_SHORT[rule])}" for rule, number in counts.most_common()
    ]
    return f"Of {counts.total()} drivers {', '.join(parts)}."


def _one(words: str) -> str:
    """The words of `_SHORT` for one driver."""
    for many, one in _VERBS.items():
        if words.startswith(many):
            return one + words.removeprefix(many)
    return words.replace("their", "his").replace("they", "he")


def _weight(day: Day, stop: Stop, present: Sequence[Reason]) -> str:
    shift = max((day.shifts[reason.route] for reason in present), key=lambda shift: _room_g(day, shift))
    room = _room_g(day, shift)
    needed = figures.kg(figures.rounded(stop.size).kg10)
    if room <= 0:
        return f"Needs {needed} kg; no van has room left."
    return f"Needs {needed} kg; most room left is {shift.vehicle.name} with {room / 1000:,.0f} kg."


def _room_g(day: Day, shift: Shift) -> int:
    """What the van could still carry, in grams."""
    limit = shift.vehicle.capacity.grams
    return (limit or 0) - day.schedules[shift.id].load_peak.grams


def _window(day: Day, stop: Stop, present: Sequence[Reason]) -> str:
    """A window that closes before anybody could be there is told from one for which all are busy."""
    windows = " or ".join(lines.window_text(window, day) for window in stop.windows)
    assert stop.place is not None, "a stop without a place has another reason"
    first = min(
        shift.start + day.travel.leg(shift.start_place, stop.place)[0]
        for shift in (day.leaving[reason.route] for reason in present)
    )
    if stop.windows and first > stop.windows[-1].end:
        return f"Window {windows}; earliest arrival {clock.hhmm(first, day.date, day.depot.timezone)}."
    return f"Window {windows}; every driver would come too late, or make another customer wait."
