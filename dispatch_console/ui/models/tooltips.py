"""What a tooltip tells of a stop or a driver, as rich text. Whatever comes from an order is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dispatch_console.domain import numbers, off_road
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.insertion import Offer, Reason
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import describe
from dispatch_console.domain.schedule import Visit
from dispatch_console.domain.stops import Stop
from dispatch_console.ui import texts
from dispatch_console.ui.models import asking, marks, running, standing, touring, words
from dispatch_console.ui.models.standing import Outcome
from dispatch_console.ui.theme import look

_tr = texts.of("Tooltips")

#: So many other drivers are offered.
ALTERNATIVES = 3
#: Letters of a line of what an order asks.
_WIDE = 72
#: So many drivers are named before the rest is counted.
_MOST_REASONS = 14


def of_stop(
    day: Day,
    id: StopId,
    offers: Sequence[Offer] | None,
    reasons: Sequence[Reason] | None = None,
    since: int | None = None,
) -> str:
    """Who and where, when, what; the rules it breaks; for an unassigned stop why; the next best drivers.

    `offers` and `reasons` None: not known yet, and left out. `since`: when it became known that it will be late.
    """
    stop = day.stops[id]
    route = day.plan.where.get(id, POOL)
    lines = [*_customer(stop), *_wishes(day, stop)]
    if stop.away is not None:
        lines.append(_red(_tr("No road: {0}").format(off_road.words(stop.away))))
    if route != POOL:
        lines += _times(day, id, route, since)
    lines += _notes(stop)
    if reasons:
        lines += _whys(day, reasons)
    if offers and id not in day.facts.ended:
        lines += _alternatives(day, offers, unassigned=route == POOL)
    return _page(lines)


def of_route(day: Day, id: ShiftId, others: Sequence[str] = ()) -> str:
    """The driver, the shift, the loads in full, every rule the route breaks, and which `others` have it in hand."""
    shift, schedule = day.shifts[id], day.schedules[id]
    vehicle = " ".join(part for part in (shift.vehicle.name, shift.vehicle.plate) if part)
    lines = [_strong(shift.driver.name) + _grey(shift.driver.phone), escape(vehicle)]
    lines.append(_tr("shift {start}–{end}").format(start=_hhmm(day, shift.start), end=_hhmm(day, shift.end)))
    lines += running.of_route(day, id)
    loads = (
        f"{_part(schedule.load_peak.grams, shift.vehicle.capacity.grams, 1000)} kg",
        f"{_part(schedule.load_peak.litres, shift.vehicle.capacity.litres, 1000, 1)} m³",
        _tr("{n} pieces").format(n=_part(schedule.load_peak.pieces, shift.vehicle.capacity.pieces, 1)),
    )
    lines.append(" · ".join(loads))
    lines += map(escape, touring.of_route(day, id))
    open_ = [b for b in schedule.broken if b.stop is None or b.stop not in day.facts.ended]
    lines += [_red(_sentence(day, b.stop, describe(b, shift))) for b in open_[:_MOST_REASONS]]
    if day.plan.route(id).locked:
        lines.append(_tr("Locked: the optimiser leaves this route alone."))
    if others:
        lines.append(escape(_tr("In hand at another console: {names}").format(names=", ".join(others))))
    return _page(lines)


def of_reasons(day: Day, id: StopId, offers: Sequence[Offer] | None, reasons: Sequence[Reason] | None) -> str:
    """Why no driver takes a stop; while that is looked into, a line that says so."""
    if reasons is None:
        return _page([*_customer(day.stops[id]), _tr("Trying every driver …")])
    return of_stop(day, id, offers, reasons)


def of_customer(day: Day, id: StopId) -> str:
    """Who and where, when, what; for a frame that wraps its lines."""
    stop = day.stops[id]
    return _page([*_customer(stop), *_wishes(day, stop), *_notes(stop)], wraps=True)


def of_planned(day: Day, id: StopId) -> str:
    """The same, and when its driver comes; for a frame that wraps its lines."""
    stop = day.stops[id]
    times = _times(day, id, day.plan.where[id], None) if day.plan.where[id] != POOL else []
    return _page([*_customer(stop), *_wishes(day, stop), *times, *_notes(stop)], wraps=True)


def of_whys(day: Day, offers: Sequence[Offer] | None, reasons: Sequence[Reason] | None) -> str:
    """Driver by driver what is in the way, and the best places; for a frame that wraps its lines."""
    if reasons is None:
        return _page(["", _tr("Trying every driver …")], wraps=True)
    lines = _whys(day, reasons) if reasons else []
    return _page([*lines, *(_alternatives(day, offers, unassigned=True) if offers else [])], wraps=True)


def _customer(stop: Stop) -> list[str]:
    order = stop.order
    lines = [_strong(stop.label) + _grey(", ".join(o.reference for o in stop.orders[:4]))]
    if order.company and order.company != stop.label:
        lines.append(escape(order.company))
    lines.append(escape(order.address.one_line) or _tr("no address"))
    if order.phone:
        lines.append(escape(order.phone))
    return lines


def _wishes(day: Day, stop: Stop) -> list[str]:
    windows = [words.span(_hhmm(day, w.start), _hhmm(day, w.end)) for w in stop.windows]
    size = stop.size
    parts = [_tr(" and ").join(windows) or _tr("any time"), f"{words.kilograms(size.grams)} kg"]
    if size.litres:
        parts.append(f"{size.m3:.2f} m³")
    if size.pieces:
        parts.append(words.count(size.pieces, "piece"))
    parts += [
        _tr("cash {amount}").format(amount=order.cod)
        for order in stop.orders
        if order.cod is not None and order.cod.cents
    ]
    named = {mark.text for order in stop.orders for mark in marks.of_order(order)} - {marks.COD.text}
    parts += sorted(named | {skill for skill in stop.skills if not marks.of_skills((skill,))})
    names = {shift.driver.id: shift.driver.name for shift in day.shifts.values()}
    asked = dict.fromkeys(text for order in stop.orders for text in asking.of_order(order, names, day.stops))
    return [escape(" · ".join(parts)), *map(escape, _in_lines(asked))]


def _in_lines(parts: Iterable[str]) -> list[str]:
    """The parts with dots between them, in lines of about `_WIDE` letters."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) < _WIDE:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def _times(day: Day, id: StopId, route: ShiftId, since: int | None) -> list[str]:
    visits = day.schedules[route].visits
    at = day.plan.route(route).stops.index(id)
    if at >= len(visits):
        return []
    visit = visits[at]
    driver = day.shifts[route].driver.name
    outcome = standing.outcomes(day, day.plan.route(route))[at]
    came = _visit(day, visit) if outcome is Outcome.OPEN else running.came(day, visit, outcome)
    lines = [
        _tr("{driver}, stop {n}: {visit}").format(driver=escape(driver), n=numbers.of_stop(day, id), visit=came)
    ]
    pin = marks.of_pin(id, day.plan.route(route))
    if pin is not None:
        lines.append(pin.text.capitalize())
    broken = [b for b in day.schedules[route].broken if b.stop == id]
    lines += [_red(running.rule(day, route, b, outcome, since)) for b in broken]
    price = day.stops[id].late_per_min
    if visit.late_s and price:
        lines.append(escape(touring.late_price(day, (price * visit.late_s + 30) // 60, visit.late_s)))
    return [*lines, *running.planned(day, visit)]


def _visit(day: Day, visit: Visit) -> str:
    parts = [_tr("arrives {at}").format(at=_hhmm(day, visit.arrive))]
    if visit.wait_s >= 60:
        parts.append(_tr("waits {minutes} min").format(minutes=visit.wait_s // 60))
    return ", ".join([*parts, _tr("leaves {at}").format(at=_hhmm(day, visit.depart))])


def _notes(stop: Stop) -> list[str]:
    return [escape(order.notes[:300]) for order in stop.orders if order.notes][:3]


def _whys(day: Day, reasons: Sequence[Reason]) -> list[str]:
    lines = ["", _head(_tr("Why it is unassigned"))]
    lines += [escape(reason.detail) for reason in reasons[:_MOST_REASONS]]
    if len(reasons) > _MOST_REASONS:
        lines.append(_tr("and {n} more drivers.").format(n=len(reasons) - _MOST_REASONS))
    fit = len(day.shifts) - len(reasons)
    if fit:
        lines.append(_tr("{drivers} could take it.").format(drivers=words.count(fit, "driver")))
    return lines


def _alternatives(day: Day, offers: Sequence[Offer], *, unassigned: bool) -> list[str]:
    lines = ["", _head(_tr("Best places") if unassigned else _tr("Instead"))]
    for offer in offers[:ALTERNATIVES]:
        text = _tr("{driver}, {place}: {minutes} min, arrives {at}").format(
            driver=day.shifts[offer.route].driver.name,
            place=words.ordinal(offer.at + 1),
            minutes=words.signed_minutes(offer.added_s),
            at=_hhmm(day, offer.arrive),
        )
        rules = ", ".join(words.short(b) for b in offer.broken[:2])
        lines.append(escape(text) + (f" {_red(rules)}" if rules else ""))
    return lines


def _sentence(day: Day, stop: StopId | None, text: str) -> str:
    return f"{day.stops[stop].label}: {text}." if stop is not None else f"{text[:1].upper()}{text[1:]}."


def _part(load: int, limit: int | None, unit: int, decimals: int = 0) -> str:
    step = unit // 10**decimals
    have = f"{-(-load // step) / 10**decimals:.{decimals}f}"  # rounded up, as what is over is
    return have if limit is None else f"{have} of {limit / unit:.{decimals}f}"


def _hhmm(day: Day, seconds: int) -> str:
    return words.wall(seconds, day.date, day.depot.timezone)


def _page(lines: Iterable[str], *, wraps: bool = False) -> str:
    return f"<p style='white-space:{'normal' if wraps else 'pre'}'>" + "<br>".join(lines) + "</p>"


def _strong(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def _grey(text: str) -> str:
    return f" <span style='color:{look.colour('tx3').name()}'>{escape(text)}</span>" if text else ""


def _head(text: str) -> str:
    return f"<span style='color:{look.colour('tx3').name()}'>{escape(text)}</span>"


def _red(text: str) -> str:
    return f"<span style='color:{look.colour('red').name()}'>{escape(text)}</span>"


def driver_line(shift: Shift) -> str:
    """`3  Ines Falk, Crafter 03`, for menus."""
    return f"{shift.slot}  {shift.driver.name}, {shift.vehicle.name}"
