"""Answers as a dispatcher says them. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.domain.alternatives import Alternative
from dispatch_console.domain.day import Day
from dispatch_console.domain.orders import Window
from dispatch_console.domain.sizes import symbol
from dispatch_console.services.answers import Change, Choice, Fitting, Lever, Verdict
from dispatch_console.ui import texts
from dispatch_console.ui.models import words

_tr = texts.of("Answers")

MINUS = "−"
#: So many drivers are named before the rest is counted.
_NAMED = 3


class Other(NamedTuple):
    """A driver who could have the stop instead: what the day takes more then. `rules`: what would be broken."""

    chip: tuple[int, str]
    name: str
    place: str
    arrive: str
    minutes: str
    km: str
    cost: str
    rules: str


def verdict(day: Day, found: Fitting) -> str:
    """Whether anybody could take it at all, in a sentence."""
    if found.verdict is Verdict.FITS:
        return _tr("It fits as the routes are.")
    if found.verdict is Verdict.IMPOSSIBLE:
        return _tr("Impossible as the day stands: nobody could take it, even with nothing else to do.")
    names = _names([day.shifts[id].driver.name for id in found.able])
    return _tr("Given up for others: {names} could take it with nothing else to do.").format(names=names)


def _names(names: list[str]) -> str:
    """`Mara Keller`, `Mara Keller and Ines Falk`, `A, B, C and 4 more`."""
    if len(names) > _NAMED:
        return _tr("{names} and {n} more").format(names=", ".join(names[:_NAMED]), n=len(names) - _NAMED)
    if len(names) < 2:
        return "".join(names)
    return _tr("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def change(day: Day, made: Change) -> str:
    """What would have to be otherwise, in a sentence: `Ines Falk works 12 min longer, until 14:12.`"""
    shift = day.shifts[made.route]
    driver, vehicle, by = shift.driver.name, shift.vehicle.name, made.by
    minutes = by // 60
    match made.lever:
        case Lever.AS_IS:
            return _tr("Nothing has to change.")
        case Lever.LATER:
            at = _hhmm(day, _window(day, made).end + by)
            return _tr("The customer is served until {at}, {n} min later than agreed.").format(at=at, n=minutes)
        case Lever.EARLIER:
            at = _hhmm(day, _window(day, made).start - by)
            return _tr("The customer is served from {at} on, {n} min earlier than agreed.").format(at=at, n=minutes)
        case Lever.OVERTIME:
            at = _hhmm(day, shift.latest_end + by)
            return _tr("{driver} works {n} min longer, until {at}.").format(driver=driver, n=minutes, at=at)
        case Lever.KG:
            return _tr("{vehicle} carries {n} kg more than it may.").format(vehicle=vehicle, n=-(-by // 1000))
        case Lever.M3:
            return _tr("{vehicle} takes {n} m³ more than it may.").format(vehicle=vehicle, n=f"{by / 1000:.2f}")
        case Lever.PIECES:
            pieces = words.count(by, "piece")
            return _tr("{vehicle} takes {pieces} more than it may.").format(vehicle=vehicle, pieces=pieces)
        case Lever.STOPS:
            stops = words.count(by, "stop")
            return _tr("{driver} takes {stops} more than he should.").format(driver=driver, stops=stops)
        case Lever.SKILL:
            return _tr("{driver} may do what needs “{skill}”.").format(driver=driver, skill=made.what)
        case Lever.SWAP:
            return _swap(day, made)
        case Lever.SPARE:
            name = made.vehicle.name if made.vehicle else ""
            return _tr("{driver} drives {vehicle}, which nobody drives today.").format(driver=driver, vehicle=name)
        case Lever.UNLOCK:
            return _tr("The route of {driver} is unlocked.").format(driver=driver)
        case Lever.DRIVING:
            return _tr("{driver} drives {n} min more than he may.").format(driver=driver, n=minutes)
        case Lever.DISTANCE:
            return _tr("{driver} goes {n} km further than he may.").format(driver=driver, n=-(-by // 1000))


def _swap(day: Day, made: Change) -> str:
    assert made.other is not None, "somebody else drives it"
    driver, other = day.shifts[made.route], day.shifts[made.other]
    return _tr("{driver} and {other} swap vehicles: {driver} drives {vehicle}.").format(
        driver=driver.driver.name, other=other.driver.name, vehicle=other.vehicle.name
    )


def _window(day: Day, made: Change) -> Window:
    return day.stops[made.stop].windows[made.window]


def then(day: Day, made: Change) -> str:
    """`Ines Falk takes it as 7th stop: arrives 10:40, +14 min, +3.1 km, +€ 4.10.`"""
    return _tr("{driver} takes it as {place} stop: arrives {at}, {minutes} min, {km} km, {cost}.").format(
        driver=day.shifts[made.route].driver.name,
        place=words.ordinal(made.at + 1),
        at=_hhmm(day, made.arrive),
        minutes=words.signed_minutes(made.added_s),
        km=words.signed_kilometres(made.added_m),
        cost=_money(made.added_cost, day.depot.currency),
    )


def takes(day: Day, found: Choice) -> str:
    """`Stop 12, arrives 10:19. Its route would be spared 14 min, 3.2 km and € 6.40 without it.`"""
    return _tr("{n} stop, arrives {at}. Without it the route takes {minutes} min, {km} km and {cost} less.").format(
        n=words.ordinal(found.at + 1),
        at=_hhmm(day, found.arrive),
        minutes=round(found.takes_s / 60),
        km=f"{found.takes_m / 1000:.1f}",
        cost=_money(found.takes_cost, day.depot.currency, signed=False),
    )


def judgement(day: Day, found: Choice) -> str:
    """Whether it is the best driver for it."""
    if not found.others:
        return _tr("Nobody else drives today.")
    if found.is_best:
        return _tr("Nobody else could take it for less without breaking a rule.")
    best = min((one for one in found.others if not one.broken), key=lambda one: one.added_cost)
    cost = _money(-best.added_cost, day.depot.currency, signed=False)
    return _tr("{driver} could take it for {cost} less.").format(
        driver=day.shifts[best.route].driver.name, cost=cost
    )


def on_board(day: Day, found: Choice) -> str:
    """That its goods have left already; empty if they have not."""
    if not found.on_board:
        return ""
    vehicle = day.shifts[found.route].vehicle.name
    return _tr("Its goods are on {vehicle}, which has left: somebody has to hand them over.").format(
        vehicle=vehicle
    )


def broken_here(found: Choice) -> str:
    """The rules that are broken because of it where it stands."""
    return ", ".join(words.short(rule) for rule in found.breaks)


def others(day: Day, found: Choice) -> tuple[Other, ...]:
    return tuple(_other(day, one) for one in found.others)


def _other(day: Day, one: Alternative) -> Other:
    shift = day.shifts[one.route]
    return Other(
        (shift.slot, shift.driver.initials),
        shift.driver.name,
        words.ordinal(one.at + 1),
        _hhmm(day, one.arrive),
        words.signed_minutes(one.added_s),
        words.signed_kilometres(one.added_m),
        words.signed(one.added_cost / 100, 2),
        ", ".join(words.short(rule) for rule in one.broken),
    )


def spoken(one: Other) -> str:
    """An alternative as a sentence."""
    text = _tr("{name}, {place} stop: {minutes} min, {km} km, arrives {at}").format(
        name=one.name, place=one.place, minutes=one.minutes, km=one.km, at=one.arrive
    )
    return f"{text}; {one.rules}" if one.rules else text


def _money(cents: int, currency: str, *, signed: bool = True) -> str:
    sign = symbol(currency)
    amount = f"{sign} {abs(cents) / 100:,.2f}"
    return amount if not signed else f"{'+' if cents >= 0 else MINUS}{amount}"


def _hhmm(day: Day, seconds: int) -> str:
    return words.wall(seconds, day.date, day.depot.timezone)
