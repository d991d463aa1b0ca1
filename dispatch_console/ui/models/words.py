"""Short words of the window: names, windows of time, reasons, sums. No widgets, no plan: texts from values."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from dispatch_console.domain import clock
from dispatch_console.domain.orders import DAY_S, Window
from dispatch_console.domain.rules import BrokenRule, Rule, minutes
from dispatch_console.domain.sizes import symbol
from dispatch_console.domain.stops import Stop
from dispatch_console.ui import texts

_tr = texts.of("Words")

#: A word of a name that tells a business from a person (casefolded).
#: Where one of them stands it is no person's name; `Meet Ada Quill` is where two vans meet.
_BUSINESS = frozenset(
    """ag apotheke atelier bakery bank bar bau bookshop boutique brewery bv bäckerei café cafe center centre
    church clinic club co dairy dentist deli depot farm farmacia firma florist foundation garage gasthaus gasthof
    gmbh gym hair hardware haus haustechnik hof hospital hostel hotel inc inn institut kantine kg kindergarten
    kiosk kirche klinik laboratory library limited llc ltd market markt meet metzgerei motors museum nursery
    office oy optician pharmacie pharmacy pizzeria praxis pub quelle restaurant ristorante sa salon sarl
    school schule service shop sl spa srl store studio supermarket tavern team theater theatre verein vet warehouse
    weingut werkstatt winery works zentrum école ecole escola escuela scuola koulu ravintola""".split()
)

#: Words before a surname that belong to it.
_PARTICLES = frozenset("da de del della den der di do dos du la le ten ter van von zu zum".split())

_REASONS: dict[Rule, str] = {
    Rule.NO_PLACE: "no place",
    Rule.ABSENT: "absent",
    Rule.BREAKDOWN: "broken",
    Rule.SICK: "sick",
    Rule.SKILL: "skill",
    Rule.CAPACITY_KG: "kg full",
    Rule.CAPACITY_M3: "m³ full",
    Rule.CAPACITY_PIECES: "pc full",
    Rule.MAX_STOPS: "stops full",
    Rule.WINDOW: "window",
    Rule.SHIFT: "shift end",
    Rule.BREAK: "no break",
    Rule.UNREACHABLE: "no way",
    Rule.LOCKED: "locked",
    Rule.PAIR: "no pickup",
    Rule.MAX_DRIVING: "driving",
    Rule.MAX_DISTANCE: "distance",
    Rule.FORBIDDEN: "forbidden",
    Rule.ZONE: "zone",
    Rule.APART: "mixed load",
}


def no_place(stop: Stop) -> str:
    """Of a stop that nobody can be sent to: its place is not known, or no road leads there."""
    return _REASONS[Rule.NO_PLACE] if stop.away is None else "no road"


@lru_cache(maxsize=20_000)
def person(name: str) -> tuple[str, str] | None:
    """(surname, given names) of a person, None for anything that may be a business.

    `Keller, Mara` and `Mara Keller` and `Mara van der Keller`; two to four words of letters only.
    """
    before, comma, after = (part.strip() for part in name.partition(","))
    words = name.replace(",", " ").split()
    if not 2 <= len(words) <= 4 or not all(_is_name(word) for word in words):
        return None
    if comma:
        return (before, after) if before and after else None
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return " ".join(words[cut:]), " ".join(words[:cut])


def _is_name(word: str) -> bool:
    letters = word.replace("-", "").replace("'", "").replace("’", "").replace(".", "")
    return letters.isalpha() and not (letters.isupper() and len(letters) > 3) and word.casefold() not in _BUSINESS


def short_name(name: str) -> str:
    """`Keller M.` for a person, all of it for a business."""
    parts = person(name)
    return f"{parts[0]} {parts[1][0]}." if parts else name


def listed_name(name: str) -> str:
    """`Keller Mara`: surname first, as a list is read."""
    parts = person(name)
    return " ".join(parts) if parts else name


@lru_cache(maxsize=20_000)
def wall(seconds: int, date: dt.date, timezone: str) -> str:
    """A time of the plan day as the wall clock shows it; the midnight that ends the day is 24:00."""
    text = clock.hhmm(seconds, date, timezone)
    return "24:00" if text == "00:00" and seconds >= DAY_S - 3600 else text


def span(start: str, end: str) -> str:
    """`08–12` for whole hours, else `09:30–10:30`."""
    if start.endswith(":00") and end.endswith(":00"):
        return f"{start[:-3]}–{end[:-3]}"
    return f"{start}–{end}"


def told_window(window: Window) -> str:
    """A window as the customer was told it: wall-clock seconds from 00:00."""
    return span(*(f"{t // 3600:02d}:{t // 60 % 60:02d}" for t in window))


def reason_word(rule: Rule) -> str:
    """Why a stop is unassigned, in a word or two."""
    return _tr(_REASONS[rule])


def impossible() -> str:
    """Of a stop that nobody could take even with nothing else to do."""
    return _tr("impossible")


def short(broken: BrokenRule) -> str:
    """A broken rule in a few letters: `13 min late`, `47 kg over`."""
    by = broken.by
    match broken.rule:
        case Rule.WINDOW:
            return _tr("{n} min late").format(n=minutes(by))
        case Rule.SHIFT:
            return _tr("back {n} min late").format(n=minutes(by))
        case Rule.CAPACITY_KG:
            return _tr("{n} kg over").format(n=_ceil(by, 1000))
        case Rule.CAPACITY_M3:
            return _tr("{n} m³ over").format(n=f"{_ceil(by, 100) / 10:.1f}")
        case Rule.CAPACITY_PIECES:
            return _tr("{n} pc over").format(n=by)
        case Rule.MAX_STOPS:
            return _tr("{stops} over").format(stops=count(by, "stop"))
        case Rule.SKILL:
            return _tr("needs {skill}").format(skill=broken.what)
        case Rule.MAX_DRIVING:
            return _tr("{n} min driving over").format(n=minutes(by))
        case Rule.MAX_DISTANCE:
            return _tr("{n} km over").format(n=_ceil(by, 1000))
        case Rule.ZONE:
            return _tr("not into {zone}").format(zone=broken.what)
        case other:
            return _tr(_REASONS[other])


def signed_minutes(seconds: int) -> str:
    """`+6`, `−3`, `±0`: whole minutes, away from zero by at least half, with a true minus."""
    whole = round(seconds / 60)
    return "±0" if whole == 0 else f"{'+' if whole > 0 else '−'}{abs(whole)}"


def signed_kilometres(metres: int) -> str:
    """`+3.1`, `−0.4`, `±0.0`, with a true minus."""
    return signed(metres / 1000, 1)


def signed(value: float, decimals: int) -> str:
    text = f"{abs(value):,.{decimals}f}"
    if not float(text.replace(",", "")):
        return f"±{text}"
    return f"{'+' if value > 0 else '−'}{text}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `7th`, `11th`."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def kilograms(grams: int) -> str:
    """Whole kilograms; one decimal below one."""
    if 0 < grams < 950:
        return f"{grams / 1000:.1f}"
    return str(round(grams / 1000))


def count(number: int, one: str, many: str = "") -> str:
    """`1 stop`, `3 stops`, `1,500 stops`."""
    return f"{number:,} {_tr(one if number == 1 else many or one + 's')}"


def _ceil(value: int, unit: int) -> int:
    return -(-value // unit)


def money(cents: int, currency: str) -> str:
    """`€ 2,936`: whole units, the currency's sign or its code before."""
    return f"{symbol(currency)} {(cents + 50) // 100:,}"
