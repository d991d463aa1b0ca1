"""What views say of tours, reloads and breaks, and of what a route costs beyond its hours and kilometres."""

from __future__ import annotations

from html import escape

from dispatch_console.domain import costs, numbers, trips
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.rules import minutes
from dispatch_console.domain.schedule import Pause, Reload
from dispatch_console.domain.sizes import symbol
from dispatch_console.domain.tours import Load
from dispatch_console.domain.trips import Trip
from dispatch_console.ui import texts
from dispatch_console.ui.models import words

_tr = texts.of("Tours")


def brief(trip: Trip, shift: Shift) -> str:
    """What a tour loads at most, in the measure that it fills most: `96% kg`; without limits its weight."""
    peak = trip.peak
    limits = zip(("kg", "m³", "pc"), peak, shift.vehicle.capacity, strict=True)
    shares = [(load / limit, unit) for unit, load, limit in limits if limit]
    if not shares:
        return f"{words.kilograms(peak.grams)} kg"
    share, unit = max(shares)
    percent = -int(-100 * share // 1) if share > 1 else round(100 * share)
    return f"{percent}% {unit}"


def is_over(trip: Trip, shift: Shift) -> bool:
    return not Load(trip.peak).fits(shift.vehicle.capacity)


def says(day: Day, id: ShiftId, trip: Trip) -> str:
    """A reload in full, as rich text: when, which stops follow, what is loaded."""
    reload = trip.reload
    assert reload is not None, "the first tour has none"
    shift = day.shifts[id]
    lines = [f"<b>{escape(_where(day, shift))}</b>"]
    lines.append(
        _tr("{driver} is back at {at}, loads, and leaves at {then}").format(
            driver=escape(shift.driver.name), at=_hhmm(day, reload.arrive), then=_hhmm(day, reload.depart)
        )
    )
    waits = reload.depart - reload.arrive - shift.reload_s
    if waits >= 60:
        lines.append(_tr("{n} min of it he waits for goods to be ready").format(n=minutes(waits)))
    return "<p style='white-space:pre'>" + "<br>".join([*lines, escape(_upper(line(day, id, trip)))]) + "</p>"


def line(day: Day, id: ShiftId, trip: Trip) -> str:
    """`tour 2, stops 14–22, leaves 11:40: 430 of 800 kg · 12 of 30 pieces`"""
    shift = day.shifts[id]
    text = _tr("tour {n}, {stops}, leaves {at}: {load}")
    return text.format(n=trip.number, stops=stops(day, id, trip), at=_hhmm(day, trip.leave), load=load(trip, shift))


def stops(day: Day, id: ShiftId, trip: Trip) -> str:
    """`stops 14–22`, `stop 14`"""
    first, last = numbers.at(day, id, trip.first), numbers.at(day, id, trip.end - 1)
    return _tr("stop {n}").format(n=first) if first == last else _tr("stops {a}–{b}").format(a=first, b=last)


def load(trip: Trip, shift: Shift) -> str:
    """All measures that count: `430 of 800 kg · 1.2 m³`."""
    grams, litres, pieces = shift.vehicle.capacity
    parts = [
        (trip.peak.grams, f"{_of(words.kilograms(trip.peak.grams), _kg(grams))} kg"),
        (trip.peak.litres, f"{_of(f'{trip.peak.m3:.1f}', None if litres is None else f'{litres / 1000:.1f}')} m³"),
        (trip.peak.pieces, _tr("{n} pieces").format(n=_of(str(trip.peak.pieces), _plain(pieces)))),
    ]
    return " · ".join(text for amount, text in parts if amount) or _tr("nothing")


def of_route(day: Day, id: ShiftId) -> list[str]:
    """Its tours, if there are several; what overtime, lateness and the weights add; plain text."""
    schedule, shift = day.schedules[id], day.shifts[id]
    found = trips.of_route(schedule, day.basis)
    lines = [_upper(line(day, id, trip)) for trip in found] if len(found) > 1 else []
    if schedule.visits:
        lines += _costs(day, id)
    if schedule.visits and shift.driving is not None and schedule.pauses:
        lines.append(_tr("Breaks by driving time: {times}").format(times=_spans(day, schedule.pauses)))
    return lines


def _costs(day: Day, id: ShiftId) -> list[str]:
    schedule, shift = day.schedules[id], day.shifts[id]
    parts = costs.parts(schedule, shift, day.basis)
    found = [_tr("Cost {amount}").format(amount=money(schedule.cost, day))] if any(parts) else []
    if parts.overtime_s:
        text = _tr("of it {n} min overtime, {amount}").format(
            n=minutes(parts.overtime_s), amount=money(parts.overtime, day)
        )
        found.append(text)
    if parts.late:
        text = _tr("of it {n} min late where lateness has a price, {amount}")
        found.append(text.format(n=minutes(parts.late_s), amount=money(parts.late, day)))
    if parts.soft:
        found.append(_tr("besides {amount} soft, for weights").format(amount=money(parts.soft, day)))
    return found


def late_price(day: Day, cents: int, seconds: int) -> str:
    """Of a stop that may be late for a price: `12 min late, 6.00`."""
    return _tr("{n} min late, {amount}").format(n=minutes(seconds), amount=money(cents, day))


def money(cents: int, day: Day) -> str:
    """`€ 9.00`: with cents, since these are small."""
    return f"{symbol(day.depot.currency)} {cents / 100:,.2f}"


def between(day: Day, id: ShiftId, what: Pause | Reload) -> str:
    """A break or a reload in full."""
    if isinstance(what, Reload):
        found = trips.of_route(day.schedules[id], day.basis)
        return next((says(day, id, trip) for trip in found if trip.reload == what), "")
    text = _tr("Break {from_}–{to}, {n} min")
    return text.format(from_=_hhmm(day, what.begin), to=_hhmm(day, what.end), n=minutes(what.end - what.begin))


def _spans(day: Day, pauses: tuple[Pause, ...]) -> str:
    return ", ".join(f"{_hhmm(day, pause.begin)}–{_hhmm(day, pause.end)}" for pause in pauses)


def _where(day: Day, shift: Shift) -> str:
    return _tr("Reload at depot") if shift.start_place == day.depot.place else _tr("Reload at the start place")


def _upper(text: str) -> str:
    """With a large first letter; `capitalize` would write stop 14A small."""
    return text[:1].upper() + text[1:]


def _of(have: str, limit: str | None) -> str:
    return have if limit is None else _tr("{n} of {limit}").format(n=have, limit=limit)


def _kg(grams: int | None) -> str | None:
    return None if grams is None else words.kilograms(grams)


def _plain(number: int | None) -> str | None:
    return None if number is None else str(number)


def _hhmm(day: Day, seconds: int) -> str:
    return words.wall(seconds, day.date, day.depot.timezone)
